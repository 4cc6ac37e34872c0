//! Rows of entrants, round by round: those who go on are ranked by later rounds, those who do not stand behind them.
//!
//! A cut speaks once something was recorded in a later round; until then everybody is ranked by the round that runs.

use std::collections::BTreeMap;

use super::{
    super::{
        definition::model::{Cut, CutRule, CutTies, TieKey},
        field::{EntrantStanding, TieDecision},
        names::{EntrantId, Id},
        result::{Row, Status},
        score::{Key, Outcome, PlanInner},
    },
    Candidate, entrant_row, ranked_rows,
    tie::{self, Chain, Pool, Settled},
};

/// Those with a total of one round, in the order of ids.
struct InRound<'a> {
    candidates: Vec<Candidate<'a>>,
    pool: Pool<'a>,
    rows: Vec<Option<Row>>,
}

/// The rows of one table: ranked, cut, then unranked.
pub(super) fn rows(plan: &PlanInner, members: &[Candidate], decisions: &[TieDecision]) -> Vec<Row> {
    let ranking = &plan.definition.ranking;
    let chain = Chain {
        highest_first: ranking.highest_first,
        tolerance: ranking.tolerance,
        keys: &ranking.ties,
        end: ranking.end,
        decisions,
    };
    let mut unranked: Vec<Row> = Vec::new();
    let mut alive: Vec<Candidate> = Vec::with_capacity(members.len());
    for member in members {
        match &member.entrant.standing {
            EntrantStanding::In => alive.push(*member),
            _ => unranked.push(entrant_row(member, None, member.score.status.clone())),
        }
    }
    let running = (0..plan.rounds.len()).rfind(|round| alive.iter().any(|one| one.score.rounds[*round].begun));
    let running = running.unwrap_or(0);

    // What a round decides, it decides by what was known then.
    let cuts = plan.rounds.iter().enumerate().take(running).filter(|(_, round)| round.cut.is_some());
    let keys_then: BTreeMap<usize, Keys> = cuts.map(|(at, _)| (at, keys_by(plan, at, &alive))).collect();
    let mut cut_off: Vec<InRound> = Vec::new();
    for (at, round) in plan.rounds.iter().enumerate().take(running) {
        let (Some(cut), Some(id)) = (&round.cut, &round.id) else { continue };
        let keys = keys_then.get(&at);
        let ranked = in_round(&chain, alive, at, keys, &Status::Ranked, &mut unranked);
        let (goes_on, out) = passing(&chain, cut, ranked);
        alive = goes_on;
        cut_off.push(in_round(&chain, out, at, keys, &Status::Cut { round: id.clone() }, &mut unranked));
    }

    let ranked = in_round(&chain, alive, running, None, &Status::Ranked, &mut unranked);
    let mut rows = Vec::with_capacity(members.len());
    let mut rank = ranked_rows(&chain, &ranked.pool, ranked.rows, 1, &mut rows);
    // Those who came farther stand before those who were cut earlier.
    for out in cut_off.into_iter().rev() {
        rank = ranked_rows(&chain, &out.pool, out.rows, rank, &mut rows);
    }
    unranked.sort_by(|a, b| a.status.cmp(&b.status).then_with(|| a.who.cmp(&b.who)));
    rows.append(&mut unranked);
    rows
}

/// The tie chain's values of some entrants.
type Keys = BTreeMap<EntrantId, Box<[Key]>>;

/// The tie chain's values without those of later rounds.
fn keys_by(plan: &PlanInner, round: usize, alive: &[Candidate]) -> Keys {
    let later = |stage: &Id| {
        let at = plan.stage_at(stage);
        at.is_some_and(|at| !plan.rounds[..=round].iter().any(|round| round.own.contains(&at)))
    };
    let ranking = &plan.definition.ranking;
    let keys = |one: &Candidate| {
        let key = |(key, value): (&TieKey, &Key)| match key {
            TieKey::Stage { stage, .. }
            | TieKey::Piece { stage, .. }
            | TieKey::Aspect { stage, .. }
            | TieKey::Recorded { stage, .. }
            | TieKey::Attempts { stage }
                if later(stage) =>
            {
                Key::One(None)
            }
            TieKey::Countback => {
                let scores = one.score.stages.iter().filter(|(stage, _)| !later(stage));
                Key::countback(scores.filter_map(|(_, score)| score), ranking.highest_first)
            }
            _ => value.clone(),
        };
        ranking.ties.iter().zip(&one.score.keys).map(key).collect()
    };
    alive.iter().map(|one| (one.id.clone(), keys(one))).collect()
}

/// Those with a total in this round; the rows of those without go to the unranked.
fn in_round<'a>(
    chain: &Chain,
    alive: Vec<Candidate<'a>>,
    round: usize,
    keys: Option<&'a Keys>,
    ranked: &Status,
    unranked: &mut Vec<Row>,
) -> InRound<'a> {
    let mut scored = InRound {
        pool: Pool::with_capacity(alive.len(), chain),
        rows: Vec::with_capacity(alive.len()),
        candidates: Vec::with_capacity(alive.len()),
    };
    for candidate in alive {
        let status = match candidate.score.rounds[round].total {
            Outcome::Is(total) => {
                let keys = keys.and_then(|keys| keys.get(candidate.id)).unwrap_or(&candidate.score.keys);
                scored.pool.push(total, keys, candidate.id.as_str());
                scored.rows.push(Some(entrant_row(&candidate, Some(total), ranked.clone())));
                scored.candidates.push(candidate);
                continue;
            }
            Outcome::Absent => Status::Absent,
            Outcome::Failed(_) => Status::Failed,
            Outcome::Missing | Outcome::NotApplicable => Status::Incomplete,
        };
        unranked.push(entrant_row(&candidate, None, status));
    }
    scored
}

/// Who goes on, and who does not; each in the order of ids.
fn passing<'a>(chain: &Chain, cut: &Cut, ranked: InRound<'a>) -> (Vec<Candidate<'a>>, Vec<Candidate<'a>>) {
    let settled = tie::order(chain, &ranked.pool);
    let mut goes_on = vec![false; settled.len()];
    for one in &settled[..line(chain, cut, &ranked.pool, &settled)] {
        goes_on[one.who as usize] = true;
    }
    let (on, out): (Vec<_>, Vec<_>) = ranked.candidates.into_iter().zip(goes_on).partition(|(_, goes_on)| *goes_on);
    let only = |both: Vec<(Candidate<'a>, bool)>| both.into_iter().map(|(candidate, _)| candidate).collect();
    (only(on), only(out))
}

/// How many of the first go on.
fn line(chain: &Chain, cut: &Cut, pool: &Pool, settled: &[Settled]) -> usize {
    let total = |at: usize| pool.total(settled[at].who);
    let top = match cut.rule {
        CutRule::AtLeast(line) => {
            let reaches = |at: &usize| if chain.highest_first { total(*at) >= line } else { total(*at) <= line };
            return (0..settled.len()).take_while(reaches).count();
        }
        CutRule::Top(top) => top as usize,
    };
    if top == 0 || top >= settled.len() {
        return top.min(settled.len());
    }
    let same = |a: usize, b: usize| match cut.ties {
        CutTies::Decided => settled[a].better == settled[b].better,
        CutTies::AllIn | CutTies::NoneIn => total(a) == total(b),
    };
    if !same(top - 1, top) {
        return top;
    }
    match cut.ties {
        CutTies::NoneIn => (0..top).find(|at| same(*at, top)).unwrap_or(top),
        // What is not decided yet keeps nobody out.
        CutTies::AllIn | CutTies::Decided => {
            (top..settled.len()).find(|at| !same(*at, top - 1)).unwrap_or(settled.len())
        }
    }
}
