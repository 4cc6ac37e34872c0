//! The entrant list: facts to the ledger, names to their table, in one transaction.

use super::{Actor, App, Ask, Error, Receipt, Result};
use crate::{
    rules::{
        command::{Command, Refusal},
        field::Entrant,
        ledger::entry::Digest,
        names::{ContestId, EntrantId},
        state::State,
        view,
    },
    store::Beside,
};

pub use crate::store::names::EntrantName;

impl App {
    /// Registers or changes these entrants, all or none. Each name's `entrant` says whose it is. Names alone may be put
    /// right at any time. Where nothing at all changes the receipt is that of the newest entry.
    pub async fn register_entrants(
        &self,
        contest: &ContestId,
        actor: &Actor,
        entrants: Vec<(EntrantId, Entrant)>,
        names: Vec<EntrantName>,
        reason: Option<(Digest, Beside)>,
    ) -> Result<Receipt> {
        let (reason, note) = reason.unzip();
        let stands = |state: &State| entrants.iter().all(|(id, facts)| stands(state, id, facts));
        let command = if self.read(contest, stands).await? {
            let known = self.store().entrant_names(contest).await?;
            let other = names.iter().filter(|name| !known.contains(name));
            Command::RenameEntrants { entrants: other.map(|name| name.entrant.clone()).collect(), reason }
        } else {
            Command::RegisterEntrants { entrants, reason }
        };
        let mut ask = Ask::new(actor.clone(), command).with(Beside::Names(names));
        ask.beside.extend(note);
        match self.ask(contest, ask).await {
            // Whoever may not register is refused for that, before there is nothing to do.
            Err(Error::Refused(Refusal::NothingToDo)) => {
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

/// The ledger has this entrant with these facts.
fn stands(state: &State, id: &EntrantId, facts: &Entrant) -> bool {
    view::facts(state, id).is_some_and(|known| Entrant { standing: facts.standing.clone(), ..known.clone() } == *facts)
}
