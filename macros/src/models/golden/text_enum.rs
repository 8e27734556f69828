/// Who records.
#[acs_model]
pub enum RecordingKind {
    /// ACS.
    AzureCommunicationServices,
    /// Teams.
    #[serde(rename = "teams", alias = "microsoftTeams")]
    Teams,
    /// Later.
    #[since("2026-03-12")]
    TeamsCompliance,
}
