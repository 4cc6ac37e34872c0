//! Computes the view of prizes.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Named,
    awarding::all_units,
    facing,
    prizes::{AwardLine, CertificateSeen, EntrantOfPrize, Holds, Issued, Prizes, plain_name},
};
use crate::rules::{
    definition::model::Titled,
    ladder,
    ledger::entry::Phase,
    names::Id,
    state::{Certificate, State},
};

/// What would be given, what was, and which certificates hold.
pub fn prizes(state: &State) -> Prizes {
    let heading = facing::heading(state);
    let version = state.version;
    let Some(rules) = state.rules() else { return Prizes { heading, version, ..Prizes::default() } };
    let definition = &rules.definition;
    let named = |list: &[Titled]| -> Vec<Named> {
        list.iter().map(|titled| Named { id: titled.id.clone(), title: titled.title.clone() }).collect()
    };
    let awards = definition.awards.iter().map(|award| AwardLine {
        id: award.id.clone(),
        title: award.title.clone(),
        to: award.to.clone(),
        quota: award.quota.clone(),
        ladder: award.ladder.clone(),
        reward: award.reward.clone(),
        template: award.certificate.clone(),
        proposal: award.proposal,
    });
    let entrants = state.field.entrants.iter().map(|(id, entrant)| {
        let (number, unit, team) = (state.numbers.get(id).copied(), entrant.unit.clone(), entrant.team.clone());
        (id.clone(), EntrantOfPrize { number, unit, team })
    });
    Prizes {
        heading,
        version,
        identities_open: matches!(facing::shows(state, definition, &super::Audience::Public), super::Shows::Names),
        events: named(&definition.events),
        groups: named(&definition.groups),
        awards: awards.collect(),
        entrants: entrants.collect(),
        units: all_units(state).into_iter().cloned().collect(),
        preview: state.award_preview().unwrap_or_default(),
        announced: (state.phase >= Phase::Announced).then(|| state.announced.clone()),
        certificates: certificates(state),
    }
}

/// One certificate by its serial, as its check page shows it to everybody.
pub fn certificate(state: &State, serial: &str) -> Option<CertificateSeen> {
    let at = state.certificates.iter().position(|(known, _)| known == serial)?;
    let found = &state.certificates[at].1;
    if ladder::is_key(&found.award) {
        return Some(of_ladder(state, at, found));
    }
    let same = |award: &Id, to: &str| *award == found.award && to == found.to;
    let given = state.announced.iter().find(|given| same(&given.award, &given.to));
    let newer = state.certificates[at + 1..].iter().any(|(_, other)| same(&other.award, &other.to));
    let definition = state.rules().map(|rules| &rules.definition);
    let award = definition.and_then(|definition| definition.awards.iter().find(|award| award.id == found.award));
    let title = |list: Option<&Vec<Titled>>, id: Option<&Id>| Some(facing::titled(list?, id)?.title);
    Some(CertificateSeen {
        heading: facing::heading(state),
        event: title(definition.map(|one| &one.events), given.and_then(|given| given.event.as_ref())),
        group: title(definition.map(|one| &one.groups), given.and_then(|given| given.group.as_ref())),
        award: award.map_or_else(|| found.award.to_string(), |award| award.title.clone()),
        plain_name: award.and_then(|award| plain_name(&award.to, &found.to, all_units(state).into_iter())),
        to: found.to.clone(),
        at: found.at,
        holds: holds(state, given.is_some(), newer),
    })
}

/// Of a star, or of a season's title: it holds as long as it is the newest.
fn of_ladder(state: &State, at: usize, found: &Certificate) -> CertificateSeen {
    let named = ladder::named(state, &found.award, &found.to);
    let newer =
        state.certificates[at + 1..].iter().any(|(_, other)| other.award == found.award && other.to == found.to);
    let holds = match (&named, newer) {
        (None, _) => Holds::Revoked,
        (Some(_), true) => Holds::Superseded,
        (Some(_), false) => Holds::Valid,
    };
    let (award, event) = match named {
        Some((title, ladder)) => (title, Some(ladder.title)),
        None => (found.award.to_string(), None),
    };
    CertificateSeen {
        heading: facing::heading(state),
        event,
        group: None,
        award,
        plain_name: None,
        to: found.to.clone(),
        at: found.at,
        holds,
    }
}

/// Of awards; those of ladders stand with their rewards.
fn certificates(state: &State) -> Vec<Issued> {
    let given: BTreeSet<(&Id, &str)> = state.announced.iter().map(|given| (&given.award, given.to.as_str())).collect();
    let prize = |one: &'_ Certificate| (one.award.clone(), one.to.clone());
    // Later ones replace earlier ones.
    let newest: BTreeMap<(Id, String), &str> =
        state.certificates.iter().map(|(serial, one)| (prize(one), serial.as_str())).collect();
    let issued = |(serial, one): &(String, Certificate)| Issued {
        serial: serial.clone(),
        award: one.award.clone(),
        to: one.to.clone(),
        at: one.at,
        holds: holds(
            state,
            given.contains(&(&one.award, one.to.as_str())),
            newest.get(&prize(one)).is_some_and(|newest| newest != serial),
        ),
    };
    state.certificates.iter().filter(|(_, one)| !ladder::is_key(&one.award)).map(issued).collect()
}

/// `is_given`: the prize was announced and not taken back since.
fn holds(state: &State, is_given: bool, newer: bool) -> Holds {
    match (is_given, newer) {
        (false, _) => Holds::Revoked,
        (true, true) => Holds::Superseded,
        (true, false) if state.phase < Phase::Final => Holds::Notice { until: state.notice_until },
        (true, false) => Holds::Valid,
    }
}
