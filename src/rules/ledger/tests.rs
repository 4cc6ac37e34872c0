//! Ledgers of earlier releases, as they were written: each is read, bound by its leaves, and folded to the same end.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    Entry, Instant, Recorded, indicator::IndicatorEntry, ladder::LadderEntry, leaf, season::SeasonEntry,
    works::WorkEntry,
};
use crate::rules::{
    result::{DecidedBy, Status},
    state::State,
    view::{Audience, Holds, board, prizes},
};

/// Written by format 1, with every kind of entry. Never changed.
const FORMAT_1: &str = include_str!("../../../tests/ledgers/format-1.jsonl");

/// Each kind of a ladder's entries, as version 1 is written. Never changed.
const LADDER_1: &str = include_str!("../../../tests/ledgers/ladder-1.jsonl");

/// … and of a labor competition's.
const INDICATOR_1: &str = include_str!("../../../tests/ledgers/indicator-1.jsonl");
const SEASON_1: &str = include_str!("../../../tests/ledgers/season-1.jsonl");
/// With reasons, second persons, and tables that have a best of their own.
const SEASON_2: &str = include_str!("../../../tests/ledgers/season-2.jsonl");

/// … and of a collection's.
const WORKS_1: &str = include_str!("../../../tests/ledgers/works-1.jsonl");

#[derive(Deserialize)]
struct Kind {
    kind: String,
    payload: Box<RawValue>,
}

#[derive(Deserialize)]
struct Line {
    seq: u64,
    epoch: u32,
    at: Instant,
    kind: String,
    version: u32,
    salt: String,
    leaf: String,
    payload: Box<RawValue>,
}

fn read(text: &str) -> Vec<Recorded> {
    let entry = |line: &str| {
        let line: Line = serde_json::from_str(line).unwrap();
        let payload = line.payload.get().as_bytes();
        let salt = data_encoding::HEXLOWER.decode(line.salt.as_bytes()).unwrap().try_into().unwrap();
        let own = leaf::leaf(&line.kind, line.version, line.at, line.seq, &salt, payload);
        assert_eq!(leaf::hex(&own), line.leaf, "leaf of {}", line.seq);
        let entry = Entry::read(&line.kind, line.version, payload).unwrap();
        Recorded { seq: line.seq, epoch: line.epoch, at: line.at, entry }
    };
    text.lines().map(entry).collect()
}

#[test]
fn the_ledger_of_format_1_has_every_kind() {
    let kinds: BTreeSet<&str> = read(FORMAT_1).iter().map(|recorded| recorded.entry.kind()).collect();
    assert_eq!(kinds.len(), 31, "{kinds:?}");
}

/// W1: theory 100, practice 90 less 5 for the goggles; 0.3 × 100 + 0.7 × 85 = 89.5.
/// W2: theory 100, practice resolved at 76 after a re-mark; 30 + 53.2 = 83.2.
/// W3: theory 100, practice (78 + 75 + 75) / 3 = 76 after a correction; 83.2. People put W3 before W2.
/// W4 was disqualified, W5 withdrew. W1's prize was revoked, and people gave it to W3.
#[test]
fn the_ledger_of_format_1_ends_as_it_did() {
    let entries = read(FORMAT_1);
    let state = State::fold(&entries);
    let board = board(&state, &Audience::Public, state.at());
    let rows: Vec<_> = board.tables[0].rows.iter().map(|row| (row.who.key(), row.rank, row.total)).collect();
    let points = |tenths: i64| Some(Decimal::new(tenths, 1));
    assert_eq!(
        rows[..3],
        [
            ("W1".to_owned(), Some(1), points(895)),
            ("W3".to_owned(), Some(2), points(832)),
            ("W2".to_owned(), Some(3), points(832)),
        ]
    );
    assert_eq!(board.tables[0].rows[1].decided_by, Some(DecidedBy::People));
    let status = |at: usize| (rows[at].0.as_str(), board.tables[0].rows[at].status.clone());
    assert_eq!(status(3), ("W5", Status::Withdrawn));
    assert_eq!(status(4), ("W4", Status::Disqualified { violation: "unsafe".into() }));

    let prizes = prizes(&state);
    let holders: Vec<_> = prizes.announced.iter().flatten().map(|given| given.to.as_str()).collect();
    assert_eq!(holders, ["W3"]);
    let holds: Vec<_> = prizes.certificates.iter().map(|issued| (issued.to.as_str(), issued.holds)).collect();
    assert_eq!(holds, [("W1", Holds::Revoked), ("W3", Holds::Valid)]);
}

#[test]
fn each_kind_of_a_ladder_is_read_and_written_as_it_was() {
    each_kind(LADDER_1, &LadderEntry::KINDS);
}

#[test]
fn each_kind_of_a_labor_competition_is_read_and_written_as_it_was() {
    each_kind(INDICATOR_1, &IndicatorEntry::KINDS);
}

#[test]
fn each_kind_of_a_collection_is_read_and_written_as_it_was() {
    each_kind(WORKS_1, &WorkEntry::KINDS);
    // What a checker may say, as it is written.
    let said =
        |outcome: &str| format!(r#"{{"work-checked":{{"work":"w","outcome":{outcome},"reason":"r","by":"c"}}}}"#);
    let outcomes = [r#""is":"accepted""#, r#""is":"declined""#, r#""is":"duplicate","of":"w1""#];
    for outcome in outcomes.into_iter().chain([r#""is":"false""#, r#""is":"returned""#]) {
        let payload = said(&format!("{{{outcome}}}"));
        let entry = Entry::read("work-checked", 1, payload.as_bytes()).unwrap();
        assert_eq!(entry.write(), ("work-checked", 1, payload.into_bytes()));
    }
}

#[test]
fn each_kind_of_a_season_is_read_and_written_as_it_was() {
    each_kind(SEASON_1, &SeasonEntry::KINDS);
    each_kind(SEASON_2, &SeasonEntry::KINDS);
}

fn each_kind(ledger: &str, expected: &[&str]) {
    let lines: Vec<Kind> = ledger.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let kinds: Vec<&str> = lines.iter().map(|line| line.kind.as_str()).collect();
    assert_eq!(kinds, expected);
    for Kind { kind, payload } in &lines {
        let entry = Entry::read(kind, 1, payload.get().as_bytes()).unwrap_or_else(|error| panic!("{kind}: {error:?}"));
        let (own, version, written) = entry.write();
        assert_eq!((own, version, written.as_slice()), (kind.as_str(), 1, payload.get().as_bytes()), "{kind}");
    }
}

#[test]
fn a_corrected_name_is_written_as_it_was() {
    let payload = br#"{"entrant-renamed":{"entrant":"W1","by":"org","reason":null}}"#;
    let entry = Entry::read("entrant-renamed", 1, payload).unwrap();
    assert_eq!(entry.write(), ("entrant-renamed", 1, payload.to_vec()));
}

#[test]
fn what_a_later_program_wrote_is_not_guessed() {
    let payload = br#"{"board-frozen":{"by":"org"}}"#;
    assert!(Entry::read("board-frozen", 1, payload).is_ok());
    assert!(Entry::read("board-frozen", 2, payload).is_err());
    assert!(Entry::read("board-unfrozen", 1, payload).is_err(), "the kind is bound to the payload");
}

#[test]
fn a_definition_of_version_1_had_no_second_person() {
    let payload = br#"{"definition-adopted":{"text":"t","digest":"d","by":"org","reason":null}}"#;
    let old = Entry::read("definition-adopted", 1, payload).unwrap();
    assert_eq!(old.second(), None);
    let (kind, version, written) = old.write();
    assert_eq!(version, 2);
    assert_eq!(Entry::read(kind, version, &written), Ok(old));
    assert!(Entry::read("definition-adopted", 3, &written).is_err());
}
