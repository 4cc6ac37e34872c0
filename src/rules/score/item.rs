//! One aspect at one piece: from its cells through its panel, rule, factor and violations to points.

use rust_decimal::Decimal;

use super::{
    super::{
        decimal,
        definition::model::{Aspect, AspectKind, DeductFrom, Effect, Factor, PointsRule, Violation},
        panel::Banded,
        points::{self, Recorded},
        why::{Fact, Place, Trace},
    },
    Fault, Outcome, Reason,
    across::Compared,
    attempt::{Attempt, Run, aspect_place, stage_place, violation_place},
    plan::{Item, NamedFormula, Source, points_rule},
};

impl<'a, T: Trace> Run<'a, '_, T> {
    /// Scores one item and leaves its recorded values in `attempt.recorded`.
    pub(super) fn item(&mut self, at: usize, attempt: &mut Attempt) -> Outcome {
        let item = &self.plan.items[at];
        let aspect = self.plan.aspect_of(item);
        let model = self.model;
        self.trace.open();
        let number = self.record(at, item, aspect, attempt);
        let unmarked = matches!(number, Outcome::Absent | Outcome::Missing);
        let allotted = matches!(aspect.kind, AspectKind::Deduction) && aspect.max.is_some();
        let mut outcome = match number {
            _ if attempt.absent && self.absent_is_zero() && (allotted || unmarked) => {
                self.trace.note(|| (Fact::AbsentIsZero, stage_place(model, "absent")));
                Outcome::Is(Decimal::ZERO)
            }
            Outcome::Missing if attempt.absent => Outcome::Absent,
            _ if !item.counts => number,
            _ => self.pointed(at, item, aspect, number, attempt),
        };
        if item.counts && !matches!(aspect.kind, AspectKind::Deduction) {
            outcome = self.deducted(item, aspect, outcome, attempt);
        }
        self.trace.close(|| {
            let piece = item.piece.map(|piece| model.pieces[piece].id.clone());
            (Fact::Aspect { aspect: aspect.id.clone(), piece, outcome }, aspect_place(model, aspect, ""))
        });
        outcome
    }

    /// From recorded values to points, before violations.
    fn pointed(&mut self, at: usize, item: &Item, aspect: &Aspect, number: Outcome, attempt: &mut Attempt) -> Outcome {
        if matches!(aspect.kind, AspectKind::Deduction) {
            let start = Outcome::Is(aspect.max.unwrap_or(Decimal::ZERO));
            let start = self.deducted(item, aspect, start, attempt);
            return self.scaled_by_factor(item, aspect, start, attempt);
        }
        let Outcome::Is(value) = number else { return number };
        let model = self.model;
        let resolved = self.resolved(at, attempt);
        let base = if let Some(resolved) = resolved.filter(|_| item.values.len() > 1) {
            self.trace.note(|| (Fact::Resolved { number: resolved }, aspect_place(model, aspect, "")));
            Outcome::Is(resolved)
        } else if let Some(late) = self.too_late(aspect, value) {
            late
        } else if let Some(formula) = &item.formula {
            self.formula(formula, Some((item, value)), attempt, || aspect_place(model, aspect, "formula"))
        } else {
            self.by_rule(at, item, aspect, value, attempt)
        };
        let scaled = self.scaled_by_factor(item, aspect, base, attempt);
        self.capped(aspect, scaled)
    }

    fn by_rule(&mut self, at: usize, item: &Item, aspect: &Aspect, value: Decimal, attempt: &mut Attempt) -> Outcome {
        let model = self.model;
        let place = |key: &str| aspect_place(model, aspect, key);
        if let AspectKind::Imported { from_max, .. } = &aspect.kind {
            let to_max = aspect.max.unwrap_or(*from_max);
            return match points::scaled(value, *from_max, to_max) {
                Err(overflow) => Outcome::Failed(overflow.into()),
                Ok(None) => Outcome::Failed(Reason::NoMaximum),
                Ok(Some(after)) if *from_max == to_max => Outcome::Is(after),
                Ok(Some(after)) => {
                    let fact = Fact::Scaled { before: value, after, from_max: *from_max, to_max };
                    self.trace.note(|| (fact, place("from-max")));
                    Outcome::Is(after)
                }
            };
        }
        if let Some(banded) = banded(aspect).filter(|_| item.panel.is_none()) {
            // One person gives the band; a panel has made points of it already.
            let points = points::scaled(value, Decimal::from(banded.top), banded.max);
            if let Ok(Some(after)) = points {
                let (from_max, to_max) = (Decimal::from(banded.top), banded.max);
                self.trace.note(|| (Fact::Scaled { before: value, from_max, to_max, after }, place("levels")));
            }
            return points.map_or_else(
                |overflow| Outcome::Failed(overflow.into()),
                |points| Outcome::Is(points.unwrap_or(value)),
            );
        }
        let Some(rule) = points_rule(aspect) else { return Outcome::Is(value) };
        let values: Vec<Decimal> = attempt.of(item).iter().map(|value| value.unwrap_or_default()).collect();
        let recorded = Recorded { ids: &item.values, values: &values };
        match rule {
            PointsRule::AsIs | PointsRule::Formula => Outcome::Is(value),
            PointsRule::Bands(bands) => match points::band(bands, recorded) {
                None => Outcome::Failed(Reason::NoBand),
                Some((row, points)) => {
                    self.trace.note(|| (Fact::Band { row: row + 1, points }, place("bands")));
                    Outcome::Is(points)
                }
            },
            PointsRule::Linear(line) => match points::linear(line, value) {
                Err(overflow) => Outcome::Failed(overflow.into()),
                Ok((free, points)) => {
                    self.trace.note(|| (Fact::Line { value, points: free }, place("linear")));
                    self.held(free, points, || place("linear"));
                    Outcome::Is(points)
                }
            },
            PointsRule::AllOrNothing { points, when } => {
                let points = points::all_or_nothing(*points, when, recorded);
                self.trace.note(|| (Fact::AllOrNothing { points }, place("when")));
                Outcome::Is(points)
            }
            PointsRule::RankOrder { points, .. } => {
                self.compared.push(Compared { item: at, attempt: attempt.number, value });
                match self.across.and_then(|across| across.position(at, value)) {
                    None => Outcome::Missing,
                    Some(position) => {
                        let points = points::by_rank(points, position);
                        self.trace.note(|| (Fact::ByRank { position, points }, place("rank-order")));
                        Outcome::Is(points)
                    }
                }
            }
        }
    }

    /// No points come after the limit of a time.
    fn too_late(&mut self, aspect: &Aspect, value: Decimal) -> Option<Outcome> {
        let AspectKind::Time { limit_s: Some(limit_s), .. } = aspect.kind else { return None };
        (decimal::settled(value) > limit_s).then(|| {
            let model = self.model;
            self.trace.note(|| (Fact::OverTime { value, limit_s }, aspect_place(model, aspect, "limit-s")));
            Outcome::Is(Decimal::ZERO)
        })
    }

    /// Evaluates a formula; `own` is its item and the number of its panel or only value.
    pub(super) fn formula(
        &mut self,
        formula: &NamedFormula,
        own: Option<(&Item, Decimal)>,
        attempt: &Attempt,
        place: impl Fn() -> Place,
    ) -> Outcome {
        let (compiled, sources) = match &formula.compiled {
            Ok(compiled) => compiled,
            Err(reason) => return Outcome::Failed(*reason),
        };
        let mut values = Vec::with_capacity(sources.len());
        let mut in_the_way = Outcome::Is(Decimal::ZERO);
        for source in sources {
            match self.named(source, own, attempt) {
                Outcome::Is(value) => values.push(value),
                other => in_the_way = in_the_way.gravest(other),
            }
        }
        if !matches!(in_the_way, Outcome::Is(_)) {
            return in_the_way;
        }
        match compiled.eval(&values) {
            Err(failure) => Outcome::Failed(Reason::Formula(failure)),
            Ok(result) => {
                self.trace.note(|| {
                    let named = compiled.uses().iter().cloned().zip(values).collect();
                    (Fact::Formula { source: formula.source.clone(), values: named, result }, place())
                });
                Outcome::Is(result)
            }
        }
    }

    fn named(&self, source: &Source, own: Option<(&Item, Decimal)>, attempt: &Attempt) -> Outcome {
        match source {
            Source::Own(value) => {
                let recorded = own.and_then(|(item, _)| attempt.of(item).get(*value).copied().flatten());
                recorded.map_or(Outcome::Missing, Outcome::Is)
            }
            Source::Panel => own.map_or(Outcome::Missing, |(_, number)| Outcome::Is(number)),
            Source::Piece(piece) => attempt.pieces.get(*piece).copied().unwrap_or(Outcome::Missing),
            // A column left empty is not marked yet.
            Source::Entrant(id) => self.entrant.values.get(id).map_or(Outcome::Missing, |value| Outcome::Is(*value)),
            Source::Items(items) => {
                let mut sum = Outcome::Is(Decimal::ZERO);
                for at in items {
                    let of = attempt.items[*at - attempt.first_item].unwrap_or(Outcome::Failed(Reason::Circular));
                    sum = match (sum, of) {
                        (Outcome::Is(sum), Outcome::Is(of)) => Outcome::of(decimal::add(sum, of)),
                        (sum, of) => sum.gravest(of),
                    };
                }
                sum
            }
        }
    }

    fn scaled_by_factor(&mut self, item: &Item, aspect: &Aspect, base: Outcome, attempt: &Attempt) -> Outcome {
        let Outcome::Is(before) = base else { return base };
        let model = self.model;
        let by = match &aspect.factor {
            Factor::Constant(by) => Outcome::Is(*by),
            Factor::Named(_) => {
                item.factor.as_ref().map_or(Outcome::Missing, |source| self.named(source, None, attempt))
            }
        };
        let Outcome::Is(by) = by else { return by };
        let after = match decimal::mul(before, by) {
            Ok(after) => after,
            Err(overflow) => return Outcome::Failed(overflow.into()),
        };
        if by != Decimal::ONE {
            self.trace.note(|| (Fact::Factor { before, by, after }, aspect_place(model, aspect, "factor")));
        }
        Outcome::Is(self.rounded(after, aspect.rounding, || aspect_place(model, aspect, "rounding")))
    }

    fn capped(&mut self, aspect: &Aspect, outcome: Outcome) -> Outcome {
        let measured = matches!(aspect.kind, AspectKind::Measurement { .. } | AspectKind::Time { .. });
        let Outcome::Is(before) = outcome else { return outcome };
        match aspect.max.filter(|max| measured && before > *max) {
            None => outcome,
            Some(after) => {
                let model = self.model;
                self.trace.note(|| (Fact::Capped { before, after }, aspect_place(model, aspect, "max")));
                Outcome::Is(after)
            }
        }
    }

    /// Violations inside this aspect, until its points are used up (扣完为止).
    fn deducted(&mut self, item: &Item, aspect: &Aspect, outcome: Outcome, attempt: &mut Attempt) -> Outcome {
        let Outcome::Is(mut left) = outcome else { return self.zeroed(item, aspect, outcome, attempt) };
        let model = self.model;
        // Without an allotment a deduction goes below zero, as far as its minimum.
        let bottom = match aspect.kind {
            AspectKind::Deduction if aspect.max.is_none() => aspect.min,
            _ => Some(left.min(Decimal::ZERO)),
        };
        for at in 0..attempt.faults.len() {
            let fault = attempt.faults[at];
            let Some(rule) = self.inside(&fault, item, aspect) else { continue };
            let counted = rule.most.map_or(fault.count, |most| fault.count.min(most));
            let wanted = attempt.owed[at].unwrap_or_else(|| rule.points * Decimal::from(counted));
            let floor = if rule.effect == Effect::ZeroAspect { Some(Decimal::ZERO) } else { bottom };
            let taken = match rule.effect {
                Effect::ZeroAspect => -left,
                _ => floor.map_or(wanted, |floor| wanted.max(floor - left)).min(Decimal::ZERO),
            };
            left = match decimal::add(left, taken) {
                Ok(left) => left,
                Err(overflow) => return Outcome::Failed(overflow.into()),
            };
            // Recorded without a piece, a violation goes on into the next piece until it is used up.
            attempt.owed[at] = Some(wanted - taken);
            self.trace.note(|| {
                let place = violation_place(model, rule);
                let (violation, points, effect) = (rule.id.clone(), rule.points, rule.effect);
                (Fact::Violation { violation, count: fault.count, counted, points, taken, effect }, place)
            });
        }
        Outcome::Is(left)
    }

    /// A fault that zeroes the aspect needs no marks.
    fn zeroed(&self, item: &Item, aspect: &Aspect, outcome: Outcome, attempt: &Attempt) -> Outcome {
        let zeroes =
            |fault: &Fault| self.inside(fault, item, aspect).is_some_and(|rule| rule.effect == Effect::ZeroAspect);
        if outcome == Outcome::Missing && attempt.faults.iter().any(zeroes) {
            Outcome::Is(Decimal::ZERO)
        } else {
            outcome
        }
    }

    /// The rule of a recorded fault that speaks inside this item.
    fn inside(&self, fault: &Fault, item: &Item, aspect: &Aspect) -> Option<&'a Violation> {
        let rule = &self.model.violations[fault.violation];
        let here = matches!(&rule.from, DeductFrom::Aspect(id) if *id == aspect.id);
        (here && fault.count > 0 && (fault.piece.is_none() || fault.piece == item.piece)).then_some(rule)
    }
}

/// Described bands share the aspect's maximum.
pub(super) fn banded(aspect: &Aspect) -> Option<Banded> {
    let AspectKind::BandedJudgement { bands } = &aspect.kind else { return None };
    let top = bands.iter().map(|band| band.score).max().unwrap_or(3).max(1);
    Some(Banded { max: aspect.max.unwrap_or(Decimal::from(top)), top })
}
