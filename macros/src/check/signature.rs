//! The method's signature.

use quote::ToTokens;
use syn::{Block, FnArg, GenericParam, Generics, Receiver, ReceiverKind, Safety, Signature, Token};
use syn::{Type, Visibility, WhereClause, WherePredicate};

use super::{names, types};
use crate::diagnostics::{Diagnostic, Diagnostics, ErrorGuaranteed, SpanRange};
use crate::syntax::Method;

/// `Client`'s own methods: a call with `.` would find them instead.
const CLIENT: [&str; 11] = [
    "endpoint",
    "new",
    "builder",
    "from_connection_string",
    "with",
    "clone",
    "clone_from",
    "to_owned",
    "into",
    "try_into",
    "borrow",
];

pub(super) fn check(method: &Method, diagnostics: &Diagnostics) -> Result<(), ErrorGuaranteed> {
    let signature = &method.function.sig;
    let mistakes = [
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
    let mut sound = Ok(());
    for mistake in mistakes.into_iter().flatten() {
        sound = Err(diagnostics.report(mistake));
    }
    sound
}

fn public_method(visibility: &Visibility) -> Option<Diagnostic> {
    let public = !matches!(visibility, Visibility::Inherited);
    let message = "a method is as visible as its trait";
    let span = SpanRange::of(visibility);
    let text = types::text(visibility);
    public.then(|| {
        Diagnostic::new("signature/public_method", span, message).help(format!("remove `{text}`"))
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
        format!("`{name}` is already a method of `Client`, which a call would find instead");
    CLIENT.contains(&name.as_str()).then(|| {
        Diagnostic::new("trait/name_of_the_client", &signature.ident, message)
            .help(format!("give it another name, such as `{name}_call`"))
    })
}

/// Lifetimes are welcome; types and constants are not.
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
    let text = types::text(clause);
    let message = format!("an operation bounds nothing but lifetimes, found `{text}`");
    Diagnostic::new("signature/bounded_method", clause, message).help(format!("remove `{text}`"))
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
    let ty = match types::bare(&first.ty) {
        Type::Reference(reference) => &*reference.elem,
        ty => ty,
    };
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
    let message = format!("operations take `&self`, found `{}`", types::text(receiver));
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
