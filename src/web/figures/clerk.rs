//! The door to the pages of figures: who comes in, and whose figures they may write.

use std::{collections::HashMap, sync::Arc};

use axum::{
    extract::{FromRef, FromRequestParts, Query, RawPathParams},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use serde::Deserialize;

use crate::{
    app::{Actor, App, Ask, Beside, Receipt, State},
    rules::{
        command::Command,
        definition::Definition,
        indicators::{self, FigureSlot},
        ledger::entry::{Digest, Role},
        names::{ContestId, EntrantId, Id, UnitPath},
        view::{self, Heading},
    },
    web::{
        Error, Page, Result, Who,
        partials::{self, Tone},
    },
};

/// Somebody who writes figures, or signs them.
pub(in crate::web) struct Clerk {
    pub(in crate::web) app: App,
    pub(in crate::web) contest: ContestId,
    pub(in crate::web) actor: Actor,
    pub(in crate::web) page: Page,
    pub(in crate::web) heading: Heading,
    pub(in crate::web) definition: Arc<Definition>,
    pub(in crate::web) may: May,
    pub(in crate::web) names: HashMap<EntrantId, String>,
    said: Said,
}

/// What somebody may do with figures.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct May {
    pub(in crate::web) organizer: bool,
    pub(in crate::web) leading: bool,
    /// Indicators of one's own department; of an organizer none, who may all.
    pub(in crate::web) owned: Vec<Id>,
    /// A liaison's branch.
    branch: Option<UnitPath>,
    /// A unit's own device.
    own: Option<EntrantId>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Said {
    said: String,
    count: u32,
}

impl<S> FromRequestParts<S> for Clerk
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
        let look = |state: &State| Some((May::of(state, &actor), view::heading(state), view::adopted(state)?.1));
        let (may, heading, definition) = app.read(&contest, look).await?.ok_or(Error::NotFound)?;
        if definition.indicators.is_empty() {
            return Err(Error::NotFound);
        }
        if !may.anything() {
            return Err(Error::Forbidden);
        }
        let names = names_of(&app, &contest).await?;
        let said = Query::<Said>::try_from_uri(&parts.uri).map(|Query(said)| said).unwrap_or_default();
        Ok(Self { app, contest, actor, page, heading, definition, may, names, said })
    }
}

/// Units by name; figures have no blind phase.
pub(in crate::web) async fn names_of(app: &App, contest: &ContestId) -> Result<HashMap<EntrantId, String>> {
    let names = app.entrant_names(contest).await?;
    Ok(names.into_iter().map(|name| (name.entrant, name.name)).collect())
}

/// Whether whoever looks may see this figure with names, files and all that is not published.
pub(in crate::web) async fn may_read(page: &Page, app: &App, contest: &ContestId, slot: &FigureSlot) -> Result<bool> {
    let Some(actor) = page.visitor.clone().and_then(|visitor| Who(visitor).actor(contest).ok()) else {
        return Ok(false);
    };
    Ok(app.read(contest, |state| May::of(state, &actor).reads(state, slot)).await?)
}

impl May {
    fn of(state: &State, actor: &Actor) -> Self {
        let roles = view::roles(state, &actor.person);
        let owned = roles.iter().filter_map(|role| match role {
            Role::IndicatorOwner { indicator } => Some(indicator.clone()),
            _ => None,
        });
        Self {
            organizer: actor.administrator || roles.contains(&Role::Organizer),
            leading: roles.contains(&Role::LeadingGroup),
            owned: owned.collect(),
            branch: view::unit_of_person(state, &actor.person).filter(|_| roles.contains(&Role::Liaison)),
            own: actor.entrant.clone(),
        }
    }

    fn anything(&self) -> bool {
        self.organizer || self.leading || self.writes_something()
    }

    /// Whether there is a grid to fill.
    pub(super) fn writes_something(&self) -> bool {
        self.organizer || !self.owned.is_empty() || self.branch.is_some() || self.own.is_some()
    }

    /// The department's part: checks, sends back, revises.
    pub(in crate::web) fn checks(&self, indicator: &Id) -> bool {
        self.organizer || self.owned.contains(indicator)
    }

    pub(super) fn checks_something(&self) -> bool {
        self.organizer || !self.owned.is_empty()
    }

    /// Whether these figures are this one's to look at and to report.
    pub(super) fn writes(&self, state: &State, indicator: &Id, entrant: &EntrantId) -> bool {
        let unit = || view::unit_of(state, entrant);
        let within = |branch: &UnitPath| unit().is_some_and(|unit| unit.is_within(branch));
        self.checks(indicator) || self.own.as_ref() == Some(entrant) || self.branch.as_ref().is_some_and(within)
    }

    /// The leading group reads everything that it signs.
    pub(super) fn reads(&self, state: &State, slot: &FigureSlot) -> bool {
        self.leading || self.writes(state, &slot.indicator, &slot.entrant)
    }
}

impl Clerk {
    pub(in crate::web) fn say(&self, key: &str) -> String {
        self.page.say(key).into_owned()
    }

    pub(in crate::web) fn count(&self, key: &str, count: usize) -> String {
        self.page.lang.say_with(key, &[("count", count.into())]).into_owned()
    }

    pub(in crate::web) fn name<'c>(&'c self, entrant: &'c EntrantId) -> &'c str {
        self.names.get(entrant).map_or(entrant.as_str(), String::as_str)
    }

    /// Where a group stands in the definition, and what it is called.
    pub(in crate::web) fn group(&self, id: &Id) -> (usize, String) {
        let groups = &self.definition.groups;
        let at = groups.iter().position(|group| group.id == *id).unwrap_or(groups.len());
        (at, groups.get(at).map_or_else(|| id.to_string(), |group| group.title.clone()))
    }

    pub(in crate::web) fn rules(&self) -> &indicators::Rules {
        &self.definition.indicators
    }

    pub(in crate::web) fn period(&self, id: &Id) -> Result<&indicators::rules::Period> {
        self.rules().period(id).ok_or(Error::NotFound)
    }

    pub(in crate::web) fn base(&self) -> String {
        format!("/figures/{}", self.contest)
    }

    pub(in crate::web) async fn read<T>(&self, look: impl FnOnce(&State) -> T) -> Result<T> {
        Ok(self.app.read(&self.contest, look).await?)
    }

    /// Does it with these rows beside it, and waits until this node shows it.
    pub(in crate::web) async fn act(&self, command: Command, beside: Vec<Beside>) -> Result<Receipt> {
        let ask = Ask::new(self.actor.clone(), command);
        let ask = beside.into_iter().fold(ask, Ask::with);
        let receipt = self.app.ask(&self.contest, ask).await?;
        self.app.wait_for(&self.contest, receipt.version).await?;
        Ok(receipt)
    }

    /// The texts behind digests; what was erased is left out.
    pub(in crate::web) async fn texts(&self, digests: &[&Digest]) -> Result<HashMap<Digest, String>> {
        Ok(self.app.note_texts(digests).await?)
    }

    /// On to a page that says what was done: `said` names the sentence `figures-said-…`.
    pub(in crate::web) fn done(path: &str, said: &str, count: usize) -> Response {
        let mark = if path.contains('?') { '&' } else { '?' };
        Redirect::to(&format!("{path}{mark}said={said}&count={count}")).into_response()
    }

    pub(in crate::web) fn show(self, title: &str, body: &Markup) -> Markup {
        let key = format!("figures-said-{}", self.said.said);
        let said = self.page.lang.say_with(&key, &[("count", self.said.count.into())]).into_owned();
        let shown = html! {
            p.over {
                a href=(self.base()) { (self.heading.title) }
                @if self.may.organizer {
                    " · " a href={ "/organizer/" (self.contest) "/figures" } { (self.say("figures-office")) }
                }
            }
            h1 { (title) }
            // What is not a sentence of ours comes back as the key.
            @if !self.said.said.is_empty() && said != key { (partials::notice(Tone::Good, &html! { p { (said) } })) }
            (body)
        };
        let whole = format!("{title} · {}", self.heading.title);
        self.page.style("organizer.css").style("figures.css").wide().show(&whole, &shown)
    }

    pub(in crate::web) fn wrong(self, title: &str, body: &Markup) -> Response {
        (StatusCode::UNPROCESSABLE_ENTITY, self.show(title, body)).into_response()
    }
}
