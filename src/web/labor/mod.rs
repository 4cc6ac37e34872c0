//! What everybody sees of a labor competition beside its board: each published period with the points of each indicator,
//! honours and who held them, each unit's way through the periods. Complete without script.
//!
//! Those who write figures have [`super::figures`].

mod chart;
mod figure;
mod overview;
mod period;
mod total;
mod unit;

use std::collections::HashMap;

use axum::Router;
use maud::{Markup, html};

use super::{Error, Page, Result, Web};
use crate::{
    app::{App, called::Called},
    rules::{
        indicators::{self, Place, Published, PublishedPeriod, rules::Period},
        ledger::{entry::Digest, indicator::PublishedRow},
        names::{ContestId, EntrantId, Id},
        view::{self, Audience, Heading, Named},
    },
    web::{
        organizer::Zone,
        partials::{Tone, empty, notice, pill},
    },
    words::Language,
};

pub(super) fn routes() -> Router<Web> {
    Router::new().merge(overview::routes()).merge(period::routes()).merge(unit::routes()).merge(figure::routes())
}

/// The way from the board to the periods, where there are any.
pub(super) async fn link(app: &App, lang: Language, contest: &ContestId) -> Result<Markup> {
    let seen = match app.read(contest, |state| indicators::published(state, &Audience::Public)).await {
        // Whoever shows a board of elsewhere has no periods here.
        Err(crate::app::Error::NotFound) => None,
        seen => seen?,
    };
    let is_labor = seen.is_some();
    let covers =
        html! { @if let Some(covered) = seen.and_then(|seen| covers(lang, &seen)) { p.quiet-text { (covered) } } };
    Ok(html! {
        @if is_labor { (covers) p { a.button href={ "/contests/" (contest) "/periods" } { (lang.say("labor-see")) } } }
    })
}

/// Over which periods points were added up; `None` before one of them is published.
fn covers(lang: Language, seen: &Published) -> Option<String> {
    let titles: Vec<&str> = seen.periods.iter().map(|one| one.period.title.as_str()).collect();
    let periods = Some(titles.join(lang.comma())).filter(|titles| !titles.is_empty())?;
    Some(lang.say_with("labor-covers", &[("periods", periods.into())]).into_owned())
}

/// Where a row of its board leads: the unit's page, or all periods while nothing of the unit is published. There are no
/// stages and judges to explain.
pub(super) async fn way(app: &App, contest: &ContestId, unit: Option<&EntrantId>) -> Result<String> {
    let published = app.read(contest, |state| indicators::published(state, &Audience::Public)).await?;
    let is_there =
        |unit: &&EntrantId| published.iter().flat_map(|seen| &seen.periods).any(|one| one.row(unit).is_some());
    Ok(match unit.filter(is_there) {
        Some(unit) => format!("/contests/{contest}/units/{}", super::error::percent(unit.as_str())),
        None => format!("/contests/{contest}/periods"),
    })
}

/// A unit's own way through the periods, where one of them is published.
pub(super) async fn own(page: &Page, app: &App, contest: &ContestId, entrant: &EntrantId) -> Result<Markup> {
    let look = |state: &_| indicators::published(state, &Audience::Public);
    let seen = match app.read(contest, look).await {
        Err(crate::app::Error::NotFound) => None,
        seen => seen?,
    };
    let is_there = seen.is_some_and(|seen| seen.periods.iter().any(|period| period.row(entrant).is_some()));
    let address = format!("/contests/{contest}/units/{}", super::error::percent(entrant.as_str()));
    Ok(html! {
        @if is_there {
            section.card { h2 { (page.say("labor-way")) } p { a.button href=(address) { (page.say("labor-own")) } } }
        }
    })
}

/// What the pages need.
struct Labor<'l> {
    page: &'l Page,
    contest: &'l ContestId,
    heading: Heading,
    zone: Zone,
    groups: Vec<Named>,
    seen: Published,
    called: Called,
    /// Of documents and earlier names.
    texts: HashMap<Digest, String>,
}

impl<'l> Labor<'l> {
    /// A contest without indicators has no such page.
    async fn of(page: &'l Page, app: &App, contest: &'l ContestId) -> Result<Self> {
        let (mut seen, called, texts) = app.labor(contest, &Audience::Public).await?.ok_or(Error::NotFound)?;
        let (heading, groups) = app.read(contest, |state| (view::heading(state), view::groups(state))).await?;
        // Groups as the definition lists them.
        let place = |group: Option<&Id>| groups.iter().position(|one| Some(&one.id) == group);
        seen.held.sort_by_key(|held| place(held.group.as_ref()));
        for period in &mut seen.periods {
            period.rows.sort_by_key(|row| place(row.group.as_ref()));
        }
        Ok(Self { page, contest, zone: Zone::of(&heading), heading, groups, seen, called, texts })
    }

    fn name(&self, entrant: &EntrantId) -> String {
        super::board::rows::label(self.page.lang, &self.called.who(entrant))
    }

    /// As it was called when the period ended.
    fn name_in(&self, entrant: &EntrantId, period: &Period) -> String {
        let was = self.seen.called_in(entrant, period).and_then(|was| self.texts.get(was));
        match was.filter(|_| self.called.who(entrant).name.is_some()) {
            Some(was) => was.clone(),
            None => self.name(entrant),
        }
    }

    fn at(&self) -> String {
        format!("/contests/{}/periods", self.contest)
    }

    fn at_period(&self, period: &Id) -> String {
        format!("{}/{}", self.at(), super::error::percent(period.as_str()))
    }

    fn at_unit(&self, entrant: &EntrantId) -> String {
        format!("/contests/{}/units/{}", self.contest, super::error::percent(entrant.as_str()))
    }

    fn at_figures(&self, entrant: &EntrantId, period: &Id) -> String {
        format!("{}/{}", self.at_unit(entrant), super::error::percent(period.as_str()))
    }

    /// Points as they were published; they lead to what stands behind them.
    fn points(&self, row: &PublishedRow, period: &Id, indicator: &Id) -> Markup {
        html! {
            a href={ (self.at_figures(&row.entrant, period)) "#" (indicator) } {
                @if let Some(points) = row.points.get(indicator) { (points) } @else { "–" }
            }
        }
    }

    /// What may still move in a period.
    fn provisional(&self, period: &PublishedPeriod) -> Markup {
        let title = |id: &Id| self.seen.indicators.iter().find(|one| one.id == *id).map(|one| one.title.clone());
        super::figures::provisional(self.page, &period.provisional.iter().filter_map(title).collect::<Vec<_>>())
    }

    fn group(&self, group: Option<&Id>) -> Option<&str> {
        self.groups.iter().find(|one| Some(&one.id) == group).map(|one| one.title.as_str())
    }

    /// A rank, or why there is none.
    fn place(&self, place: &Place) -> Markup {
        let (key, tone) = match place {
            Place::Ranked(rank) => return html! { (rank) },
            Place::Vetoed => ("board-status-vetoed", Tone::Bad),
            Place::Missing => ("labor-place-missing", Tone::Warn),
            Place::NothingApplies => ("labor-place-nothing", Tone::Plain),
            Place::Withdrawn => ("board-status-withdrawn", Tone::Plain),
            Place::Overflow => ("board-status-failed", Tone::Warn),
        };
        pill(&self.page.say(key), tone)
    }

    /// Beside a unit that is ranked although a veto took points of it.
    fn veto_mark(&self, period: &PublishedPeriod, row: &PublishedRow) -> Markup {
        let is_told = row.place == Place::Vetoed || !period.vetoed.contains(&row.entrant);
        html! { @if !is_told { " " (pill(&self.page.say("board-status-vetoed"), Tone::Bad)) } }
    }

    /// Names and hints of a frozen or hidden board.
    fn notices(&self) -> Markup {
        html! {
            @if let Some(since) = self.seen.frozen_since {
                (notice(Tone::Bad, &html! { p { (self.said("labor-frozen", "since", &self.zone.minute(since))) } }))
            }
            @if self.seen.shows == view::Shows::Nothing {
                (empty(&self.page.say("board-hidden-title"), &html! { p { (self.page.say("board-hidden")) } }))
            } @else if self.seen.periods.is_empty() {
                (empty(&self.page.say("labor-nothing-title"), &html! { p { (self.page.say("labor-nothing")) } }))
            }
        }
    }

    fn said(&self, key: &str, name: &'static str, value: &str) -> String {
        self.page.lang.say_with(key, &[(name, value.into())]).into_owned()
    }

    fn published(&self, period: &PublishedPeriod) -> String {
        let first = self.said("labor-published", "at", &self.zone.minute(period.at));
        match period.again.last() {
            Some(again) => format!("{first} {}", self.said("labor-published-again", "at", &self.zone.minute(*again))),
            None => first,
        }
    }
}

/// A score as it was published.
fn score(row: &PublishedRow) -> String {
    row.score.map_or_else(|| "–".to_owned(), |score| score.to_string())
}
