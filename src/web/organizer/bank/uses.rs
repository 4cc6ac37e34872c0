//! How items do in use (试题统计): how much of their points is got, and whether they tell those who know from the others.

use maud::{Markup, html};
use rust_decimal::{Decimal, RoundingStrategy};

use super::{Shelf, face::letter};
use crate::{
    app::restating::{InUse, ItemInUse},
    rules::items::{Body, Item, PAPERS_MIN, Statistics},
    web::partials::{self, Column, Tone},
};

/// Below it an item tells little.
const DISCRIMINATES_LEAST: Decimal = Decimal::from_parts(2, 0, 0, false, 1);

/// 54.5 %.
pub(super) fn share(share: Decimal) -> String {
    let percent = (share * Decimal::ONE_HUNDRED).round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
    format!("{} %", percent.normalize())
}

pub(super) fn difficulty(statistics: &Statistics) -> String {
    statistics.difficulty.map_or_else(|| "–".to_owned(), share)
}

/// The index with a word where somebody should look.
pub(super) fn discrimination(shelf: &Shelf, statistics: &Statistics) -> Markup {
    html! {
        @match statistics.discrimination {
            None => "–",
            Some(index) => {
                (index.round_dp(2).normalize())
                @if index < Decimal::ZERO { " " (partials::pill(&shelf.say("bank-use-key"), Tone::Bad)) }
                @else if index < DISCRIMINATES_LEAST { " " (partials::pill(&shelf.say("bank-use-low"), Tone::Warn)) }
            },
        }
    }
}

/// One item, with how often each option was chosen.
pub(super) fn card(shelf: &Shelf, item: &Item, all: &InUse) -> Markup {
    let none = ItemInUse::default();
    let one = all.items.get(&item.id).unwrap_or(&none);
    let statistics = &one.statistics;
    let number = |count: usize| html! { span.number { (count) } };
    let values = [("read", all.read.into()), ("papers", all.papers.into())];
    html! {
        section.card {
            h3 { (shelf.say("bank-use")) }
            @if statistics.taken == 0 {
                p { (shelf.say("bank-use-none")) }
            } @else {
                (partials::facts(&[
                    (&shelf.say("bank-use-taken"), number(statistics.taken)),
                    (&shelf.say("bank-use-right"), number(statistics.right)),
                    (&shelf.say("bank-use-blank"), number(statistics.blank)),
                    (&shelf.say("bank-use-share"), html! { (difficulty(statistics)) }),
                    (&shelf.say("bank-use-discrimination"), discrimination(shelf, statistics)),
                ]))
                @if statistics.discrimination.is_none() { p.quiet-text { (shelf.desk.count("bank-use-few", PAPERS_MIN)) } }
                (chosen(shelf, item, one))
                @if all.read < all.papers { p.quiet-text { (shelf.lang().say_with("bank-use-read", &values)) } }
                p.quiet-text { (shelf.say("bank-use-about")) }
            }
        }
    }
}

fn chosen(shelf: &Shelf, item: &Item, one: &ItemInUse) -> Markup {
    let options: Vec<(String, bool)> = match &item.body {
        Body::Single { options, right } => each(options, &[*right]),
        Body::Multiple { options, right } => each(options, right),
        Body::TrueFalse { right } => {
            vec![(shelf.say("item-true"), *right), (shelf.say("item-false"), !*right)]
        }
        _ => return html! {},
    };
    let titles = ["bank-use-option", "bank-use-chosen"].map(|key| shelf.say(key));
    let columns = [Column::text(&titles[0]), Column::number(&titles[1])];
    let rows = html! {
        @for (at, (option, is_right)) in options.iter().enumerate() {
            tr {
                td { (option) @if *is_right { " " span.tick aria-label=(shelf.say("bank-is-right")) { "✓" } } }
                td.number { (one.chosen.get(at).copied().unwrap_or(0)) }
            }
        }
    };
    partials::table(&titles[1], &columns, &rows)
}

fn each(options: &[String], right: &[usize]) -> Vec<(String, bool)> {
    let one = |(at, option): (usize, &String)| (format!("{} {option}", letter(at)), right.contains(&at));
    options.iter().enumerate().map(one).collect()
}
