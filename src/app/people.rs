//! People and how they come in: accounts with passwords, judges' cards, sessions.
//!
//! Secrets are given out once and kept as digests: SHA-256 for what we made ourselves and nobody can guess,
//! Argon2id for passwords.

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::{
    Actor, App, Error, Result, chance,
    devices::Device,
    tries::{Subject, There},
};
use crate::{
    rules::{
        ledger::Instant,
        names::{ContestId, EntrantId, PersonId},
    },
    store::{
        logins::{Account, LoginCode, Session},
        names::Person,
    },
};

pub const PASSWORD_CHARS_LEAST: usize = 8;
/// Argon2 reads all of it; more is no safer and costs us.
const PASSWORD_BYTES_MAX: usize = 1024;
const LOGIN_CHARS_MAX: usize = 64;
const NAME_CHARS_MAX: usize = 100;
/// How long a browser stays logged in without being used.
const SESSION_IDLE_MS: i64 = 12 * HOUR_MS;
/// How long a judge's card opens its contest.
pub const CARD_MS: i64 = 14 * 24 * HOUR_MS;
/// Use is noted this often at most, so that reading pages does not write.
const TOUCH_MS: i64 = 60_000;
const HOUR_MS: i64 = 3_600_000;

/// What a card says: `token` for its QR code, `short` to type. Given out once; only digests are kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Card {
    pub person: PersonId,
    pub token: String,
    /// Eight letters and digits, none of which looks like another.
    pub short: String,
    pub expires: Instant,
}

/// What the page of a card shows before anybody comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardHolder {
    /// Empty when the person was erased.
    pub name: String,
    pub contest_title: String,
}

/// Somebody who came in. With a contest, for that contest only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    pub person: PersonId,
    pub contest: Option<ContestId>,
    /// Whose own device it is, of that contest: a worker's.
    pub entrant: Option<EntrantId>,
    pub admin: bool,
    /// A worker whose PIN somebody else has seen: nothing is done in their name before it is replaced.
    pub must_change: bool,
}

impl Visitor {
    /// As whom they ask.
    pub fn actor(&self) -> Actor {
        Actor { person: self.person.clone(), administrator: self.admin, entrant: self.entrant.clone() }
    }
}

/// What a browser keeps in its cookie.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(pub String);

/// Somebody was let in.
#[derive(Clone, PartialEq, Eq)]
pub struct LetIn {
    pub session: SessionToken,
    /// With a contest, for that contest only.
    pub contest: Option<ContestId>,
    /// A worker, of that contest.
    pub entrant: Option<EntrantId>,
    /// For the device to keep, so that it is known when it comes again.
    pub device: Device,
}

impl App {
    /// Somebody new, known by an id that says nothing.
    pub async fn add_person(&self, name: &str, number: Option<&str>, phone: Option<&str>) -> Result<PersonId> {
        let id = PersonId::new(chance::id("p")?);
        let text = |text: &str| checked(text, NAME_CHARS_MAX);
        let person = Person {
            id: id.clone(),
            name: text(name)?,
            number: number.map(text).transpose()?,
            phone: phone.map(text).transpose()?,
        };
        self.store().put_people(&[person], self.now()).await?;
        Ok(id)
    }

    /// Those of these people who are known, ordered by id.
    pub async fn people(&self, ids: &[PersonId]) -> Result<Vec<Person>> {
        Ok(self.store().people(ids).await?)
    }

    /// Forgets who somebody is and ends their sessions; entries keep the id.
    pub async fn erase_person(&self, person: &PersonId) -> Result<()> {
        self.store().erase_person(person, self.now()).await?;
        Ok(self.store().end_sessions_of(person).await?)
    }

    /// A new person with an account. [`Error::Taken`] when the login is there.
    pub async fn create_account(&self, login: &str, password: &str, name: &str, admin: Admin) -> Result<PersonId> {
        let login = checked(login, LOGIN_CHARS_MAX)?;
        let password = self.hashed(password).await?;
        if self.store().account(&login).await?.is_some() {
            return Err(Error::Taken);
        }
        let person = self.add_person(name, None, None).await?;
        let account = Account { login, person: person.clone(), password, admin: admin == Admin::Yes };
        self.store().create_account(account, self.now()).await?;
        Ok(person)
    }

    /// Ends all sessions of the account. Failures at the old password are forgiven.
    pub async fn change_password(&self, login: &str, password: &str) -> Result<()> {
        let password = self.hashed(password).await?;
        if !self.store().set_password(login, password).await? {
            return Err(Error::NotFound);
        }
        self.forgive(&Subject::account(login, There::Is));
        Ok(())
    }

    pub async fn remove_account(&self, login: &str) -> Result<()> {
        let account = self.store().account(login).await?.ok_or(Error::NotFound)?;
        self.store().remove_account(login).await?;
        Ok(self.store().end_sessions_of(&account.person).await?)
    }

    /// All accounts, ordered by login.
    pub async fn accounts(&self) -> Result<Vec<Account>> {
        Ok(self.store().accounts().await?)
    }

    /// A session for login and password, or [`Error::NotLetIn`], which takes as long when there is no such login.
    pub async fn log_in(&self, login: &str, password: &str, device: &Device) -> Result<LetIn> {
        let (person, device) = self.owner_of(login, password, device).await?;
        let session = self.begin_session(person, None, None, self.now().0 + SESSION_IDLE_MS).await?;
        Ok(LetIn { session, contest: None, entrant: None, device })
    }

    /// Whose account it is, when the password fits; opens nothing. Tried under the limits.
    pub(super) async fn owner_of(&self, login: &str, password: &str, device: &Device) -> Result<(PersonId, Device)> {
        if password.len() > PASSWORD_BYTES_MAX {
            return Err(Error::NotLetIn);
        }
        let login = checked(login, LOGIN_CHARS_MAX).map_err(|_| Error::NotLetIn)?;
        let account = self.store().account(&login).await?;
        let subject = Subject::account(&login, There::when(account.is_some()));
        self.try_secret(&subject, device, self.owner_if_fits(account, password)).await
    }

    async fn owner_if_fits(&self, account: Option<Account>, password: &str) -> Result<PersonId> {
        let known = account.as_ref().map(|account| account.password.clone());
        let password = password.to_owned();
        let fits = self.on_a_thread(move || verify(&password, known.as_deref())).await?;
        match account {
            Some(account) if fits => Ok(account.person),
            _ => Err(Error::NotLetIn),
        }
    }

    /// As [`App::issue_card_by`], by nobody in the contest.
    pub async fn issue_card(&self, contest: &ContestId, person: &PersonId) -> Result<Card> {
        self.issue_card_by(contest, person, None).await
    }

    /// A card for a person in a contest; earlier cards end, with the sessions they opened.
    pub async fn issue_card_by(&self, contest: &ContestId, person: &PersonId, by: Option<&PersonId>) -> Result<Card> {
        let now = self.now();
        let expires = Instant(now.0 + CARD_MS);
        let card = Card { person: person.clone(), token: chance::token()?, short: chance::code()?, expires };
        let code = LoginCode {
            token: digest("card", &card.token),
            short: digest("code", &card.short),
            person: person.clone(),
            contest: contest.clone(),
            issued_by: by.cloned(),
            created: now,
            expires,
        };
        self.store().put_login_code(code).await?;
        Ok(card)
    }

    /// Whose card this is, by its token; `None` when it has ended. Lets nobody in.
    pub async fn card_holder(&self, token: &str) -> Result<Option<CardHolder>> {
        let Some(code) = self.store().login_code(&digest("card", token.trim()), self.now()).await? else {
            return Ok(None);
        };
        let contest_title = self.contest(&code.contest).await?.title;
        let name = self.people(std::slice::from_ref(&code.person)).await?.pop().map(|person| person.name);
        Ok(Some(CardHolder { name: name.unwrap_or_default(), contest_title }))
    }

    /// A session for the contest of a card, by its token or by its short code however it was typed.
    pub async fn log_in_with_card(&self, code: &str, device: &Device) -> Result<LetIn> {
        let (card, device) = self.card(code, device).await?;
        let session = self.begin_session(card.person, Some(card.contest.clone()), None, card.expires.0).await?;
        Ok(LetIn { session, contest: Some(card.contest), entrant: None, device })
    }

    /// Whose card of this contest the code is; opens nothing.
    pub async fn holder_of_card(&self, code: &str, contest: &ContestId) -> Result<PersonId> {
        Ok(self.card_of(code, contest).await?.person)
    }

    pub(super) async fn card_of(&self, code: &str, contest: &ContestId) -> Result<LoginCode> {
        let (card, _) = self.card(code, &Device::default()).await?;
        if card.contest == *contest { Ok(card) } else { Err(Error::NotLetIn) }
    }

    /// Short codes are tried under the limits; nobody guesses the long one.
    async fn card(&self, code: &str, device: &Device) -> Result<(LoginCode, Device)> {
        let find = async |digest: String| self.store().login_code(&digest, self.now()).await?.ok_or(Error::NotLetIn);
        let short = typed(code);
        if short.len() == chance::CODE_LETTERS_COUNT {
            self.try_secret(&Subject::code(), device, find(digest("code", &short))).await
        } else {
            Ok((find(digest("card", code.trim())).await?, self.known_as(&Subject::code(), device).await?))
        }
    }

    /// Ends a person's cards in a contest and the sessions they opened.
    pub async fn revoke_cards(&self, contest: &ContestId, person: &PersonId) -> Result<()> {
        Ok(self.store().revoke_login_codes(person, contest).await?)
    }

    /// Who comes with this cookie; `None` when it has expired or was revoked.
    pub async fn visitor(&self, token: &SessionToken) -> Result<Option<Visitor>> {
        let now = self.now();
        let Some(session) = self.store().session(&digest("session", &token.0), now).await? else { return Ok(None) };
        // A card opens its contest and nothing else, whoever carries it.
        let admin = session.contest.is_none() && self.store().is_admin(&session.person).await?;
        if now.0 - session.last_seen.0 >= TOUCH_MS {
            let expires = match session.contest {
                Some(_) => session.expires,
                None => Instant(now.0 + SESSION_IDLE_MS),
            };
            self.store().touch_session(&session.token, now, expires).await?;
        }
        let must_change = match (&session.contest, &session.entrant) {
            (Some(contest), Some(entrant)) => {
                self.store().worker(contest, entrant).await?.is_some_and(|worker| worker.once)
            }
            _ => false,
        };
        let Session { person, contest, entrant, .. } = session;
        Ok(Some(Visitor { person, contest, entrant, admin, must_change }))
    }

    pub async fn log_out(&self, token: &SessionToken) -> Result<()> {
        Ok(self.store().end_session(&digest("session", &token.0)).await?)
    }

    /// Ends all sessions of a person.
    pub async fn log_out_everywhere(&self, person: &PersonId) -> Result<()> {
        Ok(self.store().end_sessions_of(person).await?)
    }

    /// With a contest for that contest only; with an entrant as that worker.
    pub(super) async fn begin_session(
        &self,
        person: PersonId,
        contest: Option<ContestId>,
        entrant: Option<EntrantId>,
        expires: i64,
    ) -> Result<SessionToken> {
        let (token, now) = (chance::token()?, self.now());
        let session = Session {
            token: digest("session", &token),
            person,
            contest,
            entrant,
            created: now,
            last_seen: now,
            expires: Instant(expires),
        };
        self.store().create_session(session).await?;
        Ok(SessionToken(token))
    }

    async fn hashed(&self, password: &str) -> Result<String> {
        if password.chars().count() < PASSWORD_CHARS_LEAST {
            return Err(Error::PasswordShort { least: PASSWORD_CHARS_LEAST });
        }
        if password.len() > PASSWORD_BYTES_MAX {
            return Err(Error::TextRefused { most: PASSWORD_BYTES_MAX });
        }
        let (password, salt) = (password.to_owned(), chance::bytes::<16>()?);
        self.on_a_thread(move || hash(&password, &salt)).await?
    }

    /// Hashing keeps a core busy for long: not one of those that answer judges, and not many at once.
    async fn on_a_thread<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let busy = Error::Busy { retry_ms: super::room::RETRY_MS };
        let Ok(_turn) = self.0.hashing.acquire().await else { return Err(busy) };
        tokio::task::spawn_blocking(work).await.map_err(|_| busy)
    }
}

/// Whether an account may do what administrators do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admin {
    Yes,
    No,
}

fn hash(password: &str, salt: &[u8]) -> Result<String> {
    let hash: PasswordHash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), salt)
        .map_err(|_| Error::TextRefused { most: PASSWORD_BYTES_MAX })?;
    Ok(hash.to_string())
}

fn verify(password: &str, known: Option<&str>) -> bool {
    if let Some(known) = known {
        Argon2::default().verify_password(password.as_bytes(), known).is_ok()
    } else {
        // The same work, so that the time does not tell which logins there are.
        let _ = hash(password, &[0; 16]);
        false
    }
}

/// `purpose` keeps a code from being taken for a token.
pub(super) fn digest(purpose: &str, secret: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(format!("leitai {purpose} {secret}")))
}

/// A short code as typed on any keyboard: small letters, spaces, dashes, full-width forms.
fn typed(code: &str) -> String {
    code.chars()
        .map(|letter| match letter {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
            _ => letter,
        })
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_uppercase())
        .take(chance::CODE_LETTERS_COUNT + 1)
        .collect()
}

/// A name, or another short text about a person, as it may be kept.
pub(super) fn checked_name(text: &str) -> Result<String> {
    checked(text, NAME_CHARS_MAX)
}

pub(super) fn checked(text: &str, most: usize) -> Result<String> {
    let text = text.trim();
    if text.contains('\0') || text.chars().count() > most { Err(Error::TextRefused { most }) } else { Ok(text.into()) }
}
