//! The options: what each one takes.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::{Ident, LitStr, Path};

use super::{names, types, values};
use crate::diagnostics::{Diagnostic, Diagnostics, ErrorGuaranteed};
use crate::model::RetrySafety;
use crate::syntax::{Argument, Form};

/// Every option.
pub(super) const NAMES: [&str; 6] =
    ["repeatable", "idempotent", "api_version", "timeout", "items", "crate"];

/// The options of one attribute, each with the place that later rules point at.
#[derive(Clone, Default)]
pub(super) struct Options {
    pub(super) retry_safety: Option<(RetrySafety, Ident)>,
    pub(super) api_version: Option<String>,
    pub(super) timeout_millis: Option<u64>,
    pub(super) items: Option<(String, Ident)>,
    pub(super) runtime: Option<(Path, Ident)>,
}

impl Options {
    /// These, and where they are silent, the defaults.
    pub(super) fn or(self, defaults: &Self) -> Self {
        Self {
            retry_safety: self.retry_safety.or_else(|| defaults.retry_safety.clone()),
            api_version: self.api_version.or_else(|| defaults.api_version.clone()),
            timeout_millis: self.timeout_millis.or(defaults.timeout_millis),
            items: self.items.or_else(|| defaults.items.clone()),
            runtime: self.runtime.or_else(|| defaults.runtime.clone()),
        }
    }
}

/// The options of a method. `crate` is for the whole trait, so it moves to `runtime`.
pub(super) fn of_a_method(
    form: Form,
    options: Result<Options, ErrorGuaranteed>,
    runtime: &mut Option<Path>,
    diagnostics: &Diagnostics,
) -> Result<Options, ErrorGuaranteed> {
    let mut options = options?;
    match options.runtime.take() {
        Some((_, name)) if form == Form::Group => Err(diagnostics.report(crate_on_a_method(&name))),
        Some((path, _)) => {
            *runtime = Some(path);
            Ok(options)
        }
        None => Ok(options),
    }
}

pub(super) fn read(
    arguments: &[&Argument],
    diagnostics: &Diagnostics,
) -> Result<Options, ErrorGuaranteed> {
    let (mut options, mut sound) = (Options::default(), Ok(()));
    let mut seen: Vec<String> = Vec::new();
    for argument in arguments {
        let read = match name(argument) {
            Ok(name) if seen.contains(&name.to_string()) => Err(given_twice(name)),
            Ok(name) => {
                seen.push(name.to_string());
                option(name, argument, &mut options)
            }
            Err(mistake) => Err(mistake),
        };
        if let Err(mistake) = read {
            sound = Err(diagnostics.report(mistake));
        }
    }
    sound.map(|()| options)
}

fn name(argument: &Argument) -> Result<&Ident, Diagnostic> {
    match argument {
        Argument::Word(name) | Argument::Setting { name, .. } | Argument::Call { name, .. } => {
            let known = NAMES.iter().any(|known| name == known);
            if known { Ok(name) } else { Err(unknown_option(name)) }
        }
        Argument::Literal(_) | Argument::Other(_) => Err(no_option(argument)),
    }
}

fn option(name: &Ident, argument: &Argument, options: &mut Options) -> Result<(), Diagnostic> {
    match name.to_string().as_str() {
        "repeatable" => retry_safety(name, argument, RetrySafety::Repeatable, options)?,
        "idempotent" => retry_safety(name, argument, RetrySafety::Idempotent, options)?,
        "api_version" => options.api_version = Some(values::api_version(setting(name, argument)?)?),
        "timeout" => options.timeout_millis = Some(values::timeout(setting(name, argument)?)?),
        "items" => options.items = Some((values::items(setting(name, argument)?)?, name.clone())),
        _ => options.runtime = Some((values::runtime(setting(name, argument)?)?, name.clone())),
    }
    Ok(())
}

fn retry_safety(
    name: &Ident,
    argument: &Argument,
    retry_safety: RetrySafety,
    options: &mut Options,
) -> Result<(), Diagnostic> {
    if !matches!(argument, Argument::Word(_)) {
        return Err(value_on_a_flag(name, argument));
    }
    match options.retry_safety.replace((retry_safety, name.clone())) {
        Some((other, _)) if other != retry_safety => Err(repeatable_and_idempotent(name)),
        _ => Ok(()),
    }
}

fn setting<'a>(name: &Ident, argument: &'a Argument) -> Result<&'a TokenStream, Diagnostic> {
    match argument {
        Argument::Setting { value, .. } if !value.is_empty() => Ok(value),
        argument => Err(option_without_value(name, argument)),
    }
}

fn example(name: &Ident) -> &'static str {
    match name.to_string().as_str() {
        "api_version" => "api_version = \"2024-09-15\"",
        "items" => "items = \"value\"",
        "crate" => "crate = my_crate::acs_rest",
        _ => "timeout = \"30s\"",
    }
}

fn unknown_option(name: &Ident) -> Diagnostic {
    let mistake =
        Diagnostic::new("attribute/unknown_option", name, format!("unknown option `{name}`"));
    let mistake = match names::nearest(&name.to_string(), NAMES) {
        Some(meant) => mistake.help(format!("did you mean `{meant}`?")),
        None => match placed(name) {
            Some(fix) => return mistake.help(fix),
            None => mistake,
        },
    };
    mistake.help(format!("the options are {}", names::list(NAMES, "and")))
}

/// Where something goes that is no option: on a parameter.
fn placed(name: &Ident) -> Option<&'static str> {
    Some(match name.to_string().as_str() {
        "query" | "params" => "mark the parameter: `#[query] name: &str`",
        "header" | "headers" => "mark the parameter: `#[header(\"If-Match\")] name: &str`",
        "body" | "json" => "mark the parameter: `#[body] request: &Request`",
        "content_type" | "consumes" => {
            "say it at the body: `#[body(content_type = \"application/merge-patch+json\")]`"
        }
        _ => return None,
    })
}

fn no_option(argument: &Argument) -> Diagnostic {
    let text = types::text(argument);
    let mistake = Diagnostic::new(
        "attribute/no_option",
        argument,
        format!("expected an option, found `{text}`"),
    );
    let word = text.split(['=', ':']).next().unwrap_or_default().replace(' ', "");
    match NAMES.into_iter().find(|known| names::same(known, &word)) {
        Some(meant) => {
            mistake.help(format!("write `{}`", example(&Ident::new(meant, Span::call_site()))))
        }
        None => mistake.help(format!("the options are {}", names::list(NAMES, "and"))),
    }
}

fn given_twice(name: &Ident) -> Diagnostic {
    Diagnostic::new("attribute/option_twice", name, format!("the option `{name}` is given twice"))
        .help("keep one of the two")
}

fn value_on_a_flag(name: &Ident, argument: &Argument) -> Diagnostic {
    let off = matches!(argument, Argument::Setting { value, .. } if is_false(value));
    let fix = if off { "leave the option out".to_owned() } else { format!("write `{name}`") };
    Diagnostic::new("attribute/value_on_a_flag", name, format!("`{name}` takes no value")).help(fix)
}

fn is_false(value: &TokenStream) -> bool {
    matches!(value.clone().into_iter().next(), Some(TokenTree::Ident(word)) if word == "false")
}

fn option_without_value(name: &Ident, argument: &Argument) -> Diagnostic {
    let example = match argument {
        Argument::Call { inside, .. } if syn::parse2::<LitStr>(inside.clone()).is_ok() => {
            format!("{name} = {inside}")
        }
        _ => example(name).to_owned(),
    };
    let message = format!("`{name}` needs a value, as in `{example}`");
    Diagnostic::new("attribute/option_without_value", name, message)
        .help(format!("write `{example}`"))
}

fn crate_on_a_method(name: &Ident) -> Diagnostic {
    let message = "`crate` is said once, for the whole trait";
    Diagnostic::new("attribute/crate_on_a_method", name, message)
        .help("move it to `#[acs_operations(crate = ..)]`")
}

fn repeatable_and_idempotent(name: &Ident) -> Diagnostic {
    let message = "an operation is `repeatable` or `idempotent`, not both: choose one";
    Diagnostic::new("attribute/repeatable_and_idempotent", name, message)
        .help("`repeatable` if the REST page lists `Repeatability-Request-ID`, else `idempotent`")
}
