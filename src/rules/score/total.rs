//! Attempts to stages, stages to rounds and totals, and the keys of the tie chain.

use rust_decimal::Decimal;

use super::{
    super::{
        decimal,
        definition::model::{DeductFrom, Take, TieKey},
        field::{Entrant, EntrantStanding},
        names::Id,
        result::Status,
        why::{Fact, Place, Trace},
    },
    Across, Key, Outcome, RoundScore, Scored, Sheet,
    attempt::{Attempt, Run, stage_place},
    plan::{Inner, RoundPlan, needs_all},
};

/// One stage of one entrant.
struct StageScore<'a> {
    outcome: Outcome,
    attempts: Vec<Attempt<'a>>,
    /// Positions of the attempts that count, best first.
    counted: Vec<usize>,
    begun: bool,
}

pub(super) fn whole(
    plan: &Inner,
    entrant: &Entrant,
    sheet: Sheet,
    across: Option<&Across>,
    trace: &mut impl Trace,
) -> Scored {
    let mut spreads = Vec::new();
    let mut compared = Vec::new();
    trace.open();
    let mut stages: Vec<Option<StageScore>> = Vec::with_capacity(plan.stages.len());
    for (at, stage) in plan.stages.iter().enumerate() {
        let held = plan.holds(at, entrant);
        stages.push(if held {
            Some(scored(Run {
                plan,
                stage,
                model: &plan.definition.stages[at],
                stage_at: at,
                entrant,
                sheet,
                across,
                trace: &mut *trace,
                spreads: &mut spreads,
                compared: &mut compared,
            }))
        } else {
            None
        });
    }
    let rounds: Box<[RoundScore]> =
        plan.rounds.iter().map(|round| round_score(plan, round, &stages, sheet, trace)).collect();
    let total = rounds.last().map_or(Outcome::Missing, |round| round.total);
    trace.close(|| (Fact::Total { outcome: total }, Place::of(&["total"])));

    let ids = stages.iter().zip(&plan.definition.stages);
    let definition = &plan.definition;
    Scored {
        stages: ids.filter_map(|(score, stage)| Some((stage.id.clone(), shown(score.as_ref()?.outcome)))).collect(),
        status: status(entrant, total),
        rounds,
        spreads,
        keys: keys(plan, &definition.ranking.ties, entrant, &stages),
        team_keys: definition.teams.as_ref().map(|teams| keys(plan, &teams.ties, entrant, &stages)).unwrap_or_default(),
        held: plan.needs_field.then(|| Box::new(sheet.to_owned())),
        compared,
    }
}

fn shown(outcome: Outcome) -> Option<Decimal> {
    outcome.value().map(decimal::settled)
}

pub(super) fn status(entrant: &Entrant, total: Outcome) -> Status {
    match (&entrant.standing, total) {
        (EntrantStanding::Disqualified { violation }, _) => Status::Disqualified { violation: violation.clone() },
        (EntrantStanding::Withdrawn, _) => Status::Withdrawn,
        (EntrantStanding::In, Outcome::Is(_)) => Status::Ranked,
        (EntrantStanding::In, Outcome::Absent) => Status::Absent,
        (EntrantStanding::In, Outcome::Failed(_)) => Status::Failed,
        (EntrantStanding::In, Outcome::Missing | Outcome::NotApplicable) => Status::Incomplete,
    }
}

fn scored<'a, T: Trace>(mut run: Run<'a, '_, T>) -> StageScore<'a> {
    let model = run.model;
    let rule = &model.attempts;
    let highest_first = run.plan.definition.ranking.highest_first;
    run.trace.open();
    let mut attempts = Vec::with_capacity(rule.count as usize);
    for number in 1..=rule.count.max(1) {
        if rule.count > 1 {
            run.trace.open();
        }
        let attempt = run.attempt(number);
        if rule.count > 1 {
            let outcome = attempt.outcome;
            run.trace.close(|| {
                (Fact::Attempt { number, outcome, counted: outcome.value().is_some() }, stage_place(model, "attempts"))
            });
        }
        attempts.push(attempt);
    }
    let begun = attempts.iter().any(Attempt::begun);
    let (mut outcome, counted) = if attempts.len() == 1 {
        (attempts[0].outcome, vec![0])
    } else {
        taken(rule.take, &attempts, highest_first, run.absent_is_zero())
    };
    if attempts.len() > 1 {
        let rounding = run.model.rounding;
        outcome = outcome.map(|before| Ok(run.rounded(before, rounding, || stage_place(model, "rounding"))));
    }
    if let (Outcome::Is(before), Some(across)) = (outcome, run.across)
        && let Some(after) = across.standardised(run.plan, run.stage_at, run.entrant, before)
    {
        run.trace.note(|| (Fact::Standardised { before, after }, stage_place(model, "standardise")));
        let rounding = run.model.rounding;
        outcome = Outcome::Is(run.rounded(after, rounding, || stage_place(model, "rounding")));
    }
    if outcome == Outcome::Absent && run.absent_is_zero() {
        outcome = Outcome::Is(decimal::round_if(Decimal::ZERO, run.model.rounding));
    }
    run.trace
        .close(|| (Fact::Stage { stage: run.model.id.clone(), outcome }, Place::of(&["stage", model.id.as_str()])));
    StageScore { outcome, attempts, counted, begun }
}

/// What several attempts make, and which of them count, best first.
fn taken(take: Take, attempts: &[Attempt], highest_first: bool, absent_is_zero: bool) -> (Outcome, Vec<usize>) {
    // An attempt that is not applicable is none.
    let applies = |attempt: &&Attempt| attempt.outcome != Outcome::NotApplicable;
    let applicable = attempts.iter().filter(applies).count();
    if applicable == 0 {
        return (Outcome::NotApplicable, vec![]);
    }
    let mut scored: Vec<(usize, Decimal)> =
        attempts.iter().enumerate().filter_map(|(at, attempt)| Some((at, attempt.outcome.value()?))).collect();
    let in_the_way = attempts
        .iter()
        .filter(|attempt| applies(attempt) && attempt.begun() && attempt.outcome.value().is_none())
        .map(|attempt| attempt.outcome)
        .filter(|outcome| *outcome != Outcome::Absent || (needs_all(take) && !absent_is_zero))
        .fold(Outcome::Is(Decimal::ZERO), Outcome::gravest);
    if in_the_way.value().is_none() {
        return (in_the_way, vec![]);
    }
    let not_begun = attempts.iter().filter(|attempt| !attempt.begun()).count();
    let wanted = match take {
        Take::Best | Take::Last => 1,
        Take::BestOf(best) => best as usize,
        Take::Sum | Take::Mean => applicable,
    };
    // Those who were absent every time are absent; those who have attempts left are not.
    if scored.is_empty() || (scored.len() < wanted && not_begun > 0) {
        let none_left = not_begun == 0 && scored.is_empty();
        return (if none_left { Outcome::Absent } else { Outcome::Missing }, vec![]);
    }
    if take == Take::Last {
        scored.reverse();
    } else {
        scored.sort_by(|(_, a), (_, b)| if highest_first { b.cmp(a) } else { a.cmp(b) });
    }
    scored.truncate(wanted);
    let sum = decimal::sum(scored.iter().map(|(_, score)| *score));
    let outcome = match take {
        Take::Mean => sum.and_then(|sum| decimal::div(sum, Decimal::from(applicable))).map(Option::unwrap_or_default),
        _ => sum,
    };
    (Outcome::of(outcome), scored.into_iter().map(|(at, _)| at).collect())
}

fn round_score(
    plan: &Inner,
    round: &RoundPlan,
    stages: &[Option<StageScore>],
    sheet: Sheet,
    trace: &mut impl Trace,
) -> RoundScore {
    let own = || round.own.iter().filter_map(|at| stages[*at].as_ref());
    if round.id.is_some() {
        trace.open();
    }
    let sum = contributions(plan, round, stages, trace);
    let penalised = from_total(plan, round, sheet, sum, trace);
    let total = penalised.map(|before| {
        let rule = &plan.definition.total;
        let held = rule.floor.map_or(before, |floor| before.max(floor));
        if held != before {
            trace.note(|| (Fact::Floored { before, after: held }, Place::of(&["total", "floor"])));
        }
        let after = decimal::settled(decimal::round_if(held, rule.rounding));
        if let Some(rounding) = rule.rounding.filter(|_| after != held) {
            trace.note(|| (Fact::Rounded { before: held, after, rounding }, Place::of(&["total", "rounding"])));
        }
        Ok(after)
    });
    if let Some(id) = &round.id {
        trace.close(|| (Fact::Round { round: id.clone(), outcome: total }, Place::of(&["round", id.as_str()])));
    }
    RoundScore { total, begun: own().any(|stage| stage.begun) }
}

/// The weighted sum, or the plain one. A stage that is not applicable leaves its weight to the others.
fn contributions(plan: &Inner, round: &RoundPlan, stages: &[Option<StageScore>], trace: &mut impl Trace) -> Outcome {
    let mut sum = Outcome::Is(Decimal::ZERO);
    let (mut all, mut applicable) = (Some(Decimal::ZERO), Some(Decimal::ZERO));
    let mut any = false;
    for at in &round.counting {
        let Some(score) = &stages[*at] else { continue };
        let stage = &plan.definition.stages[*at];
        let weight = stage.weight.filter(|_| plan.weighted).unwrap_or(Decimal::ONE);
        // In a plain sum a stage weighs what it can give.
        let share = if plan.weighted { Some(weight) } else { stage.max };
        all = all.zip(share).map(|(all, share)| all + share);
        if score.outcome == Outcome::NotApplicable {
            continue;
        }
        any = true;
        applicable = applicable.zip(share).map(|(applicable, share)| applicable + share);
        sum = match (sum, score.outcome) {
            (Outcome::Is(sum), Outcome::Is(score)) => {
                let points = decimal::mul(score, weight);
                if let Ok(points) = points
                    && plan.weighted
                {
                    let fact = || Fact::Contribution { stage: stage.id.clone(), score, weight, points };
                    trace.note(|| (fact(), Place::of(&["stage", stage.id.as_str(), "weight"])));
                }
                Outcome::of(points.and_then(|points| decimal::add(sum, points)))
            }
            (sum, other) => sum.gravest(other),
        };
    }
    if !any {
        return Outcome::Missing;
    }
    let (Some(of), Some(possible)) = (all, applicable) else { return sum };
    if of == possible || possible.is_zero() {
        return sum;
    }
    sum.map(|before| {
        let after = decimal::div(decimal::mul(before, of)?, possible)?.unwrap_or(before);
        trace.note(|| (Fact::ScaledUp { before, after, possible, of }, Place::of(&["total"])));
        Ok(after)
    })
}

fn from_total(plan: &Inner, round: &RoundPlan, sheet: Sheet, sum: Outcome, trace: &mut impl Trace) -> Outcome {
    let faults = sheet.faults.iter().filter(|fault| fault.count > 0 && round.counting.contains(&fault.stage));
    faults.fold(sum, |sum, fault| {
        let stage = &plan.definition.stages[fault.stage];
        let rule = &stage.violations[fault.violation];
        if rule.from != DeductFrom::Total {
            return sum;
        }
        sum.map(|before| {
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
            trace.note(|| (fact(), Place::of(&["stage", stage.id.as_str(), "violation", rule.id.as_str()])));
            Ok(decimal::add(before, taken)?)
        })
    })
}

fn keys(plan: &Inner, chain: &[TieKey], entrant: &Entrant, stages: &[Option<StageScore>]) -> Box<[Key]> {
    let highest_first = plan.definition.ranking.highest_first;
    let turned = |value: Decimal, lowest_first: bool| decimal::settled(if lowest_first { -value } else { value });
    let stage_of = |id: &Id| plan.stage_at(id).and_then(|at| Some((at, stages[at].as_ref()?)));
    let key = |key: &TieKey| match key {
        TieKey::PlayOff | TieKey::Lots => Key::Decision,
        TieKey::Countback => {
            Key::countback(stages.iter().flatten().filter_map(|stage| shown(stage.outcome)), highest_first)
        }
        TieKey::Attempts { stage } => {
            let attempts = stage_of(stage).map(|(_, stage)| stage.attempts.as_slice()).unwrap_or_default();
            Key::countback(attempts.iter().filter_map(|attempt| shown(attempt.outcome)), highest_first)
        }
        TieKey::EntrantValue { value, lowest_first } => {
            Key::One(entrant.values.get(value).map(|value| turned(*value, *lowest_first)))
        }
        TieKey::Stage { stage, lowest_first } => {
            Key::One(stage_of(stage).and_then(|(_, stage)| stage.outcome.value()).map(|v| turned(v, *lowest_first)))
        }
        TieKey::Piece { stage, piece, lowest_first } => {
            let found = stage_of(stage).and_then(|(at, score)| {
                let piece = plan.stages[at].piece_at(piece)?;
                score.sum(|attempt| attempt.pieces.get(piece)?.value())
            });
            Key::One(found.map(|value| turned(value, *lowest_first)))
        }
        TieKey::Aspect { stage, aspect, lowest_first } => {
            let found = stage_of(stage).and_then(|(at, score)| {
                let items = &plan.stages[at].of_aspect[plan.stages[at].aspect_at(aspect.as_str())?];
                score.sum(|attempt| items.iter().map(|item| attempt.items[*item - attempt.first_item]?.value()).sum())
            });
            Key::One(found.map(|value| turned(value, *lowest_first)))
        }
        TieKey::Recorded { stage, aspect, value, lowest_first } => {
            let found = stage_of(stage).and_then(|(at, score)| {
                let items = &plan.stages[at].of_aspect[plan.stages[at].aspect_at(aspect.as_str())?];
                let cells: Vec<u32> =
                    items.iter().map(|item| plan.cell_at(*item, Some(value.as_str()))).collect::<Option<_>>()?;
                score.sum(|attempt| {
                    cells.iter().map(|cell| attempt.recorded[(cell - attempt.first_cell) as usize]).sum()
                })
            });
            Key::One(found.map(|value| turned(value, *lowest_first)))
        }
    };
    chain.iter().map(key).collect()
}

impl StageScore<'_> {
    /// Over the attempts that count.
    fn sum(&self, of: impl Fn(&Attempt) -> Option<Decimal>) -> Option<Decimal> {
        self.counted.iter().map(|at| of(&self.attempts[*at])).sum()
    }
}
