//! Seeds of draws between their commitment and their reveal.
//!
//! A seed is fresh random bytes and never in the database, so that whoever reads that, or a copy of it, can neither
//! foresee a draw nor choose one. It is held in memory and, where the server has a folder for it, in a file that only the
//! server may read, until the draw has revealed it. A seed that is lost costs a new commitment, nothing else.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Mutex, OnceLock, PoisonError},
};

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncWriteExt as _;

use super::{App, Result, chance};
use crate::rules::{
    draw::Seed,
    names::{ContestId, Id},
};

#[derive(Default)]
pub(super) struct Seeds {
    held: Mutex<HashMap<(ContestId, Id), Seed>>,
    folder: OnceLock<PathBuf>,
}

impl App {
    /// Where seeds outlive the program: a folder of this server, apart from the database. Set once.
    pub fn hold_seeds_in(&self, folder: impl Into<PathBuf>) {
        let _ = self.0.seeds.folder.set(folder.into());
    }

    /// Whether a draw that was committed to can be made on this server.
    pub async fn holds_seed(&self, contest: &ContestId, draw: &Id) -> bool {
        self.0.seeds.get(contest, draw).await.is_some()
    }
}

impl Seeds {
    pub(super) async fn make(&self, contest: &ContestId, draw: &Id) -> Result<Seed> {
        let seed = Seed::new(chance::bytes()?);
        if let Some(file) = self.file(contest, draw)
            && let Err(error) = write(&file, &seed.to_hex()).await
        {
            tracing::warn!(%error, "a seed is held in memory only: a restart before the draw loses it");
        }
        self.held().insert((contest.clone(), draw.clone()), seed.clone());
        Ok(seed)
    }

    pub(super) async fn get(&self, contest: &ContestId, draw: &Id) -> Option<Seed> {
        let known = self.held().get(&(contest.clone(), draw.clone())).cloned();
        if known.is_some() {
            return known;
        }
        let text = tokio::fs::read_to_string(self.file(contest, draw)?).await.ok()?;
        Seed::parse(text.trim())
    }

    pub(super) async fn forget(&self, contest: &ContestId, draw: &Id) {
        self.held().remove(&(contest.clone(), draw.clone()));
        if let Some(file) = self.file(contest, draw) {
            // It is no secret any more, or was never committed to.
            let _ = tokio::fs::remove_file(file).await;
        }
    }

    /// Named by a digest: ids may hold what file systems do not take.
    fn file(&self, contest: &ContestId, draw: &Id) -> Option<PathBuf> {
        let name = Sha256::new().chain_update(contest.as_str()).chain_update("\0").chain_update(draw.as_str());
        Some(self.folder.get()?.join(format!("{}.seed", HEXLOWER.encode(&name.finalize()))))
    }

    fn held(&self) -> std::sync::MutexGuard<'_, HashMap<(ContestId, Id), Seed>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn write(file: &std::path::Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        tokio::fs::create_dir_all(folder).await?;
    }
    let mut options = tokio::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(file).await?;
    file.write_all(text.as_bytes()).await?;
    file.sync_all().await
}
