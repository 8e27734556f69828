//! Lifetimes in parameters, elided and named; the future borrows none of the arguments.

#![deny(warnings, elided_lifetimes_in_paths, single_use_lifetimes)]

use std::borrow::Cow;

use acs_rest::{Client, Result, acs_operations};

#[derive(serde::Serialize)]
struct Request<'a> {
    name: &'a str,
}

#[acs_operations]
trait Calls {
    #[acs_operation(POST, "/calls/<id>")]
    async fn elided(&self, id: &str, request: &Request<'_>) -> Result<()>;

    #[acs_operation(POST, "/calls/<id>")]
    async fn named<'a>(&self, id: &'a str, request: Request<'a>) -> Result<()>;

    #[acs_operation(GET, "/calls/<id>")]
    async fn cow<'a>(&'a self, id: Cow<'a, str>) -> Result<()>;
}

fn main() {
    let _ = |client: Client| async move {
        client.elided("id", &Request { name: "a" }).await?;
        client.named("id", Request { name: "a" }).await?;
        client.cow("id".into()).await
    };
}
