//! The constant that checks the types of a model's fields, and what makes the other code depend on it.
//!
//! A type that is not a model has none of five traits. The constant is one error, at the type, and
//! without its value the types in the other implementations are unknown, in which rustc reports no more.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::visit::Visit;
use syn::{Attribute, Fields, Generics, Type, TypePath, Variant};

use super::super::attrs;
use super::super::field_type::FieldType;
use super::super::options::Options;
use super::local;
use crate::diagnostics::SpanRange;
use crate::syntax::types::last_segment;

/// Types that are models, or that are if their arguments are.
const KNOWN: [&str; 28] = [
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "usize",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "isize",
    "f32",
    "f64",
    "bool",
    "char",
    "String",
    "Option",
    "Nullable",
    "Vec",
    "VecDeque",
    "BTreeSet",
    "HashSet",
    "BTreeMap",
    "HashMap",
    "Box",
    "UnknownKind",
    "OffsetDateTime",
];

/// The check of a model; empty if nothing has to be checked.
pub(crate) struct Check {
    private: TokenStream,
    /// The patterns of the model's values, and what is required of their fields.
    arms: Vec<TokenStream>,
}

/// What the type of a field is required to be.
#[derive(Clone, Copy)]
pub(crate) enum Use {
    Model,
    Sent,
    Read,
    Query,
    /// A query parameter in a format of its own.
    Formatted,
    Answer,
}

impl Use {
    pub(super) fn of(options: &Options) -> Self {
        match (options.serialize, options.deserialize) {
            _ if options.query.is_some() => Self::Query,
            (true, false) => Self::Sent,
            (false, true) => Self::Read,
            _ => Self::Model,
        }
    }

    fn prefix(self) -> &'static str {
        match self {
            Self::Model => "",
            Self::Sent => "sent_",
            Self::Read => "read_",
            Self::Query => "query_",
            Self::Formatted => "formatted_",
            Self::Answer => "answer_",
        }
    }
}

/// A field that may have to be checked.
pub(crate) struct CheckedField<'a> {
    /// The name that the pattern binds to a reference to it.
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) conditions: &'a [Attribute],
    pub(crate) usage: Use,
    pub(crate) needs_default: bool,
}

impl Check {
    pub(crate) fn new(options: &Options) -> Self {
        Self { private: options.private(), arms: Vec::new() }
    }

    /// Adds the fields that the pattern `path fields` binds.
    pub(crate) fn add(&mut self, pattern: &TokenStream, fields: &[CheckedField<'_>]) {
        let fields: Vec<_> = fields.iter().filter(|field| !is_known(field.ty)).collect();
        if !fields.is_empty() {
            let required = fields.iter().map(|field| self.required(field));
            let required = quote!(#(#required)*);
            self.arms.push(quote!(#pattern => { #required }));
        }
    }

    /// Adds a variant of an enum: its only value, or its fields.
    pub(crate) fn add_variant(&mut self, variant: &Variant, usage: Use) {
        let name = &variant.ident;
        let value = local("value");
        let conditions: Vec<_> =
            variant.fields.iter().map(|field| attrs::conditions(&field.attrs)).collect();
        let fields =
            variant.fields.iter().zip(&conditions).map(|(field, conditions)| CheckedField {
                ident: field.ident.as_ref().unwrap_or(&value),
                ty: &field.ty,
                conditions,
                usage,
                needs_default: false,
            });
        let fields: Vec<_> = fields.filter(|field| !is_known(field.ty)).collect();
        let idents = fields.iter().map(|field| field.ident);
        let pattern = match &variant.fields {
            Fields::Named(_) => quote!({ #(#idents,)* .. }),
            _ => quote!((#(#idents),*)),
        };
        let conditions = attrs::conditions(&variant.attrs);
        self.add(&quote!(#(#conditions)* Self::#name #pattern), &fields);
    }

    fn required(&self, field: &CheckedField<'_>) -> TokenStream {
        let CheckedField { ident, ty, conditions, usage, needs_default } = field;
        let private = &self.private;
        let optional = match FieldType::of(ty) {
            FieldType::Required(_) | FieldType::Nullable(_) => "",
            FieldType::Optional(_) => "optional_",
        };
        let function = format_ident!("{optional}{}field", usage.prefix());
        // Where the type stands, an error has to point.
        let shown = match FieldType::of(ty) {
            FieldType::Optional(inner) => inner,
            _ => (*ty).clone(),
        };
        let SpanRange { start, end } = SpanRange::of(&shown);
        let mut name = (*ident).clone();
        name.set_span(end.resolved_at(name.span()));
        let value = quote_spanned!(start=> &#name);
        let default = needs_default.then(|| quote!(#private::default_field(#value);));
        let default = default.map(|call| quote!(#(#conditions)* #call));
        quote!(#(#conditions)* #private::#function(#value); #default)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.arms.is_empty()
    }

    /// The constant, in an implementation of its own.
    pub(crate) fn constant(
        &self,
        model: &Ident,
        is_enum: bool,
        allow: Option<&TokenStream>,
    ) -> TokenStream {
        let arms = &self.arms;
        if arms.is_empty() {
            return TokenStream::new();
        }
        let others = is_enum.then(|| quote!(_ => {}));
        let private = &self.private;
        quote! {
            #allow
            impl #model {
                /// Does not compile if a field has the wrong type.
                const __FIELDS: ::core::primitive::usize = {
                    let _ = |model: &Self| match model {
                        #(#arms)*
                        #others
                    };
                    1
                };

                /// The value, whose type is known only if `__FIELDS` compiles: one error is enough.
                fn __checked<__T>(
                    value: __T,
                ) -> <#private::Check<{ Self::__FIELDS }> as #private::Same<__T>>::Type {
                    #private::checked::<{ Self::__FIELDS }, __T>(value)
                }
            }
        }
    }

    /// The value of a field of that type.
    pub(crate) fn checked_if(&self, ty: &Type, value: TokenStream) -> TokenStream {
        if is_known(ty) { value } else { self.checked(value) }
    }

    /// The value, whose type is known only if the fields are right.
    pub(crate) fn checked(&self, value: TokenStream) -> TokenStream {
        if self.is_empty() { value } else { quote!(Self::__checked(#value)) }
    }
}

/// Whether the types are those of fields that can be checked: generic ones are checked by their bounds.
pub(crate) fn is_checkable(generics: &Generics) -> bool {
    generics.params.is_empty()
}

/// Whether a type is certainly a model.
pub(crate) fn is_known(ty: &Type) -> bool {
    struct Finder(bool);
    impl<'ast> Visit<'ast> for Finder {
        fn visit_type(&mut self, ty: &'ast Type) {
            self.0 |= !matches!(ty, Type::Path(_) | Type::Paren(_) | Type::Group(_));
            syn::visit::visit_type(self, ty);
        }

        fn visit_type_path(&mut self, path: &'ast TypePath) {
            let last = last_segment(&Type::Path(path.clone())).map(|last| last.ident.to_string());
            self.0 |= !last.is_some_and(|last| KNOWN.contains(&last.as_str()));
            syn::visit::visit_type_path(self, path);
        }
    }
    let mut finder = Finder(false);
    finder.visit_type(ty);
    !finder.0
}
