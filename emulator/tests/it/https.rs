//! https beside http, with a certificate of the emulator's own authority.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use acs_rest_emulator::Emulator;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::client::{Response, address, request, send};

/// A directory that is deleted with its guard.
struct Directory(PathBuf);

impl Directory {
    fn new() -> Self {
        let name = format!("acs-rest-emulator-{}", uuid::Uuid::new_v4());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _absent = std::fs::remove_dir_all(&self.0);
    }
}

fn connector(ca_certificate: &Path) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(ca_certificate).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

/// Sends text to `address` over TLS, where the emulator has to prove that it is `name`.
async fn send_tls(
    address: &str,
    name: &str,
    ca_certificate: &Path,
    text: &str,
) -> std::io::Result<Response> {
    let stream = TcpStream::connect(address).await?;
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let mut stream = connector(ca_certificate).connect(name, stream).await?;
    stream.write_all(text.as_bytes()).await?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await?;
    Ok(Response::read(std::str::from_utf8(&bytes).unwrap()))
}

const GET: &str = "GET /calling/callConnections/a?api-version=2024-09-15";

#[tokio::test]
async fn one_port_answers_both() {
    let directory = Directory::new();
    let builder = Emulator::builder().https(&directory.0).certificate_name("emulator");
    let emulator = builder.start().await.unwrap();
    let (address, ca) = (address(&emulator), emulator.ca_certificate().unwrap());
    assert_eq!(emulator.https_endpoint().unwrap(), format!("https://{address}"));
    let text = request(&emulator, GET, "", "");
    for name in ["127.0.0.1", "localhost", "::1", "emulator"] {
        assert_eq!(send_tls(address, name, ca, &text).await.unwrap().status, 404, "{name}");
    }
    assert_eq!(send(&emulator, &text).await.status, 404);
    let error = send_tls(address, "contoso.com", ca, &text).await.unwrap_err();
    assert!(error.to_string().contains("certificate"), "{error}");
}

#[tokio::test]
async fn the_authority_stays_over_a_restart() {
    let directory = Directory::new();
    let first = Emulator::builder().https(&directory.0).start().await.unwrap();
    let kept = std::fs::read(first.ca_certificate().unwrap()).unwrap();
    first.stop().await;
    let second = Emulator::builder().https(&directory.0).start().await.unwrap();
    let ca = directory.0.join("kept.pem");
    std::fs::write(&ca, kept).unwrap();
    let text = request(&second, GET, "", "");
    assert_eq!(send_tls(address(&second), "localhost", &ca, &text).await.unwrap().status, 404);
    let other = Directory::new();
    let third = Emulator::builder().https(&other.0).start().await.unwrap();
    assert!(send_tls(address(&third), "localhost", &ca, &text).await.is_err());
}

#[tokio::test]
async fn a_next_link_has_the_scheme_of_the_request() {
    let directory = Directory::new();
    let builder = Emulator::builder().https(&directory.0).https_port(0).page_size(1);
    let emulator = builder.start().await.unwrap();
    let https = emulator.https_endpoint().unwrap().strip_prefix("https://").unwrap();
    assert_ne!(https, address(&emulator));
    let targets = json!([{ "rawId": "8:acs:a" }, { "rawId": "8:acs:b" }]);
    let body = json!({ "targets": targets, "callbackUri": "https://app.contoso.com/" });
    let create = "POST /calling/callConnections?api-version=2024-09-15";
    let created = send(&emulator, &request(&emulator, create, "", &body.to_string())).await;
    let call = created.json()["callConnectionId"].as_str().unwrap().to_owned();
    let list = format!("GET /calling/callConnections/{call}/participants?api-version=2024-09-15");
    let (plain, proxied) = (
        request(&emulator, &list, "", ""),
        request(&emulator, &list, "X-Forwarded-Proto: https\r\n", ""),
    );
    let link = |response: Response| response.json()["nextLink"].as_str().unwrap().to_owned();
    let host = address(&emulator);
    assert!(link(send(&emulator, &plain).await).starts_with(&format!("http://{host}/calling/")));
    assert!(link(send(&emulator, &proxied).await).starts_with(&format!("https://{host}/calling/")));
    let ca = emulator.ca_certificate().unwrap();
    let response = send_tls(https, "localhost", ca, &plain).await.unwrap();
    assert!(link(response).starts_with(&format!("https://{host}/calling/")));
}

#[tokio::test]
async fn a_directory_that_cannot_be_used_is_named() {
    let file = Directory::new();
    std::fs::write(&file.0, "").unwrap();
    let error = Emulator::builder().https(&file.0).start().await.unwrap_err().to_string();
    assert!(error.contains(file.0.to_str().unwrap()), "{error}");
    std::fs::remove_file(&file.0).unwrap();
}
