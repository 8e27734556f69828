//! The crate under another name, and out of another crate.

#![deny(warnings)]

extern crate acs_rest as renamed;

mod sdk {
    pub use acs_rest as rest;
}

use renamed::{Client, Pager, Result, acs_operation, acs_operations};

#[acs_operation(GET, "/a", crate = ::renamed)]
trait A {
    async fn a(&self) -> Result<()>;
}

#[acs_operations(crate = sdk::rest)]
trait B {
    #[acs_operation(GET, "/b")]
    async fn b(&self) -> Result<u8>;
    #[acs_operation(GET, "/bs")]
    fn bs(&self) -> Pager<u8>;
}

mod inner {
    use super::renamed::{Result, acs_operation};

    #[acs_operation(GET, "/c", crate = super::sdk::rest)]
    pub(super) trait C {
        async fn c(&self) -> Result<()>;
    }

    #[acs_operation(GET, "/d", crate = crate::sdk::rest)]
    pub(super) trait D {
        async fn d(&self) -> Result<()>;
    }
}

fn main() {
    use inner::{C, D};
    let _ = |client: Client| async move {
        client.a().await?;
        client.b().await?;
        let _ = client.bs();
        client.c().await?;
        client.d().await
    };
}
