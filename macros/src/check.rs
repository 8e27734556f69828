//! Every rule: syntax → model, or all that is wrong with it.
//!
//! A room below holds the rules of one part of a declaration, a function each. A function reports
//! `theme/rule`, and `tests/ui/theme/rule.rs` shows the mistake.

mod attribute;
mod attrs;
mod declaration;
mod headers;
mod names;
mod options;
mod parameters;
mod path;
mod placeholders;
mod returns;
mod route;
mod signature;
mod types;
mod values;

pub(crate) use declaration::{goes_on_a_trait, is_marker, no_trait, stands_alone};
pub(crate) use returns::{is_awaited, is_unreadable};
pub(crate) use signature::has_client_for_self;
pub(crate) use types::{has_word, infers};

use syn::{Attribute, TraitItem};

use crate::diagnostics::{Diagnostic, Diagnostics, ErrorGuaranteed};
use crate::model;
use crate::syntax::{Arguments, Declaration, Form, Item, Method, Parameter};
use options::Options;

/// Checks a declaration.
pub(crate) fn check(declaration: &Declaration) -> Result<model::Trait, Vec<Diagnostic>> {
    let diagnostics = Diagnostics::new();
    let model = trait_model(declaration, &diagnostics);
    diagnostics.finish(model)
}

fn trait_model(
    declaration: &Declaration,
    diagnostics: &Diagnostics,
) -> Result<model::Trait, ErrorGuaranteed> {
    let group = match declaration.form {
        Form::Single => Ok(Options::default()),
        Form::Group => attribute::defaults(&declaration.arguments, diagnostics),
    };
    let sound = declaration::check(declaration, diagnostics);
    let defaults = group.clone().unwrap_or_default();
    let mut runtime = defaults.runtime.clone().map(|(path, _)| path);
    let (mut items, mut single) = (Vec::new(), single(declaration));
    for item in &declaration.item.items {
        let item = match item {
            Item::Other(item) => Ok(model::Item::Passthrough(Box::new(item.clone()))),
            Item::Method(method) => match single.take().or(method.arguments.as_ref()) {
                None => {
                    Ok(model::Item::Passthrough(Box::new(TraitItem::Fn(method.function.clone()))))
                }
                Some(arguments) => {
                    let form = declaration.form;
                    operation(form, arguments, method, &defaults, &mut runtime, diagnostics)
                }
            },
        };
        items.push(item);
    }
    let items = items.into_iter().collect::<Result<_, ErrorGuaranteed>>()?;
    group.and(sound)?;
    Ok(model::Trait { runtime, head: declaration.item.head.clone(), items })
}

/// In the single form, the trait's attribute is that of its first method.
fn single(declaration: &Declaration) -> Option<&Arguments> {
    let single = declaration.form == Form::Single && !declaration::is_misspelt_group(declaration);
    single.then_some(&declaration.arguments)
}

fn operation(
    form: Form,
    arguments: &Arguments,
    written: &Method,
    defaults: &Options,
    runtime: &mut Option<syn::Path>,
    diagnostics: &Diagnostics,
) -> Result<model::Item, ErrorGuaranteed> {
    let signature = &written.function.sig;
    let said = attribute::operation(arguments, diagnostics);
    let method = said.method.ok();
    let path = said.path.map(|path| path::Path::check(&path, diagnostics));
    let sound = signature::check(written, diagnostics);
    let parameters = parameters::check(method, path.as_ref().ok(), written, diagnostics);
    let output = returns::output(method, signature, diagnostics);
    let own = options::of_a_method(form, said.options, runtime, diagnostics);
    let options = returns::behaviour(method, own, defaults, &output, diagnostics);
    said.sound.and(sound)?;
    let (path, parameters) = (path?, parameters?);
    path.sound?;
    Ok(model::Item::Operation(Box::new(model::Operation {
        attributes: written.function.attrs.clone(),
        marks: written.parameters.iter().map(foreign_attrs).collect(),
        signature: signature.clone(),
        method: said.method?,
        path: path.template.path(),
        options: options?,
        parameters: parameters.list,
        body: parameters.body,
        output: output?,
    })))
}

/// Attributes that are none of ours: the compiler is to say what it thinks of them.
fn foreign_attrs(parameter: &Parameter) -> Vec<Attribute> {
    parameter.marks.iter().filter(|mark| attrs::is_foreign(mark)).cloned().collect()
}
