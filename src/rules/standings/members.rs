//! Teams and units: many entrants become one number.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    super::{
        decimal,
        definition::model::{MemberScore, Rounding, TableOf, TeamRule, TieEnd, TieKey},
        field::TieDecision,
        names::{EntrantId, Id},
        result::{Row, StageScores, Status, Who},
        score::{Key, PlanInner},
    },
    Candidate, Prizes, ranked_rows,
    tie::{Chain, Pool},
};

/// A team or a unit with its number.
struct Group {
    who: Who,
    total: Decimal,
    keys: Vec<Key>,
    members: Vec<EntrantId>,
}

/// How a table's groups become numbers and ranks.
struct Rule<'a> {
    score: &'a MemberScore,
    rounding: Option<Rounding>,
    members_min: usize,
    highest_first: bool,
    ties: &'a [TieKey],
    end: TieEnd,
}

pub(super) fn teams(
    plan: &PlanInner,
    rule: &TeamRule,
    candidates: &[Candidate],
    decisions: &[TieDecision],
    prizes: Option<&Prizes>,
) -> Vec<Row> {
    let rule = Rule {
        score: &rule.score,
        rounding: rule.rounding,
        members_min: rule.members_min as usize,
        highest_first: highest_first(&rule.score, plan.definition.ranking.highest_first),
        ties: &rule.ties,
        end: rule.end,
    };
    let who = |candidate: &Candidate| candidate.entrant.team.clone().map(Who::Team);
    rows(&rule, candidates, who, decisions, prizes)
}

pub(super) fn units(
    plan: &PlanInner,
    table: &TableOf,
    candidates: &[Candidate],
    decisions: &[TieDecision],
    prizes: Option<&Prizes>,
) -> Vec<Row> {
    let TableOf::Units { level, score, rounding, end } = table else { return Vec::new() };
    let rule = Rule {
        score,
        rounding: *rounding,
        members_min: 1,
        highest_first: highest_first(score, plan.definition.ranking.highest_first),
        ties: &[],
        end: *end,
    };
    let who = |candidate: &Candidate| {
        let unit = candidate.entrant.unit.as_ref()?;
        unit.at_level(*level as usize).map(Who::Unit)
    };
    rows(&rule, candidates, who, decisions, prizes)
}

/// Award points are won, however the contest counts.
fn highest_first(score: &MemberScore, contest: bool) -> bool {
    matches!(score, MemberScore::Awards(_)) || contest
}

fn rows(
    rule: &Rule,
    candidates: &[Candidate],
    who: impl Fn(&Candidate) -> Option<Who>,
    decisions: &[TieDecision],
    prizes: Option<&Prizes>,
) -> Vec<Row> {
    let mut groups: BTreeMap<Who, Vec<(Decimal, Candidate)>> = BTreeMap::new();
    for candidate in candidates {
        let Some(who) = who(candidate) else { continue };
        let scored = groups.entry(who).or_default();
        let total = candidate.score.rounds.last().and_then(|round| round.total.value());
        let points = match rule.score {
            MemberScore::Awards(worth) => prizes.and_then(|prizes| points(worth, prizes.get(candidate.id))),
            _ => total.filter(|_| candidate.score.status == Status::Ranked),
        };
        scored.extend(points.map(|points| (points, *candidate)));
    }
    let mut ranked = Vec::with_capacity(groups.len());
    let mut unranked = Vec::new();
    for (who, scored) in groups {
        let enough = scored.len() >= rule.members_min;
        match number(rule, scored).filter(|_| enough) {
            Some((total, counted)) => ranked.push(group(rule, who, total, &counted)),
            None => unranked.push(row(who, None, Status::Incomplete, Vec::new())),
        }
    }
    let chain = Chain { highest_first: rule.highest_first, tolerance: None, keys: rule.ties, end: rule.end, decisions };
    let mut pool = Pool::with_capacity(ranked.len(), &chain);
    for group in &ranked {
        pool.push(group.total, &group.keys, group.who.as_str());
    }
    let own = |group: &Group| row(group.who.clone(), Some(group.total), Status::Ranked, group.members.clone());
    let mut rows = Vec::new();
    ranked_rows(&chain, &pool, ranked.iter().map(own).map(Some).collect(), 1, &mut rows);
    rows.append(&mut unranked);
    rows
}

/// What an entrant's prizes are worth; those without one add 0.
fn points(worth: &[(Id, Decimal)], won: Option<&Vec<Id>>) -> Option<Decimal> {
    let each = won.into_iter().flatten().filter_map(|award| worth.iter().find(|(id, _)| id == award));
    decimal::sum(each.map(|(_, points)| *points)).ok()
}

/// The group's number, and who counts, best first.
fn number<'a>(rule: &Rule, mut scored: Vec<(Decimal, Candidate<'a>)>) -> Option<(Decimal, Vec<Candidate<'a>>)> {
    scored.sort_by(|(a, one), (b, other)| {
        let better = if rule.highest_first { b.cmp(a) } else { a.cmp(b) };
        better.then_with(|| one.id.cmp(other.id))
    });
    if let MemberScore::BestSum(best) | MemberScore::BestMean(best) = rule.score {
        scored.truncate(*best as usize);
    }
    let sum = decimal::sum(scored.iter().map(|(points, _)| *points)).ok()?;
    let number = match rule.score {
        MemberScore::Sum | MemberScore::BestSum(_) | MemberScore::Awards(_) => sum,
        MemberScore::Mean | MemberScore::BestMean(_) => decimal::div(sum, Decimal::from(scored.len())).ok()??,
    };
    Some((decimal::round_if(number, rule.rounding), scored.into_iter().map(|(_, candidate)| candidate).collect()))
}

/// A group's key is the sum of its counted members' keys; one of them without makes it nothing.
fn group(rule: &Rule, who: Who, total: Decimal, counted: &[Candidate]) -> Group {
    let key = |at: usize| match rule.ties[at] {
        TieKey::PlayOff | TieKey::Lots => Key::Decision,
        _ => {
            let mut many: Vec<Decimal> = Vec::new();
            let mut sum = Some(Decimal::ZERO);
            for key in counted.iter().filter_map(|candidate| candidate.score.team_keys.get(at)) {
                match key {
                    Key::Many(values) => many.extend(values),
                    Key::One(value) => sum = sum.zip(*value).and_then(|(sum, value)| sum.checked_add(value)),
                    Key::Decision => {}
                }
            }
            many.sort_unstable_by(|a, b| b.cmp(a));
            if many.is_empty() { Key::One(sum) } else { Key::Many(many.into()) }
        }
    };
    Group {
        who,
        total,
        keys: (0..rule.ties.len()).map(key).collect(),
        members: counted.iter().map(|candidate| candidate.id.clone()).collect(),
    }
}

fn row(who: Who, total: Option<Decimal>, status: Status, members: Vec<EntrantId>) -> Row {
    Row {
        rank: None,
        who,
        total,
        stages: StageScores::default(),
        status,
        decided_by: None,
        outside_quota: false,
        members,
    }
}
