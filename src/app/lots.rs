//! Drawing lots: the seed is made and its digest recorded first, the draw comes later and reveals it.

use super::{Actor, App, Error, Receipt, Result, chance};
use crate::rules::{
    command::Command,
    names::{ContestId, Id},
};

impl App {
    /// Records the digest of a new seed. The draw's id begins with `purpose`.
    pub async fn commit_seed(&self, contest: &ContestId, actor: &Actor, purpose: &str) -> Result<Receipt> {
        let draw = Id::new(format!("{purpose}{}", chance::id("")?));
        let digest = self.0.seeds.make(contest, &draw).await?.commitment();
        let committed = self.act(contest, actor, Command::CommitSeed { draw: draw.clone(), digest }).await;
        // After `Busy` nobody knows whether it was; then a seed that nobody asks for is the smaller harm.
        if matches!(committed, Err(Error::Refused(_))) {
            self.0.seeds.forget(contest, &draw).await;
        }
        committed
    }

    /// Draws with a seed that was committed, and reveals it. [`Error::SeedGone`] when this server does not have it.
    pub async fn draw_lots(
        &self,
        contest: &ContestId,
        actor: &Actor,
        draw: Id,
        event: Option<Id>,
        group: Option<Id>,
    ) -> Result<Receipt> {
        let seed = self.0.seeds.get(contest, &draw).await.ok_or(Error::SeedGone)?.to_hex();
        let drawn = self.act(contest, actor, Command::DrawLots { event, group, draw: draw.clone(), seed }).await?;
        self.0.seeds.forget(contest, &draw).await;
        Ok(drawn)
    }
}
