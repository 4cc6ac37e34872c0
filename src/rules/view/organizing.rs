//! Computes the organizer's view: the contest as it stands, and what is next.

use std::collections::BTreeSet;

use super::{
    Block, Named, Progress, facing,
    leading::blocks,
    office,
    organizer::{Adopted, EntrantLine, Lots, Organizer, PanelLine, Person, Seed, StageLine, StagePhase, Todo},
};
use crate::rules::{
    definition::{
        Definition,
        model::{BoardShows, MissingJudge, Panel, Stage},
    },
    field::{EntrantMarks, EntrantStanding},
    indicators::{
        PeriodStage,
        rules::{Indicator, Period},
    },
    ledger::entry::{Phase, Role},
    names::Id,
    papers, season,
    state::{Opening, Rules, State, groups_of},
};

pub fn organizer(state: &State) -> Organizer {
    let rules = state.rules();
    let definition = rules.map(|rules| &*rules.definition);
    let named = |list: &[crate::rules::definition::model::Titled]| -> Vec<Named> {
        list.iter().map(|titled| Named { id: titled.id.clone(), title: titled.title.clone() }).collect()
    };
    let entrants = state.field.entrants.iter().map(|(id, facts)| {
        let furthest = state.labor.furthest(id);
        let marked = state.field.marks.get(id).is_some_and(|marks| *marks != EntrantMarks::default());
        EntrantLine {
            entrant: id.clone(),
            facts: facts.clone(),
            number: state.numbers.get(id).copied(),
            has_marks: marked || furthest.is_some(),
            signed: furthest >= Some(PeriodStage::Signed),
        }
    });
    let lots = state.lots.iter().map(|drawn| Lots {
        event: drawn.event.clone(),
        group: drawn.group.clone(),
        method: drawn.method.clone(),
        count: drawn.count,
        at: drawn.at,
        by: drawn.by.clone(),
    });
    let seeds = state.seeds.iter().map(|(draw, seed)| Seed {
        draw: draw.clone(),
        digest: seed.digest.clone(),
        at: seed.at,
        used: seed.used,
    });
    let mut people: Vec<Person> = state
        .people
        .all()
        .filter(|(_, roles)| !roles.is_empty())
        .map(|(person, roles)| Person {
            person: person.clone(),
            roles: roles.to_vec(),
            unit: state.people.unit(person).cloned(),
        })
        .collect();
    people.sort_by_cached_key(|person| person.roles.iter().map(|role| order(state, role)).min());
    let blocks = blocks(state);
    Organizer {
        heading: facing::heading(state),
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
        events: definition.map(|definition| named(&definition.events)).unwrap_or_default(),
        groups: definition.map(|definition| named(&definition.groups)).unwrap_or_default(),
        entrants: entrants.collect(),
        lots: lots.collect(),
        seeds: seeds.collect(),
        stages: definition.map(|definition| stages(state, definition)).unwrap_or_default(),
        people,
        frozen_since: state.frozen.as_ref().map(|frozen| frozen.since),
        identities_open: state.identities_open,
        next: rules.map_or_else(|| vec![Todo::AdoptDefinition], |rules| next(state, rules, &blocks)),
        blocks,
        papers: definition.map(|definition| definition.papers.clone()).unwrap_or_default(),
        prizes: papers::prize_draws(state),
        has_marks: state.has_marks,
    }
}

/// The chief, then panels as the definition lists them with the leader before the seats, then the office.
fn order(state: &State, role: &Role) -> (u8, usize, usize, u32) {
    let seat = |stage: &Id, panel: &Id, seat: u32| {
        let stages = state.rules().map(|rules| rules.definition.stages.as_slice()).unwrap_or_default();
        let at = stages.iter().position(|known| known.id == *stage).unwrap_or(stages.len());
        let panels = stages.get(at).map(|stage| stage.panels.as_slice()).unwrap_or_default();
        (1, at, panels.iter().position(|known| known.id == *panel).unwrap_or(panels.len()), seat)
    };
    let place = |collection: &Id| {
        let collections = state.rules().map(|rules| rules.definition.collections.as_slice()).unwrap_or_default();
        collections.iter().position(|known| known.id == *collection).unwrap_or(usize::MAX)
    };
    match role {
        Role::ChiefJudge => (0, 0, 0, 0),
        Role::Leader { stage, panel } => seat(stage, panel, 0),
        Role::Judge { stage, panel, seat: number, .. } => seat(stage, panel, *number),
        Role::Organizer => (2, 0, 0, 0),
        Role::LeadingGroup => (2, 1, 0, 0),
        Role::IndicatorOwner { indicator } => {
            let indicators = state.rules().map(|rules| rules.definition.indicators.indicators.as_slice());
            let at = indicators.unwrap_or_default().iter().position(|known| known.id == *indicator);
            (3, at.unwrap_or(usize::MAX), 0, 0)
        }
        Role::Checker { collection, .. } => (4, place(collection), 0, 0),
        Role::WorkJudge { collection } => (4, place(collection), 1, 0),
        Role::Liaison => (5, 0, 0, 0),
    }
}

fn stages(state: &State, definition: &Definition) -> Vec<StageLine> {
    let mut lines = Vec::new();
    for stage in definition.stages.iter().filter(|stage| !definition.is_source(&stage.id)) {
        for group in groups_of(definition, stage) {
            let panels: Vec<PanelLine> =
                stage.panels.iter().map(|panel| panel_line(state, stage, panel, group)).collect();
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
            lines.push(StageLine {
                stage: facing::stage_named(stage),
                group: facing::titled(&definition.groups, group),
                phase,
                entrants: state.field_of(stage, group).len(),
                progress,
                panels,
            });
        }
    }
    lines
}

fn panel_line(state: &State, stage: &Stage, panel: &Panel, group: Option<&Id>) -> PanelLine {
    let mut progress = Progress::default();
    for at in state.benches(stage, panel, group).iter().filter(|at| at.entrant.standing == EntrantStanding::In) {
        let (done, expected) = state.bench(at).progress();
        progress = Progress { done: progress.done + done, expected: progress.expected + expected };
    }
    let assigned = panel.judges - count(vacant(state, stage, panel, group).len());
    PanelLine {
        panel: facing::panel_named(stage, &panel.id),
        judges: panel.judges,
        assigned,
        progress,
        signed: state.signed.contains_key(&(stage.id.clone(), panel.id.clone(), group.cloned())),
    }
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// Seats nobody has in this group; every group when `None`.
fn vacant(state: &State, stage: &Stage, panel: &Panel, group: Option<&Id>) -> Vec<u32> {
    let holders = state.people.holders(&stage.id, &panel.id);
    let fits = |own: Option<&Id>| own.is_none() || group.is_none() || own == group;
    let taken: BTreeSet<u32> = holders
        .iter()
        .filter(|holder| holder.current && fits(holder.group.as_ref()))
        .map(|holder| holder.seat)
        .collect();
    (1..=panel.judges).filter(|seat| !taken.contains(seat)).collect()
}

fn next(state: &State, rules: &Rules, blocks: &[Block]) -> Vec<Todo> {
    let mut next = Vec::new();
    match state.phase {
        Phase::Draft | Phase::Running => before_sealing(state, &rules.definition, blocks, &mut next),
        Phase::Sealed => {
            if rules.definition.board.shows != BoardShows::Names && !state.identities_open {
                next.push(Todo::OpenIdentities);
            }
            next.extend(undecided_awards(state, &rules.definition));
            next.push(Todo::Announce);
        }
        Phase::Announced | Phase::Notice => {
            next.extend(undecided_awards(state, &rules.definition));
            next.extend(certificates(state));
            next.push(match state.notice_until.filter(|_| state.phase == Phase::Notice) {
                Some(from) => Todo::Finish { from },
                None => Todo::PublishNotice,
            });
        }
        Phase::Final => next.extend(certificates(state)),
    }
    next
}

fn is_collecting(definition: &Definition) -> bool {
    !definition.collections.is_empty()
}

fn before_sealing(state: &State, definition: &Definition, blocks: &[Block], next: &mut Vec<Todo>) {
    if state.field.entrants.is_empty() {
        next.push(Todo::ImportEntrants);
    }
    let mut banks: Vec<&Id> = definition.papers.iter().map(|paper| &paper.bank).collect();
    banks.sort_unstable();
    banks.dedup();
    let missing = banks.into_iter().filter(|bank| papers::bank(state, bank).is_none());
    next.extend(missing.map(|bank| Todo::AdoptBank { bank: bank.clone() }));
    let held = |wanted: &Role| state.people.all().any(|(_, roles)| roles.contains(wanted));
    let labor = &definition.indicators;
    let unbound = definition.season.sources.iter().filter(|source| !state.season.bindings.contains_key(&source.id));
    let unbound = unbound.count();
    if unbound > 0 {
        next.push(Todo::BindSources { count: unbound });
    }
    // Where everything comes from other contests nobody judges, nor where works alone make the points.
    let of_works = |stage: &Stage| stage.panels.is_empty() && stage.aspects.iter().all(|aspect| aspect.works.is_some());
    let elsewhere_made =
        |stage: &Stage| definition.is_source(&stage.id) || (is_collecting(definition) && of_works(stage));
    let elsewhere = !definition.season.is_empty() || is_collecting(definition);
    let judged = !elsewhere || !definition.stages.iter().all(elsewhere_made);
    // Indicators alone are judged by nobody.
    // Nor are ladders whose challenges papers decide.
    let judged = judged && ((labor.is_empty() && definition.ladders.is_empty()) || !definition.stages.is_empty());
    if judged && !held(&Role::ChiefJudge) {
        next.push(Todo::AssignChief);
    }
    let owner = |one: &Indicator| Role::IndicatorOwner { indicator: one.id.clone() };
    let unowned = labor.indicators.iter().filter(|one| !held(&owner(one))).count();
    if unowned > 0 {
        next.push(Todo::AppointOwners { count: unowned });
    }
    if !labor.is_empty() && !held(&Role::LeadingGroup) {
        next.push(Todo::AppointLeadingGroup);
    }
    for stage in &definition.stages {
        for panel in &stage.panels {
            let seats = vacant(state, stage, panel, None);
            // A panel that may go on smaller needs somebody, not everybody.
            let nobody = seats.len() == panel.judges as usize;
            if nobody || (!seats.is_empty() && panel.missing == MissingJudge::Wait) {
                let panel = facing::panel_named(stage, &panel.id);
                next.push(Todo::AssignJudges { stage: facing::stage_named(stage), panel, seats });
            }
        }
    }
    next.extend(office::people_of_works(state, definition));
    // Numbers stand for entrants before judges.
    if definition.stages.iter().any(|stage| !stage.panels.is_empty()) {
        next.extend(lots(state, definition));
    }
    if state.phase == Phase::Draft {
        next.push(Todo::Start);
        return;
    }
    next.extend(office::periods(state, labor));
    next.extend(office::works_to_check(state, definition));
    for line in stages(state, definition).into_iter().filter(|line| line.entrants > 0) {
        let (stage, group) = (line.stage, line.group);
        match line.phase {
            StagePhase::NotOpened => next.push(Todo::OpenStage { stage, group }),
            StagePhase::Open => {
                let id = group.as_ref().map(|group| &group.id);
                let known = definition.stages.iter().find(|known| known.id == stage.id);
                let values = known.map_or(0, |known| state.missing_values(known, id));
                if line.progress.done == line.progress.expected && values == 0 {
                    next.push(Todo::CloseStage { stage, group });
                }
            }
            StagePhase::Closed | StagePhase::Signed => {}
        }
    }
    let spreads = state.open_spreads().iter().filter(|open| open.blocks()).count();
    let disqualifications = state.pending_disqualifications().len();
    let ready = |block: &&Block| matches!(block, Block::NotSigned { .. });
    let unsigned = blocks.iter().filter(ready).count();
    let ties = state.open_ties().len();
    let open = blocks.iter().any(|block| matches!(block, Block::StageOpen { .. }));
    if spreads > 0 {
        next.push(Todo::ResolveSpreads { count: spreads });
    }
    if disqualifications > 0 {
        next.push(Todo::ConfirmDisqualifications { count: disqualifications });
    }
    if unsigned > 0 && !open {
        next.push(Todo::SignPanels { count: unsigned });
    }
    if ties > 0 && !open && unsigned == 0 {
        next.push(Todo::DecideTies { count: ties });
    }
    let published = |period: &Period| state.labor.stage(&period.id) == PeriodStage::Published;
    // A ladder is never done: when it ends, the organizer knows.
    next.extend(definition.ladders.iter().map(|ladder| {
        let ladder = ladder.titled();
        Todo::Watch { ladder: Named { id: ladder.id, title: ladder.title } }
    }));
    if definition.ladders.is_empty()
        && blocks.is_empty()
        && !state.field.entrants.is_empty()
        && (labor.is_empty() || labor.periods.iter().all(published))
    {
        let unsealed = season::unsealed(state);
        if unsealed > 0 {
            next.push(Todo::AwaitSources { count: unsealed });
        }
        next.push(Todo::Seal);
    }
}

fn lots(state: &State, definition: &Definition) -> Vec<Todo> {
    let mut missing: Vec<(Option<&Id>, Option<&Id>, usize)> = Vec::new();
    let without = state
        .field
        .entrants
        .iter()
        .filter(|(id, entrant)| entrant.standing == EntrantStanding::In && !state.numbers.contains_key(*id));
    for (_, entrant) in without {
        let (event, group) = (entrant.event.as_ref(), entrant.group.as_ref());
        match missing.iter_mut().find(|known| known.0 == event && known.1 == group) {
            Some(known) => known.2 += 1,
            None => missing.push((event, group, 1)),
        }
    }
    let todo = |(event, group, missing)| Todo::DrawLots {
        event: facing::titled(&definition.events, event),
        group: facing::titled(&definition.groups, group),
        missing,
    };
    missing.into_iter().map(todo).collect()
}

fn undecided_awards(state: &State, definition: &Definition) -> Option<Todo> {
    let preview = state.award_preview()?;
    let mut awards: Vec<Named> = Vec::new();
    for open in preview.awards.iter().filter(|allotted| !allotted.undecided.is_empty()) {
        let known = definition.awards.iter().find(|award| award.id == open.at.award)?;
        let named = Named { id: known.id.clone(), title: known.title.clone() };
        if !awards.contains(&named) {
            awards.push(named);
        }
    }
    (!awards.is_empty()).then_some(Todo::DecideAwards { awards })
}

fn certificates(state: &State) -> Option<Todo> {
    let issued =
        |award: &Id, to: &str| state.certificates.iter().any(|(_, known)| known.award == *award && known.to == to);
    let count = state.announced.iter().filter(|given| !issued(&given.award, &given.to)).count();
    (count > 0).then_some(Todo::IssueCertificates { count })
}
