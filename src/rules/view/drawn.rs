//! Draws of prizes as the public sees them: what was committed, what was revealed, and who won as far as names are open.

use super::{
    Audience, Heading, Seen,
    facing::{self, heading},
    tables,
};
use crate::rules::{
    papers::{self, PrizeDraw},
    state::State,
};

/// All draws of prizes of a contest, the newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DrawnSeen {
    pub heading: Heading,
    /// `app` masks names where this says so.
    pub mask_names: bool,
    pub draws: Vec<DrawSeen>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DrawSeen {
    pub draw: PrizeDraw,
    /// Of the paper whose valid papers took part.
    pub title: String,
    /// In the order in which they were drawn; `None`: the public may not know who it is yet.
    pub winners: Vec<Option<Seen>>,
}

/// Draws are public as they are; their winners are as far as the board shows names or numbers.
pub fn drawn(state: &State, audience: &Audience) -> DrawnSeen {
    let heading = heading(state);
    let Some(rules) = state.rules() else { return DrawnSeen { heading, ..DrawnSeen::default() } };
    let definition = &rules.definition;
    let shows = facing::shows(state, definition, audience);
    let titled = |draw: PrizeDraw| {
        let paper = definition.papers.iter().find(|paper| paper.id == draw.of);
        let title = paper.map_or_else(|| draw.of.to_string(), |paper| paper.title.clone());
        let winners = draw.winners.iter().map(|winner| tables::seen(state, shows, winner)).collect();
        DrawSeen { draw, title, winners }
    };
    let mut draws: Vec<DrawSeen> = papers::prize_draws(state).into_iter().map(titled).collect();
    draws.reverse();
    let mask_names = definition.board.mask_names && *audience != Audience::Staff;
    DrawnSeen { heading, mask_names, draws }
}

/// Whether there was any.
pub fn has_drawn(state: &State) -> bool {
    !state.papers.prizes.is_empty()
}
