//! Contests: made from a definition, listed, given a new definition.

use std::collections::HashSet;

use super::{Actor, App, Ask, Error, Receipt, Result, people::Visitor};
use crate::{
    rules::{
        command::Command,
        ledger::entry::Digest,
        names::{ContestId, PersonId},
    },
    store::{Beside, contests::Contest},
};

/// A definition that was read and found good, as a contest begins with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewContest {
    pub id: ContestId,
    pub title: String,
    /// The text itself, byte for byte.
    pub text: String,
    /// The file it came from, if any.
    pub file: Option<String>,
}

impl App {
    /// Makes a contest whose first organizer is the actor. [`Error::Taken`] when the id is there.
    pub async fn create_contest(&self, actor: &Actor, new: NewContest) -> Result<Receipt> {
        self.store().create_contest(&new.id, &new.title, new.file.as_deref(), self.now()).await?;
        let begun = self.act(&new.id, actor, Command::Found { text: new.text }).await;
        if begun.is_err() {
            self.0.open.forget(&new.id);
            // Only one without any entry goes.
            self.store().drop_empty_contest(&new.id).await?;
        }
        begun
    }

    /// Gives a contest a new definition; its title in lists follows. `second` comes from [`App::second_person`].
    pub async fn adopt_definition(
        &self,
        contest: &ContestId,
        actor: &Actor,
        text: String,
        title: String,
        reason: Option<(Digest, Beside)>,
        second: Option<PersonId>,
    ) -> Result<Receipt> {
        let (reason, note) = reason.unzip();
        let command = Command::AdoptDefinition { text, reason, second };
        let mut ask = Ask::new(actor.clone(), command).with(Beside::Title(title));
        ask.beside.extend(note);
        self.ask(contest, ask).await
    }

    /// All contests of this server, the newest first.
    pub async fn contests(&self) -> Result<Vec<Contest>> {
        Ok(self.store().contests().await?)
    }

    /// The contests in which this visitor may have work, the newest first: all for administrators, the card's own for
    /// the holder of a card, else those in which the person was ever given a role. Opens none of them.
    pub async fn contests_of(&self, visitor: &Visitor) -> Result<Vec<Contest>> {
        let mut contests = self.contests().await?;
        if let Some(card) = &visitor.contest {
            contests.retain(|contest| contest.id == *card);
        } else if !visitor.admin {
            let ever: HashSet<ContestId> = self.store().contests_with(&visitor.person).await?.into_iter().collect();
            contests.retain(|contest| ever.contains(&contest.id));
        }
        Ok(contests)
    }

    /// The names of the definition files that can be chosen from, in order.
    pub async fn definition_files(&self) -> Vec<String> {
        let mut names = Vec::new();
        // A folder that is not there offers nothing.
        let Ok(mut entries) = tokio::fs::read_dir(self.contests_folder()).await else { return names };
        while let Ok(Some(entry)) = entries.next_entry().await {
            let is_one = entry.path().extension().is_some_and(|end| end == "toml");
            if let Some(name) = entry.file_name().to_str().filter(|_| is_one) {
                names.push(name.to_owned());
            }
        }
        names.sort();
        names
    }

    /// The text of one of [`App::definition_files`]; nothing else in the folder, or outside it, can be read.
    pub async fn definition_file(&self, name: &str) -> Result<String> {
        if !self.definition_files().await.iter().any(|known| known == name) {
            return Err(Error::NotFound);
        }
        tokio::fs::read_to_string(self.contests_folder().join(name)).await.map_err(|_| Error::NotFound)
    }

    pub async fn contest(&self, id: &ContestId) -> Result<Contest> {
        self.store().contest(id).await?.ok_or(Error::NotFound)
    }
}
