//! The errors of a declaration, and the collector that all checks report to.

use std::cell::RefCell;
use std::fmt::Display;
use std::ops::Range;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

/// One compile error: where it points and what it says.
#[derive(Debug)]
pub(crate) struct Diagnostic {
    span: SpanRange,
    text: String,
}

impl Diagnostic {
    /// `rule` is `theme/name`: `tests/ui/theme/name.rs` shows the mistake, and a test compares the
    /// rules in the sources with the files there.
    pub(crate) fn new(
        rule: &'static str,
        span: impl Into<SpanRange>,
        message: impl Display,
    ) -> Self {
        debug_assert!(rule.contains('/'), "a rule is named `theme/name`");
        Self { span: span.into(), text: message.to_string() }
    }

    /// Adds the fix, ready to paste.
    pub(crate) fn help(mut self, fix: impl Display) -> Self {
        self.text += &format!("\n  = help: {fix}");
        self
    }

    /// Shows `text` with carets under `ranges` (bytes of `text`): no span can point into a literal.
    pub(crate) fn underline(mut self, text: &str, ranges: &[Range<usize>]) -> Self {
        let (mut line, mut carets) = (String::new(), String::new());
        for (at, c) in text.char_indices() {
            let shown = if c.is_control() { c.escape_debug().to_string() } else { c.to_string() };
            let caret = if ranges.iter().any(|range| range.contains(&at)) { '^' } else { ' ' };
            carets.extend(shown.chars().map(|_| caret));
            line += &shown;
        }
        self.text += &format!("\n    {line}\n    {}", carets.trim_end());
        self
    }

    /// The error beside items. It is inside a constant: a `compile_error!` in the module itself
    /// would keep rustc from reporting unknown names in the module.
    pub(crate) fn to_item(&self) -> TokenStream {
        let error = self.to_compile_error();
        quote!(const _: () = #error;)
    }

    /// `::core::compile_error!`, spanning the whole range.
    pub(crate) fn to_compile_error(&self) -> TokenStream {
        let (start, end, text) = (self.span.start, self.span.end, &self.text);
        let argument = quote_spanned!(end=> { #text });
        quote_spanned!(start=> ::core::compile_error! #argument)
    }
}

/// The source text that a diagnostic points at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SpanRange {
    pub(crate) start: Span,
    pub(crate) end: Span,
}

impl SpanRange {
    /// From the first token to the last.
    pub(crate) fn of(tokens: &impl ToTokens) -> Self {
        let mut spans = tokens.to_token_stream().into_iter().map(|token| token.span());
        let start = spans.next().unwrap_or_else(Span::call_site);
        Self { start, end: spans.last().unwrap_or(start) }
    }

    /// Whether both start at one place of the source: in a repetition of `macro_rules!`.
    pub(crate) fn starts_with(self, other: Self) -> bool {
        let place = |span: Span| {
            let span = span.unwrap();
            (span.file(), span.line(), span.column())
        };
        proc_macro::is_available() && place(self.start) == place(other.start)
    }

    /// From here to the end of `tokens`.
    pub(crate) fn to(self, tokens: &impl ToTokens) -> Self {
        Self { start: self.start, end: Self::of(tokens).end }
    }

    /// The empty range behind `span`, where something is missing.
    pub(crate) fn after(span: Span) -> Self {
        if proc_macro::is_available() {
            Span::from(span.unwrap().end()).into()
        } else {
            span.into()
        }
    }
}

impl<T: ToTokens> From<&T> for SpanRange {
    fn from(tokens: &T) -> Self {
        Self::of(tokens)
    }
}

impl From<Span> for SpanRange {
    fn from(span: Span) -> Self {
        Self { start: span, end: span }
    }
}

/// Proof that an error was reported: code that lacks a value because of it need not report another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ErrorGuaranteed(());

/// Collects every error of a declaration. In tests, dropping it unread panics.
#[derive(Debug)]
pub(crate) struct Diagnostics {
    reported: RefCell<Option<Vec<Diagnostic>>>,
}

impl Diagnostics {
    pub(crate) fn new() -> Self {
        Self { reported: RefCell::new(Some(Vec::new())) }
    }

    pub(crate) fn report(&self, diagnostic: Diagnostic) -> ErrorGuaranteed {
        self.reported.borrow_mut().get_or_insert_default().push(diagnostic);
        ErrorGuaranteed(())
    }

    pub(crate) fn report_all(&self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        for diagnostic in diagnostics {
            self.report(diagnostic);
        }
    }

    /// Watches what is reported from now on, to know whether a part of the declaration is valid.
    pub(crate) fn scope(&self) -> Scope<'_> {
        Scope { diagnostics: self, reported_before: self.count() }
    }

    /// Everything that was reported.
    pub(crate) fn finish(self) -> Vec<Diagnostic> {
        self.reported.borrow_mut().take().unwrap_or_default()
    }

    fn count(&self) -> usize {
        self.reported.borrow().as_ref().map_or(0, Vec::len)
    }
}

/// The part of a check that is valid if nothing was reported meanwhile.
pub(crate) struct Scope<'a> {
    diagnostics: &'a Diagnostics,
    reported_before: usize,
}

impl Scope<'_> {
    pub(crate) fn is_clean(&self) -> bool {
        self.diagnostics.count() == self.reported_before
    }
}

impl Drop for Diagnostics {
    fn drop(&mut self) {
        if cfg!(test) && self.reported.get_mut().is_some() && !std::thread::panicking() {
            panic!("diagnostics were collected and never read");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagnostic(message: &str) -> Diagnostic {
        Diagnostic::new("test/rule", Span::call_site(), message)
    }

    #[test]
    #[should_panic(expected = "never read")]
    fn dropping_the_collector_unread_panics() {
        drop(Diagnostics::new());
    }

    #[test]
    fn a_scope_sees_what_is_reported_in_it() {
        let diagnostics = Diagnostics::new();
        diagnostics.report(diagnostic("one"));
        let scope = diagnostics.scope();
        assert!(scope.is_clean());
        diagnostics.report(diagnostic("two"));
        assert!(!scope.is_clean());
        let texts = diagnostics.finish().into_iter().map(|one| one.text);
        assert_eq!(texts.collect::<Vec<_>>(), ["one", "two"]);
    }

    #[test]
    fn carets_stand_under_their_range() {
        let shown = diagnostic("bad").underline("/é\t<x>", std::slice::from_ref(&(4..7)));
        assert_eq!(shown.text, "bad\n    /é\\t<x>\n        ^^^");
    }
}
