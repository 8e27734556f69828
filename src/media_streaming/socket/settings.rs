//! The limits of a socket.

use std::time::Duration;

/// The format of the audio that is sent, and the limits of a socket.
///
/// ```
/// use acs_rest::media_streaming::AudioSocketSettings;
///
/// let settings = AudioSocketSettings { sample_rate: 16_000, ..AudioSocketSettings::default() };
/// # drop(settings);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AudioSocketSettings {
    /// The samples per second of the audio that is sent, as in the `audio_format` of the streaming
    /// options: 24,000 or 16,000. The default is 24,000.
    pub sample_rate: u32,
    /// The maximum duration of queued audio. The default is 30 seconds.
    pub max_queued_audio: Duration,
    /// The maximum number of unread frames. The default is 100, which is 2 seconds of audio.
    /// Further frames remain in the connection.
    pub max_received_frames: usize,
    /// The maximum time without a frame. The default is 30 seconds. The service also sends frames
    /// for silence.
    pub idle_timeout: Duration,
    /// The maximum duration of the socket. The default is 24 hours, as long as its token is valid.
    pub max_duration: Duration,
    /// The timeout for sending a frame. The default is 10 seconds.
    pub send_timeout: Duration,
}

impl Default for AudioSocketSettings {
    fn default() -> Self {
        Self {
            sample_rate: 24_000,
            max_queued_audio: Duration::from_secs(30),
            max_received_frames: 100,
            idle_timeout: Duration::from_secs(30),
            max_duration: Duration::from_secs(24 * 60 * 60),
            send_timeout: Duration::from_secs(10),
        }
    }
}
