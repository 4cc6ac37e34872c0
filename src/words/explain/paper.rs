//! Papers (试卷): what is asked and what it is worth, when and how often, what counts and what is shown.

use super::{Language, Section, text, title_of};
use crate::{
    rules::{
        definition::model::{Definition, PaperSource, Reads},
        items::{ChoiceRule, ItemKind, StepMode},
        papers::{
            Rules,
            rules::{After, Part, Window},
        },
    },
    words::paper as words,
};

pub(super) fn section(l: Language, d: &Definition, paper: &Rules) -> Section {
    let mut lines =
        vec![say(l, "explain-paper-size", &[("size", words::size(l, paper)), ("bank", paper.bank.to_string())])];
    lines.extend(paper.parts.iter().map(|one| part(l, one)));
    lines.push(
        l.say(match (paper.shuffle_items, paper.shuffle_options) {
            (true, true) => "explain-paper-shuffle-both",
            (true, false) => "explain-paper-shuffle-items",
            (false, true) => "explain-paper-shuffle-options",
            (false, false) => "explain-paper-shuffle-none",
        })
        .into_owned(),
    );
    lines.push(
        l.say(if paper.minutes.is_some() { "explain-paper-timed" } else { "explain-paper-untimed" }).into_owned(),
    );
    if paper.windows.is_empty() {
        lines.push(l.say("explain-paper-always").into_owned());
    }
    lines.extend(paper.windows.iter().map(|one| window(l, d, one)));
    lines.push(attempts(l, paper));
    lines.push(words::take(l, paper));
    if let Some(least) = paper.right_at_least {
        lines.push(say(l, "explain-paper-valid", &[("least", least.to_string())]));
    }
    if paper.practice {
        lines.push(l.say("explain-paper-practice").into_owned());
    }
    lines.push(
        l.say(match paper.after {
            After::Nothing => "explain-paper-after-nothing",
            After::Score => "explain-paper-after-score",
            After::Right => "explain-paper-after-right",
            After::Explained => "explain-paper-after-explained",
        })
        .into_owned(),
    );
    if !paper.floor.is_zero() {
        lines.push(say(l, "explain-paper-floor", &[("floor", paper.floor.normalize().to_string())]));
    }
    Section { title: say(l, "explain-title-paper", &[("paper", paper.title.clone())]), lines }
}

/// An aspect whose value comes from a paper.
pub(super) fn source(l: Language, d: &Definition, aspect: &str, source: &PaperSource) -> String {
    let reads = l.say(match source.reads {
        Reads::Points => "explain-paper-points",
        Reads::Seconds => "explain-paper-seconds",
        Reads::Finished => "explain-paper-finished",
        Reads::Right => "explain-paper-right",
        Reads::Papers => "explain-paper-papers",
    });
    let paper = title_of(&source.paper, d.papers.iter().map(|one| (&one.id, &one.title)));
    let values = [("aspect", aspect.to_owned()), ("paper", paper), ("reads", reads.into_owned())];
    say(l, "explain-paper-source", &values)
}

fn say(l: Language, key: &str, values: &[(&'static str, String)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, text(value))).collect();
    l.say_with(key, &values).into_owned()
}

fn part(l: Language, part: &Part) -> String {
    let mut parts = Vec::new();
    parts.extend(part.title.clone());
    parts.push(words::part(l, part));
    let asks = |kind: ItemKind| part.kind.is_none_or(|own| own == kind);
    let number = |value: rust_decimal::Decimal| value.normalize().to_string();
    if asks(ItemKind::Multiple) {
        parts.push(match part.worth.choice {
            ChoiceRule::Exact => l.say("explain-choice-exact").into_owned(),
            ChoiceRule::SubsetFixed { share } => say(l, "explain-choice-subset-fixed", &[("share", number(share))]),
            ChoiceRule::SubsetProportional => l.say("explain-choice-subset-proportional").into_owned(),
            ChoiceRule::PerOption { points } => say(l, "explain-choice-per-option", &[("points", number(points))]),
            ChoiceRule::RightMinusWrong => l.say("explain-choice-right-minus-wrong").into_owned(),
            ChoiceRule::PerOptionPenalty => l.say("explain-choice-per-option-penalty").into_owned(),
            ChoiceRule::EveryOption => l.say("explain-choice-every-option").into_owned(),
        });
    }
    if asks(ItemKind::FindFix) || asks(ItemKind::Hazards) {
        parts.push(say(l, "explain-paper-wrong-place", &[("share", number(part.worth.wrong_place))]));
    }
    if asks(ItemKind::Hazards) {
        parts.push(say(l, "explain-paper-clicks", &[("clicks", part.clicks.to_string())]));
    }
    if let Some(step) = part.worth.step {
        let key = match part.worth.mode {
            StepMode::HalfUp => "explain-paper-step-half-up",
            StepMode::Up => "explain-paper-step-up",
            StepMode::Down => "explain-paper-step-down",
        };
        parts.push(say(l, key, &[("step", number(step))]));
    }
    if !part.worth.floor.is_zero() {
        parts.push(say(l, "explain-paper-item-floor", &[("floor", number(part.worth.floor))]));
    }
    format!("  {}", parts.join(&l.say("explain-paper-join")))
}

fn window(l: Language, d: &Definition, window: &Window) -> String {
    let at = |moment: jiff::civil::DateTime| moment.strftime("%Y-%m-%d %H:%M").to_string();
    let mut who = Vec::new();
    who.extend(window.group.as_ref().map(|id| title_of(id, d.groups.iter().map(|one| (&one.id, &one.title)))));
    who.extend(window.unit.as_ref().map(ToString::to_string));
    let who = if who.is_empty() { l.say("explain-everybody").into_owned() } else { who.join(&l.say("explain-and")) };
    let (key, mut values) = match (window.opens, window.closes) {
        (Some(opens), Some(closes)) => ("explain-paper-window", vec![("opens", at(opens)), ("closes", at(closes))]),
        (Some(opens), None) => ("explain-paper-window-from", vec![("opens", at(opens))]),
        (None, Some(closes)) => ("explain-paper-window-until", vec![("closes", at(closes))]),
        (None, None) => ("explain-paper-window-always", vec![]),
    };
    values.push(("who", who));
    say(l, key, &values)
}

fn attempts(l: Language, paper: &Rules) -> String {
    let rule = &paper.attempts;
    let mut parts = Vec::new();
    parts.extend(rule.most.map(|most| say(l, "explain-paper-most", &[("most", most.to_string())])));
    parts.extend(rule.per_day.map(|most| say(l, "explain-paper-per-day", &[("most", most.to_string())])));
    if parts.is_empty() {
        parts.push(l.say("explain-paper-no-most").into_owned());
    }
    if rule.delay_minutes > 0 {
        parts.push(say(l, "explain-paper-delay", &[("minutes", rule.delay_minutes.to_string())]));
    }
    say(l, "explain-paper-attempts", &[("rules", parts.join(&l.say("explain-paper-join")))])
}
