//! mockall makes doubles of operation traits.

use std::future::ready;

use acs_rest::{ErrorKind, Pager, Result, acs_operations};

use crate::memory_transport::{Memory, Reply};
use crate::operations::on;

// Below the attribute of acs-rest, which has to see the trait first.
#[acs_operations]
#[mockall::automock]
pub(crate) trait Threads {
    #[acs_operation(GET, "/threads/<threadId>")]
    async fn topic(&self, thread_id: &str) -> Result<String>;

    #[acs_operation(GET, "/threads")]
    fn topics(&self) -> Pager<String>;
}

async fn shout(threads: &impl Threads, id: &str) -> Result<String> {
    threads.topic(id).await.map(|topic| topic.to_uppercase())
}

#[tokio::test]
async fn a_mock_is_a_double() {
    let mut threads = MockThreads::new();
    threads
        .expect_topic()
        .withf(|id| id == "7")
        .times(1)
        .returning(|_| Box::pin(ready(Ok("order".to_owned()))));
    threads.expect_topics().returning(|| Pager::from(vec!["order".to_owned()]));
    assert_eq!(shout(&threads, "7").await.unwrap(), "ORDER");
    assert_eq!(threads.topics().next().await.unwrap().unwrap(), "order");
}

#[tokio::test]
async fn the_client_still_implements_the_trait() {
    let client = on(Memory::new(|_| Reply::Status(404, &[]))).build().unwrap();
    assert_eq!(shout(&client, "7").await.unwrap_err().kind(), ErrorKind::Service);
}
