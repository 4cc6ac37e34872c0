//! The room: exactly once, in order, with a receipt, whatever happens between.

use std::{collections::BTreeMap, sync::Arc};

use futures_util::future::join_all;
use leitai::{
    app::{App, Ask, Clock, Error, Receipt, room::BATCH_ENTRIES_MAX},
    rules::{
        ledger::{Instant, leaf},
        names::{ContestId, Id},
    },
    store::{Beside, papers::Certificate},
};

use crate::{
    hall::{ENTRANTS, Hall, JUDGES, actor, mark, organizer},
    support::databases::Database,
};

crate::on_both_databases!(
    a_mark_gets_a_receipt_and_is_read,
    the_same_operation_has_one_answer,
    fifty_copies_at_once_are_one_mark,
    every_judge_is_recorded_in_order,
    two_programs_lose_nothing,
    another_program_is_followed,
    a_program_that_dies_loses_and_doubles_nothing,
    time_does_not_go_backwards,
    a_question_that_cannot_be_stored_harms_nobody,
    more_than_a_batch_at_once,
    an_altered_entry_makes_the_contest_read_only,
    a_line_altered_with_its_leaf_is_found_while_the_contest_runs,
    lines_that_vanish_are_found_while_the_contest_runs,
    a_shortened_ledger_makes_the_contest_read_only,
    strangers_open_nothing,
    an_idle_contest_rests_and_wakes,
);

async fn a_mark_gets_a_receipt_and_is_read(database: Database) {
    let hall = Hall::begin(&database).await;
    let before = hall.head().await;
    let receipt = hall.sends(1, 1, 88, "op-1").await.unwrap();
    assert_eq!(receipt.seq, before + 1);
    assert_eq!(receipt.version.seq, receipt.seq);
    assert_eq!((receipt.contest.clone(), receipt.at), (hall.contest.clone(), hall.clock.now()));
    assert_eq!(hall.head().await, receipt.seq, "recorded when it is answered");
    hall.app.wait_for(&hall.contest, receipt.version).await.unwrap();
    assert!(hall.follower().await.version() >= receipt.version);
}

async fn the_same_operation_has_one_answer(database: Database) {
    let hall = Hall::begin(&database).await;
    let receipt = hall.sends(1, 1, 88, "op-1").await.unwrap();
    hall.clock.set(Instant(hall.clock.now().0 + 60_000));
    assert_eq!(hall.sends(1, 1, 88, "op-1").await.unwrap(), receipt);
    assert!(matches!(hall.sends(1, 1, 89, "op-1").await, Err(Error::OperationReused)), "another body");
    assert!(matches!(hall.sends(2, 1, 88, "op-1").await, Err(Error::OperationReused)), "another judge");
    assert_eq!(hall.marks().await.len(), 1);

    let restarted = Hall::enter(&database).await;
    assert_eq!(restarted.sends(1, 1, 88, "op-1").await.unwrap(), receipt);
    assert!(matches!(restarted.sends(1, 1, 89, "op-1").await, Err(Error::OperationReused)));
    for wrong in ["", "two words", "x".repeat(65).as_str()] {
        assert!(matches!(hall.sends(1, 1, 88, wrong).await, Err(Error::TextRefused { .. })));
    }
    assert_eq!(hall.marks().await.len(), 1);
}

async fn fifty_copies_at_once_are_one_mark(database: Database) {
    let hall = Hall::begin(&database).await;
    let receipts = join_all((0..50).map(|_| hall.sends(1, 1, 88, "op-1"))).await;
    let first = receipts[0].clone().unwrap();
    for receipt in receipts {
        assert_eq!(receipt.unwrap(), first);
    }
    assert_eq!(hall.marks().await.len(), 1);
}

async fn every_judge_is_recorded_in_order(database: Database) {
    let hall = Hall::begin(&database).await;
    let before = hall.head().await;
    let mut judges = tokio::task::JoinSet::new();
    for judge in 1..=JUDGES {
        let hall = hall.clone();
        judges.spawn(async move {
            let mut seqs = Vec::new();
            for entrant in 1..=ENTRANTS {
                let operation = format!("{judge}-{entrant}");
                seqs.push(hall.sends(judge, entrant, i64::from(entrant), &operation).await.unwrap().seq);
            }
            seqs
        });
    }
    let mut all: Vec<u64> = Vec::new();
    for seqs in judges.join_all().await {
        assert!(seqs.is_sorted(), "a judge's marks stay in the order of the judge");
        all.extend(seqs);
    }
    all.sort_unstable();
    assert!(all.iter().copied().eq(before + 1..=before + u64::from(JUDGES * ENTRANTS)), "one entry each, no gap");
    let lines = hall.lines().await;
    assert!(lines.iter().map(|line| line.seq).eq(1..=hall.head().await));
    for judge in 1..=JUDGES {
        let marks = hall.marks().await;
        let own: Vec<_> = marks.iter().filter(|(by, ..)| *by == crate::hall::person(judge)).collect();
        assert!(own.iter().map(|(_, _, points)| *points).eq((1..=ENTRANTS).map(Into::into)));
    }
}

async fn two_programs_lose_nothing(database: Database) {
    let one = Hall::begin(&database).await;
    let two = Hall::enter(&database).await;
    let mut judges = tokio::task::JoinSet::new();
    for judge in 1..=JUDGES {
        let hall = if judge % 2 == 0 { one.clone() } else { two.clone() };
        judges.spawn(async move {
            for entrant in 1..=ENTRANTS {
                hall.sends_until_received(judge, entrant, 50, &format!("{judge}-{entrant}")).await;
            }
        });
    }
    judges.join_all().await;
    let marks = one.marks().await;
    let mut counts: BTreeMap<_, u32> = BTreeMap::new();
    for (by, entrant, _) in &marks {
        *counts.entry((by.clone(), entrant.clone())).or_default() += 1;
    }
    assert_eq!(counts.len(), (JUDGES * ENTRANTS) as usize, "none lost");
    assert!(counts.values().all(|count| *count == 1), "none doubled");
    assert!(one.lines().await.iter().map(|line| line.seq).eq(1..=one.head().await));

    let end = one.sends_until_received(1, 1, 51, "last").await.version;
    one.app.wait_for(&one.contest, end).await.unwrap();
    two.app.wait_for(&two.contest, end).await.unwrap();
    let state = one.follower().await.read(Clone::clone);
    assert_eq!(two.follower().await.read(Clone::clone), state, "both programs see the same");
    let restarted = Hall::enter(&database).await;
    assert_eq!(restarted.follower().await.read(Clone::clone), state, "and so does one that reads it all anew");
}

async fn another_program_is_followed(database: Database) {
    let one = Hall::begin(&database).await;
    let two = Hall::enter(&database).await;
    let mut seen = two.follower().await.watch();
    let receipt = one.sends(1, 1, 88, "op-1").await.unwrap();
    two.app.wait_for(&two.contest, receipt.version).await.unwrap();
    assert_eq!(*seen.borrow_and_update(), receipt.version);
}

/// The program is torn down again and again, with transactions open and answers on their way; the tablets send
/// everything again to the next one.
async fn a_program_that_dies_loses_and_doubles_nothing(database: Database) {
    Hall::begin(&database).await.app.close().await;
    let database = Arc::new(database);
    let mut received: BTreeMap<String, Receipt> = BTreeMap::new();
    let mut again = 0;
    for round in 0..10 {
        let program = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let (acknowledged, mut tablets) = tokio::sync::mpsc::unbounded_channel();
        program.spawn(everybody_sends(database.clone(), acknowledged));
        // It dies at another moment each time, and further on.
        let lives_for = 5 + round * 10;
        let mut count = 0;
        while let Some((operation, receipt)) = tablets.recv().await {
            count += 1;
            if count == lives_for {
                break;
            }
            if let Some(earlier) = received.insert(operation, receipt.clone()) {
                assert_eq!(earlier, receipt, "an operation keeps its answer");
                again += 1;
            }
        }
        // Nothing is awaited any more: whatever is open stays as it is.
        program.shutdown_background();
    }
    assert!(again > 0, "the tablets did send again");

    let hall = Hall::enter(&database).await;
    for judge in 1..=JUDGES {
        for entrant in 1..=ENTRANTS {
            let operation = format!("{judge}-{entrant}");
            let receipt = hall.sends_until_received(judge, entrant, 70, &operation).await;
            assert!(received.get(&operation).is_none_or(|earlier| *earlier == receipt), "acknowledged and lost");
        }
    }
    assert_eq!(hall.marks().await.len(), (JUDGES * ENTRANTS) as usize, "none doubled");
    assert!(hall.lines().await.iter().map(|line| line.seq).eq(1..=hall.head().await));
    let state = hall.follower().await.read(Clone::clone);
    let restarted = Hall::enter(&database).await;
    assert_eq!(restarted.follower().await.read(Clone::clone), state, "the same, read anew");
}

async fn everybody_sends(database: Arc<Database>, acknowledged: tokio::sync::mpsc::UnboundedSender<(String, Receipt)>) {
    let hall = Hall::enter(&database).await;
    let mut judges = tokio::task::JoinSet::new();
    for judge in 1..=JUDGES {
        let (hall, acknowledged) = (hall.clone(), acknowledged.clone());
        judges.spawn(async move {
            for entrant in 1..=ENTRANTS {
                let operation = format!("{judge}-{entrant}");
                let receipt = hall.sends_until_received(judge, entrant, 70, &operation).await;
                let _ = acknowledged.send((operation, receipt));
            }
        });
    }
    judges.join_all().await;
}

async fn time_does_not_go_backwards(database: Database) {
    let hall = Hall::begin(&database).await;
    let noon = hall.clock.now();
    let mut last = noon;
    for (entrant, shift_ms) in [(1, 5_000), (2, -3_600_000), (3, 0), (4, 6_000), (5, -1)] {
        hall.clock.set(Instant(noon.0 + shift_ms));
        let receipt = hall.sends(1, entrant, 60, &format!("op-{entrant}")).await.unwrap();
        assert_eq!(receipt.at, last.max(hall.clock.now()));
        last = receipt.at;
    }
    // Another program whose clock is an hour slow.
    let slow = Hall::enter(&database).await;
    slow.clock.set(Instant(noon.0 - 3_600_000));
    assert_eq!(slow.sends(1, 6, 60, "op-6").await.unwrap().at, last);
    assert!(slow.lines().await.iter().map(|line| line.at).is_sorted());
}

async fn a_question_that_cannot_be_stored_harms_nobody(database: Database) {
    let hall = Hall::begin(&database).await;
    let taken = Certificate { serial: "S".into(), award: Id::new("a"), winner: "w".into(), issued: Instant(1) };
    let with_certificate = |entrant| {
        let ask = Ask::new(actor(1), mark(1, entrant, 70)).with(Beside::Certificates(vec![taken.clone()]));
        hall.app.ask(&hall.contest, ask)
    };
    with_certificate(1).await.unwrap();
    let (bad, good) = tokio::join!(
        with_certificate(2),
        join_all((3..=10).map(|entrant| hall.app.ask(&hall.contest, Ask::new(actor(1), mark(1, entrant, 70))))),
    );
    assert!(matches!(bad, Err(Error::Taken)), "{bad:?}");
    assert!(good.into_iter().all(|answer| answer.is_ok()));
    assert_eq!(hall.marks().await.len(), 9, "its mark fell with its row");
    assert!(hall.lines().await.iter().map(|line| line.seq).eq(1..=hall.head().await));
}

async fn more_than_a_batch_at_once(database: Database) {
    let hall = Hall::begin(&database).await;
    let before = hall.head().await;
    let count = u32::try_from(BATCH_ENTRIES_MAX * 2 + 10).unwrap();
    let answers = join_all((0..count).map(|n| {
        let (hall, operation) = (&hall, format!("op-{n}"));
        async move { hall.sends(1, n % ENTRANTS + 1, i64::from(n % 101), &operation).await }
    }))
    .await;
    let mut seqs: Vec<u64> = answers.into_iter().map(|answer| answer.unwrap().seq).collect();
    seqs.sort_unstable();
    assert!(seqs.into_iter().eq(before + 1..=before + u64::from(count)));
}

async fn an_altered_entry_makes_the_contest_read_only(database: Database) {
    let hall = Hall::begin(&database).await;
    let receipt = hall.sends(1, 1, 88, "op-1").await.unwrap();
    hall.app.close().await;
    without_guards(&database, "UPDATE ledger SET payload = replace(payload, '88', '89') WHERE payload LIKE '%88%'")
        .await;

    let hall = Hall::enter(&database).await;
    let refused = hall.sends(2, 1, 90, "op-2").await;
    assert!(matches!(refused, Err(Error::Damaged { seq, .. }) if seq == receipt.seq), "{refused:?}");
    assert_eq!(hall.head().await, receipt.seq);
    // What stands before the altered line is not shown as if it were all.
    let read = hall.app.read(&hall.contest, |_| ()).await;
    assert!(matches!(read, Err(Error::Damaged { seq, .. }) if seq == receipt.seq), "{read:?}");
    assert_eq!(hall.app.damaged(), [(hall.contest.clone(), receipt.seq)]);
}

/// Line and leaf fit each other again, but not what this program folded.
async fn a_line_altered_with_its_leaf_is_found_while_the_contest_runs(database: Database) {
    let hall = Hall::begin(&database).await;
    let receipt = hall.sends(1, 1, 88, "op-1").await.unwrap();
    hall.sends(1, 2, 70, "op-2").await.unwrap();
    let follower = hall.follower().await;
    follower.check().await.unwrap();
    assert_eq!(follower.damaged_at(), None);

    let line = hall.lines().await.into_iter().find(|line| line.seq == receipt.seq).unwrap();
    let payload = line.payload.replace("88", "89");
    assert_ne!(payload, line.payload);
    let salt = data_encoding::HEXLOWER.decode(line.salt.as_bytes()).unwrap().try_into().unwrap();
    let leaf = leaf::hex(&leaf::leaf(&line.kind, line.version, line.at, line.seq, &salt, payload.as_bytes()));
    let change = format!("UPDATE ledger SET payload = '{payload}', leaf = '{leaf}' WHERE seq = {}", line.seq);
    without_guards(&database, &change).await;

    follower.check().await.unwrap();
    assert_eq!(follower.damaged_at(), Some(receipt.seq));
    assert!(matches!(hall.sends(2, 1, 90, "op-3").await, Err(Error::Damaged { .. })));
    // What was folded before is as true as it was.
    assert!(hall.app.read(&hall.contest, |_| ()).await.is_ok());
}

async fn lines_that_vanish_are_found_while_the_contest_runs(database: Database) {
    let hall = Hall::begin(&database).await;
    let first = hall.sends(1, 1, 88, "op-1").await.unwrap();
    hall.sends(1, 2, 88, "op-2").await.unwrap();
    let follower = hall.follower().await;
    without_guards(&database, &format!("DELETE FROM ledger WHERE seq >= {}", first.seq)).await;
    follower.check().await.unwrap();
    assert_eq!(follower.damaged_at(), Some(first.seq));
}

async fn a_shortened_ledger_makes_the_contest_read_only(database: Database) {
    let hall = Hall::begin(&database).await;
    hall.sends(1, 1, 88, "op-1").await.unwrap();
    let receipt = hall.sends(1, 2, 88, "op-2").await.unwrap();
    hall.app.close().await;
    without_guards(&database, "DELETE FROM ledger WHERE seq = (SELECT MAX(seq) FROM ledger)").await;
    let hall = Hall::enter(&database).await;
    let refused = hall.sends(2, 1, 90, "op-3").await;
    assert!(matches!(refused, Err(Error::Damaged { seq, .. }) if seq == receipt.seq), "{refused:?}");
}

/// Somebody who owns the database can remove the guards; the next look finds what they did.
async fn without_guards(database: &Database, change: &str) {
    let guards: &[&str] = if database.is_sqlite() {
        &["DROP TRIGGER ledger_keeps_update", "DROP TRIGGER ledger_keeps_delete"]
    } else {
        &["DROP TRIGGER ledger_keeps_rows ON ledger"]
    };
    for guard in guards {
        database.by_hand(guard).await.unwrap();
    }
    database.by_hand(change).await.unwrap();
}

async fn strangers_open_nothing(database: Database) {
    let hall = Hall::enter(&database).await;
    assert!(matches!(hall.app.follower(&ContestId::new("nobody")).await, Err(Error::NotFound)));
    assert!(matches!(hall.does(mark(1, 1, 1)).await, Err(Error::NotFound)));
}

async fn an_idle_contest_rests_and_wakes(database: Database) {
    let hall = Hall::begin(&database).await;
    let app = App::resting_after(50, database.open().await, hall.clock.clone(), ".");
    let hall = Hall { app, ..hall };
    let before = hall.sends(1, 1, 60, "op-1").await.unwrap();
    let board = hall.follower().await;
    let gone = Arc::downgrade(&board);
    let mut watch = board.watch();
    // A board that watches keeps it awake, and sees what comes after the room has rested.
    for entrant in 2..=4 {
        let rested = tokio::time::timeout(std::time::Duration::from_millis(400), watch.wait_for(|_| false)).await;
        assert!(rested.is_err());
        let receipt = hall.sends(1, entrant, 60, &format!("op-{entrant}")).await.unwrap();
        assert_eq!(receipt.seq, before.seq + u64::from(entrant) - 1);
        assert!(board.wait_for(receipt.version).await);
    }
    drop(board);
    assert!(watch.wait_for(|_| false).await.is_err(), "when nobody watches, its state is dropped");
    assert!(gone.upgrade().is_none());
    assert_eq!(hall.sends(1, 1, 60, "op-1").await.unwrap(), before, "and read again for the next who comes");
}

/// On one thread the room does not run while the questions come in, so that its mailbox fills.
#[tokio::test]
async fn a_full_mailbox_says_when_to_try_again() {
    let database = Database::sqlite();
    let hall = Hall::begin(&database).await;
    let answers = join_all((0..5_000_u32).map(|n| {
        let (hall, operation) = (&hall, format!("op-{n}"));
        async move { (n, hall.sends(1, n % ENTRANTS + 1, 7, &operation).await) }
    }))
    .await;
    let mut refused = 0;
    for (n, answer) in answers {
        match answer {
            Ok(_) => {}
            Err(Error::Busy { retry_ms }) => {
                assert!(retry_ms > 0);
                refused += 1;
                hall.sends(1, n % ENTRANTS + 1, 7, &format!("op-{n}")).await.unwrap();
            }
            Err(error) => panic!("{error}"),
        }
    }
    assert!(refused > 0);
    assert_eq!(hall.marks().await.len(), 5_000);
    let others = join_all((0..1_000).map(|_| hall.app.ask(&hall.contest, Ask::new(organizer(), mark(1, 1, 1))))).await;
    assert!(others.iter().any(|answer| matches!(answer, Err(Error::Busy { .. }))), "the others' box is bounded too");
}

#[tokio::test]
async fn a_failing_database_is_answered_with_try_again() {
    let database = Database::sqlite();
    let hall = Hall::begin(&database).await;
    let app: App = hall.app.clone();
    app.store().close().await;
    assert!(matches!(hall.sends(1, 1, 7, "op-1").await, Err(Error::Busy { .. } | Error::Store(_))));
    let again = Hall { app: App::new(database.open().await, Clock::system(), "."), ..hall };
    assert_eq!(again.marks().await.len(), 0);
    again.sends(1, 1, 7, "op-1").await.unwrap();
    assert_eq!(again.marks().await.len(), 1);
}
