//! A panel: who marks what, what is dropped, and what happens when marks lie apart or a judge is missing.

use super::{Language, join, judge_word, rounding, text, title_of};
use crate::rules::definition::model::{
    Aggregate, Definition, Extremes, MissingJudge, Panel, Spread, SpreadAction, SpreadLimit, SpreadMeasure, Stage, Trim,
};

pub(super) fn lines(l: Language, d: &Definition, stage: &Stage, panel: &Panel) -> Vec<String> {
    let marks = panel.marks.iter().map(|id| title_of(id, stage.aspects.iter().map(|one| (&one.id, &one.title))));
    let mut lines = vec![
        l.say_with(
            "explain-panel",
            &[
                ("panel", text(&panel.title)),
                ("count", text(panel.judges)),
                ("judges", judge_word(l, d)),
                ("marks", join(l, marks)),
            ],
        )
        .into_owned(),
    ];
    let mut how = Vec::new();
    if panel.mark_rounding.is_some() {
        let rounded = text(rounding(l, panel.mark_rounding));
        how.push(l.say_with("explain-mark-rounding", &[("rounding", rounded)]).into_owned());
    }
    how.extend(trim(l, panel));
    how.push(aggregate(l, panel));
    how.push(l.say_with("explain-panel-rounding", &[("rounding", text(rounding(l, panel.rounding)))]).into_owned());
    lines.push(l.say_with("explain-how", &[("how", text(how.join(&l.say("explain-and-then"))))]).into_owned());
    if panel.remain > 1 {
        lines.push(l.say_with("explain-remain", &[("remain", text(panel.remain))]).into_owned());
    }
    if let Some(rule) = &panel.spread {
        lines.push(spread(l, rule));
    }
    lines.push(
        match panel.missing {
            MissingJudge::Wait => l.say("explain-missing-wait"),
            MissingJudge::MeanStandsIn => l.say("explain-missing-mean"),
            MissingJudge::Smaller => l.say("explain-missing-smaller"),
        }
        .into_owned(),
    );
    lines
}

fn trim(l: Language, panel: &Panel) -> Vec<String> {
    let dropped =
        |high: u32, low: u32| l.say_with("explain-dropped", &[("high", text(high)), ("low", text(low))]).into_owned();
    let mut said = Vec::new();
    match &panel.trim {
        Trim::Fixed { high: 0, low: 0 } => return said,
        Trim::Fixed { high: 1, low: 1 } => said.push(l.say("explain-dropped-one-each").into_owned()),
        Trim::Fixed { high, low } => said.push(dropped(*high, *low)),
        Trim::BySize(rows) => said.extend(rows.iter().map(|row| {
            let values = [("from", text(row.from)), ("dropped", text(dropped(row.high, row.low)))];
            l.say_with("explain-dropped-from", &values).into_owned()
        })),
    }
    said.push(
        match panel.extremes {
            Extremes::Aspect => l.say("explain-extremes-aspect"),
            Extremes::Sheet => l.say("explain-extremes-sheet"),
        }
        .into_owned(),
    );
    said
}

fn aggregate(l: Language, panel: &Panel) -> String {
    let everything = panel.trim == Trim::Fixed { high: 0, low: 0 };
    match &panel.aggregate {
        Aggregate::Mean if everything => l.say("explain-mean"),
        Aggregate::Mean => l.say("explain-mean-of-rest"),
        Aggregate::Sum if everything => l.say("explain-sum"),
        Aggregate::Sum => l.say("explain-sum-of-rest"),
        Aggregate::Median => l.say("explain-median"),
        Aggregate::Minimum => l.say("explain-minimum"),
        Aggregate::Maximum => l.say("explain-maximum"),
        Aggregate::Agree => l.say("explain-agree"),
        Aggregate::Weighted(weights) => {
            let weights = join(l, weights.iter().map(ToString::to_string));
            l.say_with("explain-weighted", &[("weights", weights)])
        }
    }
    .into_owned()
}

fn spread(l: Language, spread: &Spread) -> String {
    let measure = match (spread.measure, spread.after_trimming) {
        (SpreadMeasure::Range, false) => l.say("explain-range"),
        (SpreadMeasure::Range, true) => l.say("explain-range-counted"),
        (SpreadMeasure::ToMedian, false) => l.say("explain-to-median"),
        (SpreadMeasure::ToMedian, true) => l.say("explain-to-median-counted"),
    };
    let limit = match &spread.limit {
        SpreadLimit::Points(max) => l.say_with("explain-limit-points", &[("max", text(max))]).into_owned(),
        SpreadLimit::Percent(percent) => {
            l.say_with("explain-limit-percent", &[("percent", text(percent))]).into_owned()
        }
        SpreadLimit::Bands(rows) => {
            let rows = rows.iter().map(|row| {
                l.say_with("explain-limit-band", &[("from", text(row.from)), ("max", text(row.max))]).into_owned()
            });
            rows.collect::<Vec<_>>().join(&l.say("explain-and-then"))
        }
    };
    let action = match spread.action {
        SpreadAction::Warn => l.say("explain-spread-warn"),
        SpreadAction::ReMark => l.say("explain-spread-re-mark"),
        SpreadAction::MeanOfAll => l.say("explain-spread-mean"),
        SpreadAction::ChiefDecides => l.say("explain-spread-chief"),
    };
    let values = [("measure", text(measure)), ("limit", text(limit)), ("action", text(action))];
    l.say_with("explain-spread", &values).into_owned()
}
