//! A group with a wrong option and a method that has no attribute of ours: 2 errors.

use acs_rest::{Result, acs_operations};

#[acs_operations(base = "/calls")]
pub trait Calls {
    #[get("/calls/<id>")]
    async fn get(&self, id: &str) -> Result<()>;

    #[acs_operation(DELETE, "/calls/<id>")]
    async fn delete(&self, id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move {
        client.get("id").await?;
        client.delete("id").await
    };
}
