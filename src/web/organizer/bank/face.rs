//! An item on paper: as the worker will see it, and its key apart.

use maud::{Markup, html};
use rust_decimal::Decimal;

use super::Shelf;
use crate::{
    files::items as files,
    rules::items::{Body, Face, Fault, Item, Region, Shape},
    web::papers::asked,
};

/// Clicks that a picture takes where no paper says.
const CLICKS: usize = 5;

/// With the controls of a paper, which do nothing here; options in the order of the bank.
pub(super) fn as_asked(shelf: &Shelf, item: &Item) -> Markup {
    let clicks = shelf.papers().flat_map(|rules| &rules.parts).find_map(|part| usize::try_from(part.clicks).ok());
    let face = Face::new(item, &[], clicks.unwrap_or(CLICKS));
    html! {
        section.card.asked {
            h3 { (shelf.say("bank-as-asked")) }
            fieldset.still disabled { (asked(&shelf.desk.page, &shelf.desk.contest, &face)) }
        }
    }
}

pub(super) fn key(shelf: &Shelf, item: &Item) -> Markup {
    key_as(shelf, item, "bank-key")
}

/// Under a heading of its own.
pub(super) fn key_as(shelf: &Shelf, item: &Item, title: &str) -> Markup {
    html! {
        section.card.key-card {
            h3 { (shelf.say(title)) }
            @match &item.body {
                Body::FindFix { text, faults } => p.fix-text lang="zh" { (mended(text, faults)) },
                Body::Hazards { regions, .. } => (places(shelf, item, regions)),
                Body::Single { options, right } => (options_of(options, &[*right])),
                Body::Multiple { options, right } => (options_of(options, right)),
                Body::Ordering { options, right } => ol { @for at in right { li { (options.get(*at).map_or("", String::as_str)) } } },
                Body::Matching { pairs } => ul { @for (left, right) in pairs { li { (left) " — " (right) } } },
                Body::FillIn { blanks, any_order } => {
                    ol { @for accepted in blanks { li { (accepted.join(" / ")) } } }
                    @if *any_order { p.quiet-text { (shelf.say("bank-any-order")) } }
                },
                Body::TrueFalse { .. } | Body::Number { .. } => p { strong { (files::key(item, shelf.lang())) } },
            }
            @if let Some(explanation) = &item.explanation {
                h3 { (shelf.say("items-column-explanation")) }
                p { (explanation) }
            }
        }
    }
}

/// A, B, C …
pub(super) fn letter(at: usize) -> char {
    u8::try_from(at).ok().and_then(|at| b'A'.checked_add(at)).map_or('?', char::from)
}

fn options_of(options: &[String], right: &[usize]) -> Markup {
    html! {
        ul.plain { @for (at, option) in options.iter().enumerate() {
            li data-right=(right.contains(&at)) {
                b { (letter(at)) } " " (option) @if right.contains(&at) { " " span.tick aria-hidden="true" { "✓" } }
            }
        } }
    }
}

/// The text with what is wrong struck out and what belongs there.
fn mended(text: &str, faults: &[Fault]) -> Markup {
    let characters: Vec<char> = text.chars().collect();
    let part = |from: usize, to: usize| -> String {
        characters.get(from.min(characters.len())..to.min(characters.len())).unwrap_or_default().iter().collect()
    };
    // Where the text goes on after each fault; the text begins after none.
    let ends: Vec<usize> = std::iter::once(0).chain(faults.iter().map(|fault| fault.from + fault.length)).collect();
    html! {
        @for (fault, after) in faults.iter().zip(&ends) {
            (part(*after, fault.from))
            del { (part(fault.from, fault.from + fault.length)) } ins { (fault.accepted.join(" / ")) }
        }
        (part(ends.last().copied().unwrap_or(0), characters.len()))
    }
}

/// The picture with its regions, and what is wrong in each.
fn places(shelf: &Shelf, item: &Item, regions: &[Region]) -> Markup {
    html! {
        @if let Some(picture) = &item.picture {
            div.regions {
                img src=(super::pictures::address(shelf, picture)) alt="";
                svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true" {
                    @for region in regions { (shape(&region.shape)) }
                }
            }
        }
        ol { @for region in regions { li { (region.title) } } }
    }
}

fn shape(shape: &Shape) -> Markup {
    match shape {
        Shape::Rectangle { x, y, width, height } => html! { rect x=(x) y=(y) width=(width) height=(height) {} },
        // Per cent of the width across; as many of the height as make it round.
        Shape::Circle { x, y, radius, ratio } => {
            let down = radius.checked_mul(*ratio).unwrap_or(*radius);
            html! { ellipse cx=(x) cy=(y) rx=(radius) ry=(down) {} }
        }
        Shape::Polygon { points } => {
            let point = |(x, y): &(Decimal, Decimal)| format!("{x},{y}");
            html! { polygon points=(points.iter().map(point).collect::<Vec<_>>().join(" ")) {} }
        }
    }
}
