//! Prizes after the announcement: certificates get their serials, and anybody with a serial may ask whether it holds.
//!
//! A serial is the year of issue and twelve letters and digits of chance in groups of four (`2026-ABCD-3467-KMNP`):
//! 26^12 are possible, so that knowing one tells nothing of another. None of the letters looks like another.

use super::{Actor, App, Ask, Receipt, Result, chance};
use crate::{
    rules::{
        command::{Command, Refusal},
        ladder::Owed,
        ledger::{Instant, entry::Given},
        names::{ContestId, EntrantId, Id},
        view::{self, CertificateSeen, Prizes, SummaryData},
    },
    store::{Beside, papers::Certificate},
};

/// A serial without the year.
const SERIAL_LETTERS_COUNT: usize = 12;
const GROUP_LETTERS_COUNT: usize = 4;

/// Certificates of one command; more are issued by the next.
pub const ISSUED_AT_ONCE_MAX: usize = 5_000;

/// What the check page of a serial says.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// As it is printed.
    pub serial: String,
    pub seen: CertificateSeen,
    /// The name on it; empty when it was erased.
    pub winner: String,
}

/// For whom certificates are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum For {
    /// All that was announced and has none yet.
    Everybody,
    /// This prize, also when it has one, which is then superseded.
    One { award: Id, to: String },
}

impl App {
    /// The prizes of a contest, with the names of its entrants when identities are open.
    pub async fn prizes(&self, contest: &ContestId) -> Result<(Prizes, Vec<(EntrantId, String)>)> {
        let follower = self.follower(contest).await?;
        // Ranking a large field anew takes longer than a request may hold up others.
        let prizes = tokio::task::spawn_blocking(move || follower.read(view::prizes));
        let prizes = prizes.await.map_err(|_| super::Error::Busy { retry_ms: super::room::RETRY_MS })?;
        if !prizes.identities_open {
            return Ok((prizes, Vec::new()));
        }
        let names = self.entrant_names(contest).await?;
        Ok((prizes, names.into_iter().map(|name| (name.entrant, name.name)).collect()))
    }

    /// Each ranked table with every number behind each total.
    pub async fn summary(&self, contest: &ContestId) -> Result<Vec<SummaryData>> {
        let follower = self.follower(contest).await?;
        let summary = tokio::task::spawn_blocking(move || follower.read(view::summary));
        summary.await.map_err(|_| super::Error::Busy { retry_ms: super::room::RETRY_MS })
    }

    /// Gives serials to announced prizes; [`Refusal::NothingToDo`] when all have theirs.
    pub async fn issue_certificates(&self, contest: &ContestId, actor: &Actor, whom: &For) -> Result<Receipt> {
        let prizes = self.read(contest, view::prizes).await?;
        let now = self.now();
        let year = year(&prizes.heading.timezone, now);
        let wants = |given: &&Given| match whom {
            For::Everybody => prizes.certificate_of(given).is_none(),
            For::One { award, to } => given.award == *award && given.to == *to,
        };
        let announced = prizes.announced.iter().flatten().filter(wants).take(ISSUED_AT_ONCE_MAX);
        let mut serials = Vec::new();
        for given in announced {
            serials.push((given.award.clone(), given.to.clone(), serial(year)?));
        }
        if serials.is_empty() {
            return Err(Refusal::NothingToDo.into());
        }
        let row = |(award, to, serial): &(Id, String, String)| Certificate {
            serial: serial.clone(),
            award: award.clone(),
            winner: to.clone(),
            issued: now,
        };
        let rows = serials.iter().map(row).collect();
        let ask = Ask::new(actor.clone(), Command::IssueCertificates { serials }).with(Beside::Certificates(rows));
        self.ask(contest, ask).await
    }

    /// Gives serials to these rewards of ladders, also to those that have one, which is then superseded.
    pub async fn issue_star_certificates(
        &self,
        contest: &ContestId,
        actor: &Actor,
        rewards: &[&Owed],
    ) -> Result<Receipt> {
        let heading = self.read(contest, view::heading).await?;
        let now = self.now();
        let year = year(&heading.timezone, now);
        let (mut serials, mut rows) = (Vec::new(), Vec::new());
        for owed in rewards.iter().take(ISSUED_AT_ONCE_MAX) {
            let (award, to, serial) = (owed.key(), owed.entrant.to_string(), serial(year)?);
            rows.push(Certificate { serial: serial.clone(), award: award.clone(), winner: to.clone(), issued: now });
            serials.push((award, to, serial));
        }
        let ask = Ask::new(actor.clone(), Command::IssueCertificates { serials }).with(Beside::Certificates(rows));
        self.ask(contest, ask).await
    }

    /// Whether a certificate holds, by its serial however it was typed; `None` when there is no such.
    pub async fn check_certificate(&self, serial: &str) -> Result<Option<Checked>> {
        let Some(serial) = read_serial(serial) else { return Ok(None) };
        let Some((contest, _)) = self.store().certificate(&serial).await? else { return Ok(None) };
        let Some(seen) = self.read(&contest, |state| view::certificate(state, &serial)).await? else {
            return Ok(None);
        };
        let winner = match &seen.plain_name {
            Some(name) => name.clone(),
            None => self.entrant_name(&contest, &seen.to).await?,
        };
        Ok(Some(Checked { serial, seen, winner }))
    }

    async fn entrant_name(&self, contest: &ContestId, entrant: &str) -> Result<String> {
        let names = self.entrant_names(contest).await?;
        let name = names.into_iter().find(|name| name.entrant.as_str() == entrant);
        Ok(name.map(|name| name.name).unwrap_or_default())
    }
}

fn serial(year: i16) -> Result<String> {
    let mut letters = String::new();
    while letters.len() < SERIAL_LETTERS_COUNT {
        letters.push_str(&chance::code()?);
    }
    Ok(written(&format!("{year:04}{}", &letters[..SERIAL_LETTERS_COUNT])))
}

/// In groups, as it is printed and stored.
fn written(plain: &str) -> String {
    let groups: Vec<&str> =
        (0..plain.len()).step_by(GROUP_LETTERS_COUNT).map(|at| &plain[at..at + GROUP_LETTERS_COUNT]).collect();
    groups.join("-")
}

/// A serial as typed on any keyboard, without regard to case, spaces, dashes and full-width forms.
fn read_serial(typed: &str) -> Option<String> {
    const TYPED_CHARS_MAX: usize = 64;
    let narrow = |letter: char| match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ => letter,
    };
    let plain: String = typed
        .chars()
        .take(TYPED_CHARS_MAX)
        .map(narrow)
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    (plain.len() == GROUP_LETTERS_COUNT + SERIAL_LETTERS_COUNT).then(|| written(&plain))
}

fn year(timezone: &str, now: Instant) -> i16 {
    let zone = jiff::tz::TimeZone::get(timezone).unwrap_or(jiff::tz::TimeZone::UTC);
    jiff::Timestamp::from_millisecond(now.0).unwrap_or_default().to_zoned(zone).year()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_is_read_however_it_is_typed() {
        for typed in
            ["2026-ABCD-3467-KMNP", " 2026 abcd 3467 kmnp", "2026abcd3467kmnp", "２０２６－ＡＢＣＤ－3467－KMNP"]
        {
            assert_eq!(read_serial(typed).as_deref(), Some("2026-ABCD-3467-KMNP"), "{typed}");
        }
        for typed in ["", "2026-ABCD-3467", "2026-ABCD-3467-KMNPX", "证书"] {
            assert_eq!(read_serial(typed), None, "{typed}");
        }
    }

    #[test]
    fn serials_differ_and_read_back() {
        let (one, other) = (serial(2026).unwrap(), serial(2026).unwrap());
        assert_ne!(one, other);
        assert!(one.starts_with("2026-"));
        assert_eq!(one.len(), "2026-ABCD-3467-KMNP".len());
        assert_eq!(read_serial(&one), Some(one));
    }

    #[test]
    fn the_year_is_that_of_the_contests_place() {
        // 2026-12-31 20:00 UTC is already 2027 in China.
        assert_eq!(year("Asia/Shanghai", Instant(1_798_747_200_000)), 2027);
        assert_eq!(year("UTC", Instant(1_798_747_200_000)), 2026);
    }
}
