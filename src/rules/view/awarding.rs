//! Awards as they stand, as they were announced, and as the public reads the list.

use std::collections::BTreeSet;

use super::{
    Audience, Heading, Seen,
    facing::{self, heading},
    tables,
};
use crate::rules::{
    award::Preview,
    definition::model::{Award, AwardTo},
    ledger::entry::{Given, Phase},
    names::{EntrantId, Id, UnitPath},
    state::State,
};

/// The list of awards (获奖名单) after it was announced.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AwardsSeen {
    pub heading: Heading,
    /// `app` masks names where this says so.
    pub mask_names: bool,
    /// In the order in which they were announced; those that nobody got are not among them.
    pub awards: Vec<AwardSeen>,
}

/// One award of one event and group.
#[derive(Clone, Debug, PartialEq)]
pub struct AwardSeen {
    pub event: Option<String>,
    pub group: Option<String>,
    pub title: String,
    /// Leaves as a list of proposals (拟推荐名单).
    pub proposal: bool,
    pub winners: Vec<WinnerSeen>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct WinnerSeen {
    /// `None`: nobody may know who it is.
    pub who: Option<Seen>,
    /// Of a unit, as far as it takes to tell it from other units.
    pub unit: Option<String>,
}

/// An award, and of which event and group.
type Place<'g> = (&'g Id, Option<&'g Id>, Option<&'g Id>);

/// What would be announced now, with what an organizer should know before the ceremony. Of all marks.
pub fn awards(state: &State) -> Preview {
    state.award_preview().unwrap_or_default()
}

/// What is published; revoked prizes have left it.
pub fn announced(state: &State) -> &[Given] {
    &state.announced
}

/// Whether everybody may read a list of awards.
pub fn has_awards(state: &State) -> bool {
    state.phase >= Phase::Announced && state.rules().is_some_and(|rules| !rules.definition.awards.is_empty())
}

/// The list for everybody; `None` before it is announced, whatever the organizer sees already, and where no award is.
pub fn awards_seen(state: &State, audience: &Audience) -> Option<AwardsSeen> {
    let definition = &state.rules().filter(|_| has_awards(state))?.definition;
    let shows = facing::shows(state, definition, audience);
    let mut awards: Vec<(Place<'_>, AwardSeen)> = Vec::new();
    for given in &state.announced {
        let award = definition.awards.iter().find(|award| award.id == given.award);
        let key = (&given.award, given.event.as_ref(), given.group.as_ref());
        let at = awards.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
            let seen = AwardSeen {
                event: facing::titled(&definition.events, key.1).map(|event| event.title),
                group: facing::titled(&definition.groups, key.2).map(|group| group.title),
                title: award.map_or_else(|| given.award.to_string(), |award| award.title.clone()),
                proposal: award.is_some_and(|award| award.proposal),
                winners: Vec::new(),
            };
            awards.push((key, seen));
            awards.len() - 1
        });
        let winner = winner(state, award, &given.to, |id| tables::seen(state, shows, id));
        awards[at].1.winners.push(winner);
    }
    let mask_names = definition.board.mask_names && *audience != Audience::Staff;
    let awards = awards.into_iter().map(|(_, seen)| seen).collect();
    Some(AwardsSeen { heading: heading(state), mask_names, awards })
}

fn winner(
    state: &State,
    award: Option<&Award>,
    to: &str,
    entrant: impl FnOnce(&EntrantId) -> Option<Seen>,
) -> WinnerSeen {
    match award.map(|award| &award.to) {
        Some(AwardTo::Teams) => WinnerSeen { who: Some(Seen::Team(to.to_owned())), unit: None },
        Some(AwardTo::Units(_)) => {
            let path = UnitPath::new(to);
            let unit = Some(path.told_apart(all_units(state).into_iter()));
            WinnerSeen { who: Some(Seen::Unit(path)), unit }
        }
        Some(AwardTo::Entrants | AwardTo::Table(_)) | None => {
            WinnerSeen { who: entrant(&EntrantId::new(to)), unit: None }
        }
    }
}

/// The contest's units; where it lists none, those that entrants stand for.
pub(super) fn all_units(state: &State) -> BTreeSet<&UnitPath> {
    if state.units.is_empty() {
        state.field.entrants.values().filter_map(|entrant| entrant.unit.as_ref()).collect()
    } else {
        state.units.iter().collect()
    }
}
