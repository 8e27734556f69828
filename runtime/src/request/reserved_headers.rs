// The headers that a declaration and a caller cannot set, with their owners; `cookie` has none.
// `macros/src/check` and `runtime/src/request` hold the same file, since neither crate depends on
// the other; a test in `tests/ui` compares the two.
[
    ("accept", "the client"),
    ("accept-encoding", "the client's transport"),
    ("authorization", "the client's credential"),
    ("connection", "the client's transport"),
    ("content-length", "the client"),
    ("content-type", "the body"),
    ("cookie", ""),
    ("date", "the client's credential"),
    ("expect", "the client's transport"),
    ("host", "the client's endpoint"),
    ("keep-alive", "the client's transport"),
    ("proxy-authorization", "the client's transport"),
    ("repeatability-first-sent", "the client"),
    ("repeatability-request-id", "the client"),
    ("te", "the client's transport"),
    ("trailer", "the client's transport"),
    ("transfer-encoding", "the client's transport"),
    ("upgrade", "the client's transport"),
    ("user-agent", "the client"),
    ("x-ms-client-request-id", "the client"),
    ("x-ms-content-sha256", "the client's credential"),
    ("x-ms-date", "the client's credential"),
    ("x-ms-return-client-request-id", "the client"),
]
