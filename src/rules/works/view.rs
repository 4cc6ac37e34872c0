//! What people see of collections: authors their own works, checkers a queue, judges what was dealt to them, organizers
//! all of it; and the points, for whoever counts on with them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Closedness, PointLine, Rules, Stand, Work, calendar, desk::is_own_unit, points};
use crate::rules::{
    decide::Actor,
    definition::model::{BoardShows, WorksRead},
    field::EntrantStanding,
    ledger::{
        Instant,
        entry::{Digest, Phase, Role},
        works::{Content, Outcome},
    },
    names::{EntrantId, Id, PersonId, UnitPath, WorkId},
    state::State,
    works::rules::NoneIs,
};

/// Works that a new one is compared with, newest first.
const LIKELY_MAX: usize = 500;

/// A work with what stands beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkView {
    pub id: WorkId,
    pub work: Work,
    /// Its author's.
    pub unit: Option<UnitPath>,
    /// Its own, with what of them counts.
    pub points: Vec<PointLine>,
    /// By its judges together, as far as they have marked.
    pub mark: Option<Decimal>,
}

/// A collection as its organizer and its checkers see it.
#[derive(Clone, Debug, PartialEq)]
pub struct CollectionView {
    pub rules: Rules,
    /// By its dates.
    pub open: Result<(), Closedness>,
    /// By hand.
    pub closed: bool,
    /// Works by what stands of them.
    pub waiting: usize,
    pub returned: usize,
    pub withdrawn: usize,
    /// Of those checked, by the last outcome.
    pub accepted: usize,
    pub declined: usize,
    pub duplicates: usize,
    pub untrue: usize,
    /// Accepted, and no judge has them.
    pub undealt: usize,
}

/// A collection as one who takes part sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnCollection {
    pub rules: Rules,
    pub open: Result<(), Closedness>,
    pub closed: bool,
    pub left_today: u32,
    /// The newest first.
    pub works: Vec<WorkView>,
    pub points: Decimal,
}

/// What one judge has of a collection.
#[derive(Clone, Debug, PartialEq)]
pub struct AtJudge {
    pub rules: Rules,
    pub closed: bool,
    /// In the order of codes.
    pub works: Vec<DealtWork>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DealtWork {
    pub id: WorkId,
    pub code: u32,
    pub content: Content,
    /// This judge's.
    pub mark: Option<Decimal>,
    /// Of its pictures, in their order: whether it was erased.
    pub erased: Vec<bool>,
    /// The judge came to the author's unit after the deal, and marks it no more.
    pub own_unit: bool,
    /// Only where the definition shows authors to judges.
    pub author: Option<EntrantId>,
}

pub(super) fn rules<'s>(state: &'s State, collection: &Id) -> Option<&'s Rules> {
    state.rules()?.definition.collections.iter().find(|rules| rules.id == *collection)
}

fn view(state: &State, id: &WorkId, work: &Work, lines: &[PointLine]) -> WorkView {
    let rules = rules(state, &work.collection);
    WorkView {
        id: id.clone(),
        work: work.clone(),
        unit: state.entrant(&work.entrant).and_then(|entrant| entrant.unit.clone()),
        points: lines.iter().filter(|line| line.work == *id).cloned().collect(),
        mark: rules.and_then(|rules| work.mark(rules)),
    }
}

/// Points of everybody who takes part, in the order of their ids; who has no work is left out, or has 0, as the
/// definition says. The sum of [`points_of`].
pub fn points_now(state: &State, collection: &Id) -> Vec<(EntrantId, Decimal)> {
    let Some(rules) = rules(state, collection) else { return Vec::new() };
    let otherwise = (rules.none_is == NoneIs::Zero).then_some(Decimal::ZERO);
    let within = state.field.entrants.iter().filter(|(_, entrant)| entrant.standing == EntrantStanding::In);
    let own = |id: &EntrantId| state.works.counted(collection, id)?.read(WorksRead::Points);
    within.filter_map(|(id, _)| Some((id.clone(), own(id).or(otherwise)?))).collect()
}

/// Where each of somebody's points comes from, in the order in which their works were handed in.
pub fn points_of(state: &State, collection: &Id, entrant: &EntrantId) -> Vec<PointLine> {
    rules(state, collection).map(|rules| state.works.lines(rules, entrant)).unwrap_or_default()
}

/// Points of each unit together with all below it, from [`points_now`].
pub fn unit_points(state: &State, collection: &Id) -> BTreeMap<UnitPath, Decimal> {
    let mut units = BTreeMap::new();
    for (entrant, own) in points_now(state, collection) {
        let Some(unit) = state.entrant(&entrant).and_then(|entrant| entrant.unit.as_ref()) else { continue };
        for level in 1..=unit.as_str().split('/').count() {
            let Some(above) = unit.at_level(level) else { continue };
            let sum: &mut Decimal = units.entry(above).or_default();
            *sum = sum.saturating_add(own);
        }
    }
    units
}

/// Whether somebody may say what becomes of works of this unit.
pub fn is_checker(state: &State, actor: &Actor, collection: &Id, unit: Option<&UnitPath>) -> bool {
    let checks = |role: &Role| match role {
        Role::Organizer => true,
        Role::Checker { collection: own, branch } => {
            own == collection && branch.as_ref().is_none_or(|branch| unit.is_some_and(|unit| unit.is_within(branch)))
        }
        _ => false,
    };
    actor.administrator || state.people.roles(&actor.person).iter().any(checks)
}

/// Collections of which somebody checks at least a branch.
pub fn checks(state: &State, actor: &Actor) -> Vec<Id> {
    let Some(rules) = state.rules() else { return Vec::new() };
    let roles = state.people.roles(&actor.person);
    let all = actor.administrator || roles.contains(&Role::Organizer);
    let some = |id: &Id| roles.iter().any(|role| matches!(role, Role::Checker { collection, .. } if collection == id));
    let ids = rules.definition.collections.iter().map(|rules| &rules.id);
    ids.filter(|id| all || some(id)).cloned().collect()
}

/// In the order of their ids.
pub fn judges(state: &State, collection: &Id) -> Vec<PersonId> {
    let role = Role::WorkJudge { collection: collection.clone() };
    state.people.all().filter(|(_, roles)| roles.contains(&role)).map(|(person, _)| person.clone()).collect()
}

/// All of the contest.
pub fn collections(state: &State, now: Instant) -> Vec<CollectionView> {
    let Some(rules) = state.rules() else { return Vec::new() };
    rules.definition.collections.iter().filter_map(|rules| collection(state, &rules.id, now)).collect()
}

pub fn collection(state: &State, id: &Id, now: Instant) -> Option<CollectionView> {
    let rules = rules(state, id)?;
    let mut seen = CollectionView {
        rules: rules.clone(),
        open: calendar::openness(rules, now),
        closed: state.works.is_closed(id),
        waiting: 0,
        returned: 0,
        withdrawn: 0,
        accepted: 0,
        declined: 0,
        duplicates: 0,
        untrue: 0,
        undealt: 0,
    };
    for (_, work) in state.works.of_collection(id) {
        let count = match (work.stand, work.outcome()) {
            (Stand::Waiting, _) => &mut seen.waiting,
            (Stand::Withdrawn, _) => &mut seen.withdrawn,
            (Stand::Checked, Some(Outcome::Accepted { .. })) => {
                seen.undealt += usize::from(work.code.is_none());
                &mut seen.accepted
            }
            (Stand::Checked, Some(Outcome::Declined)) => &mut seen.declined,
            (Stand::Checked, Some(Outcome::Duplicate { .. })) => &mut seen.duplicates,
            (Stand::Checked, Some(Outcome::Untrue)) => &mut seen.untrue,
            (Stand::Returned | Stand::Checked, _) => &mut seen.returned,
        };
        *count += 1;
    }
    Some(seen)
}

/// One work, with its points.
pub fn work(state: &State, id: &WorkId) -> Option<WorkView> {
    let work = state.works.by_id.get(id)?;
    Some(view(state, id, work, &points_of(state, &work.collection, &work.entrant)))
}

/// Works of a collection that `wants` picks, by the author's unit too, in the order of their numbers.
pub fn works_of(state: &State, collection: &Id, wants: impl Fn(&Work, Option<&UnitPath>) -> bool) -> Vec<WorkView> {
    let mut lines: BTreeMap<EntrantId, Vec<PointLine>> = BTreeMap::new();
    let unit = |work: &Work| state.entrant(&work.entrant).and_then(|entrant| entrant.unit.as_ref());
    let picked = state.works.of_collection(collection).filter(|(_, work)| wants(work, unit(work)));
    picked
        .map(|(id, work)| {
            let own = lines.entry(work.entrant.clone()).or_insert_with(|| points_of(state, collection, &work.entrant));
            view(state, id, work, own)
        })
        .collect()
}

/// Whether authors may know marks: all are in, and the contest hides no results.
pub fn shows_marks(state: &State, collection: &Id) -> bool {
    let hides = state.rules().is_none_or(|rules| rules.definition.board.shows == BoardShows::Off);
    state.works.is_closed(collection) && (!hides || state.phase >= Phase::Announced)
}

/// Every collection, for one who takes part.
pub fn own_collections(state: &State, entrant: &EntrantId, now: Instant) -> Vec<OwnCollection> {
    let Some(known) = state.rules() else { return Vec::new() };
    let own = |rules: &Rules| {
        let lines = points_of(state, &rules.id, entrant);
        let today = calendar::day(rules, now);
        let works = || state.works.of(&rules.id, entrant);
        let used = works().filter(|(_, work)| calendar::day(rules, work.at) == today).count();
        let mut seen: Vec<WorkView> = works().map(|(id, work)| view(state, id, work, &lines)).collect();
        seen.reverse();
        let closed = state.works.is_closed(&rules.id);
        let shown = shows_marks(state, &rules.id);
        seen.iter_mut().filter(|_| !shown).for_each(|work| work.mark = None);
        OwnCollection {
            rules: rules.clone(),
            open: calendar::openness(rules, now),
            closed,
            left_today: rules.limits.per_day.saturating_sub(u32::try_from(used).unwrap_or(u32::MAX)),
            works: seen,
            points: points::sum(&lines),
        }
    };
    known.definition.collections.iter().map(own).collect()
}

/// What was dealt to a judge, by collection.
pub fn to_judge(state: &State, judge: &PersonId) -> Vec<AtJudge> {
    let Some(known) = state.rules() else { return Vec::new() };
    let roles = state.people.roles(judge);
    let holds = |rules: &&Rules| roles.contains(&Role::WorkJudge { collection: rules.id.clone() });
    let at_judge = |rules: &Rules| {
        let own = state.works.with_judge(judge).filter(|(_, work)| work.collection == rules.id && work.is_accepted());
        let mut works: Vec<DealtWork> = own
            .filter_map(|(id, work)| {
                Some(DealtWork {
                    id: id.clone(),
                    code: work.code?,
                    content: work.content()?.clone(),
                    erased: work.content()?.pictures.iter().map(|picture| work.is_erased(picture)).collect(),
                    mark: work.marks.get(judge)?.map(|(mark, _)| mark),
                    own_unit: is_own_unit(state, judge, work),
                    author: rules.author_shown.then(|| work.entrant.clone()),
                })
            })
            .collect();
        works.sort_by_key(|work| work.code);
        AtJudge { rules: rules.clone(), closed: state.works.is_closed(&rules.id), works }
    };
    known.definition.collections.iter().filter(holds).map(at_judge).collect()
}

/// The work that judges know by this code.
pub fn of_code(state: &State, collection: &Id, code: u32) -> Option<WorkId> {
    let mut works = state.works.of_collection(collection);
    works.find(|(_, work)| work.code == Some(code)).map(|(id, _)| id.clone())
}

/// What a work may repeat: its number and the digest of its text, the newest first. Those withdrawn, and those that
/// repeat others, are left out.
pub fn likely(state: &State, id: &WorkId) -> Vec<(WorkId, u32, Digest)> {
    let Some(own) = state.works.by_id.get(id) else { return Vec::new() };
    let mut others: Vec<_> = state
        .works
        .of_collection(&own.collection)
        .filter(|(other, work)| *other != id && work.stand != Stand::Withdrawn)
        .filter(|(_, work)| !matches!(work.outcome(), Some(Outcome::Duplicate { .. })))
        .filter_map(|(other, work)| Some((other.clone(), work.number, work.content()?.text.clone())))
        .collect();
    others.reverse();
    others.truncate(LIKELY_MAX);
    others
}
