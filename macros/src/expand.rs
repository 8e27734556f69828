//! Converts the model and the errors into tokens. It cannot fail: all rules are in `check`.
//!
//! The operations are default methods of the trait, which call a hidden method to get the client.
//! The output contains each of the user's types once: otherwise rustc would report an error in a
//! type for the trait and for the implementation, and shows both under incremental compilation.

mod detached;
mod docs;
mod inert;
mod operation;

pub(crate) use detached::detached;
pub(crate) use inert::returns_to_caller;
pub(crate) use operation::styled;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Attribute, ItemTrait, TraitItem, TypeParamBound};

use crate::crate_name;
use crate::diagnostics::{Diagnostic, SpanRange};
use crate::model::{Item, Trait};

/// The user's trait, its implementation for `Client`, and the errors. The trait comes first: editors
/// favour the first token of a span.
pub(crate) fn expand(model: &Trait, diagnostics: &[Diagnostic]) -> TokenStream {
    let expander = Expander { private: Private::new(model), is_valid: diagnostics.is_empty() };
    let item = match diagnostics {
        [] => model.item.clone(),
        _ => inert::implementable(model),
    };
    let trait_decl = expander.trait_decl(&item, &model.items);
    let trait_impl = expander.trait_impl(&item, &model.items);
    let errors = diagnostics.iter().map(Diagnostic::to_item);
    quote!(#trait_decl #trait_impl #(#errors)*)
}

/// The module that generated code names.
struct Private {
    path: TokenStream,
    is_default: bool,
}

impl Private {
    fn new(model: &Trait) -> Self {
        match &model.runtime {
            // The span is the user's path: a wrong crate produces one error, at that path.
            Some(path) => Self {
                path: quote_spanned!(SpanRange::of(path).end=> #path::__private),
                is_default: false,
            },
            None => {
                let path = crate_name::path();
                Self { path: quote!(#path::__private), is_default: true }
            }
        }
    }
}

impl ToTokens for Private {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.path.to_tokens(tokens);
    }
}

struct Expander {
    private: Private,
    is_valid: bool,
}

impl Expander {
    /// The trait. `dead_code` is allowed, since a declaration may have operations that are never
    /// called.
    fn trait_decl(&self, item: &ItemTrait, items: &[Item]) -> TokenStream {
        let (private, accessor) = (&self.private, client_accessor());
        let mut seen = Vec::new();
        let mut body = TokenStream::new();
        for item in items {
            let (attributes, name) = match item {
                Item::Operation(operation) => (&operation.attributes, &operation.signature.ident),
                Item::Inert(inert) => (&inert.attributes, &inert.signature.ident),
                Item::Passthrough(item) => {
                    passthrough(item, &mut body);
                    continue;
                }
            };
            // Two methods of the same name were reported, unless their `cfg` conditions differ.
            if seen.contains(&name) && !attributes.iter().any(|one| one.path().is_ident("cfg")) {
                continue;
            }
            seen.push(name);
            body.extend(match item {
                Item::Operation(operation) => self.operation(operation),
                Item::Inert(inert) => self.inert(inert),
                Item::Passthrough(_) => continue,
            });
        }
        let mut item = item.clone();
        item.attrs.push(syn::parse_quote!(#[allow(dead_code)]));
        let body = quote! {
            #body
            #[doc(hidden)]
            fn #accessor(&self) -> #private::ClientOrDouble {
                ::core::result::Result::Err(::core::any::type_name::<Self>())
            }
        };
        with_body(&item, &body)
    }

    fn trait_impl(&self, item: &ItemTrait, items: &[Item]) -> TokenStream {
        let (private, accessor, name) = (&self.private, client_accessor(), &item.ident);
        let forwarded_attrs = forwarded_attrs(&item.attrs);
        let (_, arguments, clause) = item.generics.split_for_impl();
        // `&'a Client` and `Arc<Client>` too; a double of the user's is none of these.
        let (handle, lifetimes) = (format_ident!("__Client"), lifetime_bounds(item));
        let mut generics = item.generics.clone();
        generics.params.push(syn::parse_quote!(#handle: #private::ClientHandle #(+ #lifetimes)*));
        let (parameters, ..) = generics.split_for_impl();
        // `Client` has no value for them, which has been reported already.
        let types = items.iter().filter_map(|item| match item {
            Item::Passthrough(item) => match &**item {
                TraitItem::Type(ty) => Some((&ty.ident, without_bounds(&ty.generics))),
                _ => None,
            },
            _ => None,
        });
        let types = types.map(|(name, generics)| quote!(type #name #generics = ();));
        quote! {
            #(#forwarded_attrs)*
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl #parameters #name #arguments for #handle #clause {
                #(#types)*
                fn #accessor(&self) -> #private::ClientOrDouble {
                    ::core::result::Result::Ok(#private::ClientHandle::client(self))
                }
            }
        }
    }
}

/// The lifetimes that the trait's implementations must outlive.
fn lifetime_bounds(item: &ItemTrait) -> impl Iterator<Item = &TypeParamBound> {
    item.supertraits.iter().filter(|bound| matches!(bound, TypeParamBound::Lifetime(_)))
}

/// The hidden method by which an operation finds the client.
fn client_accessor() -> Ident {
    format_ident!("__client")
}

fn passthrough(item: &TraitItem, body: &mut TokenStream) {
    match item {
        TraitItem::Type(ty) => {
            let (name, generics) = (&ty.ident, without_bounds(&ty.generics));
            body.extend(quote!(type #name #generics;));
        }
        item => item.to_tokens(body),
    }
}

fn without_bounds(generics: &syn::Generics) -> syn::Generics {
    let mut generics = generics.clone();
    generics.where_clause = None;
    for parameter in generics.type_params_mut() {
        (parameter.colon_token, parameter.bounds) = (None, Default::default());
    }
    generics
}

/// Prints a trait around tokens that need not be items.
fn with_body(item: &ItemTrait, body: &TokenStream) -> TokenStream {
    let ItemTrait { attrs, vis, unsafety, trait_token, ident, generics, .. } = item;
    // The name has a generated span: otherwise rustc suggests `trait Name<Unknown>` for an unknown
    // type.
    let mut ident = ident.clone();
    ident.set_span(Span::call_site().located_at(ident.span()));
    let auto = item.modifiers.auto_token;
    let (colon, supertraits) = (item.colon_token, &item.supertraits);
    let clause = &generics.where_clause;
    let mut braces = Group::new(Delimiter::Brace, body.clone());
    braces.set_span(item.brace_token.span.join());
    quote! {
        #(#attrs)*
        #vis #unsafety #auto #trait_token #ident #generics #colon #supertraits #clause #braces
    }
}

/// The attributes of the trait that also apply to the implementation.
fn forwarded_attrs(attributes: &[Attribute]) -> Vec<TokenStream> {
    let forwarded = attributes.iter().filter_map(|attribute| match attribute.meta.path() {
        path if path.is_ident("cfg") => Some(attribute.to_token_stream()),
        path if path.is_ident("deprecated") => Some(quote!(#[allow(deprecated)])),
        _ => None,
    });
    forwarded.collect()
}
