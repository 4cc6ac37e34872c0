//! The kinds of entries. Whatever can change a rank or an award, and whatever a rule reads, is one of these.
//!
//! Names and free text are not here: people are opaque ids, a reason is the salted digest of an erasable row.
//! A kind is never changed; a new version is added beside it and old ones are lifted in [`Entry::read`].

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{indicator::IndicatorEntry, ladder::LadderEntry, paper::PaperEntry, season::SeasonEntry, works::WorkEntry};
use crate::rules::{
    field::{Entrant, PanelSlot, Slot, TieDecision, Value, ViolationSlot},
    names::{EntrantId, Id, PersonId, UnitPath},
};

/// The newest version of most kinds.
const VERSION: u32 = 1;
/// Version 1 of `definition-adopted` had no second person.
const DEFINITION_VERSION: u32 = 2;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Entry {
    /// The text itself, byte for byte; whoever folds needs nothing else.
    DefinitionAdopted {
        text: String,
        digest: Digest,
        by: PersonId,
        reason: Option<Digest>,
        /// Who agreed, after the first mark.
        #[serde(default)]
        second: Option<PersonId>,
    },
    /// The tree of units, as paths; replaces the tree before it.
    UnitsSet {
        units: Vec<UnitPath>,
        by: PersonId,
    },
    EntrantRegistered {
        entrant: EntrantId,
        facts: Entrant,
        by: PersonId,
    },
    /// All facts anew.
    EntrantChanged {
        entrant: EntrantId,
        facts: Entrant,
        by: PersonId,
        reason: Option<Digest>,
        /// Who agreed, where figures of the unit were signed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        second: Option<PersonId>,
    },
    /// Name, number, birth date or phone were put right, in the rows beside the ledger.
    EntrantRenamed {
        entrant: EntrantId,
        by: PersonId,
        reason: Option<Digest>,
        /// Who agreed, from the seal on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        second: Option<PersonId>,
    },
    EntrantWithdrawn {
        entrant: EntrantId,
        by: PersonId,
        reason: Option<Digest>,
    },

    PersonAssigned {
        person: PersonId,
        role: Role,
        unit: Option<UnitPath>,
        by: PersonId,
    },
    PersonReleased {
        person: PersonId,
        role: Role,
        by: PersonId,
    },

    /// The digest of a seed that is drawn with later: nobody can choose it after seeing the list.
    SeedCommitted {
        draw: Id,
        digest: Digest,
        by: PersonId,
    },
    /// Draw numbers (抽签号), per event and group when `event` and `group` say so.
    LotsDrawn {
        event: Option<Id>,
        group: Option<Id>,
        method: LotMethod,
        numbers: Vec<(EntrantId, u32)>,
        by: PersonId,
    },

    StageOpened {
        stage: Id,
        group: Option<Id>,
        by: PersonId,
    },
    StageClosed {
        stage: Id,
        group: Option<Id>,
        by: PersonId,
    },

    MarkGiven {
        entrant: EntrantId,
        slot: Slot,
        value: MarkValue,
        by: PersonId,
    },
    /// After submission: supersedes with a reason; `second` approved it when the panel had signed.
    MarkCorrected {
        entrant: EntrantId,
        slot: Slot,
        value: MarkValue,
        reason: Digest,
        by: PersonId,
        second: Option<PersonId>,
    },
    /// The new count, not a difference.
    ViolationRecorded {
        entrant: EntrantId,
        slot: ViolationSlot,
        count: u32,
        by: PersonId,
        reason: Option<Digest>,
    },
    DisqualificationConfirmed {
        entrant: EntrantId,
        violation: Id,
        by: PersonId,
    },
    DisqualificationRejected {
        entrant: EntrantId,
        violation: Id,
        by: PersonId,
        reason: Digest,
    },

    SheetSubmitted {
        sheet: SheetKey,
        by: PersonId,
    },
    /// Back to draft.
    SheetReturned {
        sheet: SheetKey,
        by: PersonId,
        reason: Digest,
    },
    /// Every judge of the panel marks this aspect again, blind; first marks are kept in the ledger.
    ReMarkOrdered {
        entrant: EntrantId,
        slot: PanelSlot,
        by: PersonId,
    },
    /// The chief decides the panel's number, or lets it stand (`points` empty).
    SpreadResolved {
        entrant: EntrantId,
        slot: PanelSlot,
        points: Option<Decimal>,
        reason: Digest,
        by: PersonId,
    },
    PanelSigned {
        stage: Id,
        panel: Id,
        group: Option<Id>,
        by: PersonId,
    },
    /// Opens a signed panel again.
    PanelReopened {
        stage: Id,
        panel: Id,
        group: Option<Id>,
        by: PersonId,
        reason: Digest,
    },

    TieDecided {
        decision: TieDecision,
        by: PersonId,
        reason: Digest,
    },

    BoardFrozen {
        by: PersonId,
    },
    BoardUnfrozen {
        by: PersonId,
    },
    IdentitiesOpened {
        by: PersonId,
        second: PersonId,
    },

    /// draft → running → sealed → announced → public notice → final.
    PhaseReached {
        phase: Phase,
        by: PersonId,
        until: Option<super::Instant>,
    },
    /// People put these on an award: a boundary tie decided, a nomination.
    AwardDecided {
        award: Id,
        to: Vec<String>,
        reason: Digest,
        by: PersonId,
    },
    /// The list as computed at that moment; what is published never changes by itself.
    AwardsAnnounced {
        awards: Vec<Given>,
        by: PersonId,
    },
    AwardRevoked {
        award: Id,
        from: String,
        reason: Digest,
        by: PersonId,
    },
    /// `serial` is unique on the server; a newer one for the same award and person supersedes.
    CertificateIssued {
        serial: String,
        award: Id,
        to: String,
        by: PersonId,
    },

    /// Of a ladder; written and read as kinds of their own.
    #[serde(skip_deserializing)]
    Ladder(LadderEntry),
    Paper(PaperEntry),
    #[serde(skip_deserializing)]
    Indicator(IndicatorEntry),
    #[serde(skip_deserializing)]
    Work(WorkEntry),
    #[serde(skip_deserializing)]
    Season(SeasonEntry),
}

/// Why a payload cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Written by a later program.
    Version { kind: String, version: u32 },
    /// Not what this kind looks like.
    Payload { kind: String, version: u32 },
}

impl Entry {
    /// As the ledger names it. Never changed.
    pub fn kind(&self) -> &'static str {
        match self {
            Entry::DefinitionAdopted { .. } => "definition-adopted",
            Entry::UnitsSet { .. } => "units-set",
            Entry::EntrantRegistered { .. } => "entrant-registered",
            Entry::EntrantChanged { .. } => "entrant-changed",
            Entry::EntrantRenamed { .. } => "entrant-renamed",
            Entry::EntrantWithdrawn { .. } => "entrant-withdrawn",
            Entry::PersonAssigned { .. } => "person-assigned",
            Entry::PersonReleased { .. } => "person-released",
            Entry::SeedCommitted { .. } => "seed-committed",
            Entry::LotsDrawn { .. } => "lots-drawn",
            Entry::StageOpened { .. } => "stage-opened",
            Entry::StageClosed { .. } => "stage-closed",
            Entry::MarkGiven { .. } => "mark-given",
            Entry::MarkCorrected { .. } => "mark-corrected",
            Entry::ViolationRecorded { .. } => "violation-recorded",
            Entry::DisqualificationConfirmed { .. } => "disqualification-confirmed",
            Entry::DisqualificationRejected { .. } => "disqualification-rejected",
            Entry::SheetSubmitted { .. } => "sheet-submitted",
            Entry::SheetReturned { .. } => "sheet-returned",
            Entry::ReMarkOrdered { .. } => "re-mark-ordered",
            Entry::SpreadResolved { .. } => "spread-resolved",
            Entry::PanelSigned { .. } => "panel-signed",
            Entry::PanelReopened { .. } => "panel-reopened",
            Entry::TieDecided { .. } => "tie-decided",
            Entry::BoardFrozen { .. } => "board-frozen",
            Entry::BoardUnfrozen { .. } => "board-unfrozen",
            Entry::IdentitiesOpened { .. } => "identities-opened",
            Entry::PhaseReached { .. } => "phase-reached",
            Entry::AwardDecided { .. } => "award-decided",
            Entry::AwardsAnnounced { .. } => "awards-announced",
            Entry::AwardRevoked { .. } => "award-revoked",
            Entry::CertificateIssued { .. } => "certificate-issued",
            Entry::Ladder(entry) => entry.kind(),
            Entry::Paper(entry) => entry.kind(),
            Entry::Indicator(entry) => entry.kind(),
            Entry::Work(entry) => entry.kind(),
            Entry::Season(entry) => entry.kind(),
        }
    }

    /// Kind, version and payload, as they are stored.
    pub fn write(&self) -> (&'static str, u32, Vec<u8>) {
        // Entries are plain data with text keys: writing them cannot fail.
        let payload = match self {
            Entry::Ladder(entry) => serde_json::to_vec(entry),
            Entry::Paper(entry) => serde_json::to_vec(entry),
            Entry::Indicator(entry) => serde_json::to_vec(entry),
            Entry::Work(entry) => serde_json::to_vec(entry),
            Entry::Season(entry) => serde_json::to_vec(entry),
            other => serde_json::to_vec(other),
        };
        (self.kind(), newest(self.kind()), payload.unwrap_or_default())
    }

    /// From what was stored, by this or any earlier program.
    pub fn read(kind: &str, version: u32, payload: &[u8]) -> Result<Self, Unreadable> {
        match version {
            // Those of version 1 are read as they are: what came later has a default.
            1.. if version <= newest(kind) => {
                let entry: Option<Entry> = if LadderEntry::KINDS.contains(&kind) {
                    serde_json::from_slice(payload).ok().map(Entry::Ladder)
                } else if PaperEntry::KINDS.contains(&kind) {
                    serde_json::from_slice(payload).ok().map(Entry::Paper)
                } else if IndicatorEntry::KINDS.contains(&kind) {
                    serde_json::from_slice(payload).ok().map(Entry::Indicator)
                } else if WorkEntry::KINDS.contains(&kind) {
                    serde_json::from_slice(payload).ok().map(Entry::Work)
                } else if SeasonEntry::KINDS.contains(&kind) {
                    serde_json::from_slice(payload).ok().map(Entry::Season)
                } else {
                    serde_json::from_slice(payload).ok()
                };
                let entry = entry.filter(|entry| entry.kind() == kind);
                entry.ok_or_else(|| Unreadable::Payload { kind: kind.to_owned(), version })
            }
            _ => Err(Unreadable::Version { kind: kind.to_owned(), version }),
        }
    }
}

fn newest(kind: &str) -> u32 {
    if kind == "definition-adopted" { DEFINITION_VERSION } else { VERSION }
}

/// SHA-256, in lower-case hex.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(pub String);

/// What somebody may do in a contest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "kebab-case")]
pub enum Role {
    Organizer,
    ChiefJudge,
    /// 联络员 of the unit in the assignment: looks after the people of that branch.
    Liaison,
    /// 归口部门: fills in and checks the figures of one indicator.
    IndicatorOwner {
        indicator: Id,
    },
    /// 核实人: says what becomes of the works of a collection, or of a branch's among them.
    Checker {
        collection: Id,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        branch: Option<UnitPath>,
    },
    /// 评委 of a collection: marks the works that are dealt to them.
    WorkJudge {
        collection: Id,
    },
    /// 领导小组: signs the periods of a labor competition.
    LeadingGroup,
    /// 组长 of one panel.
    Leader {
        stage: Id,
        panel: Id,
    },
    /// `seat` from 1; `group` and `event` limit whom they mark.
    Judge {
        stage: Id,
        panel: Id,
        seat: u32,
        event: Option<Id>,
        group: Option<Id>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "kebab-case")]
pub enum LotMethod {
    /// The seed whose digest was committed, in hex.
    Seed { draw: Id, seed: String },
    /// Drawn by hand before a witness.
    Hand { witness: String },
}

/// A mark as given. `Cleared` takes it back to "not marked".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkValue {
    Is(Value),
    Cleared,
}

/// One judge's sheet (评分表) for one entrant: all aspects of a panel, for one piece and attempt.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SheetKey {
    pub judge: PersonId,
    pub stage: Id,
    pub panel: Id,
    pub entrant: EntrantId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub piece: Option<Id>,
    pub attempt: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    #[default]
    Draft,
    Running,
    Sealed,
    Announced,
    /// 公示.
    Notice,
    Final,
}

/// One award to one winner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Given {
    pub award: Id,
    /// The text of [`crate::rules::result::Who`].
    pub to: String,
    pub rank: Option<u32>,
    pub total: Option<Decimal>,
    pub event: Option<Id>,
    pub group: Option<Id>,
}
