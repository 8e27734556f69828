//! Model → tokens. Cannot fail: whatever could is in `check`.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Attribute, FnArg, Meta, PathArguments, ReturnType, Signature, Type};

use crate::model::{
    Body, Item, Location, Operation, Options, Output, Parameter, PathPiece, RetrySafety, Trait,
};

/// The user's trait, and its implementation for `Client`.
pub(crate) fn expand(item: &Trait) -> TokenStream {
    let Trait { head, .. } = item;
    let private = match &item.runtime {
        // At the user's path, so that a wrong crate is one error, there.
        Some(path) => quote_spanned!(ends(path).1=> #path::__private),
        None => quote!(::acs_rest::__private),
    };
    let (name, forwarded) = (&head.ident, forwarded_attrs(&head.attrs));
    let trait_decl = trait_decl(item);
    let operations = item.items.iter().filter_map(|item| match item {
        Item::Operation(operation) => Some(method_impl(operation, &private)),
        Item::Passthrough(_) => None,
    });
    quote! {
        #trait_decl
        #(#forwarded)*
        #[automatically_derived]
        impl #name for #private::Client {
            #(#operations)*
        }
    }
}

/// The trait. A declaration is worth having even if nobody calls it, hence `dead_code`.
fn trait_decl(item: &Trait) -> TokenStream {
    let mut head = item.head.clone();
    head.attrs.push(syn::parse_quote!(#[allow(dead_code)]));
    let mut body = TokenStream::new();
    for item in &item.items {
        match item {
            Item::Passthrough(item) => item.to_tokens(&mut body),
            Item::Operation(operation) => body.extend(method_decl(operation)),
        }
    }
    with_body(&head, &body)
}

/// Prints a trait around tokens that need not be items.
pub(crate) fn with_body(head: &syn::ItemTrait, body: &TokenStream) -> TokenStream {
    let syn::ItemTrait { attrs, vis, unsafety, trait_token, ident, generics, .. } = head;
    // To rustc the name is generated: else it offers `trait Name<Unknown>` for an unknown type, but
    // not for the implementation, and one mistake becomes two errors.
    let mut ident = ident.clone();
    ident.set_span(Span::call_site().located_at(ident.span()));
    let auto = head.modifiers.auto_token;
    let (colon, supertraits) = (head.colon_token, &head.supertraits);
    let clause = &generics.where_clause;
    let mut braces = Group::new(Delimiter::Brace, body.clone());
    braces.set_span(head.brace_token.span.join());
    quote! {
        #(#attrs)*
        #vis #unsafety #auto #trait_token #ident #generics #colon #supertraits #clause #braces
    }
}

fn method_decl(operation: &Operation) -> TokenStream {
    let attributes = &operation.attributes;
    let mut signature = signature(operation);
    let typed = signature.inputs.iter_mut().filter_map(|argument| match argument {
        FnArg::Typed(typed) => Some(typed),
        FnArg::Receiver(_) => None,
    });
    for (typed, marks) in typed.zip(&operation.marks) {
        typed.attrs.extend(marks.iter().cloned());
    }
    // A REST page has as many parameters as it has; clippy counts from eight on.
    let many = (signature.inputs.len() > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    quote!(#(#attributes)* #many #signature;)
}

/// Not an `async fn`: arguments are encoded at once, so that the future borrows none of them.
fn method_impl(operation: &Operation, private: &TokenStream) -> TokenStream {
    let (forwarded, signature) = (forwarded_attrs(&operation.attributes), signature(operation));
    let call = call(operation, private);
    let (function, ty) = match &operation.output {
        Output::Future { ty, .. } => ("send", ty),
        Output::Pages { ty } => ("pages", ty),
    };
    let body = call_expr(function, ty, call, private);
    quote!(#(#forwarded)* #signature { #body })
}

/// `send(call)`, standing where the type of the answer stands: that is where a bound error has to
/// point. The type itself is inferred, so that an unknown name in it is not met once more.
fn call_expr(function: &str, ty: &Type, call: TokenStream, private: &TokenStream) -> TokenStream {
    let (start, end) = ends(&answer(ty));
    if !is_default(private) {
        // A wrong crate is to be one error, at the user's path: its tokens stay where they are.
        let function = Ident::new(function, Span::call_site());
        return quote!(#private::#function::<#ty>(#call));
    }
    let mut call = Group::new(Delimiter::Parenthesis, call);
    call.set_span(end);
    let function = Ident::new(function, end);
    let private = private.clone().into_iter().map(|mut token| {
        token.set_span(start);
        token
    });
    quote_spanned!(start=> #(#private)* ::#function #call)
}

fn is_default(private: &TokenStream) -> bool {
    private.to_string() == quote!(::acs_rest::__private).to_string()
}

/// The `T` of `Result<T>`, as far as it can be seen.
fn answer(ty: &Type) -> TokenStream {
    let segment = match ty {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    };
    match segment.map(|segment| &segment.arguments) {
        Some(PathArguments::AngleBracketed(arguments)) => arguments.args.to_token_stream(),
        _ => ty.to_token_stream(),
    }
}

/// The user's signature, with `async fn` spelled out as a future that is `Send`.
fn signature(operation: &Operation) -> Signature {
    let mut signature = operation.signature.clone();
    if let Output::Future { ty, .. } = &operation.output {
        send_future(&mut signature, ty);
    }
    signature
}

/// `async fn f(..) -> R` → `fn f(..) -> impl Future<Output = R> + Send`
pub(crate) fn send_future(signature: &mut Signature, output: &Type) {
    signature.asyncness = None;
    let (start, end) = ends(&answer(output));
    let send = quote_spanned!(end=> ::core::marker::Send);
    let future = quote_spanned!(start=> impl ::core::future::Future<Output = #output> + #send);
    signature.output = ReturnType::Type(Default::default(), Box::new(Type::Verbatim(future)));
}

fn call(operation: &Operation, private: &TokenStream) -> TokenStream {
    let this = this(&operation.signature);
    let operation_const = operation_const(operation, private);
    let arguments = operation.parameters.iter().map(|parameter| argument(parameter, private));
    let body = match &operation.body {
        None => quote!(#private::no_body()),
        Some(body) => json(body, private),
    };
    quote!(#private::call(#this, const { &#operation_const }, &[#(#arguments),*], #body))
}

/// The user's own `self`: one from elsewhere would be another variable inside `macro_rules!`.
fn this(signature: &Signature) -> TokenStream {
    match signature.receiver() {
        Some(receiver) => receiver.self_token.to_token_stream(),
        None => quote!(self),
    }
}

fn operation_const(operation: &Operation, private: &TokenStream) -> TokenStream {
    let Operation { path, options, .. } = operation;
    let path = path.iter().map(|piece| path_piece(piece, private));
    let method = format_ident!("{}", operation.method.name());
    let Options { retry_safety, api_version, timeout_millis, items } = options;
    let retry_safety = retry_safety.map(|retry_safety| match retry_safety {
        RetrySafety::Repeatable => quote!(.repeatable()),
        RetrySafety::Idempotent => quote!(.idempotent()),
    });
    let api_version = api_version.as_ref().map(|version| quote!(.api_version(#version)));
    let timeout = timeout_millis.map(|millis| {
        let millis = proc_macro2::Literal::u64_unsuffixed(millis);
        quote!(.timeout_millis(#millis))
    });
    let items = items.as_ref().map(|items| quote!(.items(#items)));
    let content_type = operation.body.as_ref().and_then(|body| body.content_type.as_ref());
    let content_type = content_type.map(|text| quote!(.content_type(#text)));
    let ignore_body = ignores_body(&operation.output).then(|| quote!(.ignore_body()));
    quote! {
        #private::Operation::new(#private::Method::#method, &[#(#path),*])
            #retry_safety #api_version #timeout #content_type #items #ignore_body
    }
}

fn path_piece(piece: &PathPiece, private: &TokenStream) -> TokenStream {
    match piece {
        PathPiece::Literal(text) => quote!(#private::PathPiece::Literal(#text)),
        PathPiece::Placeholder(name) => quote!(#private::PathPiece::Placeholder(#name)),
    }
}

fn ignores_body(output: &Output) -> bool {
    matches!(output, Output::Future { ignores_body: true, .. })
}

fn argument(parameter: &Parameter, private: &TokenStream) -> TokenStream {
    let Parameter { name, ty, cfg, location } = parameter;
    let value = ref_expr(name, ty);
    match location {
        Location::Path => quote!(#private::path::<#ty>(#value)),
        Location::Query(key) => quote!(#(#cfg)* #private::query::<#ty>(#key, #value)),
        Location::Header(header) => quote!(#(#cfg)* #private::header::<#ty>(#header, #value)),
    }
}

fn json(body: &Body, private: &TokenStream) -> TokenStream {
    let Body { name, ty, optional, .. } = body;
    let value = ref_expr(name, ty);
    match optional {
        true => quote!(#private::optional_json::<#ty>(#value)),
        false => quote!(#private::json::<#ty>(#value)),
    }
}

/// `&name`, standing where the type stands: that is where a bound error has to point.
fn ref_expr(name: &Ident, ty: &Type) -> TokenStream {
    let (start, end) = ends(ty);
    let mut name = name.clone();
    name.set_span(end.resolved_at(name.span()));
    quote_spanned!(start=> &#name)
}

/// The spans of the first token and of the last.
fn ends(ty: &impl ToTokens) -> (Span, Span) {
    let mut spans = ty.to_token_stream().into_iter().map(|token| token.span());
    let start = spans.next().unwrap_or_else(Span::call_site);
    (start, spans.last().unwrap_or(start))
}

/// What of the user's attributes also holds for the implementation: `cfg`, and which lints are
/// silent. An expectation is met by the trait, so here it only allows.
fn forwarded_attrs(attributes: &[Attribute]) -> Vec<TokenStream> {
    let forwarded = attributes.iter().filter_map(|attribute| match &attribute.meta {
        meta if meta.path().is_ident("cfg") || meta.path().is_ident("allow") => {
            Some(attribute.to_token_stream())
        }
        Meta::List(list) if list.path.is_ident("expect") => {
            let lints = &list.tokens;
            Some(quote!(#[allow(#lints)]))
        }
        meta if meta.path().is_ident("deprecated") => Some(quote!(#[allow(deprecated)])),
        _ => None,
    });
    forwarded.collect()
}
