//! The rules for the type of a field or a value: what it cannot be, and what would be sent as something
//! else.

use proc_macro2::Ident;
use syn::visit::Visit;
use syn::{Attribute, Generics, Lifetime, Type, TypeReference};

use super::attrs;
use super::structs::option_in_a_value;
use super::{field_type::nested_option, options::Options};
use crate::check::is_bytes;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::syntax::text;
use crate::syntax::types::{self, TypeFacts};

/// Reports a type that a model cannot have, and replaces it, which avoids errors of rustc about it.
pub(super) fn check(
    ty: &mut Type,
    attributes: &[Attribute],
    generics: &Generics,
    options: &Options,
    diagnostics: &Diagnostics,
) {
    if let Some(option) = nested_option(ty) {
        diagnostics.report(option_in_a_value(&option));
    }
    let is_with = attributes.iter().any(attrs::is_with);
    let owned = match borrowed(ty, generics) {
        Some(part) => {
            diagnostics.report(borrowed_field(part));
            owned(part)
        }
        None if TypeFacts::of(ty).has_impl => {
            diagnostics.report(impl_in_a_field(ty));
            syn::parse_quote!(())
        }
        None => match sent_otherwise(ty).filter(|_| options.query.is_none() && !is_with) {
            Some(mistake) => {
                let owned = owned_bytes(ty);
                diagnostics.report(mistake);
                owned
            }
            None => return,
        },
    };
    *ty = if types::optional(ty).is_some() {
        syn::parse_quote!(::core::option::Option<#owned>)
    } else {
        owned
    };
}

/// The first reference whose lifetime the model does not declare.
fn borrowed<'a>(ty: &'a Type, generics: &'a Generics) -> Option<&'a Type> {
    struct Finder<'a> {
        generics: &'a Generics,
        found: bool,
    }
    impl<'ast> Visit<'ast> for Finder<'_> {
        fn visit_type_reference(&mut self, ty: &'ast TypeReference) {
            self.found |= ty.lifetime.is_none();
            syn::visit::visit_type_reference(self, ty);
        }

        fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
            let is = |name: &Ident| *name == lifetime.ident;
            let is_declared = self.generics.lifetimes().any(|one| is(&one.lifetime.ident));
            self.found |= !is_declared && lifetime.ident != "static";
        }

        // Those have lifetimes of their own.
        fn visit_type_fn_ptr(&mut self, _: &'ast syn::TypeFnPtr) {}

        fn visit_trait_bound(&mut self, _: &'ast syn::TraitBound) {}
    }
    let mut finder = Finder { generics, found: false };
    finder.visit_type(ty);
    finder.found.then(|| types::optional(ty).unwrap_or(ty))
}

/// What the field may hold instead, for code that uses it.
fn owned(ty: &Type) -> Type {
    let is_text = types::referent(ty).is_some_and(|referent| types::is_named(referent, &["str"]));
    if is_text { syn::parse_quote!(::std::string::String) } else { syn::parse_quote!(()) }
}

/// `Vec<u8>` in place of other bytes, which serde may not know.
fn owned_bytes(ty: &Type) -> Type {
    let value = types::optional(ty).unwrap_or(ty);
    if is_bytes(value) { syn::parse_quote!(::std::vec::Vec<u8>) } else { value.clone() }
}

fn sent_otherwise(ty: &Type) -> Option<Diagnostic> {
    let value = types::optional(ty).unwrap_or(ty);
    let value = types::first_argument(value)
        .filter(|_| types::is_named(value, &["Nullable"]))
        .unwrap_or(value);
    match types::bare(value) {
        value if is_bytes(value) => Some(bytes_in_a_model(value)),
        value if types::is_named(value, &["Duration", "SystemTime"]) => {
            Some(duration_in_a_model(value))
        }
        _ => None,
    }
}

fn borrowed_field(ty: &Type) -> Diagnostic {
    let owned = match text(ty).as_str() {
        "&str" => "String".to_owned(),
        _ if types::referent(ty).is_some_and(|referent| types::is_named(referent, &["str"])) => {
            "String".to_owned()
        }
        _ => types::referent(ty).map_or_else(|| "a type without lifetimes".to_owned(), text),
    };
    let message = format!("a model owns its data, so a field cannot be `{}`", text(ty));
    Diagnostic::new("model/borrowed_field", ty, message).help(format!("write `{owned}`"))
}

fn impl_in_a_field(ty: &Type) -> Diagnostic {
    let message = format!("a field has a concrete type, not `{}`", text(ty));
    Diagnostic::new("model/impl_in_a_field", ty, message)
        .help("name the type, or declare it as a generic of the model: `struct Name<T>`")
}

fn bytes_in_a_model(ty: &Type) -> Diagnostic {
    let message = format!("`{}` would be sent as a list of numbers", text(ty));
    Diagnostic::new("model/bytes_in_a_model", ty, message)
        .help("write `String` for Base64 text, or `Vec<u16>` if it is a list of numbers")
        .help("or name functions that write and read it: `#[serde(with = \"..\")]`")
}

fn duration_in_a_model(ty: &Type) -> Diagnostic {
    let message = format!("`{}` would be sent as an object of seconds and nanoseconds", text(ty));
    let fix = match types::is_named(ty, &["Duration"]) {
        true => "write a number such as `u64`, or `String` for a text such as `PT30S`",
        false => "write `time::OffsetDateTime`, which is sent as RFC 3339 text",
    };
    Diagnostic::new("model/duration_in_a_model", ty, message)
        .help(fix)
        .help("or name functions that write and read it: `#[serde(with = \"..\")]`")
}
