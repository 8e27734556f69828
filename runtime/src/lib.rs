//! The runtime of [`acs-rest`](https://docs.rs/acs-rest), which executes the calls of declared
//! operations. Use it through `acs-rest`, which re-exports it.
//!
//! A call passes through the modules in this order: [`Operation`](__private::Operation) (the
//! declaration) → `call` and `request` (path, query, headers and body) → `pipeline` (the loop over
//! attempts) → for each attempt, `attempt` (build, authorize with a `credential`, send with a
//! [`transport`], read) and `retry` (whether another attempt follows) → `response` (the declared
//! return type) or an [`Error`].

#![cfg_attr(docsrs, feature(doc_cfg))]

mod ascii;
mod attempt;
mod call;
mod client;
mod client_request_id;
mod cloud;
mod connection_string;
mod credential;
mod crypto;
mod deadline;
mod endpoint;
mod error;
mod headers;
mod model;
mod operation;
mod options;
mod pipeline;
mod plain_text;
mod refresh;
mod repeatability;
mod request;
mod response;
mod retry;
mod sanitize;
mod service_error;
mod sources;
mod telemetry;
#[cfg(feature = "testing")]
pub mod testing;
pub mod transport;

pub use client::{Client, ClientBuilder};
pub use cloud::Cloud;
#[cfg(feature = "entra")]
pub use credential::EntraCredential;
pub use credential::{AccessKey, AuthorizeFuture, Credential, CredentialVersion, UserToken};
pub use endpoint::Endpoint;
pub use error::{Error, ErrorKind, Outcome, Result};
pub use model::{Nullable, UnknownKind, UnknownValue};
pub use options::CallOptions;
pub use repeatability::Repeatability;
pub use request::range::ByteRange;
pub use request::value::{PathValue, QueryValue};
pub use response::{
    ByteStream, Page, Pager, PagerContinuation, Pages, Poller, PollerContinuation, PollerStatus,
    Response,
};
pub use service_error::ServiceError;
pub use sources::{RandomSource, SystemRandomSource, SystemTimeSource, TimeSource};
// Public signatures contain types of these crates.
pub use {bytes, http};

/// Items for generated code and for `acs-rest`, which can change without notice.
#[doc(hidden)]
pub mod __private {
    pub use crate::call::{Call, call, call_at, call_url};
    pub use crate::client::{Client, ClientHandle, ClientOrDouble, transport_of};
    // Used for the tokens and the URLs of webhooks.
    pub use crate::crypto::{RsaPublicKey, SigningKey};
    pub use crate::error::Error;
    pub use crate::model::{
        Alternative, AnswerField, Check, DefaultField, FormattedField, ModelField, ObjectReader,
        ObjectWriter, QueryField, ReadField, ReadObject, Same, SentField, Times, WrittenTimes,
        answer_field, checked, default_field, field, formatted_field, is_unset_since,
        needs_version, optional_answer_field, optional_field, optional_formatted_field,
        optional_query_field, optional_read_field, optional_sent_field, query_field,
        read_alternative, read_field, read_object, read_some, read_text, read_times, required,
        sent_field, times, unknown_value, write_flat, write_object, write_times,
    };
    pub use crate::operation::{Method, Operation, PathPiece};
    pub use crate::refresh::{Freshness, Refreshed, Snapshot};
    pub use crate::request::argument::{
        Argument, PathArgument, SendArgument, UrlArgument, constant_header, header, path, query,
    };
    pub use crate::request::body::{
        Body, FormBody, JsonBody, RawBody, form, json, no_body, optional_form, optional_json,
        optional_raw, raw,
    };
    pub use crate::request::header_argument::HeaderArgument;
    pub use crate::request::query::QueryWriter;
    pub use crate::request::query_argument::{CommaSeparated, QueryArgument, comma_separated};
    pub use crate::request::value_format::{
        Formatted, Values, date, http_date, milliseconds, rfc3339, seconds, unix_seconds,
    };
    pub use crate::response::lazy::{Lazy, lazy};
    pub use crate::response::raw::RawResponse;
    pub use crate::response::raw_output::{RawOutput, send_raw};
    pub use crate::response::{ErrorType, Output, PageItem, PollerResult, Return, send};
    pub use crate::sanitize::{escape_bounded, excerpt};
    pub use serde;
    pub use std::borrow::Cow;
    pub use std::string::String;
}
