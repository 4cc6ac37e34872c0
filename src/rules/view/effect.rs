//! What adopting another definition would do: who moves, which awards change hands, what gets in the way. Computed over the
//! marks as they are, drafts too; nothing is recorded.
//!
//! *Place*: rank, total and status of a row, before or after. Knows no names: rows are named as staff's boards do.

use rust_decimal::Decimal;

use super::{
    Audience, Named,
    board::{BoardRow, BoardTable, board},
    facing,
};
use crate::rules::{
    award::At,
    command::Dropped,
    definition::{self, Definition},
    field::{Slot, Value},
    ledger::{
        Entry, Recorded,
        entry::{Digest, Given, MarkValue},
    },
    names::{EntrantId, Id},
    result::{Status, TableKey},
    state::{Cell, State, limits},
};

#[cfg(test)]
mod tests;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effect {
    /// What has marks and is named no more: the text cannot be adopted.
    pub dropped: Vec<Dropped>,
    /// Every table of before and after in which some row changes; the new ones first, in their order.
    pub tables: Vec<TableEffect>,
    /// Every award that changes hands.
    pub awards: Vec<AwardEffect>,
    /// Marks that the new limits would not take. They stay and count as they are.
    pub outside: Vec<Outside>,
    /// Equals that people must put in order, before and after.
    pub open_ties: (usize, usize),
    /// Awards that people must decide, before and after.
    pub undecided: (usize, usize),
}

#[derive(Clone, Debug, PartialEq)]
pub struct TableEffect {
    /// As [`BoardTable::shown_title`].
    pub title: String,
    pub key: TableKey,
    /// In the order of the new ranks; those who leave the table follow.
    pub moves: Vec<Move>,
    /// Rows that stay as they are.
    pub same: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// An entrant, a team or a unit by its text.
    pub who: String,
    /// `None`: not in the table.
    pub before: Option<Place>,
    pub after: Option<Place>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub rank: Option<u32>,
    pub total: Option<Decimal>,
    pub status: Status,
}

#[derive(Clone, Debug, PartialEq)]
pub struct AwardEffect {
    pub award: Named,
    pub event: Option<Named>,
    pub group: Option<Named>,
    pub gained: Vec<String>,
    pub lost: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Outside {
    pub entrant: EntrantId,
    pub number: Option<u32>,
    pub stage: Named,
    pub aspect: Named,
    pub mark: Value,
}

impl Effect {
    /// Nobody moves, no award changes, and nothing gets in the way.
    pub fn is_nothing(&self) -> bool {
        let Self { dropped, tables, awards, outside, open_ties, undecided } = self;
        let quiet = open_ties.1 <= open_ties.0 && undecided.1 <= undecided.0;
        dropped.is_empty() && tables.is_empty() && awards.is_empty() && outside.is_empty() && quiet
    }
}

/// Of adopting a definition. `None`: the text has errors.
pub fn effect(state: &State, text: &str) -> Option<Effect> {
    let new = definition::read(text).definition?;
    let after = with(
        state,
        Entry::DefinitionAdopted {
            text: text.to_owned(),
            digest: definition::digest(text),
            by: "".into(),
            reason: None,
            second: None,
        },
    );
    Some(Effect { dropped: state.dropped_by(&new), outside: outside(&after, &new), ..between(state, &after) })
}

/// Of correcting a mark.
pub fn correction(state: &State, entrant: &EntrantId, slot: &Slot, value: MarkValue) -> Effect {
    let (entrant, slot, reason) = (entrant.clone(), slot.clone(), Digest(String::new()));
    let after = with(state, Entry::MarkCorrected { entrant, slot, value, reason, by: "".into(), second: None });
    between(state, &after)
}

/// As it would stand after the entry.
fn with(state: &State, entry: Entry) -> State {
    let mut after = state.clone();
    let version = state.version();
    after.apply(&Recorded { seq: version.seq + 1, epoch: version.epoch, at: state.at(), entry });
    after
}

fn between(state: &State, after: &State) -> Effect {
    let [old, new] = [state, after].map(|state| state.rules().map(|rules| rules.definition.clone()));
    Effect {
        tables: tables(state, after),
        awards: new.map(|new| awards(state, after, old.as_deref(), &new)).unwrap_or_default(),
        open_ties: (state.open_ties().len(), after.open_ties().len()),
        undecided: (undecided(state), undecided(after)),
        ..Effect::default()
    }
}

fn tables(before: &State, after: &State) -> Vec<TableEffect> {
    let [old, new] = [before, after].map(|state| board(state, &Audience::Staff, state.at()).tables);
    let gone = old.iter().filter(|table| !new.iter().any(|other| other.key == table.key));
    let nothing = |table: &BoardTable| BoardTable { rows: Vec::new(), ..table.clone() };
    let stays = new.iter().map(|table| {
        let known = old.iter().find(|other| other.key == table.key);
        compared(&known.cloned().unwrap_or_else(|| nothing(table)), table)
    });
    let goes = gone.map(|table| compared(table, &nothing(table)));
    stays.chain(goes).filter(|table| !table.moves.is_empty()).collect()
}

fn compared(old: &BoardTable, new: &BoardTable) -> TableEffect {
    let place = |row: &BoardRow| Place { rank: row.rank, total: row.total, status: row.status.clone() };
    let find = |table: &BoardTable, who: &str| table.rows.iter().find(|row| row.who.key() == who).map(place);
    let all = new.rows.iter().map(|row| row.who.key());
    let left = old.rows.iter().map(|row| row.who.key()).filter(|who| find(new, who).is_none());
    let moves = all.chain(left).map(|who| Move { before: find(old, &who), after: find(new, &who), who });
    let (same, moves): (Vec<Move>, Vec<Move>) = moves.partition(|moved| moved.before == moved.after);
    TableEffect { title: new.shown_title(), key: new.key.clone(), moves, same: same.len() }
}

fn awards(before: &State, after: &State, old: Option<&Definition>, new: &Definition) -> Vec<AwardEffect> {
    let [was, becomes] = [before, after].map(|state| -> Vec<Given> {
        state.award_preview().map(|preview| preview.given().cloned().collect()).unwrap_or_default()
    });
    let at = |given: &Given| At { award: given.award.clone(), event: given.event.clone(), group: given.group.clone() };
    let mut scopes: Vec<At> = Vec::new();
    for scope in becomes.iter().chain(&was).map(at) {
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    let holders = |list: &[Given], scope: &At| -> Vec<String> {
        list.iter().filter(|given| at(given) == *scope).map(|given| given.to.clone()).collect()
    };
    let without = |list: &[String], others: &[String]| -> Vec<String> {
        list.iter().filter(|who| !others.contains(who)).cloned().collect()
    };
    let definitions = || std::iter::once(new).chain(old);
    let named = |id: &Id| {
        let known = definitions().flat_map(|definition| &definition.awards).find(|award| award.id == *id);
        Named { id: id.clone(), title: known.map_or_else(|| id.to_string(), |award| award.title.clone()) }
    };
    let changes = scopes.into_iter().map(|scope| {
        let (was, becomes) = (holders(&was, &scope), holders(&becomes, &scope));
        AwardEffect {
            award: named(&scope.award),
            event: facing::titled(&new.events, scope.event.as_ref()),
            group: facing::titled(&new.groups, scope.group.as_ref()),
            gained: without(&becomes, &was),
            lost: without(&was, &becomes),
        }
    });
    changes.filter(|award| !award.gained.is_empty() || !award.lost.is_empty()).collect()
}

fn undecided(state: &State) -> usize {
    let preview = state.award_preview().unwrap_or_default();
    preview.awards.iter().filter(|allotted| !allotted.undecided.is_empty()).count()
}

fn outside(state: &State, new: &Definition) -> Vec<Outside> {
    let mut outside = Vec::new();
    for (id, marks) in &state.field.marks {
        for (slot, mark) in &marks.values {
            if let Some((stage, aspect)) = refused(new, slot, *mark) {
                let (entrant, number) = (id.clone(), state.numbers.get(id).copied());
                outside.push(Outside { entrant, number, stage, aspect, mark: *mark });
            }
        }
    }
    outside
}

/// Where the mark stands, when it is outside the limits there.
fn refused(new: &Definition, slot: &Slot, mark: Value) -> Option<(Named, Named)> {
    let stage = new.stages.iter().find(|stage| stage.id == slot.stage)?;
    let aspect = stage.aspects.iter().find(|aspect| aspect.id == slot.aspect)?;
    let measured = match &aspect.kind {
        definition::model::AspectKind::Measurement { values, .. } => {
            slot.value.as_ref().and_then(|id| values.iter().find(|value| value.id == *id))
        }
        _ => None,
    };
    let cell = Cell { aspect, value: measured };
    limits(&cell).allow(MarkValue::Is(mark)).err()?;
    Some((facing::stage_named(stage), facing::aspect_named(stage, &aspect.id)))
}
