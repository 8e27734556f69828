//! C. Placeholder ↔ parameter.

mod mistakes;

use syn::Ident;

use super::marks::{Draft, Kind};
use super::path::{Path, Placeholder};
use super::{names, types};
use crate::errors::{Errors, Known, Mistake};
use crate::template;

/// Which parameters the path has taken.
pub(super) struct Filled {
    /// Parameters in the order of the placeholders.
    pub(super) order: Vec<usize>,
    /// Parameters that need no further word: they fill a placeholder, or a mistake was reported.
    pub(super) taken: Vec<usize>,
    pub(super) sound: Known<()>,
}

/// Exact matches first; only what is then left over is a mistake, and may be a near miss.
pub(super) fn fill(path: &Path, drafts: &[Draft<'_>], function: &Ident, errors: &Errors) -> Filled {
    let filled = Filled { order: Vec::new(), taken: Vec::new(), sound: Ok(()) };
    let mut filler = Filler { path, drafts, function, errors, filled };
    let open: Vec<_> = path.placeholders.iter().filter(|one| !filler.matched(one)).collect();
    for placeholder in open {
        filler.unmatched(placeholder);
    }
    filler.left_over();
    filler.filled
}

struct Filler<'a> {
    path: &'a Path,
    drafts: &'a [Draft<'a>],
    function: &'a Ident,
    errors: &'a Errors,
    filled: Filled,
}

impl<'a> Filler<'a> {
    fn report(&mut self, mistake: Mistake) {
        self.filled.sound = Err(self.errors.report(mistake));
    }

    /// The first parameter that is not taken and is as wanted.
    fn find(&self, wanted: impl Fn(&Draft<'_>) -> bool) -> Option<(usize, &'a Draft<'a>)> {
        let mut all = self.drafts.iter().enumerate();
        all.find(|(at, draft)| !self.filled.taken.contains(at) && wanted(draft))
    }

    fn matched(&mut self, placeholder: &Placeholder) -> bool {
        let name = &placeholder.name;
        let named = |draft: &Draft<'_>| draft.plain().is_some_and(|own| names::same(&own, name));
        let found = self
            .find(|draft| draft.kind() == Some(Kind::Path) && renamed(draft, name))
            .or_else(|| self.find(|draft| may_fill(draft) && named(draft)));
        if let Some((at, draft)) = found {
            self.filled.order.push(at);
            self.filled.taken.push(at);
            self.fits(draft);
        } else if let Some((at, draft)) = self.find(named) {
            self.filled.taken.push(at);
            if draft.mark.is_ok() {
                self.report(mistakes::marked_otherwise(draft, placeholder));
            }
        } else {
            return false;
        }
        true
    }

    fn fits(&mut self, draft: &Draft<'_>) {
        let ty = draft.ty();
        if types::optional(ty).or_else(|| types::borrowed_option(ty)).is_some() {
            self.report(mistakes::optional_placeholder(draft));
        } else if types::is_list(ty) {
            self.report(mistakes::list_placeholder(draft));
        }
        if let Some(cfg) = draft.cfg().first() {
            self.report(mistakes::conditional_placeholder(cfg));
        }
    }

    /// The likeliest mistake that leaves this placeholder without a parameter.
    fn unmatched(&mut self, placeholder: &Placeholder) {
        let near = |name: &str| {
            let nearest = names::nearest(&placeholder.name, [name]);
            nearest.is_some() || names::share_a_word(&placeholder.name, name)
        };
        let renamed =
            |draft: &Draft<'_>| draft.text().is_some_and(|text| !self.knows(&text.value()));
        let free = |draft: &Draft<'_>| draft.kind() == Some(Kind::Path) || draft.is_unmarked();
        if !placeholder.sound {
            let found = self.find(|draft| free(draft) && types::is_scalar(draft.ty()));
            self.filled.taken.extend(found.map(|(at, _)| at));
        } else if let Some((at, draft)) =
            self.find(|draft| draft.kind() == Some(Kind::Path) && renamed(draft))
        {
            self.filled.taken.push(at);
            self.report(mistakes::unknown_placeholder(draft, self.path));
        } else if let Some((at, draft)) =
            self.find(|draft| free(draft) && draft.plain().is_some_and(|own| near(&own)))
        {
            self.filled.taken.push(at);
            self.report(mistakes::near_miss(draft, placeholder));
        } else if let Some((at, draft)) = self.find(|draft| draft.kind() == Some(Kind::Path)) {
            self.filled.taken.push(at);
            self.report(mistakes::mark_without_placeholder(draft, self.path, Some(placeholder)));
        } else if let Some((at, _)) =
            self.find(|draft| draft.name.is_err() || draft.may_mean_path())
        {
            self.filled.taken.push(at);
        } else if !self.in_a_pattern(placeholder) {
            self.report(mistakes::missing_parameter(placeholder, self.path, self.function));
        }
    }

    /// Whether `(a, b): (&str, &str)`, which is reported, holds the parameter.
    fn in_a_pattern(&self, placeholder: &Placeholder) -> bool {
        let own = names::snake(&placeholder.name);
        let mut unnamed = self.drafts.iter().filter(|draft| draft.name.is_err());
        unnamed.any(|draft| types::has_word(&draft.parameter.typed.pat, &own))
    }

    fn knows(&self, name: &str) -> bool {
        self.path.placeholders.iter().any(|placeholder| names::same(&placeholder.name, name))
    }

    fn left_over(&mut self) {
        while let Some((at, draft)) = self.find(|draft| draft.kind() == Some(Kind::Path)) {
            self.filled.taken.push(at);
            let mistake = match draft.text() {
                Some(text) if self.knows(&text.value()) => mistakes::filled_twice(draft),
                Some(_) => mistakes::unknown_placeholder(draft, self.path),
                None => mistakes::mark_without_placeholder(draft, self.path, None),
            };
            self.report(mistake);
        }
        let keys = &self.path.query_keys;
        let text = &self.path.template.text;
        let broken = self.path.sound.is_err();
        let in_text = |draft: &Draft<'_>| {
            let own = draft.plain().unwrap_or_default();
            broken && draft.is_unmarked() && names::contains(text, &own)
        };
        while let Some((at, _)) = self.find(in_text) {
            self.filled.taken.push(at);
        }
        let in_query = |draft: &Draft<'_>| {
            let own = draft.plain().unwrap_or_default();
            draft.is_unmarked() && keys.iter().any(|key| names::same(key, &own))
        };
        while let Some((at, _)) = self.find(in_query) {
            self.filled.taken.push(at);
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
        let named = |draft: &Draft<'_>| draft.plain().is_some_and(|own| names::same(&own, name));
        if let Some((at, _)) = self.find(|draft| draft.is_unmarked() && named(draft)) {
            self.filled.taken.push(at);
            let says = format!("placeholders are written `<{name}>`, not `:{name}`");
            let mistake = self.path.mistake("path/colon_placeholder", &says, &piece.range);
            self.report(mistake.help(format!("write `<{name}>`")));
        }
    }
}

fn may_fill(draft: &Draft<'_>) -> bool {
    draft.is_unmarked() || (draft.kind() == Some(Kind::Path) && draft.text().is_none())
}

fn renamed(draft: &Draft<'_>, name: &str) -> bool {
    draft.text().is_some_and(|text| text.value() == name)
}
