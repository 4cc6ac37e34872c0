//! Published results come out to the last digit, every intermediate value and rank, from definitions written in the
//! vocabulary. Each folder of `tests/real` names its source.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use leitai::{
    files::tally::{Source, Tally, tally},
    rules::{
        definition::read,
        result::{TableKey, Who},
        score::Outcome,
        why::{Fact, Node},
    },
};
use rust_decimal::Decimal;

struct Folder {
    definition: String,
    entrants: String,
    marks: String,
    expected: Vec<Expected>,
}

/// One official value.
struct Expected {
    entrant: String,
    stage: String,
    part: String,
    level: String,
    value: Decimal,
    rank: Option<u32>,
}

fn folder(name: &str) -> Folder {
    let file = |file: &str| {
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real").join(name).join(file)).unwrap()
    };
    let expected = file("expected.csv");
    let rows = expected.lines().skip(1).map(|line| {
        let [entrant, stage, part, level, value, rank] = line.split(',').collect::<Vec<_>>().try_into().unwrap();
        Expected {
            entrant: entrant.to_owned(),
            stage: stage.to_owned(),
            part: part.to_owned(),
            level: level.to_owned(),
            value: value.parse().unwrap(),
            rank: rank.parse().ok(),
        }
    });
    Folder {
        definition: file("definition.toml"),
        entrants: file("entrants.csv"),
        marks: file("marks.csv"),
        expected: rows.collect(),
    }
}

fn tallied(definition: &str, entrants: &str, marks: &str) -> Tally {
    let read = read(definition);
    let definition = read.definition.unwrap_or_else(|| panic!("{:?}", read.problems));
    let source = |name, text: &'static str| Source { name, bytes: text.as_bytes() };
    let (entrants, marks): (&'static str, &'static str) = (entrants.to_owned().leak(), marks.to_owned().leak());
    tally(Arc::new(definition), Some(source("entrants.csv", entrants)), source("marks.csv", marks), &|_| {})
        .unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// Rank and total of everybody in the main table.
fn ranks(tally: &Tally) -> BTreeMap<String, (Option<u32>, Option<Decimal>)> {
    let table = tally.standings.tables.iter().find(|table| matches!(table.key, TableKey::Field { .. })).unwrap();
    let who = |who: &Who| who.as_str().to_owned();
    table.rows.iter().map(|row| (who(&row.who), (row.rank, row.total))).collect()
}

fn computed(tally: &Tally, expected: &Expected) -> Option<Decimal> {
    if expected.level == "total" {
        return ranks(tally)[&expected.entrant].1;
    }
    let why = tally.why(&expected.entrant).unwrap();
    let is_stage = |node: &&Node| matches!(&node.fact, Fact::Stage { stage, .. } if stage.as_str() == expected.stage);
    let stage = why.score.iter().flat_map(Node::walk).find(is_stage)?;
    let of_part = |node: &&Node| match &node.fact {
        Fact::Piece { piece, .. } => expected.level == "piece" && piece.as_str() == expected.part,
        Fact::Aspect { aspect, piece, .. } if expected.level == "panel" && piece.is_some() => {
            let here = piece.as_ref().is_some_and(|piece| piece.as_str() == expected.part);
            here && aspect.as_str() == "execution"
        }
        Fact::Aspect { aspect, .. } => expected.level != "piece" && aspect.as_str() == expected.part,
        _ => false,
    };
    let node = if expected.level == "stage" { stage } else { stage.walk().find(of_part)? };
    match (&node.fact, expected.level.as_str()) {
        (_, "panel") => node.parts.iter().find_map(|part| match &part.fact {
            Fact::Panel { number, .. } => Some(*number),
            _ => None,
        }),
        (Fact::Stage { outcome, .. } | Fact::Piece { outcome, .. } | Fact::Aspect { outcome, .. }, _) => {
            if let Outcome::Is(value) = outcome {
                Some(*value)
            } else {
                None
            }
        }
        _ => None,
    }
}

/// Every official value of a folder; gives how many there were.
fn check(name: &str) -> usize {
    let folder = folder(name);
    let tally = tallied(&folder.definition, &folder.entrants, &folder.marks);
    let ranks = ranks(&tally);
    for expected in &folder.expected {
        let place = format!("{name}: {} {} {} {}", expected.entrant, expected.stage, expected.part, expected.level);
        assert_eq!(computed(&tally, expected), Some(expected.value), "{place}");
        if expected.level == "total" {
            assert_eq!(ranks[&expected.entrant].0, expected.rank, "{place}");
        }
    }
    folder.expected.len()
}

#[test]
fn pairs_skating() {
    // 30 components, 72 elements and 71 grades of execution, 6 sums of each kind, 6 totals with ranks.
    assert_eq!(check("pairs-skating"), 191);
}

#[test]
fn ski_jumping() {
    assert_eq!(check("ski-jumping"), 150);
}

#[test]
fn each_round_of_ski_jumping_is_ranked_by_itself() {
    let folder = folder("ski-jumping");
    for round in ["first-round", "final-round"] {
        let of_others = |part: &&str| part.contains("id = \"") && !part.contains(&format!("id = \"{round}\""));
        let parts: Vec<&str> = folder.definition.split("\n[[stage]]").collect();
        let ranking = folder.definition.split("\n[ranking]").nth(1).unwrap();
        let stage = parts[1..].iter().find(|part| !of_others(part)).unwrap().split("\n[ranking]").next().unwrap();
        let definition = format!("{}\n[[stage]]{stage}\n[ranking]{ranking}", parts[0]);
        let marks: Vec<&str> = folder
            .marks
            .lines()
            .enumerate()
            .filter(|(at, line)| *at == 0 || line.contains(round))
            .map(|(_, l)| l)
            .collect();
        let ranks = ranks(&tallied(&definition, &folder.entrants, &marks.join("\n")));
        let official = folder.expected.iter().filter(|row| row.level == "stage" && row.stage == round);
        let mut compared = 0;
        for row in official {
            assert_eq!(ranks[&row.entrant], (row.rank, Some(row.value)), "{round}: {}", row.entrant);
            compared += 1;
        }
        assert_eq!(compared, 30);
    }
}

#[test]
fn dance_season() {
    assert_eq!(check("dance-season"), 101);
}
