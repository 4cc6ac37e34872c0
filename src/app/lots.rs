//! Drawing lots: the seed is made and its digest recorded first, the draw comes later.
//!
//! A seed is SHA-256 over a secret of this server, the contest and the draw's random id: nothing has to be kept
//! between the two steps, a restart loses nothing, and a seed that was revealed tells nothing about another.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::{Actor, App, Receipt, Result, chance};
use crate::rules::{
    command::Command,
    draw::Seed,
    names::{ContestId, Id},
};

impl App {
    /// Records the digest of a new seed. The draw's id begins with `purpose`.
    pub async fn commit_seed(&self, contest: &ContestId, actor: &Actor, purpose: &str) -> Result<Receipt> {
        let draw = Id::new(format!("{purpose}{}", chance::id("")?));
        let digest = self.seed(contest, &draw).await?.commitment();
        self.act(contest, actor, Command::CommitSeed { draw, digest }).await
    }

    /// Draws with a seed that was committed, and reveals it.
    pub async fn draw_lots(
        &self,
        contest: &ContestId,
        actor: &Actor,
        draw: Id,
        event: Option<Id>,
        group: Option<Id>,
    ) -> Result<Receipt> {
        let seed = self.seed(contest, &draw).await?.to_hex();
        self.act(contest, actor, Command::DrawLots { event, group, draw, seed }).await
    }

    async fn seed(&self, contest: &ContestId, draw: &Id) -> Result<Seed> {
        let fresh = HEXLOWER.encode(&chance::bytes::<32>()?);
        let secret = self.store().setting_or("draw-secret", &fresh).await?;
        let seed = Sha256::new().chain_update("leitai draw\0").chain_update(secret).chain_update("\0");
        Ok(Seed::new(
            seed.chain_update(contest.as_str()).chain_update("\0").chain_update(draw.as_str()).finalize().into(),
        ))
    }
}
