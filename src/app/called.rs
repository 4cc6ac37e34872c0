//! Names of entrants beside what is told of them, as whoever looks may read them.

use std::collections::{BTreeSet, HashMap};

use crate::{
    app::{
        App, Result,
        boards::{masked, shown::ShownWho},
    },
    rules::{
        ladder,
        names::{ContestId, EntrantId},
        view::{self, Audience, Shows},
    },
};

/// Names of entrants, or draw numbers, as the board shows them to whoever looks.
#[derive(Clone, Debug, Default)]
pub struct Called(HashMap<EntrantId, ShownWho>);

impl Called {
    /// Nothing at all where nothing may be known.
    pub fn who(&self, entrant: &EntrantId) -> ShownWho {
        self.0.get(entrant).cloned().unwrap_or_default()
    }
}

impl App {
    /// The id of the list stands for a name that was erased or never given, where names are shown.
    pub(in crate::app) async fn called(
        &self,
        contest: &ContestId,
        shown: &BTreeSet<&EntrantId>,
        audience: &Audience,
    ) -> Result<Called> {
        if shown.is_empty() {
            return Ok(Called::default());
        }
        let look = |state: &_| {
            let numbers = view::numbers(state, shown.iter().copied());
            (ladder::privacy(state, audience), numbers)
        };
        let ((shows, masks), numbers) = self.read(contest, look).await?;
        let mut called: HashMap<EntrantId, ShownWho> = HashMap::new();
        if shows == Shows::Names {
            let plain = |entrant: &EntrantId| ShownWho { name: Some(entrant.to_string()), number: None };
            called.extend(shown.iter().map(|entrant| ((*entrant).clone(), plain(entrant))));
            for known in self.entrant_names(contest).await?.into_iter().filter(|known| !known.name.is_empty()) {
                if let Some(who) = called.get_mut(&known.entrant) {
                    who.name = Some(if masks { masked(&known.name) } else { known.name });
                }
            }
        }
        if shows != Shows::Nothing {
            for (entrant, number) in numbers {
                called.entry(entrant).or_default().number = Some(number);
            }
        }
        Ok(Called(called))
    }
}
