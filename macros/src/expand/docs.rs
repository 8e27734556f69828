//! The line of an operation's documentation that shows the request.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Operation, OptionSetter, OptionValue, Output, PathPiece};

/// `POST /rooms` and the options, below the user's documentation.
pub(super) fn of(operation: &Operation) -> TokenStream {
    let is_documented = operation.attributes.iter().any(|one| one.path().is_ident("doc"));
    let separator = is_documented.then(|| quote!(#[doc = ""]));
    let line = line(operation);
    quote!(#separator #[doc = #line])
}

fn line(operation: &Operation) -> String {
    let path = operation.path.iter().map(|piece| match piece {
        PathPiece::Literal(text) => text.clone(),
        PathPiece::Placeholder(name) => format!("<{name}>"),
    });
    let mut line = format!(" `{} {}`", operation.method.name(), path.collect::<String>());
    for part in operation.options.iter().filter_map(option) {
        line += &format!(", {part}");
    }
    line += match operation.output {
        Output::Pages { .. } => ", in pages",
        Output::Poller { .. } => ", long-running",
        Output::Future { .. } => "",
    };
    for header in &operation.constant_headers {
        line += &format!(", `{}: {}`", header.name, header.value);
    }
    line + "."
}

fn option(option: &OptionSetter) -> Option<String> {
    match (option.name, &option.value) {
        ("api_version", OptionValue::Text(version)) => Some(format!("api-version `{version}`")),
        // It has a line of its own.
        ("since", _) => None,
        ("items", OptionValue::Text(field)) => Some(format!("items in `{field}`")),
        ("repeatable_request_id", _) => Some("repeatable by its request id alone".to_owned()),
        ("repeatable_body", _) => Some("repeatable by the ids in its body".to_owned()),
        ("repeatable_unconfirmed", _) => Some("repeatable once confirmed".to_owned()),
        (name, OptionValue::Text(text)) => Some(format!("{} `{text}`", name.replace('_', " "))),
        (name, OptionValue::Flag) => Some(name.replace('_', " ")),
        (name, OptionValue::Millis(millis)) => {
            Some(format!("{} {} s", name.replace('_', " "), seconds(*millis)))
        }
        (_, OptionValue::Codes(codes)) => {
            let codes: Vec<_> = codes.iter().map(u16::to_string).collect();
            Some(format!("answered with {} too", codes.join(" or ")))
        }
    }
}

fn seconds(millis: u64) -> String {
    match millis.is_multiple_of(1000) {
        true => (millis / 1000).to_string(),
        false => format!("{}.{:03}", millis / 1000, millis % 1000),
    }
}
