//! `/contests/{id}/units/{entrant}/{period}`: what stands behind each point of a unit in a published period: the figure,
//! its target and document, the formula worked out, who had it in hand as what, and when. Names and files are for those
//! who write figures; a link leads them there.

use std::collections::HashMap;

use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use maud::{Markup, html};

use super::{Labor, Result, Web};
use crate::{
    app::App,
    rules::{
        indicators::{Actual, Behind, FigureSlot, Hand, HandOf, How, behind, rules::Indicator},
        ledger::entry::Digest,
        names::{ContestId, EntrantId, Id},
        view::Audience,
    },
    web::{Error, Page, figures, partials},
    words::{indicator, worked::worked},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/contests/{id}/units/{entrant}/{period}", get(show))
}

async fn show(
    page: Page,
    State(app): State<App>,
    Path((contest, entrant, period)): Path<(ContestId, EntrantId, Id)>,
) -> Result<Markup> {
    let labor = Labor::of(&page, &app, &contest).await?;
    let look = |state: &_| behind(state, &Audience::Public, &period, &entrant);
    let (Some(points), Some(shown)) = (app.read(&contest, look).await?, labor.seen.period(&period)) else {
        return Err(Error::NotFound);
    };
    let papers = points.iter().flat_map(|one| {
        let evidence = one.figure.iter().flat_map(|figure| &figure.evidence);
        evidence.chain(one.target.iter().map(|set| &set.document.digest))
    });
    let texts = app.note_texts(&papers.collect::<Vec<_>>()).await?;
    let name = labor.name_in(&entrant, &shown.period);
    let mut reads = Vec::new();
    for one in &points {
        let (indicator, period) = (one.indicator.id.clone(), period.clone());
        let slot = FigureSlot { entrant: entrant.clone(), indicator, period };
        reads.push(figures::may_read(&page, &app, &contest, &slot).await?.then(|| figures::address(&contest, &slot)));
    }
    let row = shown.row(&entrant).ok_or(Error::NotFound)?;
    let body = html! {
        p.over { a href=(labor.at_unit(&entrant)) { (name) } " · " a href=(labor.at_period(&period)) { (shown.period.title) } }
        h1 { (name) " · " (shown.period.title) }
        (labor.notices())
        p.quiet-text { (labor.published(shown)) }
        p { (page.say("labor-rank")) " " strong { (labor.place(&row.place)) } " · " (page.say("labor-score")) " " strong { (super::score(row)) } }
        @for (one, staff) in points.iter().zip(&reads) { (section(&labor, one, &texts, shown.provisional.contains(&one.indicator.id), staff.as_deref())) }
    };
    let title = format!("{name} · {}", shown.period.title);
    Ok(page.clone().style("labor.css").show(&title, &body))
}

fn section(
    labor: &Labor<'_>,
    one: &Behind,
    texts: &HashMap<Digest, String>,
    provisional: bool,
    staff: Option<&str>,
) -> Markup {
    let (page, l) = (labor.page, labor.page.lang);
    let [figure, target, formula, papers, hands] =
        ["labor-figure", "labor-target", "labor-formula", "labor-papers", "labor-hands"].map(|key| page.say(key));
    let mut facts: Vec<(&str, Markup)> = Vec::new();
    let said = one.figure.as_ref().map(|counted| said(labor, &one.indicator, &counted.actual));
    facts.push((
        &figure,
        html! { @match &said { Some(said) => strong { (said) }, None => (page.say("labor-place-missing")) } },
    ));
    if let Some(set) = &one.target {
        let text = texts.get(&set.document.digest).map_or("", String::as_str);
        facts.push((
            &target,
            html! { (set.target.normalize()) " " small { "（" (set.document.dated) " " (text) "）" } },
        ));
    } else if let Some(by_rules) = one.indicator.target.filter(|_| one.indicator.score.reads_target()) {
        facts.push((&target, html! { (by_rules.normalize()) " " small { "（" (page.say("labor-by-rules")) "）" } }));
    }
    let lines = worked(l, one);
    let rules_changed = one.points.is_some() && !one.agrees;
    if !lines.is_empty() || rules_changed {
        facts.push((
            &formula,
            html! {
                @for line in &lines { (line) br; }
                @if rules_changed { (page.say("labor-rules-changed")) }
                @if provisional { (partials::pill(&page.say("labor-provisional"), partials::Tone::Warn)) }
            },
        ));
    }
    if let Some(counted) = &one.figure {
        let named: Vec<&String> = counted.evidence.iter().filter_map(|digest| texts.get(digest)).collect();
        if !named.is_empty() {
            facts.push((&papers, html! { @for text in named { (text) br; } }));
        }
        facts.push((
            &hands,
            html! { ul.plain { @for hand in &counted.hands { li { (handed(labor, &one.indicator, hand)) } } } },
        ));
    }
    html! {
        section.card id=(one.indicator.id) {
            div.row.between {
                h2 { (one.indicator.title) " " small { (one.indicator.owner) } }
                p { strong { @match one.points { Some(points) => (points), None => "–" } } " / " (one.indicator.points.normalize()) }
            }
            (partials::facts(&facts))
            @if let Some(address) = staff { p { a href=(address) { (page.say("labor-staff-figure")) } } }
        }
    }
}

fn said(labor: &Labor<'_>, of: &Indicator, actual: &Actual) -> String {
    let title = |kind: &Id| {
        let known = of.kinds().iter().find(|known| known.id == *kind);
        known.map_or_else(|| kind.to_string(), |known| known.title.clone())
    };
    let unit = of.measured_in.as_ref().filter(|_| matches!(actual, Actual::Is(_)));
    let unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
    format!("{}{unit}", indicator::actual(labor.page.lang, actual, title))
}

/// 2026-02-03 10:20 生产部 部门审核
fn handed(labor: &Labor<'_>, of: &Indicator, hand: &Hand) -> Markup {
    let page = labor.page;
    let key = match hand.how {
        How::Reported => "figures-how-reported",
        How::Checked => "figures-how-checked",
        How::Revised => "figures-how-revised",
    };
    let who = match hand.role {
        HandOf::Unit => page.say("labor-unit"),
        HandOf::Liaison => page.say("labor-liaison"),
        HandOf::Department => of.owner.as_str().into(),
        HandOf::Office => page.say("labor-office"),
    };
    html! { (page.say(key)) " · " (who) " · " (labor.zone.minute(hand.at)) }
}
