//! The compile time of one more declared operation, compared with a hand-written one; the number of
//! crates that a program depends on; and the cost of checking the catalogue of operations.
//!
//! `cargo run --release -p acs-rest-benches --bin compile [REPEATS [LARGEST]]` writes crates of 1,
//! 10, 100 and 500 operations below the target directory, compiles them in turn, and prints
//! Markdown. Times are CPU seconds of rustc and the linker alone: dependencies are built before.
//! Needs Linux, and `size` of binutils. On 2 cores `compile 1 100` takes some minutes once the
//! dependencies are built, `compile 1 500` a quarter of an hour; 3 repeats are the default.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program to run by hand")]

mod catalogue;
mod compiler;
mod crates;
mod sources;
mod statistics;
mod workspace;

use std::collections::BTreeMap;
use std::env;

use anyhow::Result;

use crate::compiler::{Compiler, Prepared};
use crate::sources::Form;
use crate::statistics::{lines, median};

const SIZES: [usize; 4] = [1, 10, 100, 500];

/// The measurements of each form and size.
type Figures = BTreeMap<(Form, usize), Figure>;

#[derive(Default)]
struct Figure {
    check: Vec<f64>,
    release: Vec<f64>,
    text: f64,
    lines: f64,
}

fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let repeats: usize = arguments.next().map_or(Ok(3), |text| text.parse())?;
    let largest: usize = arguments.next().map_or(Ok(500), |text| text.parse())?;
    let sizes: Vec<_> = SIZES.into_iter().filter(|&size| size <= largest).collect();
    let compiler = Compiler::in_workspace(workspace::write(&sizes)?);
    let prepared = prepare(&compiler, &sizes)?;
    let figures = measure(&compiler, &prepared, repeats)?;
    print(&figures, &sizes);
    crates::print(&compiler)?;
    catalogue::print(&compiler, repeats)
}

fn prepare(compiler: &Compiler, sizes: &[usize]) -> Result<Vec<((Form, usize), Prepared)>> {
    let mut prepared = Vec::new();
    for &size in sizes {
        for form in Form::ALL {
            prepared.push(((form, size), compiler.prepare(&form.name(size))?));
        }
    }
    Ok(prepared)
}

/// All forms in turn, so that a busy machine is busy for all of them.
fn measure(
    compiler: &Compiler,
    prepared: &[((Form, usize), Prepared)],
    repeats: usize,
) -> Result<Figures> {
    let mut figures = Figures::new();
    for round in 0..repeats {
        for (key, prepared) in prepared {
            eprintln!("round {} of {repeats}: {}", round + 1, key.0.name(key.1));
            let figure = figures.entry(*key).or_default();
            figure.check.push(compiler.cpu_seconds(&prepared.check)?);
            figure.release.push(compiler.cpu_seconds(&prepared.release)?);
            if round == 0 {
                figure.text = compiler.text_bytes(&key.0.name(key.1))?;
                let expanded = compiler.expanded(&prepared.check)?;
                figure.lines = lines(&expanded).count() as f64;
            }
            eprintln!("{:?} {:?} {} {}", figure.check, figure.release, figure.text, figure.lines);
        }
    }
    Ok(figures)
}

fn print(figures: &Figures, sizes: &[usize]) {
    println!("Ratios are to `handwritten`; CPU seconds, bytes and lines are per operation.\n");
    println!(
        "| form | from → to | check × | release × | text | beyond models | lines beyond models |"
    );
    println!("|---|---|--:|--:|--:|--:|--:|");
    for step in sizes.windows(2).skip(1) {
        let &[from, to] = step else { continue };
        let slope = |form, of: fn(&Figure) -> f64| {
            (of(&figures[&(form, to)]) - of(&figures[&(form, from)])) / (to - from) as f64
        };
        let check = |form| slope(form, |figure| median(&figure.check));
        let release = |form| slope(form, |figure| median(&figure.release));
        let text = |form| slope(form, |figure| figure.text);
        let lines = |form| slope(form, |figure| figure.lines);
        for form in Form::ALL {
            println!(
                "| {form:?} | {from} → {to} | {:.2} | {:.2} | {:.0} | {:+.0} | {:+.1} |",
                check(form) / check(Form::Handwritten),
                release(form) / release(Form::Handwritten),
                text(form),
                text(form) - text(Form::Types),
                lines(form) - lines(Form::Types),
            );
        }
        let (check, release) = (check(Form::Handwritten), release(Form::Handwritten));
        eprintln!("handwritten, {from} → {to}: check {check:.4} s, release {release:.4} s");
    }
    println!();
}
