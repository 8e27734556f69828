//! A method of an operation: the call that it makes, and what it returns.

use proc_macro2::{Delimiter, Group, Ident, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{FnArg, PathArguments, ReturnType, Signature, Type};

use super::{Expander, client_accessor, docs};
use crate::diagnostics::SpanRange;
use crate::model::{
    Argument, Arguments, Body, BodyEncoding, Operation, OptionSetter, OptionValue, Output,
    PathPiece, RawAnswer, ValueStyle,
};
use crate::names;

impl Expander {
    /// Arguments are encoded before the future is created, which therefore borrows none of them.
    pub(super) fn operation(&self, operation: &Operation) -> TokenStream {
        let attributes = &operation.attributes;
        let mut signature = operation.signature.clone();
        let typed = signature.inputs.iter_mut().filter_map(|argument| match argument {
            FnArg::Typed(typed) => Some(typed),
            FnArg::Receiver(_) => None,
        });
        for (typed, attrs) in typed.zip(&operation.param_attrs) {
            typed.attrs.extend(attrs.iter().cloned());
        }
        if let Output::Future { ty, .. } = &operation.output {
            send_future(&mut signature, ty);
        }
        // The number of parameters is the service's choice; clippy warns from eight on.
        let many = signature.inputs.len() > 7;
        let many = many.then(|| quote!(#[allow(clippy::too_many_arguments)]));
        let headers = self.constant_headers(operation);
        let call =
            self.call(&signature, &self.operation_const(operation), &operation.arguments, &headers);
        let body = self.call_expr(&operation.output, call);
        let docs = docs::of(operation);
        quote!(#(#attributes)* #docs #many #signature { #body })
    }

    /// `send(call)`, standing where the type of the answer stands: that is where a bound error has to
    /// point. The type itself is inferred: it appears only once.
    pub(super) fn call_expr(&self, output: &Output, call: TokenStream) -> TokenStream {
        let (function, ty) = match output {
            Output::Future { ty, raw: None, .. } => ("send", ty),
            Output::Future { ty, raw: Some(_), .. } => ("send_raw", ty),
            Output::Pages { ty } | Output::Poller { ty, .. } => ("lazy", ty),
        };
        let SpanRange { start, end } = SpanRange::of(&answer(ty));
        let private = self.private.to_token_stream().into_iter().map(|mut token| {
            // A wrong crate is to be one error, at the user's path: its tokens stay where they are.
            if self.private.is_default {
                token.set_span(start);
            }
            token
        });
        let mut call = Group::new(Delimiter::Parenthesis, call);
        call.set_span(end);
        let function = Ident::new(function, end);
        quote_spanned!(start=> #(#private)* ::#function #call)
    }

    pub(super) fn call(
        &self,
        signature: &Signature,
        operation_const: &TokenStream,
        arguments: &Arguments,
        headers: &[TokenStream],
    ) -> TokenStream {
        let (private, accessor, this) = (&self.private, client_accessor(), this(signature));
        let list = arguments.list.iter().map(|argument| self.argument(argument));
        let body = match &arguments.body {
            None => quote!(#private::no_body()),
            Some(body) => self.body(body),
        };
        let (call, url) = match &arguments.url {
            Some(url) => (quote!(call_url), Some(ref_expr(&url.name, &url.ty))),
            None => (quote!(call), None),
        };
        let url = url.map(|url| quote!(#url,));
        quote!(#private::#call(
            Self::#accessor(#this), const { &#operation_const }, #url &[#(#list,)* #(#headers),*], #body
        ))
    }

    fn operation_const(&self, operation: &Operation) -> TokenStream {
        let (private, method) = (&self.private, format_ident!("{}", operation.method.name()));
        let path = operation.path.iter().map(|piece| match piece {
            PathPiece::Literal(text) => quote!(#private::PathPiece::Literal(#text)),
            PathPiece::Placeholder(name) => quote!(#private::PathPiece::Placeholder(#name)),
        });
        let name = names::plain(&operation.signature.ident);
        let options = operation.options.iter().map(option_setter);
        let body = operation.arguments.body.as_ref();
        let content_type = body.and_then(|body| body.content_type.as_ref());
        let content_type = content_type.map(|text| quote!(.content_type(#text)));
        let ignores_body = matches!(operation.output, Output::Future { ignores_body: true, .. });
        let ignore_body = ignores_body.then(|| quote!(.ignore_body()));
        let ignores_result =
            matches!(operation.output, Output::Poller { ignores_result: true, .. });
        let ignore_result = ignores_result.then(|| quote!(.ignore_result()));
        quote! {
            #private::Operation::new(#private::Method::#method, &[#(#path),*])
                .named(#name)
                #(#options)* #content_type #ignore_body #ignore_result
        }
    }

    fn argument(&self, argument: &Argument) -> TokenStream {
        let (private, cfg) = (&self.private, &argument.cfg);
        let function = format_ident!("{}", argument.function);
        let value = styled(ref_expr(&argument.name, &argument.ty), argument.style, private);
        let name = argument.wire_name.as_ref().map(|name| quote!(#name,));
        quote!(#(#cfg)* #private::#function(#name #value))
    }

    fn body(&self, body: &Body) -> TokenStream {
        let (private, value) = (&self.private, ref_expr(&body.name, &body.ty));
        let encoding = match body.encoding {
            BodyEncoding::Json => "json",
            BodyEncoding::Form => "form",
            BodyEncoding::Raw => "raw",
        };
        let optional = if body.optional { "optional_" } else { "" };
        let function = format_ident!("{optional}{encoding}");
        quote!(#private::#function(#value))
    }

    /// The headers of the declaration, and the `Accept` of a response that is not JSON.
    fn constant_headers(&self, operation: &Operation) -> Vec<TokenStream> {
        let private = &self.private;
        let headers = &operation.constant_headers;
        let is_declared = headers.iter().any(|one| one.name.eq_ignore_ascii_case("accept"));
        let accept = match operation.output {
            Output::Future { raw: Some(RawAnswer::Bytes), .. } => Some("*/*"),
            Output::Future { raw: Some(RawAnswer::Text), .. } => Some("application/json, text/*"),
            _ => None,
        };
        let accept = accept.filter(|_| !is_declared).map(|accept| ("accept", accept));
        let headers = headers.iter().map(|one| (one.name.as_str(), one.value.as_str()));
        let headers = headers.chain(accept);
        headers.map(|(name, value)| quote!(#private::constant_header(#name, #value))).collect()
    }
}

/// The value in the declared format.
pub(crate) fn styled(
    value: TokenStream,
    style: ValueStyle,
    private: &impl ToTokens,
) -> TokenStream {
    let value = match style.format.map(|format| format_ident!("{format}")) {
        Some(format) => quote!(&#private::#format(#value)),
        None => value,
    };
    match style.is_comma_separated {
        true => quote!(&#private::comma_separated(#value)),
        false => value,
    }
}

/// The `T` of `Result<T>`, if it is visible.
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

/// `async fn f(..) -> R` → `fn f(..) -> impl Future<Output = R> + Send`
pub(super) fn send_future(signature: &mut Signature, output: &Type) {
    signature.asyncness = None;
    let SpanRange { start, end } = SpanRange::of(&answer(output));
    let send = quote_spanned!(end=> ::core::marker::Send);
    let future = quote_spanned!(start=> impl ::core::future::Future<Output = #output> + #send);
    signature.output = ReturnType::Type(Default::default(), Box::new(Type::Verbatim(future)));
}

/// The user's own `self`: one from elsewhere would be another variable inside `macro_rules!`.
fn this(signature: &Signature) -> TokenStream {
    match signature.receiver() {
        Some(receiver) => receiver.self_token.to_token_stream(),
        None => quote!(self),
    }
}

fn option_setter(option: &OptionSetter) -> TokenStream {
    let name = format_ident!("{}", option.name);
    match &option.value {
        OptionValue::Flag => quote!(.#name()),
        OptionValue::Text(text) => quote!(.#name(#text)),
        OptionValue::Millis(millis) => {
            let millis = proc_macro2::Literal::u64_unsuffixed(*millis);
            quote!(.#name(::core::time::Duration::from_millis(#millis)))
        }
        OptionValue::Codes(codes) => {
            let codes = codes.iter().map(|code| proc_macro2::Literal::u16_unsuffixed(*code));
            quote!(.#name(&[#(#codes),*]))
        }
    }
}

/// `&name`, standing where the type stands: that is where a bound error has to point.
fn ref_expr(name: &Ident, ty: &Type) -> TokenStream {
    let SpanRange { start, end } = SpanRange::of(ty);
    let mut name = name.clone();
    name.set_span(end.resolved_at(name.span()));
    quote_spanned!(start=> &#name)
}
