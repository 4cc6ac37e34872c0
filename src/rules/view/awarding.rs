//! Awards as they stand, and as they were announced.

use crate::rules::{
    award::{self, Preview},
    ledger::entry::Given,
    state::{Side, State},
};

/// What would be announced now, with what an organizer should know before the ceremony. Of all marks.
pub fn awards(state: &State) -> Preview {
    let Some(rules) = state.rules() else { return Preview::default() };
    let standings = state.standings(Side::Staff);
    award::preview(&rules.definition, &state.field, &standings, &state.awards)
}

/// What is published; revoked prizes have left it.
pub fn announced(state: &State) -> &[Given] {
    &state.announced
}
