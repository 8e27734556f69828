//! A string enum with its implementations.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::super::attrs;
use super::super::texts::{TextEnum, TextValue, UNKNOWN};
use super::local;

pub(crate) fn of_text(model: &TextEnum<'_>) -> TokenStream {
    let item = item(model);
    let (name, private) = (&model.item.ident, model.options.private());
    let unknown = format_ident!("{UNKNOWN}");
    let text = text(model, &unknown);
    let reading = reading(model, &unknown, &private);
    let serde = serde(model, &private);
    let root = &model.options.root;
    quote! {
        #item
        #text
        #reading
        #serde
        impl ::core::fmt::Display for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }
        impl #root::PathValue for #name {
            fn to_path_text(&self) -> #private::Cow<'_, str> {
                #private::Cow::Borrowed(self.as_str())
            }
        }
        impl #root::QueryValue for #name {
            fn to_query_text(&self) -> #private::Cow<'_, str> {
                #private::Cow::Borrowed(self.as_str())
            }
        }
    }
}

/// The enum, with the variant for unknown values.
fn item(model: &TextEnum<'_>) -> TokenStream {
    let derives = attrs::derive(&["Clone", "Debug", "PartialEq", "Eq", "Hash"], &model.derives);
    let root = &model.options.root;
    let mut item = model.item.clone();
    let unknown = format_ident!("{UNKNOWN}");
    item.variants.push(syn::parse_quote! {
        /// An unknown value, as the service wrote it.
        #unknown(#root::UnknownValue<Self>)
    });
    quote!(#derives #[non_exhaustive] #item)
}

fn text(model: &TextEnum<'_>, unknown: &Ident) -> TokenStream {
    let (name, visibility) = (&model.item.ident, &model.item.vis);
    let arms = model.values.iter().map(|value| {
        let TextValue { ident, text, conditions, .. } = value;
        quote!(#(#conditions)* Self::#ident => #text,)
    });
    let allow = attrs::allow_deprecated(&model.item);
    quote! {
        #allow
        impl #name {
            /// Returns the value as the service writes it.
            #[must_use]
            #visibility fn as_str(&self) -> &str {
                match self {
                    #(#arms)*
                    Self::#unknown(value) => value.as_str(),
                }
            }
        }
    }
}

/// Any string is a value; case is ignored.
fn reading(model: &TextEnum<'_>, unknown: &Ident, private: &TokenStream) -> TokenStream {
    let name = &model.item.ident;
    let text = local("text");
    let arms = model.values.iter().flat_map(|value| {
        let TextValue { ident, text: own, aliases, conditions, .. } = value;
        let text = &text;
        let texts = std::iter::once(own).chain(aliases);
        texts.map(move |known| {
            quote!(#(#conditions)* _ if #text.eq_ignore_ascii_case(#known) => Self::#ident,)
        })
    });
    let allow = attrs::allow_deprecated(&model.item);
    quote! {
        #allow
        impl ::core::convert::From<&str> for #name {
            fn from(#text: &str) -> Self {
                match () {
                    #(#arms)*
                    () => Self::#unknown(#private::unknown_value(#text)),
                }
            }
        }
        impl ::core::convert::From<#private::String> for #name {
            fn from(text: #private::String) -> Self {
                Self::from(text.as_str())
            }
        }
        impl ::core::str::FromStr for #name {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(Self::from(text))
            }
        }
    }
}

fn serde(model: &TextEnum<'_>, private: &TokenStream) -> TokenStream {
    let name = &model.item.ident;
    let is_written = |derive: &str| model.derives.iter().any(|written| written == derive);
    let since = since(model, private);
    let (serialized, deserialized) = (model.options.serialized(), model.options.deserialized());
    let serialize = (model.options.serialize && !is_written("Serialize")).then(|| {
        let allow = attrs::allow_deprecated(&model.item);
        quote! {
            #allow
            #[automatically_derived]
            impl #private::serde::Serialize for #name {
                fn serialize<__S: #private::serde::Serializer>(
                    &self,
                    serializer: __S,
                ) -> #serialized {
                    #since
                    serializer.serialize_str(self.as_str())
                }
            }
        }
    });
    let deserialize = (model.options.deserialize && !is_written("Deserialize")).then(|| {
        quote! {
            #[automatically_derived]
            impl<'de> #private::serde::Deserialize<'de> for #name {
                fn deserialize<__D: #private::serde::Deserializer<'de>>(
                    deserializer: __D,
                ) -> #deserialized {
                    #private::read_text(deserializer)
                }
            }
        }
    });
    quote!(#serialize #deserialize)
}

/// Records the api-version that a later value needs.
fn since(model: &TextEnum<'_>, private: &TokenStream) -> Option<TokenStream> {
    let later: Vec<_> = model.values.iter().filter(|value| value.since.is_some()).collect();
    let arms = later.iter().map(|value| {
        let TextValue { ident, since, conditions, .. } = value;
        quote!(#(#conditions)* Self::#ident => #private::needs_version(#since),)
    });
    (!later.is_empty()).then(|| quote!(match self { #(#arms)* _ => {} }))
}
