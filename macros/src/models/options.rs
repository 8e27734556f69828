//! The arguments of `#[acs_model(..)]`.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprLit, Lit, Meta, Path, Token};

use crate::crate_name;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::names;
use crate::syntax;

const NAMES: [&str; 6] = ["serialize", "deserialize", "query", "by_status", "tag", "crate"];

/// Attributes of serde that are not options of ours.
const SERDE: [&str; 7] = [
    "content",
    "default",
    "deny_unknown_fields",
    "rename",
    "rename_all",
    "transparent",
    "untagged",
];

/// The options of the attribute.
pub(super) struct Options {
    /// The path of `acs_rest`.
    pub(super) root: TokenStream,
    names_crate: bool,
    /// Why that path is unknown: it is not written, and the manifest does not have it.
    pub(super) missing: Option<Diagnostic>,
    pub(super) serialize: bool,
    pub(super) deserialize: bool,
    /// Where `query` stands: the fields are parameters of the query.
    pub(super) query: Option<Span>,
    /// Where `by_status` stands: the variants are answers with different statuses.
    pub(super) by_status: Option<Span>,
    /// The field that names the kind of a union, if it is not `kind`.
    pub(super) tag: Option<(String, Span)>,
}

impl Options {
    pub(super) fn read(arguments: TokenStream, diagnostics: &Diagnostics) -> Self {
        let mut options = Self {
            root: crate_name::path(),
            names_crate: false,
            missing: crate_name::missing(),
            serialize: true,
            deserialize: true,
            query: None,
            by_status: None,
            tag: None,
        };
        let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
        let arguments = match parser.parse2(arguments.clone()) {
            Ok(arguments) => arguments,
            Err(error) => {
                diagnostics.report(not_an_option(&error));
                return options;
            }
        };
        let mut seen: Vec<String> = Vec::new();
        for argument in &arguments {
            let path = argument.path();
            let name = syntax::text(path);
            if seen.contains(&name) {
                diagnostics.report(option_twice(path));
            } else if let Err(mistake) = options.set(argument) {
                diagnostics.report(mistake);
            }
            seen.push(name);
        }
        options.check_query(diagnostics);
        options
    }

    /// A struct of parameters is neither written nor read by serde.
    fn check_query(&mut self, diagnostics: &Diagnostics) {
        let Some(span) = self.query else {
            return;
        };
        if !(self.serialize && self.deserialize) {
            diagnostics.report(query_in_a_body(span));
        }
        (self.serialize, self.deserialize) = (false, false);
    }

    /// Reports a tag on a model that takes none.
    pub(super) fn refuse_tag(&self, diagnostics: &Diagnostics) {
        if let Some((_, span)) = &self.tag {
            diagnostics.report(tag_without_a_union(*span));
        }
    }

    /// `query`, where the model is an enum.
    pub(super) fn refuse_query(&self, diagnostics: &Diagnostics) {
        if let Some(span) = self.query {
            diagnostics.report(query_without_fields(span));
        }
    }

    /// What `serialize` returns.
    pub(super) fn serialized(&self) -> TokenStream {
        let of = |name| self.associated("__S", &quote!(Serializer), name);
        let (ok, error) = (of("Ok"), of("Error"));
        quote!(::core::result::Result<#ok, #error>)
    }

    /// What `deserialize` returns.
    pub(super) fn deserialized(&self) -> TokenStream {
        let error = self.associated("__D", &quote!(Deserializer<'de>), "Error");
        quote!(::core::result::Result<Self, #error>)
    }

    /// What reading the fields of an object returns.
    pub(super) fn read_object(&self) -> TokenStream {
        let error = self.associated("__A", &quote!(de::MapAccess<'de>), "Error");
        quote!(::core::result::Result<Self, #error>)
    }

    /// A type of a trait of serde. If the crate is named, the trait is too: rustc would report the type
    /// besides a crate that does not exist.
    fn associated(&self, parameter: &str, name: &TokenStream, ty: &str) -> TokenStream {
        let (private, parameter) = (self.private(), format_ident!("{parameter}"));
        let ty = format_ident!("{ty}");
        match self.names_crate {
            true => quote!(<#parameter as #private::serde::#name>::#ty),
            false => quote!(#parameter::#ty),
        }
    }

    /// The module that generated code calls.
    pub(super) fn private(&self) -> TokenStream {
        let root = &self.root;
        quote!(#root::__private)
    }

    fn set(&mut self, argument: &Meta) -> Result<(), Diagnostic> {
        match argument {
            Meta::Path(path) if is(path, "serialize") || is(path, "deserialize") => {
                if !(self.serialize && self.deserialize) {
                    (self.serialize, self.deserialize) = (true, true);
                    return Err(both_directions(path));
                }
                (self.serialize, self.deserialize) =
                    (is(path, "serialize"), !is(path, "serialize"));
            }
            Meta::Path(path) if is(path, "by_status") => self.by_status = Some(span(path)),
            Meta::Path(path) if is(path, "query") => self.query = Some(span(path)),
            Meta::NameValue(setting) if is(&setting.path, "tag") => {
                let text = text(&setting.value).filter(|text| !text.is_empty());
                let text = text.ok_or_else(|| option_value(argument))?;
                self.tag = Some((text, span(&setting.path)));
            }
            Meta::NameValue(setting) if is(&setting.path, "crate") => {
                let path = syn::parse2::<Path>(setting.value.to_token_stream());
                (self.missing, self.names_crate) = (None, true);
                self.root = path.map_err(|_| option_value(argument))?.into_token_stream();
            }
            argument if NAMES.iter().any(|name| is(argument.path(), name)) => {
                return Err(option_value(argument));
            }
            argument => return Err(unknown_option(argument.path())),
        }
        Ok(())
    }
}

fn is(path: &Path, name: &str) -> bool {
    path.get_ident().is_some_and(|ident| ident == name)
}

fn span(path: &Path) -> Span {
    path.get_ident().map_or_else(Span::call_site, |ident| ident.span())
}

/// The text of a string literal.
pub(super) fn text(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

fn not_an_option(error: &syn::Error) -> Diagnostic {
    Diagnostic::new("model/not_an_option", error.span(), "this is not an option of `acs_model`")
        .help("the options are `serialize`, `deserialize`, `query`, `by_status`, `tag = \"kind\"` and `crate = path`")
}

fn option_twice(path: &Path) -> Diagnostic {
    let message = format!("`{}` is given twice", syntax::text(path));
    Diagnostic::new("model/option_twice", path, message).help("remove one of the two")
}

fn both_directions(path: &Path) -> Diagnostic {
    let message = "`serialize` and `deserialize` exclude each other";
    Diagnostic::new("model/both_directions", path, message)
        .help("remove both: a model is written and read by default")
}

fn option_value(argument: &Meta) -> Diagnostic {
    let name = syntax::text(argument.path());
    let (message, fix) = match name.as_str() {
        "tag" => ("`tag` takes the name of the field that names the kind", "tag = \"type\""),
        "crate" => ("`crate` takes the path of acs_rest", "crate = my_crate::acs_rest"),
        "query" => ("`query` takes no value", "query"),
        "by_status" => ("`by_status` takes no value", "by_status"),
        "serialize" => ("`serialize` takes no value", "serialize"),
        _ => ("`deserialize` takes no value", "deserialize"),
    };
    Diagnostic::new("model/option_value", argument, message).help(format!("write `{fix}`"))
}

fn unknown_option(path: &Path) -> Diagnostic {
    let name = syntax::text(path);
    let message = format!("unknown option `{name}`");
    let fix = match names::nearest(&name, NAMES) {
        Some(near) => format!("did you mean `{near}`?"),
        None if SERDE.contains(&name.as_str()) => {
            format!("write `#[serde({name}{})]` below the attribute", value_of(&name))
        }
        None => format!("the options are {}", names::list(NAMES, "and")),
    };
    Diagnostic::new("model/unknown_option", path, message).help(fix)
}

/// The value that the attribute of serde takes.
fn value_of(name: &str) -> &'static str {
    if ["content", "rename", "rename_all"].contains(&name) { " = \"..\"" } else { "" }
}

fn query_without_fields(span: Span) -> Diagnostic {
    let message = "`query` is for a struct, each field of which is a parameter";
    Diagnostic::new("model/query_without_fields", span, message)
        .help("remove `query`: a string enum can be a value in the query without it")
}

fn query_in_a_body(span: Span) -> Diagnostic {
    let message = "the parameters of a query are not sent in a body";
    Diagnostic::new("model/query_in_a_body", span, message)
        .help("remove `query`, or the other option")
}

fn tag_without_a_union(span: Span) -> Diagnostic {
    let message = "`tag` is for an enum whose variants have fields";
    Diagnostic::new("model/tag_without_a_union", span, message).help("remove `tag`")
}
