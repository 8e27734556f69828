//! A string that stays on its thread.

use std::rc::Rc;

use acs_rest::{Result, acs_operation};

#[acs_operation(GET, "/calls")]
pub trait Get {
    async fn get(&self, #[query] name: Rc<str>) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(Rc::from("a")).await };
}
