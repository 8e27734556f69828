//! The options that exist: their names, their values and where each applies.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Ident, LitStr, Path};

use super::{success_codes, values};
use crate::diagnostics::Diagnostic;
use crate::model::{OptionSetter, OptionValue};
use crate::names;
use crate::syntax::{Argument, text};

/// One row for each option.
const OPTIONS: [OptionSpec; 7] = [
    OptionSpec {
        name: "repeatable",
        example: "repeatable",
        parse: OptionParser::FlagOr(values::repeatable),
        applies_to: AppliesTo::UnsafeMethods,
    },
    OptionSpec {
        name: "idempotent",
        example: "idempotent",
        parse: OptionParser::FlagOr(values::idempotent),
        applies_to: AppliesTo::UnsafeMethods,
    },
    OptionSpec {
        name: "api_version",
        example: "api_version = \"2024-09-15\"",
        parse: OptionParser::Value(values::api_version),
        applies_to: AppliesTo::AllMethods,
    },
    OptionSpec {
        name: "timeout",
        example: "timeout = \"30s\"",
        parse: OptionParser::Value(values::timeout),
        applies_to: AppliesTo::AllMethods,
    },
    OptionSpec {
        name: "items",
        example: "items = \"value\"",
        parse: OptionParser::Value(values::items),
        applies_to: AppliesTo::Pages,
    },
    OptionSpec {
        name: "success_codes",
        example: "success_codes(404)",
        parse: OptionParser::List(success_codes::parse),
        applies_to: AppliesTo::Answers,
    },
    OptionSpec {
        name: "crate",
        example: "crate = my_crate::acs_rest",
        parse: OptionParser::Runtime,
        applies_to: AppliesTo::Trait,
    },
];

/// An option that exists.
pub(super) struct OptionSpec {
    pub(super) name: &'static str,
    example: &'static str,
    parse: OptionParser,
    pub(super) applies_to: AppliesTo,
}

#[derive(Clone, Copy)]
enum OptionParser {
    /// Takes no value, or a string that selects a form of the option.
    FlagOr(fn(&LitStr) -> Result<OptionSetter, Diagnostic>),
    Value(fn(&TokenStream) -> Result<OptionValue, Diagnostic>),
    /// Takes values in parentheses.
    List(fn(&Ident, &TokenStream) -> Result<OptionValue, Diagnostic>),
    /// A path to the crate that holds `Client`.
    Runtime,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum AppliesTo {
    AllMethods,
    /// Other methods are always safe to repeat; one such option excludes the others.
    UnsafeMethods,
    Pages,
    /// Operations with a single result.
    Answers,
    Trait,
}

#[derive(Clone)]
pub(super) enum Value {
    Setter(OptionSetter),
    Runtime(Path),
}

/// The option of that name.
pub(super) fn named(name: &str) -> Option<&'static OptionSpec> {
    OPTIONS.iter().find(|option| option.name == name)
}

/// The option that was probably meant.
pub(super) fn nearest(name: &str) -> Option<&'static OptionSpec> {
    names::nearest(name, OPTIONS.iter().map(|option| option.name)).and_then(named)
}

impl OptionSpec {
    pub(super) fn excludes(&self, other: &Self) -> bool {
        let kind = |option: &Self| option.applies_to == AppliesTo::UnsafeMethods;
        self.name != other.name && kind(self) && kind(other)
    }

    pub(super) fn value(&self, name: &Ident, argument: &Argument) -> Result<Value, Diagnostic> {
        let setter = |value| Value::Setter(OptionSetter { name: self.name, value });
        match (self.parse, argument) {
            (OptionParser::FlagOr(_), Argument::Word(_)) => Ok(setter(OptionValue::Flag)),
            (OptionParser::FlagOr(parse), Argument::Setting { value, .. }) => {
                match syn::parse2::<LitStr>(value.clone()) {
                    Ok(form) => parse(&form).map(Value::Setter),
                    Err(_) => Err(value_on_a_flag(name, argument)),
                }
            }
            (OptionParser::FlagOr(_), _) => Err(value_on_a_flag(name, argument)),
            (OptionParser::Value(parse), Argument::Setting { value, .. }) if !value.is_empty() => {
                parse(value).map(setter)
            }
            (OptionParser::List(parse), Argument::Call { name, inside }) => {
                parse(name, inside).map(setter)
            }
            (OptionParser::List(_), _) => Err(success_codes::without_codes(name)),
            (OptionParser::Runtime, Argument::Setting { value, .. }) if !value.is_empty() => {
                values::runtime(value).map(Value::Runtime)
            }
            _ => Err(option_without_value(self, argument)),
        }
    }
}

fn list() -> String {
    names::list(OPTIONS.iter().map(|option| option.name).chain(["header"]), "and")
}

pub(super) fn unknown_option(name: &Ident) -> Diagnostic {
    let message = format!("unknown option `{name}`");
    let diagnostic = Diagnostic::new("attribute/unknown_option", name, message);
    let diagnostic = match (nearest(&name.to_string()), place_of(name)) {
        (Some(meant), _) => diagnostic.help(format!("did you mean `{}`?", meant.name)),
        (None, Some(fix)) => return diagnostic.help(fix),
        (None, None) => diagnostic,
    };
    diagnostic.help(format!("the options are {}", list()))
}

/// How to write an argument that belongs to a parameter and not to the attribute.
fn place_of(name: &Ident) -> Option<&'static str> {
    Some(match name.to_string().as_str() {
        "query" | "params" => "put it on the parameter: `#[query] name: &str`",
        "headers" => {
            "write `header(\"If-Match\", \"*\")`, or `#[header(\"If-Match\")]` on a parameter"
        }
        "body" | "json" => "put it on the parameter: `#[body] request: &Request`",
        "content_type" | "consumes" => {
            "put it on the body: `#[body(content_type = \"application/merge-patch+json\")]`"
        }
        _ => return None,
    })
}

pub(super) fn no_option(argument: &Argument) -> Diagnostic {
    let text = text(argument);
    let message = format!("expected an option, found `{text}`");
    let diagnostic = Diagnostic::new("attribute/no_option", argument, message);
    let word = text.split(['=', ':']).next().unwrap_or_default().replace(' ', "");
    match OPTIONS.iter().find(|option| names::same(option.name, &word)) {
        Some(meant) => diagnostic.help(format!("write `{}`", meant.example)),
        None => diagnostic.help(format!("the options are {}", list())),
    }
}

fn value_on_a_flag(name: &Ident, argument: &Argument) -> Diagnostic {
    let off = matches!(argument, Argument::Setting { value, .. } if is_false(value));
    let fix = if off { "remove the option".to_owned() } else { format!("write `{name}`") };
    let message = format!("`{name}` takes no value");
    Diagnostic::new("attribute/value_on_a_flag", name, message).help(fix)
}

fn is_false(value: &TokenStream) -> bool {
    matches!(value.clone().into_iter().next(), Some(TokenTree::Ident(word)) if word == "false")
}

fn option_without_value(option: &OptionSpec, argument: &Argument) -> Diagnostic {
    let example = match argument {
        Argument::Call { inside, .. } if syn::parse2::<LitStr>(inside.clone()).is_ok() => {
            format!("{} = {inside}", option.name)
        }
        _ => option.example.to_owned(),
    };
    let message = format!("`{}` needs a value, as in `{example}`", option.name);
    Diagnostic::new("attribute/option_without_value", argument, message)
        .help(format!("write `{example}`"))
}
