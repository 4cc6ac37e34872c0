//! People taken on for a contest: their names to ordinary rows, their roles to the ledger; all of them or none.

use super::{Actor, App, Ask, Error, Receipt, Result, chance, people};
use crate::{
    rules::{
        command::Command,
        ledger::entry::Role,
        names::{ContestId, PersonId, UnitPath},
    },
    store::names::Person,
};

/// Somebody new with what they do.
#[derive(Clone, Debug, PartialEq)]
pub struct TakenOn {
    pub name: String,
    pub phone: Option<String>,
    pub unit: Option<UnitPath>,
    pub role: Role,
}

impl App {
    /// When one of them is refused, nobody is taken on and no name stays behind.
    pub async fn take_on(&self, contest: &ContestId, actor: &Actor, new: Vec<TakenOn>) -> Result<Receipt> {
        let mut rows: Vec<Person> = Vec::with_capacity(new.len());
        let mut commands = Vec::with_capacity(new.len());
        for one in new {
            let name = people::checked_name(&one.name)?;
            let phone = one.phone.as_deref().map(people::checked_name).transpose()?;
            // The same name from the same list is the same person with several roles.
            let known = rows.iter().find(|row| row.name == name && row.phone == phone);
            let person = if let Some(row) = known {
                row.id.clone()
            } else {
                let id = PersonId::new(chance::id("p")?);
                rows.push(Person { id: id.clone(), name, number: None, phone });
                id
            };
            commands.push(Command::AssignPerson { person, role: one.role, unit: one.unit });
        }
        self.store().put_people(&rows, self.now()).await?;
        let answer = self.ask(contest, Ask::new(actor.clone(), Command::Together(commands))).await;
        // After `Busy` nobody knows; then names without a role are the smaller harm.
        if matches!(answer, Err(Error::Refused(_))) {
            for row in &rows {
                self.store().erase_person(&row.id, self.now()).await?;
            }
        }
        answer
    }
}
