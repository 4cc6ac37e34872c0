//! Boards: what `rules::view` lets somebody see, with the names that stand in ordinary rows.

pub mod shown;

use super::{App, Error, Result};
use crate::rules::names::ContestId;
use shown::Shown;

#[derive(Default)]
pub struct Names;

impl App {
    pub async fn public_board(&self, _contest: &ContestId, _names: &mut Names) -> Result<(Shown, String)> {
        Err(Error::NotFound)
    }
}
