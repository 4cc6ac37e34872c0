//! The list of awards below a board, once it is announced: who got what, and until when anybody may object.

use maud::{Markup, html};

use super::rows;
use crate::{
    app::{self, App, boards::Awarded},
    rules::{ledger::entry::Phase, names::ContestId, view::AwardSeen},
    web::{
        Result,
        organizer::Zone,
        partials::{self, Tone},
    },
    words::Language,
};

/// Nothing before the announcement.
pub(super) async fn list(app: &App, lang: Language, contest: &ContestId) -> Result<Markup> {
    let awarded = match app.awarded(contest).await {
        // Whoever shows a board of elsewhere has no awards here.
        Err(app::Error::NotFound) => None,
        awarded => awarded?,
    };
    let Some(awarded) = awarded else { return Ok(html! {}) };
    let heading = &awarded.seen.heading;
    Ok(html! {
        section #awards .card aria-label=(lang.say("board-awards")) {
            h2 { (lang.say("board-awards")) }
            (stands(lang, &awarded))
            @for award in &awarded.seen.awards {
                h3 lang=(heading.language) {
                    (title(award))
                    @if award.proposal { " " (partials::pill(&lang.say("board-awards-proposal"), Tone::Plain)) }
                }
                ul.plain.winners {
                    @for winner in &award.winners {
                        li {
                            strong { (rows::label(lang, &awarded.who(winner))) }
                            @if let Some(unit) = awarded.unit(winner) { " " span.quiet-text { (unit) } }
                        }
                    }
                }
            }
            @if awarded.seen.awards.is_empty() { p { (lang.say("board-awards-nobody")) } }
            @if let Some(organizer) = &heading.organizer {
                p.quiet-text { (lang.say_with("board-awards-by", &[("organizer", organizer.as_str().into())])) }
            }
        }
    })
}

/// 职工组 · 焊工 · 一等奖, as far as there are such.
fn title(award: &AwardSeen) -> String {
    let parts = [award.event.as_deref(), award.group.as_deref(), Some(award.title.as_str())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Whether objections may still change it, until when, and to whom they go.
fn stands(lang: Language, awarded: &Awarded) -> Markup {
    let heading = &awarded.seen.heading;
    let (tone, told) = match (heading.phase, heading.notice_until) {
        (Phase::Final, _) => (Tone::Good, lang.say("board-awards-final")),
        (Phase::Notice, Some(until)) => {
            let until = Zone::of(heading).minute(until);
            (Tone::Wait, lang.say_with("board-awards-notice", &[("until", until.into())]))
        }
        _ => (Tone::Wait, lang.say("board-awards-announced")),
    };
    partials::notice(tone, &html! { p { (told) } })
}
