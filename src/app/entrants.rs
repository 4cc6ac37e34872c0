//! The entrant list: facts to the ledger, names to their table, in one transaction.

use super::{Actor, App, Ask, Receipt, Result};
use crate::{
    rules::{
        command::Command,
        field::Entrant,
        ledger::entry::Digest,
        names::{ContestId, EntrantId},
    },
    store::Beside,
};

pub use crate::store::names::EntrantName;

impl App {
    /// Registers or changes these entrants, all or none. Each name's `entrant` says whose it is.
    pub async fn register_entrants(
        &self,
        contest: &ContestId,
        actor: &Actor,
        entrants: Vec<(EntrantId, Entrant)>,
        names: Vec<EntrantName>,
        reason: Option<(Digest, Beside)>,
    ) -> Result<Receipt> {
        let (reason, note) = reason.unzip();
        let mut ask =
            Ask::new(actor.clone(), Command::RegisterEntrants { entrants, reason }).with(Beside::Names(names));
        ask.beside.extend(note);
        self.ask(contest, ask).await
    }

    /// Who the entrants of a contest are, ordered by entrant.
    pub async fn entrant_names(&self, contest: &ContestId) -> Result<Vec<EntrantName>> {
        Ok(self.store().entrant_names(contest).await?)
    }

    /// Forgets who an entrant is; the entries stay.
    pub async fn erase_entrant(&self, contest: &ContestId, entrant: &EntrantId) -> Result<()> {
        Ok(self.store().erase_entrant_name(contest, entrant).await?)
    }
}
