//! Points of sources with values worked by hand, stars, and what is refused.

mod desk;
mod shown;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    Act, Line, Outcome, Public, PublicRow, Raw, SeasonRefusal, decided, lines, matched,
    rules::{By, Matching, Missing, Reads, Rules, Source, Star, Stars, StarsRead},
};
use crate::rules::{
    command::{Command, Refusal},
    decimal::parse,
    definition::model::{Rounding, RoundingMode},
    field::Entrant,
    ledger::{
        Instant,
        entry::{Digest, Phase, Role},
        season::{ReportedRow, SourceReport, StarRow},
    },
    names::{EntrantId, Id},
    trial::Trial,
    view::{self, Audience},
};

fn d(text: &str) -> Decimal {
    parse(text).unwrap()
}

fn source(id: &str, by: By) -> Source {
    Source {
        id: Id::new(id),
        title: id.to_owned(),
        reads: Reads::Field,
        by,
        weight: Decimal::ONE,
        cap: None,
        missing: Missing::Unranked,
        rounding: Some(Rounding { digits: 2, mode: RoundingMode::HalfUp }),
    }
}

fn season(sources: Vec<Source>) -> Rules {
    Rules { matching: Matching::Unit, sources, stars: None }
}

/// By the text `total#rank`, either of which may be missing; an empty text: not listed.
fn raw(text: &str) -> Option<Raw> {
    let (total, rank) = text.split_once('#').unwrap_or((text, ""));
    let raw = Raw { total: parse(total).ok(), rank: rank.parse().ok() };
    (raw != Raw::default()).then_some(raw)
}

fn of(rules: &Rules, raws: &[&str], best: Option<&str>) -> Vec<Line> {
    let raws: Vec<Option<Raw>> = raws.iter().map(|text| raw(text)).collect();
    lines(rules, |source| {
        let at = rules.sources.iter().position(|known| known.id == source.id).unwrap();
        (raws[at].as_ref(), best.map(d))
    })
}

fn points(rules: &Rules, raws: &[&str], best: Option<&str>) -> String {
    let said = of(rules, raws, best).into_iter().map(|line| match line.outcome.points() {
        Some(points) => points.to_string(),
        None => "-".to_owned(),
    });
    said.collect::<Vec<_>>().join(" ")
}

#[test]
fn points_ranks_and_percentages_by_hand() {
    let by_points = || By::Points { full: None };
    let of_100 = || By::Percentage { full: Some(Decimal::ONE_HUNDRED) };
    let of_best = || By::Percentage { full: None };
    let ranked = || By::Rank { points: [10, 8, 6].map(Decimal::from).into(), further: Decimal::ONE };
    for (by, weight, cap, result, best, expected) in [
        (by_points(), "1", None, "87.5#4", None, "87.50"),
        // 87.5 × 0.4 = 35.
        (by_points(), "0.4", None, "87.5", None, "35.00"),
        (by_points(), "0.4", Some("30"), "87.5", None, "30.00"),
        // At the cap nothing is lost.
        (by_points(), "0.4", Some("35"), "87.5", None, "35.00"),
        (by_points(), "2", Some("30"), "-3", None, "-6.00"),
        // 33.335 × 1 is rounded half up, once.
        (by_points(), "1", None, "33.335", None, "33.34"),
        (by_points(), "1", Some("33.334"), "33.335", None, "33.33"),
        // A rank without a total is no result by points.
        (by_points(), "1", None, "#2", None, "-"),
        (ranked(), "1", None, "#1", None, "10.00"),
        (ranked(), "1", None, "55#3", None, "6.00"),
        (ranked(), "1", None, "#4", None, "1.00"),
        (ranked(), "1", None, "#4000000000", None, "1.00"),
        // 8 × 1.5 = 12, capped at 11.5.
        (ranked(), "1.5", None, "#2", None, "12.00"),
        (ranked(), "1.5", Some("11.5"), "#2", None, "11.50"),
        // A total without a rank is no result by rank.
        (ranked(), "1", None, "99", None, "-"),
        (of_100(), "1", None, "90", None, "90.00"),
        (of_100(), "0.2", Some("20"), "110", None, "20.00"),
        // A cap above the full points leaves room for more than was planned: 103.5 × 0.2 = 20.7; 130 × 0.2 = 26.
        (of_100(), "0.2", Some("24"), "103.5", None, "20.70"),
        (of_100(), "0.2", Some("24"), "130", None, "24.00"),
        // 2 ÷ 3 × 100 × 0.3 = 20, exactly.
        (of_best(), "0.3", None, "2", Some("3"), "20.00"),
        // 1 ÷ 3 × 100 = 33.333….
        (of_best(), "1", None, "1", Some("3"), "33.33"),
        (of_best(), "1", None, "0", Some("0"), "0.00"),
        // The best of a list of deductions has less than nothing: no part of it is anything.
        (of_best(), "1", None, "-5", Some("-5"), "0.00"),
        (of_best(), "1", None, "-10", Some("-5"), "0.00"),
        // 96 of 80 is 120 %, and 100 % is all there is.
        (By::Percentage { full: Some(d("80")) }, "1", None, "96", None, "100.00"),
        // 110 × 0.5 is 55; of 100 × 0.5.
        (By::Points { full: Some(d("100")) }, "0.5", None, "110", None, "50.00"),
        // Finer than points are rounded: 66.67 would be more than the most.
        (of_best(), "1", Some("66.666"), "2", Some("3"), "66.666"),
        (of_best(), "1", None, "", Some("3"), "-"),
    ] {
        let what = format!("{by:?} × {weight} ≤ {cap:?} of {result:?}");
        let source = Source { weight: d(weight), cap: cap.map(d), ..source("one", by) };
        assert_eq!(points(&season(vec![source]), &[result], best), expected, "{what}");
    }
}

#[test]
fn whoever_misses_a_source_by_each_rule() {
    let with = |missing| {
        season(vec![
            // At most 40.
            Source { weight: d("0.4"), ..source("quiz", By::Points { full: Some(Decimal::ONE_HUNDRED) }) },
            // At most 20.
            source("skills", By::Rank { points: [20, 16, 13].map(Decimal::from).into(), further: Decimal::TWO }),
            // At most 24: percent × 0.3, capped.
            Source {
                weight: d("0.3"),
                cap: Some(d("24")),
                missing,
                ..source("labor", By::Percentage { full: Some(Decimal::ONE_HUNDRED) })
            },
        ])
    };
    assert_eq!(points(&with(Missing::Zero), &["90", "#2", ""], None), "36.00 16.00 0");
    assert_eq!(points(&with(Missing::Unranked), &["90", "#2", ""], None), "36.00 16.00 -");
    // 52 of 60, of 24: 20.8.
    assert_eq!(points(&with(Missing::Scaled), &["90", "#2", ""], None), "36.00 16.00 20.80");
    // Only what is there counts: 36 of 40, of 24. The other one that misses is not ranked all the same.
    assert_eq!(points(&with(Missing::Scaled), &["90", "", ""], None), "36.00 - 21.60");
    assert_eq!(points(&with(Missing::Scaled), &["", "", ""], None), "- - -");
    // A zero for the missing counts as got: 36 + 0 of 60, of 24: 14.4.
    let mut both = with(Missing::Scaled);
    both.sources[1].missing = Missing::Zero;
    assert_eq!(points(&both, &["90", "", ""], None), "36.00 0 14.40");
    // 120 of 100 is held to 100 before anything is in proportion to it: 40 of 40, of 24.
    assert_eq!(points(&with(Missing::Scaled), &["120", "", ""], None), "40.00 - 24.00");
    // Nothing is missing, nothing is scaled.
    assert_eq!(points(&with(Missing::Scaled), &["90", "#2", "70"], None), "36.00 16.00 21.00");
    let told = of(&with(Missing::Scaled), &["90", "#2", ""], None);
    let scaled = Outcome::Scaled { points: d("20.80"), got: d("52.00"), possible: d("60") };
    assert_eq!(told[2].outcome, scaled);
}

#[test]
fn every_step_is_told() {
    let rules = season(vec![Source {
        weight: d("0.5"),
        cap: Some(d("20")),
        ..source("quiz", By::Percentage { full: Some(d("120")) })
    }]);
    let lines = of(&rules, &["60#3"], None);
    let Outcome::Counted(counted) = lines[0].outcome else { panic!("{lines:?}") };
    // 60 of 120 is 50 %; × 0.5 = 25; at most 20.
    assert_eq!((counted.converted, counted.weighted), (d("50"), d("25")));
    assert_eq!((counted.capped_at, counted.points), (Some(d("20")), d("20.00")));
}

#[test]
fn of_several_rows_the_best_counts() {
    let row = |key: &str, unit: &str, text: &str| PublicRow {
        key: key.to_owned(),
        entrants: Vec::new(),
        unit: Some(unit.into()),
        raw: raw(text).unwrap_or_default(),
        best: None,
    };
    let rows = [row("a", "甲班", "80#2"), row("b", "甲班", "90#1"), row("c", "乙班", ""), row("d", "丙班", "70#3")];
    let of = |row: &PublicRow| match row.unit.as_ref().unwrap().as_str() {
        "甲班" => vec![EntrantId::new("T1"), EntrantId::new("T9")],
        "乙班" => vec![EntrantId::new("T2")],
        _ => Vec::new(),
    };
    let public = Public { epoch: 1, sequence: 1, phase: Phase::Running, best: None, rows: rows.into() };
    let found: Vec<(String, String)> = matched(&public, &source("one", By::Points { full: None }), of)
        .into_iter()
        .map(|row| (row.entrant.to_string(), row.key))
        .collect();
    assert_eq!(found, [("T1".to_owned(), "b".to_owned()), ("T9".to_owned(), "b".to_owned())]);
}

fn stars(reads: StarsRead, starts_at: u32) -> Stars {
    let star = |(level, at_least): (u32, i64)| Star { level, title: level.to_string(), at_least: at_least.into() };
    Stars { reads, starts_at, levels: [(1, 60), (2, 70), (3, 80)].map(star).into() }
}

#[test]
fn a_star_at_a_time() {
    let rules = stars(StarsRead::Total, 0);
    for (from, score, to) in [
        (0, Some("59.99"), 0),
        (0, Some("60"), 1),
        // However many points: one at a time.
        (0, Some("99"), 1),
        (1, Some("70"), 2),
        (1, Some("69.99"), 1),
        (1, Some("59.99"), 0),
        (3, Some("10"), 2),
        (3, Some("80"), 3),
        (3, Some("200"), 3),
        (2, None, 2),
    ] {
        let id = EntrantId::new("T1");
        let totals = BTreeMap::from([(id.clone(), score.map(d))]);
        let before = StarRow { entrant: id, total: Some(d("50")), score: None, from: 0, to: from };
        let rows = decided(&rules, &totals, |_| Some(before.clone()));
        assert_eq!((rows[0].from, rows[0].to), (from, to), "{from} with {score:?}");
    }
}

#[test]
fn what_was_gained_since_the_period_before() {
    let rules = stars(StarsRead::Gained, 1);
    let id = EntrantId::new("T1");
    let mut newest: Option<StarRow> = None;
    // 65 (stays: 60 ≤ 65 < 70), + 75 goes up, none stays, + 10 goes down from 150 to 150.
    for (total, score, to) in
        [(Some("65"), Some("65"), 1), (Some("140"), Some("75"), 2), (None, None, 2), (Some("150"), Some("10"), 1)]
    {
        let totals = BTreeMap::from([(id.clone(), total.map(d))]);
        let rows = decided(&rules, &totals, |_| newest.clone());
        assert_eq!((rows[0].score, rows[0].to), (score.map(d), to), "{total:?}");
        newest = rows.into_iter().next();
    }
}

const YEAR: &str = r#"
format = 1
[contest]
id = "year"
title = "年度积分"
board = "names"
[[source]]
id = "quiz"
by = "points"
weight = "0.5"
[[source]]
id = "skills"
by = "rank"
points-per-rank = [10, 8]
missing = "zero"
[ranking]
ties = ["skills", "shared"]
[[period]]
id = "q1"
from = "2026-01-01"
to = "2026-03-31"
[[period]]
id = "q2"
from = "2026-04-01"
to = "2026-06-30"
[[star]]
level = 1
at-least = 50
"#;

fn year() -> Trial {
    let mut trial = Trial::nothing();
    trial.org(Command::Found { text: YEAR.to_owned() });
    trial.org(Command::AssignPerson { person: "org2".into(), role: Role::Organizer, unit: None });
    let team = |id: &str| {
        (EntrantId::new(id), Entrant { unit: Some(format!("集团/{id}").as_str().into()), ..Entrant::default() })
    };
    trial.org(Command::RegisterEntrants { entrants: vec![team("T1"), team("T2")], reason: None, second: None });
    trial
}

fn bind(source: &str) -> Command {
    let contest = format!("{source}-2026").as_str().into();
    Command::Season(Act::Bind { source: source.into(), contest, reason: None, second: None })
}

fn report(source: &str, sequence: u64, rows: &[(&str, &str)]) -> Command {
    let rows = rows.iter().map(|(entrant, text)| ReportedRow {
        entrant: (*entrant).into(),
        key: format!("集团/{entrant}"),
        raw: raw(text).unwrap(),
        best: None,
    });
    Command::Season(Act::Report(SourceReport {
        source: source.into(),
        contest: format!("{source}-2026").as_str().into(),
        epoch: 1,
        sequence,
        root: Digest("r".to_owned()),
        phase: Phase::Running,
        best: None,
        rows: rows.collect(),
    }))
}

fn table(trial: &Trial) -> String {
    let board = view::board(&trial.state, &Audience::Public, trial.now);
    let rows = board.tables[0].rows.iter().map(|row| {
        let rank = row.rank.map_or("-".to_owned(), |rank| rank.to_string());
        format!("{rank} {} {}", row.who.key(), row.total.map_or("-".to_owned(), |total| total.to_string()))
    });
    rows.collect::<Vec<_>>().join(", ")
}

#[test]
fn reports_make_the_table() {
    let mut trial = year();
    trial.org(bind("quiz"));
    trial.org(bind("skills"));
    assert_eq!(table(&trial), "- T1 -, - T2 -");
    trial.must("", report("quiz", 5, &[("T1", "80#2"), ("T2", "90#1")]));
    assert_eq!(table(&trial), "1 T2 45.00, 2 T1 40.00");
    trial.must("", report("skills", 9, &[("T1", "#1"), ("T2", "#2")]));
    // 40 + 10, 45 + 8.
    assert_eq!(table(&trial), "1 T2 53.00, 2 T1 50.00");
    // A row that is gone is missing; a team that comes later misses what was reported.
    trial.must("", report("skills", 12, &[("T1", "#1")]));
    let late = Entrant { unit: Some("集团/T3".into()), ..Entrant::default() };
    trial.org(Command::RegisterEntrants { entrants: vec![("T3".into(), late)], reason: None, second: None });
    assert_eq!(table(&trial), "1 T1 50.00, 2 T2 45.00, - T3 -");
    // Another contest begins with nothing.
    let (reason, second) = (Some(Digest("r".to_owned())), Some("org2".into()));
    trial.org(Command::Season(Act::Release { source: "quiz".into(), reason, second }));
    assert_eq!(table(&trial), "- T1 -, - T2 -, - T3 -");
}

#[test]
fn what_is_refused() {
    let mut trial = year();
    let season = |refusal| Refusal::Season(refusal);
    assert_eq!(trial.refused("org", &bind("quizz")), season(SeasonRefusal::UnknownSource("quizz".into())));
    assert_eq!(trial.refused("stranger", &bind("quiz")), Refusal::NotAllowed { role: "organizer" });
    let one = [("T1", "80#1")];
    assert_eq!(trial.refused("", &report("quiz", 1, &one)), season(SeasonRefusal::NotBound("quiz".into())));
    trial.org(bind("quiz"));
    let twice = SeasonRefusal::AlreadyBound { source: "quiz".into(), contest: "quiz-2026".into() };
    assert_eq!(trial.refused("org", &bind("quiz")), season(twice));
    assert_eq!(trial.refused("org", &report("quiz", 1, &one)), season(SeasonRefusal::OnlySources));
    trial.must("", report("quiz", 7, &one));
    // The same again, the same of a later moment, something of an earlier one: nothing is written.
    for again in [report("quiz", 7, &one), report("quiz", 8, &one), report("quiz", 6, &[("T1", "10#2")])] {
        assert_eq!(trial.refused("", &again), Refusal::NothingToDo, "{again:?}");
    }
    trial.org(Command::ReachPhase { phase: Phase::Running, until: None });
    let slot =
        crate::rules::field::Slot { stage: "quiz".into(), aspect: "points".into(), ..crate::rules::trial::face() };
    let mark = Command::GiveMark { entrant: "T1".into(), slot, value: crate::rules::trial::is(3) };
    assert_eq!(trial.refused("org", &mark), season(SeasonRefusal::FromSource("quiz".into())));
    // From the first report on the definition changes with care.
    let without = YEAR.replace("id = \"quiz\"", "id = \"quizzes\"");
    let adopt = Command::AdoptDefinition { text: without, reason: None, second: None };
    assert_eq!(trial.refused("org", &adopt), Refusal::DefinitionAfterMarksNeedsReason);

    trial.now = Instant(trial.now.0 + 365 * 86_400_000);
    let star = |period: &str| Command::Season(Act::DecideStars { period: period.into(), reason: None });
    assert_eq!(trial.refused("org", &star("q2")), season(SeasonRefusal::PeriodsInOrder { next: "q1".into() }));
    assert_eq!(trial.refused("org", &star("q9")), season(SeasonRefusal::UnknownPeriod("q9".into())));
    trial.org(star("q1"));
    assert_eq!(trial.refused("org", &star("q1")), season(SeasonRefusal::PeriodDecided("q1".into())));
}

#[test]
fn stars_are_decided_once_and_told() {
    let mut trial = year();
    trial.org(bind("quiz"));
    trial.must("", report("quiz", 5, &[("T1", "120#1"), ("T2", "90#2")]));
    let page = super::star_page(&trial.state, &Audience::Public).unwrap();
    assert_eq!(page.next, Some("q1".into()));
    // 45 now; 50 are needed.
    assert_eq!(page.lines[1].next.as_ref().unwrap().missing, Some(d("5")));
    trial.now = Instant(trial.now.0 + 365 * 86_400_000);
    trial.org(Command::Season(Act::DecideStars { period: "q1".into(), reason: None }));
    trial.must("", report("quiz", 6, &[("T1", "98#1"), ("T2", "100#2")]));
    let page = super::star_page(&trial.state, &Audience::Public).unwrap();
    let told: Vec<_> = page.lines.iter().map(|line| (line.entrant.as_str(), line.level, line.rounds.len())).collect();
    // What was decided stands, whatever is reported later.
    assert_eq!(told, [("T1", 1, 1), ("T2", 0, 1)]);
    // 49 would lose the star at the end of the next period.
    assert_eq!(page.lines[0].short_of_own, Some(d("50")));
    assert_eq!(page.lines[1].next.as_ref().unwrap().missing, Some(d("0")));
    trial.org(Command::Season(Act::DecideStars { period: "q2".into(), reason: None }));
    let page = super::star_page(&trial.state, &Audience::Public).unwrap();
    let told: Vec<_> = page.lines.iter().map(|line| (line.entrant.as_str(), line.level)).collect();
    assert_eq!(told, [("T2", 1), ("T1", 0)]);
    assert_eq!(page.next, None);
}

#[test]
fn the_trail_leads_to_the_report() {
    let mut trial = year();
    trial.org(bind("quiz"));
    trial.must("", report("quiz", 5, &[("T1", "80#2")]));
    let told = super::trail(&trial.state, &"T1".into(), &Audience::Public).unwrap();
    let quiz = &told.lines[0];
    let report = quiz.report.as_ref().unwrap();
    assert_eq!((report.contest.as_str(), report.sequence, quiz.key.as_deref()), ("quiz-2026", 5, Some("集团/T1")));
    assert_eq!((quiz.line.outcome.points(), told.total), (Some(d("40.00")), Some(d("40.00"))));
    assert_eq!(told.lines[1].line.outcome, Outcome::Zero);
    // While the board stands still, so does where its points come from.
    trial.org(Command::ReachPhase { phase: Phase::Running, until: None });
    trial.org(Command::Freeze);
    assert!(super::trail(&trial.state, &"T1".into(), &Audience::Public).is_none());
    assert!(super::trail(&trial.state, &"T1".into(), &Audience::Staff).is_some());
}
