//! Every rule: converts the syntax into the model, and reports each violation.
//!
//! Each module below holds the rules for one part of a declaration, a function each. A function
//! reports `theme/rule`, and `tests/ui/theme/rule.rs` shows the mistake.

mod argument_parser;
mod attribute;
mod body;
mod constant_header;
mod declaration;
mod headers;
mod http_method;
mod option_spec;
mod options;
mod param;
mod param_attr;
mod param_kind;
mod param_type;
mod params;
mod path;
mod path_argument;
mod placeholders;
mod returns;
mod route;
mod same_operation;
mod signature;
mod since;
mod success_codes;
mod value_style;
mod values;

pub(crate) use body::is_bytes;
pub(crate) use declaration::{goes_on_a_trait, is_marker, stands_alone};
pub(crate) use headers::api_version_as_query;
pub(crate) use param_attr::query_field;
pub(crate) use returns::is_unreturnable;
pub(crate) use signature::has_client_for_self;
pub(crate) use since::{misplaced_since, take_since};

use syn::{Attribute, GenericParam, LitStr, Signature, TraitItem};

use crate::diagnostics::{Diagnostics, SpanRange};
use crate::model;
use crate::names;
use crate::syntax::types;
use crate::syntax::{Arguments, Declaration, Form, Item, Method, Parameter};
use attribute::OperationArguments;
use options::Options;
use param::ParsedParam;
use path::Path;

/// Checks a declaration. A method with an error in it is inert in the model.
pub(crate) fn check(declaration: &Declaration, diagnostics: &Diagnostics) -> model::Trait {
    let mut checker = Checker {
        declaration,
        diagnostics,
        defaults: Options::default(),
        runtime: None,
        is_of_async_trait: signature::of_async_trait(&declaration.item, diagnostics),
    };
    if declaration.form == Form::Group {
        checker.defaults = attribute::defaults(&declaration.arguments, diagnostics);
        checker.runtime = checker.defaults.runtime().cloned();
    }
    declaration::check(declaration, diagnostics);
    let mut single = single(declaration);
    let items = declaration.item.items.iter().filter_map(|item| checker.item(item, &mut single));
    let items: Vec<_> = items.collect();
    same_operation::check(&items, diagnostics);
    let mut item = declaration.item.item.clone();
    misplaced_since(&mut item.attrs, diagnostics);
    model::Trait { runtime: checker.runtime, item, items }
}

/// In the single form, the trait's attribute is that of its first method.
fn single(declaration: &Declaration) -> Option<&Arguments> {
    let single = declaration.form == Form::Single && !declaration::is_misspelt_group(declaration);
    single.then_some(&declaration.arguments)
}

struct Checker<'a> {
    declaration: &'a Declaration,
    diagnostics: &'a Diagnostics,
    defaults: Options,
    /// The crate that holds `Client`, if it is named.
    runtime: Option<syn::Path>,
    is_of_async_trait: bool,
}

impl Checker<'_> {
    fn item(&mut self, item: &Item, single: &mut Option<&Arguments>) -> Option<model::Item> {
        let method = match item {
            Item::Other(item) => return passthrough(item),
            Item::Method(method) => method,
        };
        let is_helper = self.declaration.form == Form::Group && method.function.default.is_some();
        Some(match single.take().or(method.arguments.as_ref()) {
            None if is_helper => {
                model::Item::Passthrough(Box::new(TraitItem::Fn(method.function.clone())))
            }
            Some(arguments) if !method.is_malformed && !self.is_of_async_trait => {
                self.operation(arguments, method)
            }
            _ => inert(method, model::Arguments::default(), None),
        })
    }

    fn operation(&mut self, arguments: &Arguments, written: &Method) -> model::Item {
        let (diagnostics, form) = (self.diagnostics, self.declaration.form);
        let scope = diagnostics.scope();
        let signature = &written.function.sig;
        let mut attributes = written.function.attrs.clone();
        let since = take_since(&mut attributes, diagnostics);
        let has_url = written.parameters.iter().any(param::is_url);
        let span = arguments.span;
        let OperationArguments { method, path, options } =
            attribute::operation(arguments, has_url, diagnostics);
        // A URL has no placeholders, and so no parameter belongs to the path.
        let path = path.or_else(|| has_url.then(|| LitStr::new("/", span.start)));
        signature::check(written, &self.declaration.item.item.generics, diagnostics);
        let params = params::parse(written, diagnostics);
        let path = path.map(|path| Path::check(&path, &spare_names(&params), diagnostics));
        let arguments =
            params::locate(method, path.as_ref(), &params, &signature.ident, diagnostics);
        let output = returns::output(method, signature);
        let output = output.map_err(|diagnostic| diagnostics.report(diagnostic)).ok();
        options.check(form, method, output.as_ref(), diagnostics);
        options.check_headers(&arguments.list, diagnostics);
        let constant_headers =
            options.constant_headers(&self.defaults, &arguments.list, diagnostics);
        if form == Form::Single && options.runtime().is_some() {
            self.runtime = options.runtime().cloned();
        }
        if !self.is_concrete(signature) {
            return inert(written, model::Arguments::default(), None);
        }
        match (method, path, output) {
            (Some(method), Some(path), Some(output)) if scope.is_clean() => {
                let mut options = options.setters(&self.defaults, method, &output);
                options.extend(since.map(|version| model::OptionSetter {
                    name: "since",
                    value: model::OptionValue::Text(version.value()),
                }));
                model::Item::Operation(Box::new(model::Operation {
                    attributes,
                    param_attrs: written.parameters.iter().map(foreign_attrs).collect(),
                    signature: signature.clone(),
                    method,
                    path: match &arguments.url {
                        Some(url) => vec![model::PathPiece::Placeholder(names::plain(&url.name))],
                        None => path.template.path(),
                    },
                    path_span: SpanRange::of(&path.literal),
                    options,
                    constant_headers,
                    arguments,
                    output,
                }))
            }
            (.., output) => inert(written, arguments, output),
        }
    }
}

impl Checker<'_> {
    /// Whether the types are known: generics and associated types were reported, and further errors
    /// of rustc about them would not help.
    fn is_concrete(&self, signature: &Signature) -> bool {
        let item = &self.declaration.item;
        let parameters = signature.generics.params.iter().chain(&item.item.generics.params);
        let has_types =
            item.items.iter().any(|item| matches!(item, Item::Other(TraitItem::Type(_))));
        let names = types::names_in(signature);
        let mut generic = parameters.filter_map(|parameter| match parameter {
            GenericParam::Lifetime(_) => None,
            GenericParam::Type(ty) => Some(&ty.ident),
            GenericParam::Const(constant) => Some(&constant.ident),
        });
        let is_generic = generic.any(|name| names.contains(name));
        let is_associated = has_types && names.iter().any(|name| name == "Self");
        !is_generic && !is_associated
    }
}

/// Keeps constants with a value; an item that `Client` cannot implement was reported.
fn passthrough(item: &TraitItem) -> Option<model::Item> {
    let is_valued = match item {
        TraitItem::Const(constant) => constant.default.is_some(),
        TraitItem::Type(_) => true,
        _ => false,
    };
    is_valued.then(|| model::Item::Passthrough(Box::new(item.clone())))
}

fn inert(
    method: &Method,
    arguments: model::Arguments,
    output: Option<model::Output>,
) -> model::Item {
    let mut attributes = method.function.attrs.clone();
    // Any of these may have been reported.
    attributes.retain(|one| ["doc", "cfg"].iter().any(|kept| one.path().is_ident(kept)));
    model::Item::Inert(Box::new(model::Inert {
        attributes,
        signature: method.function.sig.clone(),
        arguments,
        output,
    }))
}

/// Parameters that a placeholder without a name may stand for.
fn spare_names(params: &[ParsedParam<'_>]) -> Vec<String> {
    let spare = params.iter().filter(|param| param.has_no_attr() && types::is_scalar(param.ty()));
    spare.map(ParsedParam::plain_name).collect()
}

/// The attributes that are not ours, which the compiler judges.
fn foreign_attrs(parameter: &Parameter) -> Vec<Attribute> {
    parameter.attributes.iter().filter(|one| param_attr::is_foreign(one)).cloned().collect()
}
