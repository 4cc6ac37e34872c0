//! Appending: gap-free, append-only, nothing lost between two writers, one transaction with what is beside.

use leitai::{
    rules::{
        ledger::Instant,
        names::{ContestId, EntrantId, Id},
    },
    store::{
        Beside, Error, Store,
        beside::Note,
        ledger::{Batch, Head, Line, Operation},
        names::EntrantName,
        papers::{Certificate, Document},
    },
};

use crate::support::databases::Database;

crate::on_both_databases!(
    lines_come_back_as_they_were_written,
    a_gap_is_refused,
    the_ledger_refuses_every_change,
    a_head_that_moved_is_noticed,
    two_stores_lose_nothing,
    what_stands_beside_falls_with_the_entries,
    one_that_fails_takes_nothing_of_the_others,
    operations_are_found_again,
    heads_of_many,
    long_ledgers_come_in_pages,
);

const EPOCH: u32 = 1;

fn head(seq: u64) -> Head {
    Head { epoch: EPOCH, seq }
}

pub fn line(seq: u64) -> Line {
    Line {
        seq,
        epoch: EPOCH,
        kind: "mark-given".into(),
        version: 1,
        at: Instant(1_700_000_000_000 + i64::try_from(seq).unwrap()),
        salt: "00112233445566778899aabbccddeeff".into(),
        payload: format!(r#"{{"entrant":"W{seq:03}","text":"引号\" 反斜杠\\ 换行\n 𬭎"}}"#),
        leaf: format!("{seq:064x}"),
    }
}

fn lines(seqs: impl IntoIterator<Item = u64>) -> Batch {
    Batch { lines: seqs.into_iter().map(line).collect(), ..Batch::default() }
}

pub async fn contest(store: &Store) -> ContestId {
    let id = ContestId::new("welding-2026");
    store.create_contest(&id, "焊工大赛", Some("welding.toml"), Instant(5)).await.unwrap();
    id
}

async fn append(store: &Store, contest: &ContestId, known: u64, batch: Batch) -> Result<(), Error> {
    store.turn(contest, head(known)).await?.append(batch).await
}

async fn lines_come_back_as_they_were_written(database: Database) {
    let store = database.open().await;
    let contest = contest(&store).await;
    append(&store, &contest, 0, lines(1..=3)).await.unwrap();
    append(&store, &contest, 3, lines(4..=4)).await.unwrap();
    let want: Vec<Line> = (1..=4).map(line).collect();
    assert_eq!(store.lines_after(&contest, 0).await.unwrap(), want);
    assert_eq!(store.lines_after(&contest, 3).await.unwrap(), want[3..]);
    assert_eq!(store.lines_after(&contest, 4).await.unwrap(), []);
    assert_eq!(store.contest(&contest).await.unwrap().unwrap().head, head(4));
}

async fn a_gap_is_refused(database: Database) {
    let store = database.open().await;
    let contest = contest(&store).await;
    for wrong in [vec![2], vec![1, 3], vec![0, 1], vec![1, 1]] {
        assert!(matches!(append(&store, &contest, 0, lines(wrong)).await, Err(Error::Corrupt(_))));
    }
    assert_eq!(store.lines_after(&contest, 0).await.unwrap(), []);
    assert!(matches!(append(&store, &ContestId::new("nobody"), 0, lines([1])).await, Err(Error::NoContest)));
}

async fn the_ledger_refuses_every_change(database: Database) {
    let store = database.open().await;
    let contest = contest(&store).await;
    append(&store, &contest, 0, lines(1..=2)).await.unwrap();
    let mut attempts = vec!["UPDATE ledger SET payload = '{}' WHERE seq = 1", "DELETE FROM ledger WHERE seq = 2"];
    if database.is_sqlite() {
        attempts.push(
            "INSERT OR REPLACE INTO ledger SELECT contest, seq, epoch, kind, version, at_ms, salt, '{}', leaf FROM ledger",
        );
    } else {
        attempts.push("TRUNCATE ledger CASCADE");
    }
    for attempt in attempts {
        let refused = database.by_hand(attempt).await.unwrap_err();
        assert!(refused.contains("append-only"), "{attempt}: {refused}");
    }
    // The control: a table without guards takes the same change.
    database.by_hand("UPDATE contest SET title = title").await.unwrap();
    assert_eq!(store.lines_after(&contest, 0).await.unwrap(), [line(1), line(2)]);
    assert!(database.by_hand("DELETE FROM contest").await.is_err(), "a contest with entries stays");
    store.drop_empty_contest(&contest).await.unwrap_or_default();
    assert!(store.contest(&contest).await.unwrap().is_some());
}

async fn a_head_that_moved_is_noticed(database: Database) {
    let (here, there) = (database.open().await, database.open().await);
    let contest = contest(&here).await;
    append(&there, &contest, 0, lines(1..=2)).await.unwrap();
    let mut turn = here.turn(&contest, head(0)).await.unwrap();
    if database.is_sqlite() {
        assert!(matches!(turn.append(lines([1])).await, Err(Error::Conflict { head: 2 })));
    } else {
        assert_eq!(turn.head(), head(2));
        assert_eq!(turn.take_missed(), [line(1), line(2)]);
        turn.append(lines([3])).await.unwrap();
        assert_eq!(here.lines_after(&contest, 0).await.unwrap().len(), 3);
    }
}

/// Four writers in two programs: each decides what to append from what it sees then.
async fn two_stores_lose_nothing(database: Database) {
    const TURNS: u64 = 25;
    let (one, two) = (database.open().await, database.open().await);
    let contest = contest(&one).await;
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..4_u64 {
        let (store, contest) = (if writer % 2 == 0 { one.clone() } else { two.clone() }, contest.clone());
        writers.spawn(async move {
            let mut known = 0;
            let mut done = 0;
            while done < TURNS {
                let turn = store.turn(&contest, head(known)).await.unwrap();
                known = turn.head().seq;
                let mine = Line { kind: format!("writer-{writer}"), ..line(known + 1) };
                match turn.append(Batch { lines: vec![mine], ..Batch::default() }).await {
                    Ok(()) => (known, done) = (known + 1, done + 1),
                    Err(Error::Conflict { head }) => known = head,
                    Err(error) => panic!("{error}"),
                }
            }
        });
    }
    writers.join_all().await;
    let written = one.lines_after(&contest, 0).await.unwrap();
    assert!(written.iter().map(|line| line.seq).eq(1..=4 * TURNS), "no gap, nothing twice");
    for writer in 0..4 {
        let kind = format!("writer-{writer}");
        assert_eq!(written.iter().filter(|line| line.kind == kind).count() as u64, TURNS);
    }
}

fn beside() -> Vec<Beside> {
    vec![
        Beside::Names(vec![EntrantName {
            entrant: EntrantId::new("W017"),
            name: "阿卜杜·热合曼".into(),
            number: Some("007123".into()),
            birth_date: None,
            gender: None,
            phone: None,
        }]),
        Beside::Note(Note { digest: "d".into(), salt: "s".into(), text: "漏记".into(), created: Instant(7) }),
        Beside::Document(Document {
            digest: "e".into(),
            kind: "standings".into(),
            seq: 1,
            bytes: vec![0, 255, 10],
            created: Instant(7),
        }),
        Beside::Title("新名".into()),
        Beside::Certificates(vec![Certificate {
            serial: "LT-1".into(),
            award: Id::new("first"),
            winner: "W017".into(),
            issued: Instant(7),
        }]),
    ]
}

async fn what_stands_beside_falls_with_the_entries(database: Database) {
    let store = database.open().await;
    let contest = contest(&store).await;
    append(&store, &contest, 0, Batch { lines: vec![line(1)], beside: beside(), ..Batch::default() }).await.unwrap();
    assert_eq!(store.contest(&contest).await.unwrap().unwrap().title, "新名");

    // The serial is taken, and it comes last: everything before it is taken back.
    let mut again = beside();
    again[3] = Beside::Title("更新的名".into());
    let failed = append(&store, &contest, 1, Batch { lines: vec![line(2)], beside: again, ..Batch::default() }).await;
    assert!(matches!(failed, Err(Error::Taken)), "{failed:?}");
    assert_eq!(store.lines_after(&contest, 0).await.unwrap(), [line(1)]);
    let stands = store.contest(&contest).await.unwrap().unwrap();
    assert_eq!((stands.title.as_str(), stands.head), ("新名", head(1)));
    append(&store, &contest, 1, lines([2])).await.unwrap();
}

/// Works of one commit on SQLite, transactions of their own on PostgreSQL.
async fn one_that_fails_takes_nothing_of_the_others(database: Database) {
    let store = database.open().await;
    let contests: Vec<ContestId> = (0..20).map(|n| ContestId::new(format!("c{n}"))).collect();
    for id in &contests {
        store.create_contest(id, "t", None, Instant(1)).await.unwrap();
    }
    let taken = Certificate { serial: "S".into(), award: Id::new("a"), winner: "w".into(), issued: Instant(1) };
    let mut works = tokio::task::JoinSet::new();
    for id in contests.clone() {
        let (store, taken) = (store.clone(), taken.clone());
        works.spawn(async move {
            let batch =
                Batch { lines: vec![line(1)], beside: vec![Beside::Certificates(vec![taken])], ..Batch::default() };
            append(&store, &id, 0, batch).await.is_ok()
        });
    }
    let done = works.join_all().await;
    assert_eq!(done.iter().filter(|done| **done).count(), 1, "one serial, one winner");
    let written = store.heads(&contests).await.unwrap();
    assert_eq!(written.iter().map(|(_, head)| head.seq).sum::<u64>(), 1, "the others left nothing");
}

async fn operations_are_found_again(database: Database) {
    let store = database.open().await;
    let contest = contest(&store).await;
    let operation = |id: &str| Operation { id: id.into(), body: "b".into(), first: 1, last: 1, at: Instant(9) };
    let batch =
        Batch { lines: vec![line(1)], operations: vec![operation("op-1"), operation("op-2")], ..Batch::default() };
    append(&store, &contest, 0, batch).await.unwrap();
    assert_eq!(store.operations(&contest, &["op-2", "op-3"]).await.unwrap(), [operation("op-2")]);
    let mut turn = store.turn(&contest, head(1)).await.unwrap();
    assert_eq!(turn.operations(&["op-1"]).await.unwrap(), [operation("op-1")]);
    // An id is spent for good.
    let twice = Batch { lines: vec![line(2)], operations: vec![operation("op-1")], ..Batch::default() };
    assert!(matches!(turn.append(twice).await, Err(Error::Taken)));
    assert_eq!(store.operations(&ContestId::new("another"), &["op-1"]).await.unwrap(), []);
}

async fn heads_of_many(database: Database) {
    let store = database.open().await;
    let contest = contest(&store).await;
    append(&store, &contest, 0, lines(1..=2)).await.unwrap();
    assert_eq!(store.heads(&[ContestId::new("none"), contest.clone()]).await.unwrap(), [(contest, head(2))]);
    assert_eq!(store.heads(&[]).await.unwrap(), []);
}

async fn long_ledgers_come_in_pages(database: Database) {
    let store = database.open().await;
    let contest = contest(&store).await;
    append(&store, &contest, 0, lines(1..=10_001)).await.unwrap();
    let first = store.lines_after(&contest, 0).await.unwrap();
    assert_eq!((first.len(), first.last().unwrap().seq), (10_000, 10_000));
    assert_eq!(store.lines_after(&contest, 10_000).await.unwrap(), [line(10_001)]);
}
