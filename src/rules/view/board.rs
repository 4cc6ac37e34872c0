//! The board: ranked tables as an audience may see them, and the *why* of one row.
//!
//! While marking goes on the public sees marks that count (the whole panel has submitted, or signed); staff see drafts
//! too. Where only numbers are shown, a row carries nothing but its draw number. A frozen board is the board of the
//! freeze, its version too.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{
    Audience, Heading, Named, Progress, explain, facing,
    tables::{Tables, seen},
};
use crate::rules::{
    definition::{Definition, model::Stage},
    field::EntrantStanding,
    ledger::{Instant, Version, entry::Phase},
    names::{EntrantId, Id, UnitPath},
    result::{DecidedBy, Heads, Status, TableKey},
    state::{Rules, State},
    why::Node,
};

#[derive(Clone, Debug, PartialEq)]
pub struct Board {
    pub heading: Heading,
    /// Of the newest entry that this audience may know of.
    pub version: Version,
    pub shows: Shows,
    /// 王芳 is shown as 王*.
    pub mask_names: bool,
    /// Since when the board stands still. Staff see the live board, and this all the same.
    pub frozen_since: Option<Instant>,
    pub progress: Progress,
    /// Where entrants appear one after another: whose turn it is, and who follows.
    pub on_stage: Option<Seen>,
    pub next: Option<Seen>,
    /// Empty while nothing may be shown.
    pub tables: Vec<BoardTable>,
}

/// What the audience may know of who is who.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// The definition keeps the board off until identities are opened or awards announced.
    Nothing,
    /// Draw numbers.
    Numbers,
    Names,
}

#[derive(Clone, Debug, PartialEq)]
pub struct BoardTable {
    /// Names the table in an address: `all`, `welding`, `welding.student`, `teams`, or the id of a table.
    pub slug: String,
    pub key: TableKey,
    pub event: Option<Named>,
    pub group: Option<Named>,
    /// Of a table of the definition.
    pub title: Option<String>,
    /// Stages that its entrants have; empty for teams and units.
    pub columns: Vec<Column>,
    /// In the order shown; the public gets no more than the definition lets it.
    pub rows: Vec<BoardRow>,
    /// All rows there are.
    pub count: usize,
    pub progress: Progress,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub stage: Id,
    pub title: String,
    pub max: Option<Decimal>,
    pub weight: Option<Decimal>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct BoardRow {
    /// `None` when unranked.
    pub rank: Option<u32>,
    pub who: Seen,
    pub total: Option<Decimal>,
    /// One per column; `None` where there is no score yet, or not this entrant's stage.
    pub stages: Vec<Option<Decimal>>,
    pub status: Status,
    pub decided_by: Option<DecidedBy>,
    pub outside_quota: bool,
    /// Points of a labor competition's unit were taken by a veto, ranked or not.
    pub vetoed: bool,
    /// Of a unit whose heads are counted.
    pub heads: Option<Heads>,
    /// Some mark behind this row does not count publicly yet. Only staff see such rows.
    pub provisional: bool,
}

/// Whom a row is about, as far as the audience may know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seen {
    /// Only the draw number.
    Number(u32),
    /// `app` joins the name; masked where the board says so.
    Entrant {
        id: EntrantId,
        number: Option<u32>,
        unit: Option<UnitPath>,
        team: Option<String>,
    },
    Team(String),
    Unit(UnitPath),
}

/// Why a row has its score and its place, as far as the audience may know.
#[derive(Clone, Debug, PartialEq)]
pub struct WhySeen {
    pub heading: Heading,
    pub mask_names: bool,
    /// What the public may know of who is who, whoever looks.
    pub public_shows: Shows,
    pub frozen_since: Option<Instant>,
    pub who: Seen,
    /// One for every table that lists them.
    pub rows: Vec<WhyRow>,
    /// Of a team or a unit.
    pub members: Members,
    /// From the total down to what this audience may follow; empty for teams and units, and on a frozen board.
    pub score: Vec<Node>,
    /// The names of stages, aspects and tie keys.
    pub definition: Arc<Definition>,
}

/// The entrants of a team or a unit, those below it among them, in the order of the standings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Members {
    pub rows: Vec<BoardRow>,
    /// Further ones, whom the board does not show this audience.
    pub others: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct WhyRow {
    pub slug: String,
    pub key: TableKey,
    /// Of the table, or of its event and group; empty for the only one.
    pub title: String,
    pub columns: Vec<Column>,
    pub row: BoardRow,
    pub count: usize,
    /// Others of the table with the same total, in rank order.
    pub tied_with: Vec<Seen>,
}

/// The board as this audience may see it at this moment.
pub fn board(state: &State, audience: &Audience, _now: Instant) -> Board {
    if *audience == Audience::Staff {
        return live(state, audience);
    }
    let mut board = match &state.frozen {
        Some(frozen) => Board { frozen_since: Some(frozen.since), ..(*frozen.board).clone() },
        None => live(state, audience),
    };
    let most = state.rules().map_or(0, |rules| rules.definition.board.rows);
    for table in &mut board.tables {
        table.rows.truncate(most);
    }
    board
}

/// What the public may know of a branch of the units: its entrants and units alone, each with the place among all, however
/// far down.
pub fn board_of_branch(state: &State, branch: &UnitPath, _now: Instant) -> Board {
    let mut board = match &state.frozen {
        Some(frozen) => Board { frozen_since: Some(frozen.since), ..(*frozen.board).clone() },
        None => live_public(state),
    };
    let within = |row: &BoardRow| match &row.who {
        Seen::Entrant { unit, .. } => unit.as_ref().is_some_and(|unit| unit.is_within(branch)),
        Seen::Unit(unit) => unit.is_within(branch),
        Seen::Number(_) | Seen::Team(_) => false,
    };
    for table in &mut board.tables {
        table.rows.retain(within);
        table.count = table.rows.len();
    }
    board.tables.retain(|table| !table.rows.is_empty());
    board
}

/// Why a row has its score and its place; `key` is [`Seen::key`] as this audience or the public has it. `None`: there is
/// no such row for this audience.
pub fn why(state: &State, audience: &Audience, key: &str, _now: Instant) -> Option<WhySeen> {
    let rules = state.rules()?;
    let board = match &state.frozen {
        Some(frozen) if *audience != Audience::Staff => {
            Board { frozen_since: Some(frozen.since), ..(*frozen.board).clone() }
        }
        _ => live(state, audience),
    };
    let public_shows = facing::shows(state, &rules.definition, &Audience::Public);
    let is_meant = |row: &BoardRow| match (public_shows, row.who.number()) {
        (Shows::Numbers, Some(number)) => number.to_string() == key,
        _ => row.who.key() == key,
    };
    let who = board.tables.iter().flat_map(|table| &table.rows).find(|row| is_meant(row))?.who.clone();
    let most = if *audience == Audience::Staff { usize::MAX } else { rules.definition.board.rows };
    let members = members(&board.tables, &who, most);
    let rows: Vec<WhyRow> = board.tables.into_iter().filter_map(|table| why_row(table, &is_meant)).collect();
    Some(WhySeen {
        heading: board.heading,
        mask_names: board.mask_names,
        public_shows,
        frozen_since: board.frozen_since,
        rows,
        members,
        score: explain::score(state, rules, audience, &who),
        definition: rules.definition.clone(),
        who,
    })
}

/// `most` rows of a table are shown to this audience.
fn members(tables: &[BoardTable], of: &Seen, most: usize) -> Members {
    let belongs = |row: &BoardRow| match (&row.who, of) {
        (Seen::Entrant { unit: Some(unit), .. }, Seen::Unit(of)) => unit.is_within(of),
        (Seen::Entrant { team: Some(team), .. }, Seen::Team(of)) => team == of,
        _ => false,
    };
    let mut members = Members::default();
    let fields = tables.iter().filter(|table| matches!(table.key, TableKey::Field { .. }));
    for (at, row) in fields.flat_map(|table| table.rows.iter().enumerate()).filter(|(_, row)| belongs(row)) {
        if at < most { members.rows.push(row.clone()) } else { members.others += 1 }
    }
    members
}

fn why_row(table: BoardTable, is_meant: &dyn Fn(&BoardRow) -> bool) -> Option<WhyRow> {
    let row = table.rows.iter().find(|row| is_meant(row))?.clone();
    let shares = matches!(row.decided_by, Some(DecidedBy::Shared | DecidedBy::Open));
    let ties = |other: &&BoardRow| {
        let same = if shares { other.rank == row.rank } else { other.total == row.total };
        other.rank.is_some() && same && other.who != row.who
    };
    let tied_with = match row.decided_by {
        Some(_) => table.rows.iter().filter(ties).map(|other| other.who.clone()).collect(),
        None => Vec::new(),
    };
    let title = table.shown_title();
    Some(WhyRow { slug: table.slug, key: table.key, title, columns: table.columns, row, count: table.count, tied_with })
}

/// The public's board with all its rows, as nothing were frozen.
pub(in crate::rules) fn live_public(state: &State) -> Board {
    live(state, &Audience::Public)
}

fn live(state: &State, audience: &Audience) -> Board {
    let staff = *audience == Audience::Staff;
    let version = if staff { state.version } else { state.public_version };
    let heading = facing::heading(state);
    let frozen_since = state.frozen.as_ref().map(|frozen| frozen.since);
    let Some(rules) = state.rules() else {
        return Board {
            heading,
            version,
            shows: Shows::Nothing,
            mask_names: false,
            frozen_since,
            progress: Progress::default(),
            on_stage: None,
            next: None,
            tables: Vec::new(),
        };
    };
    let tables = Tables::new(state, rules, audience);
    let shows = tables.shows();
    let mut waiting = appearing(state, rules).into_iter().filter_map(|id| seen(state, shows, id));
    Board {
        heading,
        version,
        shows,
        mask_names: rules.definition.board.mask_names && !staff,
        frozen_since,
        progress: tables.progress(),
        on_stage: waiting.next(),
        next: waiting.next(),
        tables: tables.all(),
    }
}

/// Those who are still to appear in the first open stage, in the order of the draw, where the definition shows scores
/// one after another.
fn appearing<'a>(state: &'a State, rules: &Rules) -> Vec<&'a EntrantId> {
    if !rules.definition.board.after_next || state.phase != Phase::Running {
        return Vec::new();
    }
    let is_open = |stage: &&Stage| {
        state.stages.iter().any(|((id, group), _)| *id == stage.id && state.is_open(id, group.as_ref()))
    };
    let Some(stage) = rules.definition.stages.iter().find(is_open) else { return Vec::new() };
    let waits = |id: &&EntrantId| {
        state.entrant(id).is_some_and(|entrant| {
            entrant.standing == EntrantStanding::In
                && state.is_open(&stage.id, state.group_of(entrant))
                && state.takes_part(id, entrant, stage)
                && !state.has_finished(id, entrant, stage)
        })
    };
    state.by_number.values().filter(waits).take(2).collect()
}

impl BoardTable {
    /// The table's own title, or its event's and group's; empty for the only one.
    pub fn shown_title(&self) -> String {
        let titles = [&self.event, &self.group].into_iter().flatten().map(|named| named.title.as_str());
        self.title.clone().unwrap_or_else(|| titles.collect::<Vec<_>>().join(" · "))
    }
}

impl Seen {
    /// Names the row for as long as the board stands, and tells no more than what is shown.
    pub fn key(&self) -> String {
        match self {
            Seen::Number(number) => number.to_string(),
            Seen::Entrant { id, .. } => id.as_str().to_owned(),
            Seen::Team(name) => name.clone(),
            Seen::Unit(path) => path.as_str().to_owned(),
        }
    }

    pub fn number(&self) -> Option<u32> {
        match self {
            Seen::Number(number) => Some(*number),
            Seen::Entrant { number, .. } => *number,
            Seen::Team(_) | Seen::Unit(_) => None,
        }
    }

    /// `None` where identities are closed.
    pub fn entrant(&self) -> Option<&EntrantId> {
        if let Seen::Entrant { id, .. } = self { Some(id) } else { None }
    }
}
