#[acs_model(by_status)]
pub enum Exported {
    #[status(200, 201)]
    Ready(Export),
    #[status(304)]
    Unchanged,
}
