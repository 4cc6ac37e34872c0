//! The items of a bank, searched and filtered; the template; the bank as a file.

use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{Shelf, in_use, uses};
use crate::{
    app::restating::InUse,
    files::items::{self as files},
    rules::items::{Difficulty, Item, ItemKind},
    web::{
        Error, Result, Web,
        error::percent,
        organizer::entrants::{CSV, XLSX, attachment},
        partials::{self, Column, Field, Look, Tone},
    },
};

const ROWS_A_PAGE: usize = 50;
const STEM_CHARACTERS: usize = 70;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/bank/{bank}", get(list))
        .route("/organizer/{contest}/bank/{bank}/file/{name}", get(file))
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Filter {
    q: String,
    subject: String,
    kind: String,
    difficulty: String,
    /// Empty: the bank's order.
    sort: String,
    /// From 1.
    page: usize,
}

impl Filter {
    fn fits(&self, item: &Item) -> bool {
        let is = |wanted: &str, has: &str| wanted.is_empty() || wanted == has;
        is(&self.kind, item.kind().word())
            && is(&self.difficulty, word(item.difficulty))
            && is(&self.subject, item.subject.as_deref().unwrap_or_default())
            && self.q.split_whitespace().all(|word| says(item, &word.to_lowercase()))
    }

    fn query(&self, page: usize) -> String {
        format!(
            "?q={}&subject={}&kind={}&difficulty={}&sort={}&page={page}",
            percent(&self.q),
            percent(&self.subject),
            percent(&self.kind),
            percent(&self.difficulty),
            percent(&self.sort)
        )
    }

    /// Those of which papers say nothing come last.
    fn sort(&self, items: &mut [&Item], in_use: &InUse) {
        let of = |item: &Item| in_use.items.get(&item.id).map(|one| one.statistics);
        match self.sort.as_str() {
            "hardest" => items.sort_by_key(|item| {
                let share = of(item).and_then(|one| one.difficulty);
                (share.is_none(), share)
            }),
            "least" => items.sort_by_key(|item| {
                let index = of(item).and_then(|one| one.discrimination);
                (index.is_none(), index)
            }),
            _ => {}
        }
    }
}

pub(super) fn word(difficulty: Difficulty) -> &'static str {
    match difficulty {
        Difficulty::Easy => "easy",
        Difficulty::Medium => "medium",
        Difficulty::Hard => "hard",
    }
}

/// In whatever the item says: id, stem, options, key, explanation.
fn says(item: &Item, word: &str) -> bool {
    let cells = files::Cells::new(item, crate::words::Language::ALL[0]);
    let texts = [&cells.id, &cells.stem, &cells.material, &cells.key, &cells.explanation, &cells.picture];
    texts.into_iter().chain(&cells.options).any(|text| text.to_lowercase().contains(word))
}

async fn list(shelf: Shelf, Query(filter): Query<Filter>) -> Result<Markup> {
    let use_of = shelf.desk.app.items_in_use(&shelf.desk.contest, &shelf.id).await?;
    let body = page(&shelf, &filter, &use_of);
    Ok(shelf.show(&body))
}

fn page(shelf: &Shelf, filter: &Filter, use_of: &InUse) -> Markup {
    let items = &shelf.bank.items;
    let mut found: Vec<&Item> = items.iter().filter(|item| filter.fits(item)).collect();
    filter.sort(&mut found, use_of);
    let pages = found.len().div_ceil(ROWS_A_PAGE).max(1);
    let at = filter.page.clamp(1, pages);
    html! {
        div.row.between { h2 { (shelf.title()) } (in_use(&shelf.desk, &shelf.bank)) }
        (actions(shelf))
        (waiting(shelf))
        @if items.is_empty() {
            (partials::empty(&shelf.say("bank-empty"), &html! {
                p { (shelf.say("bank-empty-next")) }
                div.row.middle {
                    (partials::link_button(&shelf.at("file/template.xlsx"), &shelf.say("bank-template-xlsx"), Look::Plain))
                    (partials::link_button(&shelf.at("import"), &shelf.say("bank-import"), Look::Primary))
                    (partials::link_button(&shelf.at("new"), &shelf.say("bank-new"), Look::Plain))
                }
            }))
        } @else {
            (search(shelf, filter, use_of.read > 0))
            p.quiet-text { (shelf.desk.count("bank-found", found.len())) }
            (table(shelf, found.into_iter().skip((at - 1) * ROWS_A_PAGE).take(ROWS_A_PAGE), use_of))
            @if pages > 1 { (pager(shelf, filter, at, pages)) }
        }
    }
}

fn actions(shelf: &Shelf) -> Markup {
    let link = |page: &str, key: &str, look: Look| partials::link_button(&shelf.at(page), &shelf.say(key), look);
    html! {
        div.row {
            (link("import", "bank-import", Look::Primary))
            (link("new", "bank-new", Look::Plain))
            (link("pictures", "bank-pictures", Look::Plain))
            @if !shelf.bank.items.is_empty() {
                details.more {
                    summary.button { (shelf.say("bank-files")) }
                    div.card {
                        (link("file/bank.xlsx", "bank-export-xlsx", Look::Plain))
                        (link("file/bank.csv", "bank-export-csv", Look::Plain))
                        (link("file/template.xlsx", "bank-template-xlsx", Look::Plain))
                        (link("file/template.csv", "bank-template-csv", Look::Plain))
                    }
                }
            }
        }
    }
}

/// What is written and not in use yet.
fn waiting(shelf: &Shelf) -> Markup {
    let bank = &shelf.bank;
    let key = if bank.adopted.is_some() { "bank-adopt-changes" } else { "bank-adopt-first" };
    html! {
        @if !bank.items.is_empty() && !bank.is_adopted() {
            (partials::notice(Tone::Warn, &html! {
                p { (shelf.say(key)) }
                p { (partials::link_button(&shelf.at("adopt"), &shelf.say("bank-adopt"), Look::Primary)) }
            }))
        }
        @if !bank.held.is_empty() {
            (partials::notice(Tone::Warn, &html! {
                p { (shelf.desk.count("bank-held", bank.held.len())) }
                p { @for id in bank.held.iter().take(20) { code { (id) } " " } }
            }))
        }
    }
}

fn search(shelf: &Shelf, filter: &Filter, is_used: bool) -> Markup {
    let all = shelf.say("organizer-all");
    let kinds = ItemKind::ALL.into_iter().map(|kind| (kind.word().to_owned(), kind.title(shelf.lang()))).collect();
    let difficulties = Difficulty::ALL.into_iter().map(|one| (word(one).to_owned(), one.title(shelf.lang()))).collect();
    let mut subjects: Vec<&str> = shelf.bank.items.iter().filter_map(|item| item.subject.as_deref()).collect();
    subjects.sort_unstable();
    subjects.dedup();
    let subjects: Vec<(String, String)> =
        subjects.into_iter().map(|subject| (subject.to_owned(), subject.to_owned())).collect();
    let select = |name: &str, key: &str, value: &str, known: Vec<(String, String)>| {
        let mut options: Vec<(&str, &str)> = vec![("", &all)];
        options.extend(known.iter().map(|(value, title)| (value.as_str(), title.as_str())));
        html! { (Field::select(name, &shelf.say(key), &options).value(value)) }
    };
    html! {
        form.filter method="get" action=(shelf.at("")) {
            (Field::text("q", &shelf.say("bank-search")).value(&filter.q))
            (select("kind", "items-column-kind", &filter.kind, kinds))
            @if !subjects.is_empty() { (select("subject", "items-column-subject", &filter.subject, subjects)) }
            (select("difficulty", "items-column-difficulty", &filter.difficulty, difficulties))
            @if is_used {
                (Field::select("sort", &shelf.say("bank-sort"), &[
                    ("", &shelf.say("bank-sort-bank")),
                    ("hardest", &shelf.say("bank-sort-hardest")),
                    ("least", &shelf.say("bank-sort-least")),
                ]).value(&filter.sort))
            }
            (partials::button(&shelf.say("organizer-show"), Look::Plain))
        }
    }
}

fn table<'i>(shelf: &Shelf, items: impl Iterator<Item = &'i Item>, use_of: &InUse) -> Markup {
    let keys = [
        "items-column-id",
        "items-column-stem",
        "items-column-kind",
        "items-column-subject",
        "items-column-difficulty",
        "bank-key",
        "bank-standing",
        "bank-times-drawn",
        "bank-use-share",
        "bank-use-discrimination",
    ];
    let titles = keys.map(|key| shelf.say(key));
    let mut columns: Vec<Column<'_>> = titles[..7].iter().map(|title| Column::text(title)).collect();
    // Before anything was answered there is nothing to say of it.
    let numbers = if use_of.read > 0 { &titles[7..] } else { &titles[7..8] };
    columns.extend(numbers.iter().map(|title| Column::number(title)));
    let rows = html! {
        @for item in items {
            tr {
                td { code { (item.id) } }
                td.stem-cell { a href=(shelf.item_at(&item.id)) { (short(&item.stem, STEM_CHARACTERS)) } }
                td { (item.kind().title(shelf.lang())) }
                td { (item.subject.as_deref().unwrap_or_default()) }
                td { (item.difficulty.title(shelf.lang())) }
                td { (short(&files::key(item, shelf.lang()), 24)) }
                td { (shelf.standing(item)) }
                td.number { (shelf.bank.fixed.get(&item.id).map_or(0, |fixed| fixed.times)) }
                @if use_of.read > 0 {
                    @let statistics = use_of.items.get(&item.id).map(|one| one.statistics).unwrap_or_default();
                    td.number { (uses::difficulty(&statistics)) }
                    td.number { (uses::discrimination(shelf, &statistics)) }
                }
            }
        }
    };
    partials::table(&shelf.say("bank-title"), &columns, &rows)
}

/// Cut at so many characters.
pub(super) fn short(text: &str, characters: usize) -> String {
    let line = text.replace('\n', " ");
    match line.char_indices().nth(characters) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

fn pager(shelf: &Shelf, filter: &Filter, at: usize, pages: usize) -> Markup {
    let to = |page: usize| format!("{}{}", shelf.at(""), filter.query(page));
    html! {
        nav.row aria-label=(shelf.say("organizer-pager")) {
            @if at > 1 { (partials::link_button(&to(at - 1), &shelf.say("organizer-page-before"), Look::Plain)) }
            span.number { (at) " / " (pages) }
            @if at < pages { (partials::link_button(&to(at + 1), &shelf.say("organizer-page-after"), Look::Plain)) }
        }
    }
}

/// The template or the bank, as a workbook or as text.
async fn file(shelf: Shelf, Path((_, _, name)): Path<(String, String, String)>) -> Result<Response> {
    let (lang, items) = (shelf.lang(), shelf.bank.items);
    let id: String = shelf.id.as_str().chars().filter(char::is_ascii_alphanumeric).collect();
    let wanted = name.clone();
    // A large workbook takes a while.
    let work = move || match wanted.as_str() {
        "template.xlsx" => Some((XLSX, files::template(lang).ok())),
        "template.csv" => Some((CSV, Some(files::template_csv(lang)))),
        "bank.xlsx" => Some((XLSX, files::export(&items, lang).ok())),
        "bank.csv" => Some((CSV, Some(files::export_csv(&items, lang)))),
        _ => None,
    };
    let written = tokio::task::spawn_blocking(work).await.map_err(|_| Error::Internal)?;
    let (kind, bytes) = written.ok_or(Error::NotFound)?;
    Ok(attachment(kind, &format!("{}-{id}-{name}", shelf.desk.contest), bytes.ok_or(Error::Internal)?))
}
