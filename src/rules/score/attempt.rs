//! One attempt at one stage: items to pieces, pieces to the stage.

use rust_decimal::Decimal;

use super::{
    super::{
        decimal,
        definition::model::{AbsentCounts, Aspect, DeductFrom, Effect, Factor, Panel, Rounding, Stage, Violation},
        field::{Entrant, Value},
        why::{Fact, Place, Trace},
    },
    Across, CellMark, Fault, Outcome, Reason, Sheet, Spread,
    across::Compared,
    plan::{Inner, Item, StagePlan},
};

/// Scores the attempts of one stage.
pub(super) struct Run<'a, 't, T> {
    pub(super) plan: &'a Inner,
    pub(super) stage: &'a StagePlan,
    pub(super) model: &'a Stage,
    pub(super) stage_at: usize,
    pub(super) entrant: &'a Entrant,
    pub(super) sheet: Sheet<'a>,
    pub(super) across: Option<&'a Across>,
    pub(super) trace: &'t mut T,
    pub(super) spreads: &'t mut Vec<Spread>,
    pub(super) compared: &'t mut Vec<Compared>,
}

/// One attempt while it is scored, and what it came to.
#[derive(Debug)]
pub(super) struct Attempt<'a> {
    pub(super) number: u32,
    /// Of this stage and attempt, by cell and judge.
    cells: &'a [CellMark],
    pub(super) faults: &'a [Fault],
    /// What each fault has still to take, once it has begun to.
    pub(super) owed: Vec<Option<Decimal>>,
    pub(super) absent: bool,
    pub(super) first_item: usize,
    pub(super) first_cell: u32,
    pub(super) items: Vec<Option<Outcome>>,
    pub(super) pieces: Vec<Outcome>,
    pub(super) recorded: Vec<Option<Decimal>>,
    pub(super) outcome: Outcome,
}

impl Attempt<'_> {
    /// Something was recorded.
    pub(super) fn begun(&self) -> bool {
        !self.cells.is_empty() || !self.faults.is_empty()
    }

    /// The marks of one cell.
    pub(super) fn cell(&self, cell: u32) -> &[CellMark] {
        let from = self.cells.partition_point(|mark| mark.cell < cell);
        let len = self.cells[from..].iter().take_while(|mark| mark.cell == cell).count();
        &self.cells[from..from + len]
    }

    /// The recorded values of an item.
    pub(super) fn of(&self, item: &Item) -> &[Option<Decimal>] {
        let from = (item.first_cell - self.first_cell) as usize;
        &self.recorded[from..from + item.values.len()]
    }
}

/// One part of a sum, and what it is the score of.
type Part = (Outcome, Of);

#[derive(Clone, Copy)]
enum Of {
    Item(usize),
    Piece(usize),
}

impl<'a, T: Trace> Run<'a, '_, T> {
    pub(super) fn attempt(&mut self, number: u32) -> Attempt<'a> {
        let mut attempt = self.begin(number);
        let stage = self.stage;
        for &item in &stage.order {
            let score = self.item(item, &mut attempt);
            attempt.items[item - attempt.first_item] = Some(score);
        }
        for piece in 0..self.model.pieces.len() {
            let outcome = self.piece(piece, &mut attempt);
            attempt.pieces.push(outcome);
        }
        attempt.outcome = if self.is_zeroed(&attempt, Effect::ZeroStage, None) {
            Outcome::Is(decimal::round_if(Decimal::ZERO, self.model.rounding))
        } else if !attempt.begun() {
            Outcome::Missing
        } else {
            self.whole(&mut attempt)
        };
        attempt
    }

    pub(super) fn absent_is_zero(&self) -> bool {
        self.model.absent == AbsentCounts::Zero
    }

    fn begin(&self, number: u32) -> Attempt<'a> {
        let sheet = self.sheet;
        let own = &self.stage.cells;
        let key = |mark: &CellMark| (mark.attempt, mark.cell);
        let from = sheet.cells.partition_point(|mark| key(mark) < (number, own.start));
        let to = sheet.cells.partition_point(|mark| key(mark) < (number, own.end));
        let place = |fault: &Fault| (fault.stage, fault.attempt);
        let first = sheet.faults.partition_point(|fault| place(fault) < (self.stage_at, number));
        let last = sheet.faults.partition_point(|fault| place(fault) <= (self.stage_at, number));
        let cells = &sheet.cells[from..to];
        let faults = &sheet.faults[first..last];
        Attempt {
            number,
            cells,
            faults,
            owed: vec![None; faults.len()],
            absent: cells.iter().any(|mark| mark.value == Value::Absent),
            first_item: self.stage.items.start,
            first_cell: own.start,
            items: vec![None; self.stage.items.len()],
            pieces: Vec::with_capacity(self.model.pieces.len()),
            recorded: vec![None; own.len()],
            outcome: Outcome::Missing,
        }
    }

    fn piece(&mut self, at: usize, attempt: &mut Attempt) -> Outcome {
        let piece = &self.model.pieces[at];
        let model = self.model;
        let place = |key: &str| Place::of(&["stage", model.id.as_str(), "piece", piece.id.as_str(), key]);
        self.trace.open();
        let outcome = if self.is_zeroed(attempt, Effect::ZeroPiece, Some(at)) {
            Outcome::Is(decimal::round_if(Decimal::ZERO, piece.rounding))
        } else {
            let parts = self.parts(attempt, Some(at));
            let sum = self.sum(&parts, || place("max"));
            let sum = self.penalised(sum, attempt, |fault, from| *from == DeductFrom::Piece && fault.piece == Some(at));
            let held = self.floored(sum, piece.floor, || place("floor"));
            held.map(|before| Ok(decimal::mul(before, piece.factor)?)).map(|after| {
                if piece.factor != Decimal::ONE {
                    let before = held.value().unwrap_or(after);
                    let fact = Fact::Factor { before, by: piece.factor, after };
                    self.trace.note(|| (fact, place("factor")));
                }
                Ok(self.rounded(after, piece.rounding, || place("rounding")))
            })
        };
        self.trace.close(|| {
            let place = Place::of(&["stage", model.id.as_str(), "piece", piece.id.as_str()]);
            (Fact::Piece { piece: piece.id.clone(), outcome }, place)
        });
        outcome
    }

    fn whole(&mut self, attempt: &mut Attempt) -> Outcome {
        let model = self.model;
        let place = |key: &str| Place::of(&["stage", model.id.as_str(), key]);
        let sum = if let Some(formula) = &self.stage.formula {
            self.formula(formula, None, attempt, || place("formula"))
        } else {
            let mut parts = self.parts(attempt, None);
            for (at, outcome) in attempt.pieces.iter().enumerate() {
                parts.push((*outcome, Of::Piece(at)));
            }
            self.sum(&parts, || place("max"))
        };
        let unplaced = |fault: &Fault, from: &DeductFrom| {
            *from == DeductFrom::Stage || (*from == DeductFrom::Piece && fault.piece.is_none())
        };
        let sum = self.penalised(sum, attempt, unplaced);
        let held = self.floored(sum, model.floor, || place("floor"));
        let rescaled = self.rescaled(held);
        rescaled.map(|before| Ok(self.rounded(before, model.rounding, || place("rounding"))))
    }

    /// The items that count at a piece, or directly in the stage.
    fn parts(&self, attempt: &Attempt, piece: Option<usize>) -> Vec<Part> {
        let items = self.stage.items.clone().map(|at| (at, &self.plan.items[at]));
        items
            .filter(|(_, item)| item.counts && item.piece == piece)
            .map(|(at, _)| {
                let points = attempt.items[at - attempt.first_item].unwrap_or(Outcome::Failed(Reason::Circular));
                (points, Of::Item(at))
            })
            .collect()
    }

    /// The most that a part can come to.
    fn possible(&self, of: Of) -> Option<Decimal> {
        match of {
            Of::Item(at) => self.possible_of_item(&self.plan.items[at]),
            Of::Piece(at) => self.possible_of_piece(at),
        }
    }

    fn possible_of_item(&self, item: &Item) -> Option<Decimal> {
        let aspect = self.plan.aspect_of(item);
        match &aspect.factor {
            Factor::Constant(factor) => aspect.max.and_then(|max| max.checked_mul(*factor)),
            Factor::Named(_) => None,
        }
    }

    fn possible_of_piece(&self, piece: usize) -> Option<Decimal> {
        let own = self.stage.items.clone().map(|at| &self.plan.items[at]);
        let own = own.filter(|item| item.counts && item.piece == Some(piece));
        let sum = own.map(|item| self.possible_of_item(item)).sum::<Option<Decimal>>()?;
        sum.checked_mul(self.model.pieces[piece].factor)
    }

    /// The sum of parts; what is not applicable leaves it, and the rest is scaled up where every part has a limit.
    fn sum(&mut self, parts: &[Part], place: impl FnOnce() -> Place) -> Outcome {
        let mut sum = Outcome::Is(Decimal::ZERO);
        let applies = |part: &&Part| part.0 != Outcome::NotApplicable;
        let applicable = parts.iter().filter(applies).count();
        for (outcome, _) in parts.iter().filter(applies) {
            sum = match (sum, *outcome) {
                (Outcome::Is(sum), Outcome::Is(part)) => Outcome::of(decimal::add(sum, part)),
                (sum, other) => sum.gravest(other),
            };
        }
        if applicable == 0 {
            return if parts.is_empty() { Outcome::Missing } else { Outcome::NotApplicable };
        }
        if applicable == parts.len() {
            return sum;
        }
        let of: Option<Decimal> = parts.iter().map(|(_, of)| self.possible(*of)).sum();
        let now: Option<Decimal> = parts.iter().filter(applies).map(|(_, of)| self.possible(*of)).sum();
        let (Some(of), Some(possible)) = (of, now) else { return sum };
        if of == possible || possible.is_zero() {
            return sum;
        }
        sum.map(|before| {
            let after = decimal::div(decimal::mul(before, of)?, possible)?.unwrap_or(before);
            self.trace.note(|| (Fact::ScaledUp { before, after, possible, of }, place()));
            Ok(after)
        })
    }

    /// Takes the violations that `applies` to off a sum.
    fn penalised(
        &mut self,
        outcome: Outcome,
        attempt: &mut Attempt,
        applies: impl Fn(&Fault, &DeductFrom) -> bool,
    ) -> Outcome {
        let (model, faults) = (self.model, attempt.faults);
        faults.iter().fold(outcome, |outcome, fault| {
            let rule = &model.violations[fault.violation];
            if fault.count == 0 || !applies(fault, &rule.from) {
                return outcome;
            }
            outcome.map(|before| {
                let counted = rule.most.map_or(fault.count, |most| fault.count.min(most));
                let taken = decimal::mul(rule.points, Decimal::from(counted))?;
                let fact = || Fact::Violation {
                    violation: rule.id.clone(),
                    count: fault.count,
                    counted,
                    points: rule.points,
                    taken,
                    effect: rule.effect,
                };
                self.trace.note(|| (fact(), violation_place(model, rule)));
                Ok(decimal::add(before, taken)?)
            })
        })
    }

    /// A recorded fault makes the whole zero, whatever else is marked or missing.
    fn is_zeroed(&mut self, attempt: &Attempt, effect: Effect, piece: Option<usize>) -> bool {
        let model = self.model;
        let hits = |fault: &&Fault| {
            fault.count > 0
                && model.violations[fault.violation].effect == effect
                && (piece.is_none() || fault.piece == piece)
        };
        let Some(fault) = attempt.faults.iter().find(hits) else { return false };
        let rule = &model.violations[fault.violation];
        let fact = Fact::Violation {
            violation: rule.id.clone(),
            count: fault.count,
            counted: fault.count,
            points: rule.points,
            taken: Decimal::ZERO,
            effect,
        };
        self.trace.note(|| (fact, violation_place(model, rule)));
        true
    }

    fn rescaled(&mut self, outcome: Outcome) -> Outcome {
        let model = self.model;
        if !model.rescale {
            return outcome;
        }
        outcome.map(|before| {
            let max = model.max.ok_or(Reason::NoMaximum)?;
            if max == Decimal::ONE_HUNDRED {
                return Ok(before);
            }
            let after = decimal::div(decimal::mul(before, Decimal::ONE_HUNDRED)?, max)?.ok_or(Reason::NoMaximum)?;
            self.trace.note(|| (Fact::Rescaled { before, after, max }, stage_place(model, "rescale")));
            Ok(after)
        })
    }

    fn floored(&mut self, outcome: Outcome, floor: Option<Decimal>, place: impl Fn() -> Place) -> Outcome {
        outcome.map(|before| {
            let after = floor.map_or(before, |floor| before.max(floor));
            self.held(before, after, place);
            Ok(after)
        })
    }

    /// Tells that a floor or a cap took effect.
    pub(super) fn held(&mut self, before: Decimal, after: Decimal, place: impl Fn() -> Place) {
        if after > before {
            self.trace.note(|| (Fact::Floored { before, after }, place()));
        } else if after < before {
            self.trace.note(|| (Fact::Capped { before, after }, place()));
        }
    }

    pub(super) fn rounded(
        &mut self,
        before: Decimal,
        rounding: Option<Rounding>,
        place: impl Fn() -> Place,
    ) -> Decimal {
        let Some(rounding) = rounding else { return before };
        let after = decimal::round(before, rounding);
        if after != before {
            self.trace.note(|| (Fact::Rounded { before, after, rounding }, place()));
        }
        after
    }
}

pub(super) fn stage_place(stage: &Stage, key: &str) -> Place {
    Place::of(&["stage", stage.id.as_str(), key])
}

pub(super) fn aspect_place(stage: &Stage, aspect: &Aspect, key: &str) -> Place {
    Place::of(&["stage", stage.id.as_str(), "aspect", aspect.id.as_str(), key])
}

pub(super) fn panel_place(stage: &Stage, panel: &Panel, key: &str) -> Place {
    Place::of(&["stage", stage.id.as_str(), "panel", panel.id.as_str(), key])
}

pub(super) fn violation_place(stage: &Stage, violation: &Violation) -> Place {
    Place::of(&["stage", stage.id.as_str(), "violation", violation.id.as_str()])
}
