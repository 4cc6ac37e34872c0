//! Standings as JSON: the same document from files and from a running contest. The names of its fields are a contract.

use serde::Serialize;

use crate::rules::{
    definition::{
        Definition,
        model::{TableOf, TieKey},
    },
    result::{DecidedBy, Heads, TableKey},
};

/// In rank order, table after table.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Document {
    pub contest: String,
    /// The digest of the adopted text.
    pub definition: String,
    /// Of a running contest: `draft`, `running`, `sealed`, `announced`, `notice`, `final`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<&'static str>,
    /// Of a running contest: changes when anything here does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Milliseconds since 1970, when these are the standings of a freeze.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frozen_at_ms: Option<i64>,
    pub standings: Vec<Row>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<Row>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<Row>,
    /// The definition's parallel rankings of entrants.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<Row>,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Row {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// `None` when unranked.
    pub rank: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entrant: Option<String>,
    /// Of the draw.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A decimal as text.
    pub total: Option<String>,
    /// Decimals as text, or null, by stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stages: Option<serde_json::Map<String, serde_json::Value>>,
    pub status: &'static str,
    pub decided_by: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub outside_quota: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
    /// Of a unit whose heads are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heads: Option<HeadsRow>,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct HeadsRow {
    pub participants: u32,
    pub headcount: u32,
    /// Participants per hundred heads, a decimal as text.
    pub participation: Option<String>,
    /// Of the participants, a decimal as text.
    pub mean: Option<String>,
}

impl From<&Heads> for HeadsRow {
    fn from(heads: &Heads) -> Self {
        Self {
            participants: heads.participants,
            headcount: heads.count,
            participation: heads.percent().map(|percent| percent.to_string()),
            mean: heads.mean.map(|mean| mean.to_string()),
        }
    }
}

impl Document {
    /// Adds the rows of a table where its kind stands.
    pub fn put(&mut self, definition: &Definition, key: &TableKey, rows: impl Iterator<Item = Row>) {
        let rows = rows.map(|row| row.of(key));
        match key {
            TableKey::Field { .. } => self.standings.extend(rows),
            TableKey::Teams { .. } => self.teams.extend(rows),
            TableKey::Named(_) if is_of_units(definition, key) => self.units.extend(rows),
            TableKey::Named(_) => self.tables.extend(rows),
        }
    }

    /// Indented, with a line break at the end.
    pub fn text(&self) -> String {
        // Plain data: there is nothing in it that could not be written.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

impl Row {
    fn of(mut self, key: &TableKey) -> Self {
        match key {
            TableKey::Field { event, group } | TableKey::Teams { event, group } => {
                self.event = event.as_ref().map(ToString::to_string);
                self.group = group.as_ref().map(ToString::to_string);
            }
            TableKey::Named(id) => self.table = Some(id.to_string()),
        }
        self
    }
}

/// The key of the chain as the definition writes it, or how the tie ended.
pub fn decided_by(definition: &Definition, table: &TableKey, by: &DecidedBy) -> String {
    match by {
        DecidedBy::Chain(at) => chain(definition, table).get(*at).map(super::tally::tie_text).unwrap_or_default(),
        DecidedBy::People => "people".to_owned(),
        DecidedBy::Open => "open".to_owned(),
        DecidedBy::Shared => "shared".to_owned(),
    }
}

/// The tie chain of a table.
pub(super) fn chain<'a>(definition: &'a Definition, table: &TableKey) -> &'a [TieKey] {
    match (table, &definition.teams) {
        (TableKey::Teams { .. }, Some(teams)) => &teams.ties,
        _ => &definition.ranking.ties,
    }
}

fn is_of_units(definition: &Definition, key: &TableKey) -> bool {
    let TableKey::Named(id) = key else { return false };
    definition.tables.iter().any(|table| table.id == *id && matches!(table.of, TableOf::Units { .. }))
}
