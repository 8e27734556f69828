//! The trait itself, and other items that the attribute may have been put on.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Generics, ItemTrait, TraitItem, TypeParamBound};

use super::{attribute, http_method};
use crate::diagnostics::{Diagnostic, Diagnostics, SpanRange};
use crate::names;
use crate::syntax::{Arguments, Declaration, Form, Item, Method, Trait, attribute_span, text};

/// Supertraits that `Client` certainly implements.
const MARKERS: [&str; 6] = ["Send", "Sync", "Sized", "Unpin", "Clone", "Debug"];

/// The rules for the trait, apart from those for each method.
pub(super) fn check(declaration: &Declaration, diagnostics: &Diagnostics) {
    let item = &declaration.item;
    diagnostics.report_all(item.repeated.first().map(attribute_twice));
    diagnostics.report_all(unsafe_trait(&item.item));
    diagnostics.report_all(generic_trait(&item.item.generics));
    diagnostics.report_all(item.item.supertraits.iter().filter_map(supertrait));
    diagnostics.report_all(item.items.iter().filter_map(foreign_item));
    diagnostics.report_all(method_twice(item));
    diagnostics.report_all(match declaration.form {
        Form::Single => single(declaration),
        Form::Group => group(declaration),
    });
}

/// Whether `#[acs_operation]` without arguments is above methods that have their own: the `s` is
/// missing.
pub(super) fn is_misspelt_group(declaration: &Declaration) -> bool {
    let mut methods = declaration.item.methods();
    declaration.arguments.list.is_empty() && methods.any(|method| method.arguments.is_some())
}

fn single(declaration: &Declaration) -> Vec<Diagnostic> {
    let item = &declaration.item;
    if is_misspelt_group(declaration) {
        return vec![misspelt_group(&declaration.arguments)];
    }
    let methods: Vec<_> = item.methods().collect();
    let own = methods.iter().filter_map(|method| method.attributes.first().map(attribute_on_both));
    let mut diagnostics: Vec<_> = own.collect();
    match &methods[..] {
        [] => diagnostics.extend(empty_trait(item)),
        [_] => {}
        // Two methods of the same name are reported by `method_twice`.
        [first, rest @ ..] => {
            let other = |method: &&&Method| method.function.sig.ident != first.function.sig.ident;
            diagnostics.extend(rest.iter().find(other).map(|method| second_method(method)));
        }
    }
    diagnostics
}

fn group(declaration: &Declaration) -> Vec<Diagnostic> {
    let item = &declaration.item;
    let bare = |method: &&Method| method.arguments.is_none() && method.function.default.is_none();
    let mut diagnostics = Vec::new();
    // Otherwise the attribute of the method may be on the trait, which is reported.
    if !attribute::has_route(&declaration.arguments) && item.repeated.is_empty() {
        diagnostics.extend(item.methods().filter(bare).map(no_operation));
        if diagnostics.is_empty() && !item.methods().any(|method| method.arguments.is_some()) {
            diagnostics.extend(empty_trait(item));
        }
    }
    let second = |method: &Method| method.attributes.get(1).map(attribute_twice);
    diagnostics.extend(item.methods().filter_map(second));
    diagnostics.extend(item.methods().filter_map(group_on_a_method));
    diagnostics
}

/// Whether `Client` certainly implements the supertrait.
pub(crate) fn is_marker(bound: &TypeParamBound) -> bool {
    match bound {
        TypeParamBound::Lifetime(lifetime) => lifetime.ident == "static",
        TypeParamBound::Trait(bound) => bound
            .path
            .segments
            .last()
            .is_some_and(|last| MARKERS.iter().any(|marker| last.ident == marker)),
        _ => false,
    }
}

fn attribute_twice(attribute: &Attribute) -> Diagnostic {
    let path = text(attribute.path());
    Diagnostic::new("trait/attribute_twice", attribute, "this attribute is a duplicate")
        .help(format!("remove this `#[{path}]`"))
}

fn attribute_on_both(attribute: &Attribute) -> Diagnostic {
    let message = "the method is declared twice: on the trait and here";
    Diagnostic::new("trait/attribute_on_both", attribute, message)
        .help("remove this attribute, or write `#[acs_operations]` on the trait")
}

fn misspelt_group(arguments: &Arguments) -> Diagnostic {
    let message = "the methods of this trait have attributes of their own, so it is a group";
    Diagnostic::new("trait/misspelt_group", arguments.span, message)
        .help("write `#[acs_operations]`, with an `s`")
}

fn unsafe_trait(head: &ItemTrait) -> Option<Diagnostic> {
    let (span, word) = match (&head.unsafety, &head.modifiers.auto_token) {
        (Some(token), _) => (SpanRange::of(token), "unsafe"),
        (None, Some(token)) => (SpanRange::of(token), "auto"),
        (None, None) => return None,
    };
    let message = format!("an operation trait cannot be `{word}`");
    Some(Diagnostic::new("trait/unsafe_trait", span, message).help(format!("remove `{word}`")))
}

fn generic_trait(generics: &Generics) -> Option<Diagnostic> {
    let span = match (&generics.lt_token, &generics.gt_token, &generics.where_clause) {
        (Some(open), Some(close), _) => SpanRange::of(open).to(close),
        (_, _, Some(clause)) => SpanRange::of(clause),
        _ => return None,
    };
    Some(
        Diagnostic::new("trait/generic_trait", span, "an operation trait takes no generics")
            .help("remove them and name the types; a method may have lifetimes of its own"),
    )
}

fn supertrait(bound: &TypeParamBound) -> Option<Diagnostic> {
    let name = text(bound);
    let message = format!("the supertrait `{name}` would have to be implemented for `Client`");
    (!is_marker(bound)).then(|| {
        Diagnostic::new("trait/supertrait", bound, message)
            .help(format!("remove `{name}`; ask for both traits where you need them"))
    })
}

fn foreign_item(item: &Item) -> Option<Diagnostic> {
    let Item::Other(item) = item else { return None };
    let (span, message, fix) = match item {
        TraitItem::Const(constant) if constant.default.is_some() => return None,
        TraitItem::Const(constant) => (
            SpanRange::of(&constant.const_token).to(&constant.ident),
            format!("`Client` has no value for the constant `{}`", constant.ident),
            "give it a value, or move it out of the trait",
        ),
        TraitItem::Type(ty) => (
            SpanRange::of(&ty.type_token).to(&ty.ident),
            format!("`Client` would have no type for `{}`", ty.ident),
            "name the type in the signatures instead",
        ),
        TraitItem::Macro(call) => (
            SpanRange::of(&call.mac.path),
            format!("operations inside `{}!` cannot be read", text(&call.mac.path)),
            "write the methods out, or generate the whole trait by a macro",
        ),
        item => (
            SpanRange::of(item),
            "an operation trait holds operations only".to_owned(),
            "move this out of the trait",
        ),
    };
    Some(Diagnostic::new("trait/foreign_item", span, message).help(fix))
}

fn method_twice(item: &Trait) -> Vec<Diagnostic> {
    let conditional = |method: &&Method| {
        method.function.attrs.iter().any(|attribute| attribute.path().is_ident("cfg"))
    };
    let (mut seen, mut diagnostics) = (Vec::new(), Vec::new());
    for method in item.methods().filter(|method| !conditional(method)) {
        let name = &method.function.sig.ident;
        if seen.contains(&name) {
            let message = format!("a method named `{name}` exists already");
            let mistake = Diagnostic::new("trait/method_twice", name, message);
            diagnostics.push(mistake.help("give one of the two another name"));
        }
        seen.push(name);
    }
    diagnostics
}

fn empty_trait(item: &Trait) -> Option<Diagnostic> {
    let message = "the trait has no operation";
    let diagnostic = Diagnostic::new("trait/empty_trait", &item.item.ident, message)
        .help("add one: `async fn name(&self) -> Result<()>;`");
    (!item.has_unreadable_items).then_some(diagnostic)
}

fn second_method(method: &Method) -> Diagnostic {
    let name = &method.function.sig.ident;
    let message = format!("`#[acs_operation]` declares one operation; `{name}` is a second");
    Diagnostic::new("trait/second_method", name, message)
        .help("write `#[acs_operations]` here and move this attribute to each method")
}

fn group_on_a_method(method: &Method) -> Option<Diagnostic> {
    let attribute = method.attributes.first()?;
    let last = attribute.path().segments.last()?;
    let message = "`#[acs_operations]` goes on the trait; a method takes `#[acs_operation]`";
    (last.ident == "acs_operations").then(|| {
        Diagnostic::new("trait/group_on_a_method", attribute.path(), message)
            .help("write `acs_operation`, without `s`")
    })
}

fn no_operation(method: &Method) -> Diagnostic {
    let name = &method.function.sig.ident;
    if let Some(attribute) = method.function.attrs.iter().find(|one| is_misspelt(one)) {
        return misspelt_attribute(attribute);
    }
    Diagnostic::new("trait/no_operation", name, format!("`{name}` is not an operation"))
        .help("add `#[acs_operation(..)]`, or give it a body")
}

/// `#[acs_operaton(..)]`, or `#[get(..)]` as in other libraries.
fn is_misspelt(attribute: &Attribute) -> bool {
    let name = attribute.path().get_ident().map(ToString::to_string).unwrap_or_default();
    let near = names::nearest(&name, ["acs_operation", "operation"]).is_some();
    near || http_method::named(&name).is_some()
}

fn misspelt_attribute(attribute: &Attribute) -> Diagnostic {
    let message = format!("unknown attribute `#[{}]`", text(attribute.path()));
    Diagnostic::new("trait/misspelt_attribute", attribute.path(), message)
        .help("did you mean `#[acs_operation(GET, \"/path\")]`?")
}

/// `#[acs_operation]` on a method whose trait has no attribute: the macro sees only the method.
pub(crate) fn stands_alone(item: &TokenStream) -> Diagnostic {
    let message = "one of several operations is declared in a group";
    Diagnostic::new("trait/stands_alone", attribute_span(item), message)
        .help("put `#[acs_operations]` on the trait")
}

/// On an item that is not a trait.
pub(crate) fn goes_on_a_trait(form: Form, item: &TokenStream) -> Diagnostic {
    let attribute = form.attribute();
    let (span, word) = keyword(item);
    let message = match word.as_str() {
        "" => format!("`#[{attribute}]` goes on a trait"),
        word => format!("`#[{attribute}]` goes on a trait, not on `{word}`"),
    };
    Diagnostic::new("trait/goes_on_a_trait", span, message).help(match word.as_str() {
        "fn" => "wrap it in a trait: `pub trait Name { async fn name(&self) -> Result<()>; }`",
        "impl" => "declare the methods in a trait; it is implemented for `Client`",
        _ => "declare the call as `pub trait Name { async fn name(&self) -> Result<()>; }`",
    })
}

/// The keyword that identifies the kind of the item.
fn keyword(item: &TokenStream) -> (SpanRange, String) {
    const KINDS: [&str; 11] =
        ["trait", "fn", "struct", "enum", "union", "impl", "mod", "type", "static", "const", "use"];
    let words: Vec<_> =
        item.clone().into_iter().filter(|token| matches!(token, TokenTree::Ident(_))).collect();
    let found = KINDS.iter().find_map(|kind| words.iter().find(|word| word.to_string() == *kind));
    match found {
        Some(word) => (SpanRange::of(word), word.to_string()),
        None => (SpanRange::of(item), String::new()),
    }
}
