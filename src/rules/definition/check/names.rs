//! Ids: each once, none of a word that means something else, and whatever is referred to exists.

use std::collections::BTreeMap;

use super::{Findings, Path, stage_path, v};
use crate::rules::{
    definition::{
        model::{AspectKind, DeductFrom, Definition, Factor, MemberScore, Only, Stage, TableOf, TieKey},
        names::VALUE,
        problem::{Fact, Thing},
        structure::nearest,
        ties::{KNOWN_MAX, RESERVED},
    },
    names::Id,
};

/// Words of formulas and of `value` aspects.
const RESERVED_IN_FORMULAS: [&str; 4] = ["panel", "value", "if", "else"];
/// Columns that every entrant list has.
const RESERVED_COLUMNS: [&str; 10] =
    ["entrant", "name", "unit", "team", "group", "event", "station", "birth-date", "gender", "quota"];
/// What `standardise` may split by, beside an entrant's value.
const SPLIT_BY: [&str; 4] = ["station", "group", "event", "team"];

pub(super) fn unique(definition: &Definition, findings: &mut Findings<'_>) {
    let list = |key: &str, ids: Vec<&Id>| -> Vec<(Id, Path)> {
        ids.into_iter().enumerate().map(|(at, id)| (id.clone(), Path::default().item(key, at))).collect()
    };
    let d = definition;
    each_once(&list("event", d.events.iter().map(|one| &one.id).collect()), &[], findings);
    each_once(&list("group", d.groups.iter().map(|one| &one.id).collect()), &[], findings);
    // A source is a stage, too, and stands behind those of the file.
    let own = d.stages.len() - d.season.sources.len();
    let mut stages = list("stage", d.stages[..own].iter().map(|one| &one.id).collect());
    stages.extend(list("source", d.season.sources.iter().map(|one| &one.id).collect()));
    each_once(&stages, &RESERVED, findings);
    each_once(&list("round", d.rounds.iter().map(|one| &one.id).collect()), &[], findings);
    each_once(&list("table", d.tables.iter().map(|one| &one.id).collect()), &[], findings);
    each_once(&list("award", d.awards.iter().map(|one| &one.id).collect()), &[], findings);
    each_once(&list("ladder", d.ladders.iter().map(|one| &one.id).collect()), &[], findings);
    each_once(&list("paper", d.papers.iter().map(|one| &one.id).collect()), &[], findings);
    each_once(&list("collection", d.collections.iter().map(|one| &one.id).collect()), &[], findings);
    for (at, one) in d.collections.iter().enumerate() {
        let path = Path::default().item("collection", at);
        let grades = one.grades.iter().enumerate().map(|(at, grade)| (grade.id.clone(), path.item("grade", at)));
        each_once(&grades.collect::<Vec<_>>(), &[], findings);
    }
    each_once(&list("period", d.indicators.periods.iter().map(|one| &one.id).collect()), &[], findings);
    each_once(&list("honour", d.indicators.honours.iter().map(|one| &one.id).collect()), &[], findings);
    each_once(&list("indicator", d.indicators.indicators.iter().map(|one| &one.id).collect()), &[], findings);
    for (at, one) in d.indicators.indicators.iter().enumerate() {
        let path = Path::default().item("indicator", at).key("events");
        let kinds = one.kinds().iter().enumerate().map(|(at, kind)| (kind.id.clone(), path.item("kind", at)));
        each_once(&kinds.collect::<Vec<_>>(), &[], findings);
    }
    let entrants = Path::of("entrants");
    let values = d.entrants.values.iter().enumerate().map(|(at, one)| (one.id.clone(), entrants.item("values", at)));
    let tests = d.entrants.eligibilities.iter().enumerate();
    let tests = tests.map(|(at, one)| (one.id.clone(), entrants.item("eligibility", at)));
    let columns: Vec<(Id, Path)> = values.chain(tests).collect();
    let reserved: Vec<&str> = RESERVED_COLUMNS.iter().chain(&RESERVED_IN_FORMULAS).copied().collect();
    each_once(&columns, &reserved, findings);
    for (at, stage) in d.stages.iter().enumerate() {
        let path = stage_path(at);
        let below = |key: &str, ids: Vec<&Id>| -> Vec<(Id, Path)> {
            ids.into_iter().enumerate().map(|(at, id)| (id.clone(), path.item(key, at))).collect()
        };
        // Formulas, tie keys and files of marks name these without saying which kind they are.
        let mut parts = below("piece", stage.pieces.iter().map(|one| &one.id).collect());
        parts.extend(below("aspect", stage.aspects.iter().map(|one| &one.id).collect()));
        parts.extend(below("violation", stage.violations.iter().map(|one| &one.id).collect()));
        each_once(&parts, &RESERVED_IN_FORMULAS, findings);
        each_once(&below("panel", stage.panels.iter().map(|one| &one.id).collect()), &[], findings);
        for (aspect_at, aspect) in stage.aspects.iter().enumerate() {
            if let AspectKind::Measurement { values, .. } = &aspect.kind {
                let path = path.item("aspect", aspect_at);
                let values = values.iter().enumerate().map(|(at, one)| (one.id.clone(), path.item("values", at)));
                each_once(&values.collect::<Vec<_>>(), &["panel", "if", "else"], findings);
            }
        }
    }
}

fn each_once(ids: &[(Id, Path)], reserved: &[&str], findings: &mut Findings<'_>) {
    let mut first: BTreeMap<&Id, usize> = BTreeMap::new();
    for (id, path) in ids {
        let place = path.key("id");
        if reserved.contains(&id.as_str()) {
            findings.error(&place, Fact::ReservedId { id: id.to_string() });
        }
        if let Some(first_line) = first.get(id) {
            findings.error(&place, Fact::DuplicateId { id: id.to_string(), first_line: *first_line });
        } else {
            first.insert(id, findings.line(&place));
        }
    }
}

pub(super) fn known(file: &v::File, definition: &Definition, findings: &mut Findings<'_>) {
    let d = definition;
    let events: Vec<&Id> = d.events.iter().map(|one| &one.id).collect();
    let groups: Vec<&Id> = d.groups.iter().map(|one| &one.id).collect();
    let stages: Vec<&Id> = d.stages.iter().map(|one| &one.id).collect();
    let tables: Vec<&Id> = d.tables.iter().map(|one| &one.id).collect();
    let awards: Vec<&Id> = d.awards.iter().map(|one| &one.id).collect();
    let tests: Vec<&Id> = d.entrants.eligibilities.iter().map(|one| &one.id).collect();
    for (at, stage) in d.stages.iter().enumerate() {
        let path = stage_path(at);
        list(Thing::Event, &stage.events, &events, &path.key("events"), findings);
        list(Thing::Group, &stage.groups, &groups, &path.key("groups"), findings);
        in_stage(definition, stage, &path, findings);
    }
    for (at, round) in d.rounds.iter().enumerate() {
        list(Thing::Stage, &round.stages, &stages, &Path::default().item("round", at).key("stages"), findings);
    }
    for (at, table) in d.tables.iter().enumerate() {
        let path = Path::default().item("table", at);
        let mut eligible = 0..;
        for only in &table.only {
            match only {
                Only::Event(id) => one(Thing::Event, id, &events, &path.key("only").key("event"), findings),
                Only::Group(id) => one(Thing::Group, id, &groups, &path.key("only").key("group"), findings),
                Only::Eligible(id) => {
                    let place = path.key("only").item("eligible", eligible.next().unwrap_or(0));
                    one(Thing::Eligibility, id, &tests, &place, findings);
                }
            }
        }
        if let TableOf::Units { score, .. } = &table.of {
            scored_awards(score, &awards, &path.key("points"), findings);
        }
    }
    if let Some(teams) = &d.teams {
        scored_awards(&teams.score, &awards, &Path::of("teams").key("points"), findings);
        let words = file.teams.as_ref().and_then(|teams| teams.ties.as_deref());
        tie_values(d, &teams.ties, words, &Path::of("teams").key("ties"), findings);
    }
    tie_values(d, &d.ranking.ties, file.ranking.ties.as_deref(), &Path::of("ranking").key("ties"), findings);
    for (at, award) in d.awards.iter().enumerate() {
        let path = Path::default().item("award", at);
        list(Thing::Eligibility, &award.only, &tests, &path.key("eligible"), findings);
        if let Some(table) = &file.award[at].table {
            one(Thing::Table, &Id::new(&table.0), &tables, &path.key("table"), findings);
        }
    }
}

fn in_stage(definition: &Definition, stage: &Stage, path: &Path, findings: &mut Findings<'_>) {
    let aspects: Vec<&Id> = stage.aspects.iter().map(|one| &one.id).collect();
    let pieces: Vec<&Id> = stage.pieces.iter().map(|one| &one.id).collect();
    let panels: Vec<&Id> = stage.panels.iter().map(|one| &one.id).collect();
    let columns: Vec<&Id> = definition.entrants.values.iter().map(|one| &one.id).collect();
    for (at, panel) in stage.panels.iter().enumerate() {
        list(Thing::Aspect, &panel.marks, &aspects, &path.item("panel", at).key("marks"), findings);
    }
    for (at, violation) in stage.violations.iter().enumerate() {
        if let DeductFrom::Aspect(id) = &violation.from {
            one(Thing::Aspect, id, &aspects, &path.item("violation", at).key("aspect"), findings);
        }
        if let Some(id) = &violation.panel {
            one(Thing::Panel, id, &panels, &path.item("violation", at).key("panel"), findings);
        }
    }
    if let Some(rule) = &stage.standardise {
        let split: Vec<Id> = SPLIT_BY.iter().map(Id::new).collect();
        let known: Vec<&Id> = split.iter().chain(columns.iter().copied()).collect();
        one(Thing::EntrantValue, &rule.by, &known, &path.key("standardise").key("by"), findings);
    }
    let numbers: Vec<&Id> = stage
        .aspects
        .iter()
        .filter(|aspect| matches!(aspect.kind, AspectKind::Value { .. }))
        .map(|aspect| &aspect.id)
        .chain(columns.iter().copied())
        .collect();
    for (at, aspect) in stage.aspects.iter().enumerate() {
        let path = path.item("aspect", at);
        list(Thing::Piece, aspect.pieces.as_deref().unwrap_or_default(), &pieces, &path.key("pieces"), findings);
        if let Factor::Named(name) = &aspect.factor {
            one(Thing::Factor, name, &numbers, &path.key("factor"), findings);
        }
    }
}

/// Entrant values and recorded values that a chain names. `words` are its texts, which tell the positions.
fn tie_values(d: &Definition, keys: &[TieKey], words: Option<&[String]>, path: &Path, findings: &mut Findings<'_>) {
    let place = |subject: &str| {
        let at = words.iter().flat_map(|words| words.iter()).position(|word| word.starts_with(subject));
        at.map_or_else(|| path.clone(), |at| path.at(at))
    };
    let columns: Vec<&Id> = d.entrants.values.iter().map(|one| &one.id).collect();
    for key in keys {
        match key {
            TieKey::EntrantValue { value, .. } => {
                one(Thing::EntrantValue, value, &columns, &place(&format!("value:{value}")), findings);
            }
            TieKey::Recorded { stage, aspect, value, .. } => {
                let Some(of) = d.stages.iter().find(|one| one.id == *stage) else { continue };
                let Some(of) = of.aspects.iter().find(|one| one.id == *aspect) else { continue };
                let single = Id::new(VALUE);
                let known: Vec<&Id> = match &of.kind {
                    AspectKind::Measurement { values, .. } => values.iter().map(|one| &one.id).collect(),
                    AspectKind::Deduction => Vec::new(),
                    _ => vec![&single],
                };
                one(Thing::Recorded, value, &known, &place(&format!("{stage}/{aspect}.{value}")), findings);
            }
            _ => {}
        }
    }
}

fn scored_awards(score: &MemberScore, awards: &[&Id], path: &Path, findings: &mut Findings<'_>) {
    if let MemberScore::Awards(points) = score {
        for (award, _) in points {
            one(Thing::Award, award, awards, &path.key(award.as_str()), findings);
        }
    }
}

pub(super) fn list(thing: Thing, ids: &[Id], known: &[&Id], path: &Path, findings: &mut Findings<'_>) {
    for (at, id) in ids.iter().enumerate() {
        one(thing, id, known, &path.at(at), findings);
        if ids[..at].contains(id) {
            findings.error(&path.at(at), Fact::ListedTwice { id: id.to_string() });
        }
    }
}

pub(super) fn one(thing: Thing, id: &Id, known: &[&Id], path: &Path, findings: &mut Findings<'_>) {
    if !known.contains(&id) {
        let mut known: Vec<String> = known.iter().map(ToString::to_string).collect();
        let nearest = nearest(id.as_str(), &known);
        known.truncate(KNOWN_MAX);
        findings.error(path, Fact::Unknown { thing, id: id.to_string(), nearest, known });
    }
}
