//! What waits for the office of a labor competition, and for the people behind its collections: periods with figures
//! missing, periods that move on or are published again, checkers and judges of works, works to be checked.
//!
//! Knows no judges of stages and no today: whether a day is over is seen by whoever shows it.

use super::{Named, organizer::Todo};
use crate::rules::{
    definition::Definition,
    indicators::{self, Counting, PeriodStage, Vetoes, Way, rules::Period},
    ledger::entry::Role,
    state::State,
    works,
};

/// What can be done now: the first period that is planned opens when none is open, one that is complete closes, one that
/// is checked is collected, one that is collected is signed, one that is signed is published, and once more when it stands
/// otherwise since.
pub(super) fn periods(state: &State, labor: &indicators::Rules) -> Vec<Todo> {
    // Without indicators stars are given in periods, and nothing moves them.
    if labor.is_empty() {
        return Vec::new();
    }
    let stage = |period: &Period| state.labor.stage(&period.id);
    let mut may_open = !labor.periods.iter().any(|period| stage(period) == PeriodStage::Open);
    let mut todos = Vec::new();
    for period in &labor.periods {
        let (named, stage) = (Named { id: period.id.clone(), title: period.title.clone() }, stage(period));
        let missing = match stage {
            PeriodStage::Open | PeriodStage::Closed => indicators::missing(state, &period.id).len(),
            _ => 0,
        };
        if missing > 0 {
            todos.push(Todo::FillPeriod { period: named.clone(), count: missing, due: period.due });
        }
        let moves = match stage {
            PeriodStage::Planned => std::mem::take(&mut may_open),
            PeriodStage::Open => missing == 0,
            // What was never reported does not hold it up.
            PeriodStage::Closed => state.labor.of_period(&period.id).all(|(_, figure)| figure.way != Way::Reported),
            PeriodStage::Collected | PeriodStage::Signed => true,
            PeriodStage::Published => false,
        };
        if moves {
            todos.push(Todo::MovePeriod { period: named, stage });
        } else if stage == PeriodStage::Published && is_otherwise(state, period) {
            todos.push(Todo::PublishAgain { period: named });
        }
    }
    todos
}

/// It stands otherwise than it was published: a revision, a document or a veto came since.
fn is_otherwise(state: &State, period: &Period) -> bool {
    let published = state.labor.progress(&period.id).and_then(|progress| progress.published.last());
    let now = || {
        let tables = indicators::standing(state, &period.id, Counting::Checked, Vetoes::With);
        indicators::published_rows(&tables)
    };
    published.is_some_and(|published| !indicators::is_as_published(published, &now()))
}

/// Collections that nobody is appointed to check, and those with fewer judges than each work needs.
pub(super) fn people_of_works(state: &State, definition: &Definition) -> Vec<Todo> {
    let mut todos = Vec::new();
    for rules in &definition.collections {
        let collection = || Named { id: rules.id.clone(), title: rules.title.clone() };
        let checks = |role: &Role| matches!(role, Role::Checker { collection, .. } if *collection == rules.id);
        if !state.people.all().any(|(_, roles)| roles.iter().any(checks)) {
            todos.push(Todo::AppointChecker { collection: collection() });
        }
        let wanted = rules.judging.as_ref().map_or(0, |judging| judging.panel.judges as usize);
        let missing = wanted.saturating_sub(works::judges(state, &rules.id).len());
        if missing > 0 {
            todos.push(Todo::AppointWorkJudges { collection: collection(), missing });
        }
    }
    todos
}

pub(super) fn works_to_check(state: &State, definition: &Definition) -> Vec<Todo> {
    let of = |rules: &works::Rules| {
        let count = works::waits(state, &rules.id).unchecked;
        let collection = Named { id: rules.id.clone(), title: rules.title.clone() };
        (count > 0).then_some(Todo::CheckWorks { collection, count })
    };
    definition.collections.iter().filter_map(of).collect()
}
