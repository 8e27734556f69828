//! Held against serde_json itself.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::net::Ipv4Addr;

use proptest::prelude::*;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::*;

fn written<T: Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    let mut json = Vec::new();
    value.serialize(Writer::new(&mut json))?;
    Ok(String::from_utf8(json).unwrap())
}

/// serde_json has the last word, on what is refused too.
fn assert_as_serde_json<T: Serialize + ?Sized>(value: &T) {
    match serde_json::to_string(value) {
        Ok(text) => assert_eq!(written(value).unwrap(), text),
        Err(error) => assert!(written(value).is_err(), "{error}"),
    }
}

#[derive(Serialize)]
enum Shape<T> {
    Unit,
    Newtype(T),
    Tuple(T, u8),
    Struct { a: T, b: u8 },
}

#[derive(Serialize)]
#[serde(tag = "kind")]
enum Tagged {
    One { a: u8 },
}

#[derive(Serialize)]
struct Unit;

#[derive(Serialize)]
struct Newtype<T>(T);

#[derive(Serialize)]
struct Pair<T>(T, T);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Named<'a> {
    #[serde(rename = "a\"b")]
    quoted: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<u8>,
    absent: Option<u8>,
    #[serde(flatten)]
    rest: BTreeMap<&'a str, u8>,
}

struct Bytes;

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(b"ab")
    }
}

#[test]
fn every_shape_is_written_as_serde_json_does() {
    assert_as_serde_json(&[Shape::Unit, Shape::Newtype("a"), Shape::Tuple("a", 1)]);
    assert_as_serde_json(&(Shape::Struct { a: [(); 0], b: 1 }, Tagged::One { a: 1 }));
    assert_as_serde_json(&Shape::Newtype(Shape::Tuple(Shape::Struct { a: Unit, b: 1 }, 2)));
    assert_as_serde_json(&(Unit, (), Newtype(Some(1)), Pair(None, Some("a")), Bytes));
    let named = Named { quoted: "a", left_out: None, absent: None, rest: [("c", 1)].into() };
    assert_as_serde_json(&named);
    assert_as_serde_json(&Named { left_out: Some(1), rest: BTreeMap::new(), ..named });
    assert_as_serde_json(&(Ipv4Addr::LOCALHOST, 'a', '"', true, "", "a\nb", "日本"));
    assert_as_serde_json(&(i128::MIN, u128::MAX, i64::MIN, u64::MAX, i8::MIN));
    assert_as_serde_json(&(0.1_f32, 0.1_f64, 1e300, f64::NAN, f32::INFINITY, -0.0));
}

#[test]
fn what_is_json_already_stays_as_it_is() {
    let raw = RawValue::from_string("{\"a\" : [1, \"b\\n\"]}".to_owned()).unwrap();
    assert_as_serde_json(&raw);
    assert_as_serde_json(&[&raw, &raw]);
    assert_as_serde_json(&Shape::Struct { a: Some(&raw), b: 1 });
    assert_as_serde_json(&BTreeMap::from([("a", &raw), ("b", &raw)]));
}

fn assert_key<K: Serialize + Ord + Debug>(key: K) {
    assert_as_serde_json(&BTreeMap::from([(key, [1])]));
}

#[test]
fn what_can_be_a_key_is_one() {
    assert_key("a");
    assert_key("a\"b");
    assert_key('a');
    assert_key(-1);
    assert_key(i128::MIN);
    assert_key(u64::MAX);
    assert_key(false);
    assert_key(Ipv4Addr::LOCALHOST);
    assert_key([1]);
    assert_key(());
    assert_key(("a", 1));
    assert_key(BTreeMap::<u8, u8>::new());
    for float in [0.5, 1.0, -1e300, f64::NAN, f64::INFINITY] {
        assert_as_serde_json(&Map(float));
    }
    assert_as_serde_json(&Map(Newtype("a")));
    assert_as_serde_json(&Map(Shape::<u8>::Unit));
    assert_as_serde_json(&Map(Shape::Newtype(1)));
    assert_as_serde_json(&Map(Unit));
    assert_as_serde_json(&Map(None::<u8>));
    for text in ["\"a\"", "1", "true", "null"] {
        assert_as_serde_json(&Map(RawValue::from_string(text.to_owned()).unwrap()));
    }
}

/// A map of one key, which need not be `Ord`.
struct Map<K>(K);

impl<K: Serialize> Serialize for Map<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([(&self.0, 1)])
    }
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        any::<String>().prop_map(Value::from),
        "[a-z\"\\\\\u{0}-\u{1f}]{0,40}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|members| members.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn any_value_is_written_as_serde_json_does(value in values()) {
        assert_as_serde_json(&value);
    }
}
