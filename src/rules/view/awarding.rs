//! Awards as they stand, and as they were announced.

use crate::rules::{award::Preview, ledger::entry::Given, state::State};

/// What would be announced now, with what an organizer should know before the ceremony. Of all marks.
pub fn awards(state: &State) -> Preview {
    state.award_preview().unwrap_or_default()
}

/// What is published; revoked prizes have left it.
pub fn announced(state: &State) -> &[Given] {
    &state.announced
}
