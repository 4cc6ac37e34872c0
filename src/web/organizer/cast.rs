//! How an organizer's pages call people, entrants and the things of the definition.
//!
//! Names of entrants stand beside results only from when identities are open, or where the definition shows names
//! from the start; before that an entrant is a draw number.

use std::collections::HashMap;

use super::{desk::Desk, moments::Zone};
use crate::{
    rules::{
        definition::model::{AspectKind, BoardShows, Definition},
        ledger::{Instant, entry::Role},
        names::{EntrantId, Id, PersonId},
    },
    web::Result,
    words::{Language, trail},
};

pub(super) struct Cast {
    language: Language,
    pub(super) zone: Zone,
    people: HashMap<PersonId, String>,
    names: HashMap<EntrantId, String>,
    numbers: HashMap<EntrantId, u32>,
    titles: HashMap<Id, String>,
    /// Names of entrants may stand beside results.
    pub(super) named: bool,
}

impl Cast {
    /// With the names of these people.
    pub(super) async fn of(desk: &Desk, mut ids: Vec<PersonId>) -> Result<Self> {
        ids.sort();
        ids.dedup();
        let people = desk.app.people(&ids).await?.into_iter().map(|person| (person.id, person.name)).collect();
        let definition = desk.definition();
        let shown = definition.as_ref().is_some_and(|definition| definition.board.shows == BoardShows::Names);
        let named = desk.view.identities_open || shown;
        let names = if named { desk.app.entrant_names(&desk.contest).await? } else { Vec::new() };
        let mut titles = definition.as_ref().map(titles).unwrap_or_default();
        if !desk.ladders.is_empty() {
            // A certificate of a ladder names its reward by a key.
            let owed = desk.app.ladder_rewards(&desk.contest).await?.0;
            titles.extend(owed.iter().map(|one| (one.key(), format!("{} · {}", one.title, one.ladder.title))));
        }
        let numbers = desk.view.entrants.iter().filter_map(|line| Some((line.entrant.clone(), line.number?)));
        Ok(Self {
            language: desk.lang(),
            zone: Zone::of(&desk.view.heading),
            people,
            names: names.into_iter().map(|name| (name.entrant, name.name)).collect(),
            numbers: numbers.collect(),
            titles,
            named,
        })
    }

    /// Empty while names are closed, and for one who was erased.
    pub(super) fn name(&self, entrant: &EntrantId) -> &str {
        self.names.get(entrant).map_or("", String::as_str)
    }

    pub(super) fn number(&self, entrant: &EntrantId) -> Option<u32> {
        self.numbers.get(entrant).copied()
    }

    pub(super) fn role(&self, role: &Role) -> String {
        trail::role(self.language, role, self)
    }
}

impl trail::Cast for Cast {
    fn person(&self, person: &PersonId) -> String {
        self.people.get(person).cloned().unwrap_or_else(|| person.to_string())
    }

    fn entrant(&self, entrant: &EntrantId) -> String {
        let number = self
            .number(entrant)
            .map(|number| self.language.say_with("board-number", &[("number", number.into())]).into_owned());
        match (number, self.name(entrant)) {
            (Some(number), "") => number,
            (Some(number), name) => format!("{number} {name}"),
            (None, "") => entrant.to_string(),
            (None, name) => format!("{entrant} {name}"),
        }
    }

    fn who(&self, text: &str) -> String {
        let entrant = EntrantId::new(text);
        let known = self.numbers.contains_key(&entrant) || self.names.contains_key(&entrant);
        if known { self.entrant(&entrant) } else { text.to_owned() }
    }

    fn title(&self, id: &Id) -> String {
        self.titles.get(id).cloned().unwrap_or_else(|| id.to_string())
    }

    fn moment(&self, at: Instant) -> String {
        self.zone.minute(at)
    }
}

/// Everything that has a title. An id that stands for things of two stages keeps the first title; both are rare.
fn titles(definition: &Definition) -> HashMap<Id, String> {
    let mut titles = HashMap::new();
    let mut put = |id: &Id, title: &str| {
        titles.entry(id.clone()).or_insert_with(|| title.to_owned());
    };
    for titled in definition.events.iter().chain(&definition.groups) {
        put(&titled.id, &titled.title);
    }
    for stage in &definition.stages {
        put(&stage.id, &stage.title);
        stage.panels.iter().for_each(|panel| put(&panel.id, &panel.title));
        stage.pieces.iter().for_each(|piece| put(&piece.id, &piece.title));
        for aspect in &stage.aspects {
            put(&aspect.id, &aspect.title);
            if let AspectKind::Measurement { values, .. } = &aspect.kind {
                for value in values {
                    put(&value.id, &value.title);
                }
            }
        }
        stage.violations.iter().for_each(|violation| put(&violation.id, &violation.title));
    }
    definition.awards.iter().for_each(|award| put(&award.id, &award.title));
    for collection in &definition.collections {
        put(&collection.id, &collection.title);
        collection.grades.iter().for_each(|grade| put(&grade.id, &grade.title));
    }
    definition.papers.iter().for_each(|paper| put(&paper.id, &paper.title));
    definition.ladders.iter().for_each(|ladder| put(&ladder.id, &ladder.title));
    let labor = &definition.indicators;
    labor.periods.iter().for_each(|period| put(&period.id, &period.title));
    labor.indicators.iter().for_each(|indicator| put(&indicator.id, &indicator.title));
    titles
}
