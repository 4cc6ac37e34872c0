//! Free text: reasons, appeals. The ledger gets a salted digest, the text is an erasable row.

use std::collections::HashMap;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::{App, Error, Result, chance};
use crate::{
    rules::{command::Refusal, ledger::entry::Digest},
    store::{Beside, beside::Note},
};

pub const NOTE_CHARS_MAX: usize = 4_000;

impl App {
    /// [`Refusal::ReasonMissing`] when there is no text.
    ///
    /// The digest for the command, and the row to send [beside](super::Ask::with) it: both are recorded or neither.
    pub fn note(&self, text: &str) -> Result<(Digest, Beside)> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        if text.contains('\0') || text.chars().count() > NOTE_CHARS_MAX {
            return Err(Error::TextRefused { most: NOTE_CHARS_MAX });
        }
        let salt = chance::bytes::<16>()?;
        let digest = HEXLOWER.encode(&Sha256::new().chain_update(salt).chain_update(text).finalize());
        let note =
            Note { digest: digest.clone(), salt: HEXLOWER.encode(&salt), text: text.to_owned(), created: self.now() };
        Ok((Digest(digest), Beside::Note(note)))
    }

    /// The texts behind these digests; those that were erased are left out.
    pub async fn note_texts(&self, digests: &[&Digest]) -> Result<HashMap<Digest, String>> {
        let digests: Vec<&str> = digests.iter().map(|digest| digest.0.as_str()).collect();
        let notes = self.store().notes(&digests).await?;
        Ok(notes.into_iter().map(|note| (Digest(note.digest), note.text)).collect())
    }

    pub async fn erase_note(&self, digest: &Digest) -> Result<()> {
        Ok(self.store().erase_note(&digest.0).await?)
    }
}
