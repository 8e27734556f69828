//! The figures: each is taken in a process of its own, and most as the difference of two.

mod figures;
mod jobs;
mod suite;
mod throughput;
mod tls;
mod tools;

pub(crate) use self::figures::{Figure, Figures};
pub(crate) use self::jobs::run as run_job;
pub(crate) use self::suite::all;
pub(crate) use self::tls::over_tls;
