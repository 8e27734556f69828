#[derive(Clone, Debug, PartialEq)]
#[derive(
    my::acs_rest::__private::serde::Serialize,
    my::acs_rest::__private::serde::Deserialize
)]
#[serde(crate = "my::acs_rest::__private::serde")]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
/// What only serde's derive knows.
pub struct RecognizeOptions<T> {
    /// What is waited for.
    #[serde(flatten)]
    pub input: T,
    /// The language.
    #[serde(skip_serializing_if = "::core::option::Option::is_none")]
    #[serde(default)]
    pub language: Option<String>,
    /// Later.
    ///
    /// Since api-version 2025-05-15.
    #[serde(skip_serializing_if = "Self::is_unset_since_2025_05_15")]
    #[serde(default)]
    pub prompts: Option<Vec<Nullable<T>>>,
    /// Removed by `null`.
    #[serde(skip_serializing_if = "::core::option::Option::is_none")]
    #[serde(default)]
    #[serde(deserialize_with = "my::acs_rest::__private::read_some")]
    pub context: Option<Nullable<String>>,
}
impl<T> RecognizeOptions<T> {
    /// Creates a value from its required fields.
    #[must_use]
    pub fn new(input: impl ::core::convert::Into<T>) -> Self {
        Self {
            input: input.into(),
            language: ::core::option::Option::None,
            prompts: ::core::option::Option::None,
            context: ::core::option::Option::None,
        }
    }
    /// The language.
    #[must_use]
    pub fn language(mut self, language: impl ::core::convert::Into<String>) -> Self {
        self.language = ::core::option::Option::Some(language.into());
        self
    }
    /// Later.
    ///
    /// Since api-version 2025-05-15.
    #[must_use]
    pub fn prompts(
        mut self,
        prompts: impl ::core::iter::IntoIterator<
            Item: ::core::convert::Into<Nullable<T>>,
        >,
    ) -> Self {
        self.prompts = ::core::option::Option::Some(
            prompts.into_iter().map(::core::convert::Into::into).collect(),
        );
        self
    }
    /// Removed by `null`.
    #[must_use]
    pub fn context(mut self, context: impl ::core::convert::Into<String>) -> Self {
        self.context = ::core::option::Option::Some(
            my::acs_rest::Nullable::Value(context.into()),
        );
        self
    }
    /// Sends `context` as `null`, which removes the value.
    #[must_use]
    pub fn remove_context(mut self) -> Self {
        self.context = ::core::option::Option::Some(my::acs_rest::Nullable::Null);
        self
    }
}
impl<T> RecognizeOptions<T> {
    fn is_unset_since_2025_05_15<__T>(field: &::core::option::Option<__T>) -> bool {
        my::acs_rest::__private::is_unset_since("2025-05-15", field)
    }
}
