//! What is owed to whom from ladders, from the ledger.

use super::{due::current, rules::Rules};
use crate::rules::{
    definition::model::{Reward, Titled},
    ledger::{Instant, ladder::Earned},
    names::EntrantId,
    state::State,
};

/// A reward from the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Owed {
    pub ladder: Titled,
    pub entrant: EntrantId,
    pub what: Earned,
    /// 新科明星, or the season's title.
    pub title: String,
    pub reward: Reward,
    pub period: String,
    pub at: Instant,
    /// When it was handed over.
    pub given: Option<Instant>,
    /// A template below the contests folder, for a star.
    pub certificate: Option<String>,
}

/// What is owed to whom, and what was given, in the order in which it was earned.
pub fn rewards(state: &State, now: Instant) -> Vec<Owed> {
    let current = current(state, now);
    let Some(rules) = state.rules() else { return Vec::new() };
    let mut owed = Vec::new();
    for rules in &rules.definition.ladders {
        for had in current.ladder(&rules.id).into_iter().flat_map(|own| &own.rewards) {
            let (title, reward) = prize(rules, had.what);
            owed.push(Owed {
                ladder: rules.titled(),
                entrant: had.entrant.clone(),
                what: had.what,
                title,
                reward,
                period: had.period.clone(),
                at: had.at,
                given: had.given,
                certificate: rules.star.certificate.clone().filter(|_| had.what == Earned::Star),
            });
        }
    }
    owed.sort_by_key(|one| one.at);
    owed
}

pub(super) fn prize(rules: &Rules, what: Earned) -> (String, Reward) {
    match what {
        Earned::Star => (rules.star.title.clone(), rules.star.reward.clone()),
        Earned::Title(number) => {
            let titles = rules.season.as_ref().map_or(&[][..], |season| season.titles.as_slice());
            let title = usize::try_from(number).ok().and_then(|number| titles.get(number.checked_sub(1)?));
            title.map_or_else(Default::default, |title| (title.title.clone(), title.reward.clone()))
        }
    }
}
