//! Group leaders and the chief judge: which sheets are missing, what disagrees, what waits for a decision.
//!
//! `board` is the one page that says what to do, `day` the queue of a challenge day, `sheet` a panel's marks of one entrant side by side, `acts` what they
//! do there. They see draw numbers and judges' names; who an entrant is stays closed to them too.

mod acts;
mod board;
mod correct;
mod day;
mod sheet;

use std::collections::HashMap;

use axum::Router;

pub(super) use board::block_words;
pub(super) use sheet::effect;

use super::{Page, Result, Web};
use crate::{
    app::App,
    rules::{
        field::Value,
        names::{Id, PersonId},
        state::State,
        view::{self, ChiefBoard, Named},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .merge(board::routes())
        .merge(sheet::routes())
        .merge(acts::routes())
        .merge(correct::routes())
        .merge(day::routes())
}

/// Draw numbers by the text of an entrant.
type Numbers = HashMap<String, u32>;

fn numbers(state: &State) -> Numbers {
    let entrants = view::organizer(state).entrants;
    entrants.into_iter().filter_map(|line| Some((line.entrant.as_str().to_owned(), line.number?))).collect()
}

/// Judges' names by id; one who was erased is shown by the seat alone.
struct Names(HashMap<PersonId, String>);

impl Names {
    async fn of(app: &App, people: impl IntoIterator<Item = &PersonId>) -> Result<Self> {
        let mut ids: Vec<PersonId> = people.into_iter().cloned().collect();
        ids.sort();
        ids.dedup();
        let people = app.people(&ids).await?;
        Ok(Self(people.into_iter().map(|person| (person.id, person.name)).collect()))
    }

    fn get(&self, person: &PersonId) -> &str {
        self.0.get(person).map_or("–", String::as_str)
    }
}

/// Everybody a chief's board names.
fn everybody(board: &ChiefBoard) -> impl Iterator<Item = &PersonId> {
    let seats = board.panels.iter().flat_map(|panel| panel.seats.iter().filter_map(|seat| seat.judge.as_ref()));
    let signed = board.panels.iter().filter_map(|panel| panel.signed.as_ref().map(|signed| &signed.by));
    let marks = board.spreads.iter().flat_map(|spread| spread.marks.iter().chain(&spread.first_marks));
    let reports = board.disqualifications.iter().map(|report| &report.reported_by);
    let corrections = board.corrections.iter().flat_map(|one| std::iter::once(&one.by).chain(one.second.as_ref()));
    seats.chain(signed).chain(marks.map(|mark| &mark.judge)).chain(reports).chain(corrections)
}

/// A mark in the reader's words; not marked is a word too.
pub(super) fn mark(page: &Page, value: Option<&Value>) -> String {
    match value {
        None => page.say("judge-unmarked").into_owned(),
        Some(Value::Number(number)) => number.normalize().to_string(),
        Some(Value::Absent) => page.say("judge-absent").into_owned(),
        Some(Value::NotApplicable) => page.say("judge-not-applicable").into_owned(),
    }
}

fn number(page: &Page, number: Option<u32>) -> String {
    match number {
        Some(number) => page.lang.say_with("board-number", &[("number", number.into())]).into_owned(),
        None => page.say("board-unknown").into_owned(),
    }
}

/// Titles in a row, the absent ones left out.
fn titles<'n>(parts: impl IntoIterator<Item = Option<&'n Named>>) -> String {
    let parts: Vec<&str> = parts.into_iter().flatten().map(|named| named.title.as_str()).collect();
    parts.join(" · ")
}

/// A group's field in a form; the whole stage is empty.
fn group_field(group: Option<&Named>) -> &str {
    group.map_or("", |group| group.id.as_str())
}

fn filled(id: Id) -> Option<Id> {
    Some(id).filter(|id| !id.as_str().is_empty())
}
