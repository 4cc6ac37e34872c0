//! What every view needs: the heading, titles, and what an audience may know.

use std::sync::Arc;

use super::{Audience, Heading, Named, Shows};
use crate::rules::{
    definition::{
        Definition,
        model::{BoardShows, JudgeWord, Stage, Titled},
    },
    field::Entrant,
    ledger::entry::{Digest, Phase, Role},
    names::{EntrantId, Id, PersonId},
    state::State,
};

/// What stands above every view.
pub fn heading(state: &State) -> Heading {
    let Some(rules) = state.rules() else {
        return Heading { phase: state.phase, notice_until: state.notice_until, ..Heading::default() };
    };
    let definition = &rules.definition;
    Heading {
        contest: definition.id.as_str().to_owned(),
        title: definition.title.clone(),
        subtitle: definition.subtitle.clone(),
        organizer: definition.organizer.clone(),
        language: definition.language.clone(),
        timezone: definition.timezone.clone(),
        adjudicators: definition.judges_are == JudgeWord::Adjudicator,
        of_units: !definition.indicators.is_empty() || definition.season.ranks_units(),
        phase: state.phase,
        sealed: state.phase >= Phase::Sealed,
        notice_until: state.notice_until,
    }
}

/// When the contest first ran.
pub fn begun(state: &State) -> Option<crate::rules::ledger::Instant> {
    state.begun
}

/// Whether entrants come in themselves: to answer, to challenge or to hand in works.
pub fn has_workers(state: &State) -> bool {
    state.rules().is_some_and(|rules| {
        let definition = &rules.definition;
        !(definition.papers.is_empty() && definition.ladders.is_empty() && definition.collections.is_empty())
    })
}

/// Whether papers are drawn, so that workers come to answer.
pub fn has_papers(state: &State) -> bool {
    state.rules().is_some_and(|rules| !rules.definition.papers.is_empty())
}

/// An entrant as registered.
pub fn facts<'s>(state: &'s State, id: &EntrantId) -> Option<&'s Entrant> {
    state.entrant(id)
}

/// The adopted definition with its digest; `None` before there is one, and when this program cannot read it.
pub fn adopted(state: &State) -> Option<(Digest, Arc<Definition>)> {
    let adopted = state.adopted.as_ref()?;
    Some((adopted.digest.clone(), adopted.rules.as_ref()?.definition.clone()))
}

/// The newest entry that the public's board shows; it knows of none after that, and of none after a freeze.
pub fn public_head(state: &State) -> u64 {
    state.public_head
}

/// The draw numbers of those of these entrants who have one.
pub fn numbers<'e>(state: &State, entrants: impl IntoIterator<Item = &'e EntrantId>) -> Vec<(EntrantId, u32)> {
    entrants.into_iter().filter_map(|id| Some((id.clone(), *state.numbers.get(id)?))).collect()
}

/// What somebody may do in this contest.
pub fn roles(state: &State, person: &PersonId) -> Vec<Role> {
    state.people.roles(person).to_vec()
}

pub(in crate::rules) fn shows(state: &State, definition: &Definition, audience: &Audience) -> Shows {
    if *audience == Audience::Staff || state.identities_open || state.phase >= Phase::Announced {
        return Shows::Names;
    }
    match definition.board.shows {
        BoardShows::Off => Shows::Nothing,
        BoardShows::Numbers => Shows::Numbers,
        BoardShows::Names => Shows::Names,
    }
}

/// As the definition lists them.
pub fn groups(state: &State) -> Vec<Named> {
    let groups = state.rules().map(|rules| rules.definition.groups.as_slice()).unwrap_or_default();
    groups.iter().map(|group| named(&group.id, Some(&group.title))).collect()
}

pub(super) fn titled(list: &[Titled], id: Option<&Id>) -> Option<Named> {
    let id = id?;
    let title =
        list.iter().find(|titled| titled.id == *id).map_or_else(|| id.to_string(), |titled| titled.title.clone());
    Some(Named { id: id.clone(), title })
}

pub(super) fn stage_named(stage: &Stage) -> Named {
    Named { id: stage.id.clone(), title: stage.title.clone() }
}

/// Of a panel, an aspect, a piece or a violation of a stage; an id that the stage does not have stands for itself.
pub(super) fn panel_named(stage: &Stage, id: &Id) -> Named {
    named(id, stage.panels.iter().find(|panel| panel.id == *id).map(|panel| &panel.title))
}

pub(super) fn aspect_named(stage: &Stage, id: &Id) -> Named {
    named(id, stage.aspects.iter().find(|aspect| aspect.id == *id).map(|aspect| &aspect.title))
}

pub(super) fn piece_named(stage: &Stage, id: Option<&Id>) -> Option<Named> {
    let id = id?;
    Some(named(id, stage.pieces.iter().find(|piece| piece.id == *id).map(|piece| &piece.title)))
}

pub(super) fn violation_named(stage: &Stage, id: &Id) -> Named {
    named(id, stage.violations.iter().find(|violation| violation.id == *id).map(|violation| &violation.title))
}

fn named(id: &Id, title: Option<&String>) -> Named {
    Named { id: id.clone(), title: title.cloned().unwrap_or_else(|| id.to_string()) }
}
