//! What people see of a season beside its board: its sources, where an entrant's points come from, stars.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    rules::{Rules, Source, Star, Stars},
    state::{Binding, Report, StarRound},
    table::{Line, lines},
};
use crate::rules::{
    decimal::add,
    definition::Definition,
    ledger::{entry::Phase, season::StarRow},
    names::{EntrantId, Id},
    result::{TableKey, Who},
    state::{Side, State},
    view::{Audience, Shows, facing},
};

/// A source with what stands for it.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceLine {
    pub source: Source,
    pub binding: Option<Binding>,
    pub report: Option<Report>,
}

/// Where an entrant's points come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Trail {
    pub entrant: EntrantId,
    pub lines: Vec<TrailLine>,
    /// Of all lines; `None` where one has no points and nobody is ranked without it.
    pub total: Option<Decimal>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TrailLine {
    pub title: String,
    pub source: Source,
    pub line: Line,
    /// The report that it was computed from; the key names the row in the source's addresses.
    pub report: Option<Report>,
    pub key: Option<String>,
}

/// One entrant's stars.
#[derive(Clone, Debug, PartialEq)]
pub struct StarLine {
    pub entrant: EntrantId,
    pub level: u32,
    /// The newest first, with the period.
    pub rounds: Vec<(Id, StarRow)>,
    /// The total now.
    pub total: Option<Decimal>,
    /// What is held against the thresholds, if the period ended now.
    pub score: Option<Decimal>,
    pub next: Option<NextStar>,
    /// The own star's threshold, when it is not reached now.
    pub short_of_own: Option<Decimal>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct NextStar {
    pub star: Star,
    /// 0 when it is reached; `None` without a total.
    pub missing: Option<Decimal>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct StarPage {
    pub rules: Stars,
    pub rounds: Vec<StarRound>,
    /// The period that is decided next; `None`: all are.
    pub next: Option<Id>,
    /// The highest first, then by score, then by id.
    pub lines: Vec<StarLine>,
}

/// `None`: the contest is no season.
pub fn rules_of(state: &State) -> Option<&Rules> {
    state.rules().map(|rules| &rules.definition.season).filter(|season| !season.is_empty())
}

/// In the order of the definition. Empty where this audience may not see the season now: when a source last spoke would
/// tell what moves behind a freeze.
pub fn sources(state: &State, audience: &Audience) -> Vec<SourceLine> {
    let seen = state.rules().is_some_and(|rules| sees(state, &rules.definition, audience));
    let sources = rules_of(state).filter(|_| seen).into_iter().flat_map(|rules| &rules.sources);
    let line = |source: &Source| SourceLine {
        source: source.clone(),
        binding: state.season.bindings.get(&source.id).cloned(),
        report: state.season.reports.get(&source.id).cloned(),
    };
    sources.map(line).collect()
}

/// Whether this audience sees who is who, and the season as it is now.
fn sees(state: &State, definition: &Definition, audience: &Audience) -> bool {
    let shows = facing::shows(state, definition, audience) == Shows::Names;
    shows && (state.frozen.is_none() || *audience == Audience::Staff)
}

/// `None`: no such entrant, or this audience may not see it now.
pub fn trail(state: &State, entrant: &EntrantId, audience: &Audience) -> Option<Trail> {
    let definition = &state.rules()?.definition;
    let rules = rules_of(state)?;
    state.entrant(entrant)?;
    if !sees(state, definition, audience) {
        return None;
    }
    let lines = lines(rules, |source| state.season.raw(&source.id, entrant));
    let total = lines.iter().try_fold(Decimal::ZERO, |sum, line| add(sum, line.outcome.points()?).ok());
    let lines = rules.sources.iter().zip(lines).map(|(source, line)| {
        let report = state.season.reports.get(&source.id);
        let key = report.and_then(|report| report.rows.get(entrant)).map(|found| found.key.clone());
        TrailLine { title: source.title.clone(), source: source.clone(), line, report: report.cloned(), key }
    });
    Some(Trail { entrant: entrant.clone(), lines: lines.collect(), total })
}

/// Everybody's total in the tables of entrants; those who stand in none are not there.
pub(in crate::rules) fn totals(state: &State, side: Side) -> BTreeMap<EntrantId, Option<Decimal>> {
    let standings = state.standings(side);
    let fields = standings.tables.iter().filter(|table| matches!(table.key, TableKey::Field { .. }));
    let rows = fields.flat_map(|table| &table.rows);
    rows.filter_map(|row| if let Who::Entrant(id) = &row.who { Some((id.clone(), row.total)) } else { None }).collect()
}

/// Bound sources that were not sealed when they spoke last, or never spoke.
pub(in crate::rules) fn unsealed(state: &State) -> usize {
    let open = |source: &&Source| {
        let sealed = state.season.reports.get(&source.id).is_some_and(|report| report.phase >= Phase::Sealed);
        state.season.bindings.contains_key(&source.id) && !sealed
    };
    rules_of(state).map_or(0, |rules| rules.sources.iter().filter(open).count())
}

/// Whether [`star_page`] would show something; scores nobody.
pub fn has_stars(state: &State, audience: &Audience) -> bool {
    let has = rules_of(state).is_some_and(|rules| rules.stars.is_some());
    has && state.rules().is_some_and(|rules| sees(state, &rules.definition, audience))
}

/// `None`: the season has no stars, or this audience may not see them now.
pub fn star_page(state: &State, audience: &Audience) -> Option<StarPage> {
    let definition = &state.rules()?.definition;
    let stars = rules_of(state)?.stars.as_ref()?;
    if !sees(state, definition, audience) {
        return None;
    }
    let side = if *audience == Audience::Staff { Side::Staff } else { Side::Public };
    let totals = totals(state, side);
    let now = super::decided(stars, &totals, |entrant| state.season.star(entrant).cloned());
    let mut lines: Vec<StarLine> = now.into_iter().map(|row| line(state, stars, row, &totals)).collect();
    lines.sort_by(|a, b| (b.level, b.score, &a.entrant).cmp(&(a.level, a.score, &b.entrant)));
    Some(StarPage { rules: stars.clone(), rounds: state.season.stars.clone(), next: next_period(state), lines })
}

/// Of one entrant; as [`star_page`].
pub fn stars_of(state: &State, entrant: &EntrantId, audience: &Audience) -> Option<StarLine> {
    star_page(state, audience)?.lines.into_iter().find(|line| line.entrant == *entrant)
}

/// Periods are decided in their order, each once.
pub(in crate::rules) fn next_period(state: &State) -> Option<Id> {
    let periods = &state.rules()?.definition.indicators.periods;
    let decided = |id: &Id| state.season.stars.iter().any(|round| round.period == *id);
    periods.iter().map(|period| &period.id).find(|id| !decided(id)).cloned()
}

fn line(state: &State, stars: &Stars, row: StarRow, totals: &BTreeMap<EntrantId, Option<Decimal>>) -> StarLine {
    let short = |star: &Star| row.score.map(|score| (star.at_least - score).max(Decimal::ZERO));
    let next = stars.level(row.from + 1).map(|star| NextStar { star: star.clone(), missing: short(star) });
    let own = stars.level(row.from).filter(|star| row.score.is_some_and(|score| score < star.at_least));
    let of = state.season.stars.iter().rev();
    let rounds = of.filter_map(|round| Some((round.period.clone(), round.rows.get(&row.entrant)?.clone())));
    StarLine {
        level: row.from,
        rounds: rounds.collect(),
        total: totals.get(&row.entrant).copied().flatten(),
        score: row.score,
        next,
        short_of_own: own.map(|star| star.at_least),
        entrant: row.entrant,
    }
}
