//! Compares the expansion of `golden/NAME.rs` with `golden/NAME.expanded.rs`, and checks properties
//! of arbitrary input. `REFRESH_GOLDEN=1 cargo test -p acs-rest-macros` rewrites the expansions;
//! read the difference.

use std::path::{Path, PathBuf};
use std::{env, fs};

use proc_macro2::TokenStream;
use proptest::prelude::*;
use quote::{ToTokens, quote};
use syn::{Item, Meta};

use super::declare;

#[test]
fn every_model_expands_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/models/golden");
    let files = fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<PathBuf> = files.map(|file| file.expect("readable").path()).collect();
    paths.retain(|path| !path.to_string_lossy().ends_with(".expanded.rs"));
    assert!(paths.len() >= 6, "the goldens were found");
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

/// The expansion of a file that holds one model.
fn expansion(source: &str) -> String {
    let mut file = syn::parse_file(source).expect("the model parses");
    let [Item::Struct(syn::ItemStruct { attrs, .. }) | Item::Enum(syn::ItemEnum { attrs, .. })] =
        &mut file.items[..]
    else {
        panic!("one struct or enum a file");
    };
    let at = attrs.iter().position(|attribute| attribute.path().is_ident("acs_model"));
    let arguments = match attrs.remove(at.expect("the attribute is there")).meta {
        Meta::List(list) => list.tokens,
        _ => TokenStream::new(),
    };
    let tokens = declare(arguments, file.items[0].to_token_stream());
    let text = tokens.to_string();
    prettyplease::unparse(&syn::parse2(tokens).unwrap_or_else(|error| panic!("{error}: {text}")))
}

fn words() -> impl Strategy<Value = TokenStream> {
    let words = prop::sample::select(vec![
        "serialize",
        "deserialize",
        "tag",
        "crate",
        "=",
        "\"kind\"",
        "\"\"",
        ",",
        "3",
        "(",
        ")",
        "::",
        "path",
        "tga",
        "!",
        "'a",
    ]);
    prop::collection::vec(words, 0..6)
        .prop_filter_map("balanced", |words| words.join(" ").parse::<TokenStream>().ok())
}

fn fields() -> impl Strategy<Value = TokenStream> {
    let fields = prop::sample::select(vec![
        "a: String",
        "pub r#type: Option<u8>",
        "#[since(\"2025-05-15\")] b: Option<T>",
        "#[since] c: u8",
        "#[serde(flatten)] d: D",
        "#[serde(rename = \"a\")] e: Vec<Option<u8>>",
        "new: Option<u8>",
        "#[query] f: &'a str",
        "#[cfg(x)] g: Option<Nullable<u8>>",
        "#[serde(default)] h: BTreeMap<String, u8>",
        "#[serde(default = \"one\")] i: u8",
    ]);
    prop::collection::vec(fields, 0..4)
        .prop_map(|fields| fields.join(", ").parse().expect("tokens"))
}

fn variants() -> impl Strategy<Value = TokenStream> {
    let variants = prop::sample::select(vec![
        "A",
        "B = 3",
        "C(String)",
        "D { a: u8, b: Option<u8> }",
        "E(u8, u8)",
        "UnknownValue",
        "UnknownKind",
        "F(#[serde(flatten)] F)",
        "#[since(\"2025-05-15\")] Loop(Option<u8>)",
        "#[serde(rename = \"a\", alias = \"x\")] G",
        "H()",
        "#[serde(with = \"x\")] I(u8)",
    ]);
    prop::collection::vec(variants, 0..4)
        .prop_map(|variants| variants.join(", ").parse().expect("tokens"))
}

fn is_valid_expansion(expansion: &TokenStream, item: &TokenStream) -> bool {
    let is_file = |tokens: &TokenStream| syn::parse2::<syn::File>(tokens.clone()).is_ok();
    is_file(expansion) || !is_file(item)
}

proptest! {
    #[test]
    fn any_struct_gives_a_model_or_an_error(arguments in words(), fields in fields()) {
        let item = quote!(pub struct Model<'a, T> { #fields });
        prop_assert!(is_valid_expansion(&declare(arguments, item.clone()), &item));
    }

    #[test]
    fn any_enum_gives_a_model_or_an_error(arguments in words(), variants in variants()) {
        let item = quote!(pub enum Model { #variants });
        prop_assert!(is_valid_expansion(&declare(arguments, item.clone()), &item));
    }
}
