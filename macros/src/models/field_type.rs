//! The parameter type of a field in `new` and in setters, by the spelling of its type.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::visit::Visit;
use syn::{GenericArgument, PathArguments, Type, TypePath};

use crate::syntax::types::{TypeFacts, bare, first_argument, is_named, last_segment};

/// What a field holds.
#[derive(Clone)]
pub(super) enum FieldType {
    /// `T`
    Required(Type),
    /// `Option<T>`
    Optional(Type),
    /// `Option<Nullable<T>>`
    Nullable(Type),
}

impl FieldType {
    pub(super) fn of(ty: &Type) -> Self {
        let inner = is_named(ty, &["Option"]).then(|| first_argument(ty)).flatten();
        match inner {
            None => Self::Required(ty.clone()),
            Some(inner) => match first_argument(inner).filter(|_| is_named(inner, &["Nullable"])) {
                Some(value) => Self::Nullable(value.clone()),
                None => Self::Optional(inner.clone()),
            },
        }
    }

    /// The type without `Option` and `Nullable`.
    pub(super) fn value(&self) -> &Type {
        match self {
            Self::Required(ty) | Self::Optional(ty) | Self::Nullable(ty) => ty,
        }
    }
}

/// The type of the parameter from which a value of that type is created.
pub(super) fn parameter(ty: &Type) -> TokenStream {
    match bare(ty) {
        _ if is_plain(ty) => quote!(#ty),
        _ => match (list_item(ty), map_entry(ty)) {
            (Some(item), _) => {
                quote!(impl ::core::iter::IntoIterator<Item: ::core::convert::Into<#item>>)
            }
            (_, Some((key, value))) => quote! {
                impl ::core::iter::IntoIterator<Item = (
                    impl ::core::convert::Into<#key>,
                    impl ::core::convert::Into<#value>,
                )>
            },
            _ => quote!(impl ::core::convert::Into<#ty>),
        },
    }
}

/// The expression that converts the parameter `name` into that type.
pub(super) fn converted(ty: &Type, name: &Ident) -> TokenStream {
    if is_plain(ty) {
        quote!(#name)
    } else if list_item(ty).is_some() {
        quote!(#name.into_iter().map(::core::convert::Into::into).collect())
    } else if map_entry(ty).is_some() {
        quote!(#name.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    } else {
        quote!(#name.into())
    }
}

/// The `Option` inside a type, such as that of `Vec<Option<T>>`, which is sent as `null`.
pub(super) fn nested_option(ty: &Type) -> Option<Type> {
    struct Finder(Option<Type>);
    impl<'ast> Visit<'ast> for Finder {
        fn visit_type_path(&mut self, path: &'ast TypePath) {
            let ty = Type::Path(path.clone());
            if is_named(&ty, &["Option"]) {
                self.0.get_or_insert(ty);
            } else {
                syn::visit::visit_type_path(self, path);
            }
        }
    }
    let mut finder = Finder(None);
    finder.visit_type(FieldType::of(ty).value());
    finder.0
}

/// Whether the type consists of times, which are written as RFC 3339 text.
pub(super) fn is_of_times(ty: &Type) -> bool {
    TypeFacts::of(ty).mentions(&["OffsetDateTime"])
}

/// A number, a `bool` or a `char`, which is taken without a conversion.
fn is_plain(ty: &Type) -> bool {
    const PLAIN: [&str; 16] = [
        "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize",
        "f32", "f64", "bool", "char",
    ];
    is_named(ty, &PLAIN)
}

fn list_item(ty: &Type) -> Option<&Type> {
    const LISTS: [&str; 5] = ["Vec", "VecDeque", "BTreeSet", "HashSet", "IndexSet"];
    is_named(ty, &LISTS).then(|| first_argument(ty)).flatten()
}

fn map_entry(ty: &Type) -> Option<(&Type, &Type)> {
    if !is_named(ty, &["BTreeMap", "HashMap", "IndexMap"]) {
        return None;
    }
    let PathArguments::AngleBracketed(arguments) = &last_segment(ty)?.arguments else {
        return None;
    };
    let mut types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.next().zip(types.next())
}
