//! Values in the query and in headers, as a declaration has them written.

use std::collections::BTreeMap;
use std::time::Duration;

use acs_rest::{CallOptions, Result, acs_model, acs_operations};
use time::{OffsetDateTime, UtcOffset};

use crate::fault_server::{Answer, Received, Server, always};
use crate::operations::client;

/// 2024-09-15 10:49:37 +02:00
fn time() -> OffsetDateTime {
    let time = OffsetDateTime::from_unix_timestamp(1_726_390_177).unwrap();
    time.to_offset(UtcOffset::from_hms(2, 0, 0).unwrap())
}

#[acs_model]
enum SortOrder {
    Ascending,
    #[serde(rename = "desc")]
    Descending,
}

/// What a list can be asked for.
#[acs_model(query)]
struct ListOptions {
    /// How many at most.
    max_page_size: Option<u32>,
    #[query("$filter")]
    filter: Option<String>,
    #[serde(rename = "$orderby")]
    order_by: Option<SortOrder>,
    #[query(list = "comma")]
    states: Option<Vec<String>>,
    tags: Option<Vec<String>>,
    since: Option<OffsetDateTime>,
    #[query("until", format = "date")]
    end: Option<OffsetDateTime>,
}

#[acs_model(query)]
struct Search {
    text: String,
    top: Option<u32>,
}

#[acs_operations(header("Accept-Language", "en"))]
trait Values {
    #[acs_operation(GET, "/times")]
    async fn times(
        &self,
        #[query] start_time: OffsetDateTime,
        #[query("end", format = "unix_seconds")] end: Option<OffsetDateTime>,
        #[query(format = "http_date")] days: &[OffsetDateTime],
        #[query(format = "milliseconds")] wait: Duration,
        #[header("If-Modified-Since")] modified: Option<OffsetDateTime>,
        #[header("x-start", format = "rfc3339")] start: OffsetDateTime,
    ) -> Result<()>;

    #[acs_operation(GET, "/lists/<order>")]
    async fn lists(
        &self,
        order: SortOrder,
        #[query] id: &[&str],
        #[query("$select", list = "comma")] select: Option<&[&str]>,
        #[query(list = "comma")] sizes: Vec<u32>,
        #[header("x-order")] orders: Vec<SortOrder>,
    ) -> Result<()>;

    #[acs_operation(GET, "/list", header("Accept", "text/csv"), header("x-kind", "all of them"))]
    async fn list(&self, #[query] options: &ListOptions) -> Result<()>;

    #[acs_operation(GET, "/search")]
    async fn search(
        &self,
        #[query] search: Option<&Search>,
        #[query] more: &BTreeMap<String, u32>,
        #[header("accept-language")] language: &str,
    ) -> Result<()>;
}

async fn sent(call: impl AsyncFnOnce(acs_rest::Client) -> Result<()>) -> Received {
    let server = Server::start(always(Answer::new(200, "{}"))).await;
    call(client(&server.endpoint())).await.unwrap();
    server.requests().pop().unwrap()
}

fn query(request: &Received) -> &str {
    request.target.split_once("?api-version=2024-09-15").expect("the version comes first").1
}

#[tokio::test]
async fn times_and_durations_have_the_declared_format() {
    let wait = Duration::from_millis(1500);
    let request = sent(async |client| {
        client.times(time(), Some(time()), &[time(), time()], wait, Some(time()), time()).await
    })
    .await;
    assert_eq!(
        query(&request),
        "&startTime=2024-09-15T08%3A49%3A37Z&end=1726390177&days=Sun%2C%2015%20Sep%202024%2008%3A49%3A37%20GMT\
         &days=Sun%2C%2015%20Sep%202024%2008%3A49%3A37%20GMT&wait=1500"
    );
    assert_eq!(request.header("if-modified-since"), Some("Sun, 15 Sep 2024 08:49:37 GMT"));
    assert_eq!(request.header("x-start"), Some("2024-09-15T08:49:37Z"));
    let request =
        sent(async |client| client.times(time(), None, &[], wait, None, time()).await).await;
    assert_eq!(query(&request), "&startTime=2024-09-15T08%3A49%3A37Z&wait=1500");
    assert_eq!(request.header("if-modified-since"), None);
}

#[tokio::test]
async fn a_list_repeats_its_key_or_has_commas() {
    let orders = || vec![SortOrder::Ascending, SortOrder::Descending];
    let request = sent(async |client| {
        client
            .lists(SortOrder::Descending, &["a", "b"], Some(&["x,y", "z"]), vec![1, 2], orders())
            .await
    })
    .await;
    assert!(request.target.starts_with("/lists/desc?"), "{}", request.target);
    assert_eq!(query(&request), "&id=a&id=b&%24select=x%2Cy,z&sizes=1,2");
    assert_eq!(request.header("x-order"), Some("ascending, desc"));
    let none = sent(async |client| {
        client.lists(SortOrder::from("new"), &[], None, Vec::new(), Vec::new()).await
    });
    let none = none.await;
    assert_eq!((query(&none), none.header("x-order")), ("", None));
    assert!(none.target.starts_with("/lists/new?"));
}

#[tokio::test]
async fn a_struct_holds_optional_parameters() {
    let all = ListOptions::new()
        .max_page_size(10)
        .filter("name eq 'a'")
        .order_by(SortOrder::Descending)
        .states(["open", "closed"])
        .tags(["a", "b"])
        .since(time())
        .end(time());
    let request = sent(async |client| client.list(&all).await).await;
    assert_eq!(
        query(&request),
        "&maxPageSize=10&%24filter=name%20eq%20%27a%27&%24orderby=desc&states=open,closed&tags=a&tags=b\
         &since=2024-09-15T08%3A49%3A37Z&until=2024-09-15"
    );
    let request = sent(async |client| client.list(&ListOptions::default()).await).await;
    assert_eq!(query(&request), "");
    let search = Search::new("a b");
    let more = BTreeMap::from([("$top".to_owned(), 3)]);
    let request = sent(async |client| client.search(Some(&search), &more, "de").await).await;
    assert_eq!(query(&request), "&text=a%20b&%24top=3");
    assert_eq!(request.header("accept-language"), Some("de"));
}

#[tokio::test]
async fn constant_headers_go_out_unless_the_caller_replaces_them() {
    let options = ListOptions::new();
    let request = sent(async |client| client.list(&options).await).await;
    let values = |name| {
        let fields = request.headers.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name));
        fields.map(|(_, value)| value.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(values("accept"), ["text/csv"]);
    assert_eq!(values("accept-language"), ["en"]);
    assert_eq!(values("x-kind"), ["all of them"]);
    let replaced = CallOptions::new().header("Accept-Language", "fr");
    let request = sent(async |client| client.with_options(replaced).list(&options).await).await;
    assert_eq!(request.header("accept-language"), Some("fr"));
}
