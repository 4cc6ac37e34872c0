//! What everybody sees of a labor competition, with names.

use std::collections::BTreeSet;

use super::{App, Result, called::Called};
use crate::rules::{
    indicators::{self, Published},
    names::{ContestId, EntrantId},
    view::Audience,
};

impl App {
    /// `None` where the contest has no indicators.
    pub async fn labor(&self, contest: &ContestId, audience: &Audience) -> Result<Option<(Published, Called)>> {
        let Some(seen) = self.read(contest, |state| indicators::published(state, audience)).await? else {
            return Ok(None);
        };
        let shown: BTreeSet<&EntrantId> =
            seen.periods.iter().flat_map(|period| &period.rows).map(|row| &row.entrant).collect();
        let called = self.called(contest, &shown, audience).await?;
        Ok(Some((seen, called)))
    }
}
