#[acs_operation(PSOT, "/calling/<callId>", timout = "3s")]
pub trait Many: Display {
    /// Documented.
    async fn many(&mut self, call_idd: &str, mut verbose: bool) -> Option<u8>;
}
