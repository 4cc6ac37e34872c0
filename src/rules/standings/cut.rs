//! Rows of entrants, round by round: those who go on are ranked by later rounds, those who do not stand behind them.
//!
//! A cut speaks once something was recorded in a later round; until then everybody is ranked by the round that runs.

use rust_decimal::Decimal;

use super::{
    super::{
        definition::model::{Cut, CutRule, CutTies},
        field::{EntrantStanding, TieDecision},
        result::{Row, Status},
        score::{Key, Outcome, PlanInner},
    },
    Candidate, entrant_row, ranked_rows,
    tie::{self, Chain, Contender},
};

/// An entrant with the total of one round.
struct InRound<'a> {
    candidate: Candidate<'a>,
    total: Decimal,
}

impl Contender for InRound<'_> {
    fn total(&self) -> Decimal {
        self.total
    }

    fn keys(&self) -> &[Key] {
        &self.candidate.score.keys
    }

    fn name(&self) -> &str {
        self.candidate.id.as_str()
    }
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

    let mut cut_off: Vec<(Status, Vec<InRound>)> = Vec::new();
    for (at, round) in plan.rounds.iter().enumerate().take(running) {
        let (Some(cut), Some(id)) = (&round.cut, &round.id) else { continue };
        let (mut scored, without) = in_round(alive, at);
        unranked.extend(without);
        let goes_on = passing(&chain, cut, &mut scored);
        let out = scored.split_off(goes_on);
        alive = scored.into_iter().map(|one| one.candidate).collect();
        cut_off.push((Status::Cut { round: id.clone() }, out));
    }

    let (mut scored, without) = in_round(alive, running);
    unranked.extend(without);
    let mut rows = Vec::with_capacity(members.len());
    let row = |status: Status| move |one: &InRound| entrant_row(&one.candidate, Some(one.total), status.clone());
    let mut rank = ranked_rows(&chain, &mut scored, 1, &mut rows, row(Status::Ranked));
    // Those who came farther stand before those who were cut earlier.
    for (status, mut out) in cut_off.into_iter().rev() {
        rank = ranked_rows(&chain, &mut out, rank, &mut rows, row(status));
    }
    unranked.sort_by(|a, b| a.status.cmp(&b.status).then_with(|| a.who.cmp(&b.who)));
    rows.append(&mut unranked);
    rows
}

/// Those with a total in this round, and the rows of those without.
fn in_round(alive: Vec<Candidate>, round: usize) -> (Vec<InRound>, Vec<Row>) {
    let mut scored = Vec::with_capacity(alive.len());
    let mut without = Vec::new();
    for candidate in alive {
        let status = match candidate.score.rounds[round].total {
            Outcome::Is(total) => {
                scored.push(InRound { candidate, total });
                continue;
            }
            Outcome::Absent => Status::Absent,
            Outcome::Failed(_) => Status::Failed,
            Outcome::Missing | Outcome::NotApplicable => Status::Incomplete,
        };
        without.push(entrant_row(&candidate, None, status));
    }
    (scored, without)
}

/// Sorts, and says how many of the first go on.
fn passing(chain: &Chain, cut: &Cut, scored: &mut [InRound]) -> usize {
    let settled = tie::order(chain, scored);
    let top = match cut.rule {
        CutRule::AtLeast(line) => {
            let reaches = |one: &InRound| if chain.highest_first { one.total >= line } else { one.total <= line };
            return scored.iter().take_while(|one| reaches(one)).count();
        }
        CutRule::Top(top) => top as usize,
    };
    if top == 0 || top >= scored.len() {
        return top.min(scored.len());
    }
    let same = |a: usize, b: usize| match cut.ties {
        CutTies::Decided => settled[a].better == settled[b].better,
        CutTies::AllIn | CutTies::NoneIn => scored[a].total == scored[b].total,
    };
    if !same(top - 1, top) {
        return top;
    }
    match cut.ties {
        CutTies::NoneIn => (0..top).find(|at| same(*at, top)).unwrap_or(top),
        // What is not decided yet keeps nobody out.
        CutTies::AllIn | CutTies::Decided => (top..scored.len()).find(|at| !same(*at, top - 1)).unwrap_or(scored.len()),
    }
}
