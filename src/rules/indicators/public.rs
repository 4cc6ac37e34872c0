//! What the public sees of a labor competition: periods as they were published, and who holds which honour.

use jiff::civil::Date;

use super::{
    honours::{Held, held},
    rules::{Honour, Indicator, Period, Rules},
    state::{PeriodStage, Progress},
    units::{ChangeRecord, UnitChange},
};
use crate::rules::{
    ledger::{Instant, entry::Digest, indicator::PublishedRow},
    names::{EntrantId, Id},
    state::State,
    view::{Audience, Shows, shows},
};

#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// `Nothing`: there are no periods in it.
    pub shows: Shows,
    pub frozen_since: Option<Instant>,
    /// In the order of time; only those that were published.
    pub periods: Vec<PublishedPeriod>,
    /// In the order of the periods, then of the definition.
    pub held: Vec<Held>,
    pub honours: Vec<Honour>,
    pub indicators: Vec<Indicator>,
    /// Of units, in force, as far as a period that they touch is published.
    pub changes: Vec<ChangeRecord>,
    /// Whoever got another name: from which day on, and what it was before.
    pub renamed: Vec<(EntrantId, Date, Digest)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PublishedPeriod {
    pub period: Period,
    /// Group by group, each in the order of its ranks.
    pub rows: Vec<PublishedRow>,
    /// For the first time.
    pub at: Instant,
    /// When it was published again, after a revision or a veto.
    pub again: Vec<Instant>,
    /// Indicators whose points may still move: figures are missing that they are compared with.
    pub provisional: Vec<Id>,
}

/// `None` where the contest has no indicators.
pub fn published(state: &State, audience: &Audience) -> Option<Published> {
    let definition = &state.rules()?.definition;
    let rules = &definition.indicators;
    if rules.is_empty() {
        return None;
    }
    let shows = shows(state, definition, audience);
    let frozen_since = state.frozen.as_ref().map(|frozen| frozen.since).filter(|_| *audience != Audience::Staff);
    let periods = if shows == Shows::Nothing { Vec::new() } else { periods(state, rules, frozen_since) };
    Some(Published {
        shows,
        frozen_since,
        held: held(rules, &periods),
        changes: changes(state, &periods),
        renamed: renamed(state),
        periods,
        honours: rules.honours.clone(),
        indicators: rules.indicators.clone(),
    })
}

/// As of a freeze: what came later is not known yet.
pub(super) fn periods(state: &State, rules: &Rules, until: Option<Instant>) -> Vec<PublishedPeriod> {
    let one = |period: &Period| {
        let progress = state.labor.progress(&period.id)?;
        let times = times(progress).filter(|at| until.is_none_or(|until| *at <= until));
        let times: Vec<Instant> = times.collect();
        let (first, again) = times.split_first()?;
        let rows = progress.published.get(again.len())?.clone();
        let provisional = progress.bases.get(again.len())?.provisional(rules, &period.id, &rows);
        Some(PublishedPeriod { period: period.clone(), rows, at: *first, again: again.to_vec(), provisional })
    };
    rules.periods.iter().filter_map(one).collect()
}

fn in_force(state: &State) -> impl Iterator<Item = &ChangeRecord> {
    state.labor.changes.iter().filter(|known| known.revoked.is_none())
}

/// What is decided of periods to come is not told before one of them is published.
fn changes(state: &State, periods: &[PublishedPeriod]) -> Vec<ChangeRecord> {
    let shown = |known: &&ChangeRecord| periods.iter().any(|one| one.period.to >= known.from);
    in_force(state).filter(shown).cloned().collect()
}

fn renamed(state: &State) -> Vec<(EntrantId, Date, Digest)> {
    let one = |known: &ChangeRecord| match &known.what {
        UnitChange::Renamed { unit, was, .. } => Some((unit.clone(), known.from, was.clone())),
        UnitChange::Merged { .. } | UnitChange::Split { .. } => None,
    };
    in_force(state).filter_map(one).collect()
}

fn times(progress: &Progress) -> impl Iterator<Item = Instant> {
    progress.steps.iter().filter(|(stage, ..)| *stage == PeriodStage::Published).map(|(.., at)| *at)
}

impl Published {
    pub fn period(&self, id: &Id) -> Option<&PublishedPeriod> {
        self.periods.iter().find(|one| one.period.id == *id)
    }

    /// The text of what a unit was called in a period, where it has another name since.
    pub fn called_in(&self, entrant: &EntrantId, period: &Period) -> Option<&Digest> {
        let later = self.renamed.iter().filter(|(unit, from, _)| unit == entrant && *from > period.to);
        later.min_by_key(|(_, from, _)| *from).map(|(.., was)| was)
    }

    /// The honours of a period.
    pub fn held_in(&self, period: &Id) -> impl Iterator<Item = (&Honour, &Held)> {
        let of = self.held.iter().filter(move |held| held.period == *period);
        of.filter_map(|held| Some((self.honours.iter().find(|honour| honour.id == held.honour)?, held)))
    }

    /// Groups in the order in which they first come.
    pub fn groups(&self) -> Vec<Option<&Id>> {
        let mut groups: Vec<Option<&Id>> = Vec::new();
        for row in self.periods.iter().flat_map(|period| &period.rows) {
            if !groups.contains(&row.group.as_ref()) {
                groups.push(row.group.as_ref());
            }
        }
        groups
    }

    /// Indicators that are judged of a group in a period.
    pub fn judged<'p>(&'p self, period: &'p Id, group: Option<&'p Id>) -> impl Iterator<Item = &'p Indicator> {
        self.indicators.iter().filter(move |one| one.is_judged(period, group))
    }
}

impl PublishedPeriod {
    pub fn row(&self, entrant: &EntrantId) -> Option<&PublishedRow> {
        self.rows.iter().find(|row| row.entrant == *entrant)
    }

    pub fn of<'p>(&'p self, group: Option<&'p Id>) -> impl Iterator<Item = &'p PublishedRow> {
        self.rows.iter().filter(move |row| row.group.as_ref() == group)
    }
}
