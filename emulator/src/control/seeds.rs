//! Seeds as JSON: `people`, `identities` and `numbers`.

use std::path::Path;

use serde_json::{Value, json};

use super::{fields, people};
use crate::error::{ServiceError, shown};
use crate::identifier::Identifier;
use crate::seeds::Seeds;

/// Reads seeds, whose files are relative to `directory`.
pub(crate) fn read(seeds: &Value, directory: Option<&Path>) -> Result<Seeds, ServiceError> {
    const FIELDS: [&str; 3] = ["people", "identities", "numbers"];
    fields::check(seeds, "the file of seeds", &FIELDS)?;
    let people = &seeds["people"];
    Ok(Seeds {
        people: if people.is_null() { Vec::new() } else { people::read(people, directory)? },
        identities: texts(seeds, "identities", |id| json!({ "rawId": id }), Identifier::is_user)?,
        numbers: texts(
            seeds,
            "numbers",
            |number| json!({ "phoneNumber": { "value": number } }),
            Identifier::is_phone,
        )?,
    })
}

/// A list of texts, each of which is an identifier of the right kind.
fn texts(
    seeds: &Value,
    field: &str,
    identifier: impl Fn(&str) -> Value,
    is_right: impl Fn(&Identifier) -> bool,
) -> Result<Vec<String>, ServiceError> {
    let wrong = |message: &str| ServiceError::bad_request(field, format!("`{field}` {message}"));
    let texts = match &seeds[field] {
        Value::Null => return Ok(Vec::new()),
        Value::Array(texts) => texts,
        _ => return Err(wrong("is not a list")),
    };
    let read = |text: &Value| {
        let text = text.as_str().ok_or_else(|| wrong("has something that is not a text"))?;
        let found = Identifier::read(&identifier(text), field)?;
        found.check_dialable(field)?;
        if is_right(&found) {
            return Ok(text.to_owned());
        }
        Err(wrong(&format!("has an id of another kind: `{}`", shown(text))))
    };
    texts.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_are_people_identities_and_numbers() {
        let user =
            "8:acs:27a91e6f-8fb6-4d2b-a3f6-1a9a0e5ba19c_0000000e-3f4c-5a3c-0000-000000000001";
        let seeds = read(
            &json!({
                "people": { "+14255550123": { "outcome": "busy" } },
                "identities": [user],
                "numbers": ["+14255550100"],
            }),
            None,
        );
        let seeds = seeds.unwrap();
        assert_eq!((seeds.people.len(), &*seeds.identities), (1, &[user.to_owned()][..]));
        assert!(seeds.has_number("+14255550100") && !seeds.has_number("+14255550101"));
        assert!(read(&json!({}), None).unwrap().has_number("+14255550101"));
    }

    #[test]
    fn wrong_seeds_are_named() {
        for (seeds, named) in [
            (json!([]), "object"),
            (json!({ "users": [] }), "`users`"),
            (json!({ "people": [] }), "people"),
            (json!({ "identities": "8:acs:a_b" }), "`identities`"),
            (json!({ "identities": ["4:+14255550123"] }), "another kind"),
            (json!({ "numbers": [1] }), "`numbers`"),
            (json!({ "numbers": ["hello"] }), "`numbers`"),
        ] {
            let error = read(&seeds, None).unwrap_err();
            assert!(error.message.contains(named), "{}", error.message);
        }
    }
}
