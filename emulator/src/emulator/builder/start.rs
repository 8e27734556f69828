//! Starts an emulator from its settings: checks them, reads its files, and connects its parts.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use tokio::sync::mpsc::{self, UnboundedReceiver};

use super::EmulatorBuilder;
use crate::access_key::AccessKey;
use crate::callback_token::CallbackTokens;
use crate::connector::Connector;
use crate::control::{people, seeds};
use crate::delivery::{Delivery, DeliverySettings, Schema, Subscription};
use crate::emulator::Emulator;
use crate::error::ServiceError;
use crate::http_client::HttpClient;
use crate::journal::Journal;
use crate::jwt::Tokens;
use crate::media::{MediaContext, MediaMemory};
use crate::network::{Effect, Network};
use crate::resource::Resource;
use crate::seeds::Seeds;
use crate::server::{Server, Sockets};
use crate::settings::Settings;
use crate::signing_key::LazySigningKey;
use crate::tls::TlsClient;
use crate::url;

/// How many callbacks are on their way at the same time.
const CALLBACKS: usize = 256;

/// How many files of prompts are downloaded at the same time.
const DOWNLOADS: usize = 16;

/// The origin of recordings unless it is set.
const RECORDING_HOST: &str = "https://storage.asm.skype.com";

pub(super) fn start(mut builder: EmulatorBuilder) -> io::Result<Emulator> {
    check(&builder)?;
    let (access_key, signing_key) = keys(builder.access_key.take())?;
    let seeds = read_seeds(&builder)?;
    if let Some(directory) = &builder.audio_directory {
        std::fs::create_dir_all(directory)?;
    }
    let tls = builder.tls.take().map(|tls| tls.load()).transpose()?;
    let own_ca = tls.as_ref().map(|tls| tls.ca_certificate().to_owned());
    let trusted: Vec<PathBuf> = builder.callback_cas.iter().cloned().chain(own_ca).collect();
    let connector = Connector::new(TlsClient::new(&trusted)?);
    let sockets = Sockets::bind(&builder.hosts, builder.port, builder.https_port, tls)?;
    let settings = Settings {
        endpoint: sockets.http_endpoint(),
        page_size: builder.page_size,
        resource_id: access_key.derive_uuid("resource id"),
        access_key,
        tokens: Tokens::new(),
        seeds,
    };
    let (resource, effects) = resource(&builder, settings);
    let tokens = CallbackTokens::new(resource.settings().resource_id, signing_key);
    let delivery = delivery(&builder, &resource, &tokens, &connector);
    let media = media(&builder, &resource, tokens, connector);
    let EmulatorBuilder { clock, limits, log, .. } = builder;
    let server = Server::new(resource, delivery, media.memory.clone(), clock, limits, log);
    Ok(Emulator::run(sockets, server, media, effects))
}

/// Checks what needs no file and no socket.
fn check(builder: &EmulatorBuilder) -> io::Result<()> {
    if builder.page_size == 0 {
        return Err(invalid("the page size is 0; a page lists at least 1 participant"));
    }
    if let Some(endpoint) = builder.event_grid_endpoints.iter().find(|url| !url::is_http(url)) {
        return Err(invalid(&format!("`{endpoint}` is not a whole `http://…` URL")));
    }
    if !(builder.pace.is_finite() && (0.0..=1000.0).contains(&builder.pace)) {
        return Err(invalid("the pace is not within 0 and 1000"));
    }
    Ok(())
}

/// The access key and the key that signs the tokens of callbacks.
fn keys(access_key: Option<Option<AccessKey>>) -> io::Result<(AccessKey, Arc<LazySigningKey>)> {
    match access_key {
        None => Ok((AccessKey::random(), LazySigningKey::of_process())),
        Some(Some(key)) => Ok((key.clone(), LazySigningKey::derived_from(key))),
        Some(None) => Err(invalid("the access key is empty or not base64")),
    }
}

fn read_seeds(builder: &EmulatorBuilder) -> io::Result<Seeds> {
    let mut seeds = match builder.seeds.as_deref() {
        Some(path) => read_file(path, seeds::read)?,
        None => Seeds::default(),
    };
    if let Some(path) = builder.people.as_deref() {
        seeds.people.extend(read_file(path, people::read)?);
    }
    Ok(seeds)
}

/// The resource with its seeds, and the effects of its network.
fn resource(
    builder: &EmulatorBuilder,
    settings: Settings,
) -> (Arc<Resource>, UnboundedReceiver<Effect>) {
    let host = builder.recording_host.as_deref().unwrap_or(RECORDING_HOST);
    let network = Network::new(builder.pace, host.trim_end_matches('/'));
    let (outbox, effects) = mpsc::unbounded_channel();
    let resource = Arc::new(Resource::new(settings, network, outbox, Journal::new()));
    resource.command(builder.clock.now(), |state| resource.settings().seeds.apply(state));
    (resource, effects)
}

fn delivery(
    builder: &EmulatorBuilder,
    resource: &Resource,
    tokens: &CallbackTokens,
    connector: &Connector,
) -> Arc<Delivery> {
    let delivery = Delivery::new(DeliverySettings {
        clock: builder.clock.clone(),
        log: builder.log.clone(),
        journal: resource.journal().clone(),
        pace: builder.pace,
        endpoint: resource.settings().endpoint.clone(),
        tokens: tokens.clone(),
        client: HttpClient::new(connector.clone(), CALLBACKS),
    });
    for endpoint in &builder.event_grid_endpoints {
        let subscription = Subscription::new(endpoint.clone(), Schema::EventGrid, Vec::new());
        delivery.subscribe(subscription, true);
    }
    delivery
}

fn media(
    builder: &EmulatorBuilder,
    resource: &Arc<Resource>,
    tokens: CallbackTokens,
    connector: Connector,
) -> MediaContext {
    MediaContext {
        resource: resource.clone(),
        clock: builder.clock.clone(),
        log: builder.log.clone(),
        tokens,
        client: HttpClient::new(connector.clone(), DOWNLOADS),
        prompt_hosts: builder.prompt_hosts.clone(),
        connector,
        memory: MediaMemory::new(builder.audio_directory.clone()),
    }
}

/// Reads a JSON file, whose own files are relative to it.
fn read_file<T>(
    path: &Path,
    read: impl FnOnce(&Value, Option<&Path>) -> Result<T, ServiceError>,
) -> io::Result<T> {
    let wrong = |error: String| invalid(&format!("`{}` cannot be used: {error}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let json = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    read(&json, path.parent()).map_err(|error| wrong(error.message))
}

fn invalid(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message)
}
