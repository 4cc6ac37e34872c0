//! The kinds of entries that ladders make. Each records a decision with its movement; what was due and nobody did
//! carries the moment `at` which it was due, however late it is written.

use serde::{Deserialize, Serialize};

use super::Instant;
use crate::rules::{
    ladder::rules::Outcome,
    names::{ChallengeId, EntrantId, Id, PersonId},
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum LadderEntry {
    /// The order in which a ladder begins, by tiers from the top.
    LadderSeeded {
        ladder: Id,
        tiers: Vec<Vec<EntrantId>>,
        by: PersonId,
    },
    LadderJoined {
        ladder: Id,
        entrant: EntrantId,
        moves: Vec<Step>,
        /// The first challenge may go to anybody.
        free: bool,
        by: PersonId,
    },
    ChallengeMade {
        challenge: ChallengeId,
        ladder: Id,
        challenger: EntrantId,
        aim: Aim,
        respond_by: Option<Instant>,
        /// With the grace. `None` until it is answered.
        play_by: Option<Instant>,
        /// Whether it moves anybody: not after too many games of the same two.
        counts: bool,
        /// Whether it used up a newcomer's free challenge.
        free: bool,
        /// The record at this moment; it stays what must be beaten.
        to_beat: Option<Outcome>,
        by: PersonId,
    },
    /// Accepted; a refusal is a lapse.
    ChallengeAnswered {
        challenge: ChallengeId,
        play_by: Instant,
        by: PersonId,
    },
    /// Judges are called together: the two are marked under these names in the ladder's stage.
    SessionOpened {
        challenge: ChallengeId,
        challenger_as: EntrantId,
        target_as: EntrantId,
        by: PersonId,
    },
    /// One side's result.
    ResultGiven {
        challenge: ChallengeId,
        of: EntrantId,
        outcome: Outcome,
        by: PersonId,
    },
    ChallengeDecided {
        challenge: ChallengeId,
        winner: EntrantId,
        moves: Vec<Step>,
        by: PersonId,
    },
    ChallengeLapsed {
        challenge: ChallengeId,
        why: Lapsed,
        /// Whose lapse it counts as; several where neither played.
        who: Vec<EntrantId>,
        /// To whom the challenge falls by it, if to anybody.
        winner: Option<EntrantId>,
        moves: Vec<Step>,
        at: Instant,
    },
    RecordSet {
        ladder: Id,
        entrant: EntrantId,
        outcome: Outcome,
        expires: Option<Instant>,
        challenge: ChallengeId,
    },
    RecordExpired {
        ladder: Id,
        entrant: EntrantId,
        moves: Vec<Step>,
        at: Instant,
    },
    /// A free seat of a tier, taken without a game.
    SeatTaken {
        ladder: Id,
        entrant: EntrantId,
        moves: Vec<Step>,
        by: PersonId,
    },
    /// A winner may be challenged at once.
    ProtectionWaived {
        ladder: Id,
        entrant: EntrantId,
        by: PersonId,
    },
    /// Of all ladders; `until` is the first moment after it.
    LeaveSet {
        entrant: EntrantId,
        leave: LeaveKind,
        from: Instant,
        until: Instant,
        by: PersonId,
    },
    /// Back before the time.
    LeaveEnded {
        entrant: EntrantId,
        by: PersonId,
    },
    /// Takes effect at a later moment; `ladder` empty: of all ladders.
    MovePlanned {
        entrant: EntrantId,
        kind: MoveKind,
        ladder: Option<Id>,
        effective: Instant,
        by: PersonId,
    },
    MovedOff {
        ladder: Id,
        entrant: EntrantId,
        kind: MoveKind,
        moves: Vec<Step>,
        at: Instant,
    },
    IdleDropped {
        ladder: Id,
        entrant: EntrantId,
        moves: Vec<Step>,
        at: Instant,
    },
    SeasonEnded {
        ladder: Id,
        /// From 1.
        season: u32,
        /// From the first title on.
        titles: Vec<EntrantId>,
        /// How the next one begins.
        tiers: Vec<Vec<EntrantId>>,
        at: Instant,
    },
    RewardEarned {
        ladder: Id,
        entrant: EntrantId,
        what: Earned,
        /// As [`crate::rules::ladder::calendar`] names it: `2026-10`, `2026-q4`, `2026`, `season-2`, `once`.
        period: String,
        at: Instant,
    },
    /// Handed over.
    RewardGiven {
        ladder: Id,
        entrant: EntrantId,
        what: Earned,
        period: String,
        by: PersonId,
    },
}

/// What a challenge is made to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aim {
    Person(EntrantId),
    /// 守擂: one's own record anew.
    Defence,
    /// A first score, to come onto the ladder.
    Entry,
}

/// Somebody is put to a place, or off the ladder. The others keep their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Step {
    /// Taken from where they are, then put in: `tier` and `at` from 0, as they are without this person.
    Put {
        entrant: EntrantId,
        tier: usize,
        at: usize,
    },
    Out {
        entrant: EntrantId,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lapsed {
    Declined,
    Unanswered,
    /// One side did not play in time.
    Unplayed,
    NeitherPlayed,
    /// The challenger took it back.
    Withdrawn,
    /// No challenge day was held in time; nobody's lapse.
    NotHeld,
    /// One of the two went on leave; nobody's lapse.
    Leave,
    /// One of the two is no longer on the ladder, or the season ended; nobody's lapse.
    Gone,
    /// A paper for oneself was handed in without an answer: no result; nobody's lapse.
    Blank,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeaveKind {
    /// Counts against the days that a year allows.
    Ordinary,
    Sick,
    Maternity,
    /// 工伤.
    Injury,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MoveKind {
    /// 调岗.
    Post,
    /// 调动.
    Unit,
    /// 离职.
    Left,
    /// 退休.
    Retired,
    /// Withdrawn or disqualified in this contest.
    Out,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Earned {
    /// 新科明星.
    Star,
    /// The title of this number at the end of a season, from 1.
    Title(u32),
}

impl LadderEntry {
    /// As the ledger names it. Never changed.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::LadderSeeded { .. } => "ladder-seeded",
            Self::LadderJoined { .. } => "ladder-joined",
            Self::ChallengeMade { .. } => "challenge-made",
            Self::ChallengeAnswered { .. } => "challenge-answered",
            Self::SessionOpened { .. } => "session-opened",
            Self::ResultGiven { .. } => "result-given",
            Self::ChallengeDecided { .. } => "challenge-decided",
            Self::ChallengeLapsed { .. } => "challenge-lapsed",
            Self::RecordSet { .. } => "record-set",
            Self::RecordExpired { .. } => "record-expired",
            Self::SeatTaken { .. } => "seat-taken",
            Self::ProtectionWaived { .. } => "protection-waived",
            Self::LeaveSet { .. } => "leave-set",
            Self::LeaveEnded { .. } => "leave-ended",
            Self::MovePlanned { .. } => "move-planned",
            Self::MovedOff { .. } => "moved-off",
            Self::IdleDropped { .. } => "idle-dropped",
            Self::SeasonEnded { .. } => "season-ended",
            Self::RewardEarned { .. } => "reward-earned",
            Self::RewardGiven { .. } => "reward-given",
        }
    }

    /// Every kind, in the order of a ladder's life.
    pub const KINDS: [&str; 20] = [
        "ladder-seeded",
        "ladder-joined",
        "challenge-made",
        "challenge-answered",
        "session-opened",
        "result-given",
        "challenge-decided",
        "challenge-lapsed",
        "record-set",
        "record-expired",
        "seat-taken",
        "protection-waived",
        "leave-set",
        "leave-ended",
        "move-planned",
        "moved-off",
        "idle-dropped",
        "season-ended",
        "reward-earned",
        "reward-given",
    ];

    /// Whether a ladder's board can change by it. Who is on leave or will move is nobody's business.
    pub fn may_be_noticed(&self) -> bool {
        !matches!(
            self,
            Self::LeaveSet { .. }
                | Self::LeaveEnded { .. }
                | Self::MovePlanned { .. }
                | Self::RewardEarned { .. }
                | Self::RewardGiven { .. }
        )
    }

    /// `None`: it was due, and nobody did it.
    pub fn by(&self) -> Option<&PersonId> {
        match self {
            Self::LadderSeeded { by, .. }
            | Self::LadderJoined { by, .. }
            | Self::ChallengeMade { by, .. }
            | Self::ChallengeAnswered { by, .. }
            | Self::SessionOpened { by, .. }
            | Self::ResultGiven { by, .. }
            | Self::ChallengeDecided { by, .. }
            | Self::SeatTaken { by, .. }
            | Self::ProtectionWaived { by, .. }
            | Self::LeaveSet { by, .. }
            | Self::LeaveEnded { by, .. }
            | Self::MovePlanned { by, .. }
            | Self::RewardGiven { by, .. } => Some(by),
            Self::ChallengeLapsed { .. }
            | Self::RecordSet { .. }
            | Self::RecordExpired { .. }
            | Self::MovedOff { .. }
            | Self::IdleDropped { .. }
            | Self::SeasonEnded { .. }
            | Self::RewardEarned { .. } => None,
        }
    }

    /// The one entrant it is about; a challenge by its challenger.
    pub fn entrant(&self) -> Option<&EntrantId> {
        match self {
            Self::ChallengeMade { challenger: entrant, .. }
            | Self::LadderJoined { entrant, .. }
            | Self::ResultGiven { of: entrant, .. }
            | Self::ChallengeDecided { winner: entrant, .. }
            | Self::RecordSet { entrant, .. }
            | Self::RecordExpired { entrant, .. }
            | Self::SeatTaken { entrant, .. }
            | Self::ProtectionWaived { entrant, .. }
            | Self::LeaveSet { entrant, .. }
            | Self::LeaveEnded { entrant, .. }
            | Self::MovePlanned { entrant, .. }
            | Self::MovedOff { entrant, .. }
            | Self::IdleDropped { entrant, .. }
            | Self::RewardEarned { entrant, .. }
            | Self::RewardGiven { entrant, .. } => Some(entrant),
            Self::ChallengeLapsed { who, .. } => who.first(),
            Self::LadderSeeded { .. }
            | Self::ChallengeAnswered { .. }
            | Self::SessionOpened { .. }
            | Self::SeasonEnded { .. } => None,
        }
    }
}
