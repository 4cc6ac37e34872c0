//! What somebody asks of a collection, and why it is refused.

use rust_decimal::Decimal;

use super::rules::FieldName;
use crate::rules::{
    ledger::{
        entry::Digest,
        works::{Content, Outcome},
    },
    names::{Id, PersonId, WorkId},
};

/// A worker acts for themselves.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// The id is made by whoever asks for the worker.
    Submit {
        work: WorkId,
        collection: Id,
        content: Content,
    },
    /// After it was returned for more.
    Mend {
        work: WorkId,
        content: Content,
    },
    Withdraw {
        work: WorkId,
    },
    /// By a checker; once it was checked, only with a reason.
    Check {
        work: WorkId,
        outcome: Outcome,
        reason: Option<Digest>,
    },
    /// By an organizer: the accepted works that lack judges, from the seed committed as `draw`.
    Deal {
        collection: Id,
        draw: Id,
        seed: String,
    },
    /// By a judge who has it.
    Mark {
        work: WorkId,
        mark: Decimal,
    },
    /// By an organizer with a second person, at any time: texts and pictures of it, by the digests that name them.
    Erase {
        work: WorkId,
        what: Vec<Digest>,
        reason: Digest,
        second: PersonId,
    },
    /// Nothing is taken, checked or marked after it.
    Close {
        collection: Id,
    },
    Reopen {
        collection: Id,
        reason: Digest,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub enum WorkRefusal {
    UnknownCollection(Id),
    UnknownWork(WorkId),
    /// In the contest's time, for people.
    NotOpenYet {
        opens: String,
    },
    Over {
        closed: String,
    },
    /// By hand.
    Closed(Id),
    NotClosed(Id),
    /// Only somebody who takes part hands in works.
    NoEntrant,
    NotYours,
    WorkTwice,
    DayFull {
        most: u32,
    },
    FieldEmpty {
        field: FieldName,
    },
    FieldNotAsked {
        field: FieldName,
    },
    FieldTooLong {
        field: FieldName,
        most: u32,
    },
    TooFewPictures {
        least: u32,
    },
    TooManyPictures {
        most: u32,
    },
    /// It was checked, or withdrawn: its author changes it no more.
    Fixed,
    /// Nobody asked for more.
    NotReturned,
    Withdrawn,
    /// Of itself, of one of another collection, of a withdrawn one, or of a duplicate.
    NotAnOriginal,
    GradeNeeded {
        known: Vec<Id>,
    },
    UnknownGrade(Id),
    /// The checker looks after another branch.
    OtherBranch,
    NoJudging(Id),
    NothingToDeal,
    /// So many works have fewer judges of other units than each needs.
    TooFewJudges {
        works: usize,
        judges: u32,
        most: usize,
    },
    /// No text or picture of this work.
    NotItsContent,
    /// Not dealt to this judge.
    NotDealt,
    Unchecked {
        count: usize,
    },
    Unmarked {
        count: usize,
    },
    Undealt {
        count: usize,
    },
    /// So many dealt works have fewer judges than each needs.
    Lacking {
        count: usize,
        judges: u32,
    },
    /// A checker's own report.
    OwnWork,
    /// Another work was found to repeat it.
    IsOriginal,
}
