//! Every rule: syntax → model, or all that is wrong with it.
//!
//! A room below holds the rules of one part of a declaration, a function each. A function reports
//! `theme/rule`, and `tests/ui/theme/rule.rs` shows the mistake.

mod attribute;
mod declaration;
mod headers;
mod marks;
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

use crate::errors::{Errors, Known, Mistake};
use crate::model;
use crate::syntax::{Arguments, Declaration, Form, Item, Method, Parameter};
use options::Options;

/// Checks a declaration.
pub(crate) fn check(declaration: &Declaration) -> Result<model::Trait, Vec<Mistake>> {
    let errors = Errors::new();
    let model = trait_model(declaration, &errors);
    errors.finish(model)
}

fn trait_model(declaration: &Declaration, errors: &Errors) -> Known<model::Trait> {
    let group = match declaration.form {
        Form::Single => Ok(Options::default()),
        Form::Group => attribute::defaults(&declaration.arguments, errors),
    };
    let sound = declaration::check(declaration, errors);
    let defaults = group.clone().unwrap_or_default();
    let mut runtime = defaults.runtime.clone().map(|(path, _)| path);
    let (mut items, mut single) = (Vec::new(), single(declaration));
    for item in &declaration.item.items {
        let item = match item {
            Item::Other(item) => Ok(model::Item::Kept(Box::new(item.clone()))),
            Item::Method(method) => match single.take().or(method.arguments.as_ref()) {
                None => Ok(model::Item::Kept(Box::new(TraitItem::Fn(method.function.clone())))),
                Some(arguments) => {
                    let form = declaration.form;
                    operation(form, arguments, method, &defaults, &mut runtime, errors)
                }
            },
        };
        items.push(item);
    }
    let items = items.into_iter().collect::<Known<_>>()?;
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
    errors: &Errors,
) -> Known<model::Item> {
    let signature = &written.function.sig;
    let said = attribute::operation(arguments, errors);
    let method = said.method.ok();
    let path = said.path.map(|path| path::Path::check(&path, errors));
    let sound = signature::check(written, errors);
    let parameters = parameters::check(method, path.as_ref().ok(), written, errors);
    let output = returns::output(method, signature, errors);
    let own = options::of_a_method(form, said.options, runtime, errors);
    let options = returns::behaviour(method, own, defaults, &output, errors);
    said.sound.and(sound)?;
    let (path, parameters) = (path?, parameters?);
    path.sound?;
    Ok(model::Item::Operation(Box::new(model::Operation {
        attributes: written.function.attrs.clone(),
        marks: written.parameters.iter().map(passed_on).collect(),
        signature: signature.clone(),
        method: said.method?,
        path: path.template.parts(),
        options: options?,
        parameters: parameters.list,
        body: parameters.body,
        output: output?,
    })))
}

/// Attributes that are none of ours: the compiler is to say what it thinks of them.
fn passed_on(parameter: &Parameter) -> Vec<Attribute> {
    parameter.marks.iter().filter(|mark| marks::is_passed_on(mark)).cloned().collect()
}

#[cfg(test)]
#[path = "check/fixtures.rs"]
mod fixtures;
