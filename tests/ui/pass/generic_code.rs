//! A call spawns from generic code, and a test double writes `async fn`.

#![deny(warnings)]

use acs_rest::{Client, Result, acs_operation};

#[acs_operation(GET, "/calls/<id>")]
pub trait Get {
    async fn get(&self, id: &str) -> Result<u8>;
}

struct Double;

impl Get for Double {
    async fn get(&self, id: &str) -> Result<u8> {
        Ok(u8::from(id.is_empty()))
    }
}

fn spawned<C: Get + Clone + Send + Sync + 'static>(client: &C) {
    let client = client.clone();
    tokio::spawn(async move { client.get(&String::from("id")).await });
}

fn main() {
    let _ = |client: Client| spawned(&client);
    drop(Double.get("id"));
}
