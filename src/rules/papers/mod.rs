//! Papers (试卷): drawn from a bank by a blueprint, answered against the server's clock, marked at once, counted by rule.
//!
//! [`rules`] is what the definition says; `state` what the ledger's entries made of it; [`drawn`] picks items from a
//! seed so that anybody can repeat it; [`outcome`] marks what was saved; [`may_start`] says whether somebody may sit
//! a paper now, and else which rule forbids it and when that ends. The ledger knows items by id and digest: stems and
//! keys are rows beside it, and whoever finishes a paper brings its outcome.
//!
//! Knows no files, no clock and no browser.

pub mod rules;

mod draw;
mod finish;
mod may;
mod places;
mod restating;
mod small;
mod state;
mod uses;
mod view;

#[cfg(test)]
mod tests;

pub use draw::{Lacking, drawn};
pub use finish::{Saved, outcome};
pub use may::{Closed, ends_at, may_start};
pub use places::{Places, Standing};
pub use restating::{PaperMove, PersonMove, Restatement, restatement};
pub use rules::Rules;
pub use small::{PAPERS_LEAST, Pool, Small, pools, small};
pub use state::{Banked, Sat};
pub use uses::{Fixed, fixed};
pub use view::{
    Asked, Granted, Offer, PrizeDraw, Sitting, Turnout, asked, asked_of, asking, attempts, bank, drawn_among, finished,
    finished_stamp, granted, headcounts, is_known, offers, overdue, own_place, place, prize_draws, sitting, tells_keys,
    turnout, valid, windows,
};

pub(super) use state::Papers;

use super::{
    ledger::{
        Instant,
        entry::Digest,
        paper::{BankedItem, Finished, Restated},
    },
    names::{ChallengeId, EntrantId, Id, PaperId, UnitPath},
};

/// What names the random bytes of a draw of prizes.
pub(super) fn prize_label(draw: &Id) -> String {
    format!("prizes/{draw}")
}

/// What somebody asks about papers. A worker acts for themselves.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// The bank from which later papers are drawn; those drawn before keep theirs.
    AdoptBank { bank: Id, digest: Digest, items: Vec<BankedItem> },
    /// `paper` and `seed` are made by whoever asks for the worker; `challenge`: the game it is played for.
    Start { paper: PaperId, of: Id, seed: String, practice: bool, challenge: Option<ChallengeId> },
    /// What was saved, marked; by the worker, or because time is up. `restatements`: how many the contest had when it
    /// was marked, so that a key that changed meanwhile is not missed.
    Finish { paper: PaperId, finished: Finished, restatements: u32 },
    /// An item is void or has another key: what becomes of every finished paper that asks it.
    Restate { bank: Id, item: Id, rekeyed: Option<Digest>, papers: Vec<Restated>, reason: Digest },
    /// Heads per unit, as they count for participation from now on.
    FreezeHeadcounts { counts: Vec<(UnitPath, u32)> },
    /// 抽奖 among those with a valid paper, from the seed committed as `draw`.
    DrawPrizes { draw: Id, seed: String, of: Id, count: u32 },
    /// A window of one's own, for somebody on shift.
    GrantWindow { of: Id, entrant: EntrantId, from: Instant, until: Instant, reason: Digest },
}

/// Why nothing of it was done.
#[derive(Clone, Debug, PartialEq)]
pub enum PaperRefusal {
    UnknownPaper(Id),
    UnknownBank(Id),
    UnknownItem(Id),
    /// Nobody adopted the bank that this paper draws from.
    NoBank(Id),
    Lacking(Lacking),
    /// Only a worker who is an entrant sits a paper.
    NoEntrant,
    Closed(Closed),
    /// Not this worker's paper, or none of this contest.
    NotYours,
    Over,
    /// Its time is not up, and it is not the worker who hands it in.
    StillRunning {
        ends: Option<Instant>,
    },
    /// The contest is sealed: nothing that was not handed in counts any more.
    Sealed,
    /// So many papers are still being answered: nothing is sealed before.
    StillOpen {
        count: usize,
    },
    /// A key changed while it was marked; mark again.
    KeysChanged,
    BankEmpty,
    /// Papers were drawn with it as it is: it is voided or gets another key, nothing else.
    ItemDrawn(Id),
    /// Another key must ask the same.
    OtherFace(Id),
    ItemTwice(Id),
    WindowBackwards,
    NobodyValid,
    /// Papers that ask the item are missing from its restatement, or do not ask it.
    RestatementIncomplete {
        missing: usize,
    },
}
