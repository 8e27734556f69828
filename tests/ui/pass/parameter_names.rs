//! Names that generated code might have used, and keywords.

#![deny(warnings)]

use acs_rest::{Client, Result, acs_operation};

#[derive(serde::Serialize)]
struct Request;

#[acs_operation(POST, "/calls/<type>/<call>")]
trait Play {
    async fn play(
        &self,
        request: &Request,
        r#type: &str,
        call: &str,
        #[query] client: &str,
        #[query] response: &str,
        #[query] url: &str,
        #[query] self_: &str,
        #[query] r#match: u8,
        #[query] operation: u8,
        #[query] path: u8,
        #[query] query: u8,
        #[query] header: u8,
        #[query] body: u8,
        #[query] json: u8,
        #[query] send: u8,
        #[query] core: u8,
        #[query] acs_rest: u8,
        #[header("X-Future")] future: u8,
    ) -> Result<()>;
}

fn main() {
    let _ = |client: Client| async move {
        client.play(&Request, "t", "c", "", "", "", "", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).await
    };
}
