//! The options that an attribute has, and the rules about them.

use syn::{Ident, Path};

use super::constant_header::{self, WrittenHeader};
use super::option_spec::{AppliesTo, OptionSpec, Value, named, no_option, unknown_option};
use crate::diagnostics::{Diagnostic, Diagnostics, ErrorGuaranteed};
use crate::model::{
    Argument as SentArgument, ConstantHeader, Method, OptionSetter, OptionValue, Output,
};
use crate::names;
use crate::syntax::{Argument, Form};

/// An option that is written in an attribute.
#[derive(Clone)]
struct WrittenOption {
    spec: &'static OptionSpec,
    name: Ident,
    value: Result<Value, ErrorGuaranteed>,
}

/// The options of one attribute.
#[derive(Clone, Default)]
pub(super) struct Options {
    written: Vec<WrittenOption>,
    headers: Vec<WrittenHeader>,
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

fn option_twice(name: &Ident) -> Diagnostic {
    let message = format!("the option `{name}` is given twice");
    Diagnostic::new("attribute/option_twice", name, message).help("keep one of the two")
}

fn no_idempotency_header(name: &Ident, header: &str) -> Diagnostic {
    let message =
        format!("the header `{header}`, which makes the call idempotent, is not a parameter");
    let parameter = names::snake(&header.replace('-', "_"));
    Diagnostic::new("attribute/no_idempotency_header", name, message)
        .help(format!("add `#[header(\"{header}\")] {parameter}: Option<&str>`"))
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
