//! The transport that sends requests: a trait, and its implementations on reqwest and hyper.

mod body;
#[cfg(feature = "reqwest")]
mod endpoint_cache;
mod error;
#[cfg(any(feature = "hyper", all(feature = "http2", feature = "reqwest")))]
mod http2;
#[cfg(feature = "hyper")]
mod hyper;
mod options;
#[cfg_attr(
    not(any(feature = "reqwest", feature = "hyper")),
    allow(dead_code, reason = "only the built-in transports connect")
)]
mod proxy;
mod request;
#[cfg(feature = "reqwest")]
mod reqwest;
mod send;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod tls;

pub use self::body::Body;
pub(crate) use self::body::ReadBodyError;
pub use self::error::TransportError;
#[cfg(feature = "hyper")]
pub use self::hyper::HyperTransport;
pub use self::options::TransportOptions;
pub use self::request::Request;
#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
pub use self::send::{Response, SendFuture, Transport};
