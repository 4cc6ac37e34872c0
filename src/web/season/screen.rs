//! `/contests/{id}/stars/screen`: the stars for a hall, to be read from its last row. `static/stars.js` pages through them
//! and fetches them again.

use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use maud::{Markup, html};

use super::stars::{ahead, level_title, most, name, period, shown, star_marks};
use crate::{
    app::{App, boards::Looks, season::Stars},
    rules::names::ContestId,
    web::{Error, Page, Result, Web},
    words::Language,
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/contests/{id}/stars/screen", get(screen))
}

/// Whoever looks: a hall is everybody.
async fn screen(page: Page, State(app): State<App>, Path(contest): Path<ContestId>) -> Result<Markup> {
    let stars = app.stars(&contest, Looks::Public).await?.ok_or(Error::NotFound)?;
    let (lang, heading) = (page.lang, &stars.heading);
    let title = format!("{} · {}", lang.say("season-stars-title"), heading.title);
    let body = html! {
        div #screen .hall {
            header { h1 lang=(heading.language) { (title) } }
            main #main {
                h2 {
                    @if let Some(next) = &stars.page.next {
                        (lang.say_with("season-stars-next", &[("period", period(&stars, next).into())]))
                    }
                }
                (rows(lang, &stars))
            }
            footer {
                span {}
                span #page {}
                span {}
            }
        }
    };
    Ok(page.theme("hall").style("season.css").script("stars.js").show(&title, &body))
}

fn rows(lang: Language, stars: &Stars) -> Markup {
    html! {
        ol #star-rows {
            @for line in &stars.page.lines {
                li data-level=(line.level) {
                    span.who { (name(lang, stars, line)) }
                    (star_marks(lang, line.level, most(stars)))
                    span.level { (level_title(lang, stars, line.level)) }
                    span.ahead { span.number { (shown(line.score)) } small { (ahead(lang, stars, line)) } }
                }
            }
        }
    }
}
