//! The first account of an empty server: made on a page whose address only the server's own terminal shows.

use super::{App, Result, chance};

impl App {
    /// The secret part of that address, the same until the program ends; `None` when there is an account already.
    pub async fn set_up_token(&self) -> Result<Option<String>> {
        if !self.accounts().await?.is_empty() {
            return Ok(None);
        }
        let fresh = chance::token()?;
        Ok(Some(self.0.set_up.get_or_init(|| fresh).clone()))
    }

    /// Whether this is the secret, and nobody was quicker.
    pub async fn may_set_up(&self, token: &str) -> Result<bool> {
        Ok(self.0.set_up.get().is_some_and(|secret| secret == token) && self.accounts().await?.is_empty())
    }
}
