//! Prizes: what would be given, what was announced, which certificates are out, and whether one still holds.
//!
//! Winners are named as [`crate::rules::result::Who`] names them; a team may be called like an entrant, so that only
//! the award says what a winner's text means.

use std::collections::{BTreeMap, BTreeSet};

use super::{Heading, Named};
use crate::rules::{
    award::Preview,
    definition::model::{AwardTo, Quota, Reward},
    ledger::{Instant, Version, entry::Given},
    names::{EntrantId, Id, UnitPath},
};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prizes {
    pub heading: Heading,
    pub version: Version,
    /// Names may stand beside results.
    pub identities_open: bool,
    pub events: Vec<Named>,
    pub groups: Vec<Named>,
    /// In the order of the definition.
    pub awards: Vec<AwardLine>,
    pub entrants: BTreeMap<EntrantId, EntrantOfPrize>,
    /// All units, to tell one from another of the same name.
    pub units: BTreeSet<UnitPath>,
    /// As it would be announced now.
    pub preview: Preview,
    /// As it was announced, without what was revoked since.
    pub announced: Option<Vec<Given>>,
    /// In the order in which they were issued.
    pub certificates: Vec<Issued>,
}

/// What a page says of an award of the definition.
#[derive(Clone, Debug, PartialEq)]
pub struct AwardLine {
    pub id: Id,
    pub title: String,
    pub to: AwardTo,
    pub quota: Quota,
    pub ladder: Option<Id>,
    pub reward: Reward,
    /// Below the contests folder.
    pub template: Option<String>,
    /// Leaves as a list of proposals (拟推荐名单).
    pub proposal: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntrantOfPrize {
    pub number: Option<u32>,
    pub unit: Option<UnitPath>,
    pub team: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    pub serial: String,
    pub award: Id,
    pub to: String,
    pub at: Instant,
    pub holds: Holds,
}

/// What anybody sees who has a certificate in the hand.
#[derive(Clone, Debug, PartialEq)]
pub struct CertificateSeen {
    pub heading: Heading,
    pub event: Option<String>,
    pub group: Option<String>,
    pub award: String,
    /// The name of a team or unit; `None` for an entrant, whose name is joined.
    pub plain_name: Option<String>,
    /// The text of [`crate::rules::result::Who`].
    pub to: String,
    pub at: Instant,
    pub holds: Holds,
}

/// Whether a certificate holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Valid,
    /// 公示: objections may still come in.
    Notice {
        until: Option<Instant>,
    },
    /// A newer one was issued for the same prize.
    Superseded,
    /// The prize itself was taken back.
    Revoked,
}

impl Prizes {
    pub fn award(&self, id: &Id) -> Option<&AwardLine> {
        self.awards.iter().find(|award| award.id == *id)
    }

    /// The certificate of a prize that holds, or waits for the end of the public notice.
    pub fn certificate_of(&self, given: &Given) -> Option<&Issued> {
        let holds = |issued: &&Issued| matches!(issued.holds, Holds::Valid | Holds::Notice { .. });
        let mut newest = self.certificates.iter().rev();
        newest.find(|issued| issued.award == given.award && issued.to == given.to && holds(issued))
    }

    /// What was announced; before that, what would be.
    pub fn list(&self) -> Vec<Given> {
        self.announced.clone().unwrap_or_else(|| self.preview.given().cloned().collect())
    }

    /// The unit of a winner; of a team, when all its members come from one.
    pub fn unit_of(&self, award: &Id, to: &str) -> Option<&UnitPath> {
        match self.award(award)?.to {
            AwardTo::Entrants | AwardTo::Table(_) => self.entrants.get(to)?.unit.as_ref(),
            AwardTo::Units(_) => None,
            AwardTo::Teams => {
                let mut units =
                    self.entrants.values().filter(|one| one.team.as_deref() == Some(to)).map(|one| one.unit.as_ref());
                let first = units.next()??;
                units.all(|unit| unit == Some(first)).then_some(first)
            }
        }
    }

    /// Whether the award's winners are persons.
    pub fn is_personal(&self, award: &Id) -> bool {
        self.award(award).is_none_or(|award| matches!(award.to, AwardTo::Entrants | AwardTo::Table(_)))
    }

    /// The name of a team or unit, which is no personal datum; `None` for an entrant.
    pub fn plain_name(&self, award: &Id, to: &str) -> Option<String> {
        plain_name(&self.award(award)?.to, to, self.units.iter())
    }

    pub fn event_title(&self, id: Option<&Id>) -> Option<&str> {
        titled(&self.events, id)
    }

    pub fn group_title(&self, id: Option<&Id>) -> Option<&str> {
        titled(&self.groups, id)
    }
}

pub(super) fn plain_name<'u>(to: &AwardTo, text: &str, units: impl Iterator<Item = &'u UnitPath>) -> Option<String> {
    match to {
        AwardTo::Entrants | AwardTo::Table(_) => None,
        AwardTo::Teams => Some(text.to_owned()),
        AwardTo::Units(_) => Some(UnitPath::new(text).told_apart(units)),
    }
}

fn titled<'n>(all: &'n [Named], id: Option<&Id>) -> Option<&'n str> {
    let id = id?;
    all.iter().find(|named| named.id == *id).map(|named| named.title.as_str())
}
