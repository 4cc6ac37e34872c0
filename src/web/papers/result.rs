//! A finished paper, as far as its definition shows it.

use maud::{Markup, html};

use super::page::picture_address;
use crate::{
    app::papers::{PaperResult, Reviewed},
    rules::{
        items::{Answer, Ask, Body, Shape},
        ledger::paper::Ending,
        names::ContestId,
        papers::rules::After,
    },
    web::{
        Page,
        partials::{self, Tone},
    },
};

/// `game`: what became of the challenge that it was sat for.
pub(super) fn show(page: Page, contest: &ContestId, result: &PaperResult, game: Option<&Markup>) -> Markup {
    let rules = &result.sitting.rules;
    let how = match result.finished.how {
        Ending::HandedIn => "paper-handed-in",
        Ending::TimeUp => "paper-time-up",
    };
    let seconds = result.finished.used_ms / 1_000;
    let body = html! {
        p { a.quiet href={ "/contests/" (contest) "/me" } { "‹ " (page.say("paper-back")) } }
        h1 { (rules.title) }
        section.card {
            p { (page.say(how)) }
            @if rules.after >= After::Score {
                p.points { (result.finished.points.normalize().to_string()) " / " (rules.max().normalize().to_string()) }
                dl.facts {
                    div { dt { (page.say("paper-right")) } dd { (result.finished.right) " / " (rules.count()) } }
                    div { dt { (page.say("paper-used-time")) } dd { (seconds / 60) ":" (format!("{:02}", seconds % 60)) } }
                    @if let Some((place, of)) = result.place {
                        div { dt { (page.say("paper-place")) } dd { (place) " / " (of) } }
                    }
                }
            } @else {
                (partials::notice(Tone::Plain, &html! { p { (page.say("paper-shows-nothing")) } }))
            }
        }
        @if let Some(game) = game { (game) }
        @if result.waits { (partials::notice(Tone::Wait, &html! { p { (page.say("paper-duel-waits")) } })) }
        @for (at, one) in result.items.iter().enumerate() { (reviewed(&page, contest, at, one)) }
    };
    page.style("paper.css").show(&rules.title, &body)
}

fn reviewed(page: &Page, contest: &ContestId, at: usize, one: &Reviewed) -> Markup {
    let (tone, key) = match (&one.marked, one.void) {
        (_, true) => (Tone::Wait, "paper-item-void"),
        (marked, _) if marked.right => (Tone::Good, "paper-item-right"),
        (marked, _) if marked.points > rust_decimal::Decimal::ZERO => (Tone::Warn, "paper-item-partly"),
        (marked, _) if marked.blank => (Tone::Wait, "paper-item-blank"),
        _ => (Tone::Bad, "paper-item-wrong"),
    };
    html! {
        section.card.item {
            h2 { (at + 1) " " (partials::pill(&page.say(key), tone)) " "
                small { (page.lang.say_with("paper-item-points", &[("points", one.marked.points.normalize().to_string().into())])) } }
            p.stem { (one.face.stem) }
            (shown(contest, one))
            @if let Some(answer) = &one.answer { p { (page.say("paper-yours")) (told(page, &one.face.ask, answer)) } }
            @if let Some(item) = &one.item {
                p { (page.say("paper-key")) (key_of(page, &item.body)) }
                @if let Some(why) = &item.explanation { p.quiet-text { (why) } }
            }
        }
    }
}

/// The text or the picture that was asked about; on the picture the clicks, and where it is explained the hazards.
fn shown(contest: &ContestId, one: &Reviewed) -> Markup {
    let Some(picture) = &one.face.picture else {
        return html! {
            @if let Ask::FindFix { text, .. } = &one.face.ask { p.fix-text lang="zh" { (text) } }
        };
    };
    let address = picture_address(contest, picture);
    let Ask::Hazards { description, .. } = &one.face.ask else { return html! { img.asked src=(address) alt=""; } };
    let clicks = if let Some(Answer::Hazards(clicks)) = &one.answer { clicks.as_slice() } else { &[] };
    let regions = match one.item.as_ref().map(|item| &item.body) {
        Some(Body::Hazards { regions, .. }) => regions.as_slice(),
        _ => &[],
    };
    html! {
        div.picture {
            img src=(address) alt=(description);
            svg width="100%" height="100%" aria-hidden="true" {
                @for region in regions { (outline(&region.shape)) }
                @for (at, click) in clicks.iter().enumerate() {
                    circle.click cx={ (click.x) "%" } cy={ (click.y) "%" } r="14" {}
                    text.click x={ (click.x) "%" } y={ (click.y) "%" } { (at + 1) }
                }
            }
        }
    }
}

fn outline(shape: &Shape) -> Markup {
    match shape {
        Shape::Rectangle { x, y, width, height } => {
            html! { rect x={ (x) "%" } y={ (y) "%" } width={ (width) "%" } height={ (height) "%" } {} }
        }
        // Its radius is in per cent of the width, that of an ellipse in per cent of either side.
        Shape::Circle { x, y, radius, ratio } => {
            html! { ellipse cx={ (x) "%" } cy={ (y) "%" } rx={ (radius) "%" } ry={ (radius * ratio) "%" } {} }
        }
        Shape::Polygon { points } => {
            let points = points.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ");
            html! { svg viewBox="0 0 100 100" preserveAspectRatio="none" { polygon points=(points) {} } }
        }
    }
}

fn truth(page: &Page, said: bool) -> String {
    page.say(if said { "paper-true" } else { "paper-false" }).into_owned()
}

fn told(page: &Page, ask: &Ask, answer: &Answer) -> String {
    let text = |options: &[String], at: usize| options.get(at).cloned().unwrap_or_default();
    let all = |texts: Vec<String>| texts.join("；");
    match (ask, answer) {
        (Ask::Single { options }, Answer::Single(at)) => text(options, *at),
        (Ask::Multiple { options }, Answer::Multiple(ticks)) => {
            all(ticks.iter().map(|at| text(options, *at)).collect())
        }
        (_, Answer::TrueFalse(said)) => truth(page, *said),
        (_, Answer::FillIn(texts)) => all(texts.clone()),
        (_, Answer::Number(said)) => said.normalize().to_string(),
        (Ask::Ordering { options }, Answer::Ordering(order)) => {
            all(order.iter().map(|at| text(options, *at)).collect())
        }
        (Ask::Matching { left, right }, Answer::Matching(pairs)) => {
            all(pairs.iter().map(|(one, other)| format!("{} → {}", text(left, *one), text(right, *other))).collect())
        }
        (Ask::FindFix { text, .. }, Answer::FindFix(corrections)) => {
            let place = |from: usize, length: usize| text.chars().skip(from).take(length).collect::<String>();
            all(corrections.iter().map(|one| format!("{} → {}", place(one.from, one.length), one.text)).collect())
        }
        (_, Answer::Hazards(clicks)) => {
            page.lang.say_with("paper-clicks", &[("count", clicks.len().into())]).into_owned()
        }
        _ => String::new(),
    }
}

fn key_of(page: &Page, body: &Body) -> String {
    let text = |options: &[String], at: usize| options.get(at).cloned().unwrap_or_default();
    let all = |texts: Vec<String>| texts.join("；");
    match body {
        Body::Single { options, right } => text(options, *right),
        Body::Multiple { options, right } | Body::Ordering { options, right } => {
            all(right.iter().map(|at| text(options, *at)).collect())
        }
        Body::TrueFalse { right } => truth(page, *right),
        Body::FillIn { blanks, .. } => all(blanks.iter().map(|accepted| accepted.join(" / ")).collect()),
        Body::Number { from, to } if from == to => from.normalize().to_string(),
        Body::Number { from, to } => format!("{} ~ {}", from.normalize(), to.normalize()),
        Body::Matching { pairs } => all(pairs.iter().map(|(one, other)| format!("{one} → {other}")).collect()),
        Body::FindFix { text, faults } => {
            let place = |from: usize, length: usize| text.chars().skip(from).take(length).collect::<String>();
            all(faults
                .iter()
                .map(|one| format!("{} → {}", place(one.from, one.length), one.accepted.join(" / ")))
                .collect())
        }
        Body::Hazards { regions, .. } => all(regions.iter().map(|region| region.title.clone()).collect()),
    }
}
