//! People who are not on the list ask to take part, where the definition lets them; an organizer decides.

use super::NUMBER_CHARS_MAX;
use crate::{
    app::{
        Actor, App, Error, Receipt, Result,
        entrants::EntrantName,
        people::{checked, checked_name},
    },
    rules::{
        command::Refusal,
        field::Entrant,
        names::{ContestId, EntrantId, UnitPath},
        view,
    },
    store::workers::Applicant,
};

/// Who waits at a time, so that nobody fills the database from outside.
pub const APPLICANTS_MAX: i64 = 5_000;

/// Somebody who wants to take part, as they say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    pub number: String,
    pub name: String,
    pub unit: Option<UnitPath>,
    pub phone: Option<String>,
    pub pin: String,
}

/// Somebody who waits, as an organizer sees it.
pub type Applied = Applicant;

impl App {
    /// Waits for an organizer. [`Error::Taken`] when the number is on the list already, or waits, or too many wait.
    pub async fn ask_to_take_part(&self, contest: &ContestId, wish: Wish) -> Result<()> {
        let door = self.door(contest).await?;
        if !door.self_registration {
            return Err(Error::NotFound);
        }
        let number = checked(&wish.number, NUMBER_CHARS_MAX)?;
        if let Some(unit) = wish.unit.as_ref().filter(|unit| !door.units.is_empty() && !door.units.contains(unit)) {
            return Err(Refusal::UnknownUnit(unit.clone()).into());
        }
        if !self.store().entrants_by_number(contest, &number).await?.is_empty() {
            return Err(Error::Taken);
        }
        let applicant = Applicant {
            name: checked_name(&wish.name)?,
            unit: wish.unit.map(|unit| checked(unit.as_str(), 200)).transpose()?,
            phone: wish.phone.as_deref().map(checked_name).transpose()?,
            pin: self.hashed_pin(&wish.pin, &number).await?,
            asked: self.now(),
            number,
        };
        Ok(self.store().put_applicant(contest, applicant, APPLICANTS_MAX).await?)
    }

    /// Who waits, the first first. For organizers.
    pub async fn applicants(&self, contest: &ContestId) -> Result<Vec<Applied>> {
        Ok(self.store().applicants(contest).await?)
    }

    /// Puts somebody on the list under their number, with the PIN they chose.
    pub async fn approve(&self, contest: &ContestId, actor: &Actor, number: &str) -> Result<Receipt> {
        let waiting = self.store().applicants(contest).await?;
        let one = waiting.into_iter().find(|one| one.number == number).ok_or(Error::NotFound)?;
        let entrant = EntrantId::new(&one.number);
        // Somebody else was put on the list under this number meanwhile.
        let known = !self.store().entrants_by_number(contest, number).await?.is_empty()
            || self.read(contest, |state| view::is_entrant(state, &entrant)).await?;
        if known {
            return Err(Error::Taken);
        }
        let facts = Entrant { unit: one.unit.map(UnitPath::new), ..Entrant::default() };
        let name = EntrantName {
            entrant: entrant.clone(),
            name: one.name,
            number: Some(one.number),
            birth_date: None,
            gender: None,
            phone: one.phone,
        };
        let receipt =
            self.register_entrants(contest, actor, vec![(entrant.clone(), facts)], vec![name], None, None).await?;
        self.store().set_first_pin(contest, &entrant, one.pin).await?;
        self.store().remove_applicant(contest, number).await?;
        Ok(receipt)
    }

    /// Forgets that somebody asked. For organizers.
    pub async fn decline(&self, contest: &ContestId, actor: &Actor, number: &str) -> Result<()> {
        self.only_organizers(contest, actor).await?;
        if self.store().remove_applicant(contest, number).await? { Ok(()) } else { Err(Error::NotFound) }
    }

    async fn only_organizers(&self, contest: &ContestId, actor: &Actor) -> Result<()> {
        use crate::rules::ledger::entry::Role;
        let organizes = self.read(contest, |state| view::roles(state, &actor.person)).await?.contains(&Role::Organizer);
        if actor.administrator || organizes { Ok(()) } else { Err(Refusal::NotAllowed { role: "organizer" }.into()) }
    }
}
