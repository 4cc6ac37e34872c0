//! The reference of definitions names every key of the schema and no other, and its recipes give the results that it
//! works by hand.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use leitai::{
    files::tally::{Source, tally},
    rules::{
        definition::{read, schema},
        result::Who,
    },
};
use serde_json::Value;

use crate::definitions::project;

const REFERENCE: &str = "contest-configs/README.md";

/// The tables of the schema: their keys with the words each allows, and every path at which they stand.
#[derive(Default)]
struct Tables {
    keys: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    paths: BTreeMap<String, BTreeSet<String>>,
}

impl Tables {
    fn walk(&mut self, schema: &Value, part: &Value, name: &str, path: &str) {
        if let Some(reference) = part.get("$ref").and_then(Value::as_str) {
            let name = reference.rsplit('/').next().unwrap();
            return self.walk(schema, &schema["$defs"][name], name, path);
        }
        if let Some(items) = part.get("items") {
            return self.walk(schema, items, name, path);
        }
        for choice in part.get("anyOf").and_then(Value::as_array).into_iter().flatten() {
            self.walk(schema, choice, name, path);
        }
        if let Some(of) = part.get("additionalProperties").filter(|of| of.is_object()) {
            self.walk(schema, of, name, path);
        }
        let Some(properties) = part.get("properties").and_then(Value::as_object) else { return };
        self.paths.entry(name.to_owned()).or_default().insert(path.to_owned());
        for (key, of) in properties {
            let words = words(schema, of);
            self.keys.entry(name.to_owned()).or_default().insert(key.clone(), words);
            let below = if path == "(top)" { key.clone() } else { format!("{path}.{key}") };
            self.walk(schema, of, name, &below);
        }
    }
}

fn words(schema: &Value, part: &Value) -> Vec<String> {
    if let Some(reference) = part.get("$ref").and_then(Value::as_str) {
        return words(schema, &schema["$defs"][reference.rsplit('/').next().unwrap()]);
    }
    let choices = part.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    choices.filter_map(|choice| choice["const"].as_str()).map(str::to_owned).collect()
}

/// The headings with paths in code marks, and the rows of keys below each.
fn documented() -> Vec<(BTreeSet<String>, BTreeMap<String, String>)> {
    let text = project(REFERENCE);
    let reference = text.split_once("\n## Reference\n").unwrap().1.split_once("\n## Recipes\n").unwrap().0;
    reference
        .split("\n### ")
        .skip(1)
        .map(|section| {
            let (heading, body) = section.split_once('\n').unwrap();
            let paths = heading.split('`').skip(1).step_by(2).map(str::to_owned).collect();
            let table = body.rsplit("| key | 中文 |").next().unwrap();
            let rows = table.lines().filter_map(|line| {
                let (key, rest) = line.strip_prefix("| `")?.split_once('`')?;
                Some((key.to_owned(), rest.to_owned()))
            });
            (paths, rows.collect())
        })
        .collect()
}

#[test]
fn the_reference_names_every_key_and_no_other() {
    let schema = schema();
    let mut tables = Tables::default();
    tables.walk(&schema, &schema, "File", "(top)");
    assert!(tables.keys.len() > 30, "found only {}", tables.keys.len());
    let documented = documented();
    for (name, keys) in &tables.keys {
        let paths = &tables.paths[name];
        let section = documented.iter().find(|(headings, _)| !headings.is_disjoint(paths));
        let (_, rows) = section.unwrap_or_else(|| panic!("no heading names {paths:?}"));
        assert_eq!(rows.keys().collect::<Vec<_>>(), keys.keys().collect::<Vec<_>>(), "{paths:?}");
        for (key, words) in keys {
            for word in words {
                assert!(rows[key].contains(&format!("`\"{word}\"`")), "{paths:?}: `{key}` does not name {word}");
            }
            // Chinese, meaning, kind, default, example.
            let cells: Vec<&str> = rows[key].replace("\\|", "/").leak().split('|').map(str::trim).collect();
            assert_eq!(cells.iter().filter(|cell| !cell.is_empty()).count(), 5, "{paths:?}: `{key}`: {cells:?}");
        }
    }
    for (headings, _) in &documented {
        for path in headings {
            assert!(tables.paths.values().flatten().any(|known| known == path), "no such table: {path}");
        }
    }
}

/// The definition below a heading of the recipes.
fn recipe(heading: &str) -> String {
    let text = project(REFERENCE);
    let section = text.split_once(&format!("\n### {heading}")).unwrap().1;
    section.split_once("```toml\n").unwrap().1.split_once("```").unwrap().0.to_owned()
}

#[test]
fn every_recipe_is_a_definition_without_problems() {
    let text = project(REFERENCE);
    let recipes: Vec<&str> = text.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(recipes.len(), 6);
    for recipe in recipes {
        assert_eq!(read(recipe).problems, [], "{recipe}");
    }
}

/// The total of the only entrant, `A`.
fn total(heading: &str, entrants: &str, marks: &str) -> String {
    let definition = read(&recipe(heading)).definition.unwrap();
    let source = |name, text: &'static str| Source { name, bytes: text.as_bytes() };
    let entrants: &'static str = entrants.to_owned().leak();
    let marks: &'static str = marks.to_owned().leak();
    let tally =
        tally(Arc::new(definition), Some(source("entrants.csv", entrants)), source("marks.csv", marks), &|_| {})
            .unwrap_or_else(|problems| panic!("{problems:?}"));
    let rows = &tally.standings.tables[0].rows;
    assert_eq!(rows[0].who, Who::Entrant("A".into()));
    rows[0].total.unwrap_or_else(|| panic!("{:?}", rows[0])).to_string()
}

/// Rows of one judged aspect, one for each judge.
fn judged(slot: &str, marks: &[&str]) -> String {
    let row = |(judge, mark): (usize, &&str)| format!("A,{slot},J{judge},{mark}\n");
    marks.iter().enumerate().map(row).collect()
}

#[test]
fn a_ski_jump_by_the_recipe() {
    // 60 + (127.0 − 120) × 1.8 = 72.6; 18.5 + 18 + 18 = 54.5 of 17.5, 18, 18, 18.5, 19; gate 4.5; wind −2.3: 129.3.
    // In the second round 120 m: 60; five times 18: 54; nothing else: 114. Together 243.3.
    let mut marks = String::from("entrant,stage,aspect,judge,value\n");
    marks += "A,first,distance,,127.0\nA,first,gate,,4.5\nA,first,wind,,-2.3\n";
    marks += &judged("first,style", &["17.5", "19", "18", "18.5", "18"]);
    marks += "A,final,distance,,120\nA,final,gate,,0\nA,final,wind,,0\n";
    marks += &judged("final,style", &["18"; 5]);
    let entrants = "entrant,name,base,k-point,metre-value\nA,A,60,120,1.8\n";
    assert_eq!(total("Ski jumping", entrants, &marks), "243.3");
}

#[test]
fn two_dives_by_the_recipe() {
    // (7 + 7.5 + 7.5) × 3.2 = 70.40; 3 × 5 × 2.0 = 30.00.
    let mut marks = String::from("entrant,stage,piece,aspect,judge,value\n");
    marks += "A,dives,dive-1,difficulty,,3.2\nA,dives,dive-2,difficulty,,2.0\n";
    marks += &judged("dives,dive-1,execution", &["8.5", "6.5", "7", "7", "8", "7.5", "7.5"]);
    marks += &judged("dives,dive-2,execution", &["5"; 7]);
    assert_eq!(total("Diving", "entrant,name\nA,A\n", &marks), "100.40");
}

#[test]
fn a_vault_by_the_recipe() {
    // 6.2 + (10 − (1.4 + 1.5 + 1.6) / 3) − 0.1.
    let mut marks = String::from("entrant,stage,aspect,judge,value\n");
    marks += "A,vault,difficulty,,6.2\nA,vault,penalty,,0.1\n";
    marks += &judged("vault,execution", &["1.6", "1.2", "1.3", "1.9", "1.4", "1.8", "1.5"]);
    assert_eq!(total("Artistic gymnastics", "entrant,name\nA,A\n", &marks), "14.600");
}

#[test]
fn an_aerobic_routine_by_the_recipe() {
    // Artistry (8.5 + 8.6) / 2 = 8.55; execution (7.9 + 8) / 2 = 7.95; 6.6 / 1.8 = 3.666 cut; a line fault −0.1.
    let mut marks = String::from("entrant,stage,aspect,judge,value\n");
    marks += &judged("routine,artistry", &["8.8", "8.4", "8.6", "8.5"]);
    marks += &judged("routine,execution", &["8.3", "7.9", "7.8", "8"]);
    marks += "A,routine,difficulty,,6.6\nA,routine,line,,1\n";
    assert_eq!(total("Aerobic gymnastics", "entrant,name\nA,A\n", &marks), "20.066");
}

#[test]
fn two_elements_and_a_fall_by_the_recipe() {
    // e01: 6.2 + mean of seven of 0.7 0.7 1.4 0.7 0.7 1.4 0.7 0.7 0: (6 × 0.7 + 1.4) / 7 = 0.8 → 7.00.
    // e02: eight judges marked 0.5, 0.5, 1, 1, 1, 1, 0.5, 0: without 1 and 0: 4.5 / 6 = 0.75; 4.3 + 0.75 = 5.05.
    // Each component 8.25 → 8.25 × 1.6 = 13.2; five: 66. A fall: −1. Together 77.05.
    let mut marks = String::from("entrant,stage,piece,aspect,judge,value\n");
    marks += "A,elements,e01,base,,6.2\nA,elements,e02,base,,4.3\n";
    marks += &judged("elements,e01,execution", &["0.7", "0.7", "1.4", "0.7", "0.7", "1.4", "0.7", "0.7", "0"]);
    marks += &judged("elements,e02,execution", &["0.5", "0.5", "1", "1", "1", "1", "0.5", "0"]);
    for component in ["skating-skills", "transitions", "performance", "composition", "interpretation"] {
        marks += &judged(&format!("components,,{component}"), &["8.25"; 9]);
    }
    marks += "A,components,,deduction,,1\n";
    assert_eq!(total("Figure skating", "entrant,name\nA,A\n", &marks), "77.05");
}
