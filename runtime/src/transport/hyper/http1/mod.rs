//! HTTP/1.1: a connection that carries one request at a time.

mod body;
mod connection;
mod gate;
mod pool;

use std::sync::Arc;

use bytes::Bytes;
use http_body_util::Full;

use self::body::Body;
pub(super) use self::connection::{Connection, Failure};
pub(super) use self::pool::Pool;

/// Sends a request. The body of the response brings the connection back to `pool`.
pub(super) async fn send(
    mut connection: Connection,
    request: http::Request<Full<Bytes>>,
    pool: &Arc<Pool>,
) -> Result<http::Response<Body>, Failure> {
    let response = connection.send(request).await?;
    Ok(response.map(|body| Body::new(body, connection, Arc::clone(pool))))
}
