//! On a mistake: the errors, the user's trait, cleaned, and an inert implementation for `Client`, so
//! that the code that uses the trait stays quiet and editors keep completing.

mod item;

pub(crate) use item::{function, item};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{
    FnArg, GenericArgument, GenericParam, Generics, Pat, PathArguments, ReturnType, Safety,
    Signature, TraitItem,
};
use syn::{TraitItemFn, Type};

use crate::check::{has_client_for_self, has_word, infers, is_awaited, is_marker, is_unreadable};
use crate::diagnostics::Diagnostic;
use crate::expand::{send_future, with_body};
use crate::syntax::{Argument, Declaration, Form, Item, Method, Trait};

/// The trait comes first: editors favour the first token of a span.
pub(crate) fn declaration(declaration: &Declaration, mistakes: &[Diagnostic]) -> TokenStream {
    let Trait { head, items, .. } = &declaration.item;
    let runtime = runtime(declaration);
    let mut seen = Vec::new();
    let (mut declared, mut inert) = (TokenStream::new(), TokenStream::new());
    for item in items {
        match item {
            Item::Method(method) if is_helper(declaration, method) => {
                method.function.to_tokens(&mut declared);
            }
            Item::Method(method) if !seen.contains(&&method.function.sig.ident) => {
                seen.push(&method.function.sig.ident);
                let operation = Inert::new(method, &runtime);
                declared.extend(operation.declared());
                inert.extend(operation.implemented());
            }
            Item::Method(_) => {}
            Item::Other(item) => other(item, &mut declared, &mut inert),
        }
    }
    let head = cleaned(head, &declared);
    let name = &head.ident;
    let (parameters, arguments, clause) = head.generics.split_for_impl();
    let conditions = head.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let declared = with_body(&head, &declared);
    let errors = errors(mistakes);
    quote! {
        #declared
        #(#conditions)*
        #[allow(deprecated)]
        #[automatically_derived]
        impl #parameters #name #arguments for #runtime::Client #clause { #inert }
        #errors
    }
}

fn errors(mistakes: &[Diagnostic]) -> TokenStream {
    mistakes.iter().map(Diagnostic::to_compile_error).collect()
}

/// In a group, what has a body and no attribute is the user's own.
fn is_helper(declaration: &Declaration, method: &Method) -> bool {
    let group = declaration.form == Form::Group;
    group && method.arguments.is_none() && method.function.default.is_some()
}

/// The crate that the user names, even if wrongly quoted.
fn runtime(declaration: &Declaration) -> TokenStream {
    let methods = declaration.item.methods().filter_map(|method| method.arguments.as_ref());
    let named = std::iter::once(&declaration.arguments).chain(methods);
    let named = named.flat_map(|arguments| &arguments.list).find_map(|argument| match argument {
        Argument::Setting { name, value } if name == "crate" => Some(value),
        _ => None,
    });
    let path = named.and_then(|value| {
        let quoted = syn::parse2::<syn::LitStr>(value.clone());
        let path = quoted.and_then(|text| text.parse::<syn::Path>());
        let path = path.or_else(|_| syn::parse2(value.clone())).ok();
        path.filter(|path| path.segments.iter().all(|segment| segment.arguments.is_none()))
    });
    path.map_or_else(|| quote!(::acs_rest), |path| path.to_token_stream())
}

/// The trait as it could be implemented for `Client`.
fn cleaned(head: &syn::ItemTrait, declared: &TokenStream) -> syn::ItemTrait {
    let mut head = head.clone();
    keep_used(&mut head.generics, declared);
    (head.unsafety, head.modifiers.auto_token) = (None, None);
    let kept = std::mem::take(&mut head.supertraits).into_iter().filter(is_marker);
    head.supertraits = kept.collect();
    head.attrs.push(syn::parse_quote!(#[allow(dead_code)]));
    head
}

/// An operation that answers nothing.
struct Inert {
    function: TraitItemFn,
}

impl Inert {
    fn new(method: &Method, runtime: &TokenStream) -> Self {
        let mut function = method.function.clone();
        if method.arguments.is_none() {
            // Among these may be a misspelt one of ours, which is reported.
            function.attrs.retain(|attribute| {
                ["doc", "cfg"].iter().any(|kept| attribute.path().is_ident(kept))
            });
        }
        let signature = &mut function.sig;
        (signature.constness, signature.abi, signature.variadic) = (None, None, None);
        signature.safety = Safety::Default;
        receive_by_reference(signature);
        tidy_patterns(signature);
        return_something(signature, runtime);
        let (inputs, output) = (&signature.inputs, &signature.output);
        let used = quote!(#inputs #output);
        keep_used(&mut signature.generics, &used);
        Self { function }
    }

    fn declared(&self) -> TokenStream {
        let TraitItemFn { attrs, sig, .. } = &self.function;
        quote!(#(#attrs)* #sig;)
    }

    fn implemented(&self) -> TokenStream {
        let mut signature = self.function.sig.clone();
        for argument in &mut signature.inputs {
            if let FnArg::Typed(typed) = argument {
                *typed.pat = syn::parse_quote!(_);
            }
        }
        let attributes = self.function.attrs.iter();
        let conditions = attributes.filter(|attribute| attribute.path().is_ident("cfg"));
        let output = self.function.sig.output.to_token_stream().to_string();
        let future = output.starts_with("-> impl ");
        let body = match future {
            true => quote!(::core::future::pending()),
            false => quote!(::core::unimplemented!()),
        };
        quote!(#(#conditions)* #signature { #body })
    }
}

/// Whatever the receiver was, calls are written `client.name(..)`.
fn receive_by_reference(signature: &mut Signature) {
    let is_shared = |receiver: &syn::Receiver| {
        matches!(receiver.kind, syn::ReceiverKind::Reference(_, _, None))
    };
    let is_client = has_client_for_self(signature);
    match signature.inputs.first_mut() {
        Some(FnArg::Receiver(receiver)) if is_shared(receiver) => {}
        Some(first @ FnArg::Receiver(_)) => *first = syn::parse_quote!(&self),
        Some(first) if is_client => *first = syn::parse_quote!(&self),
        _ => signature.inputs.insert(0, syn::parse_quote!(&self)),
    }
}

/// A method without a body takes plain and distinct names only.
fn tidy_patterns(signature: &mut Signature) {
    let mut seen = Vec::new();
    for argument in &mut signature.inputs {
        let FnArg::Typed(typed) = argument else {
            continue;
        };
        typed.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
        if infers(&typed.ty) {
            *typed.ty = syn::parse_quote!(impl ::core::marker::Sized);
        }
        match &mut *typed.pat {
            Pat::Ident(pat) if pat.subpat.is_none() && !seen.contains(&pat.ident) => {
                (pat.by_ref, pat.mutability) = (None, None);
                seen.push(pat.ident.clone());
            }
            pat => *pat = syn::parse_quote!(_),
        }
    }
}

fn return_something(signature: &mut Signature, runtime: &TokenStream) {
    let output = match &signature.output {
        ReturnType::Type(_, ty) if !is_unreadable(ty) => owned(ty),
        ReturnType::Type(_, ty) if is_awaited(ty) => of_nothing(ty),
        _ => syn::parse_quote! {
            ::core::result::Result<(), #runtime::Error>
        },
    };
    let written = matches!(signature.output, ReturnType::Type(..));
    if signature.asyncness.is_some() || (written && is_awaited(&output)) {
        send_future(signature, &output);
    }
}

/// The `Result` as it is written, of `()`.
fn of_nothing(ty: &Type) -> Type {
    let mut ty = ty.clone();
    if let Type::Path(path) = &mut ty
        && let Some(last) = path.path.segments.last_mut()
        && let PathArguments::AngleBracketed(arguments) = &mut last.arguments
        && let Some(first) = arguments.args.first_mut()
    {
        *first = GenericArgument::Type(syn::parse_quote!(()));
    }
    ty
}

/// What an answer borrows is from no argument: its lifetimes would be missed where it is used.
fn owned(ty: &Type) -> Type {
    let text = ty.to_token_stream().to_string();
    if !text.contains('&') && !text.contains("'_") {
        return ty.clone();
    }
    let mut tokens = ty.to_token_stream().into_iter().peekable();
    let mut owned = Vec::new();
    while let Some(token) = tokens.next() {
        let follows = tokens.peek().map(ToString::to_string);
        match (token.to_string().as_str(), follows.as_deref()) {
            ("&", follows) if follows != Some("'") => owned.push(quote!(&'static)),
            ("'", Some("_")) => {
                tokens.next();
                owned.push(quote!('static));
            }
            _ => owned.push(token.to_token_stream()),
        }
    }
    syn::parse2(owned.into_iter().collect()).unwrap_or_else(|_| ty.clone())
}

/// Constants and types that `Client` cannot have are left out, or are of no use.
fn other(item: &TraitItem, declared: &mut TokenStream, inert: &mut TokenStream) {
    match item {
        TraitItem::Const(constant) if constant.default.is_some() => item.to_tokens(declared),
        TraitItem::Type(ty) => {
            let (name, generics) = (&ty.ident, without_bounds(&ty.generics));
            declared.extend(quote!(type #name #generics;));
            inert.extend(quote!(type #name #generics = ();));
        }
        _ => {}
    }
}

/// A type or constant that is named nowhere could not be inferred where the trait is used.
fn keep_used(generics: &mut Generics, used: &TokenStream) {
    let all = generics.params.len();
    let kept =
        std::mem::take(&mut generics.params).into_iter().filter(|parameter| match parameter {
            GenericParam::Lifetime(_) => true,
            GenericParam::Type(ty) => has_word(used, &ty.ident.to_string()),
            GenericParam::Const(constant) => has_word(used, &constant.ident.to_string()),
        });
    generics.params = kept.collect();
    if generics.params.len() < all {
        generics.where_clause = None;
    }
}

fn without_bounds(generics: &Generics) -> Generics {
    let mut generics = generics.clone();
    generics.where_clause = None;
    for parameter in generics.type_params_mut() {
        (parameter.colon_token, parameter.bounds) = (None, Default::default());
    }
    generics
}
