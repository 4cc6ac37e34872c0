//! What an organizer looks at before dealing a collection and before closing it: to whom works can go, of which units
//! there are too few judges, how far each judge is, and what is still waited for.
//!
//! Decisions read the same: what is refused is what was shown. Knows no names.

use std::collections::BTreeMap;

use super::{Judge, Stand, Undealt, Work, deal, view};
use crate::rules::{
    ledger::entry::Role,
    names::{Id, PersonId, UnitPath, WorkId},
    state::State,
};

/// A collection that has judges, at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dealing {
    /// Judges of one work.
    pub each: u32,
    /// Accepted works that no judge has, or fewer than each needs.
    pub undealt: usize,
    /// Those appointed, in the order of their ids; then those released who still have works.
    pub judges: Vec<JudgeLoad>,
    /// While there is one, nothing is dealt.
    pub lacking: Vec<Lacking>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgeLoad {
    pub person: PersonId,
    pub unit: Option<UnitPath>,
    /// A released judge is not waited for.
    pub released: bool,
    /// Of works that are accepted.
    pub dealt: usize,
    pub marked: usize,
    /// Works that came to be of the judge's own unit after the deal, and have no mark of theirs.
    pub excused: usize,
}

/// Works of one unit's authors with fewer judges of other units than each needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    pub unit: Option<UnitPath>,
    pub works: usize,
    /// Who could mark them.
    pub judges: usize,
}

/// What has to be done before a collection can be closed, in works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waits {
    pub unchecked: usize,
    pub undealt: usize,
    /// Dealt, and judges were released or came to the author's unit since.
    pub lacking: usize,
    pub unmarked: usize,
}

impl Waits {
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// `None` where nobody judges.
pub fn dealing(state: &State, collection: &Id) -> Option<Dealing> {
    let each = view::rules(state, collection)?.judging.as_ref()?.panel.judges;
    let works = undealt(state, collection);
    let able = able(state, collection);
    let mut units: BTreeMap<Option<UnitPath>, Lacking> = BTreeMap::new();
    for work in &works {
        let judges = work.keeps.len() + able.iter().filter(|judge| deal::fits(judge, work)).count();
        if judges < each as usize {
            let unit = work.unit.clone();
            units.entry(unit.clone()).or_insert(Lacking { unit, works: 0, judges }).works += 1;
        }
    }
    let mut judges: Vec<JudgeLoad> = able.iter().map(|judge| load(state, collection, &judge.person, false)).collect();
    let mut gone: Vec<PersonId> = Vec::new();
    for (_, work) in state.works.of_collection(collection).filter(|(_, work)| work.is_accepted()) {
        gone.extend(work.marks.keys().filter(|person| able.iter().all(|judge| judge.person != **person)).cloned());
    }
    gone.sort();
    gone.dedup();
    judges.extend(gone.iter().map(|person| load(state, collection, person, true)));
    Some(Dealing { each, undealt: works.len(), judges, lacking: units.into_values().collect() })
}

fn load(state: &State, collection: &Id, person: &PersonId, released: bool) -> JudgeLoad {
    let own = || {
        let dealt = state.works.with_judge(person).map(|(_, work)| work);
        dealt.filter(|work| work.collection == *collection && work.is_accepted())
    };
    let has_marked = |work: &Work| work.marks.get(person).is_some_and(Option::is_some);
    JudgeLoad {
        person: person.clone(),
        unit: state.people.unit(person).cloned(),
        released,
        dealt: own().count(),
        marked: own().filter(|work| has_marked(work)).count(),
        excused: own().filter(|work| !has_marked(work) && is_own_unit(state, person, work)).count(),
    }
}

/// Accepted works that need judges, in the order of their numbers.
pub(in crate::rules) fn undealt(state: &State, collection: &Id) -> Vec<Undealt> {
    let judging = view::rules(state, collection).and_then(|rules| rules.judging.as_ref());
    let each = judging.map_or(0, |judging| judging.panel.judges as usize);
    let undealt = |(id, work): (&WorkId, &Work)| {
        let keeps = keeps(state, work);
        let unit = || state.entrant(&work.entrant).and_then(|entrant| entrant.unit.clone());
        let needs = work.is_accepted() && keeps.len() < each;
        needs.then(|| Undealt { work: id.clone(), unit: unit(), code: work.code, keeps })
    };
    state.works.of_collection(collection).filter_map(undealt).collect()
}

/// Who may be dealt works, in the order of their ids.
pub(in crate::rules) fn able(state: &State, collection: &Id) -> Vec<Judge> {
    view::judges(state, collection)
        .into_iter()
        .map(|person| Judge {
            unit: state.people.unit(&person).cloned(),
            load: state.works.with_judge(&person).filter(|(_, work)| work.collection == *collection).count(),
            person,
        })
        .collect()
}

/// People move: whether a judge is of the author's unit by now.
pub(in crate::rules) fn is_own_unit(state: &State, judge: &PersonId, work: &Work) -> bool {
    state.entrant(&work.entrant).is_some_and(|author| state.people.own_unit(judge, author).is_some())
}

/// Who has marked a work, or still can: not who was released or came to the author's unit before marking it.
fn keeps(state: &State, work: &Work) -> Vec<PersonId> {
    let holds = Role::WorkJudge { collection: work.collection.clone() };
    let can = |judge: &PersonId| state.people.has(judge, &holds) && !is_own_unit(state, judge, work);
    let keeping = work.marks.iter().filter(|(judge, mark)| mark.is_some() || can(judge));
    keeping.map(|(judge, _)| judge.clone()).collect()
}

/// Of a collection that is known.
pub fn waits(state: &State, collection: &Id) -> Waits {
    let Some(rules) = view::rules(state, collection) else { return Waits::default() };
    let mut waits = Waits::default();
    for (_, work) in state.works.of_collection(collection) {
        waits.unchecked += usize::from(work.stand == Stand::Waiting);
        let Some(judging) = rules.judging.as_ref().filter(|_| work.is_accepted()) else { continue };
        if work.code.is_none() {
            waits.undealt += 1;
            continue;
        }
        let keeps = keeps(state, work);
        waits.lacking += usize::from(keeps.len() < judging.panel.judges as usize);
        waits.unmarked += usize::from(keeps.iter().any(|judge| work.marks.get(judge).is_none_or(Option::is_none)));
    }
    waits
}
