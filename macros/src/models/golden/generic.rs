/// A page.
#[acs_model(deserialize)]
pub(crate) struct Page<T>
where
    T: Item,
{
    pub(crate) value: Vec<T>,
    pub(crate) next_link: Option<String>,
}
