//! The only place that reads the system's clock. Tests hold a clock of their own and turn it by hand; so does the
//! demonstration while it makes its past, and then lets go.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use crate::rules::ledger::Instant;

#[derive(Clone, Debug)]
pub struct Clock(Source);

/// A clock held by hand that nobody holds: it goes with the system's.
const LET_GO: i64 = i64::MIN;

#[derive(Clone, Debug)]
enum Source {
    System,
    Hand(Arc<AtomicI64>),
}

impl Clock {
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// Stands at `start` until it is [`set`](Self::set); clones turn together.
    pub fn by_hand(start: Instant) -> Self {
        Self(Source::Hand(Arc::new(AtomicI64::new(start.0))))
    }

    /// Goes with the system's until it is [`set`](Self::set), and again after it was [let go](Self::let_go).
    pub fn staged() -> Self {
        Self::by_hand(Instant(LET_GO))
    }

    /// It may go backwards, as real clocks do.
    pub fn now(&self) -> Instant {
        match &self.0 {
            Source::System => system(),
            Source::Hand(at) => match at.load(Ordering::SeqCst) {
                LET_GO => system(),
                at => Instant(at),
            },
        }
    }

    /// Turns a clock held by hand, in either direction; the system's stays.
    pub fn set(&self, now: Instant) {
        if let Source::Hand(at) = &self.0 {
            at.store(now.0, Ordering::SeqCst);
        }
    }

    /// From now on a clock held by hand goes with the system's.
    pub fn let_go(&self) {
        self.set(Instant(LET_GO));
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
fn system() -> Instant {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
