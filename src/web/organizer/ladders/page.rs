//! What an organizer sees of a ladder: everybody by name, and beside each what can be done.

use std::collections::BTreeMap;

use axum::{
    Router,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use maud::{Markup, html};

use crate::{
    app::{called::Called, ladder::LadderSeen},
    rules::{
        ladder::{BoardLine, Bout, Status, rules::Format},
        ledger::ladder::Aim,
        names::{ContestId, EntrantId, Id},
        view::{self, Audience},
    },
    web::{
        Error, Result, Web,
        organizer::{Desk, Place, Zone},
        partials::{self, Column, Field, Look, Tab, Tone, pill},
    },
    words::ladder as words,
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/ladders", get(first))
        .route("/organizer/{contest}/ladders/{ladder}", get(show))
}

async fn first(desk: Desk) -> Result<Response> {
    let Some(ladder) = desk.ladders.first() else { return Err(Error::NotFound) };
    let to = format!("{}/{}", desk.at(Place::Ladders), ladder.id);
    Ok(Redirect::to(&to).into_response())
}

async fn show(desk: Desk, Path((_, ladder)): Path<(ContestId, Id)>) -> Result<Response> {
    render(desk, &ladder, None).await
}

/// The page; with a problem, as the answer to what was not done.
pub(super) async fn render(desk: Desk, ladder: &Id, problem: Option<&str>) -> Result<Response> {
    if !desk.ladders.iter().any(|one| one.id == *ladder) {
        return Err(Error::NotFound);
    }
    let seen = desk.app.ladder(&desk.contest, ladder, &Audience::Staff).await?;
    let (queue, called) = desk.app.challenge_queue(&desk.contest, ladder).await?;
    let under: Vec<EntrantId> =
        queue.iter().filter_map(|bout| bout.session.clone()).flat_map(|(a, b)| [a, b]).collect();
    let numbers = desk.app.read(&desk.contest, |state| view::numbers(state, &under)).await?;
    let shown = Shown {
        base: format!("{}/{ladder}", desk.at(Place::Ladders)),
        zone: Zone::of(&desk.view.heading),
        numbers: numbers.into_iter().collect(),
        desk: &desk,
        seen: &seen,
        by_hand: desk.app.read(&desk.contest, |state| crate::rules::ladder::is_by_hand(state, ladder)).await?,
    };
    let body = html! {
        h2 { (desk.say("organizer-ladders")) }
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        @if desk.ladders.len() > 1 { (shown.tabs(ladder)) }
        @if matches!(seen.board.rules.format, Format::Judged { .. }) { (shown.day(&queue, &called)) }
        (shown.open())
        (shown.people())
        (shown.entry())
        (shown.season())
        p { a.quiet href={ "/contests/" (desk.contest) "/ladders/" (ladder) } { (desk.say("star-watch")) } }
    };
    let mut desk = desk;
    desk.page = desk.page.style("star.css");
    let status = if problem.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok((status, desk.show(Place::Ladders, &body)).into_response())
}

struct Shown<'s> {
    base: String,
    zone: Zone,
    /// Draw numbers of those before the judges.
    numbers: BTreeMap<EntrantId, u32>,
    desk: &'s Desk,
    seen: &'s LadderSeen,
    /// Results are entered, and do not come from papers sat here.
    by_hand: bool,
}

impl Shown<'_> {
    fn say(&self, key: &str) -> String {
        self.desk.say(key)
    }

    fn name(&self, entrant: &EntrantId) -> String {
        name(&self.seen.called, entrant)
    }

    fn tabs(&self, current: &Id) -> Markup {
        let tab = |one: &'_ crate::rules::definition::model::Titled| {
            (format!("{}/{}", self.desk.at(Place::Ladders), one.id), one.title.clone(), one.id == *current)
        };
        let all: Vec<_> = self.desk.ladders.iter().map(tab).collect();
        let tabs: Vec<Tab<'_>> = all
            .iter()
            .map(|(href, title, current)| Tab { href: href.clone(), title, current: *current, count: None })
            .collect();
        partials::tabs(&self.say("organizer-ladders"), &tabs)
    }

    /// The queue of a challenge day (擂台日): who is called next, and who stands before the judges.
    fn day(&self, queue: &[Bout], called: &Called) -> Markup {
        html! {
            section.card #queue data-refresh {
                h2 { (self.say("ladder-day")) " " span.number { (queue.len()) } }
                @if queue.is_empty() { p.quiet-text { (self.say("ladder-day-empty")) } }
                ol.bouts {
                    @for bout in queue {
                        li {
                            p {
                                strong { (name(called, &bout.challenger)) @if let Aim::Person(target) = &bout.aim { " → " (name(called, target)) } }
                                @if let Some(until) = bout.play_by { " " (pill(&self.until(until), Tone::Warn)) }
                            }
                            @if let Some((challenger, target)) = &bout.session {
                                p { (self.desk.lang().say_with("ladder-day-numbers", &[
                                    ("first", self.number(challenger).into()), ("second", self.number(target).into()),
                                ])) }
                                (self.act(&bout.id.to_string(), "decide", "ladder-decide", Look::Primary))
                            } @else { (self.act(&bout.id.to_string(), "session", "ladder-open-session", Look::Primary)) }
                        }
                    }
                }
            }
        }
    }

    fn number(&self, under: &EntrantId) -> String {
        self.numbers.get(under).map_or_else(|| "–".to_owned(), ToString::to_string)
    }

    fn until(&self, at: crate::rules::ledger::Instant) -> String {
        self.desk.lang().say_with("worker-until", &[("at", self.zone.minute(at).into())]).into_owned()
    }

    fn act(&self, challenge: &str, what: &str, key: &str, look: Look) -> Markup {
        html! {
            form method="post" action={ (self.base) "/challenges/" (challenge) } {
                input type="hidden" name="do" value=(what);
                (partials::button(&self.say(key), look))
            }
        }
    }

    /// Open challenges, with results to be entered that did not come from a paper.
    fn open(&self) -> Markup {
        let bouts = &self.seen.board.bouts;
        html! {
            section.card {
                h2 { (self.say("ladder-open")) " " span.number { (bouts.len()) } }
                @if bouts.is_empty() { p.quiet-text { (self.say("ladder-open-none")) } }
                ul.bouts { @for bout in bouts { li { (self.bout(bout)) } } }
            }
        }
    }

    fn bout(&self, bout: &Bout) -> Markup {
        let deadline = if bout.status == Status::Asked { bout.respond_by } else { bout.play_by };
        let target = if let Aim::Person(target) = &bout.aim { Some(target) } else { None };
        // A record stands for its holder.
        let stands = bout.respond_by.is_none();
        let sides = [Some(&bout.challenger), target.filter(|_| !stands)];
        let wanted: Vec<&EntrantId> = sides.into_iter().flatten().filter(|one| !bout.played.contains(one)).collect();
        html! {
            p {
                strong { (self.name(&bout.challenger)) " → " @if let Some(target) = target { (self.name(target)) } @else {
                    (self.say(if bout.aim == Aim::Defence { "ladder-aim-defence" } else { "ladder-aim-entry" }))
                } }
                @if let Some(until) = deadline { " " (pill(&self.until(until), Tone::Warn)) }
                @if bout.status == Status::Asked { " " (pill(&self.say("ladder-asked"), Tone::Wait)) }
            }
            @if self.by_hand && bout.status == Status::Playing && bout.session.is_none() { (self.result(bout, &wanted)) }
        }
    }

    fn result(&self, bout: &Bout, wanted: &[&EntrantId]) -> Markup {
        let names: Vec<(String, String)> = wanted.iter().map(|one| (one.to_string(), self.name(one))).collect();
        let options: Vec<(&str, &str)> = names.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
        let form = html! {
            p { (self.say("ladder-result-hint")) }
            form method="post" action={ (self.base) "/challenges/" (bout.id) } {
                input type="hidden" name="do" value="result";
                (Field::select("of", &self.say("ladder-result-of"), &options).among(bout.id.as_str()))
                (Field::decimal("score", &self.say("ladder-result-score")).required().among(bout.id.as_str()))
                (Field::text("used", &self.say("ladder-result-used")).hint(&self.say("ladder-result-used-hint")).among(bout.id.as_str()))
                (partials::button(&self.say("ladder-result"), Look::Primary))
            }
        };
        partials::dialog(&self.say("ladder-result"), Look::Plain, &self.say("ladder-result"), &form)
    }

    fn people(&self) -> Markup {
        let titles =
            ["star-places", "column-name", "ladder-record", "ladder-reign", "ladder-do"].map(|key| self.say(key));
        let columns: Vec<Column<'_>> = titles.iter().map(|title| Column::text(title)).collect();
        let rows = html! { @for line in &self.seen.board.lines { (self.person(line)) } };
        html! {
            section.card {
                h2 { (self.say("ladder-people")) " " span.number { (self.seen.board.people) } }
                @if self.seen.board.lines.is_empty() { p.quiet-text { (self.say("ladder-nobody-yet")) } }
                @else { (partials::table(&self.say("ladder-people"), &columns, &rows)) }
            }
        }
    }

    fn person(&self, line: &BoardLine) -> Markup {
        let id = line.entrant.as_str();
        html! {
            tr {
                td.number { (line.place) }
                th scope="row" { (self.name(&line.entrant)) " " small { (id) } }
                td { @if let Some(record) = &line.record { (words::outcome(self.desk.lang(), record)) } }
                td { @if let Some((since, _)) = line.reign { (self.zone.minute(since)) } }
                td {
                    div.row {
                        (partials::dialog(&self.say("ladder-leave"), Look::Plain, &self.say("ladder-leave"), &self.leave(id)))
                        (partials::dialog(&self.say("ladder-move"), Look::Plain, &self.say("ladder-move"), &self.moving(id)))
                    }
                }
            }
        }
    }

    fn leave(&self, id: &str) -> Markup {
        let kinds =
            ["ordinary", "sick", "maternity", "injury"].map(|kind| (kind, self.say(&format!("ladder-leave-{kind}"))));
        let options: Vec<(&str, &str)> = kinds.iter().map(|(kind, title)| (*kind, title.as_str())).collect();
        html! {
            form method="post" action={ (self.base) "/leave" } {
                input type="hidden" name="entrant" value=(id);
                (Field::select("kind", &self.say("ladder-leave-kind"), &options).among(id))
                (self.day_field("from", "ladder-leave-from", id))
                (self.day_field("until", "star-leave-until", id))
                (partials::button(&self.say("ladder-leave"), Look::Primary))
            }
        }
    }

    fn moving(&self, id: &str) -> Markup {
        let kinds =
            ["post", "unit", "left", "retired", "out"].map(|kind| (kind, self.say(&format!("ladder-move-{kind}"))));
        let options: Vec<(&str, &str)> = kinds.iter().map(|(kind, title)| (*kind, title.as_str())).collect();
        html! {
            p { (self.say("ladder-move-hint")) }
            form method="post" action={ (self.base) "/move" } {
                input type="hidden" name="entrant" value=(id);
                (Field::select("kind", &self.say("ladder-move-kind"), &options).among(id))
                (self.day_field("effective", "ladder-move-effective", id))
                (Field::check("all", &self.say("ladder-move-all")).among(id))
                (partials::button(&self.say("ladder-move"), Look::Danger))
            }
        }
    }

    fn day_field(&self, name: &str, key: &str, among: &str) -> Markup {
        let id = format!("field-{name}-{among}");
        html! { div.field { label for=(id) { (self.say(key)) } input type="date" id=(id) name=(name) required; } }
    }

    /// Who comes onto it, before and while it runs.
    fn entry(&self) -> Markup {
        let seed = html! {
            p { (self.say("ladder-seed-hint")) }
            form method="post" action={ (self.base) "/seed" } {
                (Field::area("people", &self.say("ladder-seed-people")).required())
                (partials::button(&self.say("ladder-seed"), Look::Primary))
            }
        };
        html! {
            section.card {
                h2 { (self.say("ladder-entry")) }
                form.row method="post" action={ (self.base) "/join" } {
                    (Field::text("entrant", &self.say("ladder-join-who")).hint(&self.say("ladder-who-hint")).required())
                    (partials::button(&self.say("ladder-join"), Look::Plain))
                }
                (partials::dialog(&self.say("ladder-seed"), Look::Plain, &self.say("ladder-seed"), &seed))
            }
        }
    }

    fn season(&self) -> Markup {
        let Some(season) = self.seen.board.season else { return html! {} };
        let end = html! {
            p { (self.say("ladder-season-end-hint")) }
            form method="post" action={ (self.base) "/season" } {
                input type="hidden" name="season" value=(season.number);
                div.field.check {
                    label for="season-sure" { (self.say("phase-sure")) }
                    input type="checkbox" id="season-sure" name="sure" value="yes" required;
                }
                (partials::button(&self.say("ladder-season-end"), Look::Danger))
            }
        };
        html! {
            section.card {
                h2 { (self.desk.lang().say_with("star-season", &[("number", season.number.into()), ("ends", self.zone.minute(season.ends).into())])) }
                (partials::dialog(&self.say("ladder-season-end"), Look::Danger, &self.say("ladder-season-end"), &end))
            }
        }
    }
}

/// Organizers know everybody's name.
fn name(called: &Called, entrant: &EntrantId) -> String {
    called.who(entrant).name.unwrap_or_else(|| entrant.to_string())
}
