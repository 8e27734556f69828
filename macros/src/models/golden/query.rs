#[acs_model(query)]
pub struct ListOptions {
    /// How many at most.
    pub max_page_size: Option<u32>,
    #[query("$select", list = "comma")]
    pub select: Vec<String>,
    #[query(format = "date")]
    pub day: Option<OffsetDateTime>,
}
