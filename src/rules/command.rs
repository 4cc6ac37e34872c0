//! What somebody asks for, and every way in which it can be refused.
//!
//! A command is parsed at the edge; [`crate::rules::decide`] turns it into entries or a [`Refusal`].

use rust_decimal::Decimal;

use super::{
    field::{Entrant, PanelSlot, Slot, TieDecision, ViolationSlot},
    indicators::{self, IndicatorRefusal},
    ladder::{Act, LadderRefusal},
    ledger::{
        Instant,
        entry::{Digest, MarkValue, Phase, Role, SheetKey},
    },
    names::{EntrantId, Id, PersonId, UnitPath},
    papers::{self, PaperRefusal},
    season::{self, SeasonRefusal},
    works::{self, WorkRefusal},
};

#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// All or nothing; each sees the effect of those before it.
    Together(Vec<Command>),
    /// The first of a contest: the definition, and whoever brings it as its organizer.
    Found {
        text: String,
    },
    /// After the first mark with a reason and a second person.
    AdoptDefinition {
        text: String,
        reason: Option<Digest>,
        second: Option<PersonId>,
    },
    SetUnits {
        units: Vec<UnitPath>,
    },
    /// All or nothing; those already registered are changed.
    RegisterEntrants {
        entrants: Vec<(EntrantId, Entrant)>,
        reason: Option<Digest>,
        /// Where figures of one of them were signed.
        second: Option<PersonId>,
    },
    /// Who these entrants are was put right: names stand beside the ledger, that they changed stands in it. From the
    /// seal on with a reason and a second person.
    RenameEntrants {
        entrants: Vec<EntrantId>,
        reason: Option<Digest>,
        second: Option<PersonId>,
    },
    WithdrawEntrant {
        entrant: EntrantId,
        reason: Option<Digest>,
    },
    AssignPerson {
        person: PersonId,
        role: Role,
        unit: Option<UnitPath>,
    },
    ReleasePerson {
        person: PersonId,
        role: Role,
    },
    CommitSeed {
        draw: Id,
        digest: Digest,
    },
    /// With the committed seed; `seed` is its hex text.
    DrawLots {
        event: Option<Id>,
        group: Option<Id>,
        draw: Id,
        seed: String,
    },
    EnterLots {
        event: Option<Id>,
        group: Option<Id>,
        witness: String,
        numbers: Vec<(EntrantId, u32)>,
    },
    OpenStage {
        stage: Id,
        group: Option<Id>,
    },
    CloseStage {
        stage: Id,
        group: Option<Id>,
    },
    GiveMark {
        entrant: EntrantId,
        slot: Slot,
        value: MarkValue,
    },
    CorrectMark {
        entrant: EntrantId,
        slot: Slot,
        value: MarkValue,
        reason: Digest,
        second: Option<PersonId>,
    },
    RecordViolation {
        entrant: EntrantId,
        slot: ViolationSlot,
        count: u32,
        reason: Option<Digest>,
    },
    ConfirmDisqualification {
        entrant: EntrantId,
        violation: Id,
    },
    RejectDisqualification {
        entrant: EntrantId,
        violation: Id,
        reason: Digest,
    },
    SubmitSheet {
        sheet: SheetKey,
    },
    ReturnSheet {
        sheet: SheetKey,
        reason: Digest,
    },
    OrderReMark {
        entrant: EntrantId,
        slot: PanelSlot,
    },
    ResolveSpread {
        entrant: EntrantId,
        slot: PanelSlot,
        points: Option<Decimal>,
        reason: Digest,
    },
    SignPanel {
        stage: Id,
        panel: Id,
        group: Option<Id>,
    },
    ReopenPanel {
        stage: Id,
        panel: Id,
        group: Option<Id>,
        reason: Digest,
    },
    DecideTie {
        decision: TieDecision,
        reason: Digest,
    },
    Freeze,
    Unfreeze,
    OpenIdentities {
        second: PersonId,
    },
    /// `until` ends a public notice.
    ReachPhase {
        phase: Phase,
        until: Option<Instant>,
    },
    DecideAward {
        award: Id,
        to: Vec<String>,
        reason: Digest,
    },
    AnnounceAwards,
    RevokeAward {
        award: Id,
        from: String,
        reason: Digest,
    },
    IssueCertificates {
        serials: Vec<(Id, String, String)>,
    },
    /// On a ladder.
    Ladder(Act),
    Paper(papers::Act),
    /// In a labor competition.
    Indicator(indicators::Act),
    /// In a collection.
    Work(works::Act),
    Season(season::Act),
}

/// Why a command was not carried out. Nothing was changed. The variants carry what a sentence needs.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    NoDefinition,
    DefinitionInvalid {
        problems: usize,
    },
    /// The new text drops what has marks.
    DefinitionDropsMarked {
        dropped: Vec<Dropped>,
    },
    DefinitionAfterMarksNeedsReason,
    NotAllowed {
        role: &'static str,
    },
    UnknownEntrant(EntrantId),
    UnknownPerson(PersonId),
    UnknownStage(Id),
    UnknownPanel(Id),
    UnknownAspect(Id),
    /// Its value comes from papers; nobody enters it.
    FromPapers(Id),
    /// Its value comes from a collection; nobody enters it.
    FromWorks(Id),
    UnknownViolation(Id),
    /// No panel's judges record it.
    LeaderRecords {
        violation: Id,
    },
    UnknownAward(Id),
    UnknownEvent(String),
    UnknownGroup(String),
    UnknownUnit(UnitPath),
    UnknownValue(Id),
    EntrantHasMarks(EntrantId),
    EntrantOut(EntrantId),
    NotInStage {
        entrant: EntrantId,
        stage: Id,
    },
    NotThisJudges {
        stage: Id,
        panel: Id,
    },
    /// 执裁回避.
    OwnUnit {
        unit: UnitPath,
    },
    SeatTaken {
        seat: u32,
    },
    SeatOutOfRange {
        seats: u32,
    },
    StageClosed(Id),
    StageNotReady {
        stage: Id,
        missing: usize,
    },
    BelowMin {
        min: Decimal,
    },
    AboveMax {
        max: Decimal,
    },
    NotAStep {
        min: Decimal,
        step: Decimal,
    },
    ValueMissing,
    /// The sheet was submitted; ask for it back, or correct with a reason.
    SheetSubmitted,
    SheetNotSubmitted,
    SheetIncomplete {
        missing: Vec<Id>,
    },
    PanelSigned,
    PanelNotReady {
        missing: usize,
        spreads: usize,
    },
    NeedsSecondPerson,
    /// The one who agrees is the one who asks.
    SecondIsFirst,
    /// Neither chief judge nor organizer here.
    SecondNotAllowed,
    /// The first one made them what they are since the contest began.
    SecondByFirst,
    /// The first one handed out the card since the contest began.
    SecondsCardByFirst,
    /// Nobody but an administrator could act in the contest any more.
    LastOrganizer,
    /// Somebody looks after the people of a unit, and none is named.
    LiaisonNeedsUnit,
    ReMarkOnce,
    NoSpread,
    SeedNotCommitted,
    SeedDiffers,
    LotsIncomplete {
        missing: usize,
    },
    LotTwice(u32),
    LotsAfterMarks,
    WrongPhase {
        now: Phase,
        wants: Phase,
    },
    AlreadyFrozen,
    NotFrozen,
    AwardsUndecided {
        award: Id,
    },
    TiesOpen {
        count: usize,
    },
    NotAWinner(String),
    NothingToDo,
    /// Unconfirmed disqualifications block sealing.
    DisqualificationsOpen {
        count: usize,
    },
    /// The adopted definition was written for a later version of this program: the contest can be looked at only.
    DefinitionUnreadable,
    UnknownNumber(u32),
    /// Already on another seat of this panel.
    AlreadySeated {
        seat: u32,
    },
    ReasonMissing,
    /// A correction gives a value; it does not take one away.
    CorrectionClears,
    /// Marks of this aspect have not been given again yet; the panel does so before the chief decides.
    ReMarkFirst,
    /// Judges mark it again at this moment.
    ReMarkRunning,
    /// A recorded order must be of equals that await one.
    NotTied,
    /// Something is to be done only after this stage is closed.
    StageStillOpen(Id),
    PanelsUnsigned {
        count: usize,
    },
    /// Announcing names winners: identities are opened first, by two people.
    IdentitiesClosed,
    /// A public notice needs an end in the future.
    NoticeNeedsEnd,
    NoticeRunning {
        until: Instant,
    },
    /// Not one entrant is registered.
    NoEntrants,
    /// By a rule of a ladder.
    Ladder(LadderRefusal),
    Paper(PaperRefusal),
    Indicator(IndicatorRefusal),
    Work(WorkRefusal),
    Season(SeasonRefusal),
}

/// Something that a definition names no more though it has marks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dropped {
    pub part: Part,
    /// `None` for stages, events and groups.
    pub stage: Option<Id>,
    pub id: Id,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Event,
    Group,
    Stage,
    Panel,
    Piece,
    /// By its number.
    Attempt,
    Aspect,
    Value,
    Violation,
    Indicator,
    Period,
    /// Of an indicator.
    EventKind,
    Collection,
    /// Of a collection.
    Grade,
}
