//! Standings after one mark, beside a plain sort of the same totals and beside computing everything again.
//!
//! What the service does after a mark: score that entrant anew from their marks, then build all tables from kept
//! scores. The plain sort orders n decimals and nothing else. All run in turns; medians are compared.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and stops at the first error")]

use std::{
    collections::BTreeMap,
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};

use leitai::rules::{
    definition::read,
    field::{Entrant, EntrantMarks, Slot, Value},
    names::{EntrantId, Id, PersonId},
    result::Standings,
    score::{Plan, Scored, Seats, score},
    standings::Candidate,
};
use rust_decimal::Decimal;

const SIZES: [u32; 4] = [100, 1_000, 10_000, 100_000];
const JUDGES: u32 = 5;
const GOAL_TIMES: u128 = 3;

const DEFINITION: &str = r#"
format = 1
[contest]
id = "bench"
title = "bench"
[[stage]]
id = "theory"
weight = "0.3"
[[stage.aspect]]
id = "paper"
kind = "imported"
max = 100
[[stage]]
id = "practice"
weight = "0.7"
[[stage.panel]]
id = "look"
judges = 5
drop-high = 1
drop-low = 1
[[stage.aspect]]
id = "face"
max = 50
step = "0.5"
[[stage.aspect]]
id = "root"
max = 50
step = "0.5"
[ranking]
ties = ["practice", "theory", "shared"]
"#;

struct Contest {
    plan: Plan,
    entrants: BTreeMap<EntrantId, Entrant>,
    marks: BTreeMap<EntrantId, EntrantMarks>,
    scores: BTreeMap<EntrantId, Scored>,
    seats: Seats,
}

fn main() {
    println!("{:>8} {:>12} {:>12} {:>12} {:>8} {:>8}", "n", "plain sort", "one mark", "everything", "ratio", "goal");
    for size in SIZES {
        let mut contest = Contest::new(size);
        let rounds = (200_000 / size).clamp(5, 200);
        let (mut sorts, mut ones, mut alls) = (Vec::new(), Vec::new(), Vec::new());
        for round in 0..rounds {
            // The order of arrival: what standings start from, too.
            let totals: Vec<Decimal> =
                contest.scores.values().filter_map(|score| score.rounds[0].total.value()).collect();
            sorts.push(timed(|| sorted(totals)));
            ones.push(timed(|| contest.after_one_mark(round)));
            if round < 5 {
                alls.push(timed(|| contest.everything()));
            }
        }
        let (sort, one, all) = (median(sorts), median(ones), median(alls));
        let percent = one.as_nanos() * 100 / sort.as_nanos().max(1);
        let goal = if percent <= GOAL_TIMES * 100 { "met" } else { "missed" };
        println!(
            "{size:>8} {sort:>12.1?} {one:>12.1?} {all:>12.1?} {:>5}.{:02} {goal:>8}",
            percent / 100,
            percent % 100
        );
    }
    println!("\nratio: standings after one mark to the plain sort; goal: at most {GOAL_TIMES}");
}

impl Contest {
    fn new(size: u32) -> Self {
        let plan = Plan::new(Arc::new(read(DEFINITION).definition.unwrap()));
        let mut contest = Self {
            plan,
            entrants: BTreeMap::new(),
            marks: BTreeMap::new(),
            scores: BTreeMap::new(),
            seats: Seats::default(),
        };
        let judges: Vec<PersonId> = (1..=JUDGES).map(|seat| PersonId::new(format!("J{seat}"))).collect();
        let ids = ["theory", "paper", "practice", "face", "root"].map(Id::new);
        let mut random = Random(u64::from(size));
        for at in 0..size {
            let id = EntrantId::new(format!("E{at:06}"));
            let mut marks = EntrantMarks::default();
            let mut give = |stage: &Id, aspect: &Id, judge: Option<&PersonId>, tenths: u32| {
                let value = Value::Number(Decimal::new(i64::from(tenths), 1));
                let (stage, aspect, judge) = (stage.clone(), aspect.clone(), judge.cloned());
                marks.values.insert(Slot { stage, piece: None, attempt: 1, aspect, value: None, judge }, value);
            };
            give(&ids[0], &ids[1], None, random.below(101) * 10);
            for judge in &judges {
                give(&ids[2], &ids[3], Some(judge), random.below(101) * 5);
                give(&ids[2], &ids[4], Some(judge), random.below(101) * 5);
            }
            contest.entrants.insert(id.clone(), Entrant::default());
            contest.marks.insert(id, marks);
        }
        contest.everything();
        contest
    }

    fn after_one_mark(&mut self, round: u32) -> Standings {
        let at = round as usize % self.marks.len();
        let (id, marks) = self.marks.iter_mut().nth(at).unwrap();
        let mark = marks.values.values_mut().next().unwrap();
        *mark = Value::Number(Decimal::from(round % 50));
        let scored = score(&self.plan, &self.entrants[id], marks, &self.seats);
        self.scores.insert(id.clone(), scored);
        self.standings()
    }

    fn everything(&mut self) -> Standings {
        let scored = |(id, marks): (&EntrantId, &EntrantMarks)| {
            (id.clone(), score(&self.plan, &self.entrants[id], marks, &self.seats))
        };
        self.scores = self.marks.iter().map(scored).collect();
        self.standings()
    }

    fn standings(&self) -> Standings {
        let both = self.entrants.iter().zip(&self.scores);
        let candidates = both.map(|((id, entrant), (_, score))| Candidate { id, entrant, score });
        Standings::new(&self.plan, candidates, &[], None, &leitai::rules::standings::Headcounts::new())
    }
}

fn sorted(mut totals: Vec<Decimal>) -> Vec<Decimal> {
    totals.sort_by(|a, b| b.cmp(a));
    totals
}

fn timed<R>(work: impl FnOnce() -> R) -> Duration {
    let begun = Instant::now();
    let result = black_box(work());
    let took = begun.elapsed();
    // Dropping the result is the next one's, as in the service.
    drop(result);
    took
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Enough for marks.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(limit)).unwrap()
    }
}
