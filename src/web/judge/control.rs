//! One large control of a marking sheet, as judges' tablets and phones have it: buttons for each value, or a stepper with
//! a number pad. What it is about, and to where its mark goes, is said by whoever shows it; `static/judge.js` does the
//! rest, and without it the field is part of a plain form.

use maud::{Markup, html};
use rust_decimal::Decimal;
use serde_json::json;

use crate::{
    rules::view::{Control, ControlKind},
    web::{
        Page,
        partials::{self, Tone},
    },
};

/// A judgement with at most so many values gets a button for each; more get the number pad.
pub(in crate::web) const BUTTONS_MOST: usize = 24;

/// A control with what it shows.
pub(in crate::web) struct Shown<'c> {
    /// Names it on its page, in a form and in the outbox.
    pub(in crate::web) slot: String,
    /// The request of its mark as JSON, without the value.
    pub(in crate::web) body: String,
    /// Below `/api/v1/contests/ID/`.
    pub(in crate::web) to: &'static str,
    pub(in crate::web) title: &'c str,
    pub(in crate::web) description: Option<&'c str>,
    /// Points of the whole aspect.
    pub(in crate::web) allotment: Option<Decimal>,
    pub(in crate::web) kind: &'c ControlKind,
    pub(in crate::web) min: Option<Decimal>,
    pub(in crate::web) max: Option<Decimal>,
    pub(in crate::web) step: Option<Decimal>,
    /// All values, where there is a button for each.
    pub(in crate::web) choices: Option<Vec<Decimal>>,
    pub(in crate::web) may_be_absent: bool,
    pub(in crate::web) may_not_apply: bool,
    /// A mark can be taken back, not only changed.
    pub(in crate::web) may_be_cleared: bool,
    /// As [`Control::mark_text`].
    pub(in crate::web) mark: String,
}

impl<'c> Shown<'c> {
    /// Of a sheet.
    pub(super) fn of(control: &'c Control, slot: String, body: String) -> Self {
        Self {
            slot,
            body,
            to: "marks",
            title: &control.title,
            description: control.description.as_deref(),
            allotment: control.allotment,
            kind: &control.kind,
            min: control.min,
            max: control.max,
            step: control.step,
            choices: control.choices(BUTTONS_MOST),
            may_be_absent: control.may_be_absent,
            may_not_apply: control.may_not_apply,
            may_be_cleared: true,
            mark: control.mark_text(),
        }
    }
}

/// Without `open` it shows the mark and takes none.
pub(in crate::web) fn card(page: &Page, control: &Shown<'_>, open: bool) -> Markup {
    let bound = |value: Option<Decimal>| value.map(|value| value.normalize().to_string());
    html! {
        section.card.control data-control data-slot=(control.slot) data-body=(control.body) data-to=(control.to)
            data-keeps[!control.may_be_cleared] data-title=(control.title) data-value=(control.mark)
            data-min=[bound(control.min)] data-max=[bound(control.max)] data-step=[bound(control.step)] {
            div.row.between {
                div {
                    h2 { (control.title) }
                    @if let Some(text) = control.description { p.quiet-text { (text) } }
                    p.quiet-text { (limits(page, control)) }
                }
                output.mark aria-live="polite" data-shows { (shown(page, &control.mark)) }
            }
            @if open {
                (entry(page, control))
                div.row.between.under-mark {
                    @if control.may_be_cleared { (other_words(page, control)) }
                    p.mark-note data-note role="status" {}
                }
            } @else { p.mark-note data-note role="status" {} }
        }
    }
}

fn other_words(page: &Page, control: &Shown<'_>) -> Markup {
    html! {
        details.words-of-mark { summary { (page.say("judge-other-words")) }
            div.row {
                @if control.may_be_absent {
                    button.button type="button" data-set="absent" aria-pressed="false" { (page.say("judge-absent")) }
                }
                @if control.may_not_apply {
                    button.button type="button" data-set="n/a" aria-pressed="false" { (page.say("judge-not-applicable")) }
                }
                button.button type="button" data-set="" { (page.say("judge-clear")) }
            }
        }
    }
}

/// What the aspect is worth, what may be entered, and in which steps: known before a mark is refused.
fn limits(page: &Page, control: &Shown<'_>) -> String {
    let written = |number: Decimal| number.normalize().to_string();
    let mut said = Vec::new();
    if let Some(points) = control.allotment {
        said.push(page.lang.say_with("judge-allotment", &[("points", written(points).into())]));
    }
    if matches!(control.kind, ControlKind::Number { .. } | ControlKind::Time { .. }) {
        if let (Some(min), Some(max)) = (control.min, control.max) {
            let bounds = [("min", written(min).into()), ("max", written(max).into())];
            said.push(page.lang.say_with("judge-between", &bounds));
        }
        if let Some(step) = control.step {
            said.push(page.lang.say_with("judge-in-steps", &[("step", written(step).into())]));
        }
    }
    said.join(" · ")
}

/// Not marked is a word, never a zero.
pub(in crate::web) fn shown(page: &Page, mark: &str) -> String {
    match mark {
        "" => page.say("judge-unmarked").into_owned(),
        "absent" => page.say("judge-absent").into_owned(),
        "n/a" => page.say("judge-not-applicable").into_owned(),
        value => value.to_owned(),
    }
}

fn entry(page: &Page, control: &Shown<'_>) -> Markup {
    match control.kind {
        ControlKind::Bands(bands) => html! {
            div.choices {
                @for band in bands {
                    button.button.band type="button" data-set=(band.score) aria-pressed="false" {
                        strong { (band.score) } span { (band.text) }
                    }
                }
                (field(page, control))
            }
        },
        ControlKind::YesNo => html! {
            div.choices {
                button.button type="button" data-set="1" aria-pressed="false" { (page.say("judge-yes")) }
                button.button type="button" data-set="0" aria-pressed="false" { (page.say("judge-no")) }
                (field(page, control))
            }
        },
        ControlKind::Number { .. } | ControlKind::Time { .. } => {
            if let Some(values) = &control.choices {
                html! {
                div.choices.values {
                    @for value in values {
                        button.button.number type="button" data-set=(value) aria-pressed="false" { (value) }
                    }
                    (field(page, control))
                }
                }
            } else {
                html! {
                div.stepper {
                    button.button.step type="button" data-move="down" aria-label=(page.say("judge-less")) { "−" }
                    (field(page, control))
                    button.button.step type="button" data-move="up" aria-label=(page.say("judge-more")) { "+" }
                    button.button type="button" data-pad { (page.say("judge-pad")) }
                }
                }
            }
        }
    }
}

fn field(page: &Page, control: &Shown<'_>) -> Markup {
    let unit = match control.kind {
        ControlKind::Number { unit } => unit.as_deref().map(std::borrow::Cow::Borrowed),
        ControlKind::Time { .. } => Some(page.say("judge-seconds")),
        ControlKind::Bands(_) | ControlKind::YesNo => None,
    };
    html! {
        label.typed {
            span.visually-hidden { (control.title) }
            input data-field name=(control.slot) value=(control.mark) inputmode="decimal" autocomplete="off"
                placeholder=(page.say("judge-unmarked"));
            @if let Some(unit) = unit { span { (unit) } }
        }
    }
}

/// Says when the server is out of reach; judge.js fills it.
pub(in crate::web) fn connection(page: &Page) -> Markup {
    html! {
        p.connection role="status" data-connection-note hidden {}
        noscript { (partials::notice(Tone::Plain, &html! { p { (page.say("judge-no-script")) } })) }
    }
}

/// One for the page.
pub(in crate::web) fn number_pad(page: &Page) -> Markup {
    html! {
        dialog.pad data-numbers aria-label=(page.say("judge-pad")) {
            p { strong data-title {} " " span.quiet-text data-range {} }
            output.typed-number data-typed aria-live="polite" {}
            p.error role="alert" data-problem {}
            div.keys {
                @for key in ["1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "0"] {
                    button.button type="button" data-key=(key) { (key) }
                }
                button.button type="button" data-key="back" aria-label=(page.say("judge-backspace")) { "⌫" }
                button.button type="button" data-key="-" { "±" }
                button.button.primary.ok type="button" data-key="ok" { (page.say("judge-ok")) }
            }
        }
    }
}

/// The sentences that judge.js needs.
pub(in crate::web) fn words(page: &Page) -> String {
    let say = |key: &str| page.say(key).into_owned();
    json!({
        "unmarked": say("judge-unmarked"), "absent": say("judge-absent"), "notApplicable": say("judge-not-applicable"),
        "here": say("judge-here"), "received": say("judge-received"), "refused": say("judge-refused"),
        "notANumber": say("judge-not-a-number"), "belowMin": say("judge-below-min"), "aboveMax": say("judge-above-max"),
        "notAStep": say("judge-not-a-step"), "missing": say("judge-missing"), "unsent": say("judge-unsent"),
        "mistyped": say("judge-mistyped"), "offline": say("judge-offline"), "signedOut": say("judge-signed-out"),
        "waiting": say("judge-waiting"),
    })
    .to_string()
}
