//! Reading the ledger back for people: the newest entries first, as far as somebody looks.

use super::{App, Error, Result, lines};
use crate::rules::{ledger::Recorded, names::ContestId};

/// Entries looked through at a time.
const BLOCK: u64 = 2_000;

impl App {
    /// At most `most` entries with sequence numbers below `before` that `keep` wants, the newest first.
    pub async fn entries_before(
        &self,
        contest: &ContestId,
        before: Option<u64>,
        most: usize,
        keep: impl Fn(&Recorded) -> bool + Send,
    ) -> Result<Vec<Recorded>> {
        let newest = self.follower(contest).await?.version().seq;
        let mut end = before.map_or(newest, |before| before.saturating_sub(1).min(newest));
        let mut found: Vec<Recorded> = Vec::new();
        while end > 0 && found.len() < most {
            let start = end.saturating_sub(BLOCK);
            let block = self.block(contest, start, end).await?;
            let wanted = block.into_iter().rev().filter(&keep).take(most - found.len());
            found.extend(wanted);
            end = start;
        }
        Ok(found)
    }

    /// The entries after `start` up to and with `end`, in order.
    async fn block(&self, contest: &ContestId, start: u64, end: u64) -> Result<Vec<Recorded>> {
        let mut entries = Vec::new();
        for line in self.store().lines_after(contest, start).await? {
            if line.seq > end {
                break;
            }
            let bound = lines::read(&line).ok_or(Error::Damaged { contest: contest.clone(), seq: line.seq })?;
            entries.push(bound.entry);
        }
        Ok(entries)
    }
}
