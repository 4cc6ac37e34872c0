//! From the text of a file to the model, with every problem on the way.

use std::{fmt::Write as _, sync::LazyLock};

use schemars::generate::SchemaSettings;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use toml::de::DeTable;

use super::{
    check, lower,
    model::Definition,
    place::{Findings, position},
    problem::{Fact, Problem, Severity},
    structure, vocabulary,
};
use crate::rules::ledger::entry::Digest;

/// A file is read up to this size.
pub const BYTES_MAX: usize = 1024 * 1024;

/// What reading gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// `Some` when there are no errors; there may be warnings.
    pub definition: Option<Definition>,
    /// In the order of the file.
    pub problems: Vec<Problem>,
}

/// Reads a definition. Problems of syntax hide the others; problems of shape hide only those of sense that may follow
/// from them.
pub fn read(text: &str) -> Read {
    if text.len() > BYTES_MAX {
        return Read::refused(vec![problem(text, 0, Fact::TooLarge { bytes: text.len(), bytes_max: BYTES_MAX })]);
    }
    let (document, errors) = DeTable::parse_recoverable(text);
    let syntax: Vec<Problem> = errors.iter().map(|error| syntax(text, error)).collect();
    // After a key that stands twice the rest can still be read.
    if syntax.iter().any(|problem| !matches!(problem.fact, Fact::DuplicateKey { .. })) {
        return Read::refused(syntax);
    }
    let mut findings = Findings::new(text, &document);
    let sound = structure::check(&SCHEMA, &document, &mut findings);
    let file: vocabulary::File = match serde_json::from_value(sound) {
        Ok(file) => file,
        Err(error) => {
            // The schema and the vocabulary disagree; the walk above should have found it.
            findings.error_at(0, Fact::Syntax { message: error.to_string() });
            return Read::refused(findings.into_problems());
        }
    };
    let definition = lower::lower(&file, &mut findings);
    check::all(&file, &definition, &mut findings);
    let definition = (!findings.has_errors() && syntax.is_empty()).then_some(definition);
    let mut problems = findings.into_problems();
    problems.extend(syntax);
    problems.sort_by_key(|problem| (problem.line, problem.column));
    Read { definition, problems }
}

/// The digest of the text as it stands, byte for byte.
pub fn digest(text: &str) -> Digest {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    Digest(hex)
}

/// The JSON Schema (2020-12) of definition files, for editors.
pub fn schema() -> Value {
    SCHEMA.clone()
}

impl Read {
    fn refused(problems: Vec<Problem>) -> Self {
        Self { definition: None, problems }
    }
}

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<vocabulary::File>().to_value();
    without_null(&mut schema);
    schema
});

/// TOML has no null: a key that may be missing is only not required.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::Array(types)) = map.get_mut("type") {
                types.retain(|name| name != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    map.insert("type".into(), only);
                }
            }
            if map.get("default").is_some_and(Value::is_null) {
                map.remove("default");
            }
            if let Some(Value::Array(choices)) = map.get_mut("anyOf") {
                choices.retain(|choice| choice.get("type").is_none_or(|name| name != "null"));
                if let [only] = choices.as_slice() {
                    let only = only.clone();
                    map.remove("anyOf");
                    if let Value::Object(only) = only {
                        map.extend(only);
                    }
                }
            }
            map.values_mut().for_each(without_null);
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        _ => {}
    }
}

fn syntax(text: &str, error: &toml::de::Error) -> Problem {
    let span = error.span().unwrap_or_default();
    let fact = if error.message().starts_with("duplicate key") {
        Fact::DuplicateKey { key: text.get(span.clone()).unwrap_or_default().to_owned() }
    } else {
        Fact::Syntax { message: error.message().to_owned() }
    };
    problem(text, span.start, fact)
}

fn problem(text: &str, offset: usize, fact: Fact) -> Problem {
    let (line, column) = position(text, offset);
    Problem { severity: Severity::Error, line, column, fact }
}
