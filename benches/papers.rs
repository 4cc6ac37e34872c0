//! Answers saved per second and the p99 of a receipt, beside the bare insert; one's own place among a million papers.
//!
//! 2,000 workers sit a paper in one window, each saving the next answer when the last was acknowledged, on SQLite with
//! `synchronous=FULL`. The limit is what the same file system takes when nobody checks, chains, queues or answers: the
//! same rows, already written as SQL parameters, in transactions of the same mean size. Both run in turns, and the
//! medians are compared, because machines have moods.
//!
//! The place is asked of the order that a contest keeps of its counted papers, filled with a million of them.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and stops at the first error")]

mod beside;

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use beside::{Measured, bare, count, figures, median, verdict};
use leitai::{
    app::{Actor, App, Clock, contests::NewContest},
    rules::{
        command::Command,
        field::Entrant,
        items::{Answer, Body, Difficulty, Item},
        ledger::{self, entry::Phase},
        names::{ContestId, EntrantId, Id, PaperId, PersonId},
        papers::{Places, Standing},
    },
    store::Store,
};
use metrics_exporter_prometheus::PrometheusHandle;
use rust_decimal::Decimal;
use sqlx::SqliteConnection;

const WORKERS: u32 = 2_000;
const ITEMS: u32 = 20;
const ROUNDS: usize = 5;
const ROUND_MS: u64 = 3_000;
/// Of the share that marks reach beside the bare insert.
const GOAL_SHARE_PERCENT: u64 = 50;
const GOAL_P99_MS: u128 = 1_000;

const PAPERS: u32 = 1_000_000;
const PLACES_ASKED: u32 = 100_000;
const GOAL_PLACE_US: u128 = 10;

fn main() {
    let figures = figures();
    tokio::runtime::Runtime::new().unwrap().block_on(compare(&figures));
    places();
}

async fn compare(figures: &PrometheusHandle) {
    // Beside the sources, because temporary folders are often kept in memory.
    let folder = tempfile::tempdir_in(std::env::current_dir().unwrap()).unwrap();
    let quiz = Arc::new(Quiz::begin(&folder.path().join("papers.db")).await);
    let mut bare = Bare::begin(&folder.path().join("bare.db")).await;
    let (mut saved, mut limits, mut receipts) = (Vec::new(), Vec::new(), Vec::new());
    // The first round warms both up.
    for round in 0..=ROUNDS {
        let (measured, mut waits) = Quiz::answers(&quiz, figures, round).await;
        let limit = bare.inserts(round, &quiz.papers, &measured).await;
        waits.sort_unstable();
        let p99 = waits[(waits.len() * 99 / 100).min(waits.len() - 1)];
        println!(
            "round {round}: {:>7} answers/s in batches of {:>6.1}, p99 {:>5} ms; bare insert {:>7}/s",
            measured.per_s(),
            measured.batch(),
            p99.as_millis(),
            limit.per_s(),
        );
        if round > 0 {
            saved.push(measured.per_s());
            limits.push(limit.per_s());
            receipts.push(p99);
        }
    }
    let (saved, limit, p99) = (median(saved), median(limits), median(receipts).as_millis());
    let share = saved * 100 / limit.max(1);
    let close = verdict(share >= GOAL_SHARE_PERCENT);
    let quick = verdict(p99 <= GOAL_P99_MS);
    println!("answers saved, {WORKERS} workers at once: {saved}/s");
    println!("p99 of a receipt: {p99} ms (goal at most {GOAL_P99_MS} ms: {quick})");
    println!("bare insert of the same: {limit}/s; share {share} % (goal at least {GOAL_SHARE_PERCENT} %: {close})");
}

struct Quiz {
    app: App,
    contest: ContestId,
    /// Of each worker, in order.
    papers: Vec<PaperId>,
}

impl Quiz {
    /// Every worker has a paper open.
    async fn begin(file: &Path) -> Self {
        let store = Store::open_file(file).await.unwrap();
        store.migrate().await.unwrap();
        let mut quiz = Self { app: App::new(store, Clock::system(), "."), contest: contest(), papers: Vec::new() };
        let new = NewContest { id: contest(), title: "Bench".into(), text: DEFINITION.into(), file: None };
        quiz.app.create_contest(&organizer(), new).await.unwrap();
        let entrants = (0..WORKERS).map(|n| (entrant(n), Entrant::default())).collect();
        quiz.app.register_entrants(&quiz.contest, &organizer(), entrants, Vec::new(), None, None).await.unwrap();
        let items: Vec<Item> = (0..ITEMS).map(item).collect();
        quiz.app.adopt_bank(&quiz.contest, &organizer(), &Id::new("bank"), &items).await.unwrap();
        let run = Command::ReachPhase { phase: Phase::Running, until: None };
        let receipt = quiz.app.act(&quiz.contest, &organizer(), run).await.unwrap();
        quiz.app.wait_for(&quiz.contest, receipt.version).await.unwrap();
        for n in 0..WORKERS {
            let paper = quiz.app.start_paper(&quiz.contest, &worker(n), &Id::new("paper"), false, None).await.unwrap();
            quiz.papers.push(paper);
        }
        quiz
    }

    /// One round: how many were saved, and how long each waited for its receipt.
    async fn answers(quiz: &Arc<Self>, figures: &PrometheusHandle, round: usize) -> (Measured, Vec<Duration>) {
        let batches = count(figures, "leitai_commit_works_count");
        let begun = Instant::now();
        let end = begun + Duration::from_millis(ROUND_MS);
        let mut workers = tokio::task::JoinSet::new();
        for n in 0..WORKERS {
            let quiz = Arc::clone(quiz);
            workers.spawn(async move {
                let mut waits = Vec::new();
                let paper = &quiz.papers[n as usize];
                for at in 0_u32.. {
                    if Instant::now() >= end {
                        break;
                    }
                    let (item, answer) = (Id::new(format!("i{}", at % ITEMS)), Answer::Single((at % 4) as usize));
                    let operation = format!("{round:04x}-{n:08x}-{at:08x}");
                    let asked = Instant::now();
                    quiz.app
                        .save_answer(&quiz.contest, &entrant(n), paper, &item, Some(&answer), &operation)
                        .await
                        .unwrap_or_else(|error| panic!("{error:?}"));
                    waits.push(asked.elapsed());
                }
                waits
            });
        }
        let waits = workers.join_all().await.concat();
        let took = begun.elapsed();
        (
            Measured { done: waits.len() as u64, took, batches: count(figures, "leitai_commit_works_count") - batches },
            waits,
        )
    }
}

/// The insert alone: one connection, one transaction per batch, one statement.
struct Bare(SqliteConnection);

impl Bare {
    async fn begin(file: &Path) -> Self {
        Self(bare(file, &contest()).await)
    }

    /// As many rows as were saved, of the same size, in batches of the same mean size.
    async fn inserts(&mut self, round: usize, papers: &[PaperId], like: &Measured) -> Measured {
        let size = usize::try_from(like.done.div_ceil(like.batches.max(1))).unwrap();
        let chain = "5eed".repeat(16);
        let rows: Vec<(&PaperId, u64, String, String, String, i64, &str)> = (0..like.done)
            .map(|n| {
                let (paper, at) = (n % u64::from(WORKERS), n / u64::from(WORKERS));
                let paper_at = usize::try_from(paper).unwrap();
                let operation = format!("{round:04x}-{paper:08x}-{at:08x}");
                let unique = (u64::try_from(round).unwrap() << 32) + at;
                let item = format!("i{}", at % u64::from(ITEMS));
                (&papers[paper_at], unique, operation, item, "{\"single\":1}".to_owned(), 0, chain.as_str())
            })
            .collect();
        let batches: Vec<String> = rows.chunks(size).map(|batch| serde_json::to_string(batch).unwrap()).collect();
        let begun = Instant::now();
        for batch in &batches {
            sqlx::query("BEGIN IMMEDIATE").execute(&mut self.0).await.unwrap();
            sqlx::query(INSERT).bind(batch).execute(&mut self.0).await.unwrap();
            sqlx::query("COMMIT").execute(&mut self.0).await.unwrap();
        }
        Measured { done: like.done, took: begun.elapsed(), batches: batches.len() as u64 }
    }
}

const INSERT: &str = "INSERT INTO answer (contest, paper, n, operation, item, answer, at_ms, chain)
     SELECT 'bench', value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
     FROM json_each($1)";

/// One's own place among a million finished papers.
fn places() {
    let mut places = Places::default();
    let begun = Instant::now();
    for who in 0..PAPERS {
        places.insert(standing(who));
    }
    let filled = begun.elapsed();
    let begun = Instant::now();
    let mut sum = 0;
    for at in 0..PLACES_ASKED {
        sum += places.place(&standing(at.wrapping_mul(7_919) % PAPERS)).unwrap();
    }
    let took = begun.elapsed();
    // A number that depends on every answer, so that none is left out.
    assert!(sum > 0);
    let each = took / PLACES_ASKED;
    let quick = verdict(each.as_micros() <= GOAL_PLACE_US);
    println!("{PAPERS} finished papers, each entering the order: {:.2?} each", filled / PAPERS);
    println!("one's own place among them: {each:.2?} (goal at most {GOAL_PLACE_US} µs: {quick})");
}

/// Points from 0 to 100 in halves, seconds up to twenty minutes, finished at any moment of a month.
fn standing(who: u32) -> Standing {
    let mixed = who.wrapping_mul(2_654_435_761);
    let value = Decimal::new(i64::from(mixed % 201) * 5, 1);
    let used_ms = u64::from(mixed / 201 % 1_200) * 1_000;
    let at = ledger::Instant(i64::from(mixed % 2_592_000) * 1_000);
    Standing::new(value, used_ms, at, EntrantId::new(format!("W{who:07}")))
}

const DEFINITION: &str = r#"
format = 1
[contest]
id = "bench"
title = "Bench"
[[stage]]
id = "quiz"
[[stage.aspect]]
id = "points"
kind = "imported"
max = 40
paper = "paper"
[[paper]]
id = "paper"
title = "Paper"
bank = "bank"
minutes = 1440
[[paper.part]]
count = 20
points = 2
"#;

fn item(at: u32) -> Item {
    Item {
        id: Id::new(format!("i{at}")),
        subject: None,
        difficulty: Difficulty::Medium,
        stem: format!("第 {at} 题：下列说法中正确的是（　）。"),
        picture: None,
        points: None,
        explanation: None,
        body: Body::Single { options: ["甲", "乙", "丙", "丁"].map(str::to_owned).to_vec(), right: 0 },
    }
}

fn contest() -> ContestId {
    ContestId::new("bench")
}

fn entrant(number: u32) -> EntrantId {
    EntrantId::new(format!("W{number:04}"))
}

fn worker(number: u32) -> Actor {
    Actor { person: PersonId::new(format!("w-{number}")), administrator: false, entrant: Some(entrant(number)) }
}

fn organizer() -> Actor {
    Actor { person: PersonId::new("organizer"), administrator: true, entrant: None }
}
