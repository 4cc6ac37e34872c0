//! An aspect: what is recorded, and how it becomes points.

use rust_decimal::Decimal;

use super::{Language, join, paper, rounding, text, title_of, works};
use crate::rules::definition::model::{
    Aspect, AspectKind, Condition, Definition, Factor, Measured, MeasuredKind, PointsRule, Stage,
};

pub(super) fn lines(l: Language, d: &Definition, stage: &Stage, aspect: &Aspect) -> Vec<String> {
    let title = ("aspect", text(&aspect.title));
    let mut lines = Vec::new();
    match &aspect.kind {
        kind if aspect.works.is_some() => {
            lines.extend(aspect.works.iter().map(|source| works::source(l, d, &aspect.title, source)));
            if let AspectKind::Measurement { values, points } = kind {
                lines.extend(rule(l, aspect, values, points));
            }
        }
        AspectKind::Judgement { min, max, step } => lines.push(
            l.say_with("explain-judgement", &[title, ("min", text(min)), ("max", text(max)), ("step", text(step))])
                .into_owned(),
        ),
        AspectKind::BandedJudgement { bands } => {
            lines.push(l.say_with("explain-banded", &[title, ("max", text(most(aspect.max)))]).into_owned());
            for band in bands {
                let values = [("score", text(band.score)), ("text", text(&band.text))];
                lines.push(l.say_with("explain-banded-level", &values).into_owned());
            }
        }
        AspectKind::Measurement { values, points } => {
            let recorded = join(l, values.iter().map(|value| measured(l, value)));
            lines.push(l.say_with("explain-measurement", &[title, ("values", recorded)]).into_owned());
            lines.extend(rule(l, aspect, values, points));
        }
        AspectKind::Time { points, limit_s } => {
            lines.push(l.say_with("explain-time", &[title]).into_owned());
            if let Some(limit) = limit_s {
                lines.push(l.say_with("explain-time-limit", &[("limit", text(limit))]).into_owned());
            }
            lines.extend(rule(l, aspect, &[], points));
        }
        AspectKind::Deduction => lines.push(match aspect.max {
            Some(max) => l.say_with("explain-deduction", &[title, ("max", text(max))]).into_owned(),
            None => l.say_with("explain-deduction-free", &[title]).into_owned(),
        }),
        AspectKind::Imported { .. } | AspectKind::Value { .. } if aspect.paper.is_some() => {
            lines.extend(aspect.paper.iter().map(|source| paper::source(l, d, &aspect.title, source)));
        }
        AspectKind::Imported { from_max, source } => {
            let source = source.clone().unwrap_or_else(|| l.say("explain-outside").into_owned());
            let values = [
                title,
                ("source", text(source)),
                ("from", text(from_max)),
                ("max", text(aspect.max.unwrap_or(*from_max))),
            ];
            lines.push(l.say_with("explain-imported", &values).into_owned());
        }
        AspectKind::Value { .. } => lines.push(l.say_with("explain-value", &[title]).into_owned()),
    }
    if let Some(formula) = &aspect.formula {
        lines.push(l.say_with("explain-formula", &[("formula", text(&formula.source))]).into_owned());
    }
    if let Some(description) = &aspect.description {
        lines.push(l.say_with("explain-description", &[("text", text(description))]).into_owned());
    }
    lines.extend(pieces(l, stage, aspect));
    lines.extend(factor(l, d, stage, aspect));
    if !matches!(aspect.kind, AspectKind::Value { .. }) {
        let rounded = text(rounding(l, aspect.rounding));
        lines.push(l.say_with("explain-aspect-rounding", &[("rounding", rounded)]).into_owned());
    }
    // Everything after the first line belongs to it.
    lines.iter_mut().skip(1).for_each(|line| line.insert_str(0, "  "));
    lines
}

fn most(max: Option<Decimal>) -> String {
    max.map(|max| max.to_string()).unwrap_or_default()
}

fn pieces(l: Language, stage: &Stage, aspect: &Aspect) -> Option<String> {
    if stage.pieces.is_empty() {
        return None;
    }
    Some(match &aspect.pieces {
        None => l.say("explain-each-piece").into_owned(),
        Some(ids) if ids.is_empty() => l.say("explain-once-in-stage").into_owned(),
        Some(ids) => {
            let pieces = ids.iter().map(|id| title_of(id, stage.pieces.iter().map(|one| (&one.id, &one.title))));
            l.say_with("explain-only-pieces", &[("pieces", join(l, pieces))]).into_owned()
        }
    })
}

fn factor(l: Language, d: &Definition, stage: &Stage, aspect: &Aspect) -> Option<String> {
    match &aspect.factor {
        Factor::Constant(factor) if *factor == Decimal::ONE => None,
        Factor::Constant(factor) => Some(l.say_with("explain-factor", &[("factor", text(factor))]).into_owned()),
        Factor::Named(id) => {
            let values = d.entrants.values.iter().map(|one| (&one.id, &one.title));
            let name = title_of(id, values.chain(stage.aspects.iter().map(|one| (&one.id, &one.title))));
            Some(l.say_with("explain-factor-named", &[("name", text(name))]).into_owned())
        }
    }
}

fn measured(l: Language, value: &Measured) -> String {
    let kind = match value.kind {
        MeasuredKind::Number => value.unit.clone().unwrap_or_default(),
        MeasuredKind::Count => l.say("explain-count").into_owned(),
        MeasuredKind::YesNo => l.say("explain-yes-no").into_owned(),
    };
    let range = match (value.min, value.max) {
        (Some(min), Some(max)) if value.kind != MeasuredKind::YesNo => format!(" {min}–{max}"),
        (Some(min), None) => format!(" ≥ {min}"),
        (None, Some(max)) => format!(" ≤ {max}"),
        _ => String::new(),
    };
    let step = match value.step {
        Some(step) if value.kind == MeasuredKind::Number => {
            l.say_with("explain-step", &[("step", text(step))]).into_owned()
        }
        _ => String::new(),
    };
    let detail = format!("{kind}{range}{step}");
    if detail.is_empty() {
        return value.title.clone();
    }
    let values = [("title", text(&value.title)), ("detail", text(detail.trim()))];
    l.say_with("explain-measured", &values).into_owned()
}

fn rule(l: Language, aspect: &Aspect, values: &[Measured], points: &PointsRule) -> Vec<String> {
    let mut lines = match points {
        PointsRule::Bands(bands) => bands
            .iter()
            .map(|band| {
                let points = ("points", text(band.points));
                if band.when.is_empty() {
                    l.say_with("explain-band-else", &[points]).into_owned()
                } else {
                    l.say_with("explain-band", &[("when", text(conditions(l, values, &band.when))), points])
                        .into_owned()
                }
            })
            .collect(),
        PointsRule::AllOrNothing { points, when } => {
            let said = [("when", text(conditions(l, values, when))), ("points", text(points))];
            vec![l.say_with("explain-all-or-nothing", &said).into_owned()]
        }
        PointsRule::Linear(line) => {
            let bound = |bound: Option<Decimal>| {
                text(bound.map_or_else(|| l.say("explain-unlimited").into_owned(), |bound| bound.to_string()))
            };
            let said = [
                ("at", text(line.at)),
                ("points", text(line.points)),
                ("each", text(line.per_unit)),
                ("floor", bound(line.floor)),
                ("cap", bound(line.cap)),
            ];
            vec![l.say_with("explain-linear", &said).into_owned()]
        }
        PointsRule::RankOrder { points, lowest_first } => {
            let said = [("points", join(l, points.iter().map(ToString::to_string)))];
            vec![
                if *lowest_first {
                    l.say_with("explain-rank-order-lowest", &said)
                } else {
                    l.say_with("explain-rank-order-highest", &said)
                }
                .into_owned(),
            ]
        }
        PointsRule::AsIs => vec![l.say("explain-as-is").into_owned()],
        PointsRule::Formula => vec![],
    };
    if let Some(max) = aspect.max {
        lines.push(l.say_with("explain-at-most", &[("max", text(max))]).into_owned());
    }
    lines
}

/// `depth ≤ 0.5, length ≤ 15`.
fn conditions(l: Language, values: &[Measured], when: &[Condition]) -> String {
    let said = when.iter().map(|condition| {
        let name = title_of(&condition.value, values.iter().map(|one| (&one.id, &one.title)));
        let name = if values.is_empty() { l.say("explain-the-time").into_owned() } else { name };
        if let (Some(from), Some(up_to)) = (condition.from, condition.up_to)
            && from == up_to
        {
            return format!("{name} = {from}");
        }
        let bounds = [
            condition.from.map(|bound| format!("≥ {bound}")),
            condition.above.map(|bound| format!("> {bound}")),
            condition.up_to.map(|bound| format!("≤ {bound}")),
            condition.below.map(|bound| format!("< {bound}")),
        ];
        let bounds: Vec<String> = bounds.into_iter().flatten().collect();
        format!("{name} {}", bounds.join(&l.say("explain-and")))
    });
    said.collect::<Vec<_>>().join(&l.say("explain-and-then"))
}
