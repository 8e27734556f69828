//! What a type message by its spelling alone; the rest is for the compiler to find.

use quote::ToTokens;
use syn::{GenericArgument, PathArguments, PathSegment, Type};

/// The type inside of parentheses and the invisible groups of `macro_rules!`.
pub(super) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        ty => ty,
    }
}

pub(super) fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match bare(ty) {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

pub(super) fn is_named(ty: &Type, names: &[&str]) -> bool {
    last_segment(ty).is_some_and(|segment| names.iter().any(|name| segment.ident == name))
}

/// The `T` of `Name<T, …>`.
pub(super) fn first_argument(ty: &Type) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &last_segment(ty)?.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// The `Name<T>` that stands in angle brackets, however deep.
pub(super) fn inside<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let inner = first_argument(ty)?;
    if is_named(inner, &[name]) { Some(inner) } else { inside(inner, name) }
}

/// What to write for `str` and `[T]`, which have no size.
pub(super) fn owned(ty: &Type) -> Option<String> {
    match bare(ty) {
        Type::Slice(slice) => Some(format!("Vec<{}>", text(&slice.elem))),
        ty => is_named(ty, &["str"]).then(|| "String".to_owned()),
    }
}

/// The `T` of `Option<T>`.
pub(super) fn optional(ty: &Type) -> Option<&Type> {
    if is_named(ty, &["Option"]) { first_argument(ty) } else { None }
}

/// The `Option<T>` of `&Option<T>`.
pub(super) fn borrowed_option(ty: &Type) -> Option<&Type> {
    match bare(ty) {
        Type::Reference(reference) => optional(&reference.elem),
        _ => None,
    }
}

/// A single value: an integer, a float, `bool`, `char`, `String` or `&str`, optional or not.
pub(super) fn is_scalar(ty: &Type) -> bool {
    const SCALARS: [&str; 18] = [
        "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize",
        "f32", "f64", "bool", "char", "str", "String",
    ];
    match bare(ty) {
        Type::Reference(reference) => is_scalar(&reference.elem),
        ty => is_named(ty, &SCALARS) || optional(ty).is_some_and(is_scalar),
    }
}

/// A `Vec`, slice, array or set, borrowed or not.
pub(super) fn is_list(ty: &Type) -> bool {
    match bare(ty) {
        Type::Reference(reference) => is_list(&reference.elem),
        Type::Slice(_) | Type::Array(_) => true,
        ty => is_named(ty, &["Vec", "VecDeque", "HashSet", "BTreeSet"]),
    }
}

pub(super) fn is_unit(ty: &Type) -> bool {
    matches!(bare(ty), Type::Tuple(tuple) if tuple.elems.is_empty())
}

/// Whether `impl Trait` stands anywhere in the type.
pub(super) fn has_impl(tokens: &impl ToTokens) -> bool {
    has_word(tokens, "impl")
}

/// Whether it is `dyn Trait` of which nothing is known across threads.
pub(super) fn is_unshared_dyn(ty: &Type) -> bool {
    has_word(ty, "dyn") && !has_word(ty, "Sync")
}

pub(super) fn is_mutable(ty: &Type) -> bool {
    matches!(bare(ty), Type::Reference(reference) if reference.mutability.is_some())
}

/// Whether `word` stands anywhere in the type.
pub(crate) fn has_word(tokens: &impl ToTokens, word: &str) -> bool {
    words(tokens.to_token_stream()).iter().any(|one| one == word)
}

/// Whether `Self` stands anywhere in the type, other than in `Self::Name`.
pub(super) fn is_self(ty: &Type) -> bool {
    let words = words(ty.to_token_stream());
    let after = words.iter().skip(1).map(String::as_str).chain([""]);
    words.iter().zip(after).any(|(word, after)| word == "Self" && after != ":")
}

/// Whether `_` stands anywhere in the type; `'_` is another thing.
pub(crate) fn infers(ty: &Type) -> bool {
    let words = words(ty.to_token_stream());
    let before = [String::new()].into_iter().chain(words.iter().cloned());
    before.zip(&words).any(|(before, word)| word == "_" && before != "'")
}

/// Whether the type borrows: holds a `&` or a lifetime.
pub(super) fn borrows(ty: &Type) -> bool {
    let tokens = ty.to_token_stream().to_string();
    tokens.contains('&') || tokens.contains('\'')
}

fn words(tokens: proc_macro2::TokenStream) -> Vec<String> {
    let open = |token| match token {
        proc_macro2::TokenTree::Group(group) => words(group.stream()),
        token => vec![token.to_string()],
    };
    tokens.into_iter().flat_map(open).collect()
}

/// The type as one would write it.
pub(super) fn text(ty: &impl ToTokens) -> String {
    const SPACED: [(&str, &str); 16] = [
        (" : ", ": "),
        (" - ", "-"),
        (" :: ", "::"),
        (":: ", "::"),
        (" < ", "<"),
        ("< ", "<"),
        (" >", ">"),
        ("& ", "&"),
        (" ,", ","),
        ("( ", "("),
        (" )", ")"),
        ("[ ", "["),
        (" ]", "]"),
        (" ;", ";"),
        (" !", "!"),
        (" (", "("),
    ];
    let text = ty.to_token_stream().to_string();
    SPACED.iter().fold(text, |text, (spaced, tight)| text.replace(spaced, tight))
}
