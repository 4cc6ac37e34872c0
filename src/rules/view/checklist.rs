//! What an organizer looks at: the whole contest at a glance, and what comes next.

use std::collections::BTreeSet;

use super::{
    EntrantLine, Organizer, Person, Progress, StageLine, Todo,
    facing::{heading, panel_named, stage_named, titled},
    organizer::{Adopted, Lots, PanelLine, Seed, StagePhase},
    panels::{panel_blocks, pending, seal_blocks},
};
use crate::rules::{
    definition::{
        Definition,
        model::{MissingJudge, Stage},
    },
    field::EntrantStanding,
    ledger::entry::{LotMethod, Phase, Role},
    names::Id,
    state::{At, Opening, Rules, State, groups_of},
};

pub fn organizer(state: &State) -> Organizer {
    let rules = state.rules();
    let definition = rules.map(|rules| &*rules.definition);
    let titles = |list: &[crate::rules::definition::model::Titled]| {
        list.iter().filter_map(|one| titled(list, Some(&one.id))).collect()
    };
    let stages = rules.map_or_else(Vec::new, |rules| stage_lines(state, rules));
    Organizer {
        heading: heading(state),
        version: state.version,
        definition: state.adopted.as_ref().map(|adopted| Adopted {
            digest: adopted.digest.clone(),
            text: adopted.text.clone(),
            by: adopted.by.clone(),
            at: adopted.at,
            count: adopted.count,
            readable: adopted.rules.is_some(),
        }),
        units: state.units.clone(),
        events: definition.map_or_else(Vec::new, |definition| titles(&definition.events)),
        groups: definition.map_or_else(Vec::new, |definition| titles(&definition.groups)),
        entrants: entrants(state),
        lots: lots(state),
        seeds: seeds(state),
        next: rules.map_or_else(|| vec![Todo::AdoptDefinition], |rules| next(state, rules, &stages)),
        blocks: rules.map_or_else(Vec::new, |rules| seal_blocks(state, rules)),
        stages,
        people: state
            .people
            .all()
            .filter(|(_, roles)| !roles.is_empty())
            .map(|(person, roles)| Person {
                person: person.clone(),
                roles: roles.to_vec(),
                unit: state.people.unit(person).cloned(),
            })
            .collect(),
        frozen_since: state.frozen.as_ref().map(|frozen| frozen.since),
        identities_open: state.identities_open,
        has_marks: state.has_marks,
    }
}

fn entrants(state: &State) -> Vec<EntrantLine> {
    let line = |(id, facts): (&_, &crate::rules::field::Entrant)| EntrantLine {
        number: state.numbers.get(id).copied(),
        has_marks: state.field.marks.get(id).is_some_and(|marks| !marks.values.is_empty()),
        entrant: crate::rules::names::EntrantId::clone(id),
        facts: facts.clone(),
    };
    state.field.entrants.iter().map(line).collect()
}

fn lots(state: &State) -> Vec<Lots> {
    let lots = state.lots.iter().map(|drawn| Lots {
        event: drawn.event.clone(),
        group: drawn.group.clone(),
        method: drawn.method.clone(),
        count: drawn.count,
        at: drawn.at,
        by: drawn.by.clone(),
    });
    lots.collect()
}

fn seeds(state: &State) -> Vec<Seed> {
    let seed = |(draw, seed): (&Id, &crate::rules::state::Seed)| Seed {
        draw: draw.clone(),
        digest: seed.digest.clone(),
        at: seed.at,
        used: seed.used,
    };
    state.seeds.iter().map(seed).collect()
}

fn stage_lines(state: &State, rules: &Rules) -> Vec<StageLine> {
    let mut lines = Vec::new();
    for stage in &rules.definition.stages {
        for group in groups_of(&rules.definition, stage) {
            lines.push(stage_line(state, rules, stage, group));
        }
    }
    lines
}

fn stage_line(state: &State, rules: &Rules, stage: &Stage, group: Option<&Id>) -> StageLine {
    let panels: Vec<PanelLine> = stage
        .panels
        .iter()
        .map(|panel| {
            let benches = state.benches(stage, panel, group);
            let still_in = benches.iter().filter(|at| at.entrant.standing == EntrantStanding::In);
            let progress = still_in.fold(Progress::default(), |sum, at: &At| {
                let (done, expected) = state.bench(at).progress();
                Progress { done: sum.done + done, expected: sum.expected + expected }
            });
            let holders = state.people.holders(&stage.id, &panel.id).iter();
            let seats: BTreeSet<u32> =
                holders.filter(|one| one.current && one.meets(None, group)).map(|one| one.seat).collect();
            PanelLine {
                panel: panel_named(stage, &panel.id),
                judges: panel.judges,
                assigned: u32::try_from(seats.len()).unwrap_or(u32::MAX),
                progress,
                signed: state.signed.contains_key(&(stage.id.clone(), panel.id.clone(), group.cloned())),
            }
        })
        .collect();
    let phase = match state.opening(&stage.id, group) {
        None => StagePhase::NotOpened,
        Some(Opening::Open) => StagePhase::Open,
        Some(Opening::Closed) if panels.iter().all(|panel| panel.signed) => StagePhase::Signed,
        Some(Opening::Closed) => StagePhase::Closed,
    };
    let progress = panels.iter().fold(Progress::default(), |sum, panel| Progress {
        done: sum.done + panel.progress.done,
        expected: sum.expected + panel.progress.expected,
    });
    StageLine {
        stage: stage_named(stage),
        group: titled(&rules.definition.groups, group),
        phase,
        entrants: state.field_of(stage, group).len(),
        progress,
        panels,
    }
}

/// In the order in which an organizer comes to it.
fn next(state: &State, rules: &Rules, stages: &[StageLine]) -> Vec<Todo> {
    let definition = &rules.definition;
    let mut next = Vec::new();
    match state.phase {
        Phase::Draft => {
            before_the_day(state, definition, &mut next);
            if !state.field.entrants.is_empty() {
                next.push(Todo::Start);
            }
        }
        Phase::Running => {
            before_the_day(state, definition, &mut next);
            on_the_day(state, rules, stages, &mut next);
        }
        Phase::Sealed => {
            if !state.identities_open {
                next.push(Todo::OpenIdentities);
            }
            let undecided = super::awards(state).awards;
            let undecided = undecided.iter().filter(|allotted| !allotted.undecided.is_empty());
            let title =
                |id: &Id| definition.awards.iter().find(|award| award.id == *id).map(|award| award.title.clone());
            let awards: Vec<_> = undecided
                .map(|allotted| super::Named {
                    id: allotted.at.award.clone(),
                    title: title(&allotted.at.award).unwrap_or_default(),
                })
                .collect();
            if awards.is_empty() {
                next.push(Todo::Announce);
            } else {
                next.push(Todo::DecideAwards { awards });
            }
        }
        Phase::Announced | Phase::Notice | Phase::Final => {
            let certified = |given: &&crate::rules::ledger::entry::Given| {
                !state.certificates.values().any(|one| one.award == given.award && one.to == given.to)
            };
            let count = state.announced.iter().filter(certified).count();
            if count > 0 {
                next.push(Todo::IssueCertificates { count });
            }
            match (state.phase, state.notice_until) {
                (Phase::Announced, _) => next.push(Todo::PublishNotice),
                (Phase::Notice, Some(from)) => next.push(Todo::Finish { from }),
                _ => {}
            }
        }
    }
    next
}

fn before_the_day(state: &State, definition: &Definition, next: &mut Vec<Todo>) {
    if state.field.entrants.is_empty() {
        next.push(Todo::ImportEntrants);
    }
    if !state.people.all().any(|(_, roles)| roles.contains(&Role::ChiefJudge)) {
        next.push(Todo::AssignChief);
    }
    for stage in &definition.stages {
        for panel in &stage.panels {
            let holders = state.people.holders(&stage.id, &panel.id);
            let vacant = |seat: &u32| !holders.iter().any(|holder| holder.current && holder.seat == *seat);
            let seats: Vec<u32> = (1..=panel.judges).filter(vacant).collect();
            let nobody = seats.len() == panel.judges as usize;
            if nobody || (!seats.is_empty() && panel.missing == MissingJudge::Wait) {
                let (stage, panel) = (stage_named(stage), panel_named(stage, &panel.id));
                next.push(Todo::AssignJudges { stage, panel, seats });
            }
        }
    }
    if state.has_marks
        && !state.lots.iter().any(|drawn| matches!(drawn.method, LotMethod::Seed { .. } | LotMethod::Hand { .. }))
    {
        return;
    }
    let mut fields: BTreeSet<(Option<&Id>, Option<&Id>)> = BTreeSet::new();
    for entrant in state.field.entrants.values() {
        fields.insert((entrant.event.as_ref(), entrant.group.as_ref()));
    }
    for (event, group) in fields {
        let missing = state.field.entrants.iter().filter(|(id, entrant)| {
            entrant.event.as_ref() == event
                && entrant.group.as_ref() == group
                && entrant.standing == EntrantStanding::In
                && !state.numbers.contains_key(*id)
        });
        let missing = missing.count();
        if missing > 0 {
            let (event, group) = (titled(&definition.events, event), titled(&definition.groups, group));
            next.push(Todo::DrawLots { event, group, missing });
        }
    }
}

fn on_the_day(state: &State, rules: &Rules, stages: &[StageLine], next: &mut Vec<Todo>) {
    for line in stages {
        let (stage, group) = (line.stage.clone(), line.group.clone());
        match line.phase {
            StagePhase::NotOpened => next.push(Todo::OpenStage { stage, group }),
            StagePhase::Open if line.progress.expected > 0 && line.progress.done == line.progress.expected => {
                next.push(Todo::CloseStage { stage, group });
            }
            _ => {}
        }
    }
    let spreads = state.open_spreads().iter().filter(|open| open.blocks()).count();
    if spreads > 0 {
        next.push(Todo::ResolveSpreads { count: spreads });
    }
    let waiting = pending(state, rules).len();
    if waiting > 0 {
        next.push(Todo::ConfirmDisqualifications { count: waiting });
    }
    let mut unsigned = 0;
    for stage in &rules.definition.stages {
        for group in groups_of(&rules.definition, stage) {
            for panel in &stage.panels {
                let signed = state.signed.contains_key(&(stage.id.clone(), panel.id.clone(), group.cloned()));
                let ready = state.opening(&stage.id, group) == Some(Opening::Closed)
                    && panel_blocks(state, rules, stage, panel, group).is_empty();
                unsigned += usize::from(!signed && ready);
            }
        }
    }
    if unsigned > 0 {
        next.push(Todo::SignPanels { count: unsigned });
    }
    let ties = super::panels::open_ties(state).len();
    if ties > 0 && stages.iter().all(|line| matches!(line.phase, StagePhase::Closed | StagePhase::Signed)) {
        next.push(Todo::DecideTies { count: ties });
    }
    if seal_blocks(state, rules).is_empty() {
        next.push(Todo::Seal);
    }
}
