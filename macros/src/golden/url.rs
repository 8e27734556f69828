#[acs_operation(PUT)]
pub trait Upload {
    async fn upload(
        &self,
        #[url] location: &str,
        #[body(content_type = "audio/wav")] file: Bytes,
    ) -> Result<Bytes>;
}
