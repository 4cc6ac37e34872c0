//! A board as it leaves the program: a view with names for those who may read them, in plain data, and the
//! difference between two of them.
//!
//! The same values become pages, frames and snapshots. A row's `key` names it for as long as the board stands; it
//! is the draw number where only numbers are shown, so that it tells no more than what is shown.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// Rows of a table that a frame carries; what lies below is read over HTTP.
pub const WINDOW_ROWS: usize = 100;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Shown {
    pub contest: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// Of the contest's own texts.
    pub language: String,
    /// IANA zone of the contest, for printed times.
    pub timezone: String,
    pub notice: Notice,
    /// Empty while nothing may be shown.
    pub tables: Vec<ShownTable>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ladders: Vec<ShownLadder>,
}

/// A ladder (擂台) in short; all of it is read over HTTP whenever `look` is another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ShownLadder {
    /// Names the ladder in an address.
    pub key: String,
    pub title: String,
    /// On it in all.
    pub people: usize,
    /// Who stands first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<ShownWho>,
    /// Since when the holder stands there, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since_ms: Option<i64>,
    pub defences: u32,
    /// Changes with anything that may be seen of it.
    pub look: String,
}

/// What is to know about the whole board.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Notice {
    /// `draft`, `running`, `sealed`, `announced`, `notice`, `final`.
    pub phase: String,
    /// Milliseconds since 1970, when the board is frozen.
    pub frozen_at_ms: Option<i64>,
    /// The end of the public notice.
    pub notice_until_ms: Option<i64>,
    /// Nothing is shown to the public yet.
    pub hidden: bool,
    /// Who is on stage, and who follows, where entrants appear one after another.
    pub on_stage: Option<ShownWho>,
    pub next: Option<ShownWho>,
    /// The step of a reveal, when one is under way.
    pub reveal: Option<u32>,
}

/// Somebody, by what may be known of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownWho {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Of the draw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ShownTable {
    /// Names the table in an address.
    pub key: String,
    pub of: TableKind,
    /// Event, group or table titles, in the contest's language; empty for the only table.
    pub title: String,
    pub columns: Vec<ShownColumn>,
    /// In the order shown.
    pub rows: Vec<ShownRow>,
    /// All rows there are, also those that are not shown.
    pub count: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TableKind {
    Entrants,
    /// Entrants that are units.
    UnitEntrants,
    Teams,
    Units,
}

/// A stage; of units whose heads are counted also `headcount`, `participants`, `participation` and `mean`, without a
/// title of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownColumn {
    pub id: String,
    pub title: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ShownRow {
    pub key: String,
    /// `None` when unranked.
    pub rank: Option<u32>,
    /// A person, a team or a unit; without a name where names are closed.
    #[serde(flatten)]
    pub who: ShownWho,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Decimal text as printed.
    pub total: Option<String>,
    /// One per column.
    pub stages: Vec<Option<String>>,
    pub status: String,
    /// What parted it from its neighbour in a tie: `chain`, `people`, `open`, `shared`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outside_quota: bool,
    /// A veto took points of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub vetoed: bool,
}

impl Shown {
    /// The board with the first [`WINDOW_ROWS`] rows of each table.
    #[must_use]
    pub fn window(&self) -> Self {
        let mut window = self.clone();
        for table in &mut window.tables {
            table.rows.truncate(WINDOW_ROWS);
        }
        window
    }

    /// A table by its key, else the first.
    pub fn table(&self, key: Option<&str>) -> Option<&ShownTable> {
        key.and_then(|key| self.tables.iter().find(|table| table.key == key)).or(self.tables.first())
    }
}

impl ShownTable {
    /// Its columns are what is counted of units.
    pub fn counts_heads(&self) -> bool {
        self.of == TableKind::Units && !self.columns.is_empty()
    }

    /// The rows somebody means by a number or a whole name. A part of a name finds nobody: the list is not for
    /// leafing through those who are not shown.
    pub fn find<'t>(&'t self, sought: &'t str) -> impl Iterator<Item = &'t ShownRow> {
        let sought = sought.trim();
        let number = sought.trim_start_matches('0').parse::<u32>().ok();
        self.rows.iter().filter(move |row| {
            !sought.is_empty()
                && (row.who.name.as_deref() == Some(sought)
                    || row.key == sought
                    || (number.is_some() && row.who.number == number))
        })
    }
}

/// What a viewer of the older board needs to show the newer one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changes {
    pub notice: Notice,
    /// Only tables that changed.
    pub tables: Vec<TableChanges>,
    /// All ladders, when one changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ladders: Option<Vec<ShownLadder>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableChanges {
    pub key: String,
    pub count: usize,
    /// New and changed rows.
    pub rows: Vec<RowChange>,
    /// Keys that left the window.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<String>,
    /// All keys in their new order, when the order changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowChange {
    /// The rank before; none for those who were not ranked or not in the window.
    pub was: Option<u32>,
    #[serde(flatten)]
    pub row: ShownRow,
}

/// The difference, or `None` when the tables themselves are others (a new definition): then the whole board is
/// sent.
pub fn changes(old: &Shown, new: &Shown) -> Option<Changes> {
    let shape = |board: &Shown| {
        let tables: Vec<_> =
            board.tables.iter().map(|t| (t.key.clone(), t.of, t.title.clone(), t.columns.clone())).collect();
        (board.contest.clone(), board.title.clone(), board.subtitle.clone(), board.language.clone(), tables)
    };
    if shape(old) != shape(new) {
        return None;
    }
    let tables = old.tables.iter().zip(&new.tables).filter(|(old, new)| old != new);
    Some(Changes {
        notice: new.notice.clone(),
        tables: tables.map(|(old, new)| table_changes(old, new)).collect(),
        ladders: (old.ladders != new.ladders).then(|| new.ladders.clone()),
    })
}

fn table_changes(old: &ShownTable, new: &ShownTable) -> TableChanges {
    let before: BTreeMap<&str, &ShownRow> = old.rows.iter().map(|row| (row.key.as_str(), row)).collect();
    let after: BTreeSet<&str> = new.rows.iter().map(|row| row.key.as_str()).collect();
    let changed = new.rows.iter().filter(|row| before.get(row.key.as_str()) != Some(row));
    let keys = |table: &ShownTable| table.rows.iter().map(|row| row.key.clone()).collect::<Vec<_>>();
    TableChanges {
        key: new.key.clone(),
        count: new.count,
        rows: changed
            .map(|row| RowChange { was: before.get(row.key.as_str()).and_then(|row| row.rank), row: row.clone() })
            .collect(),
        gone: before.keys().filter(|key| !after.contains(**key)).map(|key| (*key).to_owned()).collect(),
        order: (keys(old) != keys(new)).then(|| keys(new)),
    }
}

/// Makes the newer board of the older one. What the pages' script does, for tests and other clients.
#[must_use]
pub fn apply(old: &Shown, changes: &Changes) -> Shown {
    let mut board = old.clone();
    board.notice = changes.notice.clone();
    if let Some(ladders) = &changes.ladders {
        board.ladders.clone_from(ladders);
    }
    for change in &changes.tables {
        let Some(table) = board.tables.iter_mut().find(|table| table.key == change.key) else { continue };
        table.count = change.count;
        let mut rows: BTreeMap<String, ShownRow> =
            table.rows.iter().map(|row| (row.key.clone(), row.clone())).collect();
        rows.retain(|key, _| !change.gone.contains(key));
        rows.extend(change.rows.iter().map(|change| (change.row.key.clone(), change.row.clone())));
        let order = change.order.clone().unwrap_or_else(|| table.rows.iter().map(|row| row.key.clone()).collect());
        table.rows = order.iter().filter_map(|key| rows.get(key).cloned()).collect();
    }
    board
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row(key: u32, rank: Option<u32>, total: u32) -> ShownRow {
        ShownRow {
            key: key.to_string(),
            rank,
            who: ShownWho { name: Some(format!("{key}号")), number: Some(key) },
            unit: None,
            total: Some(format!("{total}.00")),
            stages: vec![Some(total.to_string()), None],
            status: "ranked".into(),
            decided_by: None,
            outside_quota: false,
            vetoed: false,
        }
    }

    fn board(rows: Vec<ShownRow>) -> Shown {
        let columns = ["theory", "practice"].map(|id| ShownColumn { id: id.into(), title: id.into() });
        let table = ShownTable {
            key: "all".into(),
            of: TableKind::Entrants,
            title: String::new(),
            columns: columns.into(),
            count: rows.len(),
            rows,
        };
        Shown {
            contest: "c".into(),
            title: "焊工".into(),
            subtitle: None,
            language: "zh-CN".into(),
            timezone: "Asia/Shanghai".into(),
            notice: Notice { phase: "running".into(), ..Notice::default() },
            tables: vec![table],
            ladders: Vec::new(),
        }
    }

    fn ladder(at: usize) -> ShownLadder {
        let (key, title) = (format!("l{at}"), "焊工擂台".to_owned());
        ShownLadder { key, title, people: at, holder: None, since_ms: None, defences: 0, look: at.to_string() }
    }

    #[test]
    fn a_swap_names_both_rows_with_old_and_new_rank() {
        let old = board(vec![row(7, Some(1), 90), row(3, Some(2), 88), row(5, Some(3), 60)]);
        let new = board(vec![row(3, Some(1), 91), row(7, Some(2), 90), row(5, Some(3), 60)]);
        let changes = changes(&old, &new).unwrap();
        let moved: Vec<_> = changes.tables[0].rows.iter().map(|c| (c.row.key.as_str(), c.was, c.row.rank)).collect();
        assert_eq!(moved, [("3", Some(2), Some(1)), ("7", Some(1), Some(2))]);
        assert_eq!(changes.tables[0].order.as_deref(), Some(&["3".to_owned(), "7".into(), "5".into()][..]));
        assert!(changes.tables[0].gone.is_empty());
    }

    #[test]
    fn another_column_is_another_board() {
        let old = board(vec![row(1, Some(1), 9)]);
        let mut new = old.clone();
        new.tables[0].columns.pop();
        assert_eq!(changes(&old, &new), None);
    }

    #[test]
    fn a_number_finds_its_row_and_a_part_of_a_name_nobody() {
        let board = board(vec![row(17, Some(1), 90), row(3, Some(2), 88)]);
        let found = |sought| board.tables[0].find(sought).map(|row| row.key.as_str()).collect::<Vec<_>>();
        assert_eq!(found("017"), ["17"]);
        assert_eq!(found(" 3号 "), ["3"]);
        assert!(found("号").is_empty() && found("").is_empty() && found("1").is_empty());
    }

    fn rows() -> impl Strategy<Value = Vec<ShownRow>> {
        let one = (0u32..12, proptest::option::of(1u32..9), 0u32..5);
        proptest::collection::vec(one, 0..10).prop_map(|rows| {
            let mut seen = BTreeSet::new();
            rows.into_iter().filter(|(key, ..)| seen.insert(*key)).map(|(k, rank, total)| row(k, rank, total)).collect()
        })
    }

    proptest! {
        #[test]
        fn changes_make_the_new_board_of_the_old_one(old in rows(), new in rows(), count in 0usize..300) {
            let (old, mut new) = (board(old), board(new));
            new.tables[0].count = count;
            new.ladders = (0..count % 3).map(ladder).collect();
            let changes = changes(&old, &new).unwrap();
            prop_assert_eq!(&apply(&old, &changes), &new);
            let sent: Changes = serde_json::from_str(&serde_json::to_string(&changes).unwrap()).unwrap();
            prop_assert_eq!(sent, changes);
        }
    }
}
