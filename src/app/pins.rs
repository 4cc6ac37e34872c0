//! PINs of workers: which are taken, and how they are kept.
//!
//! Six digits are guessed in an hour by whoever has the digest, however it was made; what protects them is the limit on
//! tries ([`super::tries`]). So the digest is made cheap enough for everybody of a company to come in within minutes.

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};
use tokio::sync::Semaphore;

use super::{App, Error, Result, chance};

pub const PIN_DIGITS_LEAST: usize = 6;
pub const PIN_DIGITS_MOST: usize = 12;

/// 8 MiB in one pass: some milliseconds of a core, where twenty thousand people in ten minutes leave it thirty.
const MEMORY_KIB: u32 = 8 * 1024;
const PASSES: u32 = 1;
/// Hashes at a time: a core or two, never those that answer judges.
const AT_ONCE: usize = 2;
/// Who comes when so many wait is sent away to come again.
const WAITING_MAX: usize = 5_000;

/// The line before the hashing of PINs, apart from that of passwords: a crowd of workers keeps no judge waiting.
pub(super) struct Line {
    turns: Semaphore,
    places: Semaphore,
}

impl Default for Line {
    fn default() -> Self {
        Self { turns: Semaphore::new(AT_ONCE), places: Semaphore::new(AT_ONCE + WAITING_MAX) }
    }
}

impl App {
    /// A PHC string for a PIN that may be taken; `number` is one that must not be the PIN.
    pub(super) async fn hashed_pin(&self, pin: &str, number: &str) -> Result<String> {
        let refused = Error::PinRefused { least: PIN_DIGITS_LEAST, most: PIN_DIGITS_MOST };
        let pin = digits(pin).filter(|pin| is_fit(pin, number)).ok_or(refused)?;
        let salt = chance::bytes::<16>()?;
        self.in_line(move || hash(&pin, &salt)).await?
    }

    /// As [`App::hashed_pin`], of PINs that were made here.
    pub(super) async fn hashed_pins(&self, pins: Vec<String>) -> Result<Vec<String>> {
        let salted = pins.into_iter().map(|pin| Ok((pin, chance::bytes::<16>()?))).collect::<Result<Vec<_>>>()?;
        self.in_line(move || salted.iter().map(|(pin, salt)| hash(pin, salt)).collect()).await?
    }

    /// Whether it is this PIN; takes as long when there is none.
    pub(super) async fn fits_pin(&self, pin: &str, known: Option<String>) -> Result<bool> {
        let pin = digits(pin).unwrap_or_default();
        self.in_line(move || verify(&pin, known.as_deref())).await
    }

    async fn in_line<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let busy = || Error::Busy { retry_ms: 5_000 };
        let _place = self.0.pins.places.try_acquire().map_err(|_| busy())?;
        let _turn = self.0.pins.turns.acquire().await.map_err(|_| busy())?;
        tokio::task::spawn_blocking(work).await.map_err(|_| busy())
    }
}

/// A PIN to be used until its owner sets another: one that may be taken.
pub(super) fn random_pin() -> Result<String> {
    loop {
        let pin: String = chance::bytes::<32>()?
            .iter()
            // 250 is 25 times ten: above it, some digits would come more often than others.
            .filter(|byte| **byte < 250)
            .take(PIN_DIGITS_LEAST)
            .map(|byte| char::from(b'0' + byte % 10))
            .collect();
        if is_fit(&pin, "") {
            return Ok(pin);
        }
    }
}

/// As typed on any keyboard: full-width digits and spaces are taken. `None` when it is not digits.
fn digits(pin: &str) -> Option<String> {
    pin.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '\u{ff10}'..='\u{ff19}' => char::from_u32(u32::from(c) - 0xfee0),
            '0'..='9' => Some(c),
            _ => None,
        })
        .collect()
}

/// Not what anybody tries first: the employee number, one digit over and over, 123456.
fn is_fit(pin: &str, number: &str) -> bool {
    let steps: Vec<i16> = pin.as_bytes().windows(2).map(|two| i16::from(two[1]) - i16::from(two[0])).collect();
    let even = steps.windows(2).all(|two| two[0] == two[1]) && steps.first().is_none_or(|step| step.abs() <= 1);
    (PIN_DIGITS_LEAST..=PIN_DIGITS_MOST).contains(&pin.len()) && !even && pin != number
}

fn argon() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash(pin: &str, salt: &[u8]) -> Result<String> {
    let refused = |_| Error::PinRefused { least: PIN_DIGITS_LEAST, most: PIN_DIGITS_MOST };
    let hash: PasswordHash = argon().hash_password_with_salt(pin.as_bytes(), salt).map_err(refused)?;
    Ok(hash.to_string())
}

fn verify(pin: &str, known: Option<&str>) -> bool {
    if let Some(known) = known {
        argon().verify_password(pin.as_bytes(), known).is_ok()
    } else {
        // The same work, so that the time does not tell who has a PIN.
        let _ = hash(pin, &[0; 16]);
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_anybody_would_try_is_no_pin() {
        for bad in ["", "12345", "1234567890123", "000000", "123456", "654321", "111111111", "888888", "246801x"] {
            assert!(!digits(bad).is_some_and(|pin| is_fit(&pin, "")), "{bad}");
        }
        assert!(!is_fit("204815", "204815"), "the employee number");
        for good in ["204815", "112233", "135790", "998877665544"] {
            assert!(is_fit(good, "007"), "{good}");
        }
    }

    #[test]
    fn digits_are_digits_on_every_keyboard() {
        assert_eq!(digits("２０４ 815").as_deref(), Some("204815"));
        assert_eq!(digits("20481五"), None);
    }

    #[test]
    fn a_pin_fits_its_own_hash_and_no_other() {
        let kept = hash("204815", &[7; 16]).unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=8192,t=1,p=1$"), "{kept}");
        assert!(verify("204815", Some(&kept)));
        assert!(!verify("204816", Some(&kept)));
        assert!(!verify("204815", None));
    }
}
