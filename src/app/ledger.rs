//! The ledger for other programs: each entry opened, or its bare leaf.

use super::{App, Result, boards::Looks};
use crate::rules::{ledger::Instant, names::ContestId, view};

/// One entry, as somebody may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    pub seq: u64,
    pub epoch: u32,
    /// SHA-256 in hex.
    pub leaf: String,
    /// What the leaf was made from.
    pub opened: Option<Opened>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub kind: String,
    pub version: u32,
    pub at: Instant,
    /// 16 bytes in hex.
    pub salt: String,
    /// The very bytes that the leaf binds.
    pub payload: String,
}

/// A part of a ledger, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaves {
    pub leaves: Vec<Leaf>,
    /// The newest entry that may be known of.
    pub head: u64,
}

impl App {
    /// What follows `after`, as much as is read at a time. Organizers see every entry; everybody else bare leaves, and
    /// none that the public board does not know of.
    pub async fn leaves(&self, contest: &ContestId, looks: Looks, after: u64) -> Result<Leaves> {
        let opens = looks == Looks::Organizer;
        let head =
            self.read(contest, |state| if opens { state.version().seq } else { view::public_head(state) }).await?;
        if after >= head {
            return Ok(Leaves { leaves: Vec::new(), head });
        }
        let lines = self.store().lines_after(contest, after).await?;
        let lines = lines.into_iter().take_while(|line| line.seq <= head);
        let leaf = |line: crate::store::ledger::Line| {
            let opened = opens.then_some(Opened {
                kind: line.kind,
                version: line.version,
                at: line.at,
                salt: line.salt,
                payload: line.payload,
            });
            Leaf { seq: line.seq, epoch: line.epoch, leaf: line.leaf, opened }
        };
        Ok(Leaves { leaves: lines.map(leaf).collect(), head })
    }
}
