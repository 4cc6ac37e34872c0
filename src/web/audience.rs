//! As whom a visitor looks at a contest: decided once, from the session and the roles in the ledger.

use super::Result;
use crate::{
    app::{App, boards::Looks, people::Visitor},
    rules::{ledger::entry::Role, names::ContestId, view},
};

/// Judges and group leaders look as the public does: what they may see of others' marks is on their own pages.
pub(super) async fn looks(app: &App, visitor: Option<&Visitor>, contest: &ContestId) -> Result<Looks> {
    let Some(visitor) = visitor.filter(|visitor| visitor.contest.as_ref().is_none_or(|card| card == contest)) else {
        return Ok(Looks::Public);
    };
    if visitor.admin {
        return Ok(Looks::Organizer);
    }
    let roles = app.read(contest, |state| view::roles(state, &visitor.person)).await?;
    // Whoever is chief judge as well stays blind as long as the definition wants it.
    Ok(if roles.contains(&Role::ChiefJudge) {
        Looks::Chief
    } else if roles.contains(&Role::Organizer) {
        Looks::Organizer
    } else {
        Looks::Public
    })
}
