//! Many entrants become one number: what teams and units have in common, and teams.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    super::{
        decimal,
        definition::model::{MemberScore, Rounding, TeamRule, TieEnd, TieKey},
        field::TieDecision,
        names::{EntrantId, Id},
        result::{Heads, Row, StageScores, Status, Who},
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
    heads: Option<Heads>,
}

/// How a table's groups become numbers and ranks.
pub(super) struct Rule<'a> {
    pub(super) score: &'a MemberScore,
    pub(super) rounding: Option<Rounding>,
    pub(super) members_min: usize,
    pub(super) highest_first: bool,
    /// Of the stages' scores.
    pub(super) scores_highest_first: bool,
    pub(super) ties: &'a [TieKey],
    pub(super) end: TieEnd,
    /// What becomes of the number of a group, and what is told of its heads.
    pub(super) heads: &'a dyn HeadRule,
}

/// Counts the heads of a group.
pub(super) trait HeadRule {
    /// `listed`: entrants on the list; `scored`: the points of those who have some.
    fn heads(&self, who: &Who, listed: usize, scored: &[Decimal]) -> Option<Heads>;

    /// By what a mean is divided, in place of how many counted.
    fn divisor(&self, heads: Option<&Heads>, counted: usize) -> Decimal {
        let _ = heads;
        Decimal::from(counted)
    }

    /// What a mean is multiplied by, as a fraction; `None`: cannot be computed.
    fn share(&self, heads: Option<&Heads>) -> Option<(Decimal, Decimal)> {
        let _ = heads;
        Some((Decimal::ONE, Decimal::ONE))
    }

    /// Groups that are listed though nobody of theirs is.
    fn expected(&self) -> Vec<Who> {
        Vec::new()
    }
}

/// Teams: nobody counts heads.
struct NoHeads;

impl HeadRule for NoHeads {
    fn heads(&self, _: &Who, _: usize, _: &[Decimal]) -> Option<Heads> {
        None
    }
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
        scores_highest_first: plan.definition.ranking.highest_first,
        ties: &rule.ties,
        end: rule.end,
        heads: &NoHeads,
    };
    let who = |candidate: &Candidate| candidate.entrant.team.clone().map(Who::Team);
    rows(&rule, candidates, who, decisions, prizes)
}

/// Award points are won, however the contest counts.
pub(super) fn highest_first(score: &MemberScore, contest: bool) -> bool {
    matches!(score, MemberScore::Awards(_)) || contest
}

pub(super) fn rows(
    rule: &Rule,
    candidates: &[Candidate],
    who: impl Fn(&Candidate) -> Option<Who>,
    decisions: &[TieDecision],
    prizes: Option<&Prizes>,
) -> Vec<Row> {
    let mut groups: BTreeMap<Who, (usize, Vec<(Decimal, Candidate)>)> = BTreeMap::new();
    for who in rule.heads.expected() {
        groups.entry(who).or_default();
    }
    for candidate in candidates {
        let Some(who) = who(candidate) else { continue };
        let (listed, scored) = groups.entry(who).or_default();
        // Who withdrew is no head of the unit any more.
        *listed += usize::from(candidate.score.status != Status::Withdrawn);
        let total = candidate.score.rounds.last().and_then(|round| round.total.value());
        let points = match rule.score {
            MemberScore::Awards(worth) => prizes.and_then(|prizes| points(worth, prizes.get(candidate.id))),
            _ => total.filter(|_| candidate.score.status == Status::Ranked),
        };
        scored.extend(points.map(|points| (points, *candidate)));
    }
    let mut ranked = Vec::with_capacity(groups.len());
    let mut unranked = Vec::new();
    for (who, (listed, scored)) in groups {
        let enough = scored.len() >= rule.members_min;
        let points: Vec<Decimal> = scored.iter().map(|(points, _)| *points).collect();
        let heads = rule.heads.heads(&who, listed, &points);
        match number(rule, scored, heads.as_ref()).filter(|_| enough) {
            Some((total, counted)) => ranked.push(Group { heads, ..group(rule, who, total, &counted) }),
            None => unranked.push(Row { heads, ..row(who, None, Status::Incomplete, Vec::new()) }),
        }
    }
    let chain = Chain { highest_first: rule.highest_first, tolerance: None, keys: rule.ties, end: rule.end, decisions };
    let mut pool = Pool::with_capacity(ranked.len(), &chain);
    for group in &ranked {
        pool.push(group.total, &group.keys, group.who.as_str());
    }
    let own = |group: &Group| Row {
        heads: group.heads,
        ..row(group.who.clone(), Some(group.total), Status::Ranked, group.members.clone())
    };
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
fn number<'a>(
    rule: &Rule,
    mut scored: Vec<(Decimal, Candidate<'a>)>,
    heads: Option<&Heads>,
) -> Option<(Decimal, Vec<Candidate<'a>>)> {
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
        MemberScore::Mean | MemberScore::BestMean(_) => {
            // Multiplied first: the one division at the end loses nothing before it.
            let (times, by) = rule.heads.share(heads)?;
            let divisor = rule.heads.divisor(heads, scored.len()).checked_mul(by)?;
            decimal::div(sum.checked_mul(times)?, divisor).ok()??
        }
    };
    Some((decimal::round_if(number, rule.rounding), scored.into_iter().map(|(_, candidate)| candidate).collect()))
}

/// A group's key is the sum of its counted members' keys; one of them without makes it nothing.
fn group(rule: &Rule, who: Who, total: Decimal, counted: &[Candidate]) -> Group {
    let key = |at: usize| match rule.ties[at] {
        TieKey::PlayOff | TieKey::Lots => Key::Decision,
        TieKey::Countback => {
            let mut sums: BTreeMap<&Id, Decimal> = BTreeMap::new();
            for (stage, score) in counted.iter().flat_map(|candidate| candidate.score.stages.iter()) {
                let sum = sums.entry(stage).or_default();
                *sum = sum.saturating_add(score.unwrap_or_default());
            }
            Key::countback(sums.into_values(), rule.scores_highest_first)
        }
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
        heads: None,
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
        heads: None,
    }
}
