//! The order of the house, held by tests: which module may name which, where libraries stay, how long a file gets.
//!
//! Reads the sources as text; a rule that fails names every file and line.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the sources should say where")]

mod sources;
mod texts;

use std::collections::BTreeMap;

use sources::{Source, all, named_modules, sql_texts};

/// Lines a file may have: beyond that it is about two things.
const LINES_MAX: usize = 450;

/// Who may name whom. `main` and `cli` assemble the program and may name everything.
fn may_name(from: &str) -> Option<&'static [&'static str]> {
    Some(match from {
        "rules" => &["rules"],
        "words" => &["words", "rules"],
        "files" => &["files", "words", "rules"],
        "store" => &["store", "rules"],
        "app" => &["app", "store", "rules"],
        "web" => &["web", "app", "files", "words", "rules"],
        "demo" => &["demo", "web", "app", "files", "words", "rules", "settings"],
        "settings" => &["settings"],
        _ => return None,
    })
}

fn check(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}:\n  {}\n", broken.join("\n  "));
}

#[test]
fn dependencies_point_one_way() {
    let mut broken = Vec::new();
    for source in all(&["src"], &["rs"]) {
        let Some(allowed) = may_name(&source.module()) else { continue };
        for (line, name) in named_modules(&source) {
            if may_name(&name).is_some() && !allowed.contains(&name.as_str()) {
                broken.push(format!("{}:{line}: `{}` names `{name}`", source.path, source.module()));
            }
        }
    }
    check(
        "web → app, files, words, rules; app → store, rules; files → words, rules; store → rules; words → rules",
        &broken,
    );
}

#[test]
fn the_parser_of_this_test_sees_every_way_to_name_a_module() {
    let source = Source::new(
        "src/rules/a/b.rs",
        "use crate::{app::Room, rules::{x, y}};\nuse crate::web;\nuse super::super::super::store::Store;\n\
         // crate::files is only a comment\nfn f() { crate::words::say(); \"crate::demo::x\"; }\n\
         /// [`crate::app::lies`] is only documentation\nuse super::sibling;\n",
    );
    let names: Vec<(usize, String)> = named_modules(&source);
    let expected =
        [(1, "app"), (1, "rules"), (2, "web"), (3, "store"), (5, "words")].map(|(line, name)| (line, name.to_owned()));
    assert_eq!(names, expected);
}

#[test]
fn files_stay_short() {
    let broken: Vec<String> = all(&["src", "tests", "benches", "static"], &["rs", "js", "css"])
        .iter()
        .filter(|source| source.text.lines().count() > LINES_MAX)
        .map(|source| format!("{}: {} lines", source.path, source.text.lines().count()))
        .collect();
    check(&format!("at most {LINES_MAX} lines a file"), &broken);
}

/// Files under `folder` (the whole of `src` when empty) may not hold any of these words in code.
fn banned(words: &[&str], applies: impl Fn(&str) -> bool) -> Vec<String> {
    let mut broken = Vec::new();
    for source in all(&["src"], &["rs"]) {
        if !applies(&source.path) {
            continue;
        }
        for (line, code) in source.code_lines() {
            for word in words {
                if contains_word(&code, word) {
                    broken.push(format!("{}:{line}: `{word}`", source.path));
                }
            }
        }
    }
    broken
}

fn contains_word(code: &str, word: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        !before.is_some_and(is_name) && !after.is_some_and(is_name)
    })
}

#[test]
fn numbers_in_the_rules_are_exact() {
    check("no floats in rules", &banned(&["f32", "f64"], |path| path.starts_with("src/rules")));
}

#[test]
fn the_rules_are_pure() {
    let impure = ["async", "tokio", "std::fs", "std::net", "std::time", "getrandom", "std::env"];
    check(
        "no I/O, clock or randomness in rules and words",
        &banned(&impure, |path| path.starts_with("src/rules") || path.starts_with("src/words")),
    );
}

#[test]
fn libraries_stay_where_they_belong() {
    check("sqlx is named only in store", &banned(&["sqlx"], |path| !path.starts_with("src/store")));
    check("maud and axum are named only in web", &banned(&["maud", "axum"], |path| !path.starts_with("src/web")));
}

#[test]
fn only_one_place_reads_the_clock() {
    let clocks = ["SystemTime::now", "Timestamp::now", "Zoned::now", "unixepoch", "clock_timestamp"];
    check("only app::clock reads the clock", &banned(&clocks, |path| path != "src/app/clock.rs"));
}

#[test]
fn an_sql_text_stands_once() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in all(&["src/store"], &["rs"]) {
        for (line, sql) in sql_texts(&source) {
            places.entry(sql).or_default().push(format!("{}:{line}", source.path));
        }
    }
    assert!(!places.is_empty(), "the store has no SQL: this test no longer finds it");
    let broken: Vec<String> = places
        .into_iter()
        .filter(|(_, places)| places.len() > 1)
        .map(|(sql, places)| format!("{}: {sql}", places.join(", ")))
        .collect();
    check("one SQL text, one place", &broken);
}

#[test]
fn the_project_stands_alone() {
    // Put together here, so that this file does not name them either.
    let paths =
        [["/wo", "rk/"].concat(), ["/ho", "me/"].concat(), ["/ro", "ot/"].concat(), ["shared", "/data"].concat()];
    let documents = [["DESIGN", ".md"].concat(), ["RULES", ".md"].concat(), ["PROMISES", ".md"].concat()];
    let mut broken = Vec::new();
    let folders = ["src", "tests", "benches", "static", "contest-configs", "migrations", "scripts", ".ci"];
    let kinds = ["rs", "js", "css", "md", "toml", "sql", "typ", "ftl", "csv", "json", "", "sh"];
    for source in all(&folders, &kinds) {
        for (number, line) in source.text.lines().enumerate() {
            for name in paths.iter().chain(&documents) {
                if line.contains(name.as_str()) {
                    broken.push(format!("{}:{}: {name}", source.path, number + 1));
                }
            }
        }
    }
    check("nothing points to a place that users do not have", &broken);
}
