//! Workers (职工) come in as themselves: an entrant of one contest, by employee number and PIN or by a personal link.
//!
//! Who has no PIN yet gives, with the number, something of the list that the definition names, and sets a PIN. A link
//! opens as long as nobody makes another. Whoever else may hand out PINs and links is for the callers to check: see
//! [`App::branch`] and the organizer's pages.

mod branch;
mod joining;
mod own;

use sha2::{Digest as _, Sha256};

use super::{
    App, Error, Result, chance,
    devices::Device,
    people::{CardHolder, LetIn, checked, digest},
    pins,
    tries::{Subject, There},
};
use crate::{
    rules::{
        definition::model::FirstLogIn,
        ledger::{Instant, entry::Phase},
        names::{ContestId, EntrantId, PersonId, UnitPath},
        view,
    },
    store::{
        logins::Session,
        names::{EntrantName, Person},
        workers::Worker,
    },
};

pub use super::pins::{PIN_DIGITS_LEAST, PIN_DIGITS_MOST};
pub use branch::{Branch, Branched, Looked, UnitCount};
pub use joining::{APPLICANTS_MAX, Applied, Wish};
pub use own::{Own, OwnPlace};

/// How long a worker's phone stays logged in: a contest of a month is opened by a tap.
const WORKER_MS: i64 = 31 * 24 * 3_600_000;
pub(super) const NUMBER_CHARS_MAX: usize = 64;
/// One-time PINs that are made at a time; each is hashed.
pub const PINS_AT_ONCE_MAX: usize = 2_000;

/// Contests that are asked whether they have a door for workers.
const DOORS_MAX: usize = 24;

/// What the door of a contest offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Door {
    pub title: String,
    /// What somebody without a PIN gives beside the number.
    pub first: Option<FirstLogIn>,
    pub self_registration: bool,
    /// To choose from; empty where units are typed.
    pub units: Vec<UnitPath>,
}

/// Something to come in with, given out once.
#[derive(Clone, PartialEq, Eq)]
pub struct Issued {
    pub entrant: EntrantId,
    /// For the address of the personal link.
    pub token: String,
    /// Of those who had none, when PINs were asked for.
    pub pin: Option<String>,
}

/// A worker as their own page greets them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Greeted {
    pub name: String,
    pub number: Option<String>,
    pub unit: Option<UnitPath>,
    pub has_pin: bool,
    /// Somebody else has seen the PIN: it is to be replaced now.
    pub must_change: bool,
}

impl App {
    /// What a contest asks of whoever wants to come in.
    pub async fn door(&self, contest: &ContestId) -> Result<Door> {
        let title = self.contest(contest).await?.title;
        let look = self.read(contest, |state| (view::adopted(state), view::units(state))).await?;
        let (Some((_, definition)), units) = look else { return Ok(Door { title, ..Door::default() }) };
        let rules = &definition.entrants;
        Ok(Door { title, first: rules.first_log_in, self_registration: rules.self_registration, units })
    }

    /// Whether workers have something to do there, so that they look for its door.
    pub async fn has_door(&self, contest: &ContestId) -> Result<bool> {
        self.read(contest, view::has_workers).await
    }

    /// The contests in which workers have something to do and that are not over, the newest first; older ones are
    /// not looked into.
    pub async fn doors(&self) -> Result<Vec<(ContestId, String)>> {
        let mut doors = Vec::new();
        for contest in self.contests().await?.into_iter().take(DOORS_MAX) {
            let look = |state: &_| view::has_workers(state) && view::heading(state).phase < Phase::Final;
            // One that cannot be read must not hide the others.
            if self.read(&contest.id, look).await.unwrap_or_default() {
                doors.push((contest.id, contest.title));
            }
        }
        Ok(doors)
    }

    /// By employee number and PIN; [`Error::NotLetIn`] takes as long whether there is such a number or not.
    pub async fn log_in_with_pin(
        &self,
        contest: &ContestId,
        number: &str,
        pin: &str,
        device: &Device,
    ) -> Result<LetIn> {
        let (known, subject) = self.meant(contest, number).await?;
        let ((name, worker), device) = self
            .try_secret(&subject, device, async {
                let worker = match &known {
                    Some(name) => self.store().worker(contest, &name.entrant).await?,
                    None => None,
                };
                let fits = self.fits_pin(pin, worker.as_ref().and_then(|worker| worker.pin.clone())).await?;
                match (known, worker) {
                    (Some(name), Some(worker)) if fits => Ok((name, worker)),
                    _ => Err(Error::NotLetIn),
                }
            })
            .await?;
        self.let_worker_in(contest, name, &worker.entrant, device).await
    }

    /// For the first time: the number, what the definition asks for, and a PIN of one's own from now on. Somebody who
    /// has a PIN is not let in this way.
    pub async fn log_in_first(
        &self,
        contest: &ContestId,
        number: &str,
        proof: &str,
        pin: &str,
        device: &Device,
    ) -> Result<LetIn> {
        let Some(asked) = self.door(contest).await?.first else { return Err(Error::NotLetIn) };
        let hashed = self.hashed_pin(pin, number.trim()).await?;
        let (known, subject) = self.meant(contest, number).await?;
        let (name, device) = self
            .try_secret(&subject, device, async {
                let name = known.ok_or(Error::NotLetIn)?;
                let unit = self.read(contest, |state| view::unit_of(state, &name.entrant)).await?;
                let fits = is_proof(asked, proof, &name, unit.as_ref());
                // Whoever gives the right field late learns nothing but that it is too late.
                if fits && self.store().set_first_pin(contest, &name.entrant, hashed).await? {
                    Ok(name)
                } else {
                    Err(Error::NotLetIn)
                }
            })
            .await?;
        let entrant = name.entrant.clone();
        self.let_worker_in(contest, name, &entrant, device).await
    }

    /// Whose personal link this is; `None` when there is none such any more. Lets nobody in.
    pub async fn link_holder(&self, token: &str) -> Result<Option<CardHolder>> {
        let Some((contest, entrant)) = self.store().worker_of_link(&link(token)).await? else { return Ok(None) };
        let contest_title = self.contest(&contest).await?.title;
        let name = self.store().entrant_name(&contest, &entrant).await?.map(|name| name.name);
        Ok(Some(CardHolder { name: name.unwrap_or_default(), contest_title }))
    }

    /// By a personal link. Nobody guesses it, so that it needs no limit.
    pub async fn log_in_with_link(&self, token: &str, device: &Device) -> Result<LetIn> {
        let (contest, entrant) = self.store().worker_of_link(&link(token)).await?.ok_or(Error::NotLetIn)?;
        let name = self.store().entrant_name(&contest, &entrant).await?.ok_or(Error::NotLetIn)?;
        let device = self.known_as(&subject(&contest, &entrant), device).await?;
        self.let_worker_in(&contest, name, &entrant, device).await
    }

    /// Who a worker is, for their own page.
    pub async fn greeted(&self, contest: &ContestId, entrant: &EntrantId) -> Result<Greeted> {
        let name = self.store().entrant_name(contest, entrant).await?.ok_or(Error::NotFound)?;
        let worker = self.store().worker(contest, entrant).await?;
        let unit = self.read(contest, |state| view::unit_of(state, entrant)).await?;
        let has_pin = worker.as_ref().is_some_and(|worker| worker.pin.is_some());
        let must_change = worker.is_some_and(|worker| worker.once);
        Ok(Greeted { name: name.name, number: name.number, unit, has_pin, must_change })
    }

    /// A PIN of one's own, for whoever is in. The old one is asked for where there is one of their own; a right one under
    /// the limits, so that a phone left lying about does not help to guess it. Ends the sessions elsewhere and gives a
    /// new one here.
    pub async fn change_pin(
        &self,
        contest: &ContestId,
        entrant: &EntrantId,
        (old, new): (&str, &str),
        device: &Device,
    ) -> Result<LetIn> {
        let name = self.store().entrant_name(contest, entrant).await?.ok_or(Error::NotFound)?;
        let worker = self.store().worker(contest, entrant).await?;
        let subject = subject(contest, entrant);
        let kept = worker.filter(|worker| !worker.once).and_then(|worker| worker.pin);
        let hashed = self.hashed_pin(new, name.number.as_deref().unwrap_or(entrant.as_str())).await?;
        let device = match kept {
            None => self.known_as(&subject, device).await?,
            Some(kept) => {
                let right = async { if self.fits_pin(old, Some(kept)).await? { Ok(()) } else { Err(Error::NotLetIn) } };
                self.try_secret(&subject, device, right).await?.1
            }
        };
        self.store().set_pins(contest, &[(entrant.clone(), hashed)], false).await?;
        self.forgive(&subject);
        self.let_worker_in(contest, name, entrant, device).await
    }

    /// A PIN for somebody who forgot theirs, to be replaced by its owner at once. All their sessions end, and failures at
    /// the old one are forgiven. The caller may do this: an organizer, or the liaison of the branch.
    pub async fn reset_pin(&self, contest: &ContestId, entrant: &EntrantId) -> Result<String> {
        self.store().entrant_name(contest, entrant).await?.ok_or(Error::NotFound)?;
        let pin = pins::random_pin()?;
        let hashed = self.hashed_pins(vec![pin.clone()]).await?;
        let hashed = hashed.into_iter().map(|hashed| (entrant.clone(), hashed)).collect::<Vec<_>>();
        self.store().set_pins(contest, &hashed, true).await?;
        self.forgive(&subject(contest, entrant));
        Ok(pin)
    }

    /// A new personal link for each of these, for which the one before ends; with `pins`, also a one-time PIN for those
    /// who have none, [`PINS_AT_ONCE_MAX`] at most. For organizers.
    pub async fn issue_links(&self, contest: &ContestId, to: &[EntrantId], with_pins: bool) -> Result<Vec<Issued>> {
        let mut issued = Vec::with_capacity(to.len());
        for entrant in to {
            issued.push(Issued { entrant: entrant.clone(), token: chance::token()?, pin: None });
        }
        let links: Vec<_> = issued.iter().map(|one| (one.entrant.clone(), link(&one.token))).collect();
        self.store().set_links(contest, &links).await?;
        if with_pins {
            let known = self.store().workers(contest).await?;
            let has: std::collections::BTreeSet<&EntrantId> =
                known.iter().filter(|worker| worker.pin.is_some()).map(|worker| &worker.entrant).collect();
            let mut without: Vec<&mut Issued> =
                issued.iter_mut().filter(|one| !has.contains(&one.entrant)).take(PINS_AT_ONCE_MAX).collect();
            for one in &mut without {
                one.pin = Some(pins::random_pin()?);
            }
            let hashed = self.hashed_pins(without.iter().filter_map(|one| one.pin.clone()).collect()).await?;
            let pins: Vec<_> = without.iter().map(|one| one.entrant.clone()).zip(hashed).collect();
            self.store().set_pins(contest, &pins, true).await?;
        }
        Ok(issued)
    }

    /// Who of a contest has a PIN or a link, ordered by entrant.
    pub async fn workers(&self, contest: &ContestId) -> Result<Vec<Worker>> {
        Ok(self.store().workers(contest).await?)
    }

    /// Whom a number means, and as whom tries at it are counted: one entrant under every spelling.
    async fn meant(&self, contest: &ContestId, number: &str) -> Result<(Option<EntrantName>, Subject)> {
        let number = checked(number, NUMBER_CHARS_MAX).map_err(|_| Error::NotLetIn)?;
        // Unknown contests are told from wrong numbers: their addresses are public.
        self.contest(contest).await?;
        let mut found = self.store().entrants_by_number(contest, &number).await?;
        // Two with the same number: nobody can tell which one it is, and both have their links.
        let known = if found.len() == 1 { found.pop() } else { None };
        let subject = match &known {
            Some(name) => subject(contest, &name.entrant),
            None => Subject::number(contest, &number, There::MadeUp),
        };
        Ok((known, subject))
    }

    async fn let_worker_in(
        &self,
        contest: &ContestId,
        name: EntrantName,
        entrant: &EntrantId,
        device: Device,
    ) -> Result<LetIn> {
        let (token, now) = (chance::token()?, self.now());
        let person = Person { id: person_of(contest, entrant), name: name.name, number: name.number, phone: None };
        let session = Session {
            token: digest("session", &token),
            person: person.id.clone(),
            contest: Some(contest.clone()),
            entrant: Some(entrant.clone()),
            created: now,
            last_seen: now,
            expires: Instant(now.0 + WORKER_MS),
        };
        self.store().begin_worker_session(person, session).await?;
        let session = super::people::SessionToken(token);
        Ok(LetIn { session, contest: Some(contest.clone()), entrant: Some(entrant.clone()), device })
    }

    /// Forgets how an entrant comes in, and who they are where they acted.
    pub(super) async fn erase_worker(&self, contest: &ContestId, entrant: &EntrantId) -> Result<()> {
        self.store().remove_worker(contest, entrant).await?;
        Ok(self.store().erase_person(&person_of(contest, entrant), self.now()).await?)
    }
}

/// By whom a worker's entries are. From the entrant, so that it is the same on every device; entries name the entrant
/// anyway.
pub fn person_of(contest: &ContestId, entrant: &EntrantId) -> PersonId {
    let digest = Sha256::digest(format!("leitai worker {} {contest} {entrant}", contest.as_str().len()));
    PersonId::new(format!("w{}", data_encoding::HEXLOWER.encode(&digest[..10])))
}

fn subject(contest: &ContestId, entrant: &EntrantId) -> Subject {
    Subject::number(contest, entrant.as_str(), There::Is)
}

fn link(token: &str) -> String {
    digest("link", token.trim())
}

/// Whether somebody knows this of themselves. What the list does not say proves nothing.
fn is_proof(asked: FirstLogIn, given: &str, name: &EntrantName, unit: Option<&UnitPath>) -> bool {
    let digits = |text: &str| -> String {
        let narrow = |c: char| match c {
            '\u{ff10}'..='\u{ff19}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            _ => c,
        };
        text.chars().map(narrow).filter(char::is_ascii_digit).collect()
    };
    match asked {
        FirstLogIn::PhoneLast4 => {
            let (phone, given) = (digits(name.phone.as_deref().unwrap_or_default()), digits(given));
            given.len() == 4 && phone.len() > 4 && phone.ends_with(&given)
        }
        FirstLogIn::BirthDate => name.birth_date.as_deref().is_some_and(|known| Some(known) == date(given).as_deref()),
        FirstLogIn::Unit => {
            let bare = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
            let given = bare(given);
            !given.is_empty() && unit.is_some_and(|unit| bare(unit.as_str()) == given || bare(unit.leaf()) == given)
        }
    }
}

/// 1995-03-08, 1995/3/8, 1995年3月8日, 19950308: as the list keeps it, `1995-03-08`.
fn date(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.trim().split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let (year, month, day) = match *parts {
        [whole] if whole.len() == 8 => (&whole[..4], &whole[4..6], &whole[6..]),
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => (year, month, day),
        _ => return None,
    };
    Some(format!("{year}-{month:0>2}-{day:0>2}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name() -> EntrantName {
        EntrantName {
            entrant: "W1".into(),
            name: "王芳".into(),
            number: Some("007".into()),
            birth_date: Some("1995-03-08".into()),
            gender: None,
            phone: Some("138 1234 5678".into()),
        }
    }

    #[test]
    fn what_somebody_knows_of_themselves_is_read_as_people_write_it() {
        let unit = UnitPath::new("集团/一公司/焊接车间");
        let cases = [
            (FirstLogIn::PhoneLast4, "5678", true),
            (FirstLogIn::PhoneLast4, " ５６７８ ", true),
            (FirstLogIn::PhoneLast4, "13812345678", false),
            (FirstLogIn::PhoneLast4, "", false),
            (FirstLogIn::PhoneLast4, "678", false),
            (FirstLogIn::BirthDate, "1995-03-08", true),
            (FirstLogIn::BirthDate, "1995年3月8日", true),
            (FirstLogIn::BirthDate, "19950308", true),
            (FirstLogIn::BirthDate, "1995-03-09", false),
            (FirstLogIn::BirthDate, "", false),
            (FirstLogIn::Unit, "焊接车间", true),
            (FirstLogIn::Unit, "集团/一公司/ 焊接车间", true),
            (FirstLogIn::Unit, "一公司", false),
            (FirstLogIn::Unit, "", false),
        ];
        for (asked, given, fits) in cases {
            assert_eq!(is_proof(asked, given, &name(), Some(&unit)), fits, "{asked:?} {given:?}");
        }
    }

    #[test]
    fn what_the_list_does_not_say_proves_nothing() {
        let blank = EntrantName { birth_date: None, phone: None, ..name() };
        for (asked, given) in
            [(FirstLogIn::PhoneLast4, ""), (FirstLogIn::BirthDate, ""), (FirstLogIn::Unit, ""), (FirstLogIn::Unit, " ")]
        {
            assert!(!is_proof(asked, given, &blank, None), "{asked:?}");
        }
    }

    #[test]
    fn somebody_in_two_contests_is_two_persons() {
        let of = |contest: &str, entrant: &str| person_of(&contest.into(), &entrant.into());
        assert_eq!(of("a", "W1"), of("a", "W1"));
        assert_ne!(of("a", "W1"), of("b", "W1"));
        assert_ne!(of("a b", "c"), of("a", "b c"));
    }
}
