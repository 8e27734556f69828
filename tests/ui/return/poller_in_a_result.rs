//! A poller in a `Result`.

use acs_rest::{Poller, Result, acs_operation};

#[acs_operation(POST, "/calls")]
pub trait Get {
    fn get(&self) -> Result<Poller<String>>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get().await };
}
