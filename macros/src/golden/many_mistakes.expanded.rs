#[allow(dead_code)]
pub trait Many {
    /// Documented.
    fn many(
        &self,
        call_idd: &str,
        verbose: bool,
    ) -> impl ::core::future::Future<Output = Option<u8>> + ::core::marker::Send;
}
#[allow(deprecated)]
#[automatically_derived]
impl Many for ::acs_rest::Client {
    fn many(
        &self,
        _: &str,
        _: bool,
    ) -> impl ::core::future::Future<Output = Option<u8>> + ::core::marker::Send {
        ::core::future::pending()
    }
}
::core::compile_error! {
    "the supertrait `Display` would have to be implemented for `Client`\n  = help: remove `Display`; ask for both traits where you need them"
}
::core::compile_error! {
    "unknown HTTP method `PSOT`\n  = help: did you mean `POST`?"
}
::core::compile_error! {
    "unknown option `timout`\n  = help: did you mean `timeout`?\n  = help: the options are `repeatable`, `idempotent`, `api_version`, `timeout`, `items` and `crate`"
}
::core::compile_error! {
    "operations take `&self`, found `&mut self`\n  = help: write `&self`"
}
::core::compile_error! {
    "`mut` has no meaning on a parameter here\n  = help: write `verbose`"
}
::core::compile_error! {
    "path placeholder `<callId>` has no parameter, but `call_idd` is near\n  = help: did you mean the parameter `call_idd`? rename it to `call_id`\n  = help: or keep the name: `#[path(\"callId\")] call_idd`"
}
::core::compile_error! {
    "operations can fail, so `Option<u8>` is no return type\n  = help: write `-> Result<Option<u8>>`"
}
