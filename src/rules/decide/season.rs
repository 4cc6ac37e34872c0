//! In a season: bindings, reports of sources, stars.

use super::Case;
use crate::rules::{
    command::Refusal,
    ledger::{
        Entry,
        season::{ReportedRow, SeasonEntry, SourceReport},
    },
    names::{ContestId, Id},
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
            Act::Bind { source, contest } => self.bind(source, contest),
            Act::Release { source } => self.release_source(source),
            Act::Report(report) => self.report_source(report),
            Act::DecideStars { period } => self.decide_stars(period),
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

    fn bind(&self, source: &Id, contest: &ContestId) -> Decided {
        self.organizer()?;
        self.before_sealing()?;
        self.known_source(source)?;
        if self.state.season.bindings.get(source).is_some_and(|binding| binding.contest == *contest) {
            return refuse(No::AlreadyBound { source: source.clone(), contest: contest.clone() });
        }
        one(SeasonEntry::SourceBound { source: source.clone(), contest: contest.clone(), by: self.by() })
    }

    fn release_source(&self, source: &Id) -> Decided {
        self.organizer()?;
        self.before_sealing()?;
        if !self.state.season.bindings.contains_key(source) {
            return refuse(No::NotBound(source.clone()));
        }
        one(SeasonEntry::SourceReleased { source: source.clone(), by: self.by() })
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
            newest.rows.get(&row.entrant).is_some_and(|(key, raw)| *key == row.key && *raw == row.raw)
        };
        let same = report.rows.len() == newest.rows.len() && report.rows.iter().all(known);
        same && newest.best == report.best && newest.phase == report.phase
    }

    fn decide_stars(&self, period: &Id) -> Decided {
        self.organizer()?;
        self.before_sealing()?;
        let Some(stars) = &self.season_rules()?.stars else { return refuse(No::NoStars) };
        if self.rules()?.definition.indicators.period(period).is_none() {
            return refuse(No::UnknownPeriod(period.clone()));
        }
        match season::next_period(self.state) {
            Some(next) if next == *period => {}
            Some(next) if !self.state.season.stars.iter().any(|round| round.period == *period) => {
                return refuse(No::PeriodsInOrder { next });
            }
            _ => return refuse(No::PeriodDecided(period.clone())),
        }
        let totals = season::totals(self.state, Side::Staff);
        let rows = season::decided(stars, &totals, |entrant| self.state.season.star(entrant).cloned());
        one(SeasonEntry::StarsDecided { period: period.clone(), rows, by: self.by() })
    }
}
