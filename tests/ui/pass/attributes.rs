//! Docs, `cfg`, `deprecated`, `must_use` and lint levels stay where they are.

#![deny(warnings)]

use acs_rest::{Client, Result, acs_operation, acs_operations};

/// Documented.
#[deprecated = "use `Calls`"]
#[acs_operation(GET, "/old")]
pub trait Old {
    /// Documented.
    async fn old(&self) -> Result<()>;
}

#[acs_operations]
trait Calls {
    #[deprecated]
    #[acs_operation(GET, "/a")]
    async fn deprecated(&self) -> Result<()>;

    #[must_use = "it costs money"]
    #[acs_operation(GET, "/b")]
    async fn must_use(&self) -> Result<()>;

    #[cfg(any())]
    #[acs_operation(POST, "/c")]
    async fn absent(&self, missing: &Missing) -> Result<Missing>;

    #[acs_operation(GET, "/d")]
    async fn partly(&self, #[cfg(any())] #[query] missing: Missing, #[cfg(not(any()))] #[query] top: u8)
    -> Result<()>;

    #[expect(non_snake_case)]
    #[acs_operation(GET, "/e/<callId>")]
    async fn camel(&self, callId: &str) -> Result<()>;
}

#[cfg(any())]
#[acs_operation(GET, "/f")]
trait Absent {
    async fn absent(&self) -> Result<Missing>;
}

fn main() {
    let _ = |client: Client| async move {
        client.must_use().await?;
        client.camel("id").await?;
        client.partly(3).await
    };
}
