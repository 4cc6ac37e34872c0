//! Boards: what `rules::view` lets somebody see, with the names that stand in ordinary rows.

mod awards;
mod branch;
mod drawn;
mod explained;
mod join;
mod ladders;
pub mod shown;

use std::{collections::HashMap, sync::Arc};

use tokio::time::{Duration, Instant};

use super::{App, Result};
use crate::rules::{
    definition::Definition,
    ledger::entry::Digest,
    names::{ContestId, EntrantId},
    view::{self, Audience, Board, Seen, Shows},
};
pub use awards::Awarded;
pub use drawn::Drawn;
pub use explained::{Explained, Looks};
pub(super) use join::masked;
pub use join::phase as phase_word;
use shown::{Shown, ShownWho};

/// A name that was changed or erased is gone from boards after this at the latest.
const NAMES_KEPT_MS: u64 = 2_000;
/// Somebody whose name is not known yet is looked up again no sooner.
const NAMES_AGAIN_MS: u64 = 200;

/// The names of one contest's entrants, kept for a moment: a board is made ten times a second, names change once
/// a day.
#[derive(Default)]
pub struct Names {
    read: Option<Instant>,
    by_entrant: HashMap<EntrantId, String>,
}

impl Names {
    fn of(&self, entrant: &EntrantId) -> Option<&str> {
        self.by_entrant.get(entrant).map(String::as_str).filter(|name| !name.is_empty())
    }

    #[cfg(test)]
    fn fixed(names: &[(&str, &str)]) -> Self {
        let by_entrant = names.iter().map(|(id, name)| (EntrantId::new(id), (*name).to_owned())).collect();
        Self { read: None, by_entrant }
    }

    /// Whether the board shows somebody new, or names that may have changed.
    fn is_stale(&self, board: &Board, holders: &[Seen]) -> bool {
        let on_stage = [&board.on_stage, &board.next].into_iter().flatten();
        let mut shown = holders
            .iter()
            .chain(on_stage)
            .chain(board.tables.iter().flat_map(|t| &t.rows).map(|row| &row.who))
            .peekable();
        let anybody = shown.peek().is_some();
        let unknown = shown.filter_map(Seen::entrant).any(|entrant| !self.by_entrant.contains_key(entrant));
        let keep = Duration::from_millis(if unknown { NAMES_AGAIN_MS } else { NAMES_KEPT_MS });
        anybody && self.read.is_none_or(|read| read.elapsed() >= keep)
    }

    /// Of these alone.
    async fn look_up(&mut self, app: &App, contest: &ContestId, entrants: &[&EntrantId]) -> Result<()> {
        for entrant in entrants {
            if let Some(name) = app.store().entrant_name(contest, entrant).await? {
                self.by_entrant.insert(name.entrant, name.name);
            }
        }
        Ok(())
    }

    async fn refresh(&mut self, app: &App, contest: &ContestId) -> Result<()> {
        let names = app.store().entrant_names(contest).await?;
        self.by_entrant = names.into_iter().map(|name| (name.entrant, name.name)).collect();
        self.read = Some(Instant::now());
        Ok(())
    }
}

/// Standings with names beside them.
pub struct Standings {
    pub board: Board,
    /// With the digest of its text.
    pub adopted: Option<(Digest, Arc<Definition>)>,
    names: Names,
}

impl Standings {
    pub fn who(&self, seen: &Seen) -> ShownWho {
        join::shown_who(self.board.mask_names, seen, &self.names)
    }

    /// Changes when anything that may be seen does.
    pub fn version(&self) -> String {
        join::version(self.board.version)
    }
}

impl App {
    /// What an audience sees of a contest, with its version: names from `names`, which is kept for the next time.
    pub async fn board(&self, contest: &ContestId, audience: &Audience, names: &mut Names) -> Result<(Shown, String)> {
        let board = self.view_of_board(contest, audience).await?;
        let looks = self.view_of_ladders(contest, audience).await?;
        let holders: Vec<Seen> = looks.iter().filter_map(|look| look.holder.clone()).collect();
        if board.shows == Shows::Names && names.is_stale(&board, &holders) {
            names.refresh(self, contest).await?;
        }
        let (mut shown, mut version) = join::join(contest, &board, names);
        ladders::join(&mut shown, &mut version, looks, board.mask_names, names);
        Ok((shown, version))
    }

    /// All standings as somebody may see them, for programs.
    pub async fn standings(&self, contest: &ContestId, looks: Looks) -> Result<Standings> {
        let adopted = self.read(contest, view::adopted).await?;
        let board = self.view_of_board(contest, &looks.audience()).await?;
        let mut names = Names::default();
        if names.is_stale(&board, &[]) {
            names.refresh(self, contest).await?;
        }
        Ok(Standings { board, adopted, names })
    }

    async fn view_of_board(&self, contest: &ContestId, audience: &Audience) -> Result<Board> {
        let follower = self.follower(contest).await?;
        let (audience, now) = (audience.clone(), self.now());
        // Standings of a large field take longer than a request may block others.
        let view = tokio::task::spawn_blocking(move || follower.read(|state| view::board(state, &audience, now)));
        view.await.map_err(|_| super::Error::Busy { retry_ms: super::room::RETRY_MS })
    }
}
