//! Draws of prizes with the names that their reader may know.

use super::{Names, join, shown::ShownWho};
use crate::{
    app::{App, Result},
    rules::{
        names::ContestId,
        view::{self, Audience, DrawnSeen, Seen},
    },
};

pub struct Drawn {
    pub seen: DrawnSeen,
    names: Names,
}

impl App {
    /// As the public sees them, the newest first.
    pub async fn drawn_prizes(&self, contest: &ContestId) -> Result<Drawn> {
        let seen = self.read(contest, |state| view::drawn(state, &Audience::Public)).await?;
        let mut names = Names::default();
        if seen.draws.iter().flat_map(|draw| &draw.winners).flatten().any(|who| who.entrant().is_some()) {
            names.refresh(self, contest).await?;
        }
        Ok(Drawn { seen, names })
    }
}

impl Drawn {
    pub fn who(&self, seen: &Seen) -> ShownWho {
        join::shown_who(self.seen.mask_names, seen, &self.names)
    }

    /// The winner's unit, its last two levels.
    pub fn unit(&self, seen: &Seen) -> Option<String> {
        join::unit_of(seen)
    }
}
