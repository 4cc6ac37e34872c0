//! Papers: what they name exists, numbers that fit together, and keys that mean something where they stand.

use rust_decimal::Decimal;

use super::{Findings, Path, names::one, stage_path, v};
use crate::rules::{
    definition::{
        model::Definition,
        problem::{Fact, Thing},
    },
    ladder::rules::{Format, Span},
    names::Id,
    papers::rules::{Part, Rules},
};

pub(super) fn check(file: &v::File, definition: &Definition, findings: &mut Findings<'_>) {
    let says_nothing = definition.stages.is_empty()
        && definition.papers.is_empty()
        && definition.ladders.is_empty()
        && definition.collections.is_empty()
        && definition.indicators.is_empty();
    if says_nothing {
        let keys = ["[[stage]]", "[[paper]]", "[[ladder]]", "[[collection]]", "[[indicator]]", "[[source]]"];
        let keys = keys.map(str::to_owned).to_vec();
        findings.error(&Path::default(), Fact::OneOf { keys });
    }
    for (at, paper) in definition.papers.iter().enumerate() {
        let path = Path::default().item("paper", at);
        for (part_at, part) in paper.parts.iter().enumerate() {
            of_part(part, &file.paper[at].part[part_at], &path.item("part", part_at), findings);
        }
        windows(paper, definition, &path, findings);
        whole(paper, &path, findings);
    }
    for (stage_at, stage) in file.stage.iter().enumerate() {
        let path = stage_path(stage_at);
        for (at, aspect) in stage.aspect.iter().enumerate() {
            of_aspect(aspect, definition, &path.item("aspect", at), findings);
        }
        if stage.attempts.as_ref().is_some_and(|attempts| attempts.count > 1)
            && stage.aspect.iter().any(|aspect| aspect.paper.is_some())
        {
            // How often a paper is sat, and what counts, is said with the paper.
            let (key, with) = ("attempts".to_owned(), "paper".to_owned());
            findings.error(&path.key("attempts"), Fact::KeyNotHere { key, with });
        }
    }
    ladders(definition, findings);
}

fn of_part(part: &Part, file: &v::PaperPart, path: &Path, findings: &mut Findings<'_>) {
    use v::ItemKind::{FindFix, Hazards, Multiple};
    let positive = [
        ("points", Some(part.worth.points)),
        ("step", part.worth.step),
        ("per-option", file.per_option.map(|number| number.0)),
    ];
    for (key, value) in positive {
        if let Some(value) = value.filter(|value| *value <= Decimal::ZERO) {
            findings.error(&path.key(key), Fact::PartNotPositive { key: key.to_owned(), value });
        }
    }
    for (key, value) in [("share", file.share), ("wrong-place", file.wrong_place)] {
        if let Some(v::Number(value)) = value.filter(|value| value.0 < Decimal::ZERO || value.0 > Decimal::ONE) {
            let (from, to) = ("0".to_owned(), "1".to_owned());
            findings
                .error(&path.key(key), Fact::OutOfRange { key: key.to_owned(), value: value.to_string(), from, to });
        }
    }
    if part.worth.floor > part.worth.points {
        let (min, max) = (part.worth.floor, part.worth.points);
        findings.error(&path.key("floor"), Fact::MinAboveMax { min, max });
    }
    let choice = file.choice.unwrap_or(v::ChoiceWord::Exact);
    let asks = |kinds: &[v::ItemKind]| file.kind.is_none_or(|kind| kinds.contains(&kind));
    let belong = [
        ("choice", file.choice.is_some(), asks(&[Multiple]), "kind = \"multiple\""),
        ("share", file.share.is_some(), choice == v::ChoiceWord::SubsetFixed, "choice = \"subset-fixed\""),
        ("per-option", file.per_option.is_some(), choice == v::ChoiceWord::PerOption, "choice = \"per-option\""),
        ("wrong-place", file.wrong_place.is_some(), asks(&[FindFix, Hazards]), "kind = \"find-fix\""),
        ("clicks", file.clicks.is_some(), asks(&[Hazards]), "kind = \"hazards\""),
        ("step-mode", file.step_mode.is_some(), file.step.is_some(), "step"),
    ];
    for (key, given, fits, with) in belong {
        if given && !fits {
            let (key, with, place) = (key.to_owned(), with.to_owned(), path.key(key));
            findings.error(&place, Fact::KeyOnlyWith { key, with });
        }
    }
}

fn windows(paper: &Rules, definition: &Definition, path: &Path, findings: &mut Findings<'_>) {
    let groups: Vec<&Id> = definition.groups.iter().map(|group| &group.id).collect();
    for (at, window) in paper.windows.iter().enumerate() {
        let path = path.item("window", at);
        if let (Some(opens), Some(closes)) = (window.opens, window.closes)
            && opens >= closes
        {
            let said = |moment: jiff::civil::DateTime| moment.strftime("%Y-%m-%dT%H:%M").to_string();
            let fact = Fact::WindowBackwards { opens: said(opens), closes: said(closes) };
            findings.error(&path.key("closes"), fact);
        }
        if let Some(group) = &window.group {
            one(Thing::Group, group, &groups, &path.key("group"), findings);
        }
    }
}

/// What concerns the paper as a whole.
fn whole(paper: &Rules, path: &Path, findings: &mut Findings<'_>) {
    let count = paper.count();
    if let Some(least) = paper.right_at_least.filter(|least| *least > count) {
        let (key, from) = ("right-at-least".to_owned(), "0".to_owned());
        let fact = Fact::OutOfRange { key, value: least.to_string(), from, to: count.to_string() };
        findings.error(&path.key("right-at-least"), fact);
    }
    if paper.floor > paper.max() {
        findings.error(&path.key("floor"), Fact::MinAboveMax { min: paper.floor, max: paper.max() });
    }
}

fn of_aspect(aspect: &v::Aspect, definition: &Definition, path: &Path, findings: &mut Findings<'_>) {
    let Some(paper) = &aspect.paper else {
        if aspect.reads.is_some() {
            let (key, with) = ("reads".to_owned(), "paper".to_owned());
            findings.error(&path.key("reads"), Fact::KeyOnlyWith { key, with });
        }
        return;
    };
    known(&Id::new(&paper.0), definition, &path.key("paper"), findings);
    // It is sat once for the stage, and its result comes from nowhere else.
    let pieces = aspect.pieces.as_ref().is_some_and(|pieces| !pieces.is_empty());
    for (key, given) in [("pieces", pieces), ("source", aspect.source.is_some())] {
        if given {
            findings.error(&path.key(key), Fact::KeyNotHere { key: key.to_owned(), with: "paper".to_owned() });
        }
    }
}

fn known(id: &Id, definition: &Definition, path: &Path, findings: &mut Findings<'_>) {
    let papers: Vec<&Id> = definition.papers.iter().map(|paper| &paper.id).collect();
    one(Thing::Paper, id, &papers, path, findings);
}

/// The paper of a ladder exists, and can be answered before the challenge ends.
fn ladders(definition: &Definition, findings: &mut Findings<'_>) {
    for (at, ladder) in definition.ladders.iter().enumerate() {
        let path = Path::default().item("ladder", at);
        let (Format::Record { paper: id, .. } | Format::Duel { paper: id }) = &ladder.format else { continue };
        // Without the key something harmless stands in its place, and was reported.
        if !findings.has(&path.key("paper")) {
            continue;
        }
        known(id, definition, &path.key("paper"), findings);
        let paper = definition.papers.iter().find(|paper| paper.id == *id);
        if let (Some(minutes), Span::Hours(play_hours)) = (paper.and_then(|paper| paper.minutes), ladder.answer.play)
            && minutes > play_hours.saturating_mul(60)
        {
            findings.warn(&path.key("answer").key("play-hours"), Fact::PlayShorterThanPaper { minutes, play_hours });
        }
    }
}
