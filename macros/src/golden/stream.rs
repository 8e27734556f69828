#[acs_operation(GET, "/recording/download/<id>", api_version = "2024-06-15-preview")]
pub trait Download {
    async fn download(&self, id: &str, #[header("Range")] range: Option<&str>) -> Result<ByteStream>;
}
