//! A server that creates users and issues tokens, and a client that refreshes its token.
//!
//! `cargo run --example identity_tokens --features identity` runs on an emulator that it starts;
//! with `ACS_CONNECTION_STRING`, on a real resource. At the end it deletes the user.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::env;

use acs_rest::identity::{Identity, IssueAccessTokenRequest, TokenScope};
use acs_rest::{Client, Endpoint, Result, UserToken};
use acs_rest_emulator::Emulator;

#[tokio::main]
async fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::start().await;
    let connection_string = env::var("ACS_CONNECTION_STRING");
    let connection_string = connection_string.as_deref().unwrap_or(emulator.connection_string());
    let server = Client::from_connection_string(connection_string)?;

    let user = server.create_identity(None).await?.identity.id;
    println!("created {user}");
    let client = client_of(&server, user.clone())?;
    println!("a client of this user: {client:?}");

    let token = issue(&server, &user).await?;
    println!("issued a token of {} characters", token.len());
    server.revoke_access_tokens(&user).await?;
    server.delete_identity(&user).await?;
    println!("deleted {user}");
    Ok(())
}

/// A client whose token is refreshed before it expires. A real client asks its server, which asks
/// the service: only a server has the access key that issues tokens.
fn client_of(server: &Client, user: String) -> Result<Client> {
    let (endpoint, server): (Endpoint, _) = (server.endpoint().clone(), server.clone());
    let token = UserToken::with_refresher(move || {
        let (server, user) = (server.clone(), user.clone());
        async move { issue(&server, &user).await }
    });
    Client::new(endpoint, token)
}

async fn issue(server: &Client, user: &str) -> Result<String> {
    let request = IssueAccessTokenRequest::new([TokenScope::Voip]);
    let issued = server.issue_access_token(user, &request).await?;
    Ok(issued.token.secret().to_owned())
}
