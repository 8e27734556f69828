//! Methods that an error was reported for. They can be called, which avoids follow-up errors and
//! keeps completion in editors working, and their valid parts are type-checked.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{
    FnArg, GenericArgument, GenericParam, Generics, ItemTrait, Lifetime, Pat, PathArguments,
    Receiver, ReceiverKind, ReturnType, Safety, Signature, Type, TypeReference,
};

use super::Expander;
use super::operation::send_future;
use crate::check::{has_client_for_self, is_marker, is_unreturnable};
use crate::model::{Inert, Item, Trait};
use crate::syntax::types::{self, TypeFacts};

impl Expander {
    pub(super) fn inert(&self, inert: &Inert) -> TokenStream {
        let (private, attributes) = (&self.private, &inert.attributes);
        let mut signature = inert.signature.clone();
        tidy(&mut signature);
        let returned = returns_to_caller(&mut signature, &quote!(#private));
        keep_used(&mut signature.generics, &types::names_in(&inert.signature));
        let operation = quote!(#private::Operation::new(#private::Method::GET, &[]));
        let call = self.call(&signature, &operation, &inert.arguments, &[]);
        let body = match (&inert.output, returned) {
            (Some(output), _) => self.call_expr(output, call),
            (None, Returned::Future) => quote!(let _ = #call; ::core::future::pending()),
            (None, Returned::Value) => quote!(let _ = #call; ::core::unreachable!()),
        };
        // Without an error of ours, rustc must have reported one. If it did not, this makes it
        // report one.
        let never = self.is_valid.then(
            || quote!(const { ::core::panic!("`acs_operation` cannot read this declaration") };),
        );
        quote!(#(#attributes)* #[allow(unused_variables)] #signature { #never #body })
    }
}

/// The trait as it could be implemented for `Client`.
pub(super) fn implementable(model: &Trait) -> ItemTrait {
    let signatures = model.items.iter().filter_map(|item| match item {
        Item::Operation(operation) => Some(&operation.signature),
        Item::Inert(inert) => Some(&inert.signature),
        Item::Passthrough(_) => None,
    });
    let mut item = model.item.clone();
    keep_used(&mut item.generics, &signatures.flat_map(types::names_in).collect::<Vec<_>>());
    (item.unsafety, item.modifiers.auto_token) = (None, None);
    let kept = std::mem::take(&mut item.supertraits).into_iter().filter(is_marker);
    item.supertraits = kept.collect();
    item
}

/// The type that callers get.
pub(crate) enum Returned {
    Future,
    Value,
}

/// Makes the signature usable for callers, even if its output is invalid.
pub(crate) fn returns_to_caller(signature: &mut Signature, private: &TokenStream) -> Returned {
    let output = match types::returned(&signature.output) {
        Some(ty) if types::is_impl_future(ty) => return Returned::Future,
        Some(ty) if !is_unreturnable(ty) => owned(ty, &signature.generics),
        Some(ty) if types::is_awaited(ty) => of_nothing(ty),
        _ => syn::parse_quote!(::core::result::Result<(), #private::Error>),
    };
    let is_written = matches!(signature.output, ReturnType::Type(..));
    if signature.asyncness.is_some() || (is_written && types::is_awaited(&output)) {
        send_future(signature, &output);
        return Returned::Future;
    }
    if is_written {
        signature.output = ReturnType::Type(Default::default(), Box::new(output));
    }
    Returned::Value
}

/// Removes parts that a method of a trait, or an operation, cannot have.
pub(super) fn tidy(signature: &mut Signature) {
    (signature.constness, signature.abi, signature.variadic) = (None, None, None);
    signature.safety = Safety::Default;
    receive_by_reference(signature);
    let declared = declared_lifetimes(&signature.generics);
    let mut seen: Vec<Ident> = Vec::new();
    for argument in &mut signature.inputs {
        let FnArg::Typed(typed) = argument else {
            continue;
        };
        typed.attrs.retain(|attribute| attribute.path().is_ident("cfg"));
        let facts = TypeFacts::of(&typed.ty);
        if facts.infers
            || facts.names_self
            || facts.has_unusable_dyn
            || types::without_size(&typed.ty).is_some()
        {
            *typed.ty = syn::parse_quote!(impl ::core::marker::Sized);
        }
        Lifetimes { declared: &declared, instead: "'_" }.visit_type_mut(&mut typed.ty);
        match &mut *typed.pat {
            Pat::Ident(pat) if pat.subpat.is_none() && !seen.contains(&pat.ident) => {
                (pat.by_ref, pat.mutability) = (None, None);
                seen.push(pat.ident.clone());
            }
            pat => *pat = syn::parse_quote!(_),
        }
    }
}

/// Replaces the receiver by `&self`, since calls are written `client.name(..)`.
fn receive_by_reference(signature: &mut Signature) {
    let is_shared =
        |receiver: &Receiver| matches!(receiver.kind, ReceiverKind::Reference(_, _, None));
    let is_client = has_client_for_self(signature);
    match signature.inputs.first_mut() {
        Some(FnArg::Receiver(receiver)) if is_shared(receiver) => {}
        Some(first @ FnArg::Receiver(_)) => *first = syn::parse_quote!(&self),
        Some(first) if is_client => *first = syn::parse_quote!(&self),
        _ => signature.inputs.insert(0, syn::parse_quote!(&self)),
    }
}

/// The user's `Result` with `()` as its value, or in place of unsized types.
fn of_nothing(ty: &Type) -> Type {
    let mut ty = ty.clone();
    if types::without_size(&ty).is_some() {
        Nothing.visit_type_mut(&mut ty);
    } else if let Type::Path(path) = &mut ty
        && let Some(last) = path.path.segments.last_mut()
        && let PathArguments::AngleBracketed(arguments) = &mut last.arguments
        && let Some(first) = arguments.args.first_mut()
    {
        *first = GenericArgument::Type(syn::parse_quote!(()));
    }
    ty
}

/// Replaces unsized types.
struct Nothing;

impl VisitMut for Nothing {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        match types::without_size(ty).is_some_and(|part| std::ptr::eq(part, types::bare(ty))) {
            true => *ty = syn::parse_quote!(()),
            false => visit_mut::visit_type_mut(self, ty),
        }
    }
}

/// A response cannot borrow from an argument: its lifetimes would be unknown to callers.
fn owned(ty: &Type, generics: &Generics) -> Type {
    let mut ty = ty.clone();
    Lifetimes { declared: &declared_lifetimes(generics), instead: "'static" }
        .visit_type_mut(&mut ty);
    Static.visit_type_mut(&mut ty);
    ty
}

fn declared_lifetimes(generics: &Generics) -> Vec<Lifetime> {
    generics.lifetimes().map(|parameter| parameter.lifetime.clone()).collect()
}

/// Replaces undeclared lifetimes.
struct Lifetimes<'a> {
    declared: &'a [Lifetime],
    instead: &'static str,
}

impl VisitMut for Lifetimes<'_> {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        let free = TypeFacts::of(ty).free_lifetimes;
        let free = free.into_iter().filter(|free| !self.declared.contains(free)).collect();
        Renamed { free, instead: self.instead }.visit_type_mut(ty);
    }
}

struct Renamed {
    free: Vec<Lifetime>,
    instead: &'static str,
}

impl VisitMut for Renamed {
    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if self.free.contains(lifetime) {
            *lifetime = Lifetime::new(self.instead, lifetime.span());
        }
    }
}

/// Gives references without a lifetime, and `'_`, the lifetime `'static`.
struct Static;

impl VisitMut for Static {
    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident == "_" {
            *lifetime = Lifetime::new("'static", lifetime.span());
        }
    }

    fn visit_type_reference_mut(&mut self, ty: &mut TypeReference) {
        let span = ty.and_token.span;
        ty.lifetime.get_or_insert_with(|| Lifetime::new("'static", span));
        visit_mut::visit_type_reference_mut(self, ty);
    }
}

/// Removes unused type and const parameters, which callers could not infer.
fn keep_used(generics: &mut Generics, used: &[Ident]) {
    let all = generics.params.len();
    let params = std::mem::take(&mut generics.params).into_iter();
    let kept = params.filter(|parameter| match parameter {
        GenericParam::Lifetime(_) => true,
        GenericParam::Type(ty) => used.contains(&ty.ident),
        GenericParam::Const(constant) => used.contains(&constant.ident),
    });
    generics.params = kept.collect();
    if generics.params.len() < all {
        generics.where_clause = None;
    }
}
