//! The only place that reads the system's clock. Tests hold a clock of their own and turn it by hand.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use crate::rules::ledger::Instant;

#[derive(Clone, Debug)]
pub struct Clock(Source);

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

    /// It may go backwards, as real clocks do.
    pub fn now(&self) -> Instant {
        match &self.0 {
            Source::System => system(),
            Source::Hand(at) => Instant(at.load(Ordering::SeqCst)),
        }
    }

    /// Turns a clock held by hand, in either direction; the system's stays.
    pub fn set(&self, now: Instant) {
        if let Source::Hand(at) = &self.0 {
            at.store(now.0, Ordering::SeqCst);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
fn system() -> Instant {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
