//! The method's signature.

use quote::ToTokens;
use syn::{
    Attribute, Block, FnArg, GenericParam, Generics, Ident, Lifetime, Receiver, ReceiverKind,
    Safety, Signature, Token, Type, Visibility, WhereClause, WherePredicate,
};

use crate::diagnostics::{Diagnostic, Diagnostics, SpanRange};
use crate::names;
use crate::syntax::types::{self, TypeFacts};
use crate::syntax::{Method, Trait, text};

/// `Client`'s own methods, which a call with `.` would resolve to.
const CLIENT: [&str; 13] = [
    "cloud",
    "endpoint",
    "new",
    "builder",
    "from_connection_string",
    "with",
    "with_options",
    "clone",
    "clone_from",
    "to_owned",
    "into",
    "try_into",
    "borrow",
];

pub(super) fn check(method: &Method, of_trait: &Generics, diagnostics: &Diagnostics) {
    let signature = &method.function.sig;
    let found = [
        public_method(&method.visibility),
        const_method(signature.constness.as_ref()),
        unsafe_method(&signature.safety),
        extern_method(signature.abi.as_ref()),
        name_of_the_client(signature),
        generic_method(&signature.generics),
        receiver(signature),
        variadic_method(signature.variadic.as_ref()),
        method_with_a_body(method.function.default.as_ref()),
    ];
    diagnostics.report_all(found.into_iter().flatten());
    diagnostics.report_all(undeclared_lifetimes(signature, of_trait));
    diagnostics.report_all(method.function.attrs.iter().filter_map(other_attribute_macro));
}

/// Whether `#[async_trait]`, which stands above our attribute, has rewritten the trait.
pub(super) fn of_async_trait(item: &Trait, diagnostics: &Diagnostics) -> bool {
    let is_rewritten = |method: &Method| {
        let mut lifetimes = method.function.sig.generics.lifetimes();
        lifetimes.any(|parameter| parameter.lifetime.ident == "async_trait")
    };
    let found = item.methods().any(is_rewritten);
    if found {
        let message = "`#[async_trait]` has rewritten this trait, and it can no longer be read";
        let diagnostic = Diagnostic::new("trait/of_async_trait", &item.item.ident, message);
        diagnostics.report(
            diagnostic.help("remove `#[async_trait]`: the futures of operations are `Send` anyway"),
        );
    }
    found
}

fn public_method(visibility: &Visibility) -> Option<Diagnostic> {
    let public = !matches!(visibility, Visibility::Inherited);
    let message = "a method is as visible as its trait";
    let span = SpanRange::of(visibility);
    let written = text(visibility);
    public.then(|| {
        Diagnostic::new("signature/public_method", span, message)
            .help(format!("remove `{written}`"))
    })
}

fn const_method(token: Option<&Token![const]>) -> Option<Diagnostic> {
    let mistake =
        Diagnostic::new("signature/const_method", token?, "an operation cannot be `const`");
    Some(mistake.help("write `async fn`"))
}

fn unsafe_method(safety: &Safety) -> Option<Diagnostic> {
    let mistake = match safety {
        Safety::Unsafe(token) => {
            Diagnostic::new("signature/unsafe_method", token, "an operation cannot be `unsafe`")
        }
        Safety::Safe(token) => {
            Diagnostic::new("signature/unsafe_method", token, "an operation is not marked `safe`")
        }
        Safety::Default => return None,
    };
    Some(mistake.help("write `async fn`"))
}

fn extern_method(abi: Option<&syn::Abi>) -> Option<Diagnostic> {
    let mistake =
        Diagnostic::new("signature/extern_method", abi?, "an operation cannot be `extern`");
    Some(mistake.help("write `async fn`"))
}

fn name_of_the_client(signature: &Signature) -> Option<Diagnostic> {
    let name = names::plain(&signature.ident);
    let message =
        format!("`{name}` is already a method of `Client`, which would be called instead");
    CLIENT.contains(&name.as_str()).then(|| {
        Diagnostic::new("trait/name_of_the_client", &signature.ident, message)
            .help(format!("give it another name, such as `{name}_call`"))
    })
}

/// Lifetimes are allowed; type and const parameters are not.
fn generic_method(generics: &Generics) -> Option<Diagnostic> {
    let is_lifetime = |parameter: &GenericParam| matches!(parameter, GenericParam::Lifetime(_));
    let bounds_lifetime = |bound: &WherePredicate| matches!(bound, WherePredicate::Lifetime(_));
    let clause = generics.where_clause.as_ref();
    if generics.params.iter().all(is_lifetime) {
        let clause = clause.filter(|clause| !clause.predicates.iter().all(bounds_lifetime))?;
        return Some(bounded_method(clause));
    }
    let close = generics.gt_token.to_token_stream();
    let span = generics.lt_token.as_ref().map(|open| SpanRange::of(open).to(&close));
    let message = "operations take concrete types: a method has no type or const parameters";
    let fix = "remove them and name the types, such as `&MuteParticipantsRequest`";
    span.map(|span| Diagnostic::new("signature/generic_method", span, message).help(fix))
}

fn bounded_method(clause: &WhereClause) -> Diagnostic {
    let written = text(clause);
    let message = format!("an operation can only bound lifetimes, found `{written}`");
    Diagnostic::new("signature/bounded_method", clause, message).help(format!("remove `{written}`"))
}

fn receiver(signature: &Signature) -> Option<Diagnostic> {
    match signature.inputs.first() {
        Some(FnArg::Receiver(receiver)) => wrong_receiver(receiver),
        _ => Some(no_receiver(signature)),
    }
}

/// `client: &Client` in the span of `&self`.
pub(crate) fn has_client_for_self(signature: &Signature) -> bool {
    let Some(FnArg::Typed(first)) = signature.inputs.first() else {
        return false;
    };
    let ty = types::referent(&first.ty).unwrap_or(&first.ty);
    types::is_named(ty, &["Client", "Self"]) && signature.receiver().is_none()
}

fn no_receiver(signature: &Signature) -> Diagnostic {
    let name = &signature.ident;
    let rest = if signature.inputs.is_empty() { "" } else { ", .." };
    let message = "the first parameter of an operation must be `&self`";
    Diagnostic::new("signature/no_receiver", signature.paren_token.span.join(), message)
        .help(format!("write `{name}(&self{rest})`"))
}

fn wrong_receiver(receiver: &Receiver) -> Option<Diagnostic> {
    let shared = matches!(&receiver.kind, ReceiverKind::Reference(_, _, None));
    let message = format!("operations take `&self`, found `{}`", text(receiver));
    (!shared).then(|| {
        Diagnostic::new("signature/wrong_receiver", receiver, message).help("write `&self`")
    })
}

fn variadic_method(variadic: Option<&syn::Variadic>) -> Option<Diagnostic> {
    let message = "operations take a fixed number of arguments";
    let mistake = Diagnostic::new("signature/variadic_method", variadic?, message);
    Some(mistake.help("take a list: `#[query] names: &[&str]`"))
}

fn method_with_a_body(block: Option<&Block>) -> Option<Diagnostic> {
    let message = "the body of an operation is generated";
    let mistake = Diagnostic::new("signature/method_with_a_body", block?, message);
    Some(mistake.help("end the declaration with `;`"))
}

/// rustc would report two errors: it suggests a declaration on the trait and on its implementation.
fn undeclared_lifetimes(signature: &Signature, of_trait: &Generics) -> Vec<Diagnostic> {
    let declared = signature.generics.lifetimes().chain(of_trait.lifetimes());
    let declared: Vec<_> = declared.map(|one| &one.lifetime).collect();
    let types = signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(&*typed.ty),
        FnArg::Receiver(_) => None,
    });
    // Borrowed responses have a rule of their own.
    let output = types::returned(&signature.output);
    let borrows =
        |ty: &&Type| types::first_argument(ty).is_some_and(|ty| TypeFacts::of(ty).borrows);
    let types = types.chain(output.filter(|ty| !borrows(ty)));
    let used = types.flat_map(|ty| TypeFacts::of(ty).free_lifetimes);
    let mut undeclared: Vec<Lifetime> = Vec::new();
    for lifetime in used.filter(|used| !declared.contains(&used)) {
        if !undeclared.contains(&lifetime) {
            undeclared.push(lifetime);
        }
    }
    undeclared.iter().map(|lifetime| undeclared_lifetime(lifetime, &signature.ident)).collect()
}

fn undeclared_lifetime(lifetime: &Lifetime, function: &Ident) -> Diagnostic {
    let message = format!("undeclared lifetime `{lifetime}`");
    Diagnostic::new("signature/undeclared_lifetime", lifetime, message)
        .help(format!("remove it, or declare it: `{function}<{lifetime}>(..)`"))
}

/// Macros that rewrite a function need its body, which an operation does not have.
fn other_attribute_macro(attribute: &Attribute) -> Option<Diagnostic> {
    let name = attribute.path().segments.last()?.ident.to_string();
    let fix = match name.as_str() {
        "instrument" => "remove it: the client creates a span for each call",
        "async_trait" | "async_recursion" => "remove it: the future of an operation is `Send`",
        "automock" | "cached" | "retry" => "put it on the trait, or remove it",
        _ => return None,
    };
    let message = format!("`#[{}]` needs the body of the method", text(attribute.path()));
    Some(Diagnostic::new("signature/other_attribute_macro", attribute, message).help(fix))
}
