//! Problems of a definition as sentences: the fact, and what to do about it.
//!
//! Each fact has two messages, `check-…` and a remedy `check-…-do`; where a similar word is known, the remedy asks
//! whether that was meant.

use fluent_bundle::FluentValue;
use rust_decimal::Decimal;

use super::Language;
use crate::rules::{
    decimal::NotANumber,
    definition::problem::{Fact, Kind, Problem, Severity, Thing},
    formula::FormulaFault,
};

/// `file:line:column: fact — remedy`, as editors and people read it; a warning says so in front of the fact.
pub fn line(language: Language, file: &str, problem: &Problem) -> String {
    let severity = match problem.severity {
        Severity::Error => String::new(),
        Severity::Warning => language.say("check-warning").into_owned(),
    };
    let (fact, remedy) = (fact(language, &problem.fact), remedy(language, &problem.fact));
    format!("{file}:{}:{}: {severity}{fact} — {remedy}", problem.line, problem.column)
}

/// What is the case.
pub fn fact(language: Language, fact: &Fact) -> String {
    let parts = parts(language, fact);
    language.say_with(parts.fact, &parts.values).into_owned()
}

/// What to do about it.
pub fn remedy(language: Language, fact: &Fact) -> String {
    let parts = parts(language, fact);
    let key = parts.remedy.map_or_else(|| format!("{}-do", parts.fact), str::to_owned);
    language.say_with(&key, &parts.values).into_owned()
}

type Values = Vec<(&'static str, FluentValue<'static>)>;

struct Parts {
    fact: &'static str,
    /// In place of the fact's own.
    remedy: Option<&'static str>,
    values: Values,
}

fn say(fact: &'static str, values: Values) -> Parts {
    Parts { fact, remedy: None, values }
}

#[expect(clippy::needless_pass_by_value, reason = "a sentence hands over its parts")]
fn text(value: impl ToString) -> FluentValue<'static> {
    FluentValue::from(value.to_string())
}

/// Ids and words as a list in code marks.
fn list(language: Language, items: &[impl ToString]) -> FluentValue<'static> {
    let quoted: Vec<String> = items.iter().map(|item| format!("`{}`", item.to_string())).collect();
    FluentValue::from(quoted.join(language.comma()))
}

/// With the word that was probably meant, when there is one.
fn unknown(
    language: Language,
    fact: &'static str,
    mut values: Values,
    nearest: Option<&String>,
    known: &[String],
) -> Parts {
    values.push(("known", list(language, known)));
    if let Some(nearest) = nearest {
        values.push(("nearest", text(nearest)));
    }
    let remedy = match nearest {
        Some(_) => Some("check-did-you-mean"),
        None if known.is_empty() => Some("check-none-known"),
        None => None,
    };
    Parts { fact, remedy, values }
}

fn parts(language: Language, fact: &Fact) -> Parts {
    let word = |key: &str| FluentValue::from(language.say(key).into_owned());
    let names = |items: &[String]| list(language, items);
    match fact {
        Fact::TooLarge { bytes, bytes_max } => {
            say("check-too-large", vec![("bytes", text(bytes)), ("most", text(bytes_max))])
        }
        Fact::Syntax { message } => say("check-syntax", vec![("message", text(message))]),
        Fact::DuplicateKey { key } => say("check-duplicate-key", vec![("key", text(key))]),
        Fact::CutInLastRound { round } => say("check-cut-in-last-round", vec![("round", text(round))]),
        Fact::UnknownKey { key, nearest, known } => {
            unknown(language, "check-unknown-key", vec![("key", text(key))], nearest.as_ref(), known)
        }
        Fact::MissingKey { key } => say("check-missing-key", vec![("key", text(key))]),
        Fact::WrongType { key, found, wanted } => say(
            "check-wrong-type",
            vec![("key", text(key)), ("found", word(kind_key(*found))), ("wanted", word(kind_key(*wanted)))],
        ),
        Fact::Float { text: number } => say("check-float", vec![("text", text(number))]),
        Fact::NotANumber { text: number, why } => say(
            "check-not-a-number",
            vec![
                ("text", text(number)),
                (
                    "why",
                    word(match why {
                        NotANumber::Empty => "check-number-empty",
                        NotANumber::Strange { .. } => "check-number-strange",
                        NotANumber::TooLong => "check-number-long",
                    }),
                ),
            ],
        ),
        Fact::UnknownWord { word, nearest, known } => {
            unknown(language, "check-unknown-word", vec![("word", text(word))], nearest.as_ref(), known)
        }
        Fact::OutOfRange { key, value, from, to } => Parts {
            fact: "check-out-of-range",
            remedy: (from == to).then_some("check-out-of-range-do-one"),
            values: vec![("key", text(key)), ("value", text(value)), ("from", text(from)), ("to", text(to))],
        },
        Fact::EmptyText { key } => say("check-empty-text", vec![("key", text(key))]),
        Fact::LongText { key, chars, chars_max } => {
            say("check-long-text", vec![("key", text(key)), ("chars", text(chars)), ("most", text(chars_max))])
        }
        Fact::FewItems { key, items, items_min } => {
            say("check-few-items", vec![("key", text(key)), ("items", text(items)), ("least", text(items_min))])
        }
        Fact::ManyItems { key, items, items_max } => {
            say("check-many-items", vec![("key", text(key)), ("items", text(items)), ("most", text(items_max))])
        }
        Fact::BadId { text: id } => say("check-bad-id", vec![("id", text(id))]),
        Fact::DuplicateId { id, first_line } => {
            say("check-duplicate-id", vec![("id", text(id)), ("line", text(first_line))])
        }
        Fact::ReservedId { id } => say("check-reserved-id", vec![("id", text(id))]),
        Fact::Unknown { thing, id, nearest, known } => {
            let values = vec![("thing", word(thing_key(*thing))), ("id", text(id))];
            unknown(language, "check-unknown", values, nearest.as_ref(), known)
        }
        Fact::ListedTwice { id } => say("check-listed-twice", vec![("id", text(id))]),
        Fact::KeyOnlyWith { key, with } => say("check-key-only-with", vec![("key", text(key)), ("with", text(with))]),
        Fact::KeyNotHere { key, with } => say("check-key-not-here", vec![("key", text(key)), ("with", text(with))]),
        Fact::KeyNeeded { key, with } => say("check-key-needed", vec![("key", text(key)), ("with", text(with))]),
        Fact::OneOf { keys } => say("check-one-of", vec![("keys", names(keys))]),
        Fact::OnlyOneOf { keys } => say("check-only-one-of", vec![("keys", names(keys))]),
        Fact::MinAboveMax { min, max } => say("check-min-above-max", vec![("min", text(min)), ("max", text(max))]),
        Fact::NegativeMax { max } => say("check-negative-max", vec![("max", text(max))]),
        Fact::RowsOutOfOrder { ascending } => {
            let order = word(if *ascending { "check-ascending" } else { "check-descending" });
            say("check-rows-out-of-order", vec![("order", order)])
        }
        Fact::BadDate { text: date } => say("check-bad-date", vec![("text", text(date))]),
        Fact::BadTime { text: time } => say("check-bad-time", vec![("text", text(time))]),
        Fact::BadMoment { text: moment } => say("check-bad-moment", vec![("text", text(moment))]),
        Fact::DaysBackwards { from, to } => say("check-days-backwards", vec![("from", text(from)), ("to", text(to))]),
        Fact::BadTimezone { text: zone } => say("check-bad-timezone", vec![("text", text(zone))]),
        Fact::BadPath { text: path } => say("check-bad-path", vec![("text", text(path))]),
        Fact::Formula { source, at, fault, known } => formula(language, source, *at, fault, known),
        fact => of_sense(language, fact),
    }
}

/// What is wrong with the meaning, and what will hurt.
fn of_sense(language: Language, fact: &Fact) -> Parts {
    let names = |items: &[String]| list(language, items);
    match fact {
        Fact::StepDoesNotDivide { step, min, max, suggest } => Parts {
            fact: "check-step-does-not-divide",
            remedy: suggest.is_empty().then_some("check-step-does-not-divide-do-any"),
            values: vec![
                ("step", text(step)),
                ("width", text(max - min)),
                ("max", text(max)),
                ("min", text(min)),
                ("suggest", steps(language, suggest)),
            ],
        },
        Fact::StepNotPositive { step } => say("check-step-not-positive", vec![("step", text(step))]),
        Fact::WeightsSum { sum } => Parts {
            fact: "check-weights-sum",
            remedy: (*sum == Decimal::ONE_HUNDRED).then_some("check-weights-sum-do-percent"),
            values: vec![("sum", text(sum))],
        },
        Fact::WeightNegative { weight } => say("check-weight-negative", vec![("weight", text(weight))]),
        Fact::RescaleNeedsMax { stage } => say("check-rescale-needs-max", vec![("stage", text(stage))]),
        Fact::LevelsIncomplete { missing } => {
            say("check-levels-incomplete", vec![("missing", list(language, missing))])
        }
        Fact::NoRuleForValues { values } => say("check-no-rule-for-values", vec![("values", text(values))]),
        Fact::PointsAboveMax { points, max } => {
            say("check-points-above-max", vec![("points", text(points)), ("max", text(max))])
        }
        Fact::ConditionImpossible { value } => say("check-condition-impossible", vec![("value", text(value))]),
        Fact::PointsPositive { points } => {
            say("check-points-positive", vec![("points", text(points)), ("negative", text(-points))])
        }
        Fact::NoPieces { stage } => say("check-no-pieces", vec![("stage", text(stage))]),
        Fact::BestAboveCount { best, count } => {
            say("check-best-above-count", vec![("best", text(best)), ("count", text(count))])
        }
        Fact::FormulaCircle { names: circle } => say("check-formula-circle", vec![("names", names(circle))]),
        Fact::FormulaNameTwice { name } => say("check-formula-name-twice", vec![("name", text(name))]),
        Fact::StageInRounds { stage, rounds } => Parts {
            fact: if *rounds == 0 { "check-stage-in-no-round" } else { "check-stage-in-rounds" },
            remedy: None,
            values: vec![("stage", text(stage)), ("rounds", text(rounds))],
        },
        Fact::NotJudged { aspect } => say("check-not-judged", vec![("aspect", text(aspect))]),
        Fact::JudgedTwice { aspect, panels } => {
            say("check-judged-twice", vec![("aspect", text(aspect)), ("panels", names(panels))])
        }
        Fact::NothingToMark { panel } => say("check-nothing-to-mark", vec![("panel", text(panel))]),
        Fact::CannotMark { aspect, kind } => {
            say("check-cannot-mark", vec![("aspect", text(aspect)), ("kind", text(kind))])
        }
        Fact::TooFewRemain { judges, dropped, remain } => say(
            "check-too-few-remain",
            vec![
                ("judges", text(judges)),
                ("dropped", text(dropped)),
                ("remain", text(remain)),
                ("least", text(dropped + remain)),
            ],
        ),
        Fact::SeatWeights { weights, judges } => {
            say("check-seat-weights", vec![("weights", text(weights)), ("judges", text(judges))])
        }
        Fact::SeatWeightsSum { sum } => say("check-seat-weights-sum", vec![("sum", text(sum))]),
        Fact::AgreeNeedsTwo { judges } => say("check-agree-needs-two", vec![("judges", text(judges))]),
        Fact::TieUnreadable { text: word } => say("check-tie-unreadable", vec![("text", text(word))]),
        Fact::TieEndNotLast { end } => say("check-tie-end-not-last", vec![("end", text(end))]),
        Fact::TieDirection { text: word } => say("check-tie-direction", vec![("text", text(word))]),
        Fact::TieNever { after } => say("check-tie-never", vec![("after", text(after))]),
        Fact::NeedsTeams => say("check-needs-teams", vec![]),
        Fact::NothingToAward { award, before } => {
            say("check-nothing-to-award", vec![("award", text(award)), ("before", text(before))])
        }
        Fact::TieWithoutEnd => say("check-tie-without-end", vec![]),
        Fact::BandGap { below, above } => Parts {
            fact: match (below, above) {
                (Some(_), Some(_)) => "check-band-gap-between",
                (Some(_), None) => "check-band-gap-from",
                (None, _) => "check-band-gap",
            },
            remedy: Some("check-band-gap-do"),
            values: vec![
                ("from", text(below.map(|below| below.normalize()).unwrap_or_default())),
                ("to", text(above.map(|above| above.normalize()).unwrap_or_default())),
            ],
        },
        Fact::BandNeverReached { row } => say("check-band-never-reached", vec![("row", text(row))]),
        Fact::StationPanels { panels } => {
            say("check-station-panels", vec![("panels", names(panels)), ("count", text(panels.len()))])
        }
        Fact::OneMarkDecides { judges, dropped } => {
            say("check-one-mark-decides", vec![("judges", text(judges)), ("dropped", text(dropped))])
        }
        Fact::MaxIsNotSum { max, sum } => say("check-max-is-not-sum", vec![("max", text(max)), ("sum", text(sum))]),
        Fact::CutAboveEntrants { top, entrants } => {
            say("check-cut-above-entrants", vec![("top", text(top)), ("entrants", text(entrants))])
        }
        Fact::MoreAwardsThanEntrants { awards, entrants } => {
            say("check-more-awards-than-entrants", vec![("awards", text(awards)), ("entrants", text(entrants))])
        }
        Fact::WindowBackwards { opens, closes } => {
            say("check-window-backwards", vec![("opens", text(opens)), ("closes", text(closes))])
        }
        Fact::NoPeriods => say("check-no-periods", vec![]),
        Fact::LastRowOpen => say("check-last-row-open", vec![]),
        Fact::EfficacyBetween => say("check-efficacy-between", vec![]),
        Fact::EfficacyBackwards { passing, excellent, less } => say(
            if *less { "check-efficacy-less" } else { "check-efficacy-more" },
            vec![("passing", text(passing)), ("excellent", text(excellent))],
        ),
        Fact::PartNotPositive { key, value } => {
            say("check-part-not-positive", vec![("key", text(key)), ("value", text(value))])
        }
        Fact::PlayShorterThanPaper { minutes, play_hours } => {
            say("check-play-shorter-than-paper", vec![("minutes", text(minutes)), ("hours", text(play_hours))])
        }
        Fact::NoOpenHours => say("check-no-open-hours", vec![]),
        Fact::ThroneOutOfReach { from } => {
            say("check-throne-out-of-reach", vec![("from", text(from)), ("last", text(from.saturating_sub(1)))])
        }
        Fact::LadderStageAmongOthers { stage } => say("check-ladder-stage-among-others", vec![("stage", text(stage))]),
        Fact::ThroneForEver => say("check-throne-for-ever", vec![]),
        Fact::ThroneProtected { protected_days, season_days } => {
            say("check-throne-protected", vec![("protected", text(protected_days)), ("season", text(season_days))])
        }
        Fact::DeadlineInShutdown { key, deadline_days, longest_days } => say(
            "check-deadline-in-shutdown",
            vec![("key", text(key)), ("days", text(deadline_days)), ("longest", text(longest_days))],
        ),
        Fact::BoundaryOpen { award } => say("check-boundary-open", vec![("award", text(award))]),
        Fact::TimetableTooLong { needed_h, hours } => {
            say("check-timetable-too-long", vec![("needed", text(needed_h)), ("hours", text(hours))])
        }
        // The others are said by `parts`, which asks here last.
        _ => say("check-warning", vec![]),
    }
}

fn steps(language: Language, suggest: &[Decimal]) -> FluentValue<'static> {
    FluentValue::from(suggest.iter().map(Decimal::to_string).collect::<Vec<_>>().join(language.or()))
}

fn formula(language: Language, source: &str, at: usize, fault: &FormulaFault, known: &[String]) -> Parts {
    let mut values: Values = vec![("source", text(source)), ("at", text(at + 1)), ("known", list(language, known))];
    let fact = match fault {
        FormulaFault::Empty => "check-formula-empty",
        FormulaFault::TooLong { chars_max } => {
            values.push(("most", text(chars_max)));
            "check-formula-too-long"
        }
        FormulaFault::Character(character) => {
            values.push(("character", text(character)));
            "check-formula-character"
        }
        FormulaFault::Number(number) => {
            values.push(("number", text(number)));
            "check-formula-number"
        }
        FormulaFault::UnknownName(name) => {
            values.push(("name", text(name)));
            "check-formula-unknown-name"
        }
        FormulaFault::UnknownFunction(name) => {
            let functions: Vec<&str> = crate::rules::formula::FUNCTIONS.iter().map(|(name, ..)| *name).collect();
            values.push(("name", text(name)));
            values.push(("functions", list(language, &functions)));
            "check-formula-unknown-function"
        }
        FormulaFault::Arguments { function, from, to, given } => {
            let range = if from == to { from.to_string() } else { format!("{from}–{to}") };
            values.extend([("function", text(function)), ("given", text(given)), ("range", text(range))]);
            "check-formula-arguments"
        }
        FormulaFault::Syntax => "check-formula-syntax",
        FormulaFault::NotANumber => "check-formula-not-a-number",
    };
    Parts { fact, remedy: None, values }
}

fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "check-kind-text",
        Kind::Whole => "check-kind-whole",
        Kind::Number => "check-kind-number",
        Kind::Float => "check-kind-float",
        Kind::YesNo => "check-kind-yes-no",
        Kind::Date => "check-kind-date",
        Kind::List => "check-kind-list",
        Kind::Table => "check-kind-table",
    }
}

fn thing_key(thing: Thing) -> &'static str {
    match thing {
        Thing::Event => "check-thing-event",
        Thing::Group => "check-thing-group",
        Thing::Stage => "check-thing-stage",
        Thing::Aspect => "check-thing-aspect",
        Thing::Panel => "check-thing-panel",
        Thing::Piece => "check-thing-piece",
        Thing::Table => "check-thing-table",
        Thing::Award => "check-thing-award",
        Thing::Eligibility => "check-thing-eligibility",
        Thing::Paper => "check-thing-paper",
        Thing::Period => "check-thing-period",
        Thing::Indicator => "check-thing-indicator",
        Thing::Collection => "check-thing-collection",
        Thing::EntrantValue => "check-thing-entrant-value",
        Thing::Recorded => "check-thing-recorded",
        Thing::Factor => "check-thing-factor",
    }
}
