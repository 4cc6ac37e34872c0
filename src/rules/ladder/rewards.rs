//! What is owed to whom from ladders, from the ledger.

use super::{due::current, rules::Rules};
use crate::rules::{
    definition::model::{Reward, Titled},
    ledger::{Instant, ladder::Earned},
    names::{EntrantId, Id},
    state::{Certificate, State},
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
    /// Of the newest certificate.
    pub serial: Option<String>,
    /// When it was issued.
    pub issued: Option<Instant>,
}

impl Owed {
    /// What a certificate of it names as its award: no award of a definition is called so, because ids have no colon.
    pub fn key(&self) -> Id {
        key(&self.ladder.id, self.what, &self.period)
    }
}

fn key(ladder: &Id, what: Earned, period: &str) -> Id {
    match what {
        Earned::Star => Id::new(format!("star:{ladder}:{period}")),
        Earned::Title(number) => Id::new(format!("title-{number}:{ladder}:{period}")),
    }
}

/// Whether a certificate's award is a reward of a ladder.
pub(in crate::rules) fn is_key(award: &Id) -> bool {
    award.as_str().contains(':')
}

/// The reward that a certificate names, by its title and its ladder's.
pub(in crate::rules) fn named(state: &State, award: &Id, to: &str) -> Option<(String, Titled)> {
    let definition = &state.rules()?.definition;
    definition.ladders.iter().find_map(|rules| {
        let own = state.ladders.ladder(&rules.id)?;
        let is_it =
            |had: &&super::state::Reward| had.entrant.as_str() == to && key(&rules.id, had.what, &had.period) == *award;
        let had = own.rewards.iter().find(is_it)?;
        Some((prize(rules, had.what).0, rules.titled()))
    })
}

/// What is owed to whom, and what was given, in the order in which it was earned.
pub fn rewards(state: &State, now: Instant) -> Vec<Owed> {
    let current = current(state, now);
    let Some(rules) = state.rules() else { return Vec::new() };
    let mut owed = Vec::new();
    for rules in &rules.definition.ladders {
        for had in current.ladder(&rules.id).into_iter().flat_map(|own| &own.rewards) {
            let (title, reward) = prize(rules, had.what);
            let named = key(&rules.id, had.what, &had.period);
            let is_its = |(_, one): &&(String, Certificate)| one.award == named && one.to == had.entrant.as_str();
            let issued = state.certificates.iter().rev().find(is_its);
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
                serial: issued.map(|(serial, _)| serial.clone()),
                issued: issued.map(|(_, one)| one.at),
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
