//! What somebody asks of a labor competition, and why it is refused.

use rust_decimal::Decimal;

use super::{Actual, FigureSlot, PeriodStage, Veto};
use crate::rules::{
    ledger::{
        entry::Digest,
        indicator::{Document, TargetOf},
    },
    names::{EntrantId, Id, PersonId, VetoId},
};

#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// By the office, from a dated document; with a second person where a period is signed.
    SetTargets {
        targets: Vec<TargetOf>,
        document: Document,
        second: Option<PersonId>,
    },
    /// By the unit, its liaison, the owner of the indicator, or the office, while the period is open.
    Report {
        slot: FigureSlot,
        actual: Actual,
        self_score: Option<Decimal>,
        evidence: Vec<Digest>,
    },
    /// By the owner: as it was reported, or as it was found.
    Check {
        slot: FigureSlot,
        found: Option<Actual>,
    },
    /// By the owner: back to whoever reported it.
    Return {
        slot: FigureSlot,
        reason: Digest,
    },
    /// By the owner, after the period closed: late or corrected; with a second person once it is signed.
    Revise {
        slot: FigureSlot,
        actual: Actual,
        evidence: Vec<Digest>,
        reason: Digest,
        second: Option<PersonId>,
    },
    OpenPeriod {
        period: Id,
    },
    ClosePeriod {
        period: Id,
    },
    /// 汇总: every figure that stands is checked.
    CollectPeriod {
        period: Id,
    },
    /// 审定, by the leading group.
    SignPeriod {
        period: Id,
    },
    /// 公布; again after a revision.
    PublishPeriod {
        period: Id,
    },
    /// The id is made by whoever asks.
    SetVeto {
        veto: VetoId,
        what: Veto,
        document: Document,
        second: PersonId,
    },
    ReleaseVeto {
        veto: VetoId,
        document: Document,
        second: PersonId,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub enum IndicatorRefusal {
    UnknownIndicator(Id),
    UnknownPeriod(Id),
    /// Not of this unit, or not in this period.
    NotJudged {
        entrant: EntrantId,
        indicator: Id,
        period: Id,
    },
    /// Its figures are held against nothing.
    NoTarget(Id),
    WrongStage {
        period: Id,
        now: PeriodStage,
        wants: PeriodStage,
    },
    /// The period is closed: what changes is a revision.
    NeedsRevision(Id),
    /// The period is open: it is reported, not revised.
    NotClosed(Id),
    NoFigure,
    AlreadyChecked,
    /// It waits to be reported again.
    Returned,
    /// One number, or a count of each of these kinds, whole and not below 0.
    Unfit {
        kinds: Vec<Id>,
    },
    /// A sheet has so many points.
    OutsideSheet {
        full: Decimal,
    },
    Unchecked {
        count: usize,
    },
    UnknownVeto(VetoId),
    VetoTwice(VetoId),
    VetoOver,
    NoTargets,
    TargetTwice,
}
