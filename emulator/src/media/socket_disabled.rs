//! Stands in for WebSockets without the feature `media-streaming`: types without values.

use std::convert::Infallible;

use crate::connector::Connector;

pub(super) struct Sender(Infallible);

pub(super) struct Receiver(Infallible);

#[expect(clippy::unused_async, reason = "the other one waits")]
pub(super) async fn dial(
    _connector: &Connector,
    _url: &str,
    _headers: &[(&'static str, String)],
) -> Result<(Sender, Receiver), String> {
    Err("WebSockets need the feature `media-streaming` of acs-rest-emulator".to_owned())
}

impl Sender {
    #[expect(clippy::unused_async, reason = "the other one waits")]
    pub(super) async fn send(&mut self, _text: String) -> Result<(), String> {
        match self.0 {}
    }

    #[expect(clippy::unused_async, reason = "the other one waits")]
    pub(super) async fn close(&mut self) {
        match self.0 {}
    }
}

impl Receiver {
    #[expect(clippy::unused_async, reason = "the other one waits")]
    pub(super) async fn receive(&mut self) -> Option<Result<String, String>> {
        match self.0 {}
    }
}
