//! Placeholder ↔ parameter.

mod mistakes;

use syn::Ident;

use super::attrs::{Kind, ParsedParam};
use super::path::{Path, Placeholder};
use super::{names, types};
use crate::diagnostics::{Diagnostic, Diagnostics, ErrorGuaranteed};
use crate::template;

/// Which parameters the path has taken.
pub(super) struct PlaceholderMatches {
    /// Parameters in the order of the placeholders.
    pub(super) order: Vec<usize>,
    /// Parameters that need no further word: they fill a placeholder, or a mistake was reported.
    pub(super) taken: Vec<usize>,
    pub(super) sound: Result<(), ErrorGuaranteed>,
}

/// Exact matches first; only what is then left over is a mistake, and may be a near miss.
pub(super) fn match_placeholders(
    path: &Path,
    params: &[ParsedParam<'_>],
    function: &Ident,
    diagnostics: &Diagnostics,
) -> PlaceholderMatches {
    let matches = PlaceholderMatches { order: Vec::new(), taken: Vec::new(), sound: Ok(()) };
    let mut matcher = PlaceholderMatcher { path, params, function, diagnostics, matches };
    let open: Vec<_> = path.placeholders.iter().filter(|one| !matcher.matched(one)).collect();
    for placeholder in open {
        matcher.unmatched(placeholder);
    }
    matcher.left_over();
    matcher.matches
}

struct PlaceholderMatcher<'a> {
    path: &'a Path,
    params: &'a [ParsedParam<'a>],
    function: &'a Ident,
    diagnostics: &'a Diagnostics,
    matches: PlaceholderMatches,
}

impl<'a> PlaceholderMatcher<'a> {
    fn report(&mut self, mistake: Diagnostic) {
        self.matches.sound = Err(self.diagnostics.report(mistake));
    }

    /// The first parameter that is not taken and is as wanted.
    fn find(
        &self,
        wanted: impl Fn(&ParsedParam<'_>) -> bool,
    ) -> Option<(usize, &'a ParsedParam<'a>)> {
        let mut all = self.params.iter().enumerate();
        all.find(|(at, param)| !self.matches.taken.contains(at) && wanted(param))
    }

    fn matched(&mut self, placeholder: &Placeholder) -> bool {
        let name = &placeholder.name;
        let named =
            |param: &ParsedParam<'_>| param.plain().is_some_and(|own| names::same(&own, name));
        let found = self
            .find(|param| param.kind() == Some(Kind::Path) && renamed(param, name))
            .or_else(|| self.find(|param| may_fill(param) && named(param)));
        if let Some((at, param)) = found {
            self.matches.order.push(at);
            self.matches.taken.push(at);
            self.fits(param);
        } else if let Some((at, param)) = self.find(named) {
            self.matches.taken.push(at);
            if param.mark.is_ok() {
                self.report(mistakes::marked_otherwise(param, placeholder));
            }
        } else {
            return false;
        }
        true
    }

    fn fits(&mut self, param: &ParsedParam<'_>) {
        let ty = param.ty();
        if types::optional(ty).or_else(|| types::borrowed_option(ty)).is_some() {
            self.report(mistakes::optional_placeholder(param));
        } else if types::is_list(ty) {
            self.report(mistakes::list_placeholder(param));
        }
        if let Some(cfg) = param.cfg().first() {
            self.report(mistakes::conditional_placeholder(cfg));
        }
    }

    /// The likeliest mistake that leaves this.spanholder without a parameter.
    fn unmatched(&mut self, placeholder: &Placeholder) {
        let near = |name: &str| {
            let nearest = names::nearest(&placeholder.name, [name]);
            nearest.is_some() || names::share_a_word(&placeholder.name, name)
        };
        let renamed =
            |param: &ParsedParam<'_>| param.text().is_some_and(|text| !self.knows(&text.value()));
        let free =
            |param: &ParsedParam<'_>| param.kind() == Some(Kind::Path) || param.has_no_attr();
        if !placeholder.sound {
            let found = self.find(|param| free(param) && types::is_scalar(param.ty()));
            self.matches.taken.extend(found.map(|(at, _)| at));
        } else if let Some((at, param)) =
            self.find(|param| param.kind() == Some(Kind::Path) && renamed(param))
        {
            self.matches.taken.push(at);
            self.report(mistakes::unknown_placeholder(param, self.path));
        } else if let Some((at, param)) =
            self.find(|param| free(param) && param.plain().is_some_and(|own| near(&own)))
        {
            self.matches.taken.push(at);
            self.report(mistakes::near_miss(param, placeholder));
        } else if let Some((at, param)) = self.find(|param| param.kind() == Some(Kind::Path)) {
            self.matches.taken.push(at);
            self.report(mistakes::mark_without_placeholder(param, self.path, Some(placeholder)));
        } else if let Some((at, _)) =
            self.find(|param| param.name.is_err() || param.may_mean_path())
        {
            self.matches.taken.push(at);
        } else if !self.in_a_pattern(placeholder) {
            self.report(mistakes::missing_parameter(placeholder, self.path, self.function));
        }
    }

    /// Whether `(a, b): (&str, &str)`, which is reported, holds the parameter.
    fn in_a_pattern(&self, placeholder: &Placeholder) -> bool {
        let own = names::snake(&placeholder.name);
        let mut unnamed = self.params.iter().filter(|param| param.name.is_err());
        unnamed.any(|param| types::has_word(&param.parameter.typed.pat, &own))
    }

    fn knows(&self, name: &str) -> bool {
        self.path.placeholders.iter().any(|placeholder| names::same(&placeholder.name, name))
    }

    fn left_over(&mut self) {
        while let Some((at, param)) = self.find(|param| param.kind() == Some(Kind::Path)) {
            self.matches.taken.push(at);
            let mistake = match param.text() {
                Some(text) if self.knows(&text.value()) => mistakes::filled_twice(param),
                Some(_) => mistakes::unknown_placeholder(param, self.path),
                None => mistakes::mark_without_placeholder(param, self.path, None),
            };
            self.report(mistake);
        }
        let keys = &self.path.query_keys;
        let text = &self.path.template.text;
        let broken = self.path.sound.is_err();
        let in_text = |param: &ParsedParam<'_>| {
            let own = param.plain().unwrap_or_default();
            broken && param.has_no_attr() && names::contains(text, &own)
        };
        while let Some((at, _)) = self.find(in_text) {
            self.matches.taken.push(at);
        }
        let in_query = |param: &ParsedParam<'_>| {
            let own = param.plain().unwrap_or_default();
            param.has_no_attr() && keys.iter().any(|key| names::same(key, &own))
        };
        while let Some((at, _)) = self.find(in_query) {
            self.matches.taken.push(at);
        }
        for piece in self.path.template.pieces() {
            self.colon(piece);
        }
    }

    /// `/:id`, as Express and axum once wrote it; `/:verb` by itself is a fine path.
    fn colon(&mut self, piece: &template::Piece) {
        let Some(name) = piece.text.strip_prefix(':') else {
            return;
        };
        let named =
            |param: &ParsedParam<'_>| param.plain().is_some_and(|own| names::same(&own, name));
        if let Some((at, _)) = self.find(|param| param.has_no_attr() && named(param)) {
            self.matches.taken.push(at);
            let message = format!("placeholders are written `<{name}>`, not `:{name}`");
            let mistake = self.path.mistake("path/colon_placeholder", &message, &piece.range);
            self.report(mistake.help(format!("write `<{name}>`")));
        }
    }
}

fn may_fill(param: &ParsedParam<'_>) -> bool {
    param.has_no_attr() || (param.kind() == Some(Kind::Path) && param.text().is_none())
}

fn renamed(param: &ParsedParam<'_>, name: &str) -> bool {
    param.text().is_some_and(|text| text.value() == name)
}
