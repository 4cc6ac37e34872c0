//! Deciding: a command and the state make entries, or a refusal that names its rule.

use super::names::PersonId;

/// Who asks, as the session knows them. Roles in the contest are in its ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    pub person: PersonId,
    /// Of the server: may what an organizer may, in every contest.
    pub administrator: bool,
}
