//! What was recorded for an item: each cell by its panel, or as it was entered.

use rust_decimal::Decimal;

use super::{
    super::{
        decimal,
        definition::model::{Aspect, AspectKind, Panel, SpreadAction},
        field::{PanelSlot, Value},
        panel::{self, Banded, ExtremeSheets, Given, NoNumber, SpreadFinding, Verdict},
        why::{Fact, Place, Trace},
    },
    CellMark, NOBODY, Outcome, Reason, Spread,
    attempt::{Attempt, Run, aspect_place, panel_place},
    item::banded,
    plan::{Item, has_weights, looks_at_sheets},
};

impl<T: Trace> Run<'_, '_, T> {
    /// The chief's number for an item, after a spread.
    pub(super) fn resolved(&self, item: usize, attempt: &Attempt) -> Option<Decimal> {
        let resolved = self.sheet.resolved.iter().find(|r| r.item == item && r.attempt == attempt.number);
        resolved.map(|resolved| resolved.number)
    }

    /// Fills the recorded values; the number of a single one, else whether all are there.
    pub(super) fn record(&mut self, at: usize, item: &Item, aspect: &Aspect, attempt: &mut Attempt) -> Outcome {
        let model = self.model;
        let resolved = self.resolved(at, attempt);
        let mut all = Outcome::Is(Decimal::ZERO);
        for (value_at, value) in item.values.iter().enumerate() {
            let cell = item.first_cell + u32::try_from(value_at).unwrap_or(0);
            let marks = attempt.cell(cell);
            let single = item.values.len() == 1;
            if !single {
                self.trace.open();
            }
            let outcome = match self.plan.panel_of(item) {
                Some(panel) => {
                    let resolved = resolved.filter(|_| single);
                    let verdict = self.judged(item, aspect, panel, marks, resolved, attempt);
                    let found = match &verdict {
                        Ok(verdict) => verdict.spread,
                        // Two who must agree and do not are as far apart as they may not be.
                        Err(Outcome::Failed(Reason::Panel(NoNumber::Disagree))) => Some(disagreement(marks)),
                        Err(_) => None,
                    };
                    if let Some(found) = found {
                        self.spreads.push(Spread {
                            slot: self.panel_slot(item, aspect, attempt.number),
                            value: (!single).then(|| value.clone()),
                            panel: panel.id.clone(),
                            found,
                        });
                    }
                    verdict.map_or_else(|outcome| outcome, |verdict| Outcome::Is(verdict.number))
                }
                None => self.entered(marks),
            };
            let place = || aspect_place(model, aspect, "");
            match outcome {
                // A panel that marks one value has told its number already.
                Outcome::Is(_) if single && item.panel.is_some() => {}
                Outcome::Is(number) if single => {
                    self.trace.note(|| (Fact::Recorded { value: value.clone(), number }, place()));
                }
                Outcome::Is(number) => self.trace.close(|| (Fact::Recorded { value: value.clone(), number }, place())),
                _ if single => {}
                _ => self.trace.close(|| (Fact::Unrecorded { value: value.clone() }, place())),
            }
            attempt.recorded[(cell - attempt.first_cell) as usize] = outcome.value();
            all = if single { outcome } else { all.gravest(outcome) };
        }
        // With several values, the chief's number is the points themselves, and nothing has to be recorded.
        if item.values.len() > 1 { resolved.map_or(all, |_| Outcome::Is(Decimal::ZERO)) } else { all }
    }

    /// A value that is entered once. Two people who enter it agree, or there is no value.
    fn entered(&mut self, marks: &[CellMark]) -> Outcome {
        let mut outcome = Outcome::Missing;
        for mark in marks {
            self.note_mark_that_is_not(mark);
            let own = match mark.value {
                Value::Number(number) => Outcome::Is(number),
                Value::Absent => Outcome::Absent,
                Value::NotApplicable => Outcome::NotApplicable,
            };
            outcome = match outcome {
                Outcome::Missing => own,
                before if before == own => own,
                _ => Outcome::Failed(Reason::Disagree),
            };
        }
        outcome
    }

    fn note_mark_that_is_not(&mut self, mark: &CellMark) {
        if !matches!(mark.value, Value::Number(_)) {
            let judge = self.sheet.judge(mark).cloned();
            self.trace.note(|| (Fact::MarkIsNot { judge, value: mark.value }, Place::default()));
        }
    }

    fn judged(
        &mut self,
        item: &Item,
        aspect: &Aspect,
        panel: &Panel,
        marks: &[CellMark],
        resolved: Option<Decimal>,
        attempt: &Attempt,
    ) -> Result<Verdict, Outcome> {
        let mut given: Vec<Given> = Vec::with_capacity(marks.len());
        let (mut seat, mut excused) = (0, 0);
        let mut absent = false;
        for mark in marks {
            match mark.value {
                Value::Number(value) => {
                    seat += 1;
                    given.push(Given { seat, value });
                }
                Value::NotApplicable => excused += 1,
                Value::Absent => absent = true,
            }
            self.note_mark_that_is_not(mark);
        }
        if absent {
            return Err(Outcome::Absent);
        }
        if given.is_empty() && excused > 0 && resolved.is_none() {
            return Err(Outcome::NotApplicable);
        }
        let numbers = || marks.iter().filter(|mark| matches!(mark.value, Value::Number(_)));
        let sheets = looks_at_sheets(panel).then(|| self.extreme_sheets(item, panel, attempt));
        if sheets.is_some() {
            // On whole sheets a judge needs the same seat in every aspect.
            given.iter_mut().zip(numbers()).for_each(|(given, mark)| given.seat = mark.judge.wrapping_add(1));
        } else if has_weights(panel) {
            let seats = self.sheet.seats(self.plan, item, panel, numbers());
            given.iter_mut().zip(seats).for_each(|(given, seat)| given.seat = seat);
        }
        let asked = panel::Aspect {
            max: mark_max(aspect),
            excused,
            resolved,
            bands: banded(aspect),
            measured: !matches!(aspect.kind, AspectKind::Judgement { .. } | AspectKind::BandedJudgement { .. }),
            extreme_sheets: sheets.as_ref(),
        };
        let verdict = panel::judge(panel, &asked, &given).map_err(|none| match none {
            NoNumber::Missing { .. } | NoNumber::TooFew { .. } => Outcome::Missing,
            other => Outcome::Failed(Reason::Panel(other)),
        });
        self.explain(panel, asked.bands, marks, verdict.as_ref().ok());
        verdict
    }

    fn explain(&mut self, panel: &Panel, bands: Option<Banded>, marks: &[CellMark], verdict: Option<&Verdict>) {
        let sheet = self.sheet;
        let model = self.model;
        let place_of = |key: &str| panel_place(model, panel, key);
        let Some(verdict) = verdict else {
            for mark in marks {
                if let Value::Number(given) = mark.value {
                    let judge = sheet.judge(mark).cloned();
                    let fate = panel::Fate::Counted;
                    let fact = || (Fact::Mark { judge, given, used: given, fate }, Place::default());
                    self.trace.note(fact);
                }
            }
            return;
        };
        let numbers = marks.iter().filter(|mark| matches!(mark.value, Value::Number(_)));
        self.trace.open();
        for (mark, weighed) in numbers.zip(&verdict.marks) {
            let Value::Number(given) = mark.value else { continue };
            let key = match weighed.fate {
                panel::Fate::Counted => "aggregate",
                panel::Fate::DroppedHigh => "drop-high",
                panel::Fate::DroppedLow => "drop-low",
            };
            self.trace.note(|| {
                let judge = sheet.judge(mark).cloned();
                (Fact::Mark { judge, given, used: weighed.value, fate: weighed.fate }, place_of(key))
            });
        }
        for stand_in in verdict.marks.iter().filter(|mark| mark.stands_in) {
            let fact = Fact::StandsIn { seat: stand_in.seat, used: stand_in.value, fate: stand_in.fate };
            self.trace.note(|| (fact, place_of("missing")));
        }
        if let Some(found) = verdict.spread {
            self.trace.note(|| (Fact::Spread { found }, place_of("spread")));
        }
        if verdict.mean_of_all {
            self.trace.note(|| (Fact::MeanOfAll { number: verdict.exact }, place_of("spread")));
        }
        if verdict.resolved {
            self.trace.note(|| (Fact::Resolved { number: verdict.exact }, place_of("spread")));
        }
        if let Some(Banded { max, top }) = bands.filter(|_| !verdict.resolved) {
            let kept = || verdict.marks.iter().filter(|mark| mark.fate == panel::Fate::Counted);
            let before = kept().fold(Decimal::ZERO, |sum, mark| sum.saturating_add(mark.value));
            let from_max = Decimal::from(kept().count()).saturating_mul(Decimal::from(top));
            let fact = Fact::Scaled { before, from_max, to_max: max, after: verdict.exact };
            self.trace.note(|| (fact, place_of("aggregate")));
        }
        if let Some(rounding) = panel.rounding.filter(|_| verdict.number != verdict.exact) {
            let fact = Fact::Rounded { before: verdict.exact, after: verdict.number, rounding };
            self.trace.note(|| (fact, place_of("rounding")));
        }
        self.trace.close(|| (Fact::Panel { panel: panel.id.clone(), number: verdict.number }, place_of("")));
    }

    /// Whole sheets of one panel at one piece: the sums of the marks of those who marked every aspect.
    fn extreme_sheets(&self, item: &Item, panel: &Panel, attempt: &Attempt) -> ExtremeSheets {
        let stage = &self.plan.stages[item.stage];
        let cells: Vec<u32> = stage
            .items
            .clone()
            .map(|at| &self.plan.items[at])
            .filter(|other| other.panel == item.panel && other.piece == item.piece)
            .flat_map(|other| (other.first_cell..).take(other.values.len()))
            .collect();
        let mut sheets: Vec<(u32, usize, Decimal)> = Vec::new();
        for mark in cells.iter().flat_map(|cell| attempt.cell(*cell)) {
            let value = match mark.value {
                Value::Number(value) => decimal::round_if(value, panel.mark_rounding),
                _ => Decimal::ZERO,
            };
            match sheets.iter_mut().find(|(judge, ..)| *judge == mark.judge) {
                Some((_, marks, sum)) => {
                    *marks += 1;
                    *sum = sum.saturating_add(value);
                }
                None => sheets.push((mark.judge, 1, value)),
            }
        }
        sheets.sort_unstable_by_key(|(judge, ..)| *judge);
        let whole = sheets.iter().filter(|(judge, marks, _)| *marks == cells.len() && *judge != NOBODY);
        let totals: Vec<Given> = whole.map(|(judge, _, sum)| Given { seat: judge + 1, value: *sum }).collect();
        panel::extreme_sheets(panel, &totals)
    }

    fn panel_slot(&self, item: &Item, aspect: &Aspect, attempt: u32) -> PanelSlot {
        PanelSlot {
            stage: self.model.id.clone(),
            piece: item.piece.map(|piece| self.model.pieces[piece].id.clone()),
            attempt,
            aspect: aspect.id.clone(),
        }
    }
}

fn disagreement(marks: &[CellMark]) -> SpreadFinding {
    let numbers =
        || marks.iter().filter_map(|mark| if let Value::Number(number) = mark.value { Some(number) } else { None });
    let apart = numbers().max().zip(numbers().min()).and_then(|(most, least)| most.checked_sub(least));
    SpreadFinding { measured: apart.unwrap_or_default(), limit: Decimal::ZERO, action: SpreadAction::ReMark }
}

/// The most one judge can give.
fn mark_max(aspect: &Aspect) -> Option<Decimal> {
    match &aspect.kind {
        AspectKind::Judgement { max, .. } => Some(*max),
        AspectKind::BandedJudgement { bands } => bands.iter().map(|band| Decimal::from(band.score)).max(),
        _ => aspect.max,
    }
}
