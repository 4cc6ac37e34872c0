//! The pieces pages are made of. Each is a function from data to markup; how it looks is in `static/app.css`.
//!
//! | to show | call |
//! |---|---|
//! | something that acts | [`button`] inside a form; [`link_button`] to go somewhere |
//! | a form's field, with its error below | [`Field`] |
//! | a state in one word | [`pill`] with a [`Tone`] |
//! | rows | [`table`] with [`Column`]s; cells of numbers are `td.number` |
//! | nothing yet | [`empty`]: says what to do next |
//! | how far along | [`progress`] |
//! | a message | [`notice`] |
//! | a form that must not be open by accident | [`dialog`] |
//! | one of several views of a page | [`tabs`] |
//! | a box with a heading | [`card`]; label and value | [`facts`] |
//!
//! Texts come in already in the reader's language. There is no inline style and no inline script: the policy of
//! the service forbids both.

use maud::{Markup, Render, html};

/// What a colour means. Colour never stands alone: there is always a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    /// Done, received, valid.
    Good,
    /// Under way, waiting for somebody.
    Wait,
    /// Somebody should look.
    Warn,
    /// Refused, lost, failed.
    Bad,
    /// Moving right now.
    Live,
}

impl Tone {
    fn name(self) -> &'static str {
        match self {
            Tone::Plain => "plain",
            Tone::Good => "good",
            Tone::Wait => "wait",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
            Tone::Live => "live",
        }
    }
}

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The one thing this page is for.
    Primary,
    Plain,
    /// Hard to undo.
    Danger,
}

impl Look {
    fn class(self) -> &'static str {
        match self {
            Look::Primary => "button primary",
            Look::Plain => "button",
            Look::Danger => "button danger",
        }
    }
}

/// Submits its form.
pub fn button(label: &str, look: Look) -> Markup {
    html! { button class=(look.class()) { (label) } }
}

/// Goes somewhere, looking like a button.
pub fn link_button(href: &str, label: &str, look: Look) -> Markup {
    html! { a class=(look.class()) href=(href) { (label) } }
}

pub fn pill(text: &str, tone: Tone) -> Markup {
    html! { span.pill data-tone=(tone.name()) { (text) } }
}

/// A message in the flow of the page; a bad one is announced at once.
pub fn notice(tone: Tone, body: &Markup) -> Markup {
    let role = if tone == Tone::Bad { "alert" } else { "status" };
    html! { div.notice data-tone=(tone.name()) role=(role) { (body) } }
}

pub fn card(title: &str, body: &Markup) -> Markup {
    html! { section.card { h2 { (title) } (body) } }
}

/// Labels with their values.
pub fn facts(pairs: &[(&str, Markup)]) -> Markup {
    html! { dl.facts { @for (label, value) in pairs { div { dt { (label) } dd { (value) } } } } }
}

/// Nothing here yet. `next` says what to do, best with a button.
pub fn empty(title: &str, next: &Markup) -> Markup {
    html! { div.empty { h2 { (title) } (next) } }
}

/// `done` of `all`, as a bar and as figures.
pub fn progress(label: &str, done: usize, all: usize) -> Markup {
    html! {
        div.progress {
            span { (label) } span.number { (done) " / " (all) }
            progress aria-label=(label) value=(done) max=(all.max(1)) {}
        }
    }
}

/// A button that opens a box with a form: nothing irreversible lies under a single tap. Works without script.
/// The form inside posts; closing is another tap on the opener.
pub fn dialog(opener: &str, look: Look, title: &str, body: &Markup) -> Markup {
    html! {
        details.dialog {
            summary class=(look.class()) { (opener) }
            div.card role="group" aria-label=(title) { h3 { (title) } (body) }
        }
    }
}

/// One view of several. `count` stands beside the title when given.
pub struct Tab<'t> {
    pub href: String,
    pub title: &'t str,
    pub current: bool,
    pub count: Option<usize>,
}

pub fn tabs(label: &str, tabs: &[Tab<'_>]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for tab in tabs {
                a href=(tab.href) aria-current=[tab.current.then_some("page")] {
                    (tab.title)
                    @if let Some(count) = tab.count { " " span.number { (count) } }
                }
            }
        }
    }
}

/// The heading of a table's column.
pub struct Column<'t> {
    title: &'t str,
    number: bool,
}

impl<'t> Column<'t> {
    pub fn text(title: &'t str) -> Self {
        Self { title, number: false }
    }

    /// Right-aligned; its cells are `td.number`.
    pub fn number(title: &'t str) -> Self {
        Self { title, number: true }
    }
}

/// `rows` are `tr`s. The caption is read out, and shown when the table stands alone. Narrow screens scroll the
/// table, not the page.
pub fn table(caption: &str, columns: &[Column<'_>], rows: &Markup) -> Markup {
    html! {
        div.table tabindex="0" role="region" aria-label=(caption) {
            table {
                caption { (caption) }
                thead { tr { @for column in columns { th scope="col" .number[column.number] { (column.title) } } } }
                tbody { (rows) }
            }
        }
    }
}

/// A form's field. `Field::text("name", "姓名").value(&old).error(problem).hint("…").required()`
#[must_use]
pub struct Field<'f> {
    name: &'f str,
    label: &'f str,
    kind: Kind<'f>,
    value: &'f str,
    hint: Option<&'f str>,
    error: Option<&'f str>,
    required: bool,
    autocomplete: Option<&'f str>,
    among: String,
}

enum Kind<'f> {
    Text,
    Password,
    /// Decimals as text: browsers' number fields lose digits and add arrows.
    Decimal,
    Area,
    File {
        accept: &'f str,
    },
    Check,
    Select {
        options: &'f [(&'f str, &'f str)],
    },
}

impl<'f> Field<'f> {
    pub fn text(name: &'f str, label: &'f str) -> Self {
        Self::new(name, label, Kind::Text)
    }

    pub fn password(name: &'f str, label: &'f str) -> Self {
        Self::new(name, label, Kind::Password)
    }

    pub fn decimal(name: &'f str, label: &'f str) -> Self {
        Self::new(name, label, Kind::Decimal)
    }

    /// Several lines, for reasons.
    pub fn area(name: &'f str, label: &'f str) -> Self {
        Self::new(name, label, Kind::Area)
    }

    /// `accept` as in HTML: `.xlsx,.xls,.csv`.
    pub fn file(name: &'f str, label: &'f str, accept: &'f str) -> Self {
        Self::new(name, label, Kind::File { accept })
    }

    /// Ticked when the value is not empty; sends `yes`.
    pub fn check(name: &'f str, label: &'f str) -> Self {
        Self::new(name, label, Kind::Check)
    }

    /// Options as value and title.
    pub fn select(name: &'f str, label: &'f str, options: &'f [(&'f str, &'f str)]) -> Self {
        Self::new(name, label, Kind::Select { options })
    }

    fn new(name: &'f str, label: &'f str, kind: Kind<'f>) -> Self {
        let among = String::new();
        Self { name, label, kind, value: "", hint: None, error: None, required: false, autocomplete: None, among }
    }

    pub fn value(mut self, value: &'f str) -> Self {
        self.value = value;
        self
    }

    pub fn hint(mut self, hint: &'f str) -> Self {
        self.hint = Some(hint);
        self
    }

    pub fn error(mut self, error: Option<&'f str>) -> Self {
        self.error = error;
        self
    }

    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub fn autocomplete(mut self, what: &'f str) -> Self {
        self.autocomplete = Some(what);
        self
    }

    /// Where the same form stands several times on a page: what tells this one from the others.
    pub fn among(mut self, which: impl std::fmt::Display) -> Self {
        self.among = format!("-{which}");
        self
    }

    fn control(&self, described: Option<&str>) -> Markup {
        let (id, name, value, required) = (self.id(), self.name, self.value, self.required);
        let invalid = self.error.is_some().then_some("true");
        let auto = self.autocomplete;
        let input = |kind: &str, mode: Option<&str>| {
            html! {
                input type=(kind) id=(id) name=(name) value=(value) required[required] inputmode=[mode]
                    autocomplete=[auto] aria-invalid=[invalid] aria-describedby=[described];
            }
        };
        match &self.kind {
            Kind::Text => input("text", None),
            Kind::Decimal => input("text", Some("decimal")),
            Kind::Password => html! {
                input type="password" id=(id) name=(name) required[required] autocomplete=[auto]
                    aria-invalid=[invalid] aria-describedby=[described];
            },
            Kind::Area => html! {
                textarea id=(id) name=(name) rows="3" required[required] aria-invalid=[invalid] aria-describedby=[described] {
                    (value)
                }
            },
            Kind::File { accept } => html! {
                input type="file" id=(id) name=(name) accept=(accept) required[required] aria-invalid=[invalid]
                    aria-describedby=[described];
            },
            Kind::Check => html! {
                input type="checkbox" id=(id) name=(name) value="yes" checked[!value.is_empty()] required[required]
                    aria-invalid=[invalid] aria-describedby=[described];
            },
            Kind::Select { options } => html! {
                select id=(id) name=(name) required[required] aria-invalid=[invalid] aria-describedby=[described] {
                    @for (option, title) in *options {
                        option value=(option) selected[*option == value] { (title) }
                    }
                }
            },
        }
    }

    fn id(&self) -> String {
        format!("field-{}{}", self.name, self.among)
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        let about = format!("{}-about", self.id());
        let described = (self.hint.is_some() || self.error.is_some()).then_some(about.as_str());
        html! {
            div.field .check[matches!(self.kind, Kind::Check)] {
                label for=(self.id()) { (self.label) @if self.required { span.required aria-hidden="true" { " *" } } }
                (self.control(described))
                @if let Some(id) = described {
                    p id=(id) {
                        @if let Some(error) = self.error { strong.error { (error) } " " }
                        @if let Some(hint) = self.hint { (hint) }
                    }
                }
            }
        }
    }
}
