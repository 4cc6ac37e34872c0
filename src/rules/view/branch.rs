//! A branch of the units for whoever looks after its people, and the few facts that a worker's door needs.
//!
//! Says who has answered, never what: results are on the board.

use super::{Audience, Heading, Holds, Named, Shows, certificate, facing};
use crate::rules::{
    definition::model::AwardTo,
    field::EntrantStanding,
    names::{EntrantId, Id, PersonId, UnitPath},
    papers,
    state::State,
};

/// The people of a branch, without names.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    pub heading: Heading,
    /// What there is to answer, in the order of the definition; empty in a contest without papers.
    pub tasks: Vec<Named>,
    /// By unit, then by entrant; without those who withdrew or were disqualified.
    pub people: Vec<BranchLine>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchLine {
    pub entrant: EntrantId,
    pub unit: Option<UnitPath>,
    /// Finished papers that count, one per task. In a contest without papers one number: recorded values.
    pub answered: Vec<usize>,
}

/// Everybody within `unit`, or everybody.
pub fn branch(state: &State, unit: Option<&UnitPath>) -> Branch {
    let papers = state.rules().map_or(&[][..], |rules| rules.definition.papers.as_slice());
    let tasks: Vec<Named> =
        papers.iter().map(|paper| Named { id: paper.id.clone(), title: paper.title.clone() }).collect();
    let answered = |entrant: &EntrantId| -> Vec<usize> {
        if tasks.is_empty() {
            return vec![state.field.marks.get(entrant).map_or(0, |marks| marks.values.len())];
        }
        let finished = |task: &Named| {
            let sat = papers::attempts(state, &task.id, entrant);
            sat.iter().filter(|(_, sat)| sat.counts() && sat.finished.is_some()).count()
        };
        tasks.iter().map(finished).collect()
    };
    let within = |own: Option<&UnitPath>| unit.is_none_or(|unit| own.is_some_and(|own| own.is_within(unit)));
    let mut people: Vec<BranchLine> = state
        .field
        .entrants
        .iter()
        .filter(|(_, facts)| facts.standing == EntrantStanding::In && within(facts.unit.as_ref()))
        .map(|(entrant, facts)| BranchLine {
            entrant: entrant.clone(),
            unit: facts.unit.clone(),
            answered: answered(entrant),
        })
        .collect();
    people.sort_by(|one, other| (&one.unit, &one.entrant).cmp(&(&other.unit, &other.entrant)));
    Branch { heading: facing::heading(state), tasks, people }
}

/// The tree of units, as paths; empty where units are typed.
pub fn units(state: &State) -> Vec<UnitPath> {
    state.units.clone()
}

/// Of an entrant.
pub fn unit_of(state: &State, entrant: &EntrantId) -> Option<UnitPath> {
    state.entrant(entrant)?.unit.clone()
}

pub fn is_entrant(state: &State, entrant: &EntrantId) -> bool {
    state.entrant(entrant).is_some()
}

pub fn entrant_count(state: &State) -> usize {
    state.field.entrants.len()
}

/// Of somebody who acts, as the assignment names it.
pub fn unit_of_person(state: &State, person: &PersonId) -> Option<UnitPath> {
    state.people.unit(person).cloned()
}

/// How the public's board names the row of an entrant: as [`super::Seen::key`].
pub fn public_key(state: &State, entrant: &EntrantId) -> String {
    let shows = state.rules().map(|rules| facing::shows(state, &rules.definition, &Audience::Public));
    match (shows, state.numbers.get(entrant)) {
        (Some(Shows::Numbers), Some(number)) => number.to_string(),
        _ => entrant.as_str().to_owned(),
    }
}

/// Titles of the announced awards of an entrant, in the order of the definition.
pub fn titles_of(state: &State, entrant: &EntrantId) -> Vec<String> {
    let Some(rules) = state.rules() else { return Vec::new() };
    let awards = rules.definition.awards.iter().filter(|award| award.to == AwardTo::Entrants);
    let theirs = awards
        .filter(|award| state.announced.iter().any(|given| given.award == award.id && given.to == entrant.as_str()));
    theirs.map(|award| award.title.clone()).collect()
}

/// A certificate that its holder may have in the hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnCertificate {
    pub serial: String,
    /// Of the award.
    pub title: String,
}

/// The certificates of an entrant's awards that hold, the oldest first, from when names may stand beside results; those
/// of ladders stand with their rewards.
pub fn certificates_of(state: &State, entrant: &EntrantId) -> Vec<OwnCertificate> {
    let Some(rules) = state.rules() else { return Vec::new() };
    if !matches!(facing::shows(state, &rules.definition, &Audience::Public), Shows::Names) {
        return Vec::new();
    }
    let award = |id: &Id| rules.definition.awards.iter().find(|award| award.id == *id && award.to == AwardTo::Entrants);
    let theirs = state.certificates.iter().filter(|(_, one)| one.to == entrant.as_str());
    let held = theirs.filter_map(|(serial, one)| {
        let title = award(&one.award)?.title.clone();
        let holds = certificate(state, serial)?.holds;
        matches!(holds, Holds::Valid | Holds::Notice { .. }).then(|| OwnCertificate { serial: serial.clone(), title })
    });
    held.collect()
}
