//! Values, bodies and answers beside those of JSON, without a warning.

#![deny(warnings, missing_docs)]

use std::collections::BTreeMap;
use std::time::Duration;

use acs_rest::bytes::Bytes;
use acs_rest::time::OffsetDateTime;
use acs_rest::{Client, Pager, Response, Result, acs_model, acs_operations};

/// Texts.
#[acs_model]
pub enum Order {
    /// From the first.
    Ascending,
}

/// Parameters.
#[acs_model(query)]
pub struct Options<T> {
    /// Required.
    pub text: String,
    /// A time.
    #[query("until", format = "date")]
    pub end: Option<OffsetDateTime>,
    /// Of the user's own type.
    pub more: Option<T>,
    #[deprecated]
    /// No longer of use.
    #[query(list = "comma")]
    pub orders: Vec<Order>,
    #[cfg(any())]
    /// Not there.
    pub missing: Missing,
}

/// Answers.
#[acs_model(by_status)]
pub enum Found {
    /// At once.
    #[status(200)]
    Ready(String),
    /// Not again.
    #[status(304)]
    Unchanged,
}

/// Operations.
#[acs_operations(header("Accept-Language", "en"))]
pub trait Values {
    #[acs_operation(GET, "/a/<order>", success_codes(304))]
    async fn all(
        &self,
        order: Order,
        #[query] options: Option<&Options<u32>>,
        #[query] map: &BTreeMap<String, Option<u8>>,
        #[query(format = "seconds", list = "comma")] wait: &[Duration],
        #[header("If-Modified-Since")] since: Option<&OffsetDateTime>,
    ) -> Result<Found>;

    #[acs_operation(PATCH, "/b", header("Accept", "text/csv"))]
    async fn patch(&self, #[body(content_type = "application/json")] body: &Order) -> Result<String>;

    #[acs_operation(PUT)]
    async fn put(
        &self,
        #[url] location: &str,
        #[body(content_type = "audio/wav")] file: Option<Bytes>,
    ) -> Result<Response<Option<Bytes>>>;

    #[acs_operation(GET)]
    fn pages(&self, #[url] link: String) -> Pager<Order>;
}

fn main() {
    let _ = |client: Client, options: Options<u32>| async move {
        drop(client.all(Order::Ascending, Some(&options), &BTreeMap::new(), &[], None).await);
        drop(client.patch(&Order::Ascending).await);
        drop(client.put("a", None).await);
        client.pages("a".to_owned()).next().await
    };
}
