//! What is wrong with a declaration: mistakes, and a collector of them that cannot be forgotten.

use std::cell::RefCell;
use std::fmt::Display;
use std::ops::Range;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};

/// One mistake: the rule it breaks, where, and what the reader is told.
#[derive(Debug)]
pub(crate) struct Diagnostic {
    span: SpanRange,
    text: String,
}

impl Diagnostic {
    /// `rule` is `theme/name`: the rule's function is called `name`, and `tests/ui/theme/name.rs`
    /// shows it (a test in `check.rs` holds us to it).
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

    /// Draws `text` with carets under `ranges` (bytes of `text`): no span can point into a literal.
    pub(crate) fn drawn(mut self, text: &str, ranges: &[Range<usize>]) -> Self {
        let (mut line, mut carets) = (String::new(), String::new());
        for (at, c) in text.char_indices() {
            let shown = if c.is_control() { c.escape_debug().to_string() } else { c.to_string() };
            let marked = ranges.iter().any(|range| range.contains(&at));
            carets.extend(shown.chars().map(|_| if marked { '^' } else { ' ' }));
            line += &shown;
        }
        self.text += &format!("\n    {line}\n    {}", carets.trim_end());
        self
    }

    /// `::core::compile_error!`, spanning the whole place.
    pub(crate) fn to_compile_error(&self) -> TokenStream {
        let (start, end, text) = (self.span.start, self.span.end, &self.text);
        let argument = quote_spanned!(end=> { #text });
        quote_spanned!(start=> ::core::compile_error! #argument)
    }

    #[cfg(test)]
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

/// The source text that a mistake points at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SpanRange {
    start: Span,
    end: Span,
}

impl SpanRange {
    pub(crate) fn of(tokens: &impl ToTokens) -> Self {
        let mut spans = tokens.to_token_stream().into_iter().map(|token| token.span());
        let start = spans.next().unwrap_or_else(Span::call_site);
        Self { start, end: spans.last().unwrap_or(start) }
    }

    /// From here to the end of `tokens`.
    pub(crate) fn to(self, tokens: &impl ToTokens) -> Self {
        Self { start: self.start, end: Self::of(tokens).end }
    }

    /// The empty place behind `span`, where something is missing.
    pub(crate) fn after(span: Span) -> Self {
        if proc_macro::is_available() { span.unwrap().end().into() } else { span.into() }
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

impl From<proc_macro::Span> for SpanRange {
    fn from(span: proc_macro::Span) -> Self {
        Span::from(span).into()
    }
}

/// Proof that a diagnostic was reported: code that lacks a value because of it reports nothing more.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ErrorGuaranteed(());

/// Collects every mistake of a declaration. In tests, dropping it unread panics.
#[derive(Debug)]
pub(crate) struct Diagnostics {
    mistakes: RefCell<Option<Vec<Diagnostic>>>,
}

impl Diagnostics {
    pub(crate) fn new() -> Self {
        Self { mistakes: RefCell::new(Some(Vec::new())) }
    }

    pub(crate) fn report(&self, mistake: Diagnostic) -> ErrorGuaranteed {
        self.mistakes.borrow_mut().get_or_insert_default().push(mistake);
        ErrorGuaranteed(())
    }

    /// The value, if nothing was reported. `value` cannot be missing without a report.
    pub(crate) fn finish<T>(self, value: Result<T, ErrorGuaranteed>) -> Result<T, Vec<Diagnostic>> {
        let mistakes = self.mistakes.borrow_mut().take().unwrap_or_default();
        match value {
            Ok(value) if mistakes.is_empty() => Ok(value),
            _ => Err(mistakes),
        }
    }
}

impl Drop for Diagnostics {
    fn drop(&mut self) {
        if cfg!(test) && self.mistakes.get_mut().is_some() && !std::thread::panicking() {
            panic!("mistakes were collected and never read");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "never read")]
    fn dropping_the_collector_unread_panics() {
        drop(Diagnostics::new());
    }

    #[test]
    fn every_mistake_is_read() {
        let diagnostics = Diagnostics::new();
        diagnostics.report(Diagnostic::new("test/one", Span::call_site(), "one"));
        diagnostics.report(Diagnostic::new("test/two", Span::call_site(), "two"));
        let mistakes = diagnostics.finish(Ok(())).expect_err("two were reported");
        assert_eq!(mistakes.iter().map(Diagnostic::text).collect::<Vec<_>>(), ["one", "two"]);
    }

    #[test]
    fn carets_stand_under_their_range() {
        let mistake = Diagnostic::new("test/one", Span::call_site(), "bad")
            .drawn("/é\t<x>", std::slice::from_ref(&(4..7)));
        assert_eq!(mistake.text(), "bad\n    /é\\t<x>\n        ^^^");
    }
}
