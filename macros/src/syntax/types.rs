//! Properties of a type that its spelling determines; the rest is left to the compiler.

use syn::visit::{self, Visit};
use syn::{
    BoundLifetimes, GenericArgument, GenericParam, Ident, Lifetime, PathArguments, PathSegment,
    ReturnType, Signature, TraitBound, Type, TypeFnPtr, TypeImplTrait, TypeInfer, TypePtr,
    TypeReference, TypeTraitObject,
};

use super::text::text;

/// Traits that `dyn` does not take: their methods need the type itself.
const NO_OBJECTS: [&str; 13] = [
    "Clone",
    "Copy",
    "Default",
    "Deserialize",
    "DeserializeOwned",
    "Eq",
    "FromStr",
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Serialize",
    "Sized",
];

/// What occurs anywhere in a type.
#[derive(Default)]
pub(crate) struct TypeFacts {
    /// `_`
    pub(crate) infers: bool,
    /// `impl Trait`
    pub(crate) has_impl: bool,
    /// `dyn Trait` that is not known to be `Send`, or that is not dyn-compatible.
    pub(crate) has_unusable_dyn: bool,
    /// `Rc`, a raw pointer, or a cell behind a reference: a type that other threads cannot use.
    pub(crate) has_thread_bound: bool,
    /// `Self`, other than in `Self::Name`.
    pub(crate) names_self: bool,
    /// `&` or a lifetime.
    pub(crate) borrows: bool,
    /// Every lifetime that has to be declared outside of the type.
    pub(crate) free_lifetimes: Vec<Lifetime>,
    /// Every name in a path.
    pub(crate) names: Vec<Ident>,
}

impl TypeFacts {
    pub(crate) fn of(ty: &Type) -> Self {
        let mut facts = Self::default();
        facts.visit_type(ty);
        facts
    }

    /// Adds what occurs inside `for<'a>`.
    fn merge(&mut self, mut inside: Self, bound: Option<&BoundLifetimes>) {
        let bound: Vec<_> = bound.iter().flat_map(|bound| &bound.lifetimes).collect();
        inside.free_lifetimes.retain(|free| {
            let is_bound = |parameter: &&&GenericParam| matches!(parameter, GenericParam::Lifetime(one) if one.lifetime == *free);
            !bound.iter().any(|parameter| is_bound(&parameter))
        });
        self.infers |= inside.infers;
        self.has_impl |= inside.has_impl;
        self.has_unusable_dyn |= inside.has_unusable_dyn;
        self.has_thread_bound |= inside.has_thread_bound;
        self.names_self |= inside.names_self;
        self.borrows |= inside.borrows;
        self.free_lifetimes.extend(inside.free_lifetimes);
        self.names.extend(inside.names);
    }

    /// Whether `dyn` cannot take the trait of that name; `erased_serde` has one that it can.
    fn is_no_object(&self) -> bool {
        self.mentions(&NO_OBJECTS) && !self.mentions(&["erased_serde"])
    }

    pub(crate) fn mentions(&self, names: &[&str]) -> bool {
        self.names.iter().any(|own| names.iter().any(|name| own == name))
    }
}

impl<'ast> Visit<'ast> for TypeFacts {
    fn visit_type_infer(&mut self, _: &'ast TypeInfer) {
        self.infers = true;
    }

    fn visit_type_impl_trait(&mut self, ty: &'ast TypeImplTrait) {
        self.has_impl = true;
        visit::visit_type_impl_trait(self, ty);
    }

    fn visit_type_trait_object(&mut self, ty: &'ast TypeTraitObject) {
        let mut inside = Self::default();
        visit::visit_type_trait_object(&mut inside, ty);
        self.has_unusable_dyn |=
            ty.dyn_token.is_some() && (!inside.mentions(&["Sync"]) || inside.is_no_object());
        visit::visit_type_trait_object(self, ty);
    }

    fn visit_type_ptr(&mut self, ty: &'ast TypePtr) {
        self.has_thread_bound = true;
        visit::visit_type_ptr(self, ty);
    }

    fn visit_type_reference(&mut self, ty: &'ast TypeReference) {
        self.borrows = true;
        let mut inside = Self::default();
        visit::visit_type_reference(&mut inside, ty);
        self.has_thread_bound |= inside.mentions(&["Cell", "LazyCell", "OnceCell", "RefCell"]);
        visit::visit_type_reference(self, ty);
    }

    fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
        self.borrows = true;
        if lifetime.ident != "static" && lifetime.ident != "_" {
            self.free_lifetimes.push(lifetime.clone());
        }
    }

    fn visit_bound_lifetimes(&mut self, _: &'ast BoundLifetimes) {}

    fn visit_trait_bound(&mut self, bound: &'ast TraitBound) {
        let mut inside = Self::default();
        visit::visit_trait_bound(&mut inside, bound);
        self.merge(inside, bound.lifetimes.as_ref());
    }

    fn visit_type_fn_ptr(&mut self, ty: &'ast TypeFnPtr) {
        let mut inside = Self::default();
        visit::visit_type_fn_ptr(&mut inside, ty);
        self.merge(inside, ty.lifetimes.as_ref());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.names_self |= path.is_ident("Self");
        visit::visit_path(self, path);
    }

    fn visit_path_segment(&mut self, segment: &'ast PathSegment) {
        self.has_thread_bound |= segment.ident == "Rc";
        self.names.push(segment.ident.clone());
        visit::visit_path_segment(self, segment);
    }
}

/// Every name in the types of a signature.
pub(crate) fn names_in(signature: &Signature) -> Vec<Ident> {
    let mut facts = TypeFacts::default();
    facts.visit_signature(signature);
    facts.names
}

/// The type without parentheses and the invisible groups of `macro_rules!`.
pub(crate) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        ty => ty,
    }
}

pub(crate) fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match bare(ty) {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

pub(crate) fn is_named(ty: &Type, names: &[&str]) -> bool {
    last_segment(ty).is_some_and(|segment| names.iter().any(|name| segment.ident == name))
}

/// The `T` of `Name<T, …>`.
pub(crate) fn first_argument(ty: &Type) -> Option<&Type> {
    arguments(ty).next()
}

/// The `Name<T>` in angle brackets, at any depth.
pub(crate) fn inside<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let inner = first_argument(ty)?;
    if is_named(inner, &[name]) { Some(inner) } else { inside(inner, name) }
}

/// The `str`, `[T]` or `dyn Trait` that stands where a type must have a size, if there is one: by itself,
/// in a list or a tuple, or as the argument of a type that is known to hold it by value.
pub(crate) fn without_size(ty: &Type) -> Option<&Type> {
    const HOLDERS: [&str; 9] = [
        "BTreeMap", "BTreeSet", "HashMap", "HashSet", "Option", "Pager", "Response", "Result",
        "Vec",
    ];
    match bare(ty) {
        Type::Slice(_) | Type::TraitObject(_) => Some(ty),
        Type::Array(array) => without_size(&array.elem),
        Type::Tuple(tuple) => tuple.elems.iter().find_map(without_size),
        Type::Reference(reference) => match bare(&reference.elem) {
            Type::Slice(slice) => without_size(&slice.elem),
            Type::TraitObject(_) => None,
            referent if is_named(referent, &["str"]) => None,
            referent => without_size(referent),
        },
        ty if is_named(ty, &["str"]) => Some(ty),
        ty if is_named(ty, &HOLDERS) => arguments(ty).find_map(without_size),
        _ => None,
    }
}

/// The sized replacement of `str` and `[T]`.
pub(crate) fn sized(ty: &Type) -> String {
    match bare(ty) {
        Type::Slice(slice) => format!("Vec<{}>", text(&slice.elem)),
        _ => "String".to_owned(),
    }
}

fn arguments(ty: &Type) -> impl Iterator<Item = &Type> {
    let arguments = last_segment(ty).map(|segment| &segment.arguments);
    let arguments = match arguments {
        Some(PathArguments::AngleBracketed(arguments)) => Some(&arguments.args),
        _ => None,
    };
    arguments.into_iter().flatten().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// The `T` of `Option<T>`.
pub(crate) fn optional(ty: &Type) -> Option<&Type> {
    if is_named(ty, &["Option"]) { first_argument(ty) } else { None }
}

/// The `T` of `&T`.
pub(crate) fn referent(ty: &Type) -> Option<&Type> {
    match bare(ty) {
        Type::Reference(reference) => Some(&reference.elem),
        _ => None,
    }
}

/// A single value: an integer, a float, `bool`, `char`, `String` or `&str`, optional or not.
pub(crate) fn is_scalar(ty: &Type) -> bool {
    const SCALARS: [&str; 18] = [
        "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize",
        "f32", "f64", "bool", "char", "str", "String",
    ];
    match referent(ty) {
        Some(referent) => is_scalar(referent),
        None => is_named(ty, &SCALARS) || optional(ty).is_some_and(is_scalar),
    }
}

/// A `Vec`, slice, array or set, borrowed or not.
pub(crate) fn is_list(ty: &Type) -> bool {
    match bare(ty) {
        Type::Reference(reference) => is_list(&reference.elem),
        Type::Slice(_) | Type::Array(_) => true,
        ty => is_named(ty, &["Vec", "VecDeque", "HashSet", "BTreeSet"]),
    }
}

pub(crate) fn is_unit(ty: &Type) -> bool {
    matches!(bare(ty), Type::Tuple(tuple) if tuple.elems.is_empty())
}

/// `impl Future<Output = T>`
pub(crate) fn is_impl_future(ty: &Type) -> bool {
    matches!(bare(ty), Type::ImplTrait(_)) && TypeFacts::of(ty).mentions(&["Future"])
}

pub(crate) fn is_mutable(ty: &Type) -> bool {
    matches!(bare(ty), Type::Reference(reference) if reference.mutability.is_some())
}

/// The type behind `->`.
pub(crate) fn returned(output: &ReturnType) -> Option<&Type> {
    match output {
        ReturnType::Default => None,
        ReturnType::Type(_, ty) => Some(ty),
    }
}

/// `Result`, or an alias that ends so.
pub(crate) fn is_named_result(ty: &Type) -> bool {
    last_segment(ty).is_some_and(|last| last.ident.to_string().ends_with("Result"))
}

/// Whether callers await what the method returns, with or without its `async`.
pub(crate) fn is_awaited(ty: &Type) -> bool {
    is_named_result(ty) || is_named(ty, &["Response", "ByteStream"])
}
