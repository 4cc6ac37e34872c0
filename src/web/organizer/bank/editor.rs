//! One item in a form: a new one, a copy, or one of the bank while no paper was drawn with it.
//!
//! What is typed is read as a row of the template is, so that the same mistakes are told in the same words, each at its
//! field. Nothing is kept before somebody saves; a preview shows the item as workers will see it.

use axum::{
    Router,
    extract::Query,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    Shelf, face,
    fields::{Fields, Wrong},
    import::known_pictures,
    item::Picked,
    typed::Typed,
};
use crate::{
    app,
    files::items::{Change, Fact, Known, read_cells},
    rules::{
        command::Refusal,
        items::{Item, ItemKind},
        names::Id,
        papers::PaperRefusal,
    },
    web::{
        Error, Result, Web,
        form::Posted,
        partials::{self, Look, Tone},
    },
};

type Pairs = Vec<(String, String)>;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/bank/{bank}/new", get(begin).post(add))
        .route("/organizer/{contest}/bank/{bank}/items/{item}/edit", get(show).post(change))
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Beginning {
    kind: String,
    /// The item that it begins as a copy of.
    from: String,
}

/// Which kind, unless the address says it.
async fn begin(shelf: Shelf, Query(beginning): Query<Beginning>) -> Result<Markup> {
    let copied = shelf
        .bank
        .item(&Id::new(&beginning.from))
        .map(|item| Typed { id: String::new(), ..Typed::of(item, shelf.lang()) });
    let typed = copied.or_else(|| kind(&beginning.kind).map(Typed::nothing));
    let body = match typed {
        Some(typed) => Sheet::new(&shelf, None).page(&typed, &Read::default(), "").await?,
        None => kinds(&shelf),
    };
    Ok(shelf.show(&body))
}

async fn add(shelf: Shelf, Posted(said): Posted<Pairs>) -> Result<Response> {
    let kind = kind(field(&said, "kind")).ok_or_else(|| Error::BadInput("kind".to_owned()))?;
    take(shelf, None, Typed::nothing(kind), &said).await
}

async fn show(picked: Picked) -> Result<Markup> {
    let Picked { shelf, item } = picked;
    may_change(&shelf, &item)?;
    let typed = Typed::of(&item, shelf.lang()).with_room();
    let body = Sheet::new(&shelf, Some(&item)).page(&typed, &Read::default(), "").await?;
    Ok(shelf.show(&body))
}

async fn change(picked: Picked, Posted(said): Posted<Pairs>) -> Result<Response> {
    let Picked { shelf, item } = picked;
    may_change(&shelf, &item)?;
    let typed = Typed::of(&item, shelf.lang());
    take(shelf, Some(&item), typed, &said).await
}

/// What papers were drawn with stays as it is.
fn may_change(shelf: &Shelf, item: &Item) -> Result<()> {
    if !shelf.bank.is_fixed(&item.id) {
        return Ok(());
    }
    Err(app::Error::Refused(Refusal::Paper(PaperRefusal::ItemDrawn(item.id.clone()))).into())
}

fn kind(word: &str) -> Option<ItemKind> {
    ItemKind::ALL.into_iter().find(|kind| kind.word() == word)
}

fn field<'f>(said: &'f [(String, String)], name: &str) -> &'f str {
    said.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text)
}

/// Reads the form; shows it again, or saves what it says.
async fn take(shelf: Shelf, old: Option<&Item>, before: Typed, said: &Pairs) -> Result<Response> {
    let mut typed = before.said(said);
    if let Some(old) = old {
        typed.id = old.id.to_string();
    }
    let sheet = Sheet::new(&shelf, old);
    let wish = field(said, "do");
    if wish == "more" {
        let body = sheet.page(&typed.with_more(), &Read::default(), "").await?;
        return Ok(shelf.show(&body).into_response());
    }
    let mut read = sheet.read(&typed).await?;
    // Somebody else may have changed it since it was shown.
    if let Some(old) = old.filter(|old| wish == "save" && field(said, "was") != old.digest().0) {
        let fact = shelf.lang().say_with("bank-changed-meanwhile", &[("id", old.id.to_string().into())]);
        read.wrong.add("", &fact);
    }
    if read.wrong.count() > 0 {
        let body = sheet.page(&typed.with_room(), &read, "").await?;
        return Ok(shelf.wrong(&body));
    }
    let is_seen = read.warnings.is_empty() || field(said, "seen") == "yes";
    let Some(item) = read.item.clone().filter(|_| wish == "save" && is_seen) else {
        let body = sheet.page(&typed.with_room(), &read, "yes").await?;
        return Ok(shelf.show(&body).into_response());
    };
    if read.change == Some(Change::Same) {
        return Ok(Redirect::to(&shelf.item_at(&item.id)).into_response());
    }
    shelf.desk.app.write_items(&shelf.desk.contest, &shelf.desk.actor, &shelf.id, std::slice::from_ref(&item)).await?;
    let said = if old.is_some() { "bank-item-changed" } else { "bank-item-added" };
    Ok(Redirect::to(&format!("{}?said={said}&count=1", shelf.item_at(&item.id))).into_response())
}

/// What a form came to.
#[derive(Default)]
struct Read {
    item: Option<Item>,
    change: Option<Change>,
    wrong: Wrong,
    warnings: Vec<String>,
}

struct Sheet<'s> {
    shelf: &'s Shelf,
    /// The item of the bank that is changed.
    old: Option<&'s Item>,
}

impl<'s> Sheet<'s> {
    fn new(shelf: &'s Shelf, old: Option<&'s Item>) -> Self {
        Self { shelf, old }
    }

    async fn read(&self, typed: &Typed) -> Result<Read> {
        let shelf = self.shelf;
        let pictures = known_pictures(shelf).await?;
        let known = Known { bank: &shelf.bank.items, pictures: &pictures };
        let imported = read_cells(&typed.cells(), shelf.lang(), known);
        let mut read = Read::default();
        let taken = shelf.bank.item(&Id::new(typed.id.trim())).filter(|_| self.old.is_none());
        if let Some(taken) = taken {
            let fact = shelf.lang().say_with("bank-id-taken", &[("id", taken.id.to_string().into())]);
            read.wrong.add(&shelf.say("items-column-id"), &fact);
        }
        for problem in &imported.problems {
            match (&problem.fact, &problem.column) {
                // Told above, or about rows of a file.
                (Fact::IdOfOtherKind { .. }, _) if taken.is_some() => {}
                (Fact::SameAsBank { id }, Some((title, _))) => {
                    let fact = shelf.lang().say_with("bank-same-item", &[("id", id.as_str().into())]);
                    read.wrong.add(title, &fact);
                }
                _ => read.wrong.add_all(shelf, [problem]),
            }
        }
        let sentence = |fact: &Fact| match fact {
            Fact::StemAsBank { id } => {
                shelf.lang().say_with("bank-same-stem", &[("id", id.as_str().into())]).into_owned()
            }
            fact => fact.say(shelf.lang()),
        };
        read.warnings = imported.warnings.iter().map(|warning| sentence(&warning.fact)).collect();
        match imported.rows.into_iter().next() {
            Some(row) => (read.item, read.change) = (Some(row.item), Some(row.change)),
            // An example of the template.
            None if read.wrong.count() == 0 => {
                read.wrong.add(&shelf.say("items-column-id"), &read.warnings.join(" "));
            }
            None => {}
        }
        Ok(read)
    }

    async fn page(&self, typed: &Typed, read: &Read, seen: &str) -> Result<Markup> {
        let shelf = self.shelf;
        let names: Vec<String> = known_pictures(shelf).await?.into_keys().collect();
        let fields = Fields { shelf, typed, wrong: &read.wrong, pictures: &names, named: self.old.is_some() };
        let (action, title) = match self.old {
            Some(old) => (format!("{}/edit", shelf.item_at(&old.id)), shelf.say("bank-edit")),
            None => (shelf.at("new"), shelf.say("bank-new")),
        };
        Ok(html! {
            (shelf.over())
            h2 { (title) " · " (typed.kind.title(shelf.lang())) @if let Some(old) = self.old { " " code { (old.id) } } }
            (told(shelf, read))
            form.card.item-form method="post" action=(action) {
                input type="hidden" name="kind" value=(typed.kind.word());
                @if let Some(old) = self.old { input type="hidden" name="was" value=(old.digest().0); }
                @if !seen.is_empty() { input type="hidden" name="seen" value=(seen); }
                (fields.all())
                div.row {
                    button.button name="do" value="preview" { (shelf.say("bank-preview")) }
                    button.button.primary name="do" value="save" { (shelf.say("bank-save")) }
                    (partials::link_button(&self.back(), &shelf.say("organizer-cancel"), Look::Plain))
                }
            }
            @if let Some(item) = &read.item {
                div.columns id="preview" { (face::as_asked(shelf, item)) (face::key(shelf, item)) }
            }
        })
    }

    fn back(&self) -> String {
        self.old.map_or_else(|| self.shelf.at(""), |old| self.shelf.item_at(&old.id))
    }
}

fn told(shelf: &Shelf, read: &Read) -> Markup {
    html! {
        @if read.wrong.count() > 0 {
            (partials::notice(Tone::Bad, &html! {
                p { (shelf.desk.count("bank-form-wrong", read.wrong.count())) }
                @if let Some(fact) = read.wrong.general() { p { (fact) } }
            }))
        } @else if !read.warnings.is_empty() {
            (partials::notice(Tone::Warn, &html! {
                @for warning in &read.warnings { p { (warning) } }
                p { (shelf.say("bank-save-again")) }
            }))
        } @else if read.item.is_some() {
            (partials::notice(Tone::Plain, &html! { p { (shelf.say("bank-preview-about")) } }))
        }
    }
}

fn kinds(shelf: &Shelf) -> Markup {
    html! {
        (shelf.over())
        h2 { (shelf.say("bank-new")) }
        p { (shelf.say("bank-new-about")) }
        ul.cards { @for kind in ItemKind::ALL {
            li { a.card href={ (shelf.at("new")) "?kind=" (kind.word()) } {
                h3 { (kind.title(shelf.lang())) }
                p { (shelf.say(&format!("bank-about-{}", kind.word()))) }
            } }
        } }
    }
}
