//! Where points come from: each source's result as it was reported, what it became, and the way to it.

use maud::{Markup, html};
use rust_decimal::Decimal;

use crate::{
    app::{
        self, App,
        boards::{Explained, Looks},
        season::Points,
    },
    rules::{
        names::ContestId,
        season::{
            Outcome, Report, SourceLine, TrailLine,
            rules::{By, Reads, Source},
        },
    },
    web::{
        Page, Result,
        board::rows::percent,
        organizer::Zone,
        partials::{self, Look, Tone, pill},
    },
    words::Language,
};

/// What stands below the board of a season: its sources, and the way to the stars. Nothing below any other.
pub(in crate::web) async fn below_board(page: &Page, app: &App, contest: &ContestId) -> Result<Markup> {
    let (heading, sources, titles) = match app.sources_shown(contest).await {
        // Whoever shows a board of elsewhere has no sources here.
        Err(app::Error::NotFound) => return Ok(html! {}),
        shown => shown?,
    };
    if sources.is_empty() {
        return Ok(html! {});
    }
    let zone = Zone::of(&heading);
    let has_stars = app.has_stars(contest, Looks::Public).await?;
    let card = |line: &SourceLine| {
        let bound = line.binding.as_ref().map(|binding| &binding.contest);
        let title = bound.and_then(|bound| titles.get(bound));
        html! {
            h3 lang=(heading.language) { (line.source.title) }
            @if let Some(title) = title { p lang=(heading.language) { (title) } }
            p.quiet-text { (rule(page.lang, &line.source)) }
            p.quiet-text {
                @if let Some(report) = &line.report {
                    (page.lang.say_with("season-reported-at", &[("at", zone.minute(report.at).into())]))
                } @else { (page.say("season-not-reported")) }
            }
        }
    };
    Ok(html! {
        section #sources aria-label=(page.say("season-sources")) {
            div.row.between {
                h2 { (page.say("season-sources")) }
                @if has_stars {
                    (partials::link_button(&format!("/contests/{contest}/stars"), &page.say("season-to-stars"), Look::Plain))
                }
            }
            ul.cards {
                @for line in &sources {
                    li {
                        @if let Some(binding) = line.binding.as_ref().filter(|bound| titles.contains_key(&bound.contest)) {
                            a.card href=(address(&binding.contest, &line.source, None)) { (card(line)) }
                        } @else { div.card { (card(line)) } }
                    }
                }
            }
        }
    })
}

/// In a few words: `按名次 × 0.4，最多 20 分`.
pub(in crate::web) fn rule(lang: Language, source: &Source) -> String {
    let mut said = lang
        .say(match source.by {
            By::Points { .. } => "season-by-points",
            By::Percentage { .. } => "season-by-percentage",
            By::Rank { .. } => "season-by-rank",
        })
        .into_owned();
    if source.weight != Decimal::ONE {
        said = format!("{said} × {}", source.weight.normalize());
    }
    if let Some(cap) = source.cap {
        let values = [("rule", said.into()), ("cap", cap.normalize().to_string().into())];
        said = lang.say_with("season-at-most", &values).into_owned();
    }
    said
}

/// The page of the source that a row is on, or the row's own.
fn address(contest: &ContestId, source: &Source, key: Option<&str>) -> String {
    match (&source.reads, key) {
        (Reads::Ladder(id), _) => format!("/contests/{contest}/ladders/{id}"),
        (Reads::Field, Some(key)) => format!("/contests/{contest}/why/{}", percent(key)),
        (Reads::Table(table), Some(key)) => {
            format!("/contests/{contest}/why/{}?table={}", percent(key), percent(table.as_str()))
        }
        (Reads::Table(table), None) => format!("/contests/{contest}?table={}", percent(table.as_str())),
        (Reads::Period(_) | Reads::Overall, Some(key)) => format!("/contests/{contest}/units/{}", percent(key)),
        (Reads::Period(period), None) => format!("/contests/{contest}/periods/{}", percent(period.as_str())),
        (Reads::Overall, None) => format!("/contests/{contest}/periods"),
        (Reads::Field, None) => format!("/contests/{contest}"),
    }
}

/// On the page that tells why: nothing where the contest is no season, or this reader may not see it.
pub(in crate::web) async fn points(
    page: &Page,
    app: &App,
    contest: &ContestId,
    looks: Looks,
    explained: &Explained,
) -> Result<Markup> {
    let Some(entrant) = explained.why.who.entrant() else { return Ok(html! {}) };
    let Some(points) = app.points(contest, looks, entrant).await? else { return Ok(html! {}) };
    Ok(html! {
        section.card.points {
            h2 { (page.say("season-points")) }
            ul.cards {
                @for line in &points.trail.lines { li { (told(page.lang, &points, line)) } }
            }
        }
    })
}

fn told(lang: Language, points: &Points, line: &TrailLine) -> Markup {
    let said = line.line.outcome.points().map_or("–".to_owned(), |points| points.to_string());
    html! {
        div.card {
            div.row.between {
                h3 lang=(points.heading.language) { (line.title) }
                strong.number { (said) }
            }
            p { (computed(lang, line)) }
            @if let Some(report) = &line.report { (origin(lang, points, line, report)) }
            @else { p.quiet-text { (lang.say("season-not-reported")) } }
        }
    }
}

/// `名次 2 → 16 × 0.5 = 8`, or what stands in place of a result.
fn computed(lang: Language, line: &TrailLine) -> Markup {
    let number = |number: Decimal| number.normalize().to_string();
    match &line.line.outcome {
        Outcome::Counted(counted) => {
            let raw = line.line.raw.unwrap_or_default();
            let rank = raw.rank.map_or("–".to_owned(), |rank| rank.to_string());
            let total = raw.total.map_or("–".to_owned(), |total| total.to_string());
            let start = match line.source.by {
                By::Rank { .. } => lang.say_with("season-from-rank", &[("rank", rank.into())]),
                By::Points { .. } | By::Percentage { .. } => {
                    lang.say_with("season-from-total", &[("total", total.into()), ("rank", rank.into())])
                }
            };
            let converted = match line.source.by {
                By::Percentage { .. } => format!("{} %", number(counted.converted.round_dp(4))),
                By::Points { .. } | By::Rank { .. } => number(counted.converted),
            };
            html! {
                (start) " → " span.number { (converted) }
                @if line.source.weight != Decimal::ONE {
                    " × " span.number { (number(line.source.weight)) } " = "
                    span.number { (number(counted.weighted.round_dp(4))) }
                }
                @if let Some(cap) = counted.capped_at {
                    " " (pill(&lang.say_with("season-capped", &[("cap", number(cap).into())]), Tone::Warn))
                }
            }
        }
        Outcome::Zero => html! { (pill(&lang.say("season-missing-zero"), Tone::Wait)) },
        Outcome::Missing => html! { (pill(&lang.say("season-missing-unranked"), Tone::Wait)) },
        Outcome::Overflow => html! { (pill(&lang.say("season-overflow"), Tone::Bad)) },
        Outcome::Scaled { got, possible, .. } => {
            let full = line.source.full().unwrap_or_default();
            html! {
                (pill(&lang.say("season-missing-scaled"), Tone::Wait)) " "
                span.number { (number(*got)) " ÷ " (number(*possible)) " × " (number(full)) }
            }
        }
    }
}

fn origin(lang: Language, points: &Points, line: &TrailLine, report: &Report) -> Markup {
    let zone = Zone::of(&points.heading);
    let title = points.titles.get(&report.contest);
    let short: String = report.root.0.chars().take(12).collect();
    let values = [("sequence", report.sequence.into())];
    html! {
        p {
            @if let (Some(title), Some(key)) = (title, &line.key) {
                a href=(address(&report.contest, &line.source, Some(key))) { (title) " · " (lang.say("season-go-there")) }
            } @else if let Some(title) = title {
                a href=(address(&report.contest, &line.source, None)) { (title) }
            } @else { (report.contest) }
        }
        p.quiet-text { (lang.say_with("season-reported-at", &[("at", zone.minute(report.at).into())])) }
        details.quiet-text {
            summary { (lang.say("season-report-proof")) }
            p title=(report.root.0) { (lang.say_with("season-report-of", &values)) " " code { (short) } }
        }
    }
}
