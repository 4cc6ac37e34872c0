//! Whether a document has the shape of the schema: every unknown key, missing key, wrong type and strange word at
//! once, each at its place.
//!
//! Walks the document along the JSON Schema that the vocabulary generates, so that there is one truth. It
//! understands the parts of JSON Schema that the vocabulary uses, and no more.

use serde_json::{Map, Value};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    place::Findings,
    problem::{Fact, Kind},
    vocabulary::{NAME, NAME_CHARS_MAX, NUMBER, NUMBER_OR_NAME, NUMBER_OR_NONE, Name},
};
use crate::rules::decimal;

/// Reports everything of `document` that does not fit `schema`.
pub(super) fn check(schema: &Value, document: &Spanned<DeTable<'_>>, findings: &mut Findings<'_>) {
    let mut walk = Walk { schema, findings };
    walk.table(schema, document.get_ref(), 0);
}

struct Walk<'a, 't> {
    schema: &'a Value,
    findings: &'a mut Findings<'t>,
}

impl<'a> Walk<'a, '_> {
    fn value(&mut self, schema: &'a Value, key: &str, value: &Spanned<DeValue<'_>>) {
        let (name, schema) = self.resolve(schema);
        let start = value.span().start;
        match name {
            Some(NUMBER | NUMBER_OR_NONE | NUMBER_OR_NAME) => self.number(name, key, value.get_ref(), start),
            Some(NAME) => match value.get_ref() {
                DeValue::String(text) if Name::is_well_formed(text) => {}
                DeValue::String(text) => self.say(start, Fact::BadId { text: shown(text) }),
                other => self.wrong_type(key, other, Kind::Text, start),
            },
            _ => self.plain(schema, key, value, start),
        }
    }

    fn plain(&mut self, schema: &'a Value, key: &str, value: &Spanned<DeValue<'_>>, start: usize) {
        if let Some(words) = words(schema) {
            match value.get_ref() {
                DeValue::String(text) => self.word(text, words, start),
                other => self.wrong_type(key, other, Kind::Text, start),
            }
            return;
        }
        if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
            self.choice(choices, key, value, start);
            return;
        }
        match (schema.get("type").and_then(Value::as_str), value.get_ref()) {
            (Some("object"), DeValue::Table(table)) => self.table(schema, table, start),
            (Some("array"), DeValue::Array(items)) => {
                self.length(schema, key, items.len(), start);
                if let Some(of) = schema.get("items") {
                    for item in items {
                        self.value(of, key, item);
                    }
                }
            }
            (Some("string"), DeValue::String(text)) => self.text(schema, key, text, start),
            (Some("boolean"), DeValue::Boolean(_)) => {}
            (Some("integer"), DeValue::Integer(number)) => {
                let whole = i64::from_str_radix(number.as_str(), number.radix()).ok();
                self.range(schema, key, whole, number.as_str(), start);
            }
            (Some(wanted), other) => self.wrong_type(key, other, kind_of_schema(wanted), start),
            (None, _) => {}
        }
    }

    /// Of several forms, the one whose TOML type stands here.
    fn choice(&mut self, choices: &'a [Value], key: &str, value: &Spanned<DeValue<'_>>, start: usize) {
        for choice in choices {
            let (name, resolved) = self.resolve(choice);
            let fits = match value.get_ref() {
                DeValue::Table(_) => resolved.get("type").and_then(Value::as_str) == Some("object"),
                DeValue::String(_) | DeValue::Integer(_) | DeValue::Float(_) => {
                    name == Some(NUMBER) || words(resolved).is_some()
                }
                _ => false,
            };
            if fits {
                return self.value(choice, key, value);
            }
        }
        self.wrong_type(key, value.get_ref(), Kind::Table, start);
    }

    fn table(&mut self, schema: &'a Value, table: &DeTable<'_>, start: usize) {
        let Some(known) = schema.get("properties").and_then(Value::as_object) else {
            // A table by free names, such as bounds by recorded value.
            if let Some(of) = schema.get("additionalProperties").filter(|of| of.is_object()) {
                for (key, value) in table {
                    self.value(of, key.get_ref(), value);
                }
            }
            return;
        };
        for (key, value) in table {
            match known.get(key.get_ref().as_ref()) {
                Some(of) => self.value(of, key.get_ref(), value),
                None => self.unknown_key(key.get_ref(), known, key.span().start),
            }
        }
        for key in schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            if !table.contains_key(key) {
                self.say(start, Fact::MissingKey { key: key.to_owned() });
            }
        }
    }

    fn unknown_key(&mut self, key: &str, known: &Map<String, Value>, start: usize) {
        let known: Vec<String> = known.keys().cloned().collect();
        self.say(start, Fact::UnknownKey { key: shown(key), nearest: nearest(key, &known), known });
    }

    fn word(&mut self, text: &str, known: Vec<String>, start: usize) {
        if !known.iter().any(|word| word == text) {
            self.say(start, Fact::UnknownWord { word: shown(text), nearest: nearest(text, &known), known });
        }
    }

    fn number(&mut self, form: Option<&str>, key: &str, value: &DeValue<'_>, start: usize) {
        let text = match value {
            DeValue::String(text) => text.as_ref(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => {
                return self.say(start, Fact::Float { text: shown(number.as_str()) });
            }
            other => return self.wrong_type(key, other, Kind::Number, start),
        };
        match decimal::parse(text) {
            Ok(_) => {}
            Err(_) if form == Some(NUMBER_OR_NONE) && text == "none" => {}
            Err(_) if form == Some(NUMBER_OR_NAME) && Name::is_well_formed(text) => {}
            Err(why) => self.say(start, Fact::NotANumber { text: shown(text), why }),
        }
    }

    fn range(&mut self, schema: &Value, key: &str, whole: Option<i64>, text: &str, start: usize) {
        let from = schema.get("minimum").and_then(Value::as_i64).unwrap_or(0);
        let to = schema.get("maximum").and_then(Value::as_i64).unwrap_or(i64::from(u32::MAX));
        if !whole.is_some_and(|whole| (from..=to).contains(&whole)) {
            self.say(
                start,
                Fact::OutOfRange {
                    key: key.to_owned(),
                    value: shown(text),
                    from: from.to_string(),
                    to: to.to_string(),
                },
            );
        }
    }

    fn length(&mut self, schema: &Value, key: &str, items: usize, start: usize) {
        let key = || key.to_owned();
        if let Some(items_min) = size(schema, "minItems").filter(|min| items < *min) {
            self.say(start, Fact::FewItems { key: key(), items, items_min });
        }
        if let Some(items_max) = size(schema, "maxItems").filter(|max| items > *max) {
            self.say(start, Fact::ManyItems { key: key(), items, items_max });
        }
    }

    fn text(&mut self, schema: &Value, key: &str, text: &str, start: usize) {
        if size(schema, "minLength").is_some_and(|min| min > 0) && text.trim().is_empty() {
            self.say(start, Fact::EmptyText { key: key.to_owned() });
        }
        let chars = text.chars().count();
        if let Some(chars_max) = size(schema, "maxLength").filter(|max| chars > *max) {
            self.say(start, Fact::LongText { key: key.to_owned(), chars, chars_max });
        }
    }

    fn wrong_type(&mut self, key: &str, found: &DeValue<'_>, wanted: Kind, start: usize) {
        self.say(start, Fact::WrongType { key: key.to_owned(), found: kind_of(found), wanted });
    }

    fn say(&mut self, start: usize, fact: Fact) {
        self.findings.error_at(start, fact);
    }

    /// Follows references; the last name on the way tells the special forms.
    fn resolve(&self, schema: &'a Value) -> (Option<&'a str>, &'a Value) {
        let mut name = None;
        let mut schema = schema;
        while let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let key = reference.rsplit('/').next().unwrap_or_default();
            let Some(found) = self.schema.get("$defs").and_then(|defs| defs.get(key)) else { break };
            name = Some(key);
            schema = found;
        }
        (name, schema)
    }
}

/// The allowed words of an enumeration.
fn words(schema: &Value) -> Option<Vec<String>> {
    let word = |value: &Value| value.as_str().map(str::to_owned);
    if let Some(listed) = schema.get("enum").and_then(Value::as_array) {
        return listed.iter().map(word).collect();
    }
    if let Some(one) = schema.get("const") {
        return word(one).map(|word| vec![word]);
    }
    schema.get("oneOf")?.as_array()?.iter().map(|choice| choice.get("const").and_then(word)).collect()
}

fn size(schema: &Value, key: &str) -> Option<usize> {
    schema.get(key).and_then(Value::as_u64).and_then(|size| usize::try_from(size).ok())
}

fn kind_of(value: &DeValue<'_>) -> Kind {
    match value {
        DeValue::String(_) => Kind::Text,
        DeValue::Integer(_) => Kind::Whole,
        DeValue::Float(_) => Kind::Float,
        DeValue::Boolean(_) => Kind::YesNo,
        DeValue::Datetime(_) => Kind::Date,
        DeValue::Array(_) => Kind::List,
        DeValue::Table(_) => Kind::Table,
    }
}

fn kind_of_schema(name: &str) -> Kind {
    match name {
        "object" => Kind::Table,
        "array" => Kind::List,
        "integer" => Kind::Whole,
        "boolean" => Kind::YesNo,
        _ => Kind::Text,
    }
}

/// The known word that differs least, when it differs little.
pub(super) fn nearest(word: &str, known: &[String]) -> Option<String> {
    let word: String = word.chars().take(NAME_CHARS_MAX).collect();
    let allowed = (word.chars().count() / 3).max(1);
    known
        .iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate.clone())
}

/// What a person wrote, short enough for a message.
pub(super) fn shown(text: &str) -> String {
    const CHARS_MAX: usize = 60;
    if text.chars().count() <= CHARS_MAX {
        return text.to_owned();
    }
    text.chars().take(CHARS_MAX).chain(['…']).collect()
}
