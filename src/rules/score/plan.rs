//! A definition made ready for scoring: indices for ids, compiled formulas, the order in which aspects are computed.
//!
//! An *item* is an aspect at one piece, or once for its stage; a *cell* is one recorded value of an item. Built
//! once per definition and shared; holds no marks.

use std::{collections::HashMap, ops::Range, sync::Arc};

use super::{
    super::{
        definition::{
            Definition,
            model::{
                Aggregate, Aspect, AspectKind, Cut, Extremes, Factor, Formula, Panel, PointsRule, RoundingMode, Stage,
                Take,
            },
        },
        field::Entrant,
        formula::{self, Compiled},
        names::Id,
    },
    Reason,
};

/// A definition, ready. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Plan(Arc<Inner>);

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) definition: Arc<Definition>,
    pub(crate) stages: Vec<StagePlan>,
    pub(crate) items: Vec<Item>,
    /// At least one.
    pub(crate) rounds: Vec<RoundPlan>,
    /// Some stage has a weight: the total is a weighted sum.
    pub(crate) weighted: bool,
    /// One entrant's score depends on the others': rank order or standardised panels.
    pub(crate) needs_field: bool,
}

#[derive(Debug)]
pub(crate) struct RoundPlan {
    pub(crate) id: Option<Id>,
    /// Stages held in this round.
    pub(crate) own: Vec<usize>,
    /// Stages whose scores count, with those carried over.
    pub(crate) counting: Vec<usize>,
    pub(crate) cut: Option<Cut>,
}

#[derive(Debug)]
pub(crate) struct StagePlan {
    pub(crate) items: Range<usize>,
    pub(crate) cells: Range<u32>,
    /// Items, each after those its formula names.
    pub(crate) order: Vec<usize>,
    pub(crate) formula: Option<NamedFormula>,
    /// Items of each aspect, in the order of pieces.
    pub(crate) of_aspect: Vec<Vec<usize>>,
    aspects: HashMap<Id, usize>,
    pieces: HashMap<Id, usize>,
    violations: HashMap<Id, usize>,
}

#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) stage: usize,
    pub(crate) piece: Option<usize>,
    pub(crate) aspect: usize,
    pub(crate) panel: Option<usize>,
    pub(crate) first_cell: u32,
    /// Ids of its recorded values; a single one may be unnamed in files.
    pub(crate) values: Vec<Id>,
    pub(crate) formula: Option<NamedFormula>,
    /// Where a named factor comes from.
    pub(crate) factor: Option<Source>,
    /// Has points of its own.
    pub(crate) counts: bool,
}

#[derive(Debug)]
pub(crate) struct NamedFormula {
    pub(crate) source: String,
    /// Or why it cannot be computed; a checked definition has none such.
    pub(crate) compiled: Result<(Compiled, Vec<Source>), Reason>,
}

/// Where a name of a formula gets its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Source {
    /// A recorded value of the item itself.
    Own(usize),
    Panel,
    /// The points of these items, or the number of `value` aspects, added up.
    Items(Vec<usize>),
    Piece(usize),
    Entrant(Id),
}

impl Plan {
    pub fn new(definition: Arc<Definition>) -> Self {
        let mut items = Vec::new();
        let mut stages = Vec::with_capacity(definition.stages.len());
        let mut next_cell = 0;
        for at in 0..definition.stages.len() {
            stages.push(plan_stage(&definition, at, &mut items, &mut next_cell));
        }
        let weighted = definition.stages.iter().any(|stage| stage.weight.is_some());
        let by_rank = |stage: &Stage| stage.aspects.iter().any(|aspect| points_rule(aspect).is_some_and(is_rank_order));
        let needs_field = definition.stages.iter().any(|stage| stage.standardise.is_some() || by_rank(stage));
        let rounds = plan_rounds(&definition);
        Self(Arc::new(Inner { definition, stages, items, rounds, weighted, needs_field }))
    }

    pub fn definition(&self) -> &Arc<Definition> {
        &self.0.definition
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }
}

impl Inner {
    pub(crate) fn stage_at(&self, id: &Id) -> Option<usize> {
        self.definition.stages.iter().position(|stage| stage.id == *id)
    }

    /// Some stages are of some events or groups only.
    pub(crate) fn is_split(&self) -> bool {
        self.definition.stages.iter().any(|stage| !(stage.events.is_empty() && stage.groups.is_empty()))
    }

    /// Whether an entrant of this event and group has this stage.
    pub(crate) fn holds(&self, stage: usize, entrant: &Entrant) -> bool {
        let stage = &self.definition.stages[stage];
        let fits = |ids: &[Id], own: &Option<Id>| ids.is_empty() || own.as_ref().is_some_and(|own| ids.contains(own));
        fits(&stage.events, &entrant.event) && fits(&stage.groups, &entrant.group)
    }

    pub(crate) fn item_of(&self, cell: u32) -> Option<&Item> {
        let after = self.items.partition_point(|item| item.first_cell <= cell);
        self.items[..after].last()
    }

    pub(crate) fn stage_of(&self, item: &Item) -> &Stage {
        &self.definition.stages[item.stage]
    }

    pub(crate) fn aspect_of(&self, item: &Item) -> &Aspect {
        &self.stage_of(item).aspects[item.aspect]
    }

    pub(crate) fn panel_of(&self, item: &Item) -> Option<&Panel> {
        item.panel.map(|panel| &self.stage_of(item).panels[panel])
    }
}

impl StagePlan {
    pub(crate) fn piece_at(&self, id: &Id) -> Option<usize> {
        self.pieces.get(id).copied()
    }

    pub(crate) fn aspect_at(&self, id: &str) -> Option<usize> {
        self.aspects.get(id).copied()
    }

    pub(crate) fn violation_at(&self, id: &str) -> Option<usize> {
        self.violations.get(id).copied()
    }
}

/// Names that the formula of an aspect may use, as written in formulas.
pub fn aspect_names(definition: &Definition, stage: &Stage, aspect: &Aspect) -> Vec<String> {
    let own = value_ids(aspect).into_iter().map(|id| formula::name_of(id.as_str()));
    let others =
        stage.aspects.iter().filter(|other| other.id != aspect.id).map(|other| formula::name_of(other.id.as_str()));
    own.chain(["panel".to_owned()]).chain(others).chain(entrant_names(definition)).collect()
}

/// Names that the formula of a stage may use.
pub fn stage_names(definition: &Definition, stage: &Stage) -> Vec<String> {
    let pieces = stage.pieces.iter().map(|piece| formula::name_of(piece.id.as_str()));
    let aspects = stage.aspects.iter().map(|aspect| formula::name_of(aspect.id.as_str()));
    pieces.chain(aspects).chain(entrant_names(definition)).collect()
}

pub(crate) fn points_rule(aspect: &Aspect) -> Option<&PointsRule> {
    match &aspect.kind {
        AspectKind::Measurement { points, .. } | AspectKind::Time { points, .. } => Some(points),
        _ => None,
    }
}

fn is_rank_order(rule: &PointsRule) -> bool {
    matches!(rule, PointsRule::RankOrder { .. })
}

fn entrant_names(definition: &Definition) -> impl Iterator<Item = String> + '_ {
    definition.entrants.values.iter().map(|value| formula::name_of(value.id.as_str()))
}

/// What an aspect records, by id. A violation-only aspect records nothing.
fn value_ids(aspect: &Aspect) -> Vec<Id> {
    match &aspect.kind {
        AspectKind::Measurement { values, .. } => values.iter().map(|value| value.id.clone()).collect(),
        AspectKind::Deduction => vec![],
        _ => vec![Id::new("value")],
    }
}

fn plan_stage(definition: &Definition, at: usize, items: &mut Vec<Item>, next_cell: &mut u32) -> StagePlan {
    let stage = &definition.stages[at];
    let (first_item, first_cell) = (items.len(), *next_cell);
    let mut of_aspect = Vec::with_capacity(stage.aspects.len());
    for (aspect_at, aspect) in stage.aspects.iter().enumerate() {
        let mut own = Vec::new();
        for piece in pieces_of(stage, aspect) {
            let values = value_ids(aspect);
            own.push(items.len());
            let width = u32::try_from(values.len()).unwrap_or(u32::MAX);
            items.push(Item {
                stage: at,
                piece,
                aspect: aspect_at,
                panel: stage.panels.iter().position(|panel| panel.marks.contains(&aspect.id)),
                first_cell: *next_cell,
                values,
                formula: None,
                factor: None,
                counts: !matches!(aspect.kind, AspectKind::Value { .. }),
            });
            *next_cell += width;
        }
        of_aspect.push(own);
    }
    let range = first_item..items.len();
    for item in range.clone() {
        let aspect = &stage.aspects[items[item].aspect];
        let names = Names { definition, stage, items, of_aspect: &of_aspect, item: Some(item) };
        let formula = aspect.formula.as_ref().map(|formula| names.compile(formula, rounding_mode(aspect.rounding)));
        let factor = match &aspect.factor {
            Factor::Constant(_) => None,
            Factor::Named(id) => names.source(&formula::name_of(id.as_str())),
        };
        items[item].formula = formula;
        items[item].factor = factor;
    }
    let names = Names { definition, stage, items, of_aspect: &of_aspect, item: None };
    let formula = stage.formula.as_ref().map(|formula| names.compile(formula, rounding_mode(stage.rounding)));
    let index = |ids: Vec<&Id>| ids.into_iter().cloned().zip(0..).collect::<HashMap<Id, usize>>();
    StagePlan {
        order: order(items, range.clone()),
        items: range,
        cells: first_cell..*next_cell,
        formula,
        of_aspect,
        aspects: index(stage.aspects.iter().map(|aspect| &aspect.id).collect()),
        pieces: index(stage.pieces.iter().map(|piece| &piece.id).collect()),
        violations: index(stage.violations.iter().map(|violation| &violation.id).collect()),
    }
}

/// Where an aspect is marked: at pieces by position, or once.
fn pieces_of(stage: &Stage, aspect: &Aspect) -> Vec<Option<usize>> {
    match &aspect.pieces {
        None if stage.pieces.is_empty() => vec![None],
        None => (0..stage.pieces.len()).map(Some).collect(),
        Some(ids) if ids.is_empty() => vec![None],
        Some(ids) => stage
            .pieces
            .iter()
            .enumerate()
            .filter(|(_, piece)| ids.contains(&piece.id))
            .map(|(at, _)| Some(at))
            .collect(),
    }
}

fn rounding_mode(rounding: Option<super::super::definition::model::Rounding>) -> RoundingMode {
    rounding.map_or(RoundingMode::HalfUp, |rounding| rounding.mode)
}

struct Names<'a> {
    definition: &'a Definition,
    stage: &'a Stage,
    items: &'a [Item],
    of_aspect: &'a [Vec<usize>],
    /// `None` in the formula of a stage.
    item: Option<usize>,
}

impl Names<'_> {
    fn compile(&self, formula: &Formula, mode: RoundingMode) -> NamedFormula {
        let allowed = match self.item {
            Some(item) => aspect_names(self.definition, self.stage, &self.stage.aspects[self.items[item].aspect]),
            None => stage_names(self.definition, self.stage),
        };
        let compiled = formula::compile(&formula.source, &allowed, mode)
            .map_err(|_| Reason::Formula(formula::Failure::NotANumber))
            .and_then(|compiled| {
                let sources = compiled.uses().iter().map(|name| self.source(name)).collect::<Option<Vec<_>>>();
                sources.map(|sources| (compiled, sources)).ok_or(Reason::Formula(formula::Failure::NotANumber))
            });
        NamedFormula { source: formula.source.clone(), compiled }
    }

    fn source(&self, name: &str) -> Option<Source> {
        let is = |id: &Id| formula::name_of(id.as_str()) == name;
        if let Some(item) = self.item {
            if let Some(value) = self.items[item].values.iter().position(is) {
                return Some(Source::Own(value));
            }
            if name == "panel" {
                return Some(Source::Panel);
            }
        } else if let Some(piece) = self.stage.pieces.iter().position(|piece| is(&piece.id)) {
            return Some(Source::Piece(piece));
        }
        if let Some(aspect) = self.stage.aspects.iter().position(|aspect| is(&aspect.id)) {
            let all = &self.of_aspect[aspect];
            // At a piece, its own; elsewhere the sum over the pieces.
            let piece = self.item.and_then(|item| self.items[item].piece);
            let same = all.iter().copied().filter(|other| self.items[*other].piece == piece).collect::<Vec<_>>();
            return Some(Source::Items(if piece.is_some() && !same.is_empty() { same } else { all.clone() }));
        }
        let value = self.definition.entrants.values.iter().find(|value| is(&value.id));
        value.map(|value| Source::Entrant(value.id.clone()))
    }
}

/// Items, each after those it names. What goes in a circle is left out, and has no score.
fn order(items: &[Item], range: Range<usize>) -> Vec<usize> {
    let mut order = Vec::with_capacity(range.len());
    let mut waiting: Vec<usize> = range.collect();
    // Piece by piece, as people read it; what belongs to no piece follows.
    waiting.sort_by_key(|item| items[*item].piece.unwrap_or(usize::MAX));
    loop {
        let before = waiting.len();
        waiting.retain(|item| {
            let ready = needs(&items[*item]).all(|needed| order.contains(&needed));
            if ready {
                order.push(*item);
            }
            !ready
        });
        if waiting.len() == before {
            return order;
        }
    }
}

fn needs(item: &Item) -> impl Iterator<Item = usize> + '_ {
    let formula =
        item.formula.iter().filter_map(|formula| formula.compiled.as_ref().ok()).flat_map(|(_, sources)| sources);
    formula
        .chain(&item.factor)
        .filter_map(|source| if let Source::Items(items) = source { Some(items) } else { None })
        .flatten()
        .copied()
}

fn plan_rounds(definition: &Definition) -> Vec<RoundPlan> {
    let all: Vec<usize> = (0..definition.stages.len()).collect();
    if definition.rounds.is_empty() {
        return vec![RoundPlan { id: None, own: all.clone(), counting: all, cut: None }];
    }
    let mut rounds: Vec<RoundPlan> = Vec::with_capacity(definition.rounds.len());
    for round in &definition.rounds {
        let own: Vec<usize> =
            all.iter().copied().filter(|at| round.stages.contains(&definition.stages[*at].id)).collect();
        let carried = rounds.last().filter(|_| round.carry).map(|before| before.counting.clone()).unwrap_or_default();
        let counting = carried.into_iter().chain(own.iter().copied()).collect();
        rounds.push(RoundPlan { id: Some(round.id.clone()), own, counting, cut: round.cut.clone() });
    }
    rounds
}

/// Whether judges of this panel have seats that matter.
pub(crate) fn has_weights(panel: &Panel) -> bool {
    matches!(panel.aggregate, Aggregate::Weighted(_))
}

pub(crate) fn looks_at_sheets(panel: &Panel) -> bool {
    panel.extremes == Extremes::Sheet
}

/// Whether fewer attempts than the definition allows make a score.
pub(crate) fn needs_all(take: Take) -> bool {
    matches!(take, Take::Sum | Take::Mean)
}
