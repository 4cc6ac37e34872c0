//! Seasons: which contest a source is, and reporting what its public board shows into the season's own ledger.
//!
//! A task looks every few seconds which sources have moved, whoever wrote there, and reports at most once a minute and
//! at each phase. Reports are decided like anything else, and the same again changes nothing, so that several programs
//! on one database may all do it. Folding and scoring a source happen beside its room, never in it.

mod binding;
mod shown;
mod watch;

use std::{
    collections::{BTreeSet, HashMap},
    future::Future,
    pin::Pin,
};

pub use binding::Agreed;
pub use shown::{Points, Stars};
pub(super) use watch::keep;

use super::{Actor, App, Ask, Error, Receipt, Result};
use crate::{
    rules::{
        command::{Command, Refusal},
        ledger::{
            entry::{Digest, Phase, Role},
            leaf,
            season::{ReportedRow, SourceReport},
        },
        names::{ContestId, EntrantId, Id, PersonId},
        season::{
            self, Act, NotPublic, Public, PublicRow, SeasonRefusal, SourceLine,
            rules::{Matching, Source},
        },
        view::{self, Audience},
    },
    store::Beside,
};

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

type Before<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

impl App {
    /// 评定星级, at the end of a period, by what the sources show now.
    pub async fn decide_stars(&self, season: &ContestId, actor: &Actor, period: &Id) -> Result<Receipt> {
        self.decide_stars_again(season, actor, period, "").await
    }

    /// Also of the newest round once more, for a `reason`.
    pub async fn decide_stars_again(
        &self,
        season: &ContestId,
        actor: &Actor,
        period: &Id,
        reason: &str,
    ) -> Result<Receipt> {
        let (reason, note) = self.perhaps_note(reason)?;
        self.report_at_once(season, actor).await?;
        let act = Act::DecideStars { period: period.clone(), reason };
        let ask = Ask::new(actor.clone(), Command::Season(act));
        self.ask(season, note.into_iter().fold(ask, Ask::with)).await
    }

    fn perhaps_note(&self, reason: &str) -> Result<(Option<Digest>, Option<Beside>)> {
        Ok(if reason.trim().is_empty() { None } else { Some(self.note(reason)?) }.unzip())
    }

    /// The sources of a season with what they say at this moment.
    pub async fn season_sources(&self, season: &ContestId) -> Result<Vec<SourceSeen>> {
        let mut seen = Vec::new();
        for line in self.read(season, |state| season::sources(state, &Audience::Staff)).await? {
            let Some(binding) = &line.binding else {
                seen.push(SourceSeen { line, title: None, now: None });
                continue;
            };
            let title = self.contest(&binding.contest).await.ok().map(|contest| contest.title);
            let now = match self.public_of(&binding.contest, &line.source).await {
                Ok(Ok((public, _))) => Ok(public.sequence),
                Ok(Err(why)) => Err(Silent::NotPublic(why)),
                Err(_) => Err(Silent::Unreadable),
            };
            seen.push(SourceSeen { line, title, now: Some(now) });
        }
        Ok(seen)
    }

    /// Reports a source if it has something new and the last report is a minute old, or its phase is another.
    pub async fn report_source(&self, season: &ContestId, source: &Id) -> Result<Told> {
        self.look_at(season, source, REPORT_EVERY_MS).await
    }

    /// Reports every source, however young the last report: before what cannot be taken back.
    /// [`SeasonRefusal::Unreadable`] names a source that cannot be looked at. Whoever may not do that makes no
    /// reports: they are refused where it is decided.
    async fn report_at_once(&self, season: &ContestId, actor: &Actor) -> Result<()> {
        let bound = |line: SourceLine| line.binding.map(|_| line.source.id);
        let look = |state: &_| {
            if !actor.administrator && !view::roles(state, &actor.person).contains(&Role::Organizer) {
                return Vec::new();
            }
            season::sources(state, &Audience::Staff).into_iter().filter_map(bound).collect()
        };
        let sources: Vec<Id> = self.read(season, look).await?;
        for source in sources {
            if let Err(error) = self.look_at(season, &source, 0).await {
                tracing::warn!(%season, %source, %error, "a source cannot be reported");
                return Err(Error::Refused(Refusal::Season(SeasonRefusal::Unreadable(source))));
            }
        }
        Ok(())
    }

    /// As `report_at_once`; boxed, because what it reports is asked as the seal itself is.
    pub(super) fn before_sealing<'a>(&'a self, contest: &'a ContestId, actor: &'a Actor) -> Before<'a> {
        Box::pin(self.report_at_once(contest, actor))
    }

    async fn look_at(&self, season: &ContestId, source: &Id, every_ms: i64) -> Result<Told> {
        let look = |state: &_| {
            let sources = season::sources(state, &Audience::Staff);
            let line = sources.into_iter().find(|line| line.source.id == *source);
            (line, view::heading(state).phase)
        };
        let (line, own_phase) = self.read(season, look).await?;
        let Some((line, binding)) = line.and_then(|line| Some((line.clone(), line.binding?))) else {
            return Ok(Told::Over);
        };
        if own_phase >= Phase::Sealed {
            return Ok(Told::Over);
        }
        let (public, root) = match self.public_of(&binding.contest, &line.source).await? {
            Ok(found) => found,
            Err(why) => return Ok(Told::NotPublic(why)),
        };
        let rows = self.matched(season, &binding.contest, &line.source, &public).await?;
        let Public { epoch, sequence, phase, best, .. } = public;
        if let Some(last) = &line.report {
            let known = last.rows.iter().map(|(entrant, found)| ReportedRow {
                entrant: entrant.clone(),
                key: found.key.clone(),
                raw: found.raw,
                best: found.best,
            });
            if last.phase == phase && last.best == best && known.eq(rows.iter().cloned()) {
                return Ok(Told::Unchanged);
            }
            // Without a limit the clock is not asked: another program's may be ahead.
            if last.phase == phase && every_ms > 0 && self.now().0 < last.at.0 + every_ms {
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
        source: &Source,
    ) -> Result<std::result::Result<(Public, Digest), NotPublic>> {
        let follower = self.follower(contest).await?;
        let (source, now) = (source.clone(), self.now());
        let busy = Error::Busy { retry_ms: super::room::RETRY_MS };
        let look = move || {
            let public = follower.read(|state| season::public(state, &source, now))?;
            let root = follower.root(public.sequence);
            Ok((public, Digest(leaf::hex(&root))))
        };
        tokio::task::spawn_blocking(look).await.map_err(|_| busy)
    }

    /// Which of the season's entrants the rows are about.
    async fn matched(
        &self,
        season: &ContestId,
        contest: &ContestId,
        source: &Source,
        public: &Public,
    ) -> Result<Vec<ReportedRow>> {
        let look = |state: &_| (season::rules_of(state).map(|rules| rules.matching), season::by_unit(state));
        let (matching, units) = self.read(season, look).await?;
        if matching.unwrap_or_default() == Matching::Unit {
            let of = |row: &PublicRow| row.unit.as_ref().and_then(|unit| units.get(unit)).cloned().unwrap_or_default();
            return Ok(season::matched(public, source, of));
        }
        let mut own: HashMap<String, Vec<EntrantId>> = HashMap::new();
        for name in self.entrant_names(season).await? {
            if let Some(number) = name.number {
                own.entry(number).or_default().push(name.entrant);
            }
        }
        let names = self.entrant_names(contest).await?;
        let numbers: HashMap<EntrantId, String> =
            names.into_iter().filter_map(|name| Some((name.entrant, name.number?))).collect();
        let of = |row: &PublicRow| {
            let known = row.entrants.iter().filter_map(|entrant| own.get(numbers.get(entrant)?)).flatten();
            known.cloned().collect::<BTreeSet<_>>().into_iter().collect()
        };
        Ok(season::matched(public, source, of))
    }
}
