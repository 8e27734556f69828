//! The same request, declared twice in a group.

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::model::{Argument, Item, Operation, PathPiece};
use crate::syntax::text;

/// Reports operations that send the same: their path was copied and not adapted. Two types for one
/// body, or for one parameter, are a reason to declare an operation twice.
pub(super) fn check(items: &[Item], diagnostics: &Diagnostics) {
    let operations = items.iter().filter_map(|item| match item {
        Item::Operation(operation) => Some(&**operation),
        _ => None,
    });
    // The caller determines their URL.
    let operations = operations.filter(|operation| operation.arguments.url.is_none());
    let conditional =
        |one: &&Operation| one.attributes.iter().any(|one| one.path().is_ident("cfg"));
    let mut seen: Vec<&Operation> = Vec::new();
    for operation in operations.filter(|operation| !conditional(operation)) {
        // A repetition of `macro_rules!` writes one path for all of its operations on purpose.
        let repeats = |earlier: &Operation| earlier.path_span.starts_with(operation.path_span);
        let same = |earlier: &&&Operation| is_same(earlier, operation) && !repeats(earlier);
        match seen.iter().find(same) {
            Some(earlier) => {
                diagnostics.report(same_operation(operation, earlier));
            }
            None => seen.push(operation),
        }
    }
}

fn is_same(one: &Operation, other: &Operation) -> bool {
    let piece = |(one, other): (&PathPiece, &PathPiece)| match (one, other) {
        (PathPiece::Literal(one), PathPiece::Literal(other)) => one == other,
        (PathPiece::Placeholder(_), PathPiece::Placeholder(_)) => true,
        _ => false,
    };
    one.method == other.method
        && one.path.len() == other.path.len()
        && one.path.iter().zip(&other.path).all(piece)
        && sent(one) == sent(other)
}

/// The arguments as they are sent, with their types.
fn sent(operation: &Operation) -> Vec<[String; 3]> {
    let name = |one: &Argument| one.wire_name.clone().unwrap_or_default();
    let list = operation.arguments.list.iter();
    let list = list.map(|one| [one.function.to_owned(), name(one), text(&one.ty)]);
    let body = operation.arguments.body.iter().map(|body| {
        let content_type = body.content_type.as_deref().unwrap_or_default();
        ["", content_type, &text(&body.ty)].map(str::to_owned)
    });
    let headers = operation.constant_headers.iter();
    let headers = headers.map(|one| ["", &one.name, &one.value].map(str::to_owned));
    list.chain(body).chain(headers).collect()
}

fn same_operation(operation: &Operation, earlier: &Operation) -> Diagnostic {
    let (name, earlier) = (&operation.signature.ident, &earlier.signature.ident);
    let message = format!("`{name}` sends the same request as `{earlier}`");
    Diagnostic::new("trait/same_operation", name, message)
        .help("correct the method or the path, or remove one of the two")
}
