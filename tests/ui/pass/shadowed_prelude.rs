//! Whatever the user's names are, the generated code means the real ones.

#![deny(warnings)]
#![allow(dead_code, non_camel_case_types)]

use acs_rest::acs_operation;

type Result = ();
type Vec = ();
struct Option;
struct Some;
struct Ok;
struct Future;
struct Client;
struct Error;
struct Operation;
struct String;
struct str;
trait Send {}
mod core {}
mod std {}
mod __private {}
mod acs_operations {}

#[acs_operation(POST, "/calls/<id>", api_version = "2024-09-15", timeout = "3s", idempotent)]
trait Get {
    async fn get(
        &self,
        id: u8,
        #[query] top: u32,
        #[header("Top")] header: i64,
        #[body] body: bool,
    ) -> acs_rest::Result<u8>;
}

fn main() {}
