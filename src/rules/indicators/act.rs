//! What somebody asks of a labor competition, and why it is refused.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Actual, FigureSlot, PeriodStage, UnitChange, Veto};
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
    /// Writes nothing: refuses what stands behind it in one [`Command::Together`] when the figure has another number of
    /// versions than whoever asks has seen.
    ///
    /// [`Command::Together`]: crate::rules::command::Command::Together
    Expect {
        slot: FigureSlot,
        versions: usize,
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
    /// By the office, from a dated document, before a period that it touches is closed.
    ChangeUnits {
        what: UnitChange,
        from: Date,
        document: Document,
    },
    RevokeChange {
        number: u32,
        document: Document,
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
    /// Somebody wrote there meanwhile.
    Changed(FigureSlot),
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
    /// It has ended before, or begins later, or withdrew before.
    UnitNotThere {
        entrant: EntrantId,
        period: Id,
    },
    /// Merged or split are at least two.
    TooFewUnits,
    UnitTwice,
    /// Which ended on that day.
    ChangeInClosed {
        period: Id,
        from: Date,
        ended: Date,
    },
    /// What comes later, or was recorded later, of the same units.
    ChangedLater {
        number: u32,
        from: Date,
    },
    UnitEnded {
        entrant: EntrantId,
        since: Date,
    },
    UnitNotBegun {
        entrant: EntrantId,
        since: Date,
    },
    /// By an earlier change.
    UnitBegunAlready {
        entrant: EntrantId,
    },
    /// It has figures of earlier periods, and so does not begin.
    UnitHasPast {
        entrant: EntrantId,
    },
    /// Only units of one group are merged.
    UnitsOfGroups {
        one: EntrantId,
        other: EntrantId,
    },
    UnknownChange {
        number: u32,
    },
    ChangeOver {
        number: u32,
    },
}
