//! Seasons: which contest a source is, and reporting what its public board shows into the season's own ledger.
//!
//! A task looks every few seconds which sources have moved, whoever wrote there, and reports at most once a minute and
//! at each phase. Reports are decided like anything else, and the same again changes nothing, so that several programs
//! on one database may all do it. Folding and scoring a source happen beside its room, never in it.

mod shown;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Weak,
};

use tokio::time::{Duration, sleep};

pub use shown::{Points, Stars};

use super::{Actor, App, Error, Inner, Receipt, Result, lines};
use crate::{
    rules::{
        command::{Command, Refusal},
        ladder,
        ledger::{
            Entry, Instant,
            entry::{Digest, Phase, Role},
            leaf,
            season::{ReportedRow, SeasonEntry, SourceReport},
        },
        names::{ContestId, EntrantId, Id, PersonId},
        season::{self, Act, NotPublic, Public, PublicRow, SeasonRefusal, SourceLine, rules::Matching},
        view,
    },
    store::ledger::Head,
};

const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Between two reports of a source, but for a change of phase.
pub const REPORT_EVERY_MS: i64 = 60_000;

/// A source as its organizer sees it.
#[derive(Clone, Debug)]
pub struct SourceSeen {
    pub line: SourceLine,
    /// Of the contest that is bound.
    pub title: Option<String>,
    /// The newest entry that its public may know of now, or why it says nothing.
    pub now: Option<std::result::Result<u64, Silent>>,
}

/// Why a source says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Silent {
    NotPublic(NotPublic),
    /// The contest is not there, or cannot be read now.
    Unreadable,
}

/// What came of looking at a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Reported,
    Unchanged,
    /// The last report is younger than a minute.
    Later,
    NotPublic(NotPublic),
    /// The season is sealed, or has no such source any more.
    Over,
}

/// Where contests stood when there was nothing left to report.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Seen {
    source: Head,
    season: Head,
    /// When a ladder there changes by itself.
    deadline: Option<Instant>,
}

impl App {
    /// Says which contest a source is, and reports it at once. By somebody who organizes both, or an administrator.
    /// [`SeasonRefusal::Circle`] when the contest's points come from this one.
    pub async fn bind_source(
        &self,
        season: &ContestId,
        actor: &Actor,
        source: &Id,
        contest: &ContestId,
    ) -> Result<Receipt> {
        let refused = |refusal| Err(Error::Refused(Refusal::Season(refusal)));
        let roles = match self.read(contest, |state| view::roles(state, &actor.person)).await {
            Err(Error::NotFound) => return refused(SeasonRefusal::UnknownContest(contest.clone())),
            roles => roles?,
        };
        if !actor.administrator && !roles.contains(&Role::Organizer) {
            return refused(SeasonRefusal::NotOrganizerThere { contest: contest.clone() });
        }
        let receipt = {
            // Two who bind at once could close a circle between them.
            let _one = self.0.binding.lock().await;
            if let Some(path) = circle(&self.bindings().await?, season, contest) {
                return refused(SeasonRefusal::Circle { path });
            }
            let act = Act::Bind { source: source.clone(), contest: contest.clone() };
            self.act(season, actor, Command::Season(act)).await?
        };
        self.wait_for(season, receipt.version).await?;
        // It is bound; that it says nothing yet stands on the page.
        if let Err(error) = self.report_source(season, source).await {
            tracing::warn!(%season, %source, %error, "a source cannot be reported yet; trying again");
        }
        Ok(receipt)
    }

    pub async fn release_source(&self, season: &ContestId, actor: &Actor, source: &Id) -> Result<Receipt> {
        self.act(season, actor, Command::Season(Act::Release { source: source.clone() })).await
    }

    /// 评定星级, at the end of a period.
    pub async fn decide_stars(&self, season: &ContestId, actor: &Actor, period: &Id) -> Result<Receipt> {
        self.act(season, actor, Command::Season(Act::DecideStars { period: period.clone() })).await
    }

    /// The sources of a season with what they say at this moment.
    pub async fn season_sources(&self, season: &ContestId) -> Result<Vec<SourceSeen>> {
        let mut seen = Vec::new();
        for line in self.read(season, season::sources).await? {
            let Some(binding) = &line.binding else {
                seen.push(SourceSeen { line, title: None, now: None });
                continue;
            };
            let title = self.contest(&binding.contest).await.ok().map(|contest| contest.title);
            let now = match self.public_of(&binding.contest, &line.source.reads).await {
                Ok(Ok((public, _))) => Ok(public.sequence),
                Ok(Err(why)) => Err(Silent::NotPublic(why)),
                Err(_) => Err(Silent::Unreadable),
            };
            seen.push(SourceSeen { line, title, now: Some(now) });
        }
        Ok(seen)
    }

    /// Every source of every season: which contest it is.
    pub async fn bindings(&self) -> Result<BTreeMap<ContestId, BTreeMap<Id, ContestId>>> {
        let mut bindings: BTreeMap<ContestId, BTreeMap<Id, ContestId>> = BTreeMap::new();
        for (season, line) in self.store().source_lines().await? {
            let sources = bindings.entry(season).or_default();
            match lines::read(&line).map(|bound| bound.entry.entry) {
                Some(Entry::Season(SeasonEntry::SourceBound { source, contest, .. })) => {
                    sources.insert(source, contest);
                }
                Some(Entry::Season(SeasonEntry::SourceReleased { source, .. })) => {
                    sources.remove(&source);
                }
                // The contest itself stops when it is folded.
                _ => {}
            }
        }
        bindings.retain(|_, sources| !sources.is_empty());
        Ok(bindings)
    }

    /// Reports a source if it has something new and the last report is a minute old, or its phase is another.
    pub async fn report_source(&self, season: &ContestId, source: &Id) -> Result<Told> {
        let look = |state: &_| {
            let line = season::sources(state).into_iter().find(|line| line.source.id == *source);
            (line, view::heading(state).phase)
        };
        let (line, own_phase) = self.read(season, look).await?;
        let Some((line, binding)) = line.and_then(|line| Some((line.clone(), line.binding?))) else {
            return Ok(Told::Over);
        };
        if own_phase >= Phase::Sealed {
            return Ok(Told::Over);
        }
        let (public, root) = match self.public_of(&binding.contest, &line.source.reads).await? {
            Ok(found) => found,
            Err(why) => return Ok(Told::NotPublic(why)),
        };
        let rows = self.matched(season, &binding.contest, &public.rows).await?;
        let Public { epoch, sequence, phase, best, .. } = public;
        if let Some(last) = &line.report {
            let known = last.rows.iter().map(|(entrant, (key, raw))| ReportedRow {
                entrant: entrant.clone(),
                key: key.clone(),
                raw: *raw,
            });
            if last.phase == phase && last.best == best && known.eq(rows.iter().cloned()) {
                return Ok(Told::Unchanged);
            }
            if last.phase == phase && self.now().0 < last.at.0 + REPORT_EVERY_MS {
                return Ok(Told::Later);
            }
        }
        let contest = binding.contest;
        let report = SourceReport { source: source.clone(), contest, epoch, sequence, root, phase, best, rows };
        let nobody = Actor { person: PersonId::new(""), administrator: false, entrant: None };
        match self.act(season, &nobody, Command::Season(Act::Report(report))).await {
            Ok(receipt) => self.wait_for(season, receipt.version).await.map(|()| Told::Reported),
            // Another program was faster, or it was released in this moment.
            Err(Error::Refused(Refusal::NothingToDo)) => Ok(Told::Unchanged),
            Err(Error::Refused(_)) => Ok(Told::Over),
            Err(error) => Err(error),
        }
    }

    /// What a source shows its public, with the root over its leaves up to there.
    async fn public_of(
        &self,
        contest: &ContestId,
        reads: &season::rules::Reads,
    ) -> Result<std::result::Result<(Public, Digest), NotPublic>> {
        let follower = self.follower(contest).await?;
        let (reads, now) = (reads.clone(), self.now());
        let busy = Error::Busy { retry_ms: super::room::RETRY_MS };
        let look = move || {
            let public = follower.read(|state| season::public(state, &reads, now))?;
            let root = follower.root(public.sequence);
            Ok((public, Digest(leaf::hex(&root))))
        };
        tokio::task::spawn_blocking(look).await.map_err(|_| busy)
    }

    /// Which of the season's entrants the rows are about.
    async fn matched(&self, season: &ContestId, source: &ContestId, rows: &[PublicRow]) -> Result<Vec<ReportedRow>> {
        let look = |state: &_| (season::rules_of(state).map(|rules| rules.matching), season::by_unit(state));
        let (matching, units) = self.read(season, look).await?;
        if matching.unwrap_or_default() == Matching::Unit {
            let of = |row: &PublicRow| row.unit.as_ref().and_then(|unit| units.get(unit)).cloned().unwrap_or_default();
            return Ok(season::matched(rows, of));
        }
        let mut own: HashMap<String, Vec<EntrantId>> = HashMap::new();
        for name in self.entrant_names(season).await? {
            if let Some(number) = name.number {
                own.entry(number).or_default().push(name.entrant);
            }
        }
        let names = self.entrant_names(source).await?;
        let numbers: HashMap<EntrantId, String> =
            names.into_iter().filter_map(|name| Some((name.entrant, name.number?))).collect();
        let of = |row: &PublicRow| {
            let number = row.entrant.as_ref().and_then(|entrant| numbers.get(entrant));
            number.and_then(|number| own.get(number)).cloned().unwrap_or_default()
        };
        Ok(season::matched(rows, of))
    }

    /// Looks once at every source that has moved since; gives what was left over to the next look.
    async fn report_all(&self, seen: &mut HashMap<(ContestId, Id), Seen>) -> Result<()> {
        let bindings = self.bindings().await?;
        if bindings.is_empty() {
            seen.clear();
            return Ok(());
        }
        let sources = bindings.values().flat_map(BTreeMap::values);
        let ids: BTreeSet<ContestId> = bindings.keys().chain(sources).cloned().collect();
        let ids: Vec<ContestId> = ids.into_iter().collect();
        let heads: HashMap<ContestId, Head> = self.store().heads(&ids).await?.into_iter().collect();
        for (season, sources) in &bindings {
            for (source, contest) in sources {
                let (Some(own), Some(theirs)) = (heads.get(season), heads.get(contest)) else { continue };
                let key = (season.clone(), source.clone());
                let still = seen.get(&key).is_some_and(|seen| {
                    let waits = seen.deadline.is_none_or(|deadline| self.now() < deadline);
                    (seen.source, seen.season) == (*theirs, *own) && waits
                });
                if still {
                    continue;
                }
                // As far as this program has come; what others wrote meanwhile is seen at the next look.
                let known = async |id| Ok::<_, Error>(self.follower(id).await?.head());
                let (Ok(theirs), Ok(own)) = (known(contest).await, known(season).await) else { continue };
                match self.report_source(season, source).await {
                    // The report itself moves the season, which is looked at once more.
                    Ok(Told::Later | Told::Reported) => {}
                    Ok(Told::Unchanged | Told::NotPublic(_) | Told::Over) => {
                        let now = self.now();
                        let deadline = self.read(contest, |state| ladder::next_deadline(state, now)).await?;
                        seen.insert(key, Seen { source: theirs, season: own, deadline });
                    }
                    Err(Error::Store(crate::store::Error::Closed)) => return Ok(()),
                    Err(error) => {
                        tracing::warn!(%season, %source, %error, "a source cannot be reported; trying again");
                    }
                }
            }
        }
        Ok(())
    }
}

/// From `season` over `contest` and its sources back to `season`, if there is such a way.
fn circle(
    bindings: &BTreeMap<ContestId, BTreeMap<Id, ContestId>>,
    season: &ContestId,
    contest: &ContestId,
) -> Option<Vec<ContestId>> {
    let mut ways = vec![vec![season.clone(), contest.clone()]];
    let mut been = BTreeSet::new();
    while let Some(way) = ways.pop() {
        let end = way.last()?;
        if end == season {
            return Some(way);
        }
        if !been.insert(end.clone()) {
            continue;
        }
        for next in bindings.get(end).into_iter().flat_map(BTreeMap::values) {
            ways.push(way.iter().chain([next]).cloned().collect());
        }
    }
    None
}

/// Lives as long as the app.
pub(super) async fn keep(app: Weak<Inner>) {
    let mut seen = HashMap::new();
    loop {
        sleep(LOOK_EVERY).await;
        let Some(app) = app.upgrade() else { break };
        match App(app).report_all(&mut seen).await {
            Err(Error::Store(crate::store::Error::Closed)) => break,
            Err(error) => tracing::warn!(%error, "sources of seasons cannot be looked at; trying again"),
            Ok(()) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_told_with_its_way() {
        let id = |text: &str| ContestId::new(text);
        let sources = |of: &[&str]| of.iter().map(|to| (Id::new(*to), id(to))).collect::<BTreeMap<Id, ContestId>>();
        let bindings = BTreeMap::from([
            (id("group"), sources(&["company-1", "company-2"])),
            (id("company-1"), sources(&["quiz"])),
            (id("company-2"), sources(&["quiz", "skills"])),
        ]);
        assert_eq!(circle(&bindings, &id("group"), &id("quiz")), None);
        assert_eq!(circle(&bindings, &id("quiz"), &id("quiz")), Some(vec![id("quiz"), id("quiz")]));
        let way = circle(&bindings, &id("skills"), &id("group")).unwrap();
        assert_eq!(way, ["skills", "group", "company-2", "skills"].map(id));
        assert_eq!(circle(&bindings, &id("skills"), &id("company-1")), None);
    }
}
