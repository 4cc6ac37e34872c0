//! A wrong key mended: the item void, so that everybody gets its points, or the same item with another key.
//!
//! First what it would change: which papers, whose result, validity and place. Then, with a reason, one entry of the
//! ledger restates every paper that asks the item.

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};
use rust_decimal::Decimal;

use super::{
    Shelf, face,
    fields::{Fields, Wrong},
    import::known_pictures,
    item::Picked,
    typed::Typed,
};
use crate::{
    app::{self, restating::Mending},
    files::items::{Known, read_cells},
    rules::papers::{PersonMove, Restatement, Rules},
    web::{
        Error, Result, Web,
        form::Posted,
        organizer::entrants::{self, Names},
        partials::{self, Column, Field, Look, Tone},
    },
    words::paper as words,
};

/// Rows of a preview; the rest is counted.
const ROWS_SHOWN: usize = 300;

type Pairs = Vec<(String, String)>;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/organizer/{contest}/bank/{bank}/items/{item}/mend", get(show).post(take))
}

async fn show(picked: Picked) -> Result<Markup> {
    let typed = Typed::of(&picked.item, picked.shelf.lang());
    let body = form(&picked, &typed, "", &Wrong::default());
    Ok(picked.shelf.show(&body))
}

/// First what it would change; with `do`, does it.
async fn take(picked: Picked, Posted(said): Posted<Pairs>) -> Result<Response> {
    let field = |name: &str| said.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text.as_str());
    let (shelf, item) = (&picked.shelf, &picked.item);
    let before = Typed::of(item, shelf.lang());
    let reason = field("reason").trim().to_owned();
    let mut wrong = Wrong::default();
    if reason.is_empty() {
        wrong.add(&shelf.say("bank-mend-reason"), &shelf.say("bank-mend-reason-missing"));
    }
    let (typed, mending) = match field("way") {
        "void" => (before, Some(Mending::Void)),
        "key" => {
            let typed = before.said(&of_key(&said));
            let mending = rekeyed(&picked, &typed, &mut wrong).await?;
            (typed, mending)
        }
        other => return Err(Error::BadInput(format!("way: {other}"))),
    };
    let Some(mending) = mending.filter(|_| wrong.count() == 0) else {
        let body = form(&picked, &typed, &reason, &wrong);
        return Ok(picked.shelf.wrong(&body));
    };
    let desk = &shelf.desk;
    let restatement = match desk.app.restatement(&desk.contest, &shelf.id, &item.id, &mending).await {
        Ok(restatement) => restatement,
        // It asks something else now: that is told where the key is typed.
        Err(app::Error::Refused(refusal)) => {
            wrong.add("", &shelf.lang().refusal(&refusal));
            let body = form(&picked, &typed, &reason, &wrong);
            return Ok(picked.shelf.wrong(&body));
        }
        Err(error) => return Err(error.into()),
    };
    if field("do") != "mend" {
        let names = entrants::names(desk).await?;
        let body = preview(&picked, &mending, &restatement, &names, &said);
        return Ok(picked.shelf.show(&body).into_response());
    }
    let receipt = desk.app.restate(&desk.contest, &desk.actor, &shelf.id, &item.id, &mending, &reason).await?;
    desk.shown(receipt).await?;
    let to = format!("{}?said=bank-mended&count={}", shelf.item_at(&item.id), restatement.papers.len());
    Ok(axum::response::Redirect::to(&to).into_response())
}

/// The key and the explanation, whatever else is sent: the item asks the same.
fn of_key(said: &[(String, String)]) -> Pairs {
    let known = ["tick", "key", "any-order", "left", "right", "explanation"];
    said.iter().filter(|(name, _)| known.contains(&name.as_str())).cloned().collect()
}

async fn rekeyed(picked: &Picked, typed: &Typed, wrong: &mut Wrong) -> Result<Option<Mending>> {
    let shelf = &picked.shelf;
    let pictures = known_pictures(shelf).await?;
    let known = Known { bank: &shelf.bank.items, pictures: &pictures };
    let imported = read_cells(&typed.cells(), shelf.lang(), known);
    wrong.add_all(shelf, &imported.problems);
    let new = imported.rows.into_iter().next().map(|row| row.item);
    if new.as_ref() == Some(&picked.item) && !picked.is_void() {
        wrong.add(&shelf.say("items-column-key"), &shelf.say("bank-mend-same"));
    }
    Ok(new.map(Mending::Rekey))
}

fn form(picked: &Picked, typed: &Typed, reason: &str, wrong: &Wrong) -> Markup {
    let Picked { shelf, item } = picked;
    let fields = Fields { shelf, typed, wrong, pictures: &[], named: true };
    let title = shelf.say("bank-mend-reason");
    let why = |way: &str| {
        html! { (Field::area("reason", &title).among(way).value(reason).error(wrong.at(&title)).hint(&shelf.say("bank-mend-reason-hint")).required()) }
    };
    let preview = html! { (partials::button(&shelf.say("bank-mend-preview"), Look::Primary)) };
    html! {
        p.over { a href=(shelf.item_at(&item.id)) { code { (item.id) } } }
        h2 { (shelf.say("bank-mend")) }
        p { (shelf.say("bank-mend-about")) }
        @if wrong.count() > 0 {
            (partials::notice(Tone::Bad, &html! {
                p { (shelf.desk.count("bank-form-wrong", wrong.count())) }
                @if let Some(fact) = wrong.general() { p { (fact) } }
            }))
        }
        div.columns {
            form.card.item-form method="post" action=(picked.at("mend")) {
                @if picked.is_void() {
                    h3 { (shelf.say("bank-restore")) }
                    p { (shelf.say("bank-restore-about")) }
                } @else {
                    h3 { (shelf.say("bank-rekey")) }
                    p { (shelf.say("bank-rekey-about")) }
                }
                input type="hidden" name="way" value="key";
                p.stem { (item.stem) }
                (fields.another_key())
                (fields.explanation())
                (why("key"))
                (preview)
            }
            @if !picked.is_void() {
                form.card method="post" action=(picked.at("mend")) {
                    h3 { (shelf.say("bank-void")) }
                    p { (shelf.say("bank-void-about")) }
                    input type="hidden" name="way" value="void";
                    (why("void"))
                    (preview)
                }
            }
        }
        div.columns { (face::as_asked(shelf, item)) (face::key(shelf, item)) }
    }
}

fn preview(picked: &Picked, mending: &Mending, told: &Restatement, names: &Names, said: &[(String, String)]) -> Markup {
    let Picked { shelf, item } = picked;
    let key = match mending {
        Mending::Void => "bank-void",
        Mending::Rekey(_) if picked.is_void() => "bank-restore",
        Mending::Rekey(_) => "bank-rekey",
    };
    let number = |count: usize| html! { span.number { (count) } };
    let validity = told.papers.iter().filter(|paper| paper.valid.0 != paper.valid.1).count();
    html! {
        p.over { a href=(picked.at("mend")) { (shelf.say("bank-mend")) } }
        h2 { (shelf.say(key)) " · " code { (item.id) } }
        section.card {
            (partials::facts(&[
                (&shelf.say("bank-mend-papers"), number(told.papers.len())),
                (&shelf.say("bank-mend-same-papers"), number(told.same)),
                (&shelf.say("bank-mend-validity"), number(validity)),
                (&shelf.say("bank-mend-people"), number(told.people.len())),
            ]))
            p { (shelf.say("bank-mend-later")) }
            @if told.papers.is_empty() { (partials::notice(Tone::Plain, &html! { p { (shelf.say("bank-mend-nobody")) } })) }
            form method="post" action=(picked.at("mend")) {
                @for (name, text) in said.iter().filter(|(name, _)| name != "do") { input type="hidden" name=(name) value=(text); }
                div.row {
                    button.button.danger name="do" value="mend" { (shelf.say("bank-mend-do")) }
                    (partials::link_button(&shelf.item_at(&item.id), &shelf.say("organizer-cancel"), Look::Plain))
                }
            }
        }
        @if let Mending::Rekey(new) = mending { div.columns { (face::key_as(shelf, item, "bank-key-before")) (face::key_as(shelf, new, "bank-key-after")) } }
        @if !told.people.is_empty() { (people(shelf, &told.people, names)) }
    }
}

/// Whose result, validity and place change, before and after.
fn people(shelf: &Shelf, moves: &[PersonMove], names: &Names) -> Markup {
    let lang = shelf.lang();
    let keys =
        ["column-name", "column-entrant", "bank-mend-paper", "bank-mend-value", "bank-mend-valid", "bank-mend-place"];
    let titles = keys.map(|key| shelf.say(key));
    let columns: Vec<Column<'_>> = titles.iter().map(|title| Column::text(title)).collect();
    let rules = |moved: &PersonMove| -> Option<&Rules> { shelf.papers().find(|rules| rules.id == moved.of) };
    let value = |moved: &PersonMove, value: Decimal| {
        rules(moved).map_or_else(|| value.normalize().to_string(), |rules| words::counted(lang, rules, value))
    };
    let place = |place: Option<usize>| place.map_or_else(|| "–".to_owned(), |place| place.to_string());
    let rows = html! {
        @for moved in moves.iter().take(ROWS_SHOWN) {
            tr {
                td { (entrants::name_of(names, &moved.entrant)) }
                td { (moved.entrant) }
                td { (rules(moved).map_or_else(|| moved.of.to_string(), |rules| rules.title.clone())) }
                td { (turn(&value(moved, moved.value.0), &value(moved, moved.value.1))) }
                td { (turn(&moved.valid.0.to_string(), &moved.valid.1.to_string())) }
                td { (turn(&place(moved.place.0), &place(moved.place.1))) }
            }
        }
    };
    let caption = shelf.say("bank-mend-moves");
    html! {
        h3 { (caption) }
        (partials::table(&caption, &columns, &rows))
        @if moves.len() > ROWS_SHOWN { p { (shelf.desk.count("organizer-more-rows", moves.len() - ROWS_SHOWN)) } }
    }
}

/// What it was, and what it becomes.
fn turn(before: &str, after: &str) -> Markup {
    html! {
        @if before == after { span.quiet-text { (before) } }
        @else { span.turn { (before) " → " strong { (after) } } }
    }
}
