/// A patch.
#[acs_model(serialize)]
#[derive(Eq)]
pub struct UpdateRoomRequest {
    /// The topic.
    pub topic: Option<Nullable<String>>,
    /// The roles.
    pub participants: Option<BTreeMap<String, Nullable<Role>>>,
}
