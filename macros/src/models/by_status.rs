//! An enum whose variants are the results with different statuses.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Fields, ItemEnum, LitInt, Token, Type, Variant};

use super::attrs;
use super::expand::check::{self, Check, Use};
use super::expand::derives;
use super::options::Options;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::syntax::types::is_named;

/// One answer.
struct Answer {
    ident: Ident,
    /// The body, if there is something to read.
    ty: Option<Type>,
    statuses: Vec<LitInt>,
    conditions: Vec<Attribute>,
}

pub(super) fn read(
    mut item: ItemEnum,
    options: &Options,
    diagnostics: &Diagnostics,
) -> TokenStream {
    options.refuse_tag(diagnostics);
    options.refuse_query(diagnostics);
    let mut answers: Vec<_> =
        item.variants.iter_mut().map(|variant| answer(variant, diagnostics)).collect();
    status_twice(&mut answers, diagnostics);
    let check = check_of(&item, options);
    let written = attrs::derives(&item.attrs);
    let (derives, implemented) = derives::split(&written, &check);
    let derives = attrs::derive(&derives, &written);
    let implemented = derives::of_enum(
        &item.ident,
        &item.variants,
        &implemented,
        &check,
        attrs::allow_deprecated(&item).as_ref(),
    );
    let output = output(&item, &answers, options, &check);
    let constant = check.constant(&item.ident, true, attrs::allow_deprecated(&item).as_ref());
    quote!(#derives #[non_exhaustive] #item #constant #implemented #output)
}

fn answer(variant: &mut Variant, diagnostics: &Diagnostics) -> Answer {
    let mut is_readable = true;
    let ty = match &variant.fields {
        Fields::Unit => None,
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Some(fields.unnamed[0].ty.clone()),
        _ => {
            diagnostics.report(body_of_an_answer(variant));
            is_readable = false;
            None
        }
    };
    let mut statuses = statuses(variant).unwrap_or_else(|diagnostic| {
        diagnostics.report(diagnostic);
        Vec::new()
    });
    statuses.retain(|_| is_readable);
    variant.attrs.retain(|attribute| !attrs::is_one_of(attribute, &["status"]));
    let conditions = attrs::conditions(&variant.attrs);
    Answer { ident: variant.ident.clone(), ty, statuses, conditions }
}

fn statuses(variant: &Variant) -> Result<Vec<LitInt>, Diagnostic> {
    let parser = Punctuated::<LitInt, Token![,]>::parse_terminated;
    let is_status = |attribute: &&Attribute| attrs::is_one_of(attribute, &["status"]);
    let attribute = variant.attrs.iter().find(is_status);
    let attribute = attribute.ok_or_else(|| status_of_a_variant(&variant.ident))?;
    let codes = attribute.parse_args_with(parser).map_err(|_| status_of_a_variant(attribute))?;
    let is_status =
        |code: &LitInt| code.base10_parse::<u16>().is_ok_and(|code| (200..500).contains(&code));
    match codes.iter().find(|code| !is_status(code)) {
        Some(code) => Err(status_of_a_variant(code)),
        None if codes.is_empty() => Err(status_of_a_variant(attribute)),
        None => Ok(codes.into_iter().collect()),
    }
}

/// What is required of the types of the answers.
fn check_of(item: &ItemEnum, options: &Options) -> Check {
    let mut check = Check::new(options);
    let is_readable = |variant: &&Variant| variant.fields.len() == 1;
    if check::is_checkable(&item.generics) {
        for variant in item.variants.iter().filter(is_readable) {
            check.add_variant(variant, Use::Answer);
        }
    }
    check
}

fn output(item: &ItemEnum, answers: &[Answer], options: &Options, check: &Check) -> TokenStream {
    let (private, name) = (options.private(), &item.ident);
    let (parameters, arguments, clause) = item.generics.split_for_impl();
    let response = Ident::new("response", Span::mixed_site());
    let arms = answers.iter().filter(|answer| !answer.statuses.is_empty()).map(|answer| {
        let Answer { ident, ty, statuses, conditions } = answer;
        let value = match ty {
            Some(ty) if is_named(ty, &["Bytes", "String"]) => {
                quote_spanned!(ty.span()=> #response.decode_raw_body().map(Self::#ident))
            }
            Some(ty) => quote_spanned!(ty.span()=> #response.decode_body().map(Self::#ident)),
            None => quote!(::core::result::Result::Ok(Self::#ident)),
        };
        quote!(#(#conditions)* #(#statuses)|* => #value,)
    });
    let checked = (!check.is_empty()).then(|| {
        let checked = check.checked(response.to_token_stream());
        quote!(let #response = #checked;)
    });
    let allow = attrs::allow_deprecated(item);
    quote! {
        #allow
        #[automatically_derived]
        impl #parameters #private::Output for #name #arguments #clause {
            const IS_STREAMING: bool = false;

            fn from_response(
                #response: #private::RawResponse,
            ) -> ::core::result::Result<Self, #private::Error> {
                #checked
                match #response.status_code() {
                    #(#arms)*
                    _ => ::core::result::Result::Err(#response.unexpected_status()),
                }
            }
        }
    }
}

/// Reports and removes a status that an earlier variant has.
fn status_twice(answers: &mut [Answer], diagnostics: &Diagnostics) {
    let mut seen: Vec<String> = Vec::new();
    for answer in answers.iter_mut().filter(|answer| answer.conditions.is_empty()) {
        answer.statuses.retain(|status| {
            let is_new = !seen.iter().any(|digits| digits == status.base10_digits());
            if !is_new {
                let message = format!("another variant also has the status `{status}`");
                let mistake = Diagnostic::new("model/status_twice", status, message);
                diagnostics.report(mistake.help("remove it from one of the two"));
            }
            seen.push(status.base10_digits().to_owned());
            is_new
        });
    }
}

fn status_of_a_variant(tokens: &impl ToTokens) -> Diagnostic {
    let message = "each variant names the statuses of its answer, from 200 to 499";
    Diagnostic::new("model/status_of_a_variant", tokens, message)
        .help("write `#[status(202)]` above the variant")
}

fn body_of_an_answer(variant: &Variant) -> Diagnostic {
    let name = &variant.ident;
    let message = "an answer has one body, or none";
    Diagnostic::new("model/body_of_an_answer", name, message)
        .help(format!("write `{name}(Model)` or `{name}`"))
}

pub(super) fn by_status_without_variants(span: Span) -> Diagnostic {
    let message = "`by_status` is for an enum, each variant of which is an answer";
    Diagnostic::new("model/by_status_without_variants", span, message).help("remove `by_status`")
}
