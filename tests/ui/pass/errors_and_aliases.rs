//! `Result` by other names, with other errors.

#![deny(warnings)]

use acs_rest::{Client, Error, Pager, Response, acs_operations};

type Answered<T> = Result<Response<T>, Failed>;
type Counted = acs_rest::Result<u32>;
type Numbers = Pager<u32>;

#[derive(Debug)]
struct Failed;

impl From<Error> for Failed {
    fn from(_: Error) -> Self {
        Self
    }
}

#[acs_operations]
trait Calls {
    #[acs_operation(GET, "/a")]
    async fn own_error(&self) -> Result<u32, Failed>;
    #[acs_operation(GET, "/b")]
    async fn boxed(&self) -> Result<u32, Box<dyn std::error::Error + Send + Sync + 'static>>;
    #[acs_operation(GET, "/c")]
    async fn alias(&self) -> Answered<u32>;
    #[acs_operation(GET, "/d")]
    async fn alias_without_arguments(&self) -> Counted;
    #[acs_operation(GET, "/e")]
    fn pages(&self) -> Numbers;
    #[acs_operation(POST, "/f")]
    async fn nothing(&self) -> std::result::Result<(), Failed>;
}

fn main() {
    let _ = |client: Client| async move {
        client.own_error().await?;
        client.alias().await?;
        client.nothing().await
    };
}
