//! `leitai tally` on a million marks, beside a loop that only reads the file and parses its decimals.
//!
//! Both read the same bytes from memory with the same CSV reader. The tally also brings them together, scores 20,000
//! entrants and ranks them. Rows stand once in the order of entrants and once in none.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and stops at the first error")]

use std::{
    fmt::Write as _,
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};

use csv::ByteRecord;
use leitai::{
    files::tally::{Source, tally},
    rules::{
        decimal,
        definition::{Definition, read},
    },
};

const ENTRANTS: usize = 20_000;
const ASPECTS: usize = 10;
const JUDGES: usize = 5;
const ROUNDS: usize = 5;
/// 2.5
const GOAL_TENTHS: u128 = 25;

fn main() {
    let definition = definition();
    let rows = rows();
    println!("{} marks of {ENTRANTS} entrants", rows.len());
    println!("{:>16} {:>14} {:>12} {:>8} {:>8}", "rows", "read + parse", "tally", "ratio", "goal");
    for (name, rows) in [("by entrant", rows.clone()), ("in no order", mixed(rows))] {
        let text = format!("entrant,stage,aspect,judge,value\n{}", rows.concat());
        let (mut readings, mut tallies) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            readings.push(timed(|| read_and_parse(text.as_bytes())));
            tallies.push(timed(|| {
                let marks = Source { name: "marks.csv", bytes: text.as_bytes() };
                tally(Arc::clone(&definition), None, marks, &|_| {}).unwrap().standings
            }));
        }
        let (reading, tally) = (median(readings), median(tallies));
        let tenths = tally.as_nanos() * 10 / reading.as_nanos().max(1);
        let goal = if tenths <= GOAL_TENTHS { "met" } else { "missed" };
        println!("{name:>16} {reading:>14.1?} {tally:>12.1?} {:>6}.{} {goal:>8}", tenths / 10, tenths % 10);
    }
    println!("\nratio: tally to reading and parsing; goal: at most {}.{}", GOAL_TENTHS / 10, GOAL_TENTHS % 10);
}

fn read_and_parse(bytes: &[u8]) -> usize {
    let mut reader = csv::ReaderBuilder::new().from_reader(bytes);
    let mut record = ByteRecord::new();
    let mut read = 0;
    while reader.read_byte_record(&mut record).unwrap() {
        let value = std::str::from_utf8(record.get(4).unwrap()).unwrap();
        black_box(decimal::parse(value).unwrap());
        read += 1;
    }
    read
}

fn definition() -> Arc<Definition> {
    let mut text = format!(
        "format = 1\n[contest]\nid = \"bench\"\ntitle = \"bench\"\n[[stage]]\nid = \"practice\"\n\
         [[stage.panel]]\nid = \"look\"\njudges = {JUDGES}\ndrop-high = 1\ndrop-low = 1\n"
    );
    for aspect in 0..ASPECTS {
        write!(text, "[[stage.aspect]]\nid = \"aspect-{aspect}\"\nmax = 10\nstep = \"0.5\"\n").unwrap();
    }
    text.push_str("[ranking]\nties = [\"shared\"]\n");
    Arc::new(read(&text).definition.unwrap())
}

fn rows() -> Vec<String> {
    let mut random: u64 = 1;
    let mut rows = Vec::with_capacity(ENTRANTS * ASPECTS * JUDGES);
    for entrant in 0..ENTRANTS {
        for aspect in 0..ASPECTS {
            for judge in 1..=JUDGES {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let halves = (random >> 33) % 21;
                let (whole, tenths) = (halves / 2, halves % 2 * 5);
                rows.push(format!("E{entrant:05},practice,aspect-{aspect},J{judge},{whole}.{tenths}\n"));
            }
        }
    }
    rows
}

/// The same rows, far from where they were.
fn mixed(rows: Vec<String>) -> Vec<String> {
    let mut keyed: Vec<(u64, String)> =
        rows.into_iter().zip(1_u64..).map(|(row, at)| (at.wrapping_mul(0x9E37_79B9_7F4A_7C15), row)).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, row)| row).collect()
}

fn timed<R>(work: impl FnOnce() -> R) -> Duration {
    let begun = Instant::now();
    let result = black_box(work());
    let took = begun.elapsed();
    drop(result);
    took
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
