//! Keys that do not belong to an aspect's kind.

use super::{Findings, Path, v};
use crate::rules::definition::{lower::kind_text, problem::Fact};

pub(super) fn belong(stage: &v::Stage, path: &Path, findings: &mut Findings<'_>) {
    for (at, aspect) in stage.aspect.iter().enumerate() {
        let kind = aspect.kind.unwrap_or(v::AspectKind::Judgement);
        let path = path.item("aspect", at);
        for (key, given, kinds) in table(aspect) {
            if given && !kinds.contains(&kind) {
                let with = kind_text(kind);
                findings.error(&path.key(key), Fact::KeyNotHere { key: key.to_owned(), with });
            }
        }
        if kind == v::AspectKind::Deduction && aspect.min.is_some() && aspect.max.is_some() {
            let keys = vec!["min".to_owned(), "max".to_owned()];
            findings.error(&path.key("min"), Fact::OnlyOneOf { keys });
        }
    }
}

/// Each key that not every kind has: whether it is given, and which kinds have it.
fn table(aspect: &v::Aspect) -> [(&'static str, bool, &'static [v::AspectKind]); 18] {
    use v::AspectKind::{BandedJudgement, Deduction, Imported, Judgement, Measurement, Time, Value};
    const POINTED: &[v::AspectKind] = &[Measurement, Time];
    [
        ("min", aspect.min.is_some(), &[Judgement, Deduction, Value]),
        ("step", aspect.step.is_some(), &[Judgement]),
        ("levels", aspect.levels.is_some(), &[BandedJudgement]),
        ("values", aspect.values.is_some(), &[Measurement]),
        ("bands", aspect.bands.is_some(), POINTED),
        ("linear", aspect.linear.is_some(), POINTED),
        ("all-or-nothing", aspect.all_or_nothing.is_some(), POINTED),
        ("rank-order", aspect.rank_order.is_some(), POINTED),
        ("limit-s", aspect.limit_s.is_some(), &[Time]),
        ("from-max", aspect.from_max.is_some(), &[Imported]),
        ("paper", aspect.paper.is_some(), &[Imported, Value]),
        ("reads", aspect.reads.is_some(), &[Imported, Value]),
        ("collection", aspect.collection.is_some(), &[Measurement, Value]),
        ("works", aspect.works.is_some(), &[Measurement, Value]),
        ("source", aspect.source.is_some(), &[Imported]),
        ("formula", aspect.formula.is_some(), &[Judgement, BandedJudgement, Measurement, Time, Imported]),
        ("factor", aspect.factor.is_some(), &[Judgement, BandedJudgement, Measurement, Time, Deduction, Imported]),
        ("rounding", aspect.rounding.is_some(), &[Judgement, BandedJudgement, Measurement, Time, Deduction, Imported]),
    ]
}
