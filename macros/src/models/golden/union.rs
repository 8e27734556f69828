/// What is played.
#[acs_model(tag = "type")]
pub enum PlaySourceKind {
    /// Nothing.
    Silence,
    /// A file.
    File(FileSource),
    /// A text.
    #[since("2025-05-15")]
    Text(#[serde(flatten)] TextSource),
    /// A call.
    #[serde(rename = "serverCallLocator")]
    ServerCall {
        /// Its id.
        server_call_id: String,
        /// Its name.
        name: Option<String>,
    },
}
