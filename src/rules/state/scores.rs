//! Scores and standings, kept: for staff with every draft, for the public with the marks that count.
//!
//! A changed mark costs one entrant's score and one sort, and only when somebody looks. What is kept follows from the
//! rest of the state and never makes two states differ.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use crate::rules::{
    award,
    definition::model::{CountsWhen, Definition, Stage},
    field::{Entrant, EntrantMarks, EntrantStanding, PanelSlot, Value},
    indicators,
    ladder::{self, rules::Format},
    ledger::entry::Phase,
    names::EntrantId,
    result::{Standings, Status, TableKey, Who},
    score::{self, Scored},
    standings::{self, Candidate},
};

use super::{
    At, Bench, Opening, PlaceIs, Rules, State, bench,
    shape::{self, SheetShape},
};

/// Whose standings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum Side {
    /// Every mark, drafts too.
    Staff,
    /// Marks that count publicly.
    Public,
}

#[derive(Default)]
pub(in crate::rules) struct Scores(Mutex<Kept>);

#[derive(Clone, Default)]
struct Kept {
    staff: Ranked,
    public: Ranked,
}

#[derive(Clone, Default)]
pub(in crate::rules) struct Ranked {
    scored: BTreeMap<EntrantId, Scored>,
    stale: Stale,
    standings: Option<Arc<Standings>>,
    /// Where somebody was cut, by the position of the round.
    cuts: BTreeMap<EntrantId, usize>,
    /// Sheets handed in and expected, by the position of the stage.
    progress: BTreeMap<EntrantId, Box<[(usize, usize)]>>,
}

#[derive(Clone, Default)]
enum Stale {
    #[default]
    All,
    Some(BTreeSet<EntrantId>),
}

impl Ranked {
    pub(in crate::rules) fn standings(&self) -> Arc<Standings> {
        self.standings.clone().unwrap_or_default()
    }

    pub(in crate::rules) fn scored(&self) -> &BTreeMap<EntrantId, Scored> {
        &self.scored
    }

    /// The position of the round whose cut somebody did not pass.
    pub(super) fn cut_in(&self, id: &EntrantId) -> Option<usize> {
        self.cuts.get(id).copied()
    }

    /// Sheets of one entrant, handed in and expected, in stages of rounds that they reached.
    pub(in crate::rules) fn progress(&self, definition: &Definition, id: &EntrantId, stage: usize) -> (usize, usize) {
        let Some(sheets) = self.progress.get(id).and_then(|stages| stages.get(stage)) else { return (0, 0) };
        let reached = || {
            let stage = &definition.stages.get(stage)?.id;
            let round = definition.rounds.iter().position(|round| round.stages.contains(stage))?;
            self.cut_in(id).filter(|cut_in| *cut_in < round)
        };
        if reached().is_some() { (0, 0) } else { *sheets }
    }

    fn forget(&mut self, entrant: &EntrantId) {
        self.standings = None;
        if let Stale::Some(stale) = &mut self.stale {
            stale.insert(entrant.clone());
        }
    }
}

impl Scores {
    fn kept(&mut self) -> &mut Kept {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn forget(&mut self, entrant: &EntrantId) {
        let kept = self.kept();
        kept.staff.forget(entrant);
        kept.public.forget(entrant);
    }

    pub(super) fn forget_all(&mut self) {
        *self.kept() = Kept::default();
    }

    /// Scores stand, their order may not.
    pub(super) fn rank_again(&mut self) {
        let kept = self.kept();
        kept.staff.standings = None;
        kept.public.standings = None;
    }
}

impl State {
    pub(in crate::rules) fn standings(&self, side: Side) -> Arc<Standings> {
        self.with_scores(side, Ranked::standings)
    }

    /// Looks at scores that are up to date. `look` must not ask for scores again.
    pub(in crate::rules) fn with_scores<T>(&self, side: Side, look: impl FnOnce(&Ranked) -> T) -> T {
        let mut kept = self.scores.0.lock().unwrap_or_else(PoisonError::into_inner);
        let ranked = match side {
            Side::Staff => &mut kept.staff,
            Side::Public => &mut kept.public,
        };
        if let Some(rules) = self.rules() {
            self.refresh(rules, side, ranked);
        }
        look(ranked)
    }

    fn refresh(&self, rules: &Rules, side: Side, ranked: &mut Ranked) {
        let seats = self.people.seats_for_scoring();
        let score = |id: &EntrantId, entrant: &Entrant| {
            score::score(&rules.plan, entrant, &self.marks_for(rules, id, entrant, side), &seats)
        };
        let stale: Vec<EntrantId> = match std::mem::replace(&mut ranked.stale, Stale::Some(BTreeSet::new())) {
            Stale::All => {
                ranked.scored.clear();
                ranked.progress.clear();
                self.field.entrants.keys().cloned().collect()
            }
            Stale::Some(stale) => stale.into_iter().collect(),
        };
        for id in stale {
            if let Some(entrant) = self.entrant(&id) {
                ranked.progress.insert(id.clone(), self.progress_of(rules, &id, entrant));
                let scored = score(&id, entrant);
                ranked.scored.insert(id, scored);
            }
        }
        if ranked.standings.is_none() {
            let standings = self.rank(rules, &ranked.scored);
            ranked.cuts = cuts(&rules.definition, &standings);
            ranked.standings = Some(Arc::new(standings));
        }
    }

    fn progress_of(&self, rules: &Rules, id: &EntrantId, entrant: &Entrant) -> Box<[(usize, usize)]> {
        let stage = |stage: &Stage| {
            if entrant.standing != EntrantStanding::In || !shape::holds(stage, entrant) {
                return (0, 0);
            }
            let panels = stage
                .panels
                .iter()
                .flat_map(|panel| shape::sheet_shapes(stage, panel).into_iter().map(move |shape| (panel, shape)));
            panels.fold((0, 0), |(done, expected), (panel, shape)| {
                let at = At { stage, panel, id, entrant, piece: shape.piece, attempt: shape.attempt };
                let own = self.bench(&at).progress();
                (done + own.0, expected + own.1)
            })
        };
        rules.definition.stages.iter().map(stage).collect()
    }

    fn rank(&self, rules: &Rules, scored: &BTreeMap<EntrantId, Scored>) -> Standings {
        let entrants = &self.field.entrants;
        if rules.definition.is_labor() {
            return indicators::standings(&self.labor, entrants);
        }
        let settled;
        // Settling changes scores by one another; the kept ones stay as each is alone.
        let scored = if rules.plan.inner().needs_field {
            let mut own = scored.clone();
            score::settle(&rules.plan, own.iter_mut().filter_map(|(id, score)| Some((entrants.get(id)?, score))));
            settled = own;
            &settled
        } else {
            scored
        };
        // Challenges are decided by themselves: who stands before judges for one stands in no table, and neither does
        // a contest whose judges do nothing else.
        let sessions = &self.ladders.sessions;
        let only_ladders = Self::has_only_ladders(&rules.definition);
        let candidates =
            || candidates(entrants, scored).filter(|candidate| !only_ladders && !sessions.contains(candidate.id));
        let (decisions, heads) = (&self.field.decisions, &self.papers.headcounts);
        let standings = Standings::new(&rules.plan, candidates(), decisions, None, heads);
        if !standings::counts_prizes(&rules.definition) {
            return standings;
        }
        // Teams by prizes: the prizes of persons first, then the teams again.
        let preview = award::preview(&rules.definition, &self.field, &standings, &self.awards);
        let prizes = award::prizes_by_entrant(&preview, &rules.definition);
        Standings::new(&rules.plan, candidates(), decisions, Some(&prizes), heads)
    }

    /// Whether a stage is for the challenges of a judged ladder.
    pub(in crate::rules) fn is_of_ladder(definition: &Definition, stage: &Stage) -> bool {
        let judges = |rules: &ladder::Rules| matches!(&rules.format, Format::Judged { stage: own } if *own == stage.id);
        definition.ladders.iter().any(judges)
    }

    fn has_only_ladders(definition: &Definition) -> bool {
        !definition.ladders.is_empty() && definition.stages.iter().all(|stage| Self::is_of_ladder(definition, stage))
    }

    /// One entrant's marks as this side may know them, by the judges whose sheets count.
    pub(in crate::rules) fn marks_for(
        &self,
        rules: &Rules,
        id: &EntrantId,
        entrant: &Entrant,
        side: Side,
    ) -> EntrantMarks {
        let mut marks = EntrantMarks::default();
        let live = self.field.marks.get(id);
        let board = &rules.definition.board;
        for stage in rules.definition.stages.iter().filter(|stage| shape::holds(stage, entrant)) {
            let held_back = side == Side::Public
                && board.after_next
                && self.phase < Phase::Sealed
                && self.waits_for_next(id, stage);
            let counts =
                |bench: &Bench| side == Side::Staff || (!held_back && bench.counts(rules.definition.counts_when));
            let mut counted: Vec<(SheetShape, bool)> = Vec::new();
            for panel in &stage.panels {
                for shape in shape::sheet_shapes(stage, panel) {
                    let at = At { stage, panel, id, entrant, piece: shape.piece, attempt: shape.attempt };
                    let bench = self.bench(&at);
                    let counts = counts(&bench);
                    if counts {
                        copy(&at, &bench, live, &mut marks);
                    }
                    if !bench.is_optional() {
                        counted.push((shape, counts));
                    }
                }
            }
            let closed = self.opening(&stage.id, self.group_of(entrant)) == Some(Opening::Closed);
            let loose = side == Side::Staff
                || (!held_back && (rules.definition.counts_when == CountsWhen::Submitted || closed));
            if loose {
                for (shape, cell) in shape::loose_cells(stage) {
                    let slot = bench::slot(stage, shape.piece, shape.attempt, &cell, None);
                    let otherwise = || cell.aspect.works.as_ref()?.otherwise.map(Value::Number);
                    if let Some(value) = live.and_then(|live| live.values.get(&slot).copied()).or_else(otherwise) {
                        marks.values.insert(slot, value);
                    }
                }
            }
            let Some(live) = live else { continue };
            // A violation shows when everything that it could be taken from does.
            for (slot, count) in live.violations.iter().filter(|(slot, _)| slot.stage == stage.id) {
                let touches = |shape: &SheetShape| {
                    shape.attempt == slot.attempt && (slot.piece.is_none() || shape.piece == slot.piece.as_ref())
                };
                let shown = counted.iter().filter(|(shape, _)| touches(shape)).all(|(_, counts)| *counts);
                if side == Side::Staff || (shown && !held_back) {
                    marks.violations.insert(slot.clone(), *count);
                }
            }
        }
        marks
    }
}

/// Entrants with their scores: both maps are walked once, side by side.
fn candidates<'a>(
    entrants: &'a BTreeMap<EntrantId, Entrant>,
    scored: &'a BTreeMap<EntrantId, Scored>,
) -> impl Iterator<Item = Candidate<'a>> {
    let mut entrants = entrants.iter().peekable();
    scored.iter().filter_map(move |(id, score)| {
        while entrants.next_if(|(other, _)| *other < id).is_some() {}
        let (_, entrant) = entrants.next_if(|(other, _)| *other == id)?;
        Some(Candidate { id, entrant, score })
    })
}

fn cuts(definition: &Definition, standings: &Standings) -> BTreeMap<EntrantId, usize> {
    if definition.rounds.is_empty() {
        return BTreeMap::new();
    }
    let fields = standings.tables.iter().filter(|table| matches!(table.key, TableKey::Field { .. }));
    let cut = fields.flat_map(|table| &table.rows).filter_map(|row| match (&row.who, &row.status) {
        (Who::Entrant(who), Status::Cut { round }) => {
            Some((who.clone(), definition.rounds.iter().position(|known| known.id == *round)?))
        }
        _ => None,
    });
    cut.collect()
}

/// The sheets of a panel, with "not applicable" for those who may not mark this entrant.
fn copy(at: &At, bench: &Bench, live: Option<&EntrantMarks>, marks: &mut EntrantMarks) {
    let cells = shape::cells(at.stage, at.panel, at.piece);
    let all_recused = bench.places.iter().all(|place| matches!(place.is, PlaceIs::OwnUnit | PlaceIs::Vacant));
    let excuses = bench.is_begun() || (all_recused && at.attempt == 1);
    for place in &bench.places {
        let Some(judge) = &place.judge else { continue };
        for cell in &cells {
            let slot = at.slot(cell, Some(judge));
            if place.is == PlaceIs::OwnUnit {
                if excuses {
                    marks.values.insert(slot, Value::NotApplicable);
                }
            } else if let Some(value) = live.and_then(|live| live.values.get(&slot)) {
                marks.values.insert(slot, *value);
            }
        }
    }
    for cell in &cells {
        let slot = PanelSlot {
            stage: at.stage.id.clone(),
            piece: at.piece.cloned(),
            attempt: at.attempt,
            aspect: cell.aspect.id.clone(),
        };
        if let Some(points) = live.and_then(|live| live.resolved.get(&slot)) {
            marks.resolved.insert(slot, *points);
        }
    }
}

impl Clone for Scores {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()))
    }
}

impl fmt::Debug for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scores")
    }
}

/// What is kept follows from the rest.
impl PartialEq for Scores {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
