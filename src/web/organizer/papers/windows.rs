//! Windows of one's own (个人时段): when somebody on shift or on leave may sit a paper beside everybody's windows.

use axum::{
    Router,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::OfPaper;
use crate::{
    rules::{
        command::Command,
        ledger::Instant,
        names::EntrantId,
        papers::{self, Act, Granted},
    },
    web::{
        Result, Web,
        form::Posted,
        organizer::{
            desk::Place,
            entrants::{self, Names},
            moments::Zone,
        },
        partials::{self, Column, Field, Look, Tone},
    },
};

const ROWS_SHOWN: usize = 500;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/organizer/{contest}/papers/{paper}/windows", get(show).post(grant))
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    entrant: String,
    /// `2026-05-01T14:30`, by the contest's clocks.
    from: String,
    until: String,
    reason: String,
}

/// What is wrong, by field; a sentence of the bundle each.
#[derive(Default)]
struct Wrong {
    entrant: Option<&'static str>,
    from: Option<&'static str>,
    until: Option<&'static str>,
    reason: Option<&'static str>,
}

impl Wrong {
    fn any(&self) -> bool {
        [self.entrant, self.from, self.until, self.reason].iter().any(Option::is_some)
    }
}

async fn show(of: OfPaper) -> Result<Markup> {
    let body = page(&of, &Wish::default(), &Wrong::default()).await?;
    Ok(of.show(&body))
}

async fn grant(of: OfPaper, Posted(wish): Posted<Wish>) -> Result<Response> {
    let desk = &of.desk;
    let zone = Zone::of(&desk.view.heading);
    let entrant = sought(&of, wish.entrant.trim());
    let (from, until) = (zone.read_minute(&wish.from), zone.read_minute(&wish.until));
    let wrong = Wrong {
        entrant: entrant.is_none().then_some("windows-nobody"),
        from: from.is_none().then_some("windows-no-time"),
        until: match (from, until) {
            (_, None) => Some("windows-no-time"),
            (Some(from), Some(until)) if until <= from => Some("windows-backwards"),
            _ => None,
        },
        reason: wish.reason.trim().is_empty().then_some("bank-mend-reason-missing"),
    };
    let (Some(entrant), Some(from), Some(until), false) = (entrant, from, until, wrong.any()) else {
        let body = page(&of, &wish, &wrong).await?;
        return Ok(of.desk.wrong(Place::Papers, &body));
    };
    let paper = of.rules.id.clone();
    let act = |reason| Command::Paper(Act::GrantWindow { of: paper, entrant, from, until, reason });
    desk.act_because(&wish.reason, act).await?;
    Ok(Redirect::to(&format!("{}?said=window-granted&count=1", of.at("windows"))).into_response())
}

/// By the number of the list, or by the draw number.
fn sought(of: &OfPaper, text: &str) -> Option<EntrantId> {
    let lines = || of.desk.view.entrants.iter();
    let by_id = lines().find(|line| line.entrant.as_str() == text);
    let by_lot = || text.parse::<u32>().ok().and_then(|number| lines().find(|line| line.number == Some(number)));
    by_id.or_else(by_lot).map(|line| line.entrant.clone())
}

async fn page(of: &OfPaper, wish: &Wish, wrong: &Wrong) -> Result<Markup> {
    let desk = &of.desk;
    let granted = desk.app.read(&desk.contest, |state| papers::granted(state, &of.rules.id)).await?;
    let names = entrants::names(desk).await?;
    Ok(html! {
        (of.head("papers-windows"))
        p { (desk.say("windows-about")) }
        @if of.rules.windows.is_empty() {
            (partials::notice(Tone::Plain, &html! { p { (desk.say("windows-none-needed")) } }))
        } @else {
            @if wrong.any() { (partials::notice(Tone::Bad, &html! { p { (desk.say("windows-wrong")) } })) }
            (form(of, wish, wrong))
        }
        @if !granted.is_empty() { (list(of, &names, &granted)) }
    })
}

fn form(of: &OfPaper, wish: &Wish, wrong: &Wrong) -> Markup {
    let desk = &of.desk;
    let said = |key: Option<&'static str>| key.map(|key| desk.say(key));
    let moment = |name: &str, key: &str, value: &str, wrong: Option<String>| {
        let id = format!("window-{name}");
        html! {
            div.field {
                label for=(id) { (desk.say(key)) span.required aria-hidden="true" { " *" } }
                input type="datetime-local" id=(id) name=(name) value=(value) required aria-invalid=[wrong.as_ref().map(|_| "true")];
                @if let Some(wrong) = wrong { p { strong.error { (wrong) } } }
            }
        }
    };
    html! {
        form.card method="post" action=(of.at("windows")) {
            h3 { (desk.say("windows-grant")) }
            (Field::text("entrant", &desk.say("column-entrant")).value(&wish.entrant).error(said(wrong.entrant).as_deref()).required())
            div.columns {
                (moment("from", "windows-from", &wish.from, said(wrong.from)))
                (moment("until", "windows-until", &wish.until, said(wrong.until)))
            }
            (Field::area("reason", &desk.say("bank-mend-reason")).value(&wish.reason).error(said(wrong.reason).as_deref())
                .hint(&desk.say("windows-reason-hint")).required())
            (partials::button(&desk.say("windows-grant-do"), Look::Primary))
        }
    }
}

fn list(of: &OfPaper, names: &Names, granted: &[Granted]) -> Markup {
    let desk = &of.desk;
    let zone = Zone::of(&desk.view.heading);
    let now = desk.app.now();
    let titles = ["column-name", "column-entrant", "windows-from", "windows-until", "bank-standing"];
    let titles = titles.map(|key| desk.say(key));
    let columns: Vec<Column<'_>> = titles.iter().map(|title| Column::text(title)).collect();
    let rows = html! {
        @for one in granted.iter().take(ROWS_SHOWN) {
            tr {
                td { (entrants::name_of(names, &one.entrant)) }
                td { (one.entrant) }
                td { (zone.minute(one.from)) }
                td { (zone.minute(one.until)) }
                td { (state(of, one, now)) }
            }
        }
    };
    let caption = desk.say("windows-granted");
    html! {
        h3 { (caption) }
        (partials::table(&caption, &columns, &rows))
        @if granted.len() > ROWS_SHOWN { p { (desk.count("organizer-more-rows", granted.len() - ROWS_SHOWN)) } }
    }
}

fn state(of: &OfPaper, one: &Granted, now: Instant) -> Markup {
    let (key, tone) = if now < one.from {
        ("windows-before", Tone::Wait)
    } else if now < one.until {
        ("windows-open", Tone::Live)
    } else {
        ("windows-past", Tone::Plain)
    };
    partials::pill(&of.desk.say(key), tone)
}
