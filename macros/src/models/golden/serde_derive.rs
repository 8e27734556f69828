/// What only serde's derive knows.
#[acs_model(crate = my::acs_rest)]
pub struct RecognizeOptions<T> {
    /// What is waited for.
    #[serde(flatten)]
    pub input: T,
    /// The language.
    pub language: Option<String>,
    /// Later.
    #[since("2025-05-15")]
    pub prompts: Option<Vec<Nullable<T>>>,
    /// Removed by `null`.
    pub context: Option<Nullable<String>>,
}
