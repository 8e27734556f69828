//! The trait: the user's own tokens on one side, our attributes on the other.

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, FnArg, ItemTrait, PatType, TraitItem, TraitItemFn, Visibility};

use super::{Arguments, Form};

/// A trait, taken apart.
pub(crate) struct Trait {
    /// The trait without its items and without our attributes.
    pub(crate) item: ItemTrait,
    /// More of our attributes below the one that is being expanded.
    pub(crate) repeated: Vec<Attribute>,
    pub(crate) items: Vec<Item>,
    /// Whether items were left out because of a syntax error, which rustc has reported.
    pub(crate) has_unreadable_items: bool,
}

/// An item of the trait.
pub(crate) enum Item {
    Method(Method),
    Other(TraitItem),
}

/// A method: `function` holds nothing of ours.
pub(crate) struct Method {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) arguments: Option<Arguments>,
    /// `pub`, which Rust does not allow here.
    pub(crate) visibility: Visibility,
    pub(crate) function: TraitItemFn,
    /// Whether rustc has reported a syntax error in the method, of which only the rest is here.
    pub(crate) is_malformed: bool,
    pub(crate) parameters: Vec<Parameter>,
}

/// A parameter other than the receiver.
pub(crate) struct Parameter {
    /// `#[query]` and the like: every attribute that is not the compiler's own.
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) typed: PatType,
}

impl Parse for Trait {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut item: ItemTrait = input.parse()?;
        let items = std::mem::take(&mut item.items).into_iter().map(Item::new).collect();
        Ok(Self::new(item, items))
    }
}

impl Trait {
    /// `item` has no items of its own left.
    pub(super) fn new(mut item: ItemTrait, items: Vec<Item>) -> Self {
        let repeated = take(&mut item.attrs, is_ours);
        Self { item, repeated, items, has_unreadable_items: false }
    }

    /// Records that the attribute on the trait cannot be read, and so neither can a single
    /// operation.
    pub(super) fn set_malformed(&mut self, form: Form) {
        for item in self.items.iter_mut().filter(|_| form == Form::Single) {
            if let Item::Method(method) = item {
                method.is_malformed = true;
            }
        }
    }

    pub(crate) fn methods(&self) -> impl Iterator<Item = &Method> {
        self.items.iter().filter_map(|item| match item {
            Item::Method(method) => Some(method),
            Item::Other(_) => None,
        })
    }
}

impl Item {
    pub(super) fn new(item: TraitItem) -> Self {
        match item {
            TraitItem::Fn(function) => Self::Method(Method::new(Visibility::Inherited, function)),
            TraitItem::Verbatim(tokens) => Self::unusual(tokens),
            item => Self::Other(item),
        }
    }

    /// syn leaves `pub fn` unparsed, since no trait may hold one.
    fn unusual(tokens: TokenStream) -> Self {
        match syn::parse2(tokens.clone()) {
            Ok(method) => Self::Method(method),
            Err(_) => Self::Other(TraitItem::Verbatim(tokens)),
        }
    }
}

impl Parse for Method {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        let mut function: TraitItemFn = input.parse()?;
        function.attrs.splice(0..0, attrs);
        Ok(Self::new(visibility, function))
    }
}

impl Method {
    pub(super) fn new(visibility: Visibility, mut function: TraitItemFn) -> Self {
        let attributes = take(&mut function.attrs, is_ours);
        let arguments = attributes.first().map(Arguments::of);
        let parameters = function.sig.inputs.iter_mut().filter_map(Parameter::new).collect();
        Self { attributes, arguments, visibility, function, is_malformed: false, parameters }
    }
}

impl Parameter {
    fn new(argument: &mut FnArg) -> Option<Self> {
        let FnArg::Typed(typed) = argument else {
            return None;
        };
        let attributes = take(&mut typed.attrs, |attribute| !is_builtin(attribute));
        Some(Self { attributes, typed: typed.clone() })
    }
}

/// Whether this is one of our two attributes, however the path to it is written.
fn is_ours(attribute: &Attribute) -> bool {
    attribute.path().segments.last().is_some_and(|segment| {
        segment.ident == "acs_operation" || segment.ident == "acs_operations"
    })
}

/// The attributes that Rust itself allows on a parameter.
fn is_builtin(attribute: &Attribute) -> bool {
    const BUILTIN: [&str; 7] = ["allow", "cfg", "deny", "doc", "expect", "forbid", "warn"];
    BUILTIN.iter().any(|name| attribute.path().is_ident(name))
}

fn take(attributes: &mut Vec<Attribute>, wanted: fn(&Attribute) -> bool) -> Vec<Attribute> {
    attributes.extract_if(.., |attribute| wanted(attribute)).collect()
}
