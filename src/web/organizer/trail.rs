//! `/organizer/{contest}/trail`: everything that was recorded, the newest first, with filters; and the same as CSV.

use axum::{
    Router,
    extract::{Query, State},
    response::Response,
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    cast::Cast,
    desk::{Desk, Place},
    entrants::{CSV, attachment},
};
use crate::{
    app::App,
    rules::{
        ledger::{Recorded, entry::Digest, kinds},
        names::{EntrantId, PersonId},
        view::{self, TrailLine},
    },
    web::{
        Result, Web,
        error::percent,
        partials::{self, Column, Field, Look},
    },
    words::trail::{self, Cast as _},
};

/// Lines of a page.
const LINES: usize = 100;
/// Lines of a file: more than a contest of a thousand entrants makes.
const FILE_LINES_MAX: usize = 500_000;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/organizer/{contest}/trail", get(show)).route("/organizer/{contest}/trail.csv", get(file))
}

/// What the reader looks for; an empty field asks for nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Filter {
    kind: String,
    /// A draw number or the number of the list.
    entrant: String,
    person: String,
    /// Only entries below this number.
    before: Option<u64>,
}

impl Filter {
    fn sought(&self, desk: &Desk) -> Option<EntrantId> {
        let text = self.entrant.trim();
        let number: Option<u32> = text.parse().ok();
        let drawn = desk.view.entrants.iter().find(|line| line.number.is_some() && line.number == number);
        let listed = desk.view.entrants.iter().find(|line| line.entrant.as_str() == text);
        let found = drawn.or(listed).map(|line| line.entrant.clone());
        // A number that nobody has finds nothing.
        (!text.is_empty()).then(|| found.unwrap_or_else(|| EntrantId::new(text)))
    }

    fn wants(&self, entrant: Option<&EntrantId>, recorded: &Recorded) -> bool {
        let entry = &recorded.entry;
        let person = PersonId::new(&self.person);
        let acted = [Some(entry.by()), entry.second(), entry.person()].into_iter().flatten().any(|one| *one == person);
        (self.kind.is_empty() || entry.kind() == self.kind)
            && (self.person.is_empty() || acted)
            && entrant.is_none_or(|entrant| entry.concerns(entrant))
    }

    fn query(&self, before: Option<u64>) -> String {
        let before = before.map(|before| format!("&before={before}")).unwrap_or_default();
        format!(
            "?kind={}&entrant={}&person={}{before}",
            percent(&self.kind),
            percent(&self.entrant),
            percent(&self.person)
        )
    }
}

async fn lines(desk: &Desk, app: &App, filter: &Filter, most: usize) -> Result<(Vec<TrailLine>, Cast)> {
    let entrant = filter.sought(desk);
    let wanted = |recorded: &Recorded| filter.wants(entrant.as_ref(), recorded);
    let entries = app.entries_before(&desk.contest, filter.before, most, wanted).await?;
    let lines = app.read(&desk.contest, |state| view::audit(state, &entries)).await?;
    let mut people: Vec<PersonId> = desk.view.people.iter().map(|one| one.person.clone()).collect();
    for line in &lines {
        people.extend(line.by.iter().chain(&line.second).chain(line.entry.person()).cloned());
    }
    let cast = Cast::of(desk, people).await?;
    Ok((lines, cast))
}

async fn show(desk: Desk, State(app): State<App>, Query(filter): Query<Filter>) -> Result<Markup> {
    let (mut lines, cast) = lines(&desk, &app, &filter, LINES + 1).await?;
    let more = lines.len() > LINES;
    lines.truncate(LINES);
    let reasons = app.note_texts(&reasons(&lines)).await?;
    let at = desk.at(Place::Trail);
    let body = html! {
        p.quiet-text { (desk.say("trail-intro")) }
        (filters(&desk, &filter, &cast))
        @if lines.is_empty() {
            (partials::empty(&desk.say("trail-none"), &html! { p { (desk.say("trail-none-next")) } }))
        } @else {
            (partials::table(&desk.say("trail-title"), &[
                Column::number(&desk.say("trail-seq")), Column::text(&desk.say("trail-at")),
                Column::text(&desk.say("trail-by")), Column::text(&desk.say("trail-kind")),
                Column::text(&desk.say("trail-what")),
            ], &html! {
                @for line in &lines { (row(&desk, &cast, line, |digest| reasons.get(digest).cloned())) }
            }))
        }
        nav.row.between {
            span.row {
                @if filter.before.is_some() {
                    (partials::link_button(&format!("{at}{}", filter.query(None)), &desk.say("trail-newest"), Look::Plain))
                }
                @if more && let Some(last) = lines.last() {
                    (partials::link_button(&format!("{at}{}", filter.query(Some(last.seq))), &desk.say("trail-older"), Look::Plain))
                }
            }
            (partials::link_button(&format!("{at}.csv{}", filter.query(None)), &desk.say("trail-csv"), Look::Plain))
        }
    };
    Ok(desk.show(Place::Trail, &body))
}

fn row(desk: &Desk, cast: &Cast, line: &TrailLine, reason: impl Fn(&Digest) -> Option<String>) -> Markup {
    html! {
        tr #{ "entry-" (line.seq) } {
            td.number { (line.seq) }
            td.moment { time { (cast.zone.second(line.at)) } }
            td { @if let Some(by) = &line.by { (cast.person(by)) } }
            td { (trail::kind(desk.lang(), line.kind)) }
            td.what {
                (trail::sentence(desk.lang(), &line.entry, cast))
                @if let Some(second) = &line.second {
                    br; small { (desk.lang().say_with("trail-second", &[("second", cast.person(second).into())])) }
                }
                @if let Some(digest) = &line.reason {
                    br; small {
                        (desk.say("trail-reason")) ": "
                        (reason(digest).unwrap_or_else(|| desk.say("trail-reason-erased")))
                    }
                }
            }
        }
    }
}

fn filters(desk: &Desk, filter: &Filter, cast: &Cast) -> Markup {
    let kinds: Vec<(String, String)> = kinds().map(|kind| (kind.to_owned(), trail::kind(desk.lang(), kind))).collect();
    let people = desk.view.people.iter().map(|one| (one.person.to_string(), cast.person(&one.person)));
    let options = |first: &str, rest: Vec<(String, String)>| {
        let mut all = vec![(String::new(), desk.say(first))];
        all.extend(rest);
        all
    };
    let kinds = options("trail-all-kinds", kinds);
    let people = options("trail-all-people", people.collect());
    html! {
        form.filter method="get" action=(desk.at(Place::Trail)) {
            (Field::select("kind", &desk.say("trail-kind"), &pairs(&kinds)).value(&filter.kind))
            (Field::text("entrant", &desk.say("trail-entrant")).value(&filter.entrant))
            (Field::select("person", &desk.say("trail-person"), &pairs(&people)).value(&filter.person))
            (partials::button(&desk.say("trail-filter"), Look::Primary))
        }
    }
}

/// Options as a field takes them.
pub(super) fn pairs(options: &[(String, String)]) -> Vec<(&str, &str)> {
    options.iter().map(|(value, title)| (value.as_str(), title.as_str())).collect()
}

async fn file(desk: Desk, State(app): State<App>, Query(filter): Query<Filter>) -> Result<Response> {
    let (mut lines, cast) = lines(&desk, &app, &filter, FILE_LINES_MAX).await?;
    lines.reverse();
    let reasons = app.note_texts(&reasons(&lines)).await?;
    let heads = ["trail-seq", "trail-at", "trail-by", "trail-kind", "trail-what", "trail-reason"];
    let mut rows: Vec<Vec<String>> = vec![heads.iter().map(|key| desk.say(key)).collect()];
    for line in &lines {
        let mut people: Vec<String> = line.by.iter().map(|by| cast.person(by)).collect();
        people.extend(line.second.iter().map(|second| cast.person(second)));
        rows.push(vec![
            line.seq.to_string(),
            cast.zone.second(line.at),
            people.join(" + "),
            trail::kind(desk.lang(), line.kind),
            trail::sentence(desk.lang(), &line.entry, &cast),
            line.reason.as_ref().and_then(|digest| reasons.get(digest)).cloned().unwrap_or_default(),
        ]);
    }
    Ok(attachment(CSV, &format!("{}-trail.csv", desk.contest), crate::files::lists::csv_rows(&rows)))
}

fn reasons(lines: &[TrailLine]) -> Vec<&Digest> {
    lines.iter().filter_map(|line| line.reason.as_ref()).collect()
}
