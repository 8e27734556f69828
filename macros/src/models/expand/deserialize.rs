//! `Deserialize` of a struct.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::super::field_type::{FieldType, is_of_times};
use super::super::structs::{Field, Struct};
use super::check::Check;
use super::constructors::allow_deprecated;
use super::serialize::bounded;
use super::{default_of, is_default_checked, local, pattern};

pub(super) fn of(model: &Struct<'_>, check: &Check) -> TokenStream {
    let (private, name) = (model.options.private(), &model.item.ident);
    let text = name.to_string();
    let mut generics = bounded(&model.item.generics, &quote!(#private::serde::Deserialize<'de>));
    let (_, arguments, _) = model.item.generics.split_for_impl();
    generics.params.insert(0, syn::parse_quote!('de));
    let (parameters, _, clause) = generics.split_for_impl();
    let allow = allow_deprecated(model);
    let names = model.fields.iter().flat_map(names);
    let read = read(model, check);
    let deserialized = model.options.deserialized();
    quote! {
        #[automatically_derived]
        impl #parameters #private::serde::Deserialize<'de> for #name #arguments #clause {
            fn deserialize<__D: #private::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> #deserialized {
                #private::read_object(deserializer)
            }
        }
        #allow
        #[automatically_derived]
        impl #parameters #private::ReadObject<'de> for #name #arguments #clause {
            const NAME: &'static str = #text;
            const FIELDS: &'static [&'static str] = &[#(#names),*];
            #read
        }
    }
}

/// The names by which a field is read.
fn names(field: &Field) -> Vec<TokenStream> {
    let conditions = &field.conditions;
    let names = std::iter::once(&field.wire_name).chain(&field.aliases);
    names.map(|name| quote!(#(#conditions)* #name)).collect()
}

fn read(model: &Struct<'_>, check: &Check) -> TokenStream {
    let private = model.options.private();
    let (object, name) = (local("object"), local("name"));
    let slots = model.fields.iter().map(|field| {
        let (ident, conditions) = (&field.ident, &field.conditions);
        quote!(#(#conditions)* let mut #ident = ::core::option::Option::None;)
    });
    let arms = model.fields.iter().map(|field| arm(field, &object));
    let values = model.fields.iter().map(|field| value(field, &private, check));
    let checked = (!check.is_empty()).then(|| {
        let checked = check.checked(object.to_token_stream());
        quote!(let mut #object = #checked;)
    });
    let mutable = check.is_empty().then(|| quote!(mut));
    let read_object = model.options.read_object();
    quote! {
        fn read<__A: #private::serde::de::MapAccess<'de>>(
            #mutable #object: #private::ObjectReader<__A>,
        ) -> #read_object {
            #checked
            #(#slots)*
            while let ::core::option::Option::Some(#name) = #object.next_name()? {
                match #name {
                    #(#arms)*
                    _ => #object.skip()?,
                }
            }
            ::core::result::Result::Ok(Self { #(#values),* })
        }
    }
}

/// `null` counts as absent, unless the field can be `null`.
fn arm(field: &Field, object: &Ident) -> TokenStream {
    let Field { ident, conditions, wire_name, aliases, .. } = field;
    let pattern = pattern(wire_name, aliases);
    let slot = quote_spanned!(field.ty.span()=> &mut #ident);
    let method = match &field.kind {
        FieldType::Required(_) if field.default.is_none() => format_ident!("read"),
        FieldType::Nullable(_) => format_ident!("read"),
        _ => format_ident!("read_optional"),
    };
    let method = if is_of_times(&field.ty) { format_ident!("{method}_times") } else { method };
    quote!(#(#conditions)* #pattern => #object.#method(#slot)?,)
}

fn value(field: &Field, private: &TokenStream, check: &Check) -> TokenStream {
    let Field { ident, conditions, wire_name, .. } = field;
    match (&field.kind, &field.default) {
        (FieldType::Required(_), None) => {
            quote!(#(#conditions)* #ident: #private::required(#wire_name, #ident)?)
        }
        (FieldType::Required(_), Some(None)) if is_default_checked(field, check) => {
            let default = default_of(field, check);
            quote!(#(#conditions)* #ident: #ident.unwrap_or_else(#default))
        }
        (FieldType::Required(_), Some(None)) => {
            quote!(#(#conditions)* #ident: #ident.unwrap_or_default())
        }
        (FieldType::Required(_), Some(Some(path))) => {
            quote!(#(#conditions)* #ident: #ident.unwrap_or_else(#path))
        }
        (_, Some(Some(path))) => quote!(#(#conditions)* #ident: #ident.or_else(#path)),
        _ => quote!(#(#conditions)* #ident),
    }
}
