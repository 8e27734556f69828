//! A declared operation, known at compile time.

use std::time::Duration;

use http::HeaderValue;
pub use http::Method;

/// A declared operation: the arguments of the attribute, which the macro has checked.
#[derive(Debug)]
pub struct Operation {
    /// The name of the method that declares the operation, if there is one.
    pub(crate) name: &'static str,
    pub(crate) method: Method,
    pub(crate) path: &'static [PathPiece],
    pub(crate) retry_safety: DeclaredRetrySafety,
    pub(crate) api_version: Option<&'static str>,
    /// The api-version that introduced the operation.
    pub(crate) since: Option<&'static str>,
    pub(crate) timeout: Option<Duration>,
    content_type: &'static str,
    /// The field of a page that holds its items.
    pub(crate) items: &'static str,
    pub(crate) ignores_body: bool,
    /// Whether a long-running operation has no result.
    pub(crate) ignores_result: bool,
    pub(crate) requires_content: bool,
    /// The statuses that are accepted in addition to those of a success.
    pub(crate) success_codes: &'static [u16],
}

/// A piece of a path template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathPiece {
    /// Text that is sent unchanged, slashes included.
    Literal(&'static str),
    /// The name of a placeholder that an argument replaces.
    Placeholder(&'static str),
}

/// The reason why it is safe to send a request of the operation a second time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DeclaredRetrySafety {
    /// Depends on the method alone.
    ByMethod,
    /// The declaration states that a second execution changes nothing.
    Idempotent,
    /// A second execution of a request with this header changes nothing.
    IdempotentWith(&'static str),
    /// The service recognises the repeated request by its id.
    Repeatable(RequestIdForm),
}

/// Where a repeatable request has its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RequestIdForm {
    /// `Repeatability-Request-ID` and `Repeatability-First-Sent`
    /// (OASIS Repeatable Requests 1.0, section 2).
    Headers,
    /// The same two headers; only responses show whether the service recognises them.
    UnconfirmedHeaders,
    /// `Repeatability-Request-ID` alone.
    RequestIdHeader,
    /// The caller writes the pair into the body.
    Body,
}

impl Operation {
    /// Creates an operation with only a method and a path.
    pub const fn new(method: Method, path: &'static [PathPiece]) -> Self {
        Self {
            name: "",
            method,
            path,
            retry_safety: DeclaredRetrySafety::ByMethod,
            api_version: None,
            since: None,
            timeout: None,
            content_type: "application/json",
            items: "value",
            ignores_body: false,
            ignores_result: false,
            requires_content: false,
            success_codes: &[],
        }
    }

    /// Names the method that declares the operation.
    #[must_use]
    pub const fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    /// Sends the Repeatability headers: the service recognises a repeated request by them.
    #[must_use]
    pub const fn repeatable(self) -> Self {
        self.repeatable_by(RequestIdForm::Headers)
    }

    /// Sends the Repeatability headers, and relies on them once a response has confirmed them.
    #[must_use]
    pub const fn repeatable_unconfirmed(self) -> Self {
        self.repeatable_by(RequestIdForm::UnconfirmedHeaders)
    }

    /// Sends `Repeatability-Request-ID` alone.
    #[must_use]
    pub const fn repeatable_request_id(self) -> Self {
        self.repeatable_by(RequestIdForm::RequestIdHeader)
    }

    /// Declares that the body holds the Repeatability pair.
    #[must_use]
    pub const fn repeatable_body(self) -> Self {
        self.repeatable_by(RequestIdForm::Body)
    }

    const fn repeatable_by(mut self, form: RequestIdForm) -> Self {
        self.retry_safety = DeclaredRetrySafety::Repeatable(form);
        self
    }

    /// Declares that a second execution changes nothing.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.retry_safety = DeclaredRetrySafety::Idempotent;
        self
    }

    /// Declares that a second execution of a request with this header changes nothing.
    #[must_use]
    pub const fn idempotent_with(mut self, header: &'static str) -> Self {
        self.retry_safety = DeclaredRetrySafety::IdempotentWith(header);
        self
    }

    /// Overrides the client's `api-version`.
    #[must_use]
    pub const fn api_version(mut self, version: &'static str) -> Self {
        self.api_version = Some(version);
        self
    }

    /// Names the api-version that introduced the operation: no earlier one is sent.
    #[must_use]
    pub const fn since(mut self, version: &'static str) -> Self {
        self.since = Some(version);
        self
    }

    /// Overrides the client's timeout of a whole call.
    #[must_use]
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Overrides `application/json` as the type of the request body.
    #[must_use]
    pub const fn content_type(mut self, content_type: &'static str) -> Self {
        self.content_type = content_type;
        self
    }

    /// Overrides `value` as the field of a page that holds its items.
    #[must_use]
    pub const fn items(mut self, field: &'static str) -> Self {
        self.items = field;
        self
    }

    /// Treats an empty body of a success as an error: the service has no empty files.
    #[must_use]
    pub const fn require_content(mut self) -> Self {
        self.requires_content = true;
        self
    }

    /// Accepts responses with these statuses in addition to those of a success.
    #[must_use]
    pub const fn success_codes(mut self, codes: &'static [u16]) -> Self {
        self.success_codes = codes;
        self
    }

    /// Ignores the body of a success.
    #[must_use]
    pub const fn ignore_body(mut self) -> Self {
        self.ignores_body = true;
        self
    }

    /// Ignores the result of the long-running operation.
    #[must_use]
    pub const fn ignore_result(mut self) -> Self {
        self.ignores_result = true;
        self
    }

    /// Returns the path with its `<placeholder>`s, as declared.
    pub(crate) fn template(&self) -> String {
        let text = |piece: &PathPiece| match piece {
            PathPiece::Literal(text) => (*text).to_owned(),
            PathPiece::Placeholder(name) => format!("<{name}>"),
        };
        self.path.iter().map(text).collect()
    }

    /// Returns the content type of the request body. The usual one is a constant, which is not
    /// parsed for each call.
    pub(crate) fn body_type(&self) -> HeaderValue {
        const JSON: HeaderValue = HeaderValue::from_static("application/json");
        match self.content_type {
            "application/json" => JSON,
            other => HeaderValue::from_static(other),
        }
    }

    /// Where a repeatable request has its id.
    pub(crate) fn request_id_form(&self) -> Option<RequestIdForm> {
        match self.retry_safety {
            DeclaredRetrySafety::Repeatable(form) => Some(form),
            _ => None,
        }
    }

    /// Whether both declare the same method and path.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || (&self.method, self.path) == (&other.method, other.path)
    }
}
