//! Whether a definition makes sense: many small questions, each with its place in the file.
//!
//! By the time they are asked, the file has the right shape and the model is filled in; positions in the model's
//! lists are positions in the file's.

mod aspects;
mod awards;
mod day;
mod formulas;
mod indicators;
mod keys;
mod ladders;
mod names;
mod panels;
mod papers;
mod ranking;
mod season;
mod stages;
mod works;

use rust_decimal::Decimal;

use super::{
    model::Definition,
    place::{Findings, Path},
    problem::Fact,
    vocabulary as v,
};

pub(super) fn all(file: &v::File, definition: &Definition, findings: &mut Findings<'_>) {
    names::unique(definition, findings);
    names::known(file, definition, findings);
    for (at, (stage, said)) in definition.stages.iter().zip(&file.stage).enumerate() {
        let path = stage_path(at);
        keys::belong(said, &path, findings);
        stages::check(stage, definition, &path, findings);
        panels::check(stage, &path, findings);
        aspects::check(stage, &path, findings);
        formulas::check(definition, stage, &path, findings);
    }
    // Points of a season are never shares of a whole.
    if definition.season.is_empty() {
        stages::weights(definition, findings);
    }
    ranking::check(definition, findings);
    awards::check(definition, findings);
    ladders::check(definition, findings);
    papers::check(file, definition, findings);
    works::check(file, definition, findings);
    indicators::check(file, definition, findings);
    season::check(file, definition, findings);
    day::check(definition, findings);
}

fn stage_path(at: usize) -> Path {
    Path::default().item("stage", at)
}

/// Reports rows that do not strictly go one way.
fn in_order<T: PartialOrd>(rows: &[T], ascending: bool, path: &Path, findings: &mut Findings<'_>) {
    for (at, pair) in rows.windows(2).enumerate() {
        let good = if ascending { pair[0] < pair[1] } else { pair[0] > pair[1] };
        if !good {
            findings.error(&path.at(at + 1), Fact::RowsOutOfOrder { ascending });
        }
    }
}

/// A percentage that is none.
fn percent(value: Decimal, key: &str, path: &Path, findings: &mut Findings<'_>) {
    if value <= Decimal::ZERO || value > Decimal::ONE_HUNDRED {
        let (from, to) = ("0".to_owned(), "100".to_owned());
        findings.error(&path.key(key), Fact::OutOfRange { key: key.to_owned(), value: value.to_string(), from, to });
    }
}
