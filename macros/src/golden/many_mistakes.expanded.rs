#[allow(dead_code)]
pub trait Many {
    /// Documented.
    #[allow(unused_variables)]
    fn many(
        &self,
        call_idd: &str,
        verbose: bool,
    ) -> impl ::core::future::Future<Output = Option<u8>> + ::core::marker::Send {
        let _ = ::acs_rest::__private::call(
            Self::__client(self),
            const {
                &::acs_rest::__private::Operation::new(
                    ::acs_rest::__private::Method::GET,
                    &[],
                )
            },
            &[],
            ::acs_rest::__private::no_body(),
        );
        ::core::future::pending()
    }
    #[doc(hidden)]
    fn __client(&self) -> ::acs_rest::__private::ClientOrDouble {
        ::core::result::Result::Err(::core::any::type_name::<Self>())
    }
}
#[automatically_derived]
#[diagnostic::do_not_recommend]
impl<__Client: ::acs_rest::__private::ClientHandle> Many for __Client {
    fn __client(&self) -> ::acs_rest::__private::ClientOrDouble {
        ::core::result::Result::Ok(::acs_rest::__private::ClientHandle::client(self))
    }
}
const _: () = ::core::compile_error! {
    "the supertrait `Display` would have to be implemented for `Client`\n  = help: remove `Display`; ask for both traits where you need them"
};
const _: () = ::core::compile_error! {
    "unknown HTTP method `PSOT`\n  = help: did you mean `POST`?"
};
const _: () = ::core::compile_error! {
    "unknown option `timout`\n  = help: did you mean `timeout`?\n  = help: the options are `repeatable`, `idempotent`, `api_version`, `timeout`, `items`, `success_codes`, `crate` and `header`"
};
const _: () = ::core::compile_error! {
    "operations take `&self`, found `&mut self`\n  = help: write `&self`"
};
const _: () = ::core::compile_error! {
    "`mut` has no meaning on a parameter of an operation\n  = help: write `verbose`"
};
const _: () = ::core::compile_error! {
    "path placeholder `<callId>` has no parameter, but `call_idd` is similar\n  = help: did you mean the parameter `call_idd`? rename it to `call_id`\n  = help: or keep the name: `#[path(\"callId\")] call_idd`"
};
const _: () = ::core::compile_error! {
    "an operation must return `Result<Option<u8>>`, not `Option<u8>`\n  = help: write `-> Result<Option<u8>>`"
};
