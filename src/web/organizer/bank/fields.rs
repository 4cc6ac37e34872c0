//! The fields of one item, by kind, each with what is wrong in it below.

use std::collections::BTreeMap;

use maud::{Markup, Render as _, html};

use super::{
    Shelf,
    face::letter,
    typed::{OPTIONS_MAX, Typed},
};
use crate::{
    files::items::Problem,
    rules::items::{Difficulty, ItemKind},
    web::partials::{self, Field, Look},
};

/// What is wrong, by the title of the template's column.
#[derive(Clone, Debug, Default)]
pub(super) struct Wrong(BTreeMap<String, String>);

impl Wrong {
    pub(super) fn add(&mut self, title: &str, fact: &str) {
        let told = self.0.entry(title.to_owned()).or_default();
        if !told.is_empty() {
            told.push(' ');
        }
        told.push_str(fact);
    }

    pub(super) fn add_all<'p>(&mut self, shelf: &Shelf, problems: impl IntoIterator<Item = &'p Problem>) {
        for problem in problems {
            let title = problem.column.as_ref().map_or("", |(title, _)| title);
            self.add(title, &problem.fact.say(shelf.lang()));
        }
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    pub(super) fn at(&self, title: &str) -> Option<&str> {
        self.0.get(title).map(String::as_str)
    }

    /// About nothing that has a field.
    pub(super) fn general(&self) -> Option<&str> {
        self.at("")
    }
}

pub(super) struct Fields<'f> {
    pub(super) shelf: &'f Shelf,
    pub(super) typed: &'f Typed,
    pub(super) wrong: &'f Wrong,
    /// Names of the bank's pictures.
    pub(super) pictures: &'f [String],
    /// The id stands, as the item is in the bank.
    pub(super) named: bool,
}

impl Fields<'_> {
    pub(super) fn all(&self) -> Markup {
        let typed = self.typed;
        html! {
            div.fields {
                @if self.named {
                    input type="hidden" name="id" value=(typed.id);
                } @else {
                    (self.text("id", "items-column-id", &typed.id, Some("bank-id-hint")))
                }
                (self.text("subject", "items-column-subject", &typed.subject, None))
                (self.difficulty())
                (self.text("points", "items-column-points", &typed.points, Some("bank-points-hint")))
            }
            (self.area("stem", "items-column-stem", &typed.stem, match typed.kind {
                ItemKind::FillIn => Some("bank-stem-gaps"),
                _ => None,
            }))
            (self.picture())
            @match typed.kind {
                ItemKind::FindFix => (self.area("material", "items-column-material", &typed.material, Some("bank-text-hint"))),
                ItemKind::Hazards => (self.area("material", "items-column-material", &typed.material, Some("bank-description-hint"))),
                _ => {},
            }
            @match typed.kind {
                ItemKind::Single | ItemKind::Multiple | ItemKind::Ordering => (self.options()),
                ItemKind::Matching => (self.pairs()),
                _ => {},
            }
            (self.key())
            (self.explanation())
        }
    }

    pub(super) fn explanation(&self) -> Markup {
        self.area("explanation", "items-column-explanation", &self.typed.explanation, None)
    }

    /// The key alone, of an item that is asked as it is.
    pub(super) fn another_key(&self) -> Markup {
        match self.typed.kind {
            ItemKind::Single | ItemKind::Multiple => self.ticks(),
            ItemKind::Matching => self.rights(),
            ItemKind::Ordering => html! {
                ol type="A" { @for option in &self.typed.options { li { (option) } } }
                (self.key())
            },
            _ => self.key(),
        }
    }

    fn key(&self) -> Markup {
        let hint = match self.typed.kind {
            // Ticked beside the options, or the pairs themselves.
            ItemKind::Single | ItemKind::Multiple | ItemKind::Matching => return html! {},
            ItemKind::TrueFalse => return self.truth(),
            ItemKind::Number => "bank-key-number",
            ItemKind::Ordering => "bank-key-ordering",
            ItemKind::FillIn => "bank-key-fill-in",
            ItemKind::FindFix => "bank-key-find-fix",
            ItemKind::Hazards => "bank-key-hazards",
        };
        let key = &self.typed.key;
        html! {
            @if matches!(self.typed.kind, ItemKind::Number | ItemKind::Ordering) {
                (self.text("key", "items-column-key", key, Some(hint)))
            } @else {
                (self.area("key", "items-column-key", key, Some(hint)))
            }
            @if self.typed.kind == ItemKind::Hazards { (self.drawing()) }
            @if self.typed.kind == ItemKind::FillIn {
                (Field::check("any-order", &self.say("bank-any-order")).value(if self.typed.any_order { "yes" } else { "" }))
            }
        }
    }

    /// Rectangles are drawn over the picture that is chosen; without script they are written.
    fn drawing(&self) -> Markup {
        html! {
            div data-regions hidden data-base={ "/contests/" (self.shelf.desk.contest) "/items/pictures/" }
                data-picture=(self.typed.picture) data-word=(self.say("bank-rectangle")) data-name=(self.say("bank-region-name")) {
                p.quiet-text { (self.say("bank-draw-regions")) }
                div.regions.drawn data-canvas { img alt="" draggable="false"; }
            }
        }
    }

    fn truth(&self) -> Markup {
        let title = self.say("items-column-key");
        html! {
            fieldset.choices {
                legend { (title) }
                (self.wrong_at(&title))
                div.row { @for (said, key) in [("true", "item-true"), ("false", "item-false")] {
                    label.option { input type="radio" name="tick" value=(said) checked[self.is_ticked(said)]; span { (self.say(key)) } }
                } }
            }
        }
    }

    fn options(&self) -> Markup {
        let is_choice = matches!(self.typed.kind, ItemKind::Single | ItemKind::Multiple);
        html! {
            fieldset.choices {
                legend { (self.say("bank-options")) }
                @if is_choice { p.quiet-text { (self.say("bank-options-hint")) } }
                @if is_choice { (self.wrong_at(&self.say("items-column-key"))) }
                @for (at, option) in self.typed.options.iter().enumerate() {
                    @let title = self.option_title(at);
                    div.choice {
                        @if is_choice { (self.tick(at)) } @else { b { (letter(at)) } }
                        input name="option" value=(option) autocomplete="off" aria-label=(title)
                            aria-invalid=[self.wrong.at(&title).map(|_| "true")];
                    }
                    (self.wrong_at(&title))
                }
                (self.more(self.typed.options.len()))
            }
        }
    }

    fn pairs(&self) -> Markup {
        let (left, right) = (self.say("bank-left"), self.say("bank-right"));
        html! {
            fieldset.choices {
                legend { (self.say("bank-pairs")) }
                p.quiet-text { (self.say("bank-pairs-hint")) }
                (self.wrong_at(&self.say("items-column-key")))
                @for (at, pair) in self.typed.pairs.iter().enumerate() {
                    @let title = self.option_title(at);
                    div.choice {
                        b { (letter(at)) }
                        input name="left" value=(pair.0) autocomplete="off" aria-label={ (left) " " (letter(at)) } placeholder=(left);
                        input name="right" value=(pair.1) autocomplete="off" aria-label={ (right) " " (letter(at)) } placeholder=(right);
                    }
                    (self.wrong_at(&title))
                }
                (self.more(self.typed.pairs.len()))
            }
        }
    }

    fn more(&self, count: usize) -> Markup {
        html! { @if count < OPTIONS_MAX {
            button.button name="do" value="more" formnovalidate { (self.say("bank-options-more")) }
        } }
    }

    fn ticks(&self) -> Markup {
        html! {
            fieldset.choices {
                legend { (self.say("items-column-key")) }
                (self.wrong_at(&self.say("items-column-key")))
                @for (at, option) in self.typed.options.iter().enumerate() {
                    div.choice { (self.tick(at)) span { (option) } }
                }
            }
        }
    }

    /// Each left side with one of the right sides there are.
    fn rights(&self) -> Markup {
        let mut rights: Vec<&str> = self.typed.pairs.iter().map(|(_, right)| right.as_str()).collect();
        rights.sort_unstable();
        html! {
            fieldset.choices {
                legend { (self.say("items-column-key")) }
                @for (left, right) in &self.typed.pairs {
                    label.pair {
                        input type="hidden" name="left" value=(left);
                        span { (left) }
                        select name="right" { @for one in &rights { option value=(one) selected[one == right] { (one) } } }
                    }
                }
            }
        }
    }

    fn tick(&self, at: usize) -> Markup {
        let kind = if self.typed.kind == ItemKind::Single { "radio" } else { "checkbox" };
        html! { label.tick-of {
            input type=(kind) name="tick" value=(at) checked[self.is_ticked(&at.to_string())]
                aria-label={ (letter(at)) " " (self.say("bank-is-right")) };
            b aria-hidden="true" { (letter(at)) }
        } }
    }

    fn is_ticked(&self, value: &str) -> bool {
        self.typed.ticks.iter().any(|tick| tick == value)
    }

    fn difficulty(&self) -> Markup {
        let known = Difficulty::ALL.map(|one| (super::list::word(one), one.title(self.shelf.lang())));
        let options = known.each_ref().map(|(word, title)| (*word, title.as_str()));
        let title = self.say("items-column-difficulty");
        html! { (Field::select("difficulty", &title, &options).value(&self.typed.difficulty).error(self.wrong.at(&title))) }
    }

    /// None where there is none and none is needed.
    fn picture(&self) -> Markup {
        let title = self.say("items-column-picture");
        let none = self.say("bank-none");
        let mut options: Vec<(&str, &str)> = vec![("", &none)];
        options.extend(self.pictures.iter().map(|name| (name.as_str(), name.as_str())));
        let hint = if self.pictures.is_empty() { Some(self.say("bank-picture-first")) } else { None };
        let is_of_use = self.typed.kind == ItemKind::Hazards || !self.pictures.is_empty();
        html! { @if is_of_use {
            (hinted(Field::select("picture", &title, &options).value(&self.typed.picture).error(self.wrong.at(&title)), hint.as_deref()))
            @if self.pictures.is_empty() {
                p { (partials::link_button(&self.shelf.at("pictures"), &self.say("bank-pictures"), Look::Plain)) }
            }
        } }
    }

    fn text(&self, name: &str, title: &str, value: &str, hint: Option<&str>) -> Markup {
        let (title, hint) = (self.say(title), hint.map(|hint| self.say(hint)));
        let field = Field::text(name, &title).value(value).error(self.wrong.at(&title));
        hinted(field, hint.as_deref())
    }

    fn area(&self, name: &str, title: &str, value: &str, hint: Option<&str>) -> Markup {
        let (title, hint) = (self.say(title), hint.map(|hint| self.say(hint)));
        let field = Field::area(name, &title).value(value).error(self.wrong.at(&title));
        hinted(field, hint.as_deref())
    }

    fn wrong_at(&self, title: &str) -> Markup {
        html! { @if let Some(fact) = self.wrong.at(title) { p role="alert" { strong.error { (fact) } } } }
    }

    fn option_title(&self, at: usize) -> String {
        let letter = letter(at).to_string();
        self.shelf.lang().say_with("items-column-option", &[("letter", letter.into())]).into_owned()
    }

    fn say(&self, key: &str) -> String {
        self.shelf.say(key)
    }
}

fn hinted<'f>(field: Field<'f>, hint: Option<&'f str>) -> Markup {
    match hint {
        Some(hint) => field.hint(hint).render(),
        None => field.render(),
    }
}
