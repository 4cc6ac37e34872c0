//! `/figures/{contest}`: the periods with their due days, what of mine is missing, and what waits for a signature.

use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    clerk::Clerk,
    fingerprint,
    line::{self, Line},
};
use crate::{
    rules::{
        command::Command,
        indicators::{self, Act, Counting, PeriodStage, Place, Vetoes, WhyMissing, rules::Period},
        names::Id,
    },
    web::{
        Result, Web,
        error::percent,
        form::Posted,
        organizer::Zone,
        partials::{self, Column, Look, Tone},
    },
    words::{Language, indicator},
};

/// Missing figures of a period that are listed; the rest is counted.
const MISSING_SHOWN_MAX: usize = 60;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/figures/{contest}", get(show)).route("/figures/{contest}/sign", post(sign))
}

async fn show(clerk: Clerk) -> Result<Markup> {
    let (title, body) = page(&clerk, None).await?;
    Ok(clerk.show(&title, &body))
}

async fn page(clerk: &Clerk, problem: Option<&str>) -> Result<(String, Markup)> {
    let (rules, may) = (clerk.rules(), &clerk.may);
    let lines = clerk
        .read(|state| {
            let mine = |indicator: &Id, entrant: &_| may.writes(state, indicator, entrant);
            let line = |period: &Period| Line::of(state, rules, period, mine);
            rules.periods.iter().map(line).collect::<Vec<_>>()
        })
        .await?;
    let signs = |line: &Line| may.leading && line.stage == PeriodStage::Collected;
    let today = Zone::of(&clerk.heading).day(clerk.app.now());
    let owned = rules.indicators.iter().filter(|one| may.owned.contains(&one.id));
    let owned: Vec<&str> = owned.map(|one| one.title.as_str()).collect();
    let body = html! {
        @if !owned.is_empty() { p { (clerk.say("figures-owned")) ": " strong { (owned.join(clerk.page.lang.comma())) } } }
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        @for line in lines.iter().filter(|line| signs(line)) { (to_sign(clerk, line)) }
        @if may.writes_something() {
            (periods(clerk, &lines, today))
            @for line in lines.iter().filter(|line| !line.missing.is_empty()) { (missing_of(clerk, line, today)) }
        } @else if !lines.iter().any(signs) {
            (partials::empty(&clerk.say("figures-nothing-to-sign"), &html! { p { (clerk.say("figures-nothing-to-sign-next")) } }))
        }
    };
    Ok((clerk.say("figures-title"), body))
}

fn periods(clerk: &Clerk, lines: &[Line], today: Option<Date>) -> Markup {
    let titles = ["figures-period", "figures-due", "figures-stage", "figures-progress", "figures-missing"];
    let titles = titles.map(|key| clerk.say(key));
    let mut columns: Vec<Column<'_>> = titles[..4].iter().map(|title| Column::text(title)).collect();
    columns.push(Column::number(&titles[4]));
    let rows = html! {
        @for line in lines {
            @let grid = format!("{}/grid?period={}", clerk.base(), percent(line.period.id.as_str()));
            tr {
                th scope="row" { a href=(grid) { (line.period.title) } br; small { (line.period.from) " – " (line.period.to) } }
                td { (due(clerk.page.lang, line.period.due, today, !line.is_awaited())) }
                td { (stage_pill(clerk.page.lang, line.stage)) }
                td.progresses {
                    (partials::progress(&clerk.say("figures-filled"), line.counts.filled, line.counts.all))
                    (partials::progress(&clerk.say("figures-checked"), line.counts.checked, line.counts.all))
                }
                td.number { (line.missing.len()) }
            }
        }
    };
    partials::table(&clerk.say("figures-periods"), &columns, &rows)
}

/// The day, and how many days are left or over, while something is missing.
pub(in crate::web) fn due(lang: Language, due: Date, today: Option<Date>, complete: bool) -> Markup {
    let left = today.and_then(|today| due.since(today).ok()).map(|span| span.get_days());
    let said = |key: &str, days: i32| lang.say_with(key, &[("count", days.into())]).into_owned();
    html! {
        (due)
        @if let Some(left) = left.filter(|_| !complete) {
            " "
            @if left < 0 { (partials::pill(&said("figures-overdue", -left), Tone::Bad)) }
            @else if left <= 3 { (partials::pill(&said("figures-days-left", left), Tone::Warn)) }
        }
    }
}

pub(in crate::web) fn stage_pill(lang: Language, stage: PeriodStage) -> Markup {
    let tone = match stage {
        PeriodStage::Planned => Tone::Plain,
        PeriodStage::Open => Tone::Live,
        PeriodStage::Closed | PeriodStage::Collected | PeriodStage::Signed => Tone::Wait,
        PeriodStage::Published => Tone::Good,
    };
    partials::pill(&indicator::stage(lang, stage), tone)
}

fn missing_of(clerk: &Clerk, line: &Line, today: Option<Date>) -> Markup {
    let title = format!("{} · {}", line.period.title, clerk.count("figures-missing-of", line.missing.len()));
    partials::card(
        &title,
        &html! {
            p { (clerk.say("figures-due")) ": " (due(clerk.page.lang, line.period.due, today, !line.is_awaited())) }
            ul.missing {
                @for one in line.missing.iter().take(MISSING_SHOWN_MAX) {
                    @let known = clerk.rules().indicator(&one.slot.indicator);
                    li {
                        a href=(super::figure::address(&clerk.contest, &one.slot)) {
                            (clerk.name(&one.slot.entrant)) " · " (known.map_or("", |known| known.title.as_str()))
                        }
                        " " (why(clerk.page.lang, &one.why))
                    }
                }
            }
            @if line.missing.len() > MISSING_SHOWN_MAX {
                p { (clerk.count("figures-missing-more", line.missing.len() - MISSING_SHOWN_MAX)) }
            }
        },
    )
}

pub(in crate::web) fn why(lang: Language, why: &WhyMissing) -> Markup {
    use crate::rules::indicators::Lack;
    let (key, tone) = match why {
        WhyMissing::Returned => ("figures-why-returned", Tone::Warn),
        WhyMissing::Unchecked => ("figures-why-unchecked", Tone::Wait),
        WhyMissing::Lack(Lack::Figure) => ("figures-why-figure", Tone::Bad),
        WhyMissing::Lack(Lack::Counts(_)) => ("figures-why-counts", Tone::Bad),
        WhyMissing::Lack(Lack::Target) => ("figures-why-target", Tone::Warn),
        WhyMissing::Lack(Lack::Size(_)) => ("figures-why-size", Tone::Warn),
        WhyMissing::Lack(Lack::Overflow) => ("figures-why-overflow", Tone::Bad),
    };
    partials::pill(&lang.say(key), tone)
}

/// The table that is about to be signed, and the button.
fn to_sign(clerk: &Clerk, line: &Line) -> Markup {
    html! {
        section.card.first {
            h2 { (line.period.title) " · " (clerk.say("figures-to-sign")) }
            p { (clerk.say("figures-sign-about")) }
            (line::provisional(&clerk.page, &line.provisional))
            @for table in &line.tables {
                @let group = table.group.as_ref().map(|group| clerk.group(group).1).unwrap_or_default();
                (line::standing(&clerk.page, &clerk.names, &group, table))
            }
            (line::alone(&clerk.page, &clerk.names, (&clerk.contest, clerk.rules()), line))
            (partials::dialog(&clerk.say("figures-sign"), Look::Primary, &clerk.say("figures-sign"), &html! {
                p { (clerk.say("figures-sign-means")) }
                form method="post" action={ (clerk.base()) "/sign" } {
                    input type="hidden" name="period" value=(line.period.id);
                    input type="hidden" name="seen" value=(fingerprint(&line.tables));
                    (partials::button(&clerk.say("figures-sign-do"), Look::Primary))
                }
            }))
        }
    }
}

/// The rank, or why there is none.
pub(in crate::web) fn place(lang: Language, place: &Place) -> String {
    let key = match place {
        Place::Ranked(rank) => return rank.to_string(),
        Place::Vetoed => "figures-place-vetoed",
        Place::Missing => "figures-place-missing",
        Place::NothingApplies => "figures-place-nothing",
        Place::Withdrawn => "figures-place-withdrawn",
        Place::Overflow => "figures-place-overflow",
    };
    lang.say(key).into_owned()
}

#[derive(Deserialize)]
struct Signature {
    period: Id,
    /// Of the tables that were shown.
    seen: String,
}

/// What stands is signed only as it was seen.
async fn sign(clerk: Clerk, Posted(form): Posted<Signature>) -> Result<Response> {
    let standing = |state: &_| indicators::standing(state, &form.period, Counting::Checked, Vetoes::With);
    if fingerprint(&clerk.read(standing).await?) != form.seen {
        let (title, body) = page(&clerk, Some(&clerk.say("figures-sign-changed"))).await?;
        return Ok(clerk.wrong(&title, &body));
    }
    clerk.act(Command::Indicator(Act::SignPeriod { period: form.period }), Vec::new()).await?;
    Ok(Clerk::done(&clerk.base(), "signed", 1))
}
