//! In a season: bindings, reports of sources, stars.

use super::Case;
use crate::rules::{
    command::Refusal,
    ledger::{
        Entry,
        entry::Digest,
        season::{ReportedRow, SeasonEntry, SourceReport},
    },
    names::{ContestId, Id, PersonId},
    season::{self, Act, Rules, SeasonRefusal as No},
    state::Side,
};

type Decided = Result<Vec<Entry>, Refusal>;

fn refuse<T>(refusal: No) -> Result<T, Refusal> {
    Err(Refusal::Season(refusal))
}

#[expect(clippy::unnecessary_wraps, reason = "every decision ends with it")]
fn one(entry: SeasonEntry) -> Decided {
    Ok(vec![Entry::Season(entry)])
}

impl Case<'_> {
    pub(super) fn on_season(&self, act: &Act) -> Decided {
        match act {
            Act::Bind { source, contest, reason, second } => {
                self.bind(source, contest, reason.as_ref(), second.as_ref())
            }
            Act::Release { source, reason, second } => self.release_source(source, reason.as_ref(), second.as_ref()),
            Act::Report(report) => self.report_source(report),
            Act::DecideStars { period, reason } => self.decide_stars(period, reason.as_ref()),
        }
    }

    fn season_rules(&self) -> Result<&Rules, Refusal> {
        Ok(&self.rules()?.definition.season)
    }

    fn known_source(&self, id: &Id) -> Result<(), Refusal> {
        match self.season_rules()?.source(id) {
            Some(_) => Ok(()),
            None => refuse(No::UnknownSource(id.clone())),
        }
    }

    /// Points that were reported leave the board with a reason and by two people, as they would with a definition.
    fn after_reports(&self, source: &Id, reason: Option<&Digest>, second: Option<&PersonId>) -> Result<(), Refusal> {
        if self.state.season.reports.contains_key(source) {
            if reason.is_none() {
                return Err(Refusal::ReasonMissing);
            }
            if second.is_none() {
                return Err(Refusal::NeedsSecondPerson);
            }
        }
        second.map_or(Ok(()), |second| self.second(second))
    }

    fn bind(&self, source: &Id, contest: &ContestId, reason: Option<&Digest>, second: Option<&PersonId>) -> Decided {
        self.organizer()?;
        self.before_sealing()?;
        self.known_source(source)?;
        if self.state.season.bindings.get(source).is_some_and(|binding| binding.contest == *contest) {
            return refuse(No::AlreadyBound { source: source.clone(), contest: contest.clone() });
        }
        self.after_reports(source, reason, second)?;
        one(SeasonEntry::SourceBound {
            source: source.clone(),
            contest: contest.clone(),
            by: self.by(),
            reason: reason.cloned(),
            second: second.cloned(),
        })
    }

    fn release_source(&self, source: &Id, reason: Option<&Digest>, second: Option<&PersonId>) -> Decided {
        self.organizer()?;
        self.before_sealing()?;
        if !self.state.season.bindings.contains_key(source) {
            return refuse(No::NotBound(source.clone()));
        }
        self.after_reports(source, reason, second)?;
        one(self.released(source.clone(), reason, second))
    }

    pub(super) fn released(&self, source: Id, reason: Option<&Digest>, second: Option<&PersonId>) -> SeasonEntry {
        SeasonEntry::SourceReleased { source, by: self.by(), reason: reason.cloned(), second: second.cloned() }
    }

    /// Whatever is bound has spoken: nothing can be reported after the seal.
    pub(super) fn sources_reported(&self) -> Result<(), Refusal> {
        let season = &self.state.season;
        let mut bound = self.season_rules()?.sources.iter().filter(|source| season.bindings.contains_key(&source.id));
        match bound.find(|source| !season.reports.contains_key(&source.id)) {
            Some(silent) => refuse(No::NeverReported(silent.id.clone())),
            None => Ok(()),
        }
    }

    /// The same again, and what changes nothing, is not written: a report can be sent as often as one likes.
    fn report_source(&self, report: &SourceReport) -> Decided {
        // No person reports; what sources say cannot be typed in.
        if !self.actor.person.as_str().is_empty() {
            return refuse(No::OnlySources);
        }
        self.before_sealing()?;
        let source = &report.source;
        self.known_source(source)?;
        if self.state.season.bindings.get(source).is_none_or(|binding| binding.contest != report.contest) {
            return refuse(No::NotBound(source.clone()));
        }
        let known = |row: &ReportedRow| self.state.entrant(&row.entrant).is_some();
        let rows = report.rows.iter().filter(|row| known(row)).cloned().collect();
        let report = SourceReport { rows, ..report.clone() };
        if self.is_reported(&report) {
            return Err(Refusal::NothingToDo);
        }
        one(SeasonEntry::SourceReported(report))
    }

    /// Whether the newest report says this, or is of a later moment.
    fn is_reported(&self, report: &SourceReport) -> bool {
        let Some(newest) = self.state.season.reports.get(&report.source) else { return false };
        if (newest.epoch, newest.sequence) > (report.epoch, report.sequence) {
            return true;
        }
        let known = |row: &ReportedRow| {
            let found = newest.rows.get(&row.entrant);
            found.is_some_and(|found| found.key == row.key && found.raw == row.raw && found.best == row.best)
        };
        let same = report.rows.len() == newest.rows.len() && report.rows.iter().all(known);
        same && newest.best == report.best && newest.phase == report.phase
    }

    /// By what everybody may see, after the period's last day.
    fn decide_stars(&self, period: &Id, reason: Option<&Digest>) -> Decided {
        self.organizer()?;
        self.before_sealing()?;
        let Some(stars) = &self.season_rules()?.stars else { return refuse(No::NoStars) };
        let definition = &self.rules()?.definition;
        let Some(of) = definition.indicators.period(period) else {
            return refuse(No::UnknownPeriod(period.clone()));
        };
        let newest = self.state.season.stars.last().is_some_and(|round| round.period == *period);
        match season::next_period(self.state) {
            _ if newest && reason.is_some() => {}
            Some(next) if next == *period => {}
            Some(next) if !self.state.season.stars.iter().any(|round| round.period == *period) => {
                return refuse(No::PeriodsInOrder { next });
            }
            _ => return refuse(No::PeriodDecided(period.clone())),
        }
        if self.now < season::over(&definition.timezone, of.to) {
            return refuse(No::PeriodRuns { period: period.clone(), last: of.to });
        }
        let totals = season::totals(self.state, Side::Public);
        let before = |entrant: &_| self.state.season.star_but_of(period, entrant).cloned();
        let rows = season::decided(stars, &totals, before);
        let reason = reason.filter(|_| newest).cloned();
        one(SeasonEntry::StarsDecided { period: period.clone(), rows, by: self.by(), reason })
    }
}
