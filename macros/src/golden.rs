//! Compares the expansion of `golden/NAME.rs` with `golden/NAME.expanded.rs`, and checks properties
//! of arbitrary input. `REFRESH_GOLDEN=1 cargo test -p acs-rest-macros` rewrites the expansions;
//! read the difference.

use std::path::{Path, PathBuf};
use std::{env, fs};

use proc_macro2::TokenStream;
use proptest::prelude::*;
use quote::{ToTokens, quote};
use syn::{Item, Meta};

use crate::declare;
use crate::syntax::Form;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/golden")
}

#[test]
fn every_shape_expands_as_recorded() {
    let files = fs::read_dir(folder()).expect("the folder is there");
    let mut paths: Vec<_> = files.map(|file| file.expect("readable").path()).collect();
    paths.retain(|path| !path.to_string_lossy().ends_with(".expanded.rs"));
    assert!(paths.len() >= 8, "the goldens were found");
    let refresh = env::var_os("REFRESH_GOLDEN").is_some();
    for path in paths {
        let expansion = expansion(&fs::read_to_string(&path).expect("readable"));
        let recorded = path.with_extension("expanded.rs");
        if refresh {
            fs::write(&recorded, &expansion).expect("writable");
        }
        let known = fs::read_to_string(&recorded).unwrap_or_default();
        assert_eq!(expansion, known, "{} is out of date", recorded.display());
    }
}

/// The expansion of a file that holds one attribute of ours on one item.
fn expansion(source: &str) -> String {
    let file = syn::parse_file(source).expect("the declaration parses");
    let [Item::Trait(item)] = &file.items[..] else { panic!("one trait a file") };
    let mut item = item.clone();
    let ours = |attribute: &syn::Attribute| {
        ["acs_operation", "acs_operations"].iter().any(|name| attribute.path().is_ident(name))
    };
    let at = item.attrs.iter().position(ours).expect("the attribute is there");
    let attribute = item.attrs.remove(at);
    let form = if attribute.path().is_ident("acs_operation") { Form::Single } else { Form::Group };
    let arguments = match attribute.meta {
        Meta::List(list) => list.tokens,
        _ => TokenStream::new(),
    };
    pretty(declare(form, arguments, &item.into_token_stream()))
}

fn pretty(tokens: TokenStream) -> String {
    let text = tokens.to_string();
    prettyplease::unparse(&syn::parse2(tokens).unwrap_or_else(|error| panic!("{error}: {text}")))
}

/// Input that rustc would not pass to a macro need not expand to valid code.
fn is_valid_expansion(item: &TokenStream, expansion: &TokenStream) -> bool {
    let is_file = |tokens: &TokenStream| syn::parse2::<syn::File>(tokens.clone()).is_ok();
    let parsed = is_file(expansion) || !is_file(item);
    let text = expansion.to_string();
    parsed && (text.contains("__private :: call") || text.contains("compile_error"))
}

/// Tokens that a declaration might be made of, in any order.
fn tokens() -> impl Strategy<Value = TokenStream> {
    let words = prop::sample::select(vec![
        "POST",
        "GET",
        "get",
        "PSOT",
        "\"/a/<id>\"",
        "\"POST\"",
        "\"POST /x\"",
        "b\"/x\"",
        "3",
        "'c'",
        ",",
        ",",
        "=",
        "repeatable",
        "idempotent",
        "timeout",
        "timout",
        "\"30s\"",
        "api_version",
        "items",
        "crate",
        "::",
        "path",
        "method",
        "(",
        ")",
        "!",
        "-",
        "concat",
        "<",
        ">",
        "#",
        "&",
        "r#type",
    ]);
    prop::collection::vec(words, 0..10)
        .prop_filter_map("balanced", |words| words.join(" ").parse::<TokenStream>().ok())
}

fn signature() -> impl Strategy<Value = String> {
    let parameters = prop::sample::select(vec![
        "&self",
        "id: &str",
        "#[query] top: u32",
        "#[header(\"A\")] a: &str",
        "#[body] b: &B",
        "#[path(\"id\")] x: u64",
        "b: &B",
        "mut id: &str",
        "_: u8",
        "(a, b): (u8, u8)",
        "id: Option<&str>",
        "ids: Vec<u8>",
        "#[qurey] q: u8",
        "#[query(\"\")] e: u8",
        "self",
        "#[query = \"x\"] q: u8",
        "#[header] h: u8",
        "x: impl Sized",
        "x: &mut u8",
        "r#type: &str",
    ]);
    let returns = prop::sample::select(vec![
        "",
        "-> Result<T>",
        "-> Result<()>",
        "-> T",
        "-> Pager<T>",
        "-> impl Future",
        "-> &str",
    ]);
    let keywords = prop::sample::select(vec!["async fn", "fn", "const fn", "unsafe fn", "pub fn"]);
    let list = prop::collection::vec(parameters, 0..4);
    (keywords, list, returns).prop_map(|(keywords, list, returns)| {
        format!("{keywords} f({}) {returns};", list.join(", "))
    })
}

proptest! {
    #[test]
    fn any_arguments_give_a_call_or_an_error(arguments in tokens(), method in signature()) {
        let method = method.parse::<TokenStream>().expect("tokens");
        let item = quote!(trait T { #method });
        prop_assert!(is_valid_expansion(&item, &declare(Form::Single, arguments.clone(), &item)));
        let item = quote!(trait T { #[acs_operation(#arguments)] #method });
        prop_assert!(is_valid_expansion(&item, &declare(Form::Group, quote!(), &item)));
        let item = quote!(trait T { #[acs_operation(GET, "/x")] #method });
        prop_assert!(is_valid_expansion(&item, &declare(Form::Group, arguments, &item)));
    }

    #[test]
    fn any_path_gives_a_call_or_an_error(path in "[/a-c<>{}?#%é.:2e\\\\ ]{0,24}|\\PC{0,16}") {
        let item = quote!(trait T { async fn f(&self, a: &str, #[path("b")] c: u8) -> Result<()>; });
        prop_assert!(is_valid_expansion(&item, &declare(Form::Single, quote!(GET, #path), &item)));
    }

    #[test]
    fn any_item_gives_an_error_at_least(item in tokens()) {
        let text = declare(Form::Single, quote!(GET, "/x"), &item).to_string();
        prop_assert!(text.contains("compile_error"));
    }
}
