//! Traits made by a macro, from fragments of every kind.

#![deny(warnings)]

use acs_rest::{Client, Result, acs_operation, acs_operations};

macro_rules! operation {
    ($trait:ident, $name:ident, $method:ident, $path:literal, $id:ident: $ty:ty => $output:ty) => {
        #[acs_operation($method, $path)]
        pub trait $trait {
            async fn $name(&self, $id: $ty, #[query] inner: u8) -> $output;
        }
    };
}

macro_rules! whole {
    ($($item:item)*) => { $(#[acs_operations] $item)* };
}

macro_rules! fixed {
    () => {
        #[acs_operation(GET, "/fixed/<id>")]
        pub trait Fixed {
            async fn fixed(&self, id: &str) -> Result<()>;
        }
    };
}

operation!(Get, get, GET, "/calls/<callId>", call_id: &str => Result<String>);
operation!(Stop, stop, POST, "/calls/<callId>:stop", call_id: u64 => Result<()>);
fixed!();

whole! {
    trait Whole {
        #[acs_operation(DELETE, "/calls/<callId>")]
        async fn remove(&self, call_id: &str) -> Result<()>;
    }
}

fn main() {
    let _ = |client: Client| async move {
        client.get("id", 1).await?;
        client.stop(3, 1).await?;
        client.fixed("id").await?;
        client.remove("id").await
    };
}
