//! The organizer's contest: the list, the lots, the stages, the people, what is next, and the audit trail.

use super::{Block, Heading, Named, Progress};
use crate::rules::{
    field::Entrant,
    indicators::PeriodStage,
    ledger::{
        Entry, Instant, Version,
        entry::{Digest, LotMethod, Role},
    },
    names::{EntrantId, Id, PersonId, UnitPath},
    papers,
};

#[derive(Clone, Debug, PartialEq)]
pub struct Organizer {
    pub heading: Heading,
    pub version: Version,
    pub definition: Option<Adopted>,
    pub units: Vec<UnitPath>,
    pub events: Vec<Named>,
    pub groups: Vec<Named>,
    /// By id.
    pub entrants: Vec<EntrantLine>,
    pub lots: Vec<Lots>,
    pub seeds: Vec<Seed>,
    /// Each stage of each group that holds it.
    pub stages: Vec<StageLine>,
    pub people: Vec<Person>,
    pub frozen_since: Option<Instant>,
    pub identities_open: bool,
    /// In the order in which they come up.
    pub next: Vec<Todo>,
    /// What blocks sealing.
    pub blocks: Vec<Block>,
    /// The rules of its papers.
    pub papers: Vec<papers::Rules>,
    /// In the order in which they were drawn.
    pub prizes: Vec<papers::PrizeDraw>,
    /// Somebody has marked.
    pub has_marks: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Adopted {
    pub digest: Digest,
    pub text: std::sync::Arc<str>,
    pub by: PersonId,
    pub at: Instant,
    /// How many definitions this contest has had.
    pub count: u32,
    /// This program can read it; when not, the contest can only be looked at.
    pub readable: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct EntrantLine {
    pub entrant: EntrantId,
    /// With their standing: in, withdrawn, disqualified.
    pub facts: Entrant,
    pub number: Option<u32>,
    /// Or figures.
    pub has_marks: bool,
    /// Figures of it were signed: what changes it takes a second person.
    pub signed: bool,
}

/// One draw of lots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lots {
    pub event: Option<Id>,
    pub group: Option<Id>,
    /// The seed is revealed with the draw; by hand, the witness.
    pub method: LotMethod,
    pub count: usize,
    pub at: Instant,
    pub by: PersonId,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seed {
    pub draw: Id,
    pub digest: Digest,
    pub at: Instant,
    pub used: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct StageLine {
    pub stage: Named,
    pub group: Option<Named>,
    pub phase: StagePhase,
    pub entrants: usize,
    pub progress: Progress,
    pub panels: Vec<PanelLine>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum StagePhase {
    #[default]
    NotOpened,
    Open,
    Closed,
    /// Closed, and every panel has signed.
    Signed,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PanelLine {
    pub panel: Named,
    pub judges: u32,
    pub assigned: u32,
    pub progress: Progress,
    pub signed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub person: PersonId,
    pub roles: Vec<Role>,
    pub unit: Option<UnitPath>,
}

/// What an organizer does next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Todo {
    AdoptDefinition,
    ImportEntrants,
    AssignChief,
    /// Say which contests the sources of a season are.
    BindSources {
        count: usize,
    },
    /// Sources of a season are not sealed themselves: what changes there afterwards does not count.
    AwaitSources {
        count: usize,
    },
    /// A bank that papers draw from was not taken into use.
    AdoptBank {
        bank: Id,
    },
    /// Seats nobody sits on.
    AssignJudges {
        stage: Named,
        panel: Named,
        seats: Vec<u32>,
    },
    /// Entrants without a draw number.
    DrawLots {
        event: Option<Named>,
        group: Option<Named>,
        missing: usize,
    },
    /// Indicators that nobody looks after.
    AppointOwners {
        count: usize,
    },
    /// Nobody signs the periods.
    AppointLeadingGroup,
    /// Figures that keep units of a period from being ranked, while it is open or closed.
    FillPeriod {
        period: Named,
        count: usize,
        due: jiff::civil::Date,
    },
    /// A period of a labor competition that waits for its next step, at this stage; collected, for the leading group.
    MovePeriod {
        period: Named,
        stage: PeriodStage,
    },
    /// It stands otherwise than it was published.
    PublishAgain {
        period: Named,
    },
    /// Nobody but the organizers checks what is handed in.
    AppointChecker {
        collection: Named,
    },
    /// Each work needs so many judges more than there are.
    AppointWorkJudges {
        collection: Named,
        missing: usize,
    },
    /// Works that wait for a check.
    CheckWorks {
        collection: Named,
        count: usize,
    },
    Start,
    OpenStage {
        stage: Named,
        group: Option<Named>,
    },
    /// All sheets are in.
    CloseStage {
        stage: Named,
        group: Option<Named>,
    },
    SignPanels {
        count: usize,
    },
    ResolveSpreads {
        count: usize,
    },
    ConfirmDisqualifications {
        count: usize,
    },
    DecideTies {
        count: usize,
    },
    /// A ladder runs: workers challenge one another until the contest is sealed, whenever that is.
    Watch {
        ladder: Named,
    },
    Seal,
    OpenIdentities,
    DecideAwards {
        awards: Vec<Named>,
    },
    Announce,
    IssueCertificates {
        count: usize,
    },
    PublishNotice,
    /// The notice has ended, or will end then.
    Finish {
        from: Instant,
    },
}

/// One line of the audit trail.
#[derive(Clone, Debug, PartialEq)]
pub struct TrailLine {
    pub seq: u64,
    pub epoch: u32,
    pub at: Instant,
    pub by: Option<PersonId>,
    pub second: Option<PersonId>,
    pub reason: Option<Digest>,
    pub entrant: Option<EntrantId>,
    pub number: Option<u32>,
    /// As the ledger names it.
    pub kind: &'static str,
    pub entry: Entry,
}
