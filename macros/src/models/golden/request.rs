/// A request.
#[acs_model]
pub struct AddParticipantRequest {
    /// The participant to add.
    pub participant_to_add: CommunicationIdentifier,
    /// Headers.
    pub headers: BTreeMap<String, String>,
    pub r#loop: bool,
    /// An opaque value.
    pub operation_context: Option<String>,
    /// The tones.
    #[deprecated]
    pub tones: Option<Vec<Tone>>,
    /// The caller.
    #[since("2025-06-15")]
    #[cfg(feature = "teams")]
    #[serde(rename = "teamsApp", alias = "app")]
    pub teams_app_source: Option<MicrosoftTeamsAppIdentifier>,
    /// How often.
    #[serde(default)]
    pub repeats: u32,
}
