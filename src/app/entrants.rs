//! The entrant list: facts to the ledger, names to their table, in one transaction.

use super::{Actor, App, Ask, Error, Receipt, Result};
use crate::{
    rules::{
        command::{Command, Refusal},
        field::Entrant,
        ledger::entry::Digest,
        names::{ContestId, EntrantId},
    },
    store::Beside,
};

pub use crate::store::names::EntrantName;

impl App {
    /// Registers or changes these entrants, all or none. Each name's `entrant` says whose it is. Where names alone
    /// change, the ledger has nothing to record and the receipt is that of its newest entry.
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
            Ask::new(actor.clone(), Command::RegisterEntrants { entrants, reason }).with(Beside::Names(names.clone()));
        ask.beside.extend(note);
        match self.ask(contest, ask).await {
            // Whoever may not register is refused for that, before there is nothing to do.
            Err(Error::Refused(Refusal::NothingToDo)) => {
                self.store().put_entrant_names(contest, names).await?;
                let (version, at) = self.read(contest, |state| (state.version(), state.at())).await?;
                Ok(Receipt { contest: contest.clone(), seq: version.seq, version, at })
            }
            other => other,
        }
    }

    /// Who the entrants of a contest are, ordered by entrant.
    pub async fn entrant_names(&self, contest: &ContestId) -> Result<Vec<EntrantName>> {
        Ok(self.store().entrant_names(contest).await?)
    }

    /// Forgets who an entrant is; the entries stay.
    pub async fn erase_entrant(&self, contest: &ContestId, entrant: &EntrantId) -> Result<()> {
        self.store().erase_entrant_name(contest, entrant).await?;
        self.erase_worker(contest, entrant).await
    }
}
