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
    /// The samples a second of the audio that is sent, as the `audio_format` of the streaming options
    /// says: 24,000 by default, or 16,000.
    pub sample_rate: u32,
    /// How much audio may wait to be sent: 30 seconds by default.
    pub max_queued_audio: Duration,
    /// How many frames may wait to be read: 100 by default, which are 2 seconds. Further ones wait in
    /// the connection.
    pub max_received_frames: usize,
    /// How long nothing may come: 30 seconds by default. The service sends frames of silence too.
    pub idle_timeout: Duration,
    /// How long the socket may be open: 24 hours by default, as long as its token is valid.
    pub max_duration: Duration,
    /// How long the service may take to take a frame: 10 seconds by default.
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
