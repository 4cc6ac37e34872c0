//! Durable marks per second through the room, against the bare insert.
//!
//! 40 judges, each sending the next mark when the last was answered, on SQLite with `synchronous=FULL`. The
//! limit is what the same file system takes when nobody decides, hashes, queues or answers: the same lines and
//! operations, already written as SQL parameters, in transactions of the same mean size, with the same columns,
//! keys and pragmas. Both run in turns, and the medians are compared, because machines have moods.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and stops at the first error")]

mod beside;

use std::{
    path::Path,
    time::{Duration, Instant},
};

use beside::{Measured, bare, count, figures, median, verdict};
use leitai::{
    app::{Actor, App, Clock, contests::NewContest},
    rules::{
        command::Command,
        field::{Entrant, Slot, Value},
        ledger::entry::{MarkValue, Phase, Role},
        names::{ContestId, EntrantId, Id, PersonId},
    },
    store::{
        Store,
        ledger::{Line, Operation},
    },
};
use metrics_exporter_prometheus::PrometheusHandle;
use sqlx::SqliteConnection;

const JUDGES: u32 = 40;
const ENTRANTS: u32 = 200;
const ROUNDS: usize = 5;
const ROUND_MS: u64 = 2_000;
const GOAL_SHARE_PERCENT: u64 = 60;
const GOAL_PER_S: u64 = 5_000;

fn main() {
    let figures = figures();
    tokio::runtime::Runtime::new().unwrap().block_on(compare(&figures));
}

async fn compare(figures: &PrometheusHandle) {
    // Beside the sources, because temporary folders are often kept in memory.
    let folder = tempfile::tempdir_in(std::env::current_dir().unwrap()).unwrap();
    let hall = Hall::begin(&folder.path().join("room.db")).await;
    let mut bare = Bare::begin(&folder.path().join("bare.db")).await;
    let (mut rooms, mut limits) = (Vec::new(), Vec::new());
    // The first round warms both up.
    for round in 0..=ROUNDS {
        let (measured, lines, operations) = hall.marks(figures, round).await;
        let limit = bare.inserts(&lines, &operations, &measured).await;
        println!(
            "round {round}: room {:>7}/s in batches of {:>5.1}, bare insert {:>7}/s in batches of {:>5.1}",
            measured.per_s(),
            measured.batch(),
            limit.per_s(),
            limit.batch(),
        );
        if round > 0 {
            rooms.push(measured.per_s());
            limits.push(limit.per_s());
        }
    }
    let (room, limit) = (median(rooms), median(limits));
    let share = room * 100 / limit.max(1);
    let (enough, close) = (verdict(room >= GOAL_PER_S), verdict(share >= GOAL_SHARE_PERCENT));
    println!("durable marks through the room, {JUDGES} judges: {room}/s (goal at least {GOAL_PER_S}/s: {enough})");
    println!("bare insert of the same: {limit}/s; share {share} % (goal at least {GOAL_SHARE_PERCENT} %: {close})");
}

#[derive(Clone)]
struct Hall {
    app: App,
    contest: ContestId,
}

impl Hall {
    async fn begin(file: &Path) -> Self {
        let store = Store::open_file(file).await.unwrap();
        store.migrate().await.unwrap();
        let hall = Self { app: App::new(store, Clock::system(), "."), contest: ContestId::new("bench") };
        let new = NewContest { id: hall.contest.clone(), title: "Bench".into(), text: definition(), file: None };
        hall.app.create_contest(&organizer(), new).await.unwrap();
        let entrants = (0..ENTRANTS).map(|n| (entrant(n), Entrant::default())).collect();
        hall.app.register_entrants(&hall.contest, &organizer(), entrants, Vec::new(), None, None).await.unwrap();
        for seat in 1..=JUDGES {
            let role = Role::Judge { stage: Id::new("work"), panel: Id::new("look"), seat, event: None, group: None };
            let assign = Command::AssignPerson { person: judge(seat), role, unit: None };
            hall.app.act(&hall.contest, &organizer(), assign).await.unwrap();
        }
        let run = Command::ReachPhase { phase: Phase::Running, until: None };
        hall.app.act(&hall.contest, &organizer(), run).await.unwrap();
        let open = Command::OpenStage { stage: Id::new("work"), group: None };
        hall.app.act(&hall.contest, &organizer(), open).await.unwrap();
        hall
    }

    /// One round, and what it wrote.
    async fn marks(&self, figures: &PrometheusHandle, round: usize) -> (Measured, Vec<Line>, Vec<Operation>) {
        let head = self.app.contest(&self.contest).await.unwrap().head.seq;
        let batches = count(figures, "leitai_batch_entries_count");
        let begun = Instant::now();
        let end = begun + Duration::from_millis(ROUND_MS);
        let mut judges = tokio::task::JoinSet::new();
        for seat in 1..=JUDGES {
            let hall = self.clone();
            judges.spawn(async move {
                let mut ids = Vec::new();
                for n in 0_u32.. {
                    if Instant::now() >= end {
                        break;
                    }
                    let id = format!("{round:04x}-{seat:04x}-{n:08x}-5eed5eed");
                    hall.give(seat, n, &id).await;
                    ids.push(id);
                }
                ids
            });
        }
        let ids = judges.join_all().await.concat();
        let took = begun.elapsed();
        let batches = count(figures, "leitai_batch_entries_count") - batches;

        let mut lines: Vec<Line> = Vec::new();
        loop {
            let after = lines.last().map_or(head, |line| line.seq);
            let page = self.app.store().lines_after(&self.contest, after).await.unwrap();
            if page.is_empty() {
                break;
            }
            lines.extend(page);
        }
        assert_eq!(lines.len(), ids.len(), "each mark answered is one entry");
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let mut operations = self.app.store().operations(&self.contest, &ids).await.unwrap();
        operations.sort_by_key(|operation| operation.first);
        (Measured { done: lines.len() as u64, took, batches }, lines, operations)
    }

    async fn give(&self, seat: u32, n: u32, id: &str) {
        let slot = Slot {
            stage: Id::new("work"),
            piece: None,
            attempt: 1,
            aspect: Id::new("face"),
            value: None,
            judge: Some(judge(seat)),
        };
        let value = MarkValue::Is(Value::Number((n % 31).into()));
        let command = Command::GiveMark { entrant: entrant(n % ENTRANTS), slot, value };
        let body = [n.to_le_bytes(), seat.to_le_bytes()].concat();
        let actor = Actor { person: judge(seat), administrator: false, entrant: None };
        self.app.act_once(&self.contest, &actor, id, &body, command).await.unwrap();
    }
}

/// The insert alone: one connection, one transaction per batch, one statement per table.
struct Bare(SqliteConnection);

impl Bare {
    async fn begin(file: &Path) -> Self {
        Self(bare(file, &ContestId::new("bench")).await)
    }

    async fn inserts(&mut self, lines: &[Line], operations: &[Operation], like: &Measured) -> Measured {
        let size = usize::try_from(like.done.div_ceil(like.batches.max(1))).unwrap();
        let ledger: Vec<String> = lines
            .chunks(size)
            .map(|batch| {
                let rows: Vec<_> = batch
                    .iter()
                    .map(|l| (l.seq, l.epoch, &l.kind, l.version, l.at, &l.salt, &l.payload, &l.leaf))
                    .collect();
                serde_json::to_string(&rows).unwrap()
            })
            .collect();
        let answered: Vec<String> = operations
            .chunks(size)
            .map(|batch| {
                let rows: Vec<_> = batch.iter().map(|o| (&o.id, &o.body, o.first, o.last, o.at)).collect();
                serde_json::to_string(&rows).unwrap()
            })
            .collect();
        let begun = Instant::now();
        for (lines, operations) in ledger.iter().zip(&answered) {
            sqlx::query("BEGIN IMMEDIATE").execute(&mut self.0).await.unwrap();
            sqlx::query(
                "INSERT INTO ledger (contest, seq, epoch, kind, version, at_ms, salt, payload, leaf)
                 SELECT 'bench', value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
                        value ->> 6, value ->> 7 FROM json_each($1)",
            )
            .bind(lines)
            .execute(&mut self.0)
            .await
            .unwrap();
            sqlx::query(
                "INSERT INTO operation (contest, id, body, first_seq, last_seq, at_ms)
                 SELECT 'bench', value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each($1)",
            )
            .bind(operations)
            .execute(&mut self.0)
            .await
            .unwrap();
            sqlx::query("COMMIT").execute(&mut self.0).await.unwrap();
        }
        Measured { done: like.done, took: begun.elapsed(), batches: ledger.len() as u64 }
    }
}

fn definition() -> String {
    format!(
        "format = 1\n[contest]\nid = \"bench\"\ntitle = \"Bench\"\ntimezone = \"Asia/Shanghai\"\n\
         [[stage]]\nid = \"work\"\ntitle = \"Work\"\n\
         [[stage.panel]]\nid = \"look\"\njudges = {JUDGES}\nmarks = [\"face\"]\n\
         [[stage.aspect]]\nid = \"face\"\ntitle = \"Face\"\nkind = \"judgement\"\nmax = \"30\"\nstep = \"1\"\n\
         [ranking]\nties = [\"people-decide\"]\n"
    )
}

fn judge(seat: u32) -> PersonId {
    PersonId::new(format!("judge-{seat}"))
}

fn entrant(number: u32) -> EntrantId {
    EntrantId::new(format!("W{number:03}"))
}

fn organizer() -> Actor {
    Actor { person: PersonId::new("organizer"), administrator: true, entrant: None }
}
