//! Calls in a time with 64 at once: rounds of all contenders in random order, since a machine is
//! never twice as fast.

use anyhow::Result;
use rand::seq::SliceRandom;

use super::figures::{Figure, Figures};
use super::tools::Job;
use crate::contenders::Name;
use crate::unit::Variant;

const ROUNDS: usize = 15;
const CALLS: usize = 64 * 100;

/// The median over the rounds of each contender's ratio to reqwest as a user writes it.
pub(super) fn measure(
    job: &str,
    figure: Figure,
    endpoint: &str,
    figures: &mut Figures,
) -> Result<()> {
    let mut rounds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        rounds.push(round(job, endpoint)?);
    }
    for name in Name::ALL.into_iter().filter(|name| name.has_network()) {
        let time =
            |round: &[(Name, f64)], of| round.iter().find(|(name, _)| *name == of).map(|it| it.1);
        let ratio = |round: &Vec<_>| Some(time(round, Name::ReqwestPlain)? / time(round, name)?);
        let mut ratios: Vec<f64> = rounds.iter().filter_map(ratio).collect();
        ratios.sort_by(f64::total_cmp);
        figures.set(name, figure, ratios[ratios.len() / 2]);
    }
    Ok(())
}

/// How long each contender takes, in random order.
fn round(job: &str, endpoint: &str) -> Result<Vec<(Name, f64)>> {
    let mut names: Vec<_> = Name::ALL.into_iter().filter(|name| name.has_network()).collect();
    names.shuffle(&mut rand::rng());
    let time = |name| {
        let job = Job { job, name, variant: Variant::Bearer, endpoint, tls: None };
        Ok((name, job.values(CALLS)?.value("nanoseconds")?))
    };
    names.into_iter().map(time).collect()
}
