//! Reads bodies within limits of size and time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::StatusCode;
use http_body_util::BodyExt;
use hyper::body::{Body as HttpBody, Bytes};
use tokio::time::timeout;

use super::limits::Limits;
use crate::error::ServiceError;

/// Reads the bodies of one emulator.
#[derive(Debug)]
pub(super) struct BodyReader {
    limits: Limits,
    /// The total of all bodies that are arriving or being processed.
    bytes: Arc<AtomicUsize>,
}

impl BodyReader {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, bytes: Arc::default() }
    }

    pub(super) async fn read<B>(&self, body: B) -> Result<WholeBody, ServiceError>
    where
        B: HttpBody<Data = Bytes> + Unpin,
    {
        let limit = self.limits.body_bytes;
        // A body with a larger `Content-Length` is refused at once.
        if body.size_hint().lower() > limit as u64 {
            return Err(too_long(limit));
        }
        let body = timeout(self.limits.body_timeout, self.read_frames(body)).await;
        body.unwrap_or_else(|_| Err(too_slow(&self.limits)))
    }

    async fn read_frames<B>(&self, mut body: B) -> Result<WholeBody, ServiceError>
    where
        B: HttpBody<Data = Bytes> + Unpin,
    {
        let (mut bytes, mut share) = (Vec::new(), Share { held: 0, all: self.bytes.clone() });
        while let Some(frame) = body.frame().await {
            let Ok(frame) = frame else { return Err(broken_off()) };
            // Trailers are ignored.
            let Ok(data) = frame.into_data() else { continue };
            if bytes.len() + data.len() > self.limits.body_bytes {
                return Err(too_long(self.limits.body_bytes));
            }
            share.grow(data.len(), self.limits.all_bodies_bytes)?;
            bytes.extend_from_slice(&data);
        }
        Ok(WholeBody { bytes: bytes.into(), _share: share })
    }
}

/// A body that has arrived. It counts until it is dropped.
#[derive(Debug)]
pub(super) struct WholeBody {
    pub(super) bytes: Bytes,
    _share: Share,
}

/// One body's part of the bytes of all.
#[derive(Debug)]
struct Share {
    held: usize,
    all: Arc<AtomicUsize>,
}

impl Share {
    fn grow(&mut self, by: usize, limit: usize) -> Result<(), ServiceError> {
        self.held += by;
        if self.all.fetch_add(by, Ordering::Relaxed) + by > limit {
            return Err(too_much_at_once());
        }
        Ok(())
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.all.fetch_sub(self.held, Ordering::Relaxed);
    }
}

fn too_long(limit: usize) -> ServiceError {
    let message = format!("the body is longer than {limit} bytes");
    ServiceError::new(StatusCode::PAYLOAD_TOO_LARGE, "RequestBodyTooLarge", message)
}

fn too_slow(limits: &Limits) -> ServiceError {
    let message = format!("the body took longer than {:?} to arrive", limits.body_timeout);
    ServiceError::new(StatusCode::REQUEST_TIMEOUT, "RequestTimeout", message)
        .with_header("connection", "close")
}

fn too_much_at_once() -> ServiceError {
    let message = "too many bodies are arriving at once; send the request again later";
    ServiceError::new(StatusCode::SERVICE_UNAVAILABLE, "ServerBusy", message)
        .with_header("retry-after", "1")
}

fn broken_off() -> ServiceError {
    ServiceError::bad_request("body", "the body broke off, or its framing is wrong")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use crate::body::Body;
    use http_body_util::channel::Channel;

    use super::*;

    fn reader() -> BodyReader {
        BodyReader::new(Limits {
            body_bytes: 4,
            all_bodies_bytes: 6,
            body_timeout: Duration::from_secs(1),
            ..Limits::default()
        })
    }

    async fn status(reader: &BodyReader, body: impl Into<Body>) -> u16 {
        reader.read(body.into()).await.unwrap_err().status.as_u16()
    }

    #[tokio::test]
    async fn a_body_counts_while_it_is_alive() {
        let reader = reader();
        let first = reader.read(Body::from("1234")).await.unwrap();
        assert_eq!(&first.bytes[..], b"1234");
        assert_eq!(status(&reader, "123").await, 503);
        reader.read(Body::from("12")).await.unwrap();
        drop(first);
        reader.read(Body::from("1234")).await.unwrap();
        assert_eq!(reader.bytes.load(Ordering::Relaxed), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn a_long_or_slow_body_is_refused() {
        let reader = reader();
        assert_eq!(status(&reader, "12345").await, 413);
        let (mut sender, chunked) = Channel::<Bytes>::new(2);
        sender.send_data(Bytes::from_static(b"123")).await.unwrap();
        sender.send_data(Bytes::from_static(b"45")).await.unwrap();
        assert_eq!(reader.read(chunked).await.unwrap_err().status, 413);
        let (_open, endless) = Channel::<Bytes>::new(1);
        assert_eq!(reader.read(endless).await.unwrap_err().status, 408);
        assert_eq!(reader.bytes.load(Ordering::Relaxed), 0);
    }
}
