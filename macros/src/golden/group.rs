/// Recordings.
#[acs_operations(repeatable, timeout = "30s")]
#[cfg(feature = "recordings")]
#[deprecated]
pub trait Recordings: Send + Sync {
    /// How many to keep.
    const KEPT: usize = 3;

    /// Starts one.
    #[acs_operation(POST, "/calling/recordings")]
    #[cfg(feature = "start")]
    #[must_use]
    async fn start(&self, #[cfg(feature = "top")] #[query] top: u32, request: &Start) -> Result<Recording>;

    /// Reads one.
    #[acs_operation(GET, "/calling/recordings/<recordingId>", timeout = "5s")]
    #[expect(non_snake_case)]
    async fn get(&self, recordingId: &str) -> Result<Recording>;

    /// Whether there is one.
    fn is_recorded(&self, id: &str) -> bool {
        !id.is_empty()
    }
}
