//! `Clone`, `Debug` and `PartialEq` of a model whose fields are checked: what derives would generate, for
//! fields whose types are known only if they are right.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{Attribute, Field, Fields, Variant};

use super::super::attrs;
use super::check::{Check, is_known};
use super::local;

/// The traits.
pub(crate) const DERIVED: [&str; 3] = ["Clone", "Debug", "PartialEq"];

/// The derives above the item, and the implementations beside it, of the traits that the user did not
/// derive.
pub(crate) fn split(written: &[String], check: &Check) -> (Vec<&'static str>, Vec<&'static str>) {
    let missing = DERIVED.into_iter().filter(|name| !written.iter().any(|one| one == name));
    match check.is_empty() {
        true => (missing.collect(), Vec::new()),
        false => (Vec::new(), missing.collect()),
    }
}

pub(crate) fn of_struct(
    name: &Ident,
    fields: &Fields,
    wanted: &[&str],
    check: &Check,
    allow: Option<&TokenStream>,
) -> TokenStream {
    let fields: Vec<_> = fields.iter().map(Part::of).collect();
    let implementations = wanted.iter().map(|wanted| {
        let body = match *wanted {
            "Clone" => clone_struct(&fields, check),
            "Debug" => debug_struct(name, &fields, check),
            _ => equal_structs(&fields, check),
        };
        implementation(name, wanted, &body, allow)
    });
    implementations.collect()
}

pub(crate) fn of_enum<'a>(
    name: &Ident,
    variants: impl IntoIterator<Item = &'a Variant>,
    wanted: &[&str],
    check: &Check,
    allow: Option<&TokenStream>,
) -> TokenStream {
    let variants: Vec<_> = variants.into_iter().collect();
    let implementations = wanted.iter().map(|wanted| {
        let body = match *wanted {
            "Clone" => clone_enum(&variants, check),
            "Debug" => debug_enum(&variants, check),
            _ => equal_enums(&variants, check),
        };
        implementation(name, wanted, &body, allow)
    });
    implementations.collect()
}

/// A field as a pattern binds it.
struct Part {
    ident: Ident,
    conditions: Vec<Attribute>,
    is_known: bool,
}

impl Part {
    /// The only field without a name is called `value`.
    fn of(field: &Field) -> Self {
        Self {
            ident: field.ident.clone().unwrap_or_else(|| local("value")),
            conditions: attrs::conditions(&field.attrs),
            is_known: is_known(&field.ty),
        }
    }

    fn text(&self) -> String {
        self.ident.unraw().to_string()
    }

    /// The reference that the pattern binds.
    fn bound(&self, check: &Check) -> TokenStream {
        let value = self.ident.to_token_stream();
        if self.is_known { value } else { check.checked(value) }
    }
}

fn clone_struct(fields: &[Part], check: &Check) -> TokenStream {
    let (this, checked) = (local("this"), check.checked(quote!(self)));
    let fields = fields
        .iter()
        .map(|Part { ident, conditions, .. }| quote!(#(#conditions)* #ident: #this.#ident.clone()));
    quote! {
        use ::core::clone::Clone as _;
        let #this = #checked;
        Self { #(#fields),* }
    }
}

fn debug_struct(name: &Ident, fields: &[Part], check: &Check) -> TokenStream {
    let (this, f, debug, text) = (local("this"), local("f"), local("debug"), name.to_string());
    let checked = check.checked(quote!(self));
    let fields = fields.iter().map(|field| {
        let (Part { ident, conditions, .. }, text) = (field, field.text());
        quote!(#(#conditions)* #debug.field(#text, &#this.#ident);)
    });
    quote! {
        let #this = #checked;
        let mut #debug = #f.debug_struct(#text);
        #(#fields)*
        #debug.finish()
    }
}

fn equal_structs(fields: &[Part], check: &Check) -> TokenStream {
    let (this, other) = (local("this"), local("other"));
    let checked = check.checked(quote!(self));
    // An attribute can stand before a statement, but not before an operand.
    let (free, conditional): (Vec<_>, Vec<_>) =
        fields.iter().partition(|field| field.conditions.is_empty());
    let conditional = conditional.iter().map(|Part { ident, conditions, .. }| {
        quote!(#(#conditions)* if #this.#ident != #other.#ident { return false; })
    });
    let free = free.iter().map(|Part { ident, .. }| quote!(#this.#ident == #other.#ident));
    let equal = all(free);
    quote!(let #this = #checked; #(#conditional)* #equal)
}

/// Whether all comparisons are true.
fn all(comparisons: impl Iterator<Item = TokenStream>) -> TokenStream {
    let mut comparisons = comparisons;
    let first = comparisons.next().unwrap_or_else(|| quote!(true));
    quote!(#first #(&& #comparisons)*)
}

fn clone_enum(variants: &[&Variant], check: &Check) -> TokenStream {
    let arms = arms(variants, |name, fields, is_named| {
        let clones = fields.iter().map(|field| {
            let (ident, bound) = (&field.ident, field.bound(check));
            let clone = quote!(#bound.clone());
            if is_named { quote!(#ident: #clone) } else { clone }
        });
        let (pattern, value) = (pattern(fields, is_named, ""), shape(clones, is_named));
        quote!(Self::#name #pattern => Self::#name #value,)
    });
    quote! {
        use ::core::clone::Clone as _;
        match self { #arms }
    }
}

fn debug_enum(variants: &[&Variant], check: &Check) -> TokenStream {
    let f = local("f");
    let arms = arms(variants, |name, fields, is_named| {
        let text = name.unraw().to_string();
        let pattern = pattern(fields, is_named, "");
        let calls = fields.iter().map(|field| {
            let (text, bound) = (field.text(), field.bound(check));
            if is_named { quote!(.field(#text, #bound)) } else { quote!(.field(#bound)) }
        });
        match (fields, is_named) {
            ([], _) => quote!(Self::#name #pattern => #f.write_str(#text),),
            (_, true) => {
                quote!(Self::#name #pattern => #f.debug_struct(#text) #(#calls)* .finish(),)
            }
            _ => quote!(Self::#name #pattern => #f.debug_tuple(#text) #(#calls)* .finish(),),
        }
    });
    quote!(match self { #arms })
}

fn equal_enums(variants: &[&Variant], check: &Check) -> TokenStream {
    let other = local("other");
    let arms = arms(variants, |name, fields, is_named| {
        let (one, another) = (pattern(fields, is_named, ""), pattern(fields, is_named, "other_"));
        let equal = fields.iter().map(|field| {
            let (bound, other) = (field.bound(check), local(&format!("other_{}", field.text())));
            quote!(#bound == #other)
        });
        let equal = all(equal);
        quote!((Self::#name #one, Self::#name #another) => #equal,)
    });
    let others = (variants.len() > 1).then(|| quote!(_ => false,));
    quote!(match (self, #other) { #arms #others })
}

/// An arm for each variant, from its name, its fields, and whether they have names.
fn arms(variants: &[&Variant], arm: impl Fn(&Ident, &[Part], bool) -> TokenStream) -> TokenStream {
    let arms = variants.iter().map(|variant| {
        let fields: Vec<_> = variant.fields.iter().map(Part::of).collect();
        let conditions = attrs::conditions(&variant.attrs);
        let arm = arm(&variant.ident, &fields, matches!(variant.fields, Fields::Named(_)));
        quote!(#(#conditions)* #arm)
    });
    arms.collect()
}

/// The pattern of the fields of a variant, which binds each to its name after the prefix.
fn pattern(fields: &[Part], is_named: bool, prefix: &str) -> TokenStream {
    let bindings = fields.iter().map(|field| {
        let ident = &field.ident;
        match prefix {
            "" => quote!(#ident),
            prefix => {
                let bound = local(&format!("{prefix}{}", field.text()));
                if is_named { quote!(#ident: #bound) } else { quote!(#bound) }
            }
        }
    });
    shape(bindings, is_named)
}

fn shape(fields: impl Iterator<Item = TokenStream>, is_named: bool) -> TokenStream {
    let fields: Vec<_> = fields.collect();
    match (&fields[..], is_named) {
        (_, true) => quote!({ #(#fields),* }),
        ([], false) => TokenStream::new(),
        (fields, false) => quote!((#(#fields),*)),
    }
}

/// The implementation of one of the traits.
fn implementation(
    name: &Ident,
    wanted: &str,
    body: &TokenStream,
    allow: Option<&TokenStream>,
) -> TokenStream {
    let (f, other) = (local("f"), local("other"));
    let (path, method) = match wanted {
        "Clone" => (quote!(clone::Clone), quote!(fn clone(&self) -> Self)),
        "Debug" => (
            quote!(fmt::Debug),
            quote!(fn fmt(&self, #f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result),
        ),
        _ => {
            (quote!(cmp::PartialEq), quote!(fn eq(&self, #other: &Self) -> ::core::primitive::bool))
        }
    };
    quote! {
        #allow
        #[automatically_derived]
        impl ::core::#path for #name {
            #method { #body }
        }
    }
}
