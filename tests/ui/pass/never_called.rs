//! Operations that nobody calls, and two traits with one method name.

#![deny(warnings)]

use acs_rest::{Client, Result, acs_operation};

#[acs_operation(GET, "/never/<id>")]
trait Never {
    async fn never(&self, id: &str) -> Result<()>;
}

#[acs_operation(GET, "/one")]
trait One {
    async fn same(&self) -> Result<()>;
}

#[acs_operation(GET, "/two")]
trait Two {
    async fn same(&self) -> Result<()>;
}

fn main() {
    let _ = |client: Client| async move {
        One::same(&client).await?;
        Two::same(&client).await
    };
}
