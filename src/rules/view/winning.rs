//! Computes the view of prizes.

use super::{
    Named, facing,
    prizes::{AwardLine, EntrantOfPrize, Holds, Issued, Prizes},
};
use crate::rules::{definition::model::Titled, ledger::entry::Phase, state::State};

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
        preview: state.award_preview().unwrap_or_default(),
        announced: (state.phase >= Phase::Announced).then(|| state.announced.clone()),
        certificates: certificates(state),
    }
}

fn certificates(state: &State) -> Vec<Issued> {
    let issued = &state.certificates;
    let line = |at: usize| {
        let (serial, certificate) = &issued[at];
        let newer =
            issued[at + 1..].iter().any(|(_, other)| other.award == certificate.award && other.to == certificate.to);
        let given = state.announced.iter().any(|given| given.award == certificate.award && given.to == certificate.to);
        let holds = if !given {
            Holds::Revoked
        } else if newer {
            Holds::Superseded
        } else if state.phase < Phase::Final {
            Holds::Notice { until: state.notice_until }
        } else {
            Holds::Valid
        };
        Issued {
            serial: serial.clone(),
            award: certificate.award.clone(),
            to: certificate.to.clone(),
            at: certificate.at,
            holds,
        }
    };
    (0..issued.len()).map(line).collect()
}
