//! How often a secret may be tried: the policy, and a bounded memory of the tries that failed.
//!
//! A *subject* is what somebody tries to come in as: an account, a number in a contest, a card's code. Tries are
//! counted for each subject, never for an address: twenty thousand people come from one company's address within
//! ten minutes. After a few free failures each further one has to wait twice as long as the one before, and a try
//! that comes too early is not looked at and changes nothing. A *known device*, one that came in as this subject
//! before, has an allowance of its own, so that a stranger who guesses never locks out the owner.
//!
//! Knows no clock, no store and no secrets: the moment and whether a device is known are arguments.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use crate::rules::{ledger::Instant, names::ContestId};

/// When the next try may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Failures before anybody has to wait.
    pub free: u32,
    /// The first wait; each failure after it doubles the wait.
    pub first_ms: i64,
    pub longest_ms: i64,
    /// After so long without a failure all of them are forgotten.
    pub forgotten_ms: i64,
}

/// Passwords of at least eight characters: a guesser has some 290 tries a day.
pub const PASSWORD: Policy = Policy { free: 5, first_ms: 5_000, longest_ms: 5 * MINUTE_MS, forgotten_ms: 12 * HOUR_MS };
/// A few digits: a guesser has some 24 tries a day. Whoever resets a PIN forgives its failures.
pub const PIN: Policy = Policy { free: 5, first_ms: 30_000, longest_ms: HOUR_MS, forgotten_ms: 24 * HOUR_MS };

/// A wrong code of a card belongs to no card, so that all of them together are counted: so many at once, and then
/// one again every [`CODE_MS`]. Ten a second find one of 200 cards among 26⁸ codes in three years; and the QR code
/// on every card is long enough to need no limit, so that its holder always comes in.
pub const CODES_AT_ONCE: i64 = 1_000;
pub const CODE_MS: i64 = 100;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// Subjects that there are; one takes about 40 bytes. When it is full, those whose last failure is oldest go.
const SUBJECTS_MAX: usize = 200_000;
/// Names that somebody made up are counted alike, so that the answer does not tell which there are; but apart, so
/// that no number of them makes the failures at a real one forgotten.
const MADE_UP_MAX: usize = 50_000;
const DEVICES_MAX: usize = 100_000;

/// What somebody tries to come in as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    key: Key,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Named { policy: Policy, there: There },
    Code,
}

/// Whether there is a subject of this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum There {
    Is,
    MadeUp,
}

impl There {
    pub fn when(is: bool) -> Self {
        if is { Self::Is } else { Self::MadeUp }
    }
}

impl Subject {
    /// An account with a password, by the name it was asked for.
    pub fn account(login: &str, there: There) -> Self {
        Self { key: key("account", &[login]), kind: Kind::Named { policy: PASSWORD, there } }
    }

    /// Somebody with a number in a contest and a PIN: an employee number, say.
    pub fn number(contest: &ContestId, number: &str, there: There) -> Self {
        Self { key: key("number", &[contest.as_str(), number]), kind: Kind::Named { policy: PIN, there } }
    }

    /// The short code of any card.
    pub fn code() -> Self {
        Self { key: key("code", &[]), kind: Kind::Code }
    }

    /// Stands for the subject where its name must not: in the mark of a device.
    pub fn sign(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.key)
    }
}

type Key = [u8; 16];

fn key(kind: &str, names: &[&str]) -> Key {
    let mut digest = Sha256::new().chain_update(kind);
    for name in names {
        digest.update([0]);
        digest.update(name);
    }
    let digest: [u8; 32] = digest.finalize().into();
    std::array::from_fn(|at| digest[at])
}

/// A try that was let through, and counts as failed until [`Tries::succeeded`] or [`Tries::give_back`].
#[must_use]
#[derive(Clone, Debug)]
pub struct Try(Line);

#[derive(Clone, Debug)]
enum Line {
    Subject(Key, There),
    Device(Key),
    Codes,
}

/// All tries of this program.
#[derive(Debug)]
pub struct Tries {
    there: Shelf,
    made_up: Shelf,
    devices: Shelf,
    codes: Codes,
}

impl Default for Tries {
    fn default() -> Self {
        Self {
            there: Shelf::of(SUBJECTS_MAX),
            made_up: Shelf::of(MADE_UP_MAX),
            devices: Shelf::of(DEVICES_MAX),
            codes: Codes { left: CODES_AT_ONCE, since: Instant(0) },
        }
    }
}

impl Tries {
    /// Takes a try. `device` names a device that is known to have come in as this subject.
    ///
    /// # Errors
    /// The moment of the next try, when this one comes too early.
    pub fn begin(&mut self, subject: &Subject, device: Option<&str>, now: Instant) -> Result<Try, Instant> {
        let policy = match subject.kind {
            Kind::Named { policy, .. } => policy,
            Kind::Code => PASSWORD,
        };
        if let Some(device) = device {
            let key = key("device", &[&subject.sign(), device]);
            self.devices.begin(key, policy, now)?;
            return Ok(Try(Line::Device(key)));
        }
        match subject.kind {
            Kind::Named { there, .. } => {
                self.shelf(there).begin(subject.key, policy, now)?;
                Ok(Try(Line::Subject(subject.key, there)))
            }
            Kind::Code => {
                self.codes.begin(now)?;
                Ok(Try(Line::Codes))
            }
        }
    }

    /// It was the right secret. A known device starts afresh; the failures of strangers stay counted, or else
    /// everybody who comes in would give a guesser a new turn.
    #[expect(clippy::needless_pass_by_value, reason = "a try is over once")]
    pub fn succeeded(&mut self, done: Try) {
        match done.0 {
            Line::Device(key) => self.devices.forget(&key),
            Line::Subject(key, there) => self.shelf(there).give_back(&key),
            Line::Codes => self.codes.give_back(),
        }
    }

    /// Nobody knows whether the secret was right.
    #[expect(clippy::needless_pass_by_value, reason = "a try is given back once")]
    pub fn give_back(&mut self, done: Try) {
        match done.0 {
            Line::Device(key) => self.devices.give_back(&key),
            Line::Subject(key, there) => self.shelf(there).give_back(&key),
            Line::Codes => self.codes.give_back(),
        }
    }

    /// The subject has a new secret: failures at the old one count no more.
    pub fn forgive(&mut self, subject: &Subject) {
        self.there.forget(&subject.key);
        self.made_up.forget(&subject.key);
    }

    fn shelf(&mut self, there: There) -> &mut Shelf {
        match there {
            There::Is => &mut self.there,
            There::MadeUp => &mut self.made_up,
        }
    }
}

/// Failures by subject or device, never more than `most`.
#[derive(Debug)]
struct Shelf {
    failed: HashMap<Key, Failed>,
    most: usize,
}

#[derive(Clone, Copy, Debug)]
struct Failed {
    count: u32,
    last: Instant,
}

impl Shelf {
    fn of(most: usize) -> Self {
        Self { failed: HashMap::new(), most }
    }

    fn begin(&mut self, key: Key, policy: Policy, now: Instant) -> Result<(), Instant> {
        if !self.failed.contains_key(&key) && self.failed.len() >= self.most {
            self.make_room();
        }
        let failed = self.failed.entry(key).or_insert(Failed { count: 0, last: now });
        // A clock that was set back must not make anybody wait for it to come round again.
        failed.last = Instant(failed.last.0.min(now.0));
        if now.0 - failed.last.0 >= policy.forgotten_ms {
            failed.count = 0;
        }
        let next = failed.last.0 + policy.wait_ms(failed.count);
        if now.0 < next {
            return Err(Instant(next));
        }
        *failed = Failed { count: failed.count.saturating_add(1), last: now };
        Ok(())
    }

    fn give_back(&mut self, key: &Key) {
        if let Some(failed) = self.failed.get_mut(key) {
            failed.count = failed.count.saturating_sub(1);
            if failed.count == 0 {
                self.failed.remove(key);
            }
        }
    }

    fn forget(&mut self, key: &Key) {
        self.failed.remove(key);
    }

    /// The older half goes at once, so that a flood does not search all of them for each new one.
    fn make_room(&mut self) {
        let mut lasts: Vec<i64> = self.failed.values().map(|failed| failed.last.0).collect();
        let middle = lasts.len() / 2;
        let (_, newest_to_go, _) = lasts.select_nth_unstable(middle);
        let newest_to_go = *newest_to_go;
        self.failed.retain(|_, failed| failed.last.0 > newest_to_go);
    }
}

impl Policy {
    /// How long after the last of so many failures in a row the next try may come.
    pub fn wait_ms(&self, failures: u32) -> i64 {
        let Some(doublings) = failures.checked_sub(self.free) else { return 0 };
        // Twenty doublings of a second are twelve days.
        (self.first_ms << doublings.min(20)).min(self.longest_ms)
    }
}

/// One allowance for all wrong codes.
#[derive(Debug)]
struct Codes {
    left: i64,
    /// Until when what comes back has been counted.
    since: Instant,
}

impl Codes {
    fn begin(&mut self, now: Instant) -> Result<(), Instant> {
        let back = (now.0 - self.since.0).div_euclid(CODE_MS);
        if back < 0 || self.left + back >= CODES_AT_ONCE {
            // Full, or the clock was set back.
            self.left = if back < 0 { self.left } else { CODES_AT_ONCE };
            self.since = now;
        } else {
            self.left += back;
            self.since = Instant(self.since.0 + back * CODE_MS);
        }
        if self.left == 0 {
            return Err(Instant(self.since.0 + CODE_MS));
        }
        self.left -= 1;
        Ok(())
    }

    fn give_back(&mut self) {
        self.left = (self.left + 1).min(CODES_AT_ONCE);
    }
}

#[cfg(test)]
mod tests;
