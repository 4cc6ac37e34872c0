//! Definition files: those that are shipped, those with mistakes, and the reference.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use leitai::{
    rules::definition::{BYTES_MAX, Fact, Severity, read},
    words::{Language, problem},
};
use proptest::prelude::*;

pub(crate) fn project(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    assert!(!files.is_empty());
    files
}

#[test]
fn shipped_definitions_have_no_problems() {
    for path in files("contest-configs") {
        let read = read(&fs::read_to_string(&path).unwrap());
        assert_eq!(read.problems, [], "{}", path.display());
        assert!(read.definition.is_some(), "{}", path.display());
    }
}

/// Beside each file stand its messages in both languages. `BLESS=1` writes them anew, to be read before they are kept.
#[test]
fn every_mistake_has_its_message() {
    for path in files("tests/definitions") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let read = read(&fs::read_to_string(&path).unwrap());
        let errors = read.problems.iter().any(|found| found.severity == Severity::Error);
        assert_eq!(read.definition.is_none(), errors, "{name}");
        for (language, tag) in [(Language::Zh, "zh"), (Language::En, "en")] {
            let lines: Vec<String> = read.problems.iter().map(|found| problem::line(language, &name, found)).collect();
            let said = lines.join("\n") + "\n";
            let expected = path.with_extension(format!("{tag}.txt"));
            if std::env::var_os("BLESS").is_some() {
                fs::write(&expected, &said).unwrap();
            }
            assert_eq!(said, fs::read_to_string(&expected).unwrap(), "{}", expected.display());
        }
    }
}

/// The name of a fact's case.
fn case(fact: &Fact) -> String {
    format!("{fact:?}").chars().take_while(|c| c.is_alphanumeric()).collect()
}

#[test]
fn every_fact_has_a_case_and_a_sentence() {
    let source = project("src/rules/definition/problem.rs");
    let facts = source.split_once("pub enum Fact {").unwrap().1;
    let declared: BTreeSet<String> = facts
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()))
        .map(|line| line.chars().take_while(|c| c.is_alphanumeric()).collect())
        .collect();
    assert!(declared.len() > 60, "found only {}", declared.len());
    let mut seen = BTreeSet::new();
    let too_large = "#".repeat(BYTES_MAX + 1);
    let texts = files("tests/definitions").into_iter().map(|path| fs::read_to_string(path).unwrap());
    for text in texts.chain([too_large]) {
        for found in read(&text).problems {
            seen.insert(case(&found.fact));
            for language in Language::ALL {
                for said in [problem::fact(language, &found.fact), problem::remedy(language, &found.fact)] {
                    assert!(!said.starts_with("check-"), "{said} in {}", language.tag());
                    assert!(!said.contains(['{', '$']) || !said.contains("{ $") && !said.contains("{$"), "{said}");
                    assert!(!said.contains(['\u{2068}', '\u{2069}']), "{said:?}");
                }
            }
        }
    }
    let missing: Vec<&String> = declared.difference(&seen).collect();
    assert!(missing.is_empty(), "facts without a case in tests/definitions: {missing:?}");
}

#[test]
fn both_languages_name_the_same_parts() {
    for topic in ["definition", "explain", "command"] {
        let parts = |tag: &str| -> BTreeMap<String, BTreeSet<String>> {
            let text = project(&format!("src/words/texts/{tag}/{topic}.ftl"));
            let messages = text.lines().filter_map(|line| line.split_once(" = "));
            messages
                .map(|(key, said)| {
                    let names = said.split("{ $").skip(1).filter_map(|rest| rest.split_once(" }"));
                    (key.to_owned(), names.map(|(name, _)| name.to_owned()).collect())
                })
                .collect()
        };
        // A remedy may leave out what the fact has said; a fact and a rule may not.
        let (zh, en) = (parts("zh"), parts("en"));
        for (key, names) in &zh {
            assert_eq!(en.get(key), Some(names), "{topic}.ftl: {key}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Whatever happens to a file, reading it ends, and says what is wrong within it.
    #[test]
    fn damaged_files_are_read_without_harm(
        cuts in prop::collection::vec((0_usize..8000, 0_usize..40, "[ -~\n中。\"\\[\\]{}=]{0,8}"), 1..6)
    ) {
        let mut text: Vec<char> = project("contest-configs/skills-welding.toml").chars().collect();
        for (at, len, with) in cuts {
            let at = at % text.len();
            let end = (at + len).min(text.len());
            text.splice(at..end, with.chars());
        }
        let text: String = text.into_iter().collect();
        let lines = text.lines().count() + 1;
        let read = read(&text);
        for found in &read.problems {
            prop_assert!((1..=lines).contains(&found.line) && found.column >= 1, "{found:?}");
        }
        let errors = read.problems.iter().any(|found| found.severity == Severity::Error);
        prop_assert_eq!(read.definition.is_none(), errors);
    }
}
