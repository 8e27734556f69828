//! The options of an attribute: their names, their values and where each applies.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Ident, LitStr, Path};

use super::constant_header::{self, WrittenHeader};
use super::{success_codes, values};
use crate::diagnostics::{Diagnostic, Diagnostics, ErrorGuaranteed};
use crate::model::{
    Argument as SentArgument, ConstantHeader, Method, OptionSetter, OptionValue, Output,
};
use crate::names;
use crate::syntax::{Argument, Form, text};

/// One row for each option.
pub(super) const OPTIONS: [OptionSpec; 7] = [
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
    applies_to: AppliesTo,
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
enum AppliesTo {
    AllMethods,
    /// Other methods are always safe to repeat; one such option excludes the others.
    UnsafeMethods,
    Pages,
    /// Operations with a single result.
    Answers,
    Trait,
}

/// An option that is written in an attribute.
#[derive(Clone)]
struct WrittenOption {
    spec: &'static OptionSpec,
    name: Ident,
    value: Result<Value, ErrorGuaranteed>,
}

#[derive(Clone)]
enum Value {
    Setter(OptionSetter),
    Runtime(Path),
}

/// The options of one attribute.
#[derive(Clone, Default)]
pub(super) struct Options {
    written: Vec<WrittenOption>,
    headers: Vec<WrittenHeader>,
}

/// The option of that name.
pub(super) fn named(name: &str) -> Option<&'static OptionSpec> {
    OPTIONS.iter().find(|option| option.name == name)
}

/// The option that was probably meant.
pub(super) fn nearest(name: &str) -> Option<&'static OptionSpec> {
    names::nearest(name, OPTIONS.iter().map(|option| option.name)).and_then(named)
}

impl Options {
    pub(super) fn parse(arguments: &[&Argument], diagnostics: &Diagnostics) -> Self {
        let mut options = Self::default();
        for argument in arguments {
            match constant_header::parse(argument) {
                Some(Ok(header)) => {
                    options.headers.push(header);
                    continue;
                }
                Some(Err(diagnostic)) => {
                    diagnostics.report(diagnostic);
                    continue;
                }
                None => {}
            }
            match options.parse_one(argument, diagnostics) {
                Ok(option) => options.written.push(option),
                Err(diagnostic) => {
                    diagnostics.report(diagnostic);
                }
            }
        }
        options
    }

    fn parse_one(
        &self,
        argument: &Argument,
        diagnostics: &Diagnostics,
    ) -> Result<WrittenOption, Diagnostic> {
        let (Argument::Word(name) | Argument::Setting { name, .. } | Argument::Call { name, .. }) =
            argument
        else {
            return Err(no_option(argument));
        };
        let spec = named(&name.to_string()).ok_or_else(|| unknown_option(name))?;
        if self.written.iter().any(|earlier| earlier.spec.name == spec.name) {
            return Err(option_twice(name));
        }
        if self.written.iter().any(|earlier| earlier.spec.excludes(spec)) {
            return Err(repeatable_and_idempotent(name));
        }
        let value = spec.value(name, argument).map_err(|diagnostic| diagnostics.report(diagnostic));
        Ok(WrittenOption { spec, name: name.clone(), value })
    }

    /// The crate that holds `Client`, if it is named.
    pub(super) fn runtime(&self) -> Option<&Path> {
        self.written.iter().find_map(|option| match &option.value {
            Ok(Value::Runtime(path)) => Some(path),
            _ => None,
        })
    }

    /// An idempotency header that a method names must be one of its parameters.
    pub(super) fn check_headers(&self, arguments: &[SentArgument], diagnostics: &Diagnostics) {
        for option in &self.written {
            let Some(OptionSetter { name: "idempotent_with", value: OptionValue::Text(header) }) =
                option.setter()
            else {
                continue;
            };
            let is_it = |argument: &SentArgument| {
                let name = argument.wire_name.as_ref();
                argument.function == "header"
                    && name.is_some_and(|name| name.eq_ignore_ascii_case(&header))
            };
            if !arguments.iter().any(is_it) {
                diagnostics.report(no_idempotency_header(&option.name, &header));
            }
        }
    }

    /// The headers of a method with the same value in each call.
    pub(super) fn constant_headers(
        &self,
        defaults: &Self,
        sent: &[SentArgument],
        diagnostics: &Diagnostics,
    ) -> Vec<ConstantHeader> {
        constant_header::merge(&self.headers, &defaults.headers, sent, diagnostics)
    }

    /// The options on the method itself must apply to it.
    pub(super) fn check(
        &self,
        form: Form,
        method: Option<Method>,
        output: Option<&Output>,
        diagnostics: &Diagnostics,
    ) {
        for WrittenOption { spec, name, .. } in &self.written {
            match (spec.applies_to, method, output) {
                (AppliesTo::Trait, ..) if form == Form::Group => {
                    diagnostics.report(crate_on_a_method(name));
                }
                (AppliesTo::UnsafeMethods, Some(method), _) if method.is_safe() => {
                    diagnostics.report(already_safe(name, method));
                }
                (AppliesTo::Pages, _, Some(Output::Future { .. } | Output::Poller { .. })) => {
                    diagnostics.report(items_without_pager(name));
                }
                (AppliesTo::Answers, _, Some(Output::Pages { .. })) => {
                    diagnostics.report(success_codes_of_pages(name));
                }
                _ => {}
            }
        }
    }

    /// The options of a method. A default applies where it can: `repeatable` not to `GET`, `items`
    /// not to a single result, and neither overrides an option of the method itself.
    pub(super) fn setters(
        &self,
        defaults: &Self,
        method: Method,
        output: &Output,
    ) -> Vec<OptionSetter> {
        let own = |option: &WrittenOption| {
            let same = |own: &WrittenOption| own.spec.name == option.spec.name;
            self.written.iter().any(|own| same(own) || own.spec.excludes(option.spec))
        };
        let defaults = defaults.written.iter().filter(|option| !own(option));
        let applies = |option: &&WrittenOption| match option.spec.applies_to {
            AppliesTo::UnsafeMethods => !method.is_safe(),
            AppliesTo::Pages => matches!(output, Output::Pages { .. }),
            AppliesTo::Answers => matches!(output, Output::Future { .. }),
            AppliesTo::AllMethods | AppliesTo::Trait => true,
        };
        self.written
            .iter()
            .chain(defaults)
            .filter(applies)
            .filter_map(WrittenOption::setter)
            .collect()
    }
}

impl WrittenOption {
    fn setter(&self) -> Option<OptionSetter> {
        match &self.value {
            Ok(Value::Setter(setter)) => Some(setter.clone()),
            _ => None,
        }
    }
}

impl OptionSpec {
    fn excludes(&self, other: &Self) -> bool {
        let kind = |option: &Self| option.applies_to == AppliesTo::UnsafeMethods;
        self.name != other.name && kind(self) && kind(other)
    }

    fn value(&self, name: &Ident, argument: &Argument) -> Result<Value, Diagnostic> {
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

fn unknown_option(name: &Ident) -> Diagnostic {
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

fn no_option(argument: &Argument) -> Diagnostic {
    let text = text(argument);
    let message = format!("expected an option, found `{text}`");
    let diagnostic = Diagnostic::new("attribute/no_option", argument, message);
    let word = text.split(['=', ':']).next().unwrap_or_default().replace(' ', "");
    match OPTIONS.iter().find(|option| names::same(option.name, &word)) {
        Some(meant) => diagnostic.help(format!("write `{}`", meant.example)),
        None => diagnostic.help(format!("the options are {}", list())),
    }
}

fn option_twice(name: &Ident) -> Diagnostic {
    let message = format!("the option `{name}` is given twice");
    Diagnostic::new("attribute/option_twice", name, message).help("keep one of the two")
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

fn no_idempotency_header(name: &Ident, header: &str) -> Diagnostic {
    let message =
        format!("the header `{header}`, which makes the call idempotent, is not a parameter");
    let parameter = names::snake(&header.replace('-', "_"));
    Diagnostic::new("attribute/no_idempotency_header", name, message)
        .help(format!("add `#[header(\"{header}\")] {parameter}: Option<&str>`"))
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

fn crate_on_a_method(name: &Ident) -> Diagnostic {
    let message = "`crate` applies to the whole trait";
    Diagnostic::new("attribute/crate_on_a_method", name, message)
        .help("move it to `#[acs_operations(crate = ..)]`")
}

fn repeatable_and_idempotent(name: &Ident) -> Diagnostic {
    let message = "an operation is `repeatable` or `idempotent`, not both";
    Diagnostic::new("attribute/repeatable_and_idempotent", name, message)
        .help("`repeatable` if the REST page lists `Repeatability-Request-ID`, else `idempotent`")
}

fn already_safe(name: &Ident, method: Method) -> Diagnostic {
    let message = format!("`{}` is already safe to repeat", method.name());
    Diagnostic::new("return/already_safe", name, message).help(format!("remove `{name}`"))
}

fn success_codes_of_pages(name: &Ident) -> Diagnostic {
    let message = "a page is always a success";
    Diagnostic::new("return/success_codes_of_pages", name, message)
        .help("remove `success_codes`, or return `Result<T>` and page by hand")
}

fn items_without_pager(name: &Ident) -> Diagnostic {
    let message = "`items` names a field of pages, and this operation returns none";
    Diagnostic::new("return/items_without_pager", name, message)
        .help("remove `items`, or return `Pager<T>` from a `fn` without `async`")
}
