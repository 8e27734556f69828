#[acs_operation(DELETE, "/calling/recordings/<recordingId>")]
trait DeleteRecording {
    async fn delete_recording(&self, recording_id: &str) -> Result<()>;
}
