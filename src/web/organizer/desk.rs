//! The one door to a contest's organizer pages, and the frame they share.

use axum::{
    extract::{FromRef, FromRequestParts, Query, RawPathParams},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use serde::Deserialize;

use crate::{
    app::{self, Actor, App, Ask, Receipt},
    rules::{
        command::Command,
        definition::{self, Definition, model::Titled},
        ledger::entry::{Digest, Phase, Role},
        names::{ContestId, PersonId},
        season,
        view::{self, Organizer},
    },
    web::{
        Error, Page, Result, Who,
        partials::{self, Tab, Tone},
        second::Seconded,
    },
    words::Language,
};

/// An organizer of this contest, or an administrator, at work; with the contest as organizers see it.
pub(in crate::web) struct Desk {
    pub(in crate::web) app: App,
    pub(in crate::web) contest: ContestId,
    pub(in crate::web) actor: Actor,
    pub(in crate::web) view: Organizer,
    pub(in crate::web) page: Page,
    /// Pages of ladders are of no use without one.
    pub(in crate::web) ladders: Vec<Titled>,
    /// Whether units are judged by indicators.
    labor: bool,
    /// Whether works are handed in.
    collects: bool,
    /// As are those of sources.
    is_season: bool,
    said: Said,
}

/// What an action that led here did: a key and a count.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Said {
    said: String,
    count: u32,
}

/// The pages of a contest, in the order of the work.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Place {
    Next,
    Definition,
    Units,
    Entrants,
    Lots,
    People,
    Stages,
    /// Only where there are papers.
    Bank,
    /// The same.
    Papers,
    Print,
    Awards,
    /// Only where other contests are sources.
    Season,
    /// Only where there are ladders.
    Ladders,
    Rewards,
    /// Only where there are indicators.
    Figures,
    Vetoes,
    /// Only where works are handed in.
    Collections,
    Trail,
}

impl<S> FromRequestParts<S> for Desk
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let app = App::from_ref(state);
        let who = Who::from_request_parts(parts, state).await?;
        let page = Page::from_request_parts(parts, state).await?;
        let path = RawPathParams::from_request_parts(parts, state).await.map_err(|_| Error::NotFound)?;
        let contest = path.iter().find(|(name, _)| *name == "contest").ok_or(Error::NotFound)?.1;
        let contest = ContestId::new(contest);
        let actor = who.actor(&contest)?;
        let look = |state: &_| {
            let organizes = view::roles(state, &actor.person).contains(&Role::Organizer);
            let definition = view::adopted(state).map(|(_, definition)| definition);
            let labor = definition.as_ref().is_some_and(|definition| !definition.indicators.is_empty());
            let collects = definition.is_some_and(|definition| !definition.collections.is_empty());
            (actor.administrator || organizes).then(|| (view::organizer(state), labor, collects))
        };
        let (view, labor, collects) = app.read(&contest, look).await?.ok_or(Error::Forbidden)?;
        let ladders = app.ladders(&contest).await?;
        let is_season = app.read(&contest, |state| season::rules_of(state).is_some()).await?;
        let said = Query::<Said>::try_from_uri(&parts.uri).map(|Query(said)| said).unwrap_or_default();
        Ok(Self { app, contest, actor, view, page, ladders, labor, collects, is_season, said })
    }
}

impl Desk {
    pub(in crate::web) fn lang(&self) -> Language {
        self.page.lang
    }

    pub(in crate::web) fn say(&self, key: &str) -> String {
        self.page.say(key).into_owned()
    }

    pub(in crate::web) fn count(&self, key: &str, count: usize) -> String {
        self.lang().say_with(key, &[("count", count.into())]).into_owned()
    }

    /// Does it, and waits until this node shows it.
    pub(in crate::web) async fn act(&self, command: Command) -> Result<Receipt> {
        let receipt = self.app.act(&self.contest, &self.actor, command).await?;
        self.shown(receipt).await
    }

    /// As [`Desk::act`], with the text of the reason beside it.
    pub(in crate::web) async fn act_because(
        &self,
        reason: &str,
        command: impl FnOnce(Digest) -> Command,
    ) -> Result<Receipt> {
        let (reason, note) = self.app.note(reason)?;
        let ask = Ask::new(self.actor.clone(), command(reason)).with(note);
        let receipt = self.app.ask(&self.contest, ask).await?;
        self.shown(receipt).await
    }

    /// Who agreed; nobody where nothing was typed. Whether somebody must is decided with the act.
    pub(in crate::web) async fn agreed(&self, second: &Seconded) -> app::Result<Option<PersonId>> {
        let Some(proof) = second.proof() else { return Ok(None) };
        self.app.second_person(&self.contest, &self.actor, Some(&proof)).await.map(Some)
    }

    pub(in crate::web) async fn shown(&self, receipt: Receipt) -> Result<Receipt> {
        self.app.wait_for(&self.contest, receipt.version).await?;
        Ok(receipt)
    }

    /// The rules that the contest has adopted.
    pub(in crate::web) fn definition(&self) -> Option<Definition> {
        definition::read(&self.view.definition.as_ref()?.text).definition
    }

    /// The address of a page of this contest.
    pub(in crate::web) fn at(&self, place: Place) -> String {
        let base = format!("/organizer/{}", self.contest);
        match place.path() {
            "" => base,
            path => format!("{base}/{path}"),
        }
    }

    /// On to a page that says what was done: `said` names the sentence `organizer-said-…`.
    pub(in crate::web) fn done(&self, place: Place, said: &str, count: usize) -> Response {
        Redirect::to(&format!("{}?said={said}&count={count}", self.at(place))).into_response()
    }

    /// A whole page.
    pub(in crate::web) fn show(self, place: Place, body: &Markup) -> Markup {
        let title = format!("{} · {}", self.say(place.title()), self.view.heading.title);
        let body = html! {
            p.over { a href="/organizer" { (self.say("shell-organize")) } }
            div.row.between {
                h1 { (self.view.heading.title) }
                (phase_pill(&self.page, self.view.heading.phase))
            }
            (self.tabs(place))
            (self.said_notice())
            (body)
        };
        self.page.style("organizer.css").wide().show(&title, &body)
    }

    /// A page that says what is wrong with what was sent.
    pub(in crate::web) fn wrong(self, place: Place, body: &Markup) -> Response {
        (StatusCode::UNPROCESSABLE_ENTITY, self.show(place, body)).into_response()
    }

    fn said_notice(&self) -> Markup {
        let key = format!("organizer-said-{}", self.said.said);
        let sentence = self.lang().say_with(&key, &[("count", self.said.count.into())]);
        html! {
            // What is not a sentence of ours comes back as the key.
            @if !self.said.said.is_empty() && sentence != key {
                (partials::notice(Tone::Good, &html! {
                    p { (sentence) }
                    // The public still sees what was published before.
                    @if self.said.said.ends_with("-again") { p { a href=(self.at(Place::Figures)) { (self.say("organizer-figures")) } } }
                }))
            }
        }
    }

    fn tabs(&self, current: Place) -> Markup {
        let of_ladders = |place: &Place| matches!(place, Place::Ladders | Place::Rewards);
        let shown = |place: &Place| match place {
            Place::Bank | Place::Papers => !self.view.papers.is_empty() || current == *place,
            Place::Figures | Place::Vetoes => self.labor,
            Place::Collections => self.collects,
            // Indicators have no judges, and nobody draws.
            Place::Lots if self.labor && self.view.stages.is_empty() => current == *place,
            Place::Season => self.is_season,
            place => !self.ladders.is_empty() || !of_ladders(place),
        };
        let places: Vec<Place> = Place::ALL.into_iter().filter(shown).collect();
        let titles: Vec<String> = places.iter().map(|place| self.say(place.title())).collect();
        let tabs: Vec<Tab<'_>> = places
            .into_iter()
            .zip(&titles)
            .map(|(place, title)| Tab { href: self.at(place), title, current: place == current, count: None })
            .collect();
        partials::tabs(&self.say("organizer-pages"), &tabs)
    }
}

impl Place {
    const ALL: [Place; 18] = [
        Place::Next,
        Place::Definition,
        Place::Units,
        Place::Entrants,
        Place::Lots,
        Place::People,
        Place::Stages,
        Place::Bank,
        Place::Papers,
        Place::Print,
        Place::Awards,
        Place::Season,
        Place::Ladders,
        Place::Rewards,
        Place::Figures,
        Place::Vetoes,
        Place::Collections,
        Place::Trail,
    ];

    fn path(self) -> &'static str {
        match self {
            Place::Next => "",
            Place::Definition => "definition",
            Place::Units => "units",
            Place::Entrants => "entrants",
            Place::Lots => "lots",
            Place::People => "people",
            Place::Stages => "stages",
            Place::Bank => "bank",
            Place::Papers => "papers",
            Place::Print => "print",
            Place::Awards => "awards",
            Place::Season => "season",
            Place::Ladders => "ladders",
            Place::Rewards => "rewards",
            Place::Figures => "figures",
            Place::Vetoes => "vetoes",
            Place::Collections => "collections",
            Place::Trail => "trail",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Place::Next => "organizer-next",
            Place::Definition => "organizer-definition",
            Place::Units => "organizer-units",
            Place::Entrants => "organizer-entrants",
            Place::Lots => "organizer-lots",
            Place::People => "organizer-people",
            Place::Stages => "organizer-stages",
            Place::Bank => "bank-title",
            Place::Papers => "papers-title",
            Place::Print => "organizer-print",
            Place::Awards => "organizer-awards",
            Place::Season => "season-title",
            Place::Ladders => "organizer-ladders",
            Place::Rewards => "organizer-rewards",
            Place::Figures => "organizer-figures",
            Place::Vetoes => "organizer-vetoes",
            Place::Collections => "collections-title",
            Place::Trail => "organizer-trail",
        }
    }
}

pub(super) fn phase_pill(page: &Page, phase: Phase) -> Markup {
    let (key, tone) = match phase {
        Phase::Draft => ("organizer-phase-draft", Tone::Plain),
        Phase::Running => ("organizer-phase-running", Tone::Live),
        Phase::Sealed => ("organizer-phase-sealed", Tone::Wait),
        Phase::Announced => ("organizer-phase-announced", Tone::Good),
        Phase::Notice => ("organizer-phase-notice", Tone::Wait),
        Phase::Final => ("organizer-phase-final", Tone::Good),
    };
    partials::pill(&page.say(key), tone)
}
