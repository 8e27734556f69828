//! The option `header("Accept", "text/csv")`: a header with the same value in each call.

use proc_macro2::{Ident, TokenStream};
use syn::{Lit, LitStr};

use super::headers;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::model::{Argument as SentArgument, ConstantHeader};
use crate::syntax::{Argument, Arguments};

/// A header in an attribute.
#[derive(Clone)]
pub(super) struct WrittenHeader {
    name: LitStr,
    value: LitStr,
}

/// The header, if the argument is one.
pub(super) fn parse(argument: &Argument) -> Option<Result<WrittenHeader, Diagnostic>> {
    match argument {
        Argument::Call { name, inside } if name == "header" => Some(header(name, inside)),
        Argument::Word(name) | Argument::Setting { name, .. } if name == "header" => {
            Some(Err(without_value(name, None)))
        }
        _ => None,
    }
}

/// The headers of a method: its own, and those of the group that it does not send itself.
pub(super) fn merge(
    own: &[WrittenHeader],
    defaults: &[WrittenHeader],
    sent: &[SentArgument],
    diagnostics: &Diagnostics,
) -> Vec<ConstantHeader> {
    let is_sent = |header: &&WrittenHeader| {
        sent.iter().filter(|argument| argument.function == "header").any(|argument| {
            argument
                .wire_name
                .as_ref()
                .is_some_and(|name| name.eq_ignore_ascii_case(&header.name.value()))
        })
    };
    let mut headers: Vec<&WrittenHeader> = Vec::new();
    for header in own {
        if is_sent(&header) || headers.iter().any(|other| other.is_same(header)) {
            diagnostics.report(sent_twice(header));
        } else {
            headers.push(header);
        }
    }
    for header in defaults.iter().filter(|header| !is_sent(header)) {
        if !headers.iter().any(|own| own.is_same(header)) {
            headers.push(header);
        }
    }
    let headers = headers.into_iter();
    headers.map(|one| ConstantHeader { name: one.name.value(), value: one.value.value() }).collect()
}

impl WrittenHeader {
    fn is_same(&self, other: &Self) -> bool {
        self.name.value().eq_ignore_ascii_case(&other.name.value())
    }
}

fn header(option: &Ident, inside: &TokenStream) -> Result<WrittenHeader, Diagnostic> {
    let group = proc_macro2::Group::new(proc_macro2::Delimiter::Parenthesis, inside.clone());
    let arguments = Arguments::of_group(&group);
    match &arguments.list[..] {
        [Argument::Literal(Lit::Str(name)), Argument::Literal(Lit::Str(value))] => {
            // The operation determines the response.
            if !name.value().eq_ignore_ascii_case("accept") {
                headers::header(name, "If-Match")?;
            }
            match is_value(&value.value()) {
                true => Ok(WrittenHeader { name: name.clone(), value: value.clone() }),
                false => Err(value_of_a_header(value)),
            }
        }
        [Argument::Literal(Lit::Str(name)), ..] => Err(without_value(option, Some(name))),
        _ => Err(without_value(option, None)),
    }
}

/// RFC 9110, section 5.5, without what is not ASCII.
fn is_value(text: &str) -> bool {
    text.trim() == text
        && !text.is_empty()
        && text.chars().all(|c| c == ' ' || c.is_ascii_graphic())
}

fn without_value(option: &Ident, name: Option<&LitStr>) -> Diagnostic {
    let name = name.map_or_else(|| "If-Match".to_owned(), LitStr::value);
    Diagnostic::new("attribute/header_without_value", option, "`header` takes a name and a value")
        .help(format!("write `header(\"{name}\", \"..\")`"))
        .help("a header that the caller sets is a parameter: `#[header(\"If-Match\")] etag: &str`")
}

fn value_of_a_header(value: &LitStr) -> Diagnostic {
    let message = format!("`{}` cannot be the value of a header", value.value().escape_debug());
    Diagnostic::new("attribute/value_of_a_header", value, message)
        .help("write visible ASCII, without spaces around it")
}

fn sent_twice(header: &WrittenHeader) -> Diagnostic {
    let message = format!("header `{}` is already sent", header.name.value());
    Diagnostic::new("attribute/constant_header_twice", &header.name, message)
        .help("remove this one, or the parameter or the option that sends it too")
}
