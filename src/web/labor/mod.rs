//! What everybody sees of a labor competition beside its board: each published period with the points of each indicator,
//! honours and who held them, each unit's way through the periods. Complete without script.
//!
//! Those who write figures have [`super::figures`].

mod chart;
mod overview;
mod period;
mod unit;

use axum::Router;
use maud::{Markup, html};

use super::{Error, Page, Result, Web};
use crate::{
    app::{App, called::Called},
    rules::{
        indicators::{self, Place, Published, PublishedPeriod},
        ledger::indicator::PublishedRow,
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
    Router::new().merge(overview::routes()).merge(period::routes()).merge(unit::routes())
}

/// The way from the board to the periods, where there are any.
pub(super) async fn link(app: &App, lang: Language, contest: &ContestId) -> Result<Markup> {
    let is_labor = match app.read(contest, |state| indicators::published(state, &Audience::Public).is_some()).await {
        // Whoever shows a board of elsewhere has no periods here.
        Err(crate::app::Error::NotFound) => false,
        is_labor => is_labor?,
    };
    Ok(html! {
        @if is_labor { p { a.button href={ "/contests/" (contest) "/periods" } { (lang.say("labor-see")) } } }
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
}

impl<'l> Labor<'l> {
    /// A contest without indicators has no such page.
    async fn of(page: &'l Page, app: &App, contest: &'l ContestId) -> Result<Self> {
        let (mut seen, called) = app.labor(contest, &Audience::Public).await?.ok_or(Error::NotFound)?;
        let (heading, groups) = app.read(contest, |state| (view::heading(state), view::groups(state))).await?;
        // Groups as the definition lists them.
        let place = |group: Option<&Id>| groups.iter().position(|one| Some(&one.id) == group);
        seen.held.sort_by_key(|held| place(held.group.as_ref()));
        for period in &mut seen.periods {
            period.rows.sort_by_key(|row| place(row.group.as_ref()));
        }
        Ok(Self { page, contest, zone: Zone::of(&heading), heading, groups, seen, called })
    }

    fn name(&self, entrant: &EntrantId) -> String {
        super::board::rows::label(self.page.lang, &self.called.who(entrant))
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
