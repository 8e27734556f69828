//! The request of a declared mute, compared with the sample of the REST page and the requests of
//! Microsoft's SDKs.

use acs_rest::call_automation::{CallConnection, MuteParticipantsRequest, MuteParticipantsResult};
use acs_rest::{
    AccessKey, CallOptions, Client, CommunicationIdentifier, Repeatability, Result, UserToken,
    acs_operation,
};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::recorder::{Recorder, Sent, StoppedAt};

const CALL: &str = "18dea47f-b081-4107-9a5c-4300819d2c6c";
const USER: &str =
    "8:acs:b9614373-fd0b-480c-8fd2-cb58b70eab9f_da7be3a9-8788-42a6-85c6-56b2cf784fce";
/// The bytes 0 to 31.
const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// The same operation with the body's bytes given: a signature covers bytes, not JSON.
#[acs_operation(POST, "/calling/callConnections/<callConnectionId>/participants:mute", repeatable)]
trait MuteVerbatim {
    async fn mute_verbatim(&self, call_connection_id: &str, request: &RawValue) -> Result<Value>;
}

/// An entry of the captures.
struct Vector(Value);

impl Vector {
    /// The mute calls among them.
    fn all() -> Vec<Self> {
        let files =
            [include_str!("../data/wire/python.json"), include_str!("../data/wire/js.json")];
        let entries =
            files.iter().flat_map(|file| serde_json::from_str::<Vec<Value>>(file).unwrap());
        entries.filter(|entry| entry["operation"] == "mute").map(Self).collect()
    }

    fn text(&self, field: &str) -> &str {
        self.0[field].as_str().unwrap_or_default()
    }

    fn header(&self, name: &str) -> &str {
        let headers = self.0["headers"].as_array().unwrap();
        headers.iter().find(|field| field[0] == name).and_then(|field| field[1].as_str()).unwrap()
    }

    fn target(&self) -> String {
        format!("{}?{}", self.text("path"), self.text("query"))
    }

    fn client(&self, recorder: &Recorder) -> Client {
        let now = httpdate::parse_http_date(self.header("x-ms-date")).unwrap();
        let endpoint = format!("https://{}", self.header("host"));
        let client = Client::builder(endpoint, AccessKey::new(KEY).unwrap())
            .transport(recorder.clone())
            .time_source(StoppedAt(now))
            .random_source(StoppedAt(now));
        let pair = Repeatability::from_parts(
            self.header("repeatability-request-id"),
            self.header("repeatability-first-sent"),
        );
        client.build().unwrap().with_options(CallOptions::new().repeatability(pair.unwrap()))
    }
}

/// The body without what means nothing: one SDK leaves `kind` out, the other writes a phone
/// number's `isAnonymous`.
fn meaning(body: &str) -> Value {
    let mut body: Value = serde_json::from_str(body).unwrap();
    for target in body["targetParticipants"].as_array_mut().unwrap() {
        let target = target.as_object_mut().unwrap();
        target.remove("kind");
        if let Some(phone) = target.get_mut("phoneNumber") {
            phone.as_object_mut().unwrap().remove("isAnonymous");
        }
    }
    body
}

#[tokio::test]
async fn the_sample_of_the_rest_page() {
    let recorder = Recorder::answering(200, r#"{"operationContext":"mute participant"}"#);
    let now = StoppedAt(httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap());
    let client =
        Client::builder("https://contoso.communications.azure.com", UserToken::new("token"))
            .transport(recorder.clone())
            .time_source(now)
            .random_source(now)
            .build()
            .unwrap();
    let user = CommunicationIdentifier::from_raw_id(USER);
    let request = MuteParticipantsRequest::new([user]).operation_context("mute participant");
    let result = client.mute_participants(CALL, &request).await.unwrap();
    assert_eq!(result.operation_context.as_deref(), Some("mute participant"));

    let [sent] = &recorder.sent()[..] else { panic!("one request") };
    assert_eq!(sent.method, "POST");
    assert_eq!(
        sent.target,
        format!("/calling/callConnections/{CALL}/participants:mute?api-version=2024-09-15")
    );
    let body: Value = serde_json::from_str(&sent.body).unwrap();
    assert_eq!(
        body,
        json!({
            "targetParticipants": [
                {"kind": "communicationUser", "rawId": USER, "communicationUser": {"id": USER}}
            ],
            "operationContext": "mute participant"
        })
    );
    let expected = [
        ("accept", "application/json"),
        ("authorization", "Bearer token"),
        ("content-type", "application/json"),
        ("repeatability-first-sent", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("repeatability-request-id", "efcdab89-6745-4301-afcd-ab8967452301"),
        ("user-agent", concat!("acs-rest/", env!("CARGO_PKG_VERSION"))),
        ("x-ms-client-request-id", "efcdab89-6745-4301-afcd-ab8967452301"),
        ("x-ms-return-client-request-id", "true"),
    ];
    let sent: Vec<_> = sent.headers.iter().map(|(name, value)| (&**name, &**value)).collect();
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn the_bodies_of_microsofts_sdks() {
    for vector in Vector::all() {
        let targets = serde_json::from_str::<Value>(vector.text("body")).unwrap();
        let raw_ids = targets["targetParticipants"].as_array().unwrap().iter();
        let targets_given = raw_ids.map(|target| target["rawId"].as_str().unwrap());
        let mut request =
            MuteParticipantsRequest::new(targets_given.map(CommunicationIdentifier::from_raw_id));
        if let Some(context) = targets["operationContext"].as_str() {
            request = request.operation_context(context);
        }
        let sent = send(&vector, async |client| {
            client.mute_participants(CALL, &request).await.map(|_: MuteParticipantsResult| ())
        });
        let sent = sent.await;
        assert_eq!(meaning(&sent.body), meaning(vector.text("body")), "{}", vector.text("sdk"));
        assert_eq!((sent.method, sent.target), (vector.text("method").into(), vector.target()));
    }
}

#[tokio::test]
async fn the_signatures_of_microsofts_sdks() {
    let vectors = Vector::all();
    assert_eq!(vectors.len(), 10);
    for vector in vectors {
        let body = RawValue::from_string(vector.text("body").to_owned()).unwrap();
        let sent = send(&vector, async |client| client.mute_verbatim(CALL, &body).await.map(drop));
        let sent = sent.await;
        assert_eq!(sent.body, vector.text("body"));
        for name in [
            "authorization",
            "x-ms-date",
            "x-ms-content-sha256",
            "repeatability-request-id",
            "repeatability-first-sent",
            "content-type",
            "accept",
        ] {
            assert_eq!(sent.headers[name], vector.header(name), "{name}");
        }
    }
}

/// The one request that `call` sends.
async fn send(vector: &Vector, call: impl AsyncFnOnce(Client) -> Result<()>) -> Sent {
    let recorder = Recorder::answering(200, "{}");
    call(vector.client(&recorder)).await.unwrap();
    let [sent] = &recorder.sent()[..] else { panic!("one request") };
    sent.clone()
}
