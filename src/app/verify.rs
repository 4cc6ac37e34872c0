//! Whether the store still holds what was written: each minute for the contests that are awake, which are compared
//! with what was folded, and each day for those that rest, whose lines are held to their own leaves.
//!
//! Finding out changes nothing in the store. Somebody who alters lines and leaves of a resting contest alike is not
//! found here: nobody remembers that ledger.

use std::sync::Weak;

use tokio::time::{Duration, Instant, sleep};

use super::{App, Inner, Result, lines};
use crate::{
    rules::{ledger::leaf::Hash, names::ContestId},
    store::Store,
};

const AWAKE_EVERY: Duration = Duration::from_mins(1);
const RESTING_EVERY: Duration = Duration::from_hours(24);
/// Checking takes at most a tenth of the time.
const SHARE: u32 = 10;

/// The first line up to `end` that is missing, or does not fit its leaf, or whose leaf is not `known`.
pub(super) async fn first_other(
    store: &Store,
    contest: &ContestId,
    end: u64,
    known: impl Fn(u64, &Hash) -> bool,
) -> Result<Option<u64>> {
    let mut seen = 0;
    while seen < end {
        let page = store.lines_after(contest, seen).await?;
        if page.is_empty() {
            return Ok(Some(seen + 1));
        }
        for line in page.iter().take_while(|line| line.seq <= end) {
            seen += 1;
            let fits = line.seq == seen && lines::leaf(line).is_some_and(|leaf| known(seen, &leaf));
            if !fits {
                return Ok(Some(seen));
            }
        }
        // Lines beyond the end alone: the last ones before it are gone.
        if page.first().is_some_and(|line| line.seq > end) {
            return Ok(Some(seen + 1));
        }
        tokio::task::yield_now().await;
    }
    Ok(None)
}

/// For whoever watches the service.
pub(super) fn alarm(contest: &ContestId, seq: u64) {
    tracing::error!(%contest, seq, "a line is not what was written; nothing is recorded in this contest any more");
    metrics::counter!("leitai_ledger_damaged_total").increment(1);
}

/// Lives as long as the app.
pub(super) async fn keep(app: Weak<Inner>) {
    let mut rest = AWAKE_EVERY;
    let mut resting_checked = Instant::now();
    loop {
        sleep(rest).await;
        let Some(app) = app.upgrade() else { break };
        let began = Instant::now();
        let awake = app.open.followers();
        for follower in &awake {
            if follower.damaged_at().is_none()
                && let Err(error) = follower.check().await
            {
                tracing::warn!(contest = %follower.contest(), %error, "the ledger cannot be checked; trying again");
            }
        }
        if resting_checked.elapsed() >= RESTING_EVERY {
            resting_checked = Instant::now();
            let awake: Vec<&ContestId> = awake.iter().map(|follower| follower.contest()).collect();
            if let Err(error) = check_resting(&App(app.clone()), &awake).await {
                tracing::warn!(%error, "ledgers cannot be checked; trying again tomorrow");
            }
        }
        rest = AWAKE_EVERY.max(began.elapsed() * SHARE);
    }
}

async fn check_resting(app: &App, awake: &[&ContestId]) -> Result<()> {
    for contest in app.contests().await?.into_iter().filter(|contest| !awake.contains(&&contest.id)) {
        if let Some(seq) = first_other(app.store(), &contest.id, contest.head.seq, |_, _| true).await? {
            alarm(&contest.id, seq);
        }
    }
    Ok(())
}
