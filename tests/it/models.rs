//! Models, declared as a user declares them.

#![allow(unreachable_pub, reason = "models are declared as users declare them")]

use std::collections::BTreeMap;
use std::time::Duration;

use acs_rest::time::OffsetDateTime;
use acs_rest::{Nullable, acs_model};
use serde_json::{Value, from_value, json, to_value};

/// A request.
#[acs_model]
#[derive(Eq, Hash)]
pub struct Request {
    /// Whom to call.
    pub targets: Vec<String>,
    /// Labels.
    pub labels: BTreeMap<String, u32>,
    /// Whether it starts again.
    pub r#loop: bool,
    /// A name.
    pub display_name: Option<String>,
    /// Another name on the wire.
    #[serde(rename = "keepsInDays", alias = "keeps")]
    pub keeps: Option<u32>,
    /// Zero, if it is absent.
    #[serde(default)]
    pub repeats: u32,
    /// Seven, if it is absent.
    #[serde(default = "seven")]
    pub days: u8,
    /// Left out if it is empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty", rename = "extra")]
    pub more: Vec<u16>,
    #[cfg(any())]
    #[since("2030-01-01")]
    pub absent: Option<DoesNotExist>,
}

fn seven() -> u8 {
    7
}

/// A string enum.
#[acs_model]
#[derive(PartialOrd, Ord)]
pub enum Role {
    /// Speaks.
    Presenter,
    /// Hears.
    #[serde(rename = "attendee.join", alias = "guest")]
    AttendeeJoin,
}

/// Texts in another case.
#[acs_model]
#[serde(rename_all = "SCREAMING-KEBAB-CASE")]
pub(crate) enum Shouted {
    /// Out loud.
    VeryLoud,
}

/// A patch.
#[acs_model]
pub struct Patch {
    /// `null` removes it.
    pub topic: Option<Nullable<String>>,
    /// Never `null`.
    pub name: Option<String>,
    /// `null` removes a participant.
    pub participants: Option<BTreeMap<String, Nullable<Role>>>,
}

/// A file.
#[acs_model]
pub struct File {
    /// Where it is.
    pub uri: String,
}

/// Alternatives.
#[acs_model]
pub enum Source {
    /// Nothing.
    Silence,
    /// One property.
    File(File),
    /// A property of another name.
    #[serde(rename = "groupCall")]
    Group(#[serde(rename = "groupCallId")] String),
    /// The fields of a model.
    Inline(#[serde(flatten)] Named),
    /// Fields of its own.
    Loop {
        /// How often.
        times: u32,
        /// How slowly.
        pause: Option<u32>,
    },
}

/// What is laid into an alternative.
#[acs_model]
pub struct Named {
    /// Its name.
    pub name: String,
}

/// What serde alone understands.
#[acs_model]
pub struct Derived<T> {
    /// Flattened.
    #[serde(flatten)]
    pub source: T,
    /// In milliseconds.
    #[serde(with = "millis")]
    pub pause: Option<Duration>,
    /// Later.
    #[since("2025-05-15")]
    pub later: Option<String>,
    /// `null` is a value.
    pub removed: Option<Nullable<u8>>,
}

mod millis {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(
        time: &Option<Duration>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        time.map(|time| time.as_millis() as u64).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Duration>, D::Error> {
        Ok(Option::<u64>::deserialize(from)?.map(Duration::from_millis))
    }
}

/// A page of anything.
#[acs_model]
pub struct Page<S> {
    /// The items.
    pub value: Vec<S>,
    /// The next page.
    pub next_link: Option<S>,
}

/// serde's own representation.
#[acs_model]
#[serde(untagged)]
pub enum Either {
    /// Two fields.
    Both {
        /// One.
        first_one: u8,
        /// May be absent.
        second_one: Option<u8>,
    },
    /// A text.
    Text(String),
}

/// Nothing at all.
#[acs_model]
pub struct Empty {}

fn least() -> Value {
    json!({"targets": ["a"], "labels": {}, "loop": false, "repeats": 0, "days": 7})
}

#[test]
fn a_struct_sends_what_is_set() {
    let request = Request::new(["a"], [("", 0_u8); 0], false);
    assert_eq!(to_value(&request).unwrap(), least());
    let request = Request::new(vec!["a".to_owned()], [("b", 2_u8)], true)
        .display_name("name")
        .keeps(3)
        .repeats(4)
        .more([5u16]);
    let whole = json!({"targets": ["a"], "labels": {"b": 2}, "loop": true, "displayName": "name",
        "keepsInDays": 3, "repeats": 4, "days": 7, "extra": [5]});
    assert_eq!(to_value(&request).unwrap(), whole);
    assert_eq!(from_value::<Request>(whole).unwrap(), request);
    assert_eq!(serde_json::to_string(&Empty::default()).unwrap(), "{}");
    assert_eq!(serde_json::to_string(&Patch::new()).unwrap(), "{}");
}

#[test]
fn a_struct_reads_what_it_has() {
    let read = |value: Value| from_value::<Request>(value).map_err(|error| error.to_string());
    let request = read(least()).unwrap();
    let mut more = least();
    for (name, value) in [("newer", json!({"a": [1]})), ("displayName", Value::Null)] {
        more[name] = value;
    }
    for name in ["repeats", "days"] {
        more[name] = Value::Null;
    }
    assert_eq!(read(more).unwrap(), request, "null is absent, and a newer field is passed over");
    let mut alias = least();
    alias["keeps"] = json!(9);
    assert_eq!(read(alias).unwrap().keeps, Some(9));
    assert_eq!(read(json!({})).unwrap_err(), "missing field `targets`");
    let error = read(json!("text")).unwrap_err();
    assert_eq!(error, r#"invalid type: string "text", expected an object"#);
    let twice = r#"{"displayName": "a", "displayName": "b"}"#;
    let error = serde_json::from_str::<Request>(twice).unwrap_err().to_string();
    assert!(error.starts_with("duplicate field `displayName`"), "{error}");
}

#[test]
fn a_string_enum_keeps_unknown_values() {
    assert_eq!(Role::from("PRESENTER"), Role::Presenter);
    assert_eq!(Role::from("Guest"), Role::AttendeeJoin);
    assert_eq!("attendee.JOIN".parse::<Role>(), Ok(Role::AttendeeJoin));
    assert_eq!(Role::AttendeeJoin.to_string(), "attendee.join");
    assert_eq!(format!("{:>10}|", Role::Presenter), " presenter|");
    let unknown: Role = from_value(json!("observer")).unwrap();
    let Role::UnknownValue(value) = &unknown else { panic!("{unknown:?} is not known") };
    assert_eq!(value.as_str(), "observer");
    assert_eq!(to_value(&unknown).unwrap(), json!("observer"));
    assert_eq!(format!("{unknown:?}"), r#"UnknownValue(UnknownValue("observer"))"#);
    assert!(from_value::<Role>(json!(1)).is_err());
    assert_eq!(Shouted::VeryLoud.as_str(), "VERY-LOUD");
}

#[test]
fn a_patch_distinguishes_absent_null_and_value() {
    let patch = Patch::new()
        .remove_topic()
        .participants([("a", Nullable::Null), ("b", Role::Presenter.into())]);
    let sent = json!({"topic": null, "participants": {"a": null, "b": "presenter"}});
    assert_eq!(to_value(&patch).unwrap(), sent);
    assert_eq!(from_value::<Patch>(sent).unwrap(), patch);
    assert_eq!(to_value(Patch::new().topic("t")).unwrap(), json!({"topic": "t"}));
    let stored: Patch = from_value(json!({})).unwrap();
    assert_eq!((stored.topic, stored.name), (None, None));
}

#[test]
fn an_alternative_names_its_kind() {
    for (source, wire) in [
        (Source::Silence, json!({"kind": "silence"})),
        (File::new("u").into(), json!({"kind": "file", "file": {"uri": "u"}})),
        (Source::group("id"), json!({"kind": "groupCall", "groupCallId": "id"})),
        (Named::new("n").into(), json!({"kind": "inline", "name": "n"})),
        (Source::r#loop(2), json!({"kind": "loop", "times": 2})),
        (
            Source::Loop { times: 2, pause: Some(3) },
            json!({"kind": "loop", "times": 2, "pause": 3}),
        ),
    ] {
        assert_eq!(to_value(&source).unwrap(), wire);
        assert_eq!(from_value::<Source>(wire).unwrap(), source);
    }
}

#[test]
fn a_kind_is_read_in_any_case_or_by_its_fields() {
    let read = |value: Value| from_value::<Source>(value).map_err(|error| error.to_string());
    assert_eq!(read(json!({"kind": "FILE", "file": {"uri": "u"}})), Ok(File::new("u").into()));
    assert_eq!(read(json!({"file": {"uri": "u"}, "group": null})), Ok(File::new("u").into()));
    assert_eq!(read(json!({"kind": null, "groupCallId": "id"})), Ok(Source::group("id")));
    assert_eq!(read(json!({"kind": "file"})), Err("missing field `file`".into()));
    assert_eq!(read(json!({"name": "n"})), Err("missing field `kind`".into()));
    assert_eq!(read(json!({"kind": 1})), Err("`kind` is not a string".into()));
    let error = read(json!({"kind": "file", "file": {"uri": 1}})).unwrap_err();
    assert!(error.starts_with("in `file`: invalid type: integer `1`"), "{error}");
}

#[test]
fn an_object_of_an_unknown_kind_is_kept() {
    let wire = json!({"kind": "hologram", "size": [1, {"a": null}]});
    let source: Source = from_value(wire.clone()).unwrap();
    let Source::UnknownKind(object) = &source else { panic!("{source:?} is not known") };
    assert_eq!(object.kind(), "hologram");
    assert_eq!(serde_json::from_str::<Value>(object.as_json()).unwrap(), wire);
    assert_eq!(to_value(&source).unwrap(), wire);
}

#[test]
fn attributes_that_only_serde_understands_are_derived() {
    let model = Derived::<Source>::new(File::new("u")).pause(Duration::from_millis(2));
    let wire = json!({"kind": "file", "file": {"uri": "u"}, "pause": 2});
    assert_eq!(to_value(&model).unwrap(), wire);
    assert_eq!(from_value::<Derived<Source>>(wire).unwrap(), model);
    let model = model.later("l").remove_removed();
    let wire =
        json!({"kind": "file", "file": {"uri": "u"}, "pause": 2, "later": "l", "removed": null});
    assert_eq!(to_value(&model).unwrap(), wire);
    assert_eq!(from_value::<Derived<Source>>(wire).unwrap(), model);
    for (either, wire) in [
        (Either::both(1), json!({"firstOne": 1})),
        (
            Either::Both { first_one: 1, second_one: Some(2) },
            json!({"firstOne": 1, "secondOne": 2}),
        ),
        (Either::text("t"), json!("t")),
    ] {
        assert_eq!(to_value(&either).unwrap(), wire);
        assert_eq!(from_value::<Either>(wire).unwrap(), either);
    }
}

#[test]
fn a_model_may_be_generic() {
    let page = Page::<Role>::new(["presenter"]).next_link("presenter");
    let wire = json!({"value": ["presenter"], "nextLink": "presenter"});
    assert_eq!(to_value(&page).unwrap(), wire);
    assert_eq!(from_value::<Page<Role>>(wire).unwrap(), page);
}

#[acs_model]
pub struct Schedule {
    pub from: OffsetDateTime,
    pub until: Option<OffsetDateTime>,
    pub ended: Option<Nullable<OffsetDateTime>>,
    #[serde(default)]
    pub breaks: Vec<OffsetDateTime>,
}

/// serde's derive writes the times of a struct with attributes that only it understands.
#[acs_model]
pub struct Extended {
    pub at: OffsetDateTime,
    pub until: Option<OffsetDateTime>,
    #[serde(flatten)]
    pub more: BTreeMap<String, String>,
}

#[acs_model]
pub enum Trigger {
    At(OffsetDateTime),
    Between { from: OffsetDateTime, until: Option<OffsetDateTime> },
}

#[test]
fn times_are_rfc_3339_text() {
    let epoch = OffsetDateTime::UNIX_EPOCH;
    let text = "1970-01-01T00:00:00Z";
    let schedule = Schedule::new(epoch).until(epoch).remove_ended().breaks([epoch]);
    let json = json!({ "from": text, "until": text, "ended": null, "breaks": [text] });
    assert_eq!(to_value(&schedule).unwrap(), json);
    assert_eq!(from_value::<Schedule>(json).unwrap(), schedule);
    let unset = json!({ "from": text, "until": "0001-01-01T00:00:00+00:00", "ended": text });
    let read = from_value::<Schedule>(unset).unwrap();
    assert_eq!(read, Schedule::new(epoch).ended(epoch));
    let extended = Extended::new(epoch, [("a", "b")]);
    let json = json!({ "at": text, "a": "b" });
    assert_eq!(to_value(&extended).unwrap(), json);
    assert_eq!(from_value::<Extended>(json).unwrap(), extended);
    for (trigger, json) in [
        (Trigger::at(epoch), json!({ "kind": "at", "at": text })),
        (Trigger::between(epoch), json!({ "kind": "between", "from": text })),
    ] {
        assert_eq!(to_value(&trigger).unwrap(), json);
        assert_eq!(from_value::<Trigger>(json).unwrap(), trigger);
    }
}

/// Its fields have names that an implementation of `PartialEq` may use too.
#[acs_model]
pub enum Compared {
    Pair { role: Role, other_role: Role },
    Rest { this: Role, other: Role, f: Role, value: u8 },
}

#[test]
fn the_names_of_fields_do_not_collide_with_generated_ones() {
    let pair = Compared::pair(Role::Presenter, Role::AttendeeJoin);
    assert_eq!(pair.clone(), pair);
    assert_ne!(pair, Compared::pair(Role::AttendeeJoin, Role::Presenter));
    let rest = Compared::rest(Role::Presenter, Role::AttendeeJoin, Role::Presenter, 1);
    assert_ne!(rest, Compared::rest(Role::Presenter, Role::AttendeeJoin, Role::Presenter, 2));
    assert_eq!(format!("{pair:?}"), "Pair { role: Presenter, other_role: AttendeeJoin }");
}
