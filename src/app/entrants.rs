//! The entrant list: facts to the ledger, names to their table, in one transaction.

use super::{Actor, App, Ask, Error, Receipt, Result};
use crate::{
    rules::{
        command::{Command, Refusal},
        field::Entrant,
        ledger::entry::Digest,
        names::{ContestId, EntrantId, PersonId},
        state::State,
        view,
    },
    store::Beside,
};

pub use crate::store::names::{EntrantName, PastName};

impl App {
    /// Registers or changes these entrants, all or none. Each name's `entrant` says whose it is. Names alone may be put
    /// right at any time; facts of a unit whose figures were signed take a [second person](App::second_person). Where nothing at all changes the receipt is that of the newest entry.
    pub async fn register_entrants(
        &self,
        contest: &ContestId,
        actor: &Actor,
        entrants: Vec<(EntrantId, Entrant)>,
        names: Vec<EntrantName>,
        reason: Option<(Digest, Beside)>,
        second: Option<PersonId>,
    ) -> Result<Receipt> {
        let (reason, note) = reason.unzip();
        let stands = |state: &State| entrants.iter().all(|(id, facts)| stands(state, id, facts));
        if self.read(contest, stands).await? {
            return self.rename_entrants(contest, actor, names, reason.zip(note), second).await;
        }
        let mut ask = Ask::new(actor.clone(), Command::RegisterEntrants { entrants, reason, second });
        ask.beside.push(self.put_right(names));
        ask.beside.extend(note);
        self.ask(contest, ask).await
    }

    /// Puts right who these entrants are; what another name or number was is kept. From the seal on with a reason and a
    /// [second person](App::second_person). Where nothing changes the receipt is that of the newest entry.
    pub async fn rename_entrants(
        &self,
        contest: &ContestId,
        actor: &Actor,
        names: Vec<EntrantName>,
        reason: Option<(Digest, Beside)>,
        second: Option<PersonId>,
    ) -> Result<Receipt> {
        let known = self.store().entrant_names(contest).await?;
        let names: Vec<EntrantName> = names.into_iter().filter(|name| !known.contains(name)).collect();
        let entrants = names.iter().map(|name| name.entrant.clone()).collect();
        let (reason, note) = reason.unzip();
        let mut ask = Ask::new(actor.clone(), Command::RenameEntrants { entrants, reason, second });
        ask.beside.push(self.put_right(names));
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

    pub(super) fn put_right(&self, names: Vec<EntrantName>) -> Beside {
        Beside::NamesPutRight { names, at: self.now() }
    }

    /// What an entrant was called before, the newest first.
    pub async fn past_names(&self, contest: &ContestId, entrant: &EntrantId) -> Result<Vec<PastName>> {
        Ok(self.store().past_names(contest, entrant).await?)
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
