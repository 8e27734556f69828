//! The kinds of parameters: `#[path]`, `#[query]`, `#[header]`, `#[body]` and `#[url]`.

use syn::Attribute;

use crate::names;

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ParamKind {
    Path,
    Query,
    Header,
    Body,
    /// The whole URL, in place of the path.
    Url,
}

/// The names of a kind in declarations and in messages.
struct Row {
    /// The attribute, and the function of `__private` that takes the value.
    name: &'static str,
    /// In "cannot be …".
    what: &'static str,
    /// The meaning of the text in parentheses.
    text: &'static str,
    /// The names of the attribute in other libraries.
    synonyms: &'static [&'static str],
}

impl ParamKind {
    pub(crate) const ALL: [Self; 5] =
        [Self::Path, Self::Query, Self::Header, Self::Body, Self::Url];

    fn row(self) -> Row {
        match self {
            Self::Path => Row {
                name: "path",
                what: "a path parameter",
                text: "placeholder name",
                synonyms: &[
                    "path_param",
                    "path_variable",
                    "segment",
                    "uri_param",
                    "base_url",
                    "endpoint",
                ],
            },
            Self::Query => Row {
                name: "query",
                what: "a query parameter",
                text: "query key",
                synonyms: &[
                    "param",
                    "params",
                    "query_param",
                    "query_params",
                    "query_map",
                    "alias_as",
                    "request_param",
                    "query_string",
                    "search_param",
                    "from_query",
                    "serde",
                    "arg",
                ],
            },
            Self::Header => Row {
                name: "header",
                what: "a header",
                text: "header name",
                synonyms: &[
                    "headers",
                    "request_header",
                    "header_param",
                    "from_header",
                    "cookie",
                    "auth",
                    "bearer",
                    "bearer_auth",
                    "basic_auth",
                ],
            },
            Self::Url => Row {
                name: "url",
                what: "the URL",
                text: "URL",
                synonyms: &["uri", "href", "link"],
            },
            Self::Body => Row {
                name: "body",
                what: "the body",
                text: "content type",
                synonyms: &[
                    "json",
                    "request_body",
                    "payload",
                    "data",
                    "form",
                    "field",
                    "part",
                    "multipart",
                    "from_body",
                    "body_param",
                ],
            },
        }
    }

    pub(crate) fn name(self) -> &'static str {
        self.row().name
    }

    pub(super) fn what(self) -> &'static str {
        self.row().what
    }

    pub(super) fn text(self) -> &'static str {
        self.row().text
    }

    /// The kind that the attribute is.
    pub(super) fn of(attribute: &Attribute) -> Option<Self> {
        let name = attribute.path().get_ident()?;
        Self::ALL.into_iter().find(|kind| name == kind.name())
    }

    /// The kind that an attribute of another name probably means.
    pub(super) fn meant(attribute: &Attribute) -> Option<Self> {
        let name = attribute.path().segments.last()?.ident.to_string();
        let synonym =
            |kind: &Self| kind.row().synonyms.iter().any(|known| names::same(known, &name));
        let nearest = || {
            let meant = names::nearest(&name, Self::ALL.map(Self::name))?;
            Self::ALL.into_iter().find(|kind| kind.name() == meant)
        };
        Self::ALL.into_iter().find(synonym).or_else(nearest)
    }

    /// The name on the wire of a parameter without a text in its attribute.
    pub(super) fn wire_name(self, parameter: &str) -> String {
        match self {
            Self::Header => names::header(parameter),
            Self::Path | Self::Query => names::camel(parameter),
            Self::Body => "application/json".to_owned(),
            Self::Url => String::new(),
        }
    }
}
