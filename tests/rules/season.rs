//! A season's table at any instant of its past is what its sources make at the moments that its reports name: random
//! histories of three sources, with freezes, against a second implementation in whole numbers.

use std::collections::BTreeMap;

use leitai::rules::{
    command::Command,
    decide::{Actor, decide},
    field::{Entrant, Slot, Value},
    ledger::{
        Entry, Instant, Recorded,
        entry::{Digest, MarkValue, Phase},
        season::{SeasonEntry, SourceReport},
    },
    names::{EntrantId, PersonId},
    season::{Act, by_unit, matched, public, rules_of, trail},
    state::State,
    view::{self, Audience},
};
use proptest::prelude::*;

const SOURCE: &str = r#"
format = 1
[contest]
id = "source"
title = "来源"
board = "names"
[[stage]]
id = "theory"
[[stage.aspect]]
id = "paper"
kind = "imported"
max = 100
[ranking]
ties = ["shared"]
"#;

/// Points × 0.5 capped at 40, missing is 0; 10, 7, 5, then 1 by rank, missing is unranked; percent of the best × 0.25,
/// missing is scaled.
const SEASON: &str = r#"
format = 1
[contest]
id = "season"
title = "积分"
board = "names"
[[source]]
id = "s0"
by = "points"
full = 100
weight = "0.5"
cap = 40
missing = "zero"
[[source]]
id = "s1"
by = "rank"
points-per-rank = [10, 7, 5]
further-ranks = 1
[[source]]
id = "s2"
by = "percentage"
weight = "0.25"
missing = "scaled"
[ranking]
ties = ["shared"]
"#;

const TEAMS: usize = 5;

/// One contest and its ledger.
struct One {
    state: State,
    ledger: Vec<Recorded>,
}

impl One {
    fn begin(text: &str, now: i64) -> Self {
        let mut one = Self { state: State::empty(), ledger: Vec::new() };
        one.must("org", Command::Found { text: text.to_owned() }, now);
        let team = |at: usize| {
            let unit = Some(format!("集团/班组{at}").as_str().into());
            (EntrantId::new(format!("T{at}")), Entrant { unit, ..Entrant::default() })
        };
        one.must(
            "org",
            Command::RegisterEntrants { entrants: (0..TEAMS).map(team).collect(), reason: None, second: None },
            now,
        );
        one
    }

    fn tries(&mut self, person: &str, command: &Command, now: i64) -> bool {
        let actor = Actor { person: PersonId::new(person), administrator: false, entrant: None };
        let Ok(entries) = decide(&self.state, &actor, command, Instant(now)) else { return false };
        for entry in entries {
            let recorded = Recorded { seq: self.ledger.len() as u64 + 1, epoch: 1, at: Instant(now), entry };
            self.state.apply(&recorded);
            self.ledger.push(recorded);
        }
        true
    }

    #[expect(clippy::needless_pass_by_value, reason = "a test reads better without an ampersand before each command")]
    fn must(&mut self, person: &str, command: Command, now: i64) {
        assert!(self.tries(person, &command, now), "{command:?}");
    }
}

#[derive(Clone, Debug)]
enum Step {
    Mark { source: usize, team: usize, value: u32 },
    Freeze { source: usize },
    Unfreeze { source: usize },
    Report { source: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let source = || 0_usize..3;
    prop_oneof![
        6 => (source(), 0..TEAMS, 0_u32..=100).prop_map(|(source, team, value)| Step::Mark { source, team, value }),
        1 => source().prop_map(|source| Step::Freeze { source }),
        1 => source().prop_map(|source| Step::Unfreeze { source }),
        4 => source().prop_map(|source| Step::Report { source }),
    ]
}

fn mark(team: usize, value: u32) -> Command {
    let slot =
        Slot { stage: "theory".into(), piece: None, attempt: 1, aspect: "paper".into(), value: None, judge: None };
    Command::GiveMark {
        entrant: EntrantId::new(format!("T{team}")),
        slot,
        value: MarkValue::Is(Value::Number(value.into())),
    }
}

/// What a source's public board shows now, as a report.
fn report(source: usize, of: &One, season: &One, now: i64) -> Command {
    let source = format!("s{source}");
    let rules = rules_of(&season.state).unwrap();
    let rule = rules.source(&source.as_str().into()).unwrap();
    let shown = public(&of.state, rule, Instant(now)).unwrap();
    let units = by_unit(&season.state);
    let rows = matched(&shown, rule, |row| units[row.unit.as_ref().unwrap()].clone());
    Command::Season(Act::Report(SourceReport {
        contest: format!("{source}-2026").as_str().into(),
        source: source.as_str().into(),
        epoch: shown.epoch,
        sequence: shown.sequence,
        root: Digest(String::new()),
        phase: shown.phase,
        best: shown.best,
        rows,
    }))
}

/// The second implementation: the last mark of each team up to a sequence number, from the entries alone.
fn marks_up_to(ledger: &[Recorded], sequence: u64) -> BTreeMap<usize, i64> {
    let mut marks = BTreeMap::new();
    for recorded in ledger.iter().filter(|recorded| recorded.seq <= sequence) {
        if let Entry::MarkGiven { entrant, value: MarkValue::Is(Value::Number(value)), .. } = &recorded.entry {
            let team = entrant.as_str()[1..].parse().unwrap();
            marks.insert(team, i64::try_from(*value).unwrap());
        }
    }
    marks
}

/// Hundredths of points, rounded half up, of one team in each source; `None`: no points.
fn by_hand(team: usize, marks: &[Option<BTreeMap<usize, i64>>; 3]) -> [Option<i64>; 3] {
    let own = |source: usize| marks[source].as_ref().and_then(|marks| marks.get(&team).copied());
    let s0 = own(0).map_or(0, |mark| (mark * 50).min(4_000));
    let s1 = own(1).map(|mark| {
        let better = marks[1].as_ref().unwrap().values().filter(|other| **other > mark).count();
        [1_000, 700, 500].get(better).copied().unwrap_or(100)
    });
    let s2 = if let Some(mark) = own(2) {
        let best = *marks[2].as_ref().unwrap().values().max().unwrap();
        // 100 × mark ÷ best × 0.25, in hundredths: 2500 × mark ÷ best.
        if best == 0 { 0 } else { (2 * 2_500 * mark + best) / (2 * best) }
    } else {
        // 40 and 10 at most in the others, 25 here.
        let (got, possible) = s1.map_or((s0, 4_000), |s1| (s0 + s1, 5_000));
        (2 * got * 2_500 + possible) / (2 * possible)
    };
    [Some(s0), s1, Some(s2)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn a_season_is_its_sources_at_any_instant_of_its_past(
        steps in prop::collection::vec(step(), 1..60),
        instants in prop::collection::vec(any::<prop::sample::Index>(), 6),
    ) {
        let mut now = 1_767_225_600_000;
        let mut sources: Vec<One> = (0..3).map(|_| One::begin(SOURCE, now)).collect();
        for source in &mut sources {
            source.must("org", Command::ReachPhase { phase: Phase::Running, until: None }, now);
            source.must("org", Command::OpenStage { stage: "theory".into(), group: None }, now);
        }
        let mut season = One::begin(SEASON, now);
        for at in 0..3 {
            let contest = format!("s{at}-2026").as_str().into();
            let source = format!("s{at}").as_str().into();
            let act = Act::Bind { source, contest, reason: None, second: None };
            season.must("org", Command::Season(act), now);
        }
        for step in &steps {
            now += 1_000;
            match step {
                Step::Mark { source, team, value } => sources[*source].must("org", mark(*team, *value), now),
                // Frozen already, or not frozen.
                Step::Freeze { source } => { sources[*source].tries("org", &Command::Freeze, now); }
                Step::Unfreeze { source } => { sources[*source].tries("org", &Command::Unfreeze, now); }
                // Nothing new is nothing to write.
                Step::Report { source } => {
                    let report = report(*source, &sources[*source], &season, now);
                    season.tries("", &report, now);
                }
            }
        }
        for instant in instants {
            let end = 1 + instant.index(season.ledger.len());
            let then = State::fold(&season.ledger[..end]);
            let mut marks = [None, None, None];
            for recorded in &season.ledger[..end] {
                if let Entry::Season(SeasonEntry::SourceReported(written)) = &recorded.entry {
                    let at: usize = written.source.as_str()[1..].parse().unwrap();
                    marks[at] = Some(marks_up_to(&sources[at].ledger, written.sequence));
                    // The first implementation over the source's own prefix says what was reported.
                    let prefix = usize::try_from(written.sequence).unwrap();
                    let source_then =
                        One { state: State::fold(&sources[at].ledger[..prefix]), ledger: Vec::new() };
                    let season_then = One { state: then.clone(), ledger: Vec::new() };
                    let again = report(at, &source_then, &season_then, recorded.at.0);
                    let Command::Season(Act::Report(again)) = again else { unreachable!() };
                    prop_assert_eq!(&again.rows, &written.rows);
                    prop_assert_eq!(&again.best, &written.best);
                }
            }
            if marks.iter().all(Option::is_none) {
                continue;
            }
            let board = view::board(&then, &Audience::Public, Instant(now));
            for team in 0..TEAMS {
                let id = EntrantId::new(format!("T{team}"));
                let expected = by_hand(team, &marks);
                let told = trail(&then, &id, &Audience::Public).unwrap();
                let points: Vec<Option<i64>> = told.lines.iter().map(|line| {
                    line.line.outcome.points().map(|points| {
                        i64::try_from(points * rust_decimal::Decimal::ONE_HUNDRED).unwrap()
                    })
                }).collect();
                prop_assert_eq!(&points[..], &expected[..], "team {} at {}", team, end);
                let row = board.tables[0].rows.iter().find(|row| row.who.key() == id.as_str()).unwrap();
                let total: Option<i64> = expected.iter().copied().sum();
                let shown = row.total.map(|total| {
                    i64::try_from(total * rust_decimal::Decimal::ONE_HUNDRED).unwrap()
                });
                prop_assert_eq!(shown, total);
                prop_assert_eq!(row.rank.is_some(), total.is_some());
            }
        }
    }
}
