//! The board of a branch of the units: a level's organizer sees the own branch only.

use super::{Names, join, shown::Shown};
use crate::{
    app::{Actor, App, Error, Result, workers::Looked},
    rules::{
        command::Refusal,
        names::{ContestId, UnitPath},
        view,
    },
};

impl App {
    /// What the public may know of a branch, each with the place among all. A liaison gets the own branch or one below
    /// it; an organizer the branch asked for, and without one there is none to show.
    pub async fn board_of_branch(
        &self,
        contest: &ContestId,
        actor: &Actor,
        asked: Option<&UnitPath>,
    ) -> Result<Option<(UnitPath, Shown)>> {
        let branch = match (self.looks_after(contest, actor).await?, asked) {
            (Looked::Organizer, None) => return Ok(None),
            (Looked::Organizer, Some(asked)) => asked.clone(),
            (Looked::Liaison(own), None) => own,
            (Looked::Liaison(own), Some(asked)) if asked.is_within(&own) => asked.clone(),
            (Looked::Liaison(_), Some(_)) => return Err(Refusal::NotAllowed { role: "liaison" }.into()),
        };
        let (follower, now, unit) = (self.follower(contest).await?, self.now(), branch.clone());
        let look = move || follower.read(|state| view::board_of_branch(state, &unit, now));
        let busy = |_| Error::Busy { retry_ms: crate::app::room::RETRY_MS };
        let board = tokio::task::spawn_blocking(look).await.map_err(busy)?;
        let mut names = Names::default();
        names.refresh(self, contest).await?;
        Ok(Some((branch, join::join(contest, &board, &names).0)))
    }
}
