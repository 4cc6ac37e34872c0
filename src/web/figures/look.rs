//! What one clerk sees of a period: the grid, and beside each figure how far it is, what it gives, and what the unit gave
//! itself.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_decimal::Decimal;

use super::clerk::May;
use crate::{
    app::State,
    files::figures::{Cell, Column, Grid, Line, shown},
    rules::{
        indicators::{
            self, Act, Actual, Counting, Figure, FigureSlot, How, Judged, PeriodStage, Rules, Vetoes, Way,
            rules::{Indicator, Score},
        },
        names::{EntrantId, Id},
    },
    words::Language,
};

/// A period before one clerk.
pub(super) struct Sheet {
    pub(super) period: Id,
    pub(super) stage: PeriodStage,
    pub(super) grid: Grid,
    /// By line and column, where the indicator is judged of the unit.
    pub(super) beside: Vec<Vec<Option<Beside>>>,
}

/// What stands beside a figure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Beside {
    pub(super) standing: Standing,
    /// Only under the first column of an indicator.
    pub(super) first: bool,
    pub(super) target: Option<Decimal>,
    pub(super) reads_target: bool,
    /// What is computed from it, checked or not.
    pub(super) points: Option<Decimal>,
    pub(super) self_score: Option<Decimal>,
    /// What stands now, to be kept when the department writes over it.
    pub(super) figure: Option<Figure>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Missing,
    Reported,
    Checked,
    Revised,
    Returned,
}

/// How many of a period's figures are where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::web) struct Counts {
    pub(in crate::web) all: usize,
    /// Reported or further.
    pub(in crate::web) filled: usize,
    pub(in crate::web) checked: usize,
}

impl Standing {
    pub(super) fn of(figure: Option<&Figure>) -> Self {
        match figure.map(|figure| (&figure.way, figure.latest().map(|version| version.how))) {
            None => Self::Missing,
            Some((Way::Returned { .. }, _)) => Self::Returned,
            Some((Way::Reported, _)) => Self::Reported,
            Some((Way::Checked, Some(How::Revised))) => Self::Revised,
            Some((Way::Checked, _)) => Self::Checked,
        }
    }
}

/// The figures of one period that are this clerk's. `groups` says where a group stands, and what it is called.
pub(super) fn sheet(
    state: &State,
    rules: &Rules,
    may: &May,
    names: &HashMap<EntrantId, String>,
    groups: &dyn Fn(&Id) -> (usize, String),
    period: &Id,
    language: Language,
) -> Sheet {
    let stage = indicators::progress(state, period).map_or(PeriodStage::Planned, |progress| progress.stage);
    let points = points(state, period);
    let mut columns: Vec<Column> = Vec::new();
    let mut cells: BTreeMap<EntrantId, Vec<Option<(Cell, Beside)>>> = BTreeMap::new();
    let mut of_group: BTreeMap<EntrantId, Option<Id>> = BTreeMap::new();
    for indicator in &rules.indicators {
        let lines = indicators::grid(state, &indicator.id, period);
        let lines: Vec<_> = lines.into_iter().filter(|line| may.writes(state, &indicator.id, line.entrant)).collect();
        if lines.is_empty() {
            continue;
        }
        let own = columns_of(indicator);
        for line in lines {
            let entrant = line.entrant.clone();
            of_group.insert(entrant.clone(), line.group.cloned());
            let row = cells.entry(entrant.clone()).or_default();
            row.resize(columns.len(), None);
            for (at, column) in own.iter().enumerate() {
                let kind = column.kind.as_ref().map(|(id, _)| id);
                let standing = Standing::of(line.figure);
                let latest = line.figure.and_then(Figure::latest).filter(|_| standing != Standing::Returned);
                let text = latest.map(|latest| shown(&latest.actual, kind, language)).unwrap_or_default();
                let open = is_open(stage, standing, may.checks(&indicator.id));
                let beside = Beside {
                    standing,
                    first: at == 0,
                    target: line.target,
                    reads_target: indicator.score.reads_target(),
                    points: points.get(&(entrant.clone(), indicator.id.clone())).copied(),
                    self_score: line.figure.and_then(Figure::latest).and_then(|version| version.self_score),
                    figure: line.figure.cloned(),
                };
                row.push(Some((Cell { text, open }, beside)));
            }
        }
        columns.extend(own);
    }
    let count = columns.len();
    let mut order: Vec<_> = cells.into_iter().collect();
    // Groups as the definition lists them.
    order.sort_by_key(|(entrant, _)| of_group.get(entrant).and_then(Option::as_ref).map(|group| groups(group).0));
    let mut grid = Grid { columns, lines: Vec::new() };
    let mut beside = Vec::new();
    for (entrant, mut row) in order {
        row.resize(count, None);
        let (cells, besides): (Vec<Option<Cell>>, Vec<Option<Beside>>) = row.into_iter().map(Option::unzip).unzip();
        let name = names.get(&entrant).cloned().unwrap_or_else(|| entrant.to_string());
        let group = of_group.get(&entrant).and_then(Option::as_ref).map(|group| groups(group).1);
        grid.lines.push(Line { entrant, name, group, cells });
        beside.push(besides);
    }
    Sheet { period: period.clone(), stage, grid, beside }
}

/// Those of one indicator: one for each kind of event.
pub(super) fn columns_of(indicator: &Indicator) -> Vec<Column> {
    let column = |kind: Option<(Id, String)>| Column {
        indicator: indicator.id.clone(),
        title: indicator.title.clone(),
        kind,
        measured_in: indicator.measured_in.clone(),
        full: if let Score::Sheet { full } = indicator.score { Some(full) } else { None },
    };
    match indicator.kinds() {
        [] => vec![column(None)],
        kinds => kinds.iter().map(|kind| column(Some((kind.id.clone(), kind.title.clone())))).collect(),
    }
}

/// While the period is open, everything but what the department has checked; after that the department may still
/// find another figure than was reported. What is missing then is a revision.
fn is_open(stage: PeriodStage, standing: Standing, checks: bool) -> bool {
    match stage {
        PeriodStage::Open => checks || !matches!(standing, Standing::Checked | Standing::Revised),
        PeriodStage::Closed => checks && !matches!(standing, Standing::Missing | Standing::Returned),
        _ => false,
    }
}

/// By unit and indicator, of all that was reported.
fn points(state: &State, period: &Id) -> HashMap<(EntrantId, Id), Decimal> {
    let tables = indicators::standing(state, period, Counting::Reported, Vetoes::Without);
    let rows = tables.into_iter().flat_map(|table| table.rows);
    rows.flat_map(|row| {
        let entrant = row.entrant;
        row.cells.into_iter().filter_map(move |cell| match cell.judged {
            Judged::Points { points, .. } => Some(((entrant.clone(), cell.indicator), points)),
            _ => None,
        })
    })
    .collect()
}

/// Each figure once, however many columns it has.
pub(in crate::web) fn counts(
    state: &State,
    rules: &Rules,
    period: &Id,
    of: impl Fn(&Id, &EntrantId) -> bool,
) -> Counts {
    let mut counts = Counts::default();
    for indicator in &rules.indicators {
        for line in indicators::grid(state, &indicator.id, period) {
            if !of(&indicator.id, line.entrant) {
                continue;
            }
            counts.all += 1;
            match Standing::of(line.figure) {
                Standing::Missing | Standing::Returned => {}
                Standing::Reported => counts.filled += 1,
                Standing::Checked | Standing::Revised => {
                    counts.filled += 1;
                    counts.checked += 1;
                }
            }
        }
    }
    counts
}

impl Sheet {
    pub(super) fn slot(&self, line: usize, indicator: &Id) -> FigureSlot {
        FigureSlot {
            entrant: self.grid.lines[line].entrant.clone(),
            indicator: indicator.clone(),
            period: self.period.clone(),
        }
    }

    fn beside(&self, line: usize, indicator: &Id) -> Option<&Beside> {
        let column = self.grid.columns.iter().position(|column| column.indicator == *indicator)?;
        self.beside[line][column].as_ref()
    }

    /// What a changed figure asks for. What the unit gave itself, and its papers, stay with it.
    pub(super) fn acts(&self, line: usize, indicator: &Id, actual: &Actual, check: bool) -> Vec<Act> {
        let slot = self.slot(line, indicator);
        let Some(beside) = self.beside(line, indicator) else { return Vec::new() };
        let latest = beside.figure.as_ref().and_then(Figure::latest);
        let report = || Act::Report {
            slot: slot.clone(),
            actual: actual.clone(),
            self_score: latest.and_then(|version| version.self_score),
            evidence: latest.map(|version| version.evidence.clone()).unwrap_or_default(),
        };
        let found = || Act::Check { slot: slot.clone(), found: Some(actual.clone()) };
        let mut acts = vec![self.expected(line, indicator)];
        acts.extend(match beside.standing {
            Standing::Missing | Standing::Returned if check => {
                vec![report(), Act::Check { slot: slot.clone(), found: None }]
            }
            Standing::Reported if check || self.stage == PeriodStage::Closed => vec![found()],
            Standing::Missing | Standing::Returned | Standing::Reported => vec![report()],
            Standing::Checked | Standing::Revised => vec![found()],
        });
        acts
    }

    /// That the figure still is what this page showed.
    pub(super) fn expected(&self, line: usize, indicator: &Id) -> Act {
        let figure = self.beside(line, indicator).and_then(|beside| beside.figure.as_ref());
        Act::Expect { slot: self.slot(line, indicator), versions: figure.map_or(0, |figure| figure.versions.len()) }
    }

    /// Figures that were reported and wait for the department, but for those that change now.
    pub(super) fn waiting(&self, changing: &BTreeSet<(usize, Id)>) -> Vec<(usize, Id)> {
        let mut waiting = Vec::new();
        for (line, besides) in self.beside.iter().enumerate() {
            for (column, beside) in self.grid.columns.iter().zip(besides) {
                let waits = beside.as_ref().is_some_and(|beside| beside.first && beside.standing == Standing::Reported);
                let one = (line, column.indicator.clone());
                if waits && !changing.contains(&one) {
                    waiting.push(one);
                }
            }
        }
        waiting
    }
}
