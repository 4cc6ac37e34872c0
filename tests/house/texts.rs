//! Every sentence exists in every language, and every key that the program names exists.

use std::collections::{BTreeMap, BTreeSet};

use crate::{check, sources::all};

/// The keys of each language's folder.
fn keys() -> BTreeMap<String, BTreeSet<String>> {
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in all(&["src/words/texts"], &["ftl"]) {
        let language = source.path.split('/').nth(3).unwrap().to_owned();
        for line in source.text.lines() {
            if let Some((key, _)) = line.split_once(" =")
                && key.starts_with(|c: char| c.is_ascii_lowercase())
            {
                let fresh = keys.entry(language.clone()).or_default().insert(key.to_owned());
                assert!(fresh, "{}: `{key}` stands twice", source.path);
            }
        }
    }
    keys
}

#[test]
fn every_language_has_every_sentence() {
    let keys = keys();
    assert!(keys.len() >= 2, "found only {:?}", keys.keys());
    let every: BTreeSet<&String> = keys.values().flatten().collect();
    let mut broken = Vec::new();
    for (language, has) in &keys {
        for key in &every {
            if !has.contains(*key) {
                broken.push(format!("{language}: {key}"));
            }
        }
    }
    check("every key in every language", &broken);
}

#[test]
fn every_sentence_the_program_names_exists() {
    let keys = keys();
    let every: BTreeSet<&String> = keys.values().flatten().collect();
    let mut broken = Vec::new();
    let mut named = 0;
    for source in all(&["src"], &["rs"]) {
        for call in ["say(\"", "say_with(\""] {
            for (at, _) in source.text.match_indices(call) {
                let key: String = source.text[at + call.len()..].chars().take_while(|c| *c != '"').collect();
                named += 1;
                if !every.contains(&key) && key != "no-such-key" {
                    broken.push(format!("{}:{}: {key}", source.path, source.text[..at].matches('\n').count() + 1));
                }
            }
        }
    }
    assert!(named > 0, "no sentence is named: this test no longer finds them");
    check("keys that are named but do not exist", &broken);
}
