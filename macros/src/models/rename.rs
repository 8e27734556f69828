//! serde's `rename_all` rules, which convert a name in Rust into the name on the wire.

use crate::names::capitalized;

/// The case of names on the wire.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum RenameRule {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

impl RenameRule {
    const ALL: [(&str, Self); 8] = [
        ("lowercase", Self::Lower),
        ("UPPERCASE", Self::Upper),
        ("PascalCase", Self::Pascal),
        ("camelCase", Self::Camel),
        ("snake_case", Self::Snake),
        ("SCREAMING_SNAKE_CASE", Self::ScreamingSnake),
        ("kebab-case", Self::Kebab),
        ("SCREAMING-KEBAB-CASE", Self::ScreamingKebab),
    ];

    /// The rule with that name in serde.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, rule)| rule)
    }

    /// The name of a field, which is in `snake_case`.
    pub(super) fn field(self, name: &str) -> String {
        match self {
            Self::Lower | Self::Snake => name.to_owned(),
            Self::Upper | Self::ScreamingSnake => name.to_ascii_uppercase(),
            Self::Pascal => name.split('_').map(capitalized).collect(),
            Self::Camel => uncapitalized(&Self::Pascal.field(name)),
            Self::Kebab => name.replace('_', "-"),
            Self::ScreamingKebab => name.to_ascii_uppercase().replace('_', "-"),
        }
    }

    /// The name of a variant, which is in `PascalCase`.
    pub(super) fn variant(self, name: &str) -> String {
        match self {
            Self::Lower => name.to_ascii_lowercase(),
            Self::Upper => name.to_ascii_uppercase(),
            Self::Pascal => name.to_owned(),
            Self::Camel => uncapitalized(name),
            rule => rule.field(&snake(name)),
        }
    }
}

/// `VoipJoin` → `voip_join`: serde breaks before each capital.
pub(super) fn snake(name: &str) -> String {
    let mut snake = String::new();
    for (index, c) in name.char_indices() {
        if index > 0 && c.is_uppercase() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

fn uncapitalized(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_as_serde_spells_them() {
        for (rule, field, variant) in [
            ("lowercase", "max_page_size", "voipjoin"),
            ("UPPERCASE", "MAX_PAGE_SIZE", "VOIPJOIN"),
            ("PascalCase", "MaxPageSize", "VoipJoin"),
            ("camelCase", "maxPageSize", "voipJoin"),
            ("snake_case", "max_page_size", "voip_join"),
            ("SCREAMING_SNAKE_CASE", "MAX_PAGE_SIZE", "VOIP_JOIN"),
            ("kebab-case", "max-page-size", "voip-join"),
            ("SCREAMING-KEBAB-CASE", "MAX-PAGE-SIZE", "VOIP-JOIN"),
        ] {
            let rule = RenameRule::named(rule).expect("serde has it");
            assert_eq!(rule.field("max_page_size"), field);
            assert_eq!(rule.variant("VoipJoin"), variant);
        }
        assert_eq!(RenameRule::named("Camel"), None);
    }
}
