//! Whether a document has the shape of the schema: every unknown key, missing key, wrong type and strange word at
//! once, each at its place.
//!
//! Walks the document along the JSON Schema that the vocabulary generates, so that there is one truth. It
//! understands the parts of JSON Schema that the vocabulary uses, and no more. What has the wrong shape is left out or
//! stood in for, and remembered as *tainted*, so that the checks of sense can still tell what is wrong with the rest.

use serde_json::{Map, Value};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    place::{Findings, Path},
    problem::{Fact, Kind},
    vocabulary::{NAME, NAME_CHARS_MAX, NUMBER, NUMBER_OR_NAME, NUMBER_OR_NONE, Name},
};
use crate::rules::decimal::{self, NotANumber};

/// Reports everything of `document` that does not fit `schema`; gives what does, as data that fits it.
pub(super) fn check(schema: &Value, document: &Spanned<DeTable<'_>>, findings: &mut Findings<'_>) -> Value {
    let mut walk = Walk { schema, findings, stand_ins: 0 };
    walk.table(schema, document.get_ref(), &Path::default(), 0)
}

struct Walk<'a, 't> {
    schema: &'a Value,
    findings: &'a mut Findings<'t>,
    /// How many things that must be there were not.
    stand_ins: usize,
}

impl<'a> Walk<'a, '_> {
    /// `None` when nothing of it can be used.
    fn value(&mut self, schema: &'a Value, key: &str, value: &Spanned<DeValue<'_>>, path: &Path) -> Option<Value> {
        let (name, schema) = self.resolve(schema);
        let start = value.span().start;
        let used = match name {
            Some(NUMBER | NUMBER_OR_NONE | NUMBER_OR_NAME) => self.number(name, key, value.get_ref(), start),
            Some(NAME) => match value.get_ref() {
                DeValue::String(text) => {
                    if !Name::is_well_formed(text) {
                        self.say(start, Fact::BadId { text: shown(text) });
                    }
                    // What refers to it by this text still does.
                    Some(Value::from(text.as_ref()))
                }
                other => self.wrong_type(key, other, Kind::Text, start),
            },
            _ => self.plain(schema, key, value, path, start),
        };
        if used.is_none() {
            self.findings.taint(path.clone());
        }
        used
    }

    fn plain(
        &mut self,
        schema: &'a Value,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        path: &Path,
        start: usize,
    ) -> Option<Value> {
        if let Some(words) = words(schema) {
            return match value.get_ref() {
                DeValue::String(text) => self.word(text, words, start),
                other => self.wrong_type(key, other, Kind::Text, start),
            };
        }
        if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
            return self.choice(choices, key, value, path, start);
        }
        match (schema.get("type").and_then(Value::as_str), value.get_ref()) {
            (Some("object"), DeValue::Table(table)) => Some(self.table(schema, table, path, start)),
            (Some("array"), DeValue::Array(items)) => {
                self.length(schema, key, items.len(), start);
                let of = schema.get("items")?;
                let items = items.iter().enumerate().map(|(at, item)| {
                    let path = path.at(at);
                    self.value(of, key, item, &path).unwrap_or_else(|| self.stand_in(of))
                });
                Some(Value::Array(items.collect()))
            }
            (Some("string"), DeValue::String(text)) => {
                self.text(schema, key, text, start);
                Some(Value::from(text.as_ref()))
            }
            (Some("boolean"), DeValue::Boolean(yes)) => Some(Value::from(*yes)),
            (Some("integer"), DeValue::Integer(number)) => {
                let whole = i64::from_str_radix(number.as_str(), number.radix()).ok();
                self.range(schema, key, whole, number.as_str(), start)
            }
            (Some(wanted), other) => self.wrong_type(key, other, kind_of_schema(wanted), start),
            (None, _) => None,
        }
    }

    /// Of several forms, the one whose TOML type stands here.
    fn choice(
        &mut self,
        choices: &'a [Value],
        key: &str,
        value: &Spanned<DeValue<'_>>,
        path: &Path,
        start: usize,
    ) -> Option<Value> {
        for choice in choices {
            let (name, resolved) = self.resolve(choice);
            let fits = match value.get_ref() {
                DeValue::Table(_) => resolved.get("type").and_then(Value::as_str) == Some("object"),
                DeValue::String(_) => name == Some(NUMBER) || words(resolved).is_some(),
                DeValue::Integer(_) | DeValue::Float(_) => name == Some(NUMBER),
                _ => false,
            };
            if fits {
                return self.value(choice, key, value, path);
            }
        }
        self.wrong_type(key, value.get_ref(), Kind::Table, start)
    }

    fn table(&mut self, schema: &'a Value, table: &DeTable<'_>, path: &Path, start: usize) -> Value {
        let mut used = Map::new();
        let Some(known) = schema.get("properties").and_then(Value::as_object) else {
            // A table by free names, such as bounds by recorded value.
            if let Some(of) = schema.get("additionalProperties").filter(|of| of.is_object()) {
                for (key, value) in table {
                    let key = key.get_ref();
                    used.extend(self.value(of, key, value, &path.key(key)).map(|value| (key.to_string(), value)));
                }
            }
            return Value::Object(used);
        };
        for (key, value) in table {
            let name = key.get_ref();
            if let Some(of) = known.get(name.as_ref()) {
                used.extend(self.value(of, name, value, &path.key(name)).map(|value| (name.to_string(), value)));
                continue;
            }
            let meant = self.unknown_key(name, known, path, key.span().start);
            // Read as what was meant, so that one slip is one problem.
            if let Some(meant) = meant.filter(|meant| !table.contains_key(meant.as_str())) {
                let read = self.value(&known[&meant], &meant, value, &path.key(name));
                used.insert(meant.clone(), read.unwrap_or_else(|| self.stand_in(&known[&meant])));
            }
        }
        for key in schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            if !table.contains_key(key) && !used.contains_key(key) {
                self.say(start, Fact::MissingKey { key: key.to_owned() });
                self.findings.taint(path.key(key));
            }
            if !used.contains_key(key) {
                used.insert(key.to_owned(), self.stand_in(&known[key]));
            }
        }
        Value::Object(used)
    }

    /// Something harmless of the right shape.
    fn stand_in(&mut self, schema: &'a Value) -> Value {
        self.stand_ins += 1;
        let (name, schema) = self.resolve(schema);
        if name == Some(NAME) {
            return Value::from(format!("stand-in-{}", self.stand_ins));
        }
        if let Some(word) = words(schema).and_then(|words| words.into_iter().next()) {
            return Value::from(word);
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("object") => {
                let known = schema.get("properties").and_then(Value::as_object);
                let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
                let keys = required.filter_map(Value::as_str).filter_map(|key| Some((key, known?.get(key)?)));
                keys.map(|(key, of)| (key.to_owned(), self.stand_in(of))).collect::<Map<_, _>>().into()
            }
            Some("array") => Value::Array(Vec::new()),
            Some("string") => Value::from("…"),
            Some("boolean") => Value::from(false),
            Some("integer") => schema.get("minimum").cloned().unwrap_or_else(|| Value::from(1)),
            // Numbers, and forms that are a number or a table.
            _ => Value::from(1),
        }
    }

    /// Gives the key that was probably meant.
    fn unknown_key(&mut self, key: &str, known: &Map<String, Value>, path: &Path, start: usize) -> Option<String> {
        let known: Vec<String> = known.keys().cloned().collect();
        let nearest = nearest(key, &known);
        // The key that was meant is not missing.
        if let Some(meant) = &nearest {
            self.findings.taint(path.key(meant));
        }
        self.say(start, Fact::UnknownKey { key: shown(key), nearest: nearest.clone(), known });
        nearest
    }

    fn word(&mut self, text: &str, known: Vec<String>, start: usize) -> Option<Value> {
        if known.iter().any(|word| word == text) {
            return Some(Value::from(text));
        }
        self.say(start, Fact::UnknownWord { word: shown(text), nearest: nearest(text, &known), known });
        None
    }

    fn number(&mut self, form: Option<&str>, key: &str, value: &DeValue<'_>, start: usize) -> Option<Value> {
        let text = match value {
            DeValue::String(text) => text.as_ref(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => {
                let text = number.as_str();
                return match decimal::parse(text) {
                    Ok(_) => {
                        self.say(start, Fact::Float { text: shown(text) });
                        Some(Value::from(text))
                    }
                    Err(why) => self.not_a_number(text, why, start),
                };
            }
            other => return self.wrong_type(key, other, Kind::Number, start),
        };
        match decimal::parse(text) {
            Ok(_) => Some(Value::from(text)),
            Err(_) if form == Some(NUMBER_OR_NONE) && text == "none" => Some(Value::from(text)),
            Err(_) if form == Some(NUMBER_OR_NAME) && Name::is_well_formed(text) => Some(Value::from(text)),
            Err(why) => self.not_a_number(text, why, start),
        }
    }

    fn not_a_number(&mut self, text: &str, why: NotANumber, start: usize) -> Option<Value> {
        self.say(start, Fact::NotANumber { text: shown(text), why });
        None
    }

    fn range(&mut self, schema: &Value, key: &str, whole: Option<i64>, text: &str, start: usize) -> Option<Value> {
        let from = schema.get("minimum").and_then(Value::as_i64).unwrap_or(0);
        let to = schema.get("maximum").and_then(Value::as_i64).unwrap_or(i64::from(u32::MAX));
        if let Some(whole) = whole.filter(|whole| (from..=to).contains(whole)) {
            return Some(Value::from(whole));
        }
        let fact =
            Fact::OutOfRange { key: key.to_owned(), value: shown(text), from: from.to_string(), to: to.to_string() };
        self.say(start, fact);
        None
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

    fn wrong_type(&mut self, key: &str, found: &DeValue<'_>, wanted: Kind, start: usize) -> Option<Value> {
        self.say(start, Fact::WrongType { key: key.to_owned(), found: kind_of(found), wanted });
        None
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
