//! Times, which the service takes as numbers.

use std::time::Duration;

use serde::{Serialize, Serializer};

use crate::model::whole;

pub(super) fn seconds<S: Serializer>(time: &Option<Duration>, to: S) -> Result<S::Ok, S::Error> {
    whole(time, Duration::from_secs(1)).serialize(to)
}

pub(super) fn millis<S: Serializer>(time: &Option<Duration>, to: S) -> Result<S::Ok, S::Error> {
    whole(time, Duration::from_millis(1)).serialize(to)
}
