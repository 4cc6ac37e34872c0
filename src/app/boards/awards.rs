//! The list of awards with the names that its reader may know.

use super::{Names, join, shown::ShownWho};
use crate::{
    app::{App, Result},
    rules::{
        names::{ContestId, EntrantId},
        view::{self, Audience, AwardsSeen, Seen, WinnerSeen},
    },
};

/// So many winners are looked up one by one; the names of a whole list cost more.
const SOME: usize = 64;

pub struct Awarded {
    pub seen: AwardsSeen,
    names: Names,
}

impl App {
    /// As everybody reads it; `None` before it is announced.
    pub async fn awarded(&self, contest: &ContestId) -> Result<Option<Awarded>> {
        let Some(seen) = self.read(contest, |state| view::awards_seen(state, &Audience::Public)).await? else {
            return Ok(None);
        };
        let winners = seen.awards.iter().flat_map(|award| &award.winners).filter_map(|winner| winner.who.as_ref());
        let winners: Vec<&EntrantId> = winners.filter_map(Seen::entrant).collect();
        let mut names = Names::default();
        if winners.len() > SOME {
            names.refresh(self, contest).await?;
        } else {
            names.look_up(self, contest, &winners).await?;
        }
        Ok(Some(Awarded { seen, names }))
    }
}

impl Awarded {
    pub fn who(&self, winner: &WinnerSeen) -> ShownWho {
        match &winner.who {
            Some(Seen::Unit(_)) => ShownWho { name: winner.unit.clone(), number: None },
            Some(seen) => join::shown_who(self.seen.mask_names, seen, &self.names),
            None => ShownWho::default(),
        }
    }

    /// The unit that a winner stands for, its last two levels.
    pub fn unit(&self, winner: &WinnerSeen) -> Option<String> {
        winner.who.as_ref().and_then(join::unit_of)
    }
}
