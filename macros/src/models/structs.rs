//! A struct: its fields and its rules.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Attribute, ExprPath, Fields, Generics, ItemStruct, LitStr, Type};

use super::attrs::{self, Direction, Serde};
use super::by_status;
use super::field_type::FieldType;
use super::options::Options;
use super::rename::RenameRule;
use super::{query, value_type};
use crate::check::{api_version_as_query, take_since};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::model::ValueStyle;
use crate::{names, syntax};

/// A struct with named fields.
pub(super) struct Struct<'a> {
    pub(super) options: &'a Options,
    /// Without `#[since]`; with `#[serde]`, which `expand` takes out where it is not needed.
    pub(super) item: ItemStruct,
    pub(super) derives: Vec<String>,
    pub(super) fields: Vec<Field>,
    /// The serde attributes of the struct.
    pub(super) serde: Serde,
    pub(super) serialize: Implementation,
    pub(super) deserialize: Implementation,
}

/// How one of serde's traits is implemented.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Implementation {
    /// Not at all: the model is used in the other direction only.
    Absent,
    /// By `expand`.
    Generated,
    /// By serde's derive, for attributes that `expand` does not understand.
    Derived,
    /// By serde's derive, which the user wrote.
    Written,
}

pub(super) struct Field {
    pub(super) ident: Ident,
    pub(super) ty: Type,
    pub(super) kind: FieldType,
    pub(super) attributes: Vec<Attribute>,
    pub(super) conditions: Vec<Attribute>,
    pub(super) since: Option<LitStr>,
    pub(super) wire_name: String,
    pub(super) aliases: Vec<String>,
    pub(super) default: Option<Option<ExprPath>>,
    pub(super) skip_serializing_if: Option<ExprPath>,
    /// How a parameter of the query is written.
    pub(super) style: ValueStyle,
}

impl Field {
    /// Whether `new` takes it.
    pub(super) fn is_required(&self) -> bool {
        matches!(self.kind, FieldType::Required(_)) && self.default.is_none()
    }
}

/// Reads a struct; one that cannot be a model stays as it is.
pub(super) fn read<'a>(
    mut item: ItemStruct,
    options: &'a Options,
    diagnostics: &Diagnostics,
) -> Result<Struct<'a>, TokenStream> {
    options.refuse_tag(diagnostics);
    diagnostics.report_all(options.by_status.map(by_status::by_status_without_variants));
    let Fields::Named(named) = &mut item.fields else {
        diagnostics.report(fields_without_names(&item));
        return Err(item.into_token_stream());
    };
    let serde = Serde::read(&item.attrs);
    let rule = serde.rename_all.unwrap_or(RenameRule::Camel);
    let generics = &item.generics;
    let read = |field| read_field(field, rule, generics, options, diagnostics);
    let fields: Vec<_> = named.named.iter_mut().map(read).collect();
    wire_name_twice(&fields, options, diagnostics);
    let derives = attrs::derives(&item.attrs);
    let (serialize, deserialize) = implementations(&item, &serde, &derives, options);
    Ok(Struct { options, item, derives, fields, serde, serialize, deserialize })
}

fn read_field(
    field: &mut syn::Field,
    rule: RenameRule,
    generics: &Generics,
    options: &Options,
    diagnostics: &Diagnostics,
) -> Field {
    let mut since = take_since(&mut field.attrs, diagnostics);
    let (name, style) = match options.query {
        Some(_) => {
            diagnostics.report_all(since.take().as_ref().map(query::since_in_a_query));
            query::take_attribute(field, diagnostics)
        }
        None => Default::default(),
    };
    operation_attribute(field, options, diagnostics);
    let serde = Serde::read(&field.attrs);
    value_type::check(&mut field.ty, &field.attrs, generics, options, diagnostics);
    let ident = field.ident.clone().expect("it is one of `Fields::Named`");
    let kind = FieldType::of(&field.ty);
    let is_optional = !matches!(kind, FieldType::Required(_));
    if let Some(version) = &since {
        if !is_optional {
            diagnostics.report(since_on_a_required_field(version, &field.ty));
        } else if let Some(path) = &serde.skip_serializing_if {
            diagnostics.report(since_beside_a_condition(path));
        }
    }
    if is_optional && ident == "new" {
        diagnostics.report(field_named_new(&ident));
    }
    let plain_name = ident.unraw().to_string();
    let wire_name = name.unwrap_or_else(|| {
        serde.rename.as_ref().map_or_else(|| rule.field(&plain_name), LitStr::value)
    });
    if options.query.is_some() && names::same(&wire_name, "api-version") {
        diagnostics.report(api_version_as_query(&ident));
    }
    Field {
        wire_name,
        style,
        aliases: serde.aliases.iter().map(LitStr::value).collect(),
        conditions: attrs::conditions(&field.attrs),
        attributes: field.attrs.clone(),
        ty: field.ty.clone(),
        default: serde.default,
        skip_serializing_if: serde.skip_serializing_if,
        ident,
        kind,
        since,
    }
}

/// How `Serialize` and `Deserialize` are implemented.
fn implementations(
    item: &ItemStruct,
    serde: &Serde,
    derives: &[String],
    options: &Options,
) -> (Implementation, Implementation) {
    let fields: Vec<_> = item.fields.iter().map(|field| Serde::read(&field.attrs)).collect();
    let borrows = item.generics.lifetimes().next().is_some();
    let of = |wanted: bool, name: &str, direction| {
        let beyond = fields.iter().chain([serde]).any(|serde| serde.needs_derive(direction));
        let other = serde.rename.is_some() || serde.default.is_some();
        let is_read = direction == Direction::Deserialize;
        match derives.iter().any(|derive| derive == name) {
            true => Implementation::Written,
            false if !wanted => Implementation::Absent,
            false if beyond || other || (is_read && borrows) => Implementation::Derived,
            false => Implementation::Generated,
        }
    };
    (
        of(options.serialize, "Serialize", Direction::Serialize),
        of(options.deserialize, "Deserialize", Direction::Deserialize),
    )
}

fn fields_without_names(item: &ItemStruct) -> Diagnostic {
    let name = &item.ident;
    let (message, fix) = match &item.fields {
        Fields::Unit => {
            ("a model is an object, so its struct has braces", format!("struct {name} {{}}"))
        }
        _ => ("the fields of a model have names", format!("struct {name} {{ pub field: String }}")),
    };
    Diagnostic::new("model/fields_without_names", name, message).help(format!("write `{fix}`"))
}

/// Reports two fields with the same name on the wire: the second would replace the first.
fn wire_name_twice(fields: &[Field], options: &Options, diagnostics: &Diagnostics) {
    let fix = match options.query {
        Some(_) => "give one of the two another `#[query(\"..\")]`",
        None => "give one of the two another `#[serde(rename = \"..\")]`",
    };
    let unconditional = fields.iter().filter(|field| field.conditions.is_empty());
    let mut seen: Vec<&str> = Vec::new();
    for field in unconditional {
        for name in field.aliases.iter().chain([&field.wire_name]) {
            if seen.contains(&name.as_str()) {
                let message = format!("another field is also called `{name}` on the wire");
                let mistake = Diagnostic::new("model/wire_name_twice", &field.ident, message);
                diagnostics.report(mistake.help(fix));
            }
            seen.push(name);
        }
    }
}

/// `#[query]` and the like, which mark the parameters of an operation.
fn operation_attribute(field: &mut syn::Field, options: &Options, diagnostics: &Diagnostics) {
    let fix = match options.query {
        Some(_) => "remove it: the fields are sent in the query",
        None => "remove it: the fields of a model are sent in the body",
    };
    field.attrs.retain(|attribute| {
        let is_one = attrs::is_one_of(attribute, &["path", "query", "header", "body"]);
        if is_one {
            let name = syntax::text(attribute.path());
            let message = format!("`#[{name}]` marks a parameter of an operation, not a field");
            let mistake = Diagnostic::new("model/operation_attribute", attribute, message);
            diagnostics.report(mistake.help(fix));
        }
        !is_one
    });
}

pub(super) fn option_in_a_value(option: &Type) -> Diagnostic {
    let nullable = syntax::text(option).replacen("Option", "Nullable", 1);
    let message = format!("`{}` inside a value is sent as `null`", syntax::text(option));
    Diagnostic::new("model/option_in_a_value", option, message)
        .help(format!("if `null` is meant, write `{nullable}`; it is `acs_rest::Nullable`"))
}

fn since_on_a_required_field(version: &LitStr, ty: &Type) -> Diagnostic {
    let message = "a field that only later versions have must be optional";
    Diagnostic::new("model/since_on_a_required_field", version, message)
        .help(format!("write `Option<{}>`", syntax::text(ty)))
}

fn since_beside_a_condition(path: &ExprPath) -> Diagnostic {
    let message = "`since` and `skip_serializing_if` both determine when the field is left out";
    Diagnostic::new("model/since_beside_a_condition", path, message)
        .help("remove `skip_serializing_if`: `None` is left out anyway")
}

fn field_named_new(ident: &Ident) -> Diagnostic {
    let message = "the setter of this field would be called `new`, like the constructor";
    Diagnostic::new("model/field_named_new", ident, message)
        .help("give it another name, and write `#[serde(rename = \"new\")]`")
}
