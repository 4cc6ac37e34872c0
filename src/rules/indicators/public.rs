//! What the public sees of a labor competition: periods as they were published, and who holds which honour.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{
    behind::Basis,
    honours::{Held, held},
    rules::{Honour, Indicator, Period, Rules},
    state::{PeriodStage, Progress},
    units::{ChangeRecord, UnitChange},
    veto::{Scope, Severity, Veto},
};
use crate::rules::{
    ledger::{
        Instant,
        entry::Digest,
        indicator::{Document, PublishedRow},
    },
    names::{EntrantId, Id, VetoId},
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
    /// Over these periods, as it was published last.
    pub overall: Vec<PublishedRow>,
    /// What took points in them.
    pub vetoes: Vec<PublishedVeto>,
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
    /// Units of which a veto took points or the rank.
    pub vetoed: BTreeSet<EntrantId>,
}

/// A veto that counted in something published.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishedVeto {
    pub what: Veto,
    pub document: Document,
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
        overall: newest(state, rules, frozen_since).map(|basis| basis.overall.clone()).unwrap_or_default(),
        vetoes: vetoes(state, rules, frozen_since),
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
        let basis = progress.bases.get(again.len())?;
        let provisional = basis.provisional(rules, &period.id, &rows);
        let reaches = basis.vetoes.values().filter(|veto| veto.severity > Severity::Noted);
        let reaches = reaches.filter(|veto| veto.scope == Scope::Contest || veto.scope.period() == Some(&period.id));
        let vetoed = reaches.map(|veto| veto.entrant.clone()).collect();
        Some(PublishedPeriod { period: period.clone(), rows, at: *first, again: again.to_vec(), provisional, vetoed })
    };
    rules.periods.iter().filter_map(one).collect()
}

/// Each period that was published by then, with what its last publication was made of and when that was.
fn bases<'s>(
    state: &'s State,
    rules: &'s Rules,
    until: Option<Instant>,
) -> impl Iterator<Item = (Instant, &'s Id, &'s Basis)> {
    rules.periods.iter().filter_map(move |period| {
        let progress = state.labor.progress(&period.id)?;
        let (at, last) = times(progress).take_while(|at| until.is_none_or(|until| *at <= until)).zip(0..).last()?;
        Some((at, &period.id, progress.bases.get::<usize>(last)?))
    })
}

fn newest<'s>(state: &'s State, rules: &'s Rules, until: Option<Instant>) -> Option<&'s Basis> {
    bases(state, rules, until).max_by_key(|(at, ..)| *at).map(|(.., basis)| basis)
}

/// Those that counted over the periods, and those that counted in one of them.
fn vetoes(state: &State, rules: &Rules, until: Option<Instant>) -> Vec<PublishedVeto> {
    let over = over(state, rules, until).map(|(id, _)| id);
    let once = bases(state, rules, until).flat_map(|(_, period, basis)| {
        let own = basis.vetoes.iter().filter(move |(_, veto)| veto.scope.period() == Some(period));
        own.filter(|(_, veto)| veto.severity > Severity::Noted).map(|(id, _)| id)
    });
    let all: BTreeSet<&VetoId> = over.chain(once).collect();
    let known = |id| state.labor.vetoes.get(id).map(|known| (known.what.clone(), known.document.clone()));
    all.into_iter().filter_map(known).map(|(what, document)| PublishedVeto { what, document }).collect()
}

/// Vetoes that moved the table over the periods, as it was published last.
fn over<'s>(
    state: &'s State,
    rules: &'s Rules,
    until: Option<Instant>,
) -> impl Iterator<Item = (&'s VetoId, &'s Veto)> {
    let published: BTreeSet<&Id> = bases(state, rules, until).map(|(_, period, _)| period).collect();
    let all = newest(state, rules, until).into_iter().flat_map(|basis| &basis.vetoes);
    all.filter(move |(_, veto)| {
        let counts = veto.scope == Scope::Contest || veto.scope.period().is_some_and(|one| published.contains(one));
        counts && veto.severity > Severity::Noted
    })
}

/// Units of whose points over the periods a veto took some, as they were published last.
pub(in crate::rules) fn vetoed(state: &State, rules: &Rules) -> BTreeSet<EntrantId> {
    over(state, rules, None).map(|(_, veto)| veto.entrant.clone()).collect()
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
