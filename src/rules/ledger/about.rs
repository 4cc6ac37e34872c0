//! Whom an entry is about: who acted, who agreed, which entrant, and the reason that was given.

use std::sync::LazyLock;

use super::{
    entry::{Digest, Entry},
    ladder::{Aim, LadderEntry},
    paper::PaperEntry,
};
use crate::rules::names::{EntrantId, PersonId};

/// What was due and happened by itself; an empty id is nobody's.
static NOBODY: LazyLock<PersonId> = LazyLock::new(|| PersonId::new(""));

impl Entry {
    /// The empty id where nobody acted.
    pub fn by(&self) -> &PersonId {
        match self {
            Entry::DefinitionAdopted { by, .. }
            | Entry::UnitsSet { by, .. }
            | Entry::EntrantRegistered { by, .. }
            | Entry::EntrantChanged { by, .. }
            | Entry::EntrantRenamed { by, .. }
            | Entry::EntrantWithdrawn { by, .. }
            | Entry::PersonAssigned { by, .. }
            | Entry::PersonReleased { by, .. }
            | Entry::SeedCommitted { by, .. }
            | Entry::LotsDrawn { by, .. }
            | Entry::StageOpened { by, .. }
            | Entry::StageClosed { by, .. }
            | Entry::MarkGiven { by, .. }
            | Entry::MarkCorrected { by, .. }
            | Entry::ViolationRecorded { by, .. }
            | Entry::DisqualificationConfirmed { by, .. }
            | Entry::DisqualificationRejected { by, .. }
            | Entry::SheetSubmitted { by, .. }
            | Entry::SheetReturned { by, .. }
            | Entry::ReMarkOrdered { by, .. }
            | Entry::SpreadResolved { by, .. }
            | Entry::PanelSigned { by, .. }
            | Entry::PanelReopened { by, .. }
            | Entry::TieDecided { by, .. }
            | Entry::BoardFrozen { by }
            | Entry::BoardUnfrozen { by }
            | Entry::IdentitiesOpened { by, .. }
            | Entry::PhaseReached { by, .. }
            | Entry::AwardDecided { by, .. }
            | Entry::AwardsAnnounced { by, .. }
            | Entry::AwardRevoked { by, .. }
            | Entry::CertificateIssued { by, .. } => by,
            Entry::Ladder(entry) => entry.by().unwrap_or(&NOBODY),
            Entry::Paper(entry) => entry.by(),
            Entry::Indicator(entry) => entry.by(),
            Entry::Work(entry) => entry.by(),
            Entry::Season(entry) => entry.by().unwrap_or(&NOBODY),
        }
    }

    /// The second person, where an act took two.
    pub fn second(&self) -> Option<&PersonId> {
        match self {
            Entry::DefinitionAdopted { second, .. }
            | Entry::MarkCorrected { second, .. }
            | Entry::EntrantChanged { second, .. }
            | Entry::EntrantRenamed { second, .. } => second.as_ref(),
            Entry::IdentitiesOpened { second, .. } => Some(second),
            Entry::Indicator(entry) => entry.second(),
            Entry::Season(entry) => entry.second(),
            _ => None,
        }
    }

    /// A person whom it concerns beside those who acted.
    pub fn person(&self) -> Option<&PersonId> {
        match self {
            Entry::PersonAssigned { person, .. } | Entry::PersonReleased { person, .. } => Some(person),
            Entry::SheetSubmitted { sheet, .. } | Entry::SheetReturned { sheet, .. } => Some(&sheet.judge),
            Entry::MarkGiven { slot, .. } | Entry::MarkCorrected { slot, .. } => slot.judge.as_ref(),
            _ => None,
        }
    }

    /// The one entrant it is about; lots, ties and awards are about several.
    pub fn entrant(&self) -> Option<&EntrantId> {
        match self {
            Entry::EntrantRegistered { entrant, .. }
            | Entry::EntrantChanged { entrant, .. }
            | Entry::EntrantRenamed { entrant, .. }
            | Entry::EntrantWithdrawn { entrant, .. }
            | Entry::MarkGiven { entrant, .. }
            | Entry::MarkCorrected { entrant, .. }
            | Entry::ViolationRecorded { entrant, .. }
            | Entry::DisqualificationConfirmed { entrant, .. }
            | Entry::DisqualificationRejected { entrant, .. }
            | Entry::ReMarkOrdered { entrant, .. }
            | Entry::SpreadResolved { entrant, .. } => Some(entrant),
            Entry::SheetSubmitted { sheet, .. } | Entry::SheetReturned { sheet, .. } => Some(&sheet.entrant),
            Entry::Ladder(entry) => entry.entrant(),
            Entry::Indicator(entry) => entry.entrant(),
            Entry::Work(entry) => entry.entrant(),
            Entry::Paper(PaperEntry::PaperDrawn { entrant, .. } | PaperEntry::WindowGranted { entrant, .. }) => {
                Some(entrant)
            }
            _ => None,
        }
    }

    /// Whether this entrant is among those it is about.
    pub fn concerns(&self, entrant: &EntrantId) -> bool {
        let named = |text: &String| text == entrant.as_str();
        match self {
            Entry::LotsDrawn { numbers, .. } => numbers.iter().any(|(drawn, _)| drawn == entrant),
            Entry::TieDecided { decision, .. } => decision.order.iter().any(named),
            Entry::AwardDecided { to, .. } => to.iter().any(named),
            Entry::AwardsAnnounced { awards, .. } => awards.iter().any(|given| named(&given.to)),
            Entry::AwardRevoked { from: to, .. } | Entry::CertificateIssued { to, .. } => named(to),
            Entry::Ladder(LadderEntry::ChallengeMade { aim: Aim::Person(target), .. }) if target == entrant => true,
            Entry::Ladder(LadderEntry::ChallengeLapsed { who, .. }) => who.contains(entrant),
            Entry::Paper(PaperEntry::PrizesDrawn { winners, .. }) => winners.contains(entrant),
            Entry::Indicator(entry) => entry.concerns(entrant),
            Entry::Season(entry) => entry.concerns(entrant),
            other => other.entrant() == Some(entrant),
        }
    }

    pub fn reason(&self) -> Option<&Digest> {
        match self {
            Entry::DefinitionAdopted { reason, .. }
            | Entry::EntrantChanged { reason, .. }
            | Entry::EntrantRenamed { reason, .. }
            | Entry::EntrantWithdrawn { reason, .. }
            | Entry::ViolationRecorded { reason, .. } => reason.as_ref(),
            Entry::MarkCorrected { reason, .. }
            | Entry::DisqualificationRejected { reason, .. }
            | Entry::SheetReturned { reason, .. }
            | Entry::SpreadResolved { reason, .. }
            | Entry::PanelReopened { reason, .. }
            | Entry::TieDecided { reason, .. }
            | Entry::AwardDecided { reason, .. }
            | Entry::AwardRevoked { reason, .. }
            | Entry::Paper(PaperEntry::ItemRestated { reason, .. } | PaperEntry::WindowGranted { reason, .. }) => {
                Some(reason)
            }
            Entry::Indicator(entry) => entry.reason(),
            Entry::Work(entry) => entry.reason(),
            Entry::Season(entry) => entry.reason(),
            _ => None,
        }
    }
}
