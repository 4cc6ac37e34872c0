//! A stage, and how stages become the total.

use super::{Language, Section, aspect, floor, join, panel, rounding, text, title_of};
use crate::rules::definition::model::{
    AbsentCounts, CutRule, CutTies, DeductFrom, Definition, Effect, Round, Stage, StandardiseMethod, Take, Violation,
};

pub(super) fn section(l: Language, d: &Definition, stage: &Stage) -> Section {
    let mut lines = Vec::new();
    let events = stage.events.iter().map(|id| title_of(id, d.events.iter().map(|one| (&one.id, &one.title))));
    if !stage.events.is_empty() {
        lines.push(l.say_with("explain-stage-events", &[("events", join(l, events))]).into_owned());
    }
    let groups = stage.groups.iter().map(|id| title_of(id, d.groups.iter().map(|one| (&one.id, &one.title))));
    if !stage.groups.is_empty() {
        lines.push(l.say_with("explain-stage-groups", &[("groups", join(l, groups))]).into_owned());
    }
    if !stage.pieces.is_empty() {
        for piece in &stage.pieces {
            let values = [
                ("piece", text(&piece.title)),
                ("factor", text(piece.factor)),
                ("floor", text(floor(l, piece.floor))),
                ("rounding", text(rounding(l, piece.rounding))),
            ];
            lines.push(l.say_with("explain-piece", &values).into_owned());
        }
    }
    for panel in &stage.panels {
        lines.extend(panel::lines(l, d, stage, panel));
    }
    for one in &stage.aspects {
        lines.extend(aspect::lines(l, d, stage, one));
    }
    for violation in &stage.violations {
        lines.push(fault(l, stage, violation));
    }
    lines.extend(attempts(l, stage));
    lines.push(match &stage.formula {
        Some(formula) => l.say_with("explain-stage-formula", &[("formula", text(&formula.source))]).into_owned(),
        None => l.say("explain-stage-sum").into_owned(),
    });
    let values = [("floor", text(floor(l, stage.floor))), ("rounding", text(rounding(l, stage.rounding)))];
    lines.push(l.say_with("explain-stage-score", &values).into_owned());
    if let Some(max) = stage.max {
        lines.push(l.say_with("explain-stage-max", &[("max", text(max))]).into_owned());
    }
    if let Some(rule) = &stage.standardise {
        let by = ("by", text(&rule.by));
        lines.push(
            match rule.method {
                StandardiseMethod::ZScore => l.say_with("explain-z-score", &[by]),
                StandardiseMethod::MedianMad => l.say_with("explain-median-mad", &[by]),
            }
            .into_owned(),
        );
    }
    lines.push(match stage.absent {
        AbsentCounts::Unranked => l.say("explain-absent-unranked").into_owned(),
        AbsentCounts::Zero => l.say("explain-absent-zero").into_owned(),
    });
    Section { title: l.say_with("explain-title-stage", &[("stage", text(&stage.title))]).into_owned(), lines }
}

fn attempts(l: Language, stage: &Stage) -> Option<String> {
    if stage.attempts.count == 1 {
        return None;
    }
    let count = ("count", text(stage.attempts.count));
    Some(
        match stage.attempts.take {
            Take::Best => l.say_with("explain-attempts-best", &[count]),
            Take::BestOf(best) => l.say_with("explain-attempts-best-of", &[count, ("best", text(best))]),
            Take::Sum => l.say_with("explain-attempts-sum", &[count]),
            Take::Mean => l.say_with("explain-attempts-mean", &[count]),
            Take::Last => l.say_with("explain-attempts-last", &[count]),
        }
        .into_owned(),
    )
}

fn fault(l: Language, stage: &Stage, violation: &Violation) -> String {
    let mut parts = Vec::new();
    if !violation.points.is_zero() {
        let values = [("points", text(violation.points)), ("from", text(deducted_from(l, stage, &violation.from)))];
        parts.push(l.say_with("explain-violation-points", &values).into_owned());
    }
    if let Some(most) = violation.most {
        parts.push(l.say_with("explain-violation-most", &[("most", text(most))]).into_owned());
    }
    let from = ("from", text(deducted_from(l, stage, &violation.from)));
    parts.extend(match violation.effect {
        Effect::PointsOnly => None,
        Effect::ZeroAspect => Some(l.say_with("explain-zero-aspect", &[from]).into_owned()),
        Effect::ZeroPiece => Some(l.say("explain-zero-piece").into_owned()),
        Effect::ZeroStage => Some(l.say("explain-zero-stage").into_owned()),
        Effect::Disqualify => Some(l.say("explain-disqualify").into_owned()),
    });
    let panel = violation.panel.as_ref().map(|id| title_of(id, stage.panels.iter().map(|one| (&one.id, &one.title))));
    parts.push(match panel {
        _ if stage.panels.is_empty() => l.say("explain-recorded-by-office").into_owned(),
        Some(panel) => l.say_with("explain-recorded-by-panel", &[("panel", text(panel))]).into_owned(),
        None => l.say("explain-recorded-by-leader").into_owned(),
    });
    let said = parts.join(&l.say("explain-and-then"));
    let values = [("violation", text(&violation.title)), ("effect", text(said))];
    l.say_with("explain-violation", &values).into_owned()
}

fn deducted_from(l: Language, stage: &Stage, from: &DeductFrom) -> String {
    match from {
        DeductFrom::Aspect(id) => {
            let aspect = title_of(id, stage.aspects.iter().map(|one| (&one.id, &one.title)));
            l.say_with("explain-from-aspect", &[("aspect", text(aspect))]).into_owned()
        }
        DeductFrom::Piece => l.say("explain-from-piece").into_owned(),
        DeductFrom::Stage => l.say("explain-from-stage").into_owned(),
        DeductFrom::Total => l.say("explain-from-total").into_owned(),
    }
}

pub(super) fn total(l: Language, d: &Definition) -> Section {
    let mut lines = Vec::new();
    let weighted: Vec<String> = d
        .stages
        .iter()
        .filter_map(|stage| {
            let weight = stage.weight?;
            let values = [("stage", text(&stage.title)), ("weight", text(weight))];
            Some(
                if stage.rescale {
                    l.say_with("explain-weight-rescaled", &values)
                } else {
                    l.say_with("explain-weight", &values)
                }
                .into_owned(),
            )
        })
        .collect();
    if weighted.is_empty() {
        let stages = join(l, d.stages.iter().map(|stage| stage.title.clone()));
        lines.push(l.say_with("explain-total-sum", &[("stages", stages)]).into_owned());
        for stage in d.stages.iter().filter(|stage| stage.rescale) {
            lines.push(l.say_with("explain-rescaled", &[("stage", text(&stage.title))]).into_owned());
        }
    } else {
        let parts = text(weighted.join(" + "));
        lines.push(l.say_with("explain-total-weighted", &[("parts", parts)]).into_owned());
    }
    let values = [("floor", text(floor(l, d.total.floor))), ("rounding", text(rounding(l, d.total.rounding)))];
    lines.push(l.say_with("explain-total", &values).into_owned());
    for round in &d.rounds {
        lines.push(round_line(l, d, round));
        lines.extend(cut(l, round));
    }
    Section { title: l.say("explain-title-total").into_owned(), lines }
}

fn round_line(l: Language, d: &Definition, round: &Round) -> String {
    let stages = round.stages.iter().map(|id| title_of(id, d.stages.iter().map(|one| (&one.id, &one.title))));
    let values = [("round", text(&round.title)), ("stages", join(l, stages))];
    if round.carry {
        l.say_with("explain-round-carry", &values).into_owned()
    } else {
        l.say_with("explain-round-fresh", &values).into_owned()
    }
}

fn cut(l: Language, round: &Round) -> Option<String> {
    let cut = round.cut.as_ref()?;
    let ties = text(match cut.ties {
        CutTies::AllIn => l.say("explain-cut-all-in"),
        CutTies::NoneIn => l.say("explain-cut-none-in"),
        CutTies::Decided => l.say("explain-cut-decided"),
    });
    let name = ("round", text(&round.title));
    Some(
        match cut.rule {
            CutRule::Top(top) => l.say_with("explain-cut-top", &[name, ("top", text(top)), ("ties", ties)]),
            CutRule::AtLeast(least) => l.say_with("explain-cut-at-least", &[name, ("least", text(least))]),
        }
        .into_owned(),
    )
}
