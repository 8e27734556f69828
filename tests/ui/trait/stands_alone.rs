//! The attribute of the group was forgotten.

use acs_rest::{Result, acs_operation};

pub trait Calls {
    #[acs_operation(GET, "/calls/<id>")]
    async fn get(&self, #[path] id: &str) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { (client, async |calls: &dyn std::any::Any| calls.is::<u8>()) };
}
