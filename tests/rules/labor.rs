//! The shipped labor competition, with scores worked out by hand: pocket-calculator arithmetic stands beside each.

use std::collections::BTreeMap;

use leitai::{
    files::tally::{Fault, Format, Labor, Problem, Source, labor, write_labor},
    rules::definition::read,
    words::Language,
};
use serde_json::Value;

use crate::definitions::project;

const SAMPLES: &str = "contest-configs/samples/quarterly-labor";

fn tallied(figures: &str) -> Result<Labor, Vec<Problem>> {
    let definition = read(&project("contest-configs/quarterly-labor.toml")).definition.unwrap();
    let entrants = project(&format!("{SAMPLES}/entrants.csv"));
    let entrants = Source { name: "entrants.csv", bytes: entrants.as_bytes() };
    labor(definition, entrants, Source { name: "figures.csv", bytes: figures.as_bytes() })
}

fn sample() -> Labor {
    tallied(&project(&format!("{SAMPLES}/figures.csv"))).unwrap()
}

/// By period (`all` together) and unit: rank or status, and score.
fn rows(labor: &Labor) -> BTreeMap<(String, String), (String, String)> {
    let document: Value = serde_json::from_str(&write_labor(labor, "digest", Format::Json, Language::En)).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut rows = BTreeMap::new();
    for table in document["periods"].as_array().unwrap() {
        let period = table["period"].as_str().unwrap_or("all").to_owned();
        for row in table["rows"].as_array().unwrap() {
            let place = row["rank"].as_u64().map_or_else(|| text(&row["status"]), |rank| rank.to_string());
            rows.insert((period.clone(), text(&row["entrant"])), (place, text(&row["score"])));
        }
    }
    rows
}

#[test]
fn a_quarter_by_hand() {
    let labor = sample();
    assert_eq!(labor.names.len(), 24);
    let rows = rows(&labor);
    assert_eq!(rows.len(), 4 * 24);
    for (period, unit, place, score) in [
        // Output 40 × 1.05 = 42; sales 5 % over 200,000 at 0.2: 16; cost 20 × (2 − 0.9) = 22; one violation: 14; site 9.5.
        ("m1", "P01", "1", "103.50"),
        // 39.2 + 15 + 20 + 15 + 9; 38.8 + 59; 35.2 + 59.
        ("m1", "P02", "2", "98.20"),
        ("m1", "P03", "3", "97.80"),
        ("m1", "P12", "12", "94.20"),
        // 32 + 15 × 0.75 + 20 × (2 − 1.1) + 15 − 5 − 2 + 8 = 32 + 11.25 + 18 + 8 + 8.
        ("m2", "P01", "11", "77.25"),
        ("m2", "P02", "incomplete", ""),
        ("m2", "P03", "1", "97.80"),
        // 130 % counts 120: 48; nothing planned: 15 + 7.5; a cost below 0 counts 120 %: 24; 15; 10.
        ("m3", "P01", "1", "119.50"),
        // 315 of 300 tons: 42; (16 + 11.25 + 22.5) ÷ 3 = 16.58; 64 ÷ 3 = 21.33; 37 ÷ 3 = 12.33; 27.5 ÷ 3 = 9.17.
        ("all", "P01", "1", "101.41"),
        ("all", "P02", "incomplete", ""),
        ("all", "P03", "2", "97.80"),
        // 55 × (60 + 40 × 20/35) % = 45.57; cost does not apply; 15; 9: 69.57 of 80, scaled up.
        ("m1", "S01", "12", "86.96"),
        // 55 + 20 + 15 + 9.
        ("m1", "S02", "1", "99.00"),
        // 55 × (60 + 40 × 28/35) % = 50.6; 55 × (60 + 40 × 23/35) % = 47.457.
        ("m1", "S07", "6", "94.60"),
        ("m1", "S12", "11", "91.46"),
        ("all", "S01", "12", "86.96"),
    ] {
        let row = &rows[&(period.to_owned(), unit.to_owned())];
        assert_eq!((row.0.as_str(), row.1.as_str()), (place, score), "{period} {unit}");
    }
}

#[test]
fn people_and_spreadsheets_read_the_same() {
    let labor = sample();
    let table = write_labor(&labor, "digest", Format::Table, Language::Zh);
    for said in ["一月 · 生产单位", "累计 · 辅助单位", "缺：二月产量（生产部）", "119.50"] {
        assert!(table.contains(said), "{said}\n{table}");
    }
    let csv = write_labor(&labor, "digest", Format::Csv, Language::Zh);
    assert!(csv.contains("m1,production,1,P01,第1作业区,103.50,42.00,16.00,,22.00,14.00,9.50,ranked,\n"), "{csv}");
    assert!(csv.contains("m2,production,,P02,第2作业区,,,15.00,,20.00,15.00,9.00,incomplete,m2/output\n"), "{csv}");
    assert!(csv.contains("m1,support,12,S01,检修中心,86.96,,,45.57,n/a,15.00,9.00,ranked,\n"), "{csv}");
}

#[test]
fn every_mistake_of_a_file_is_told_at_once() {
    let figures = "entrant,period,indicator,value,target\nP01,m1,output,9x,100\nP99,m1,output,1,1\nP01,m4,output,1,1\n\
                   P01,m1,safety,1,\nP01,m1,safety.injury,0.5,\nP01,m1,service,90,\nP01,m1,site,90,5\nP02,m1,site,90,\n\
                   P02,m1,site,91,\nP01,m1,otuput,1,\n";
    let problems = tallied(figures).unwrap_err();
    let found: Vec<(u64, String)> = problems
        .iter()
        .map(|problem| {
            for language in Language::ALL {
                let said = problem.say(language);
                assert!(!said.contains("tally-") && !said.contains("{$"), "{said}");
            }
            let fault = format!("{:?}", problem.fault);
            (problem.line, fault.chars().take_while(|c| c.is_alphanumeric()).collect())
        })
        .collect();
    let expected = [
        (2, "Number"),
        (3, "UnknownEntrant"),
        (4, "UnknownPeriod"),
        (5, "UnknownIndicator"),
        (6, "Count"),
        (7, "NotJudged"),
        (8, "TargetNotHere"),
        (10, "FigureTwice"),
        (11, "UnknownIndicator"),
    ];
    assert_eq!(found, expected.map(|(line, fault)| (line, fault.to_owned())));
    assert!(matches!(&problems[7].fault, Fault::FigureTwice { first_line: 9 }));
}

#[test]
fn accidents_are_not_lost_beside_a_kind_that_does_not_apply() {
    // Either order: what the second row would undo is told, with both lines.
    for [first, second] in [["injury,n/a", "violation,2"], ["violation,2", "injury,不适用"]] {
        let figures = format!("entrant,period,indicator,value\nP01,m1,safety.{first}\nP01,m1,safety.{second}\n");
        let problems = tallied(&figures).unwrap_err();
        let found: Vec<_> = problems.iter().map(|problem| (problem.line, problem.fault.clone())).collect();
        assert_eq!(found, [(3, Fault::PartlyNotApplicable { first_line: 2 })]);
        let said = problems[0].say(Language::Zh);
        assert!(said.contains("第 2 行") && said.contains("要么都填次数"), "{said}");
    }
    // All kinds n/a is one thing to say.
    let all = "entrant,period,indicator,value\nP01,m1,safety.injury,n/a\nP01,m1,safety.violation,n/a\n";
    assert!(tallied(all).is_ok());
}
