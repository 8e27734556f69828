/// All at once, and the struct is still a model.
#[acs_model(tag = "kind", serialise)]
pub struct Mistaken {
    #[since("2025-5-15")]
    pub first: Option<String>,
    #[query]
    pub second: Vec<Option<String>>,
    #[since("2025-05-15")]
    pub third: String,
}
