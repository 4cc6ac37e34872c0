//! Panels.

use super::{Levels, id, ids, rounding, title, v};
use crate::rules::{
    definition::{
        model,
        place::{Findings, Path},
        problem::Fact,
    },
    names::Id,
};

/// `judged` are the stage's judgements: what the only panel of a stage marks unless it says otherwise.
pub(super) fn panel(
    panel: &v::Panel,
    only_one: bool,
    judged: &[Id],
    levels: &Levels,
    path: &Path,
    findings: &mut Findings<'_>,
) -> model::Panel {
    let marks = match &panel.marks {
        Some(marks) => ids(marks),
        None if only_one => judged.to_vec(),
        None => {
            findings.error(path, Fact::KeyNeeded { key: "marks".into(), with: "[[stage.panel]]".into() });
            Vec::new()
        }
    };
    model::Panel {
        id: id(&panel.id),
        title: title(panel.title.as_ref(), &panel.id),
        judges: panel.judges,
        marks,
        aggregate: aggregate(panel, path, findings),
        trim: trim(panel, path, findings),
        extremes: match panel.extremes {
            None | Some(v::Extremes::Aspect) => model::Extremes::Aspect,
            Some(v::Extremes::Sheet) => model::Extremes::Sheet,
        },
        mark_rounding: rounding(panel.mark_rounding, levels.mark),
        rounding: rounding(panel.rounding, levels.panel),
        measured_rounding: rounding(panel.rounding, levels.measured),
        spread: panel.spread.as_ref().map(|one| spread(one, &path.key("spread"), findings)),
        missing: match panel.missing {
            None | Some(v::Missing::Wait) => model::MissingJudge::Wait,
            Some(v::Missing::MeanStandsIn) => model::MissingJudge::MeanStandsIn,
            Some(v::Missing::Smaller) => model::MissingJudge::Smaller,
        },
        remain: panel.remain.unwrap_or(1),
    }
}

fn aggregate(panel: &v::Panel, path: &Path, findings: &mut Findings<'_>) -> model::Aggregate {
    let aggregate = panel.aggregate.unwrap_or(v::Aggregate::Mean);
    let weighted = aggregate == v::Aggregate::Weighted;
    if panel.weights.is_some() && !weighted {
        findings.error(
            &path.key("weights"),
            Fact::KeyNotHere { key: "weights".into(), with: format!("aggregate = \"{}\"", word(aggregate)) },
        );
    }
    match aggregate {
        v::Aggregate::Mean => model::Aggregate::Mean,
        v::Aggregate::Sum => model::Aggregate::Sum,
        v::Aggregate::Median => model::Aggregate::Median,
        v::Aggregate::Minimum => model::Aggregate::Minimum,
        v::Aggregate::Maximum => model::Aggregate::Maximum,
        v::Aggregate::Agree => model::Aggregate::Agree,
        v::Aggregate::Weighted => {
            if panel.weights.is_none() {
                let with = "aggregate = \"weighted\"".to_owned();
                findings.error(&path.key("aggregate"), Fact::KeyNeeded { key: "weights".into(), with });
            }
            model::Aggregate::Weighted(panel.weights.iter().flatten().map(|weight| weight.0).collect())
        }
    }
}

fn word(aggregate: v::Aggregate) -> &'static str {
    match aggregate {
        v::Aggregate::Mean => "mean",
        v::Aggregate::Sum => "sum",
        v::Aggregate::Median => "median",
        v::Aggregate::Minimum => "minimum",
        v::Aggregate::Maximum => "maximum",
        v::Aggregate::Weighted => "weighted",
        v::Aggregate::Agree => "agree",
    }
}

fn trim(panel: &v::Panel, path: &Path, findings: &mut Findings<'_>) -> model::Trim {
    let Some(rows) = &panel.drop_by_size else {
        return model::Trim::Fixed { high: panel.drop_high.unwrap_or(0), low: panel.drop_low.unwrap_or(0) };
    };
    if panel.drop_high.is_some() || panel.drop_low.is_some() {
        let keys = ["drop-by-size", "drop-high", "drop-low"].map(str::to_owned).to_vec();
        findings.error(&path.key("drop-by-size"), Fact::OnlyOneOf { keys });
    }
    let row =
        |row: &v::DropRow| model::TrimRow { from: row.from, high: row.high.unwrap_or(0), low: row.low.unwrap_or(0) };
    model::Trim::BySize(rows.iter().map(row).collect())
}

fn spread(spread: &v::Spread, path: &Path, findings: &mut Findings<'_>) -> model::Spread {
    let given = [spread.max.is_some(), spread.percent.is_some(), spread.bands.is_some()];
    let keys = || ["max", "percent", "bands"].map(str::to_owned).to_vec();
    match given.iter().filter(|given| **given).count() {
        0 => findings.error(path, Fact::OneOf { keys: keys() }),
        1 => {}
        _ => findings.error(path, Fact::OnlyOneOf { keys: keys() }),
    }
    let limit = if let Some(bands) = &spread.bands {
        let band = |band: &v::SpreadBand| model::SpreadBand { from: band.from.0, max: band.max.0 };
        model::SpreadLimit::Bands(bands.iter().map(band).collect())
    } else if let Some(percent) = spread.percent {
        model::SpreadLimit::Percent(percent.0)
    } else {
        model::SpreadLimit::Points(spread.max.map(|max| max.0).unwrap_or_default())
    };
    model::Spread {
        measure: match spread.measure {
            None | Some(v::SpreadMeasure::Range) => model::SpreadMeasure::Range,
            Some(v::SpreadMeasure::ToMedian) => model::SpreadMeasure::ToMedian,
        },
        after_trimming: spread.of == Some(v::SpreadOf::Counted),
        limit,
        action: match spread.action {
            None | Some(v::SpreadAction::Warn) => model::SpreadAction::Warn,
            Some(v::SpreadAction::ReMark) => model::SpreadAction::ReMark,
            Some(v::SpreadAction::MeanOfAll) => model::SpreadAction::MeanOfAll,
            Some(v::SpreadAction::ChiefDecides) => model::SpreadAction::ChiefDecides,
        },
    }
}
