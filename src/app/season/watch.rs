//! The task that looks every few seconds which sources of seasons have moved, whoever wrote there.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Weak,
};

use tokio::time::{Duration, sleep};

use super::{
    Told,
    binding::{Bindings, circle},
};
use crate::{
    app::{App, Error, Inner, Result},
    rules::{
        ladder,
        ledger::Instant,
        names::{ContestId, Id},
    },
    store::{self, ledger::Head},
};

const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Where contests stood when there was nothing left to report.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Seen {
    source: Head,
    season: Head,
    /// When a ladder there changes by itself.
    deadline: Option<Instant>,
}

type AllSeen = HashMap<(ContestId, Id), Seen>;

impl App {
    /// Looks once at every source that has moved since; gives what was left over to the next look. One that cannot be
    /// looked at stands in nobody's way.
    async fn report_all(&self, seen: &mut AllSeen) -> Result<()> {
        let bindings = self.bindings().await?;
        if bindings.is_empty() {
            seen.clear();
            return Ok(());
        }
        let sources = bindings.values().flat_map(BTreeMap::values);
        let ids: BTreeSet<ContestId> = bindings.keys().chain(sources).cloned().collect();
        let ids: Vec<ContestId> = ids.into_iter().collect();
        let heads: HashMap<ContestId, Head> = self.store().heads(&ids).await?.into_iter().collect();
        for (season, source, contest) in straight(&bindings) {
            let (Some(own), Some(theirs)) = (heads.get(season), heads.get(contest)) else { continue };
            let key = (season.clone(), source.clone());
            let still = seen.get(&key).is_some_and(|seen| {
                let waits = seen.deadline.is_none_or(|deadline| self.now() < deadline);
                (seen.source, seen.season) == (*theirs, *own) && waits
            });
            if still {
                continue;
            }
            match self.looked(season, source, contest).await {
                Ok(None) => {}
                Ok(Some(there)) => {
                    seen.insert(key, there);
                }
                Err(Error::Store(store::Error::Closed)) => return Ok(()),
                Err(error) => {
                    tracing::warn!(%season, %source, %contest, %error, "a source cannot be reported; trying again");
                }
            }
        }
        Ok(())
    }

    /// `None`: there may be more to report at the next look.
    async fn looked(&self, season: &ContestId, source: &Id, contest: &ContestId) -> Result<Option<Seen>> {
        // As far as this program has come; what others wrote meanwhile is seen at the next look.
        let theirs = self.follower(contest).await?.head();
        let own = self.follower(season).await?.head();
        Ok(match self.report_source(season, source).await? {
            // The report itself moves the season, which is looked at once more.
            Told::Later | Told::Reported => None,
            Told::Unchanged | Told::NotPublic(_) | Told::Over => {
                let now = self.now();
                let deadline = self.read(contest, |state| ladder::next_deadline(state, now)).await?;
                Some(Seen { source: theirs, season: own, deadline })
            }
        })
    }
}

/// Season, source and contest of all that are in no circle. Programs that bound at the same moment may have closed one
/// and ended before they could take it back: points must not go round in it.
fn straight(bindings: &Bindings) -> impl Iterator<Item = (&ContestId, &Id, &ContestId)> {
    let all = bindings
        .iter()
        .flat_map(|(season, sources)| sources.iter().map(move |(source, contest)| (season, source, contest)));
    all.filter(|(season, source, contest)| {
        let path = circle(bindings, season, contest);
        if let Some(path) = &path {
            let path: Vec<&str> = path.iter().map(ContestId::as_str).collect();
            tracing::warn!(%season, %source, path = path.join(" → "), "a source is in a circle and is not reported");
        }
        path.is_none()
    })
}

/// Lives as long as the app.
pub(in crate::app) async fn keep(app: Weak<Inner>) {
    let mut seen = HashMap::new();
    loop {
        sleep(LOOK_EVERY).await;
        let Some(app) = app.upgrade() else { break };
        match App(app).report_all(&mut seen).await {
            Err(Error::Store(store::Error::Closed)) => break,
            Err(error) => tracing::warn!(%error, "sources of seasons cannot be looked at; trying again"),
            Ok(()) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_a_circle_is_not_reported() {
        let sources = |of: &[&str]| of.iter().map(|to| (Id::new(*to), ContestId::new(*to))).collect();
        let bindings: Bindings = [("a", sources(&["b", "quiz"])), ("b", sources(&["a"])), ("year", sources(&["a"]))]
            .map(|(season, sources)| (ContestId::new(season), sources))
            .into();
        let found: Vec<_> =
            straight(&bindings).map(|(season, _, contest)| (season.as_str(), contest.as_str())).collect();
        // The year's own way ends: a and b go round beneath it.
        assert_eq!(found, [("a", "quiz"), ("year", "a")]);
    }
}
