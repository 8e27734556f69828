//! The runtime of [`acs-rest`](https://docs.rs/acs-rest): what happens when a declared operation
//! is called. Use it through `acs-rest`, which re-exports it.
//!
//! A call walks through the rooms in this order: [`Operation`](__private::Operation) (what the
//! declaration says) → `request` (path, query, headers and body; pure) → `exchange` (what is once a
//! call: the ids and the deadline) → `pipeline` (the only loop: once a try the credential and the
//! [`transport`], and `retry` decides) → `answer` → the value that the declaration returns, or an
//! [`Error`].

#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod budget;
mod client;
mod client_request_id;
mod clock;
mod connection_string;
mod credential;
mod crypto;
mod deadline;
mod endpoint;
mod error;
mod exchange;
mod failed;
mod ledger;
mod operation;
mod options;
mod pager;
mod pipeline;
mod repeatability;
mod request;
mod response;
mod retry;
mod scan;
mod service_error;
mod stream;
mod telemetry;
mod text;
pub mod transport;

pub use client::{Client, ClientBuilder};
pub use clock::{Clock, SystemClock};
#[cfg(feature = "entra")]
pub use credential::EntraCredential;
pub use credential::{AccessKey, Credential, UserToken};
pub use endpoint::Endpoint;
pub use error::{Error, ErrorKind, Outcome, Result};
pub use options::CallOptions;
pub use pager::Pager;
pub use repeatability::Repeatability;
pub use request::value::{PathValue, QueryValue};
pub use response::Response;
pub use service_error::ServiceError;
pub use stream::ByteStream;
// Their types are in signatures here.
pub use {bytes, http};

/// What generated code names; not for anyone else, and changed without notice.
#[doc(hidden)]
pub mod __private {
    pub use crate::client::Client;
    // For the tokens of webhooks.
    pub use crate::crypto::RsaPublicKey;
    pub use crate::operation::{Method, Operation, PathPiece};
    pub use crate::pager::{PageItem, Paged, pages};
    pub use crate::request::argument::{
        Argument, Body, HeaderArgument, JsonBody, PathArgument, QueryArgument, SendArgument,
        header, json, no_body, optional_json, path, query,
    };
    pub use crate::request::location::call_at;
    pub use crate::request::range::ByteRange;
    pub use crate::request::{Call, call};
    pub use crate::response::{ErrorType, Output, Return, download, send};
    // For what `acs-rest` itself shows of a text from elsewhere.
    pub use crate::text::{excerpt, shown};
}
