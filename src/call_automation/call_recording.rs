//! The operations that start, pause, resume and stop recordings.

use super::{RecordingStateResponse, StartCallRecordingRequest};
use crate::{Result, acs_operations};

/// Records calls. A recording is addressed by its `recording_id`.
///
/// If the request has a callback URL, the service emits `RecordingStateChanged` for every change of
/// state. Event Grid announces the finished files with `RecordingFileStatusUpdated`.
///
/// ```
/// # use acs_rest::call_automation::{CallAutomation, CallConnection, CreateCallRequest};
/// # use acs_rest::call_automation::RecordingState;
/// use acs_rest::call_automation::{
///     CallLocator, CallRecording, RecordingContentType, StartCallRecordingRequest,
/// };
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> acs_rest::Result<()> {
/// # let emulator = acs_rest_emulator::Emulator::start().await;
/// # let client = acs_rest::Client::from_connection_string(emulator.connection_string())?;
/// # let alice = acs_rest::CommunicationUserIdentifier::new("8:acs:resource_alice");
/// # let request = CreateCallRequest::new([alice], "https://contoso.example/events");
/// # let call = client.create_call(&request).await?.call_connection_id.unwrap();
/// # let server_call_id = client.get_call(&call).await?.server_call_id.unwrap();
/// let request = StartCallRecordingRequest::new(CallLocator::server_call(server_call_id))
///     .recording_content_type(RecordingContentType::Audio)
///     .recording_state_callback_uri("https://contoso.example/recordings");
/// let recording = client.start_recording(&request).await?;
/// if let Some(id) = recording.recording_id {
///     client.pause_recording(&id).await?;
/// #   let paused = client.get_recording_properties(&id).await?;
/// #   assert_eq!(paused.recording_state, Some(RecordingState::Inactive));
///     client.resume_recording(&id).await?;
///     client.stop_recording(&id).await?;
/// }
/// # Ok(())
/// # }
/// ```
#[acs_operations]
pub trait CallRecording {
    /// Starts the recording of a call.
    ///
    /// Emits `RecordingStateChanged`.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-recording/start-recording>.
    #[acs_operation(POST, "/calling/recordings", repeatable)]
    async fn start_recording(
        &self,
        request: &StartCallRecordingRequest,
    ) -> Result<RecordingStateResponse>;

    /// Returns the state of a recording. Emits no event.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-recording/get-recording-properties>.
    #[acs_operation(GET, "/calling/recordings/<recordingId>")]
    async fn get_recording_properties(&self, recording_id: &str) -> Result<RecordingStateResponse>;

    /// Stops a recording. It cannot be resumed.
    ///
    /// Emits `RecordingStateChanged`.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-recording/stop-recording>.
    #[acs_operation(DELETE, "/calling/recordings/<recordingId>")]
    async fn stop_recording(&self, recording_id: &str) -> Result<()>;

    /// Pauses a recording.
    ///
    /// Emits `RecordingStateChanged`.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-recording/pause-recording>.
    #[acs_operation(POST, "/calling/recordings/<recordingId>:pause")]
    async fn pause_recording(&self, recording_id: &str) -> Result<()>;

    /// Resumes a paused recording.
    ///
    /// Emits `RecordingStateChanged`.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/call-recording/resume-recording>.
    #[acs_operation(POST, "/calling/recordings/<recordingId>:resume")]
    async fn resume_recording(&self, recording_id: &str) -> Result<()>;
}
