//! The second person (第二人): some acts take two, and the other one proves on the first one's screen that they are there
//! and agree.
//!
//! Whatever asks for a second person comes through [`App::second_person`], the only place where the proof is looked at.

use super::{Actor, App, Error, Result, devices::Device};
use crate::{
    rules::{
        command::Refusal,
        decide::may_second,
        names::{ContestId, PersonId},
        view,
    },
    store::logins::LoginCode,
};

/// What the second person typed. Never logged: it has no `Debug`.
pub enum Proof {
    /// The code of their card of this contest, or its token.
    Card(String),
    Password {
        login: String,
        password: String,
    },
}

impl Proof {
    /// From the three fields of a form: a code, or login and password. `None`: nobody typed anything.
    pub fn typed(code: &str, login: &str, password: &str) -> Option<Self> {
        let (code, login) = (code.trim(), login.trim());
        if !code.is_empty() {
            return Some(Self::Card(code.to_owned()));
        }
        let empty = login.is_empty() && password.is_empty();
        (!empty).then(|| Self::Password { login: login.to_owned(), password: password.to_owned() })
    }
}

impl App {
    /// Who agrees to what `first` is about to do: proven, another one, and chief judge or organizer of this contest.
    ///
    /// [`Refusal::NeedsSecondPerson`] without a proof, [`Error::SecondUnknown`] when it is nobody's here,
    /// [`Refusal::SecondIsFirst`], [`Refusal::SecondNotAllowed`], and [`Refusal::SecondByFirst`] or
    /// [`Refusal::SecondsCardByFirst`] where the first one made the second since the contest began. The person goes into the command, and from there into
    /// the entry.
    pub async fn second_person(&self, contest: &ContestId, first: &Actor, proof: Option<&Proof>) -> Result<PersonId> {
        let proven = match proof {
            None => return Err(Refusal::NeedsSecondPerson.into()),
            Some(Proof::Card(code)) => self.card_of(code, contest).await.map(|card| (card.person.clone(), Some(card))),
            Some(Proof::Password { login, password }) => {
                // Somebody else's device: it gets to know nobody by this.
                self.owner_of(login, password, &Device::default()).await.map(|(person, _)| (person, None))
            }
        };
        let (second, card) = proven.map_err(|error| match error {
            Error::NotLetIn => Error::SecondUnknown,
            other => other,
        })?;
        self.read(contest, |state| may_second(state, &first.person, &second)).await??;
        let begun = self.read(contest, view::begun).await?;
        // Whoever hands out a card knows its code.
        let own = |card: &LoginCode| card.issued_by.as_ref() == Some(&first.person);
        if card.is_some_and(|card| own(&card) && begun.is_some_and(|begun| card.created >= begun)) {
            return Err(Refusal::SecondsCardByFirst.into());
        }
        Ok(second)
    }
}
