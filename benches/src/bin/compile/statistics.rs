//! What is counted and averaged.

/// All but the empty ones.
pub(crate) fn lines(expanded: &str) -> impl Iterator<Item = &str> {
    expanded.lines().filter(|line| !line.trim().is_empty())
}

pub(crate) fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
