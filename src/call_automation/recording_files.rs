//! The operations on the files of a recording.

use std::future::Future;

use crate::__private::{Method, Operation, PathPiece, call_at, send};
use crate::{ByteRange, ByteStream, Client, Result};

// The location identifies a recording, and is therefore not part of the operation's name.
const LOCATION: &[PathPiece] = &[PathPiece::Placeholder("recordingLocation")];
static DOWNLOAD: Operation = Operation::new(Method::GET, LOCATION).require_content();
static DELETE: Operation = Operation::new(Method::DELETE, LOCATION).ignore_body();

/// Downloads and deletes the files of a recording, which the service keeps for 24 hours.
///
/// The `location` is one of the URLs that Event Grid's `RecordingFileStatusUpdated` contains for
/// each [`RecordingChunk`](crate::event_grid::RecordingChunk): download the file at
/// `content_location` or `metadata_location`, and delete the recording at `delete_location`. The
/// request is sent to the unchanged URL, without an `api-version`, and is signed for the client's
/// resource.
///
/// Since events can be forged and requests contain the credential, requests are sent only to the
/// storage hosts of the client's cloud
/// ([`Cloud::recording_hosts`](crate::Cloud::recording_hosts)) and to hosts added with
/// [`ClientBuilder::trusted_host`](crate::ClientBuilder::trusted_host). The storage can redirect
/// from one of its hosts to another. At most three such redirects are followed, and each request is
/// signed again. Any other location or redirect is an error that names the host, and nothing is
/// sent there.
///
/// ```no_run
/// use acs_rest::call_automation::RecordingFiles;
/// use tokio::io::AsyncWriteExt;
///
/// # async fn example(
/// #     client: acs_rest::Client,
/// #     content_location: &str,
/// #     delete_location: &str,
/// #     mut file: impl tokio::io::AsyncWrite + Unpin,
/// # ) -> Result<(), Box<dyn std::error::Error>> {
/// let mut recording = client.download_recording(content_location).await?;
/// while let Some(chunk) = recording.next().await {
///     file.write_all(&chunk?).await?;
/// }
/// file.flush().await?;
/// client.delete_recording(delete_location).await?;
/// # Ok(())
/// # }
/// ```
///
/// Source: <https://learn.microsoft.com/azure/communication-services/quickstarts/voice-video-calling/get-started-call-recording>.
pub trait RecordingFiles {
    /// Downloads a file in constant memory. A file without content is an error, since no recording
    /// is empty.
    ///
    /// # Errors
    /// If the location is refused, or the response is an error. If the download is interrupted, the
    /// stream ends with an error.
    fn download_recording(&self, location: &str)
    -> impl Future<Output = Result<ByteStream>> + Send;

    /// Downloads a range of a file. For example, `ByteRange::from(1_000_000..)` continues a
    /// download that was interrupted after a million bytes. The range may extend beyond the end of
    /// the file.
    ///
    /// # Errors
    /// As for [`download_recording`](Self::download_recording), and if the range is empty or the
    /// response contains other bytes.
    fn download_recording_range(
        &self,
        location: &str,
        range: ByteRange,
    ) -> impl Future<Output = Result<ByteStream>> + Send;

    /// Deletes a recording permanently.
    ///
    /// # Errors
    /// If the location is refused, or the response is an error.
    fn delete_recording(&self, location: &str) -> impl Future<Output = Result<()>> + Send;
}

impl RecordingFiles for Client {
    fn download_recording(
        &self,
        location: &str,
    ) -> impl Future<Output = Result<ByteStream>> + Send {
        self.download_recording_range(location, ByteRange::ALL)
    }

    fn download_recording_range(
        &self,
        location: &str,
        range: ByteRange,
    ) -> impl Future<Output = Result<ByteStream>> + Send {
        send(call_at(self, &DOWNLOAD, location, self.cloud().recording_hosts(), range))
    }

    fn delete_recording(&self, location: &str) -> impl Future<Output = Result<()>> + Send {
        send(call_at(self, &DELETE, location, self.cloud().recording_hosts(), ByteRange::ALL))
    }
}
