//! Times, which the service takes as numbers.

use std::time::Duration;

use serde::{Serialize, Serializer};

use crate::model::whole;

pub(super) fn minutes<S: Serializer>(time: &Option<Duration>, to: S) -> Result<S::Ok, S::Error> {
    whole(time, Duration::from_secs(60)).serialize(to)
}
