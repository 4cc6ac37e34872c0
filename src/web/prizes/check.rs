//! `/check/{serial}`: whether a certificate holds, for anybody who has one in the hand, first of all on a phone.
//!
//! Leads nowhere else and lists nothing: who does not have a serial learns nothing here.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use axum::{
    Extension, Router,
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::page::{date, moment};
use crate::{
    app::{App, awards::Checked},
    rules::view::prizes::Holds,
    web::{
        Page, Result, Web,
        error::percent,
        partials::{self, Field, Look},
    },
};

/// Look-ups of everybody together: serials cannot be guessed, but the database is the judges'.
const PER_SECOND: u32 = 50;
const BURST: u32 = 200;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/check", get(ask)).route("/check/{serial}", get(show))
}

/// Lets look-ups through as fast as they may come.
#[derive(Clone, Default)]
pub(super) struct Pace(Arc<Mutex<Option<(Instant, u32)>>>);

impl Pace {
    fn admits(&self, now: Instant) -> bool {
        let mut pace = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, left) = pace.unwrap_or((now, BURST));
        let earned = now.saturating_duration_since(since).as_millis() * u128::from(PER_SECOND) / 1_000;
        let left = left.saturating_add(u32::try_from(earned).unwrap_or(u32::MAX)).min(BURST);
        // What was not earned yet goes on being earned.
        let since = if earned > 0 { now } else { since };
        *pace = Some((since, left.saturating_sub(1)));
        left > 0
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    serial: String,
}

/// The form; with a serial, on to its page.
async fn ask(page: Page, Query(Asked { serial }): Query<Asked>) -> Response {
    let serial: String = serial.trim().chars().take(64).collect();
    if serial.is_empty() {
        let title = page.say("serial-title").into_owned();
        let body = html! { section.check { h1 { (title) } (form_of(&page, "")) } };
        return shown(page, &body);
    }
    Redirect::to(&format!("/check/{}", percent(&serial).replace('/', "%2F"))).into_response()
}

async fn show(
    page: Page,
    State(app): State<App>,
    Extension(pace): Extension<Pace>,
    Path(serial): Path<String>,
) -> Result<Response> {
    if !pace.admits(Instant::now()) {
        let body = html! { section.check { h1 { (page.say("serial-title")) } p { (page.say("serial-slow")) } } };
        let mut response = shown(page, &body);
        *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        return Ok(response);
    }
    if let Some(checked) = app.check_certificate(&serial).await? {
        let body = found(&page, &checked);
        return Ok(shown(page, &body));
    }
    let body = unknown(&page, &serial);
    let mut response = shown(page, &body);
    *response.status_mut() = StatusCode::NOT_FOUND;
    Ok(response)
}

fn shown(page: Page, body: &Markup) -> Response {
    let title = page.say("serial-title").into_owned();
    let mut response = page.style("prizes.css").show(&title, body).into_response();
    // Names of winners are for who has the certificate, not for search engines.
    response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex"));
    response
}

fn found(page: &Page, checked: &Checked) -> Markup {
    let seen = &checked.seen;
    let zone = &seen.heading.timezone;
    let (tone, title, hint) = match seen.holds {
        Holds::Valid => ("good", "serial-valid", None),
        Holds::Notice { until: Some(until) } => {
            let until = moment(zone, until);
            ("wait", "serial-notice", Some(page.lang.say_with("serial-notice-until", &[("until", until.into())])))
        }
        Holds::Notice { until: None } => ("wait", "serial-notice", Some(page.say("serial-notice-open"))),
        Holds::Superseded => ("bad", "serial-superseded", Some(page.say("serial-superseded-hint"))),
        Holds::Revoked => ("bad", "serial-revoked", Some(page.say("serial-revoked-hint"))),
    };
    // What no longer holds says what it was, and not to whom.
    let holds = matches!(seen.holds, Holds::Valid | Holds::Notice { .. });
    let award = [seen.event.as_deref(), seen.group.as_deref(), Some(seen.award.as_str())];
    let award = award.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    html! {
        section.check data-tone=(tone) {
            p.over { (page.say("serial-title")) }
            h1 { span.sign aria-hidden="true" { @match tone { "good" => "✓", "wait" => "…", _ => "✕" } } (page.say(title)) }
            @if let Some(hint) = hint { p { (hint) } }
            dl {
                @if holds { (fact(&page.say("serial-winner"), &html! { strong.winner { (checked.winner) } })) }
                (fact(&page.say("serial-award"), &html! { strong { (award) } }))
                (fact(&page.say("serial-contest"), &html! { (seen.heading.title) }))
                @if let Some(organizer) = &seen.heading.organizer { (fact(&page.say("serial-organizer"), &html! { (organizer) })) }
                (fact(&page.say("serial-issued"), &html! { (date(zone, seen.at)) }))
                (fact(&page.say("serial-number"), &html! { span.serial { (checked.serial) } }))
            }
            p.quiet-text { (page.say("serial-note")) }
        }
        details.check-again { summary { (page.say("serial-again")) } (form_of(page, "")) }
    }
}

fn unknown(page: &Page, serial: &str) -> Markup {
    let serial: String = serial.chars().take(64).collect();
    html! {
        section.check data-tone="bad" {
            p.over { (page.say("serial-title")) }
            h1 { span.sign aria-hidden="true" { "?" } (page.say("serial-unknown")) }
            p { (page.say("serial-unknown-hint")) }
            (form_of(page, &serial))
        }
    }
}

fn form_of(page: &Page, serial: &str) -> Markup {
    html! {
        form method="get" action="/check" {
            (Field::text("serial", &page.say("serial-number")).value(serial).hint(&page.say("serial-hint")).autocomplete("off").required())
            (partials::button(&page.say("serial-do"), Look::Primary))
        }
    }
}

fn fact(label: &str, value: &Markup) -> Markup {
    html! { div { dt { (label) } dd { (value) } } }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_burst_is_let_through_and_then_so_many_a_second() {
        let (pace, start) = (Pace::default(), Instant::now());
        let admitted = (0..1_000).filter(|_| pace.admits(start)).count();
        assert_eq!(admitted, 200);
        let later = start + Duration::from_secs(1);
        assert_eq!((0..1_000).filter(|_| pace.admits(later)).count(), 50);
    }
}
