//! Taking a bank into use: what changes, whether papers can be drawn with it, and whether it is large enough.

use axum::{Router, response::Response, routing::get};
use maud::{Markup, html};

use super::Shelf;
use crate::{
    app::banks::{Standing, banked},
    rules::items::Item,
    rules::ledger::paper::BankedItem,
    rules::papers::{PAPERS_LEAST, Pool, Rules, pools, small},
    web::{
        Result, Web,
        partials::{self, Column, Look, Tone},
    },
    words::paper as words,
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/organizer/{contest}/bank/{bank}/adopt", get(show).post(adopt))
}

async fn show(shelf: Shelf) -> Markup {
    let body = page(&shelf);
    shelf.show(&body)
}

async fn adopt(shelf: Shelf) -> Result<Response> {
    let desk = &shelf.desk;
    let receipt = desk.app.adopt_bank(&desk.contest, &desk.actor, &shelf.id, &shelf.bank.items).await?;
    desk.shown(receipt).await?;
    Ok(shelf.done("", "bank-adopted", shelf.bank.items.len()))
}

fn page(shelf: &Shelf) -> Markup {
    let count =
        |standing: Standing| shelf.bank.items.iter().filter(|item| shelf.bank.standing(item) == standing).count();
    let number = |count: usize| html! { span.number { (count) } };
    let papers: Vec<(&Rules, Vec<Pool>)> = shelf.papers().map(|rules| (rules, pools_of(shelf, rules))).collect();
    let is_lacking = papers.iter().any(|(_, pools)| pools.iter().copied().any(Pool::is_lacking));
    let asked: Vec<BankedItem> = asked(shelf).into_iter().map(banked).collect();
    let told = |rules: &Rules| -> Vec<String> {
        small(rules, &asked).iter().map(|short| words::small(shelf.lang(), rules, short)).collect()
    };
    let short: Vec<String> = shelf.papers().flat_map(told).collect();
    html! {
        (shelf.over())
        h2 { (shelf.say("bank-adopt")) }
        section.card {
            (partials::facts(&[
                (&shelf.say("bank-standing-new"), number(count(Standing::New))),
                (&shelf.say("bank-standing-changed"), number(count(Standing::Changed))),
                (&shelf.say("bank-standing-adopted"), number(count(Standing::Adopted))),
                (&shelf.say("bank-standing-void"), number(count(Standing::Void))),
                (&shelf.say("bank-removed"), number(shelf.bank.removed())),
            ]))
            p { (shelf.say("bank-adopt-about")) }
            @if is_lacking {
                (partials::notice(Tone::Bad, &html! { p { (shelf.say("bank-lacking")) } }))
            } @else if !short.is_empty() {
                (partials::notice(Tone::Warn, &html! {
                    p { strong { (shelf.desk.count("bank-small", PAPERS_LEAST as usize)) } }
                    @for sentence in &short { p { (sentence) } }
                }))
            }
            @if shelf.bank.is_adopted() {
                (partials::notice(Tone::Good, &html! { p { (shelf.say("bank-adopted-as-it-is")) } }))
            } @else if !shelf.bank.items.is_empty() {
                form method="post" action=(shelf.at("adopt")) {
                    (partials::button(&shelf.say("bank-adopt-do"), Look::Primary))
                }
            }
        }
        @for (rules, pools) in &papers { (parts(shelf, rules, pools)) }
    }
}

/// Void items are asked no more.
fn asked(shelf: &Shelf) -> Vec<&Item> {
    shelf.bank.items.iter().filter(|item| shelf.bank.standing(item) != Standing::Void).collect()
}

fn pools_of(shelf: &Shelf, rules: &Rules) -> Vec<Pool> {
    pools(rules, &asked(shelf))
}

fn parts(shelf: &Shelf, rules: &Rules, pools: &[Pool]) -> Markup {
    let titles = ["bank-part", "bank-wants", "bank-has", ""]
        .map(|key| if key.is_empty() { String::new() } else { shelf.say(key) });
    let columns =
        [Column::text(&titles[0]), Column::number(&titles[1]), Column::number(&titles[2]), Column::text(&titles[3])];
    let rows = html! {
        @for pool in pools {
            tr {
                td { (rules.parts.get(pool.part).map(|part| words::part(shelf.lang(), part)).unwrap_or_default()) }
                td.number { (pool.wants) }
                td.number { (pool.has) }
                td {
                    @if pool.is_lacking() { (partials::pill(&shelf.say("bank-pool-lacking"), Tone::Bad)) }
                    @else if pool.is_small() { (partials::pill(&shelf.say("bank-pool-small"), Tone::Warn)) }
                    @else { (partials::pill(&shelf.say("bank-pool-good"), Tone::Good)) }
                }
            }
        }
    };
    html! {
        h3 { (rules.title) }
        (partials::table(&rules.title, &columns, &rows))
    }
}
