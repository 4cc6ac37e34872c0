//! Definition files: those that are shipped, and those with mistakes.

use std::{fs, path::Path};

use leitai::rules::definition::read;

fn project(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn shipped_definitions_have_no_problems() {
    for name in ["skills-welding", "speech"] {
        let read = read(&project(&format!("contest-configs/{name}.toml")));
        assert_eq!(read.problems, [], "{name}");
        assert!(read.definition.is_some(), "{name}");
    }
}
