//! Numbers and names as they stand in a file. Decimals are in quotes or whole, never TOML floats: those are
//! binary and 0.1 is not one of them.

use std::{borrow::Cow, fmt};

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};

use crate::rules::decimal;

/// Names of the definitions in the schema that a reader treats by themselves.
pub(crate) const NUMBER: &str = "Number";
pub(crate) const NUMBER_OR_NONE: &str = "NumberOrNone";
pub(crate) const NUMBER_OR_NAME: &str = "NumberOrName";
pub(crate) const NAME: &str = "Name";

/// An exact decimal: `"0.5"` or `30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number(pub(crate) Decimal);

/// A number, or `"none"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberOrNone {
    Number(Decimal),
    None,
}

/// A number, or the id of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NumberOrName {
    Number(Decimal),
    Name(String),
}

/// An id: lower-case letters, digits and hyphens, beginning with a letter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(transparent)]
pub(crate) struct Name(pub(crate) String);

impl Name {
    pub(crate) fn is_well_formed(text: &str) -> bool {
        text.len() <= NAME_CHARS_MAX
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && !text.ends_with('-')
            && !text.contains("--")
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    }
}

pub(crate) const NAME_CHARS_MAX: usize = 60;

struct NumberVisitor;

impl de::Visitor<'_> for NumberVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal in quotes, or a whole number")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Decimal, E> {
        decimal::parse(&value.to_string()).map_err(|_| E::custom("too many digits"))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Decimal, E> {
        decimal::parse(&value.to_string()).map_err(|_| E::custom("too many digits"))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
        decimal::parse(text).map_err(|_| E::custom("not a number"))
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor).map(Number)
    }
}

/// A text that is a number, or else another word.
#[derive(Deserialize)]
#[serde(untagged)]
enum NumberOrText {
    Number(Number),
    Text(String),
}

impl<'de> Deserialize<'de> for NumberOrNone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match NumberOrText::deserialize(deserializer)? {
            NumberOrText::Number(Number(number)) => Ok(Self::Number(number)),
            NumberOrText::Text(text) if text == "none" => Ok(Self::None),
            NumberOrText::Text(_) => Err(de::Error::custom("neither a number nor `none`")),
        }
    }
}

impl<'de> Deserialize<'de> for NumberOrName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match NumberOrText::deserialize(deserializer)? {
            NumberOrText::Number(Number(number)) => Self::Number(number),
            NumberOrText::Text(name) => Self::Name(name),
        })
    }
}

const NUMBER_PATTERN: &str = r"[-+]?\d{1,15}(\.\d{1,10})?";
const NAME_PATTERN: &str = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

macro_rules! schema {
    ($type:ident, $name:expr, $schema:expr) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

schema!(
    Number,
    NUMBER,
    json_schema!({
        "description": "An exact decimal: in quotes, or a whole number.",
        "type": ["string", "integer"],
        "pattern": format!("^{NUMBER_PATTERN}$"),
    })
);
schema!(
    NumberOrNone,
    NUMBER_OR_NONE,
    json_schema!({
        "description": "An exact decimal (in quotes, or a whole number), or \"none\".",
        "type": ["string", "integer"],
        "pattern": format!("^({NUMBER_PATTERN}|none)$"),
    })
);
schema!(
    NumberOrName,
    NUMBER_OR_NAME,
    json_schema!({
        "description": "An exact decimal (in quotes, or a whole number), or the id of a value.",
        "type": ["string", "integer"],
        "pattern": format!("^({NUMBER_PATTERN}|{NAME_PATTERN})$"),
    })
);
schema!(
    Name,
    NAME,
    json_schema!({
        "description": "An id: lower-case letters, digits and hyphens, beginning with a letter.",
        "type": "string",
        "maxLength": NAME_CHARS_MAX,
        "pattern": format!("^{NAME_PATTERN}$"),
    })
);
