//! One row's *why* with the names that its reader may know.

use std::collections::{BTreeSet, HashMap};

use super::{Names, join, shown::ShownWho};
use crate::{
    app::{App, Error, Result},
    rules::{
        names::{ContestId, PersonId},
        view::{self, Audience, Seen, Shows, WhySeen},
        why::{Fact, Node},
    },
};

/// Who asks why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    Public,
    /// Every mark, by draw numbers as long as the public sees no more.
    Chief,
    /// Every mark, and names.
    Organizer,
}

impl Looks {
    /// Of standings and of the ledger: whoever judges sees there what the public does.
    pub(in crate::app) fn audience(self) -> Audience {
        if self == Looks::Organizer { Audience::Staff } else { Audience::Public }
    }
}

pub struct Explained {
    pub why: WhySeen,
    looks: Looks,
    names: Names,
    judges: HashMap<PersonId, String>,
}

impl App {
    /// Why a row of the board has its score and place. `key` is [`super::shown::ShownRow::key`].
    pub async fn explain(&self, contest: &ContestId, looks: Looks, key: &str) -> Result<Explained> {
        let audience = if looks == Looks::Public { Audience::Public } else { Audience::Staff };
        let (follower, now, key) = (self.follower(contest).await?, self.now(), key.to_owned());
        let look = move || follower.read(|state| view::why(state, &audience, &key, now));
        let busy = |_| Error::Busy { retry_ms: crate::app::room::RETRY_MS };
        let why = tokio::task::spawn_blocking(look).await.map_err(busy)?.ok_or(Error::NotFound)?;
        let mut names = Names::default();
        if why.who.entrant().is_some() || !why.members.rows.is_empty() {
            names.refresh(self, contest).await?;
        }
        let judges: BTreeSet<&PersonId> = why.score.iter().flat_map(Node::walk).filter_map(judge).collect();
        let judges: Vec<PersonId> = judges.into_iter().cloned().collect();
        let people = if judges.is_empty() { Vec::new() } else { self.people(&judges).await? };
        let judges = people.into_iter().map(|person| (person.id, person.name)).collect();
        Ok(Explained { why, looks, names, judges })
    }
}

fn judge(node: &Node) -> Option<&PersonId> {
    match &node.fact {
        Fact::Mark { judge, .. } | Fact::MarkIsNot { judge, .. } => judge.as_ref(),
        _ => None,
    }
}

impl Explained {
    pub fn who(&self, seen: &Seen) -> ShownWho {
        if self.is_blind() {
            return ShownWho { name: None, number: seen.number() };
        }
        join::shown_who(self.why.mask_names, seen, &self.names)
    }

    /// The unit or team of whom this is about.
    pub fn unit(&self) -> Option<String> {
        if self.is_blind() {
            return None;
        }
        join::beside(&self.why.who, self.who(&self.why.who).name.as_deref())
    }

    /// Empty when the person was erased.
    pub fn judge(&self, judge: &PersonId) -> Option<String> {
        self.judges.get(judge).filter(|name| !name.is_empty()).cloned()
    }

    /// Whoever judges knows no names before the public does.
    fn is_blind(&self) -> bool {
        self.looks == Looks::Chief && self.why.public_shows != Shows::Names && self.why.who.entrant().is_some()
    }
}
