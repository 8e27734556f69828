#[acs_operation(HEAD, "/calling/recordings/<recordingId>", timeout = "500ms")]
pub(crate) trait HasRecording {
    async fn has_recording(&self, recording_id: &str) -> Result<Response<()>, MyError>;
}
