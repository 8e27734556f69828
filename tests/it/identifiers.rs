//! Identifiers: whatever the service sends is kept and can be sent back.

use acs_rest::CommunicationIdentifier;
use proptest::prelude::*;
use serde_json::{from_value, json, to_value};

proptest! {
    #[test]
    fn a_raw_id_is_kept(
        raw_id in "(4|8|28|48)?:?(acs|spool|orgid|gcch-acs|teamsvisitor)?:?[a-z_+0-9:]{0,9}",
    ) {
        let identifier: CommunicationIdentifier = raw_id.parse().unwrap();
        prop_assert_eq!(identifier.raw_id(), raw_id.as_str());
        prop_assert_eq!(identifier.to_string(), raw_id);
        let read: CommunicationIdentifier = from_value(to_value(&identifier).unwrap()).unwrap();
        prop_assert_eq!(read.raw_id(), identifier.raw_id());
    }

    #[test]
    fn of_a_kind_without_its_property_the_raw_id_is_kept(kind in "[a-zA-Z]{0,20}", raw_id: String) {
        let read: CommunicationIdentifier = from_value(json!({"kind": kind, "rawId": raw_id})).unwrap();
        prop_assert_eq!(read.raw_id(), raw_id);
    }
}
