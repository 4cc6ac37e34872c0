//! `/organizer/{contest}/people/import`: several people at once, pasted from a sheet or as a file; all or none.

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};

use super::{
    desk::{Desk, Place},
    people,
    upload::{self, Upload},
};
use crate::{
    app::roster::TakenOn,
    files::people::{Known, Listed, read, role_names},
    rules::ledger::entry::Role,
    web::{
        Error, Result, Web,
        partials::{self, Field, Look, Tone},
    },
};

/// Problems shown; a list with more is the wrong list.
const PROBLEMS_MOST: usize = 100;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/organizer/{contest}/people/import", get(show).post(import).layer(upload::limit()))
}

async fn show(desk: Desk) -> Markup {
    let body = page(&desk, "", &[]);
    desk.show(Place::People, &body)
}

async fn import(desk: Desk, upload: Upload) -> Result<Response> {
    let pasted = upload.text("lines")?;
    let bytes = upload.file("file").unwrap_or(pasted.as_bytes());
    let panels = people::panels(&desk);
    let held: Vec<Role> = desk.view.people.iter().flat_map(|one| one.roles.clone()).collect();
    let view = &desk.view;
    let known = Known { units: &view.units, panels: &panels, events: &view.events, groups: &view.groups, held: &held };
    let listed = read(bytes, known).map_err(|problem| vec![problem.say(desk.lang())]).and_then(|listed| {
        let Listed { people, problems } = listed;
        let told: Vec<String> = problems.iter().map(|problem| problem.say(desk.lang())).collect();
        if told.is_empty() { Ok(people) } else { Err(told) }
    });
    let new = match listed {
        Ok(people) => people,
        Err(problems) => {
            let body = page(&desk, &pasted, &problems);
            return Ok(desk.wrong(Place::People, &body));
        }
    };
    let count = new.len();
    let new = new.into_iter().map(|one| TakenOn { name: one.name, phone: one.phone, unit: one.unit, role: one.role });
    match desk.app.take_on(&desk.contest, &desk.actor, new.collect()).await {
        Ok(receipt) => {
            desk.shown(receipt).await?;
            Ok(desk.done(Place::People, "people-added", count).into_response())
        }
        Err(error @ crate::app::Error::Refused(_)) => {
            let problem = Error::from(error).words(desk.lang()).1;
            let body = page(&desk, &pasted, &[problem]);
            Ok(desk.wrong(Place::People, &body))
        }
        Err(error) => Err(error.into()),
    }
}

fn page(desk: &Desk, pasted: &str, problems: &[String]) -> Markup {
    let roles = role_names(&people::panels(desk), desk.lang());
    html! {
        p.over { a href=(desk.at(Place::People)) { (desk.say("organizer-people")) } }
        h2 { (desk.say("people-import")) }
        @if !problems.is_empty() {
            (partials::notice(Tone::Bad, &html! {
                p { (desk.count("people-import-problems", problems.len())) }
                ul { @for problem in problems.iter().take(PROBLEMS_MOST) { li { (problem) } } }
            }))
        }
        p { (desk.say("people-import-about")) }
        p.quiet-text { (desk.say("people-import-roles")) " " (roles.join("、")) }
        div.columns {
            form.card.lines method="post" enctype="multipart/form-data" {
                h3 { (desk.say("people-paste")) }
                (Field::area("lines", &desk.say("people-lines")).value(pasted).hint(&desk.say("people-lines-hint")).required())
                (partials::button(&desk.say("people-add-all"), Look::Primary))
            }
            form.card method="post" enctype="multipart/form-data" {
                h3 { (desk.say("people-file")) }
                (Field::file("file", &desk.say("people-sheet"), ".xlsx,.xls,.csv").required())
                (partials::button(&desk.say("people-add-all"), Look::Primary))
            }
        }
    }
}
