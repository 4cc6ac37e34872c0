//! Ladders (擂台): challenge somebody above, win, and take the place.
//!
//! [`rules`] is what the definition says; `state` what the ledger's entries made of it; [`may_challenge`] says
//! whether a challenge is allowed, and else which rule forbids it and when that ends: deciding and the page beside
//! each name ask the same function. What nobody does in time happens all the same: [`due()`] gives the entries that
//! are due at a moment; a view applies them to a copy, whoever appends the next entry appends them first, and the
//! fold only applies. So no job is needed, and a ladder is the same on whatever day its ledger is read.
//!
//! Knows no papers and no judges: results come as [`Outcome`]s, from [`finished`] or from people.

pub mod calendar;
pub mod rules;

mod due;
mod fold;
mod may;
mod movement;
mod notices;
mod places;
mod play;
mod rewards;
mod state;
mod view;

#[cfg(test)]
mod tests;

pub use due::{due, next_deadline};
pub use may::{Bar, Barred, Terms, Until, may_challenge};
pub use notices::{Notice, Noticed, notices};
pub use places::Places;
pub use play::{PaperOf, Played, finished, is_by_hand, may_sit, paper_of};
pub use rewards::{Owed, rewards};
pub use rules::{Outcome, Rules};
pub use state::{Happened, Status, What};
pub use view::{
    BoardLine, Bout, LadderBoard, Reigned, SeasonSeen, Titles, all_rules, board, bouts, happened, ladders, meant,
    players, privacy, queue, reigns,
};

pub(super) use due::{current, moved_off, season, tiered};
pub(super) use may::{fits, may_defend, may_enter, may_join, may_take_seat, play_by};
pub(super) use movement::{joined, seat_steps};
pub(super) use play::{lapse, may_play_now, result, rules_of, starred};
pub(super) use rewards::{is_key, named};
pub(super) use state::{Challenge, Ladders};

use super::names::{ChallengeId, EntrantId, Id};

use super::ledger::{
    Instant,
    ladder::{Aim, Earned, LeaveKind, MoveKind},
};

/// What somebody asks of a ladder. Where `entrant` is empty, a worker acts for themselves; an organizer names one.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// The order in which it begins, by tiers from the top; before the first challenge.
    Seed {
        ladder: Id,
        tiers: Vec<Vec<EntrantId>>,
    },
    /// At the bottom; where entry is by score, [`Act::Challenge`] with [`Aim::Entry`].
    Join {
        ladder: Id,
        entrant: Option<EntrantId>,
    },
    /// Somebody above, one's own record, or a first score. The id is made by whoever asks.
    Challenge {
        challenge: ChallengeId,
        ladder: Id,
        entrant: Option<EntrantId>,
        aim: Aim,
    },
    /// By whom it was made to; refusing is a lapse. The challenger may take it back: `accept` no.
    Answer {
        challenge: ChallengeId,
        entrant: Option<EntrantId>,
        accept: bool,
    },
    /// Results that did not come from a paper of this program: by the organizer, where [`is_by_hand`] says so.
    EnterResult {
        challenge: ChallengeId,
        of: EntrantId,
        outcome: Outcome,
    },
    /// Judged: the two are registered in the ladder's stage under these names, with draw numbers, and marked.
    OpenSession {
        challenge: ChallengeId,
        challenger_as: EntrantId,
        target_as: EntrantId,
    },
    /// Judged: all sheets of both are in.
    DecideSession {
        challenge: ChallengeId,
    },
    /// A free seat in the tier above.
    TakeSeat {
        ladder: Id,
        entrant: Option<EntrantId>,
    },
    Waive {
        ladder: Id,
        entrant: Option<EntrantId>,
    },
    SetLeave {
        entrant: Option<EntrantId>,
        leave: LeaveKind,
        from: Instant,
        until: Instant,
    },
    EndLeave {
        entrant: Option<EntrantId>,
    },
    /// 调岗, 调动, 离职, 退休: off the ladder from that moment on.
    Move {
        entrant: EntrantId,
        kind: MoveKind,
        ladder: Option<Id>,
        effective: Instant,
    },
    /// Before its time, by the organizer. The season's number, so that asking twice ends one.
    EndSeason {
        ladder: Id,
        season: u32,
    },
    GiveReward {
        ladder: Id,
        entrant: EntrantId,
        what: Earned,
        period: String,
    },
}

/// Why an act on a ladder is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum LadderRefusal {
    /// A rule of the ladder forbids it, perhaps until a moment.
    Barred(Barred),
    UnknownLadder(Id),
    UnknownChallenge(ChallengeId),
    /// The id was used before.
    ChallengeTwice(ChallengeId),
    /// Of no use on a ladder of this format.
    NotThisFormat,
    /// Somebody else's.
    NotYours,
    /// Nobody is named, and whoever asks is no entrant.
    NoEntrant,
    AlreadyOn(EntrantId),
    /// There have been challenges.
    SeedTooLate,
    /// Named twice, or more than a tier has seats.
    SeedUnfit {
        tier: usize,
    },
    /// Decided, or lapsed.
    ChallengeOver,
    /// It was answered, or needs no answer.
    NothingToAnswer,
    NotAnswered,
    /// Its results come from papers sat here.
    ByPaper,
    ResultTwice,
    /// Not one of the two.
    NotPlaying(EntrantId),
    SessionOpen,
    SessionNotOpen,
    /// Sheets of judges are missing.
    SessionIncomplete,
    NotProtected,
    LeaveBackwards,
    /// Days left in that year.
    LeaveTooLong {
        left: u32,
        most: u32,
    },
    NotOnLeave,
    NoSeason,
    /// Not the one that runs.
    SeasonOver {
        season: u32,
    },
    NoSuchReward,
}
