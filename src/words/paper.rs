//! Papers in words: how large one is, what counts, why one cannot be sat now, refusals, what does not fit, the trail.

use fluent_bundle::FluentValue;
use jiff::Zoned;
use rust_decimal::Decimal;

use super::{
    Language,
    refusal::{Sentence, plain},
    trail::{Cast, phase},
};
use crate::rules::{
    items::Unfit,
    ledger::paper::{Ending, PaperEntry},
    papers::{
        Closed, PAPERS_LEAST, PaperRefusal, Rules, Small,
        rules::{Part, Take},
    },
};

/// Why somebody may not sit it now, and when that ends.
pub fn closed(language: Language, closed: &Closed) -> String {
    let (key, values) = match closed {
        Closed::NotRunning { now } => ("paper-not-running", vec![("phase", phase(language, *now).into())]),
        Closed::Before { opens } => ("paper-before", vec![("opens", moment(opens))]),
        Closed::After { closed } => ("paper-after", vec![("closed", moment(closed))]),
        Closed::NotForYou => ("paper-not-for-you", vec![]),
        Closed::Sitting { .. } => ("paper-sitting", vec![]),
        Closed::Used { most } => ("paper-used", vec![("most", plain(most))]),
        Closed::Today { most, next } => ("paper-today", vec![("most", plain(most)), ("next", moment(next))]),
        Closed::Wait { until } => ("paper-wait", vec![("until", moment(until))]),
        Closed::StageClosed { stage } => ("paper-stage-closed", vec![("stage", stage.as_str().into())]),
        Closed::NoPractice => ("paper-no-practice", vec![]),
    };
    language.say_with(key, &values).into_owned()
}

/// The same as a sentence of its own.
pub fn sentence(language: Language, why: &Closed) -> String {
    language.say_with("refusal-paper-closed", &[("why", closed(language, why).into())]).into_owned()
}

/// 10 题 · 满分 20 · 10 分钟.
pub fn size(language: Language, rules: &Rules) -> String {
    let mut parts = vec![
        language.say_with("paper-size-items", &[("count", plain(&rules.count()))]).into_owned(),
        language.say_with("paper-size-points", &[("max", plain(&rules.max().normalize()))]).into_owned(),
    ];
    parts.push(match rules.minutes {
        Some(minutes) => language.say_with("paper-size-minutes", &[("minutes", plain(&minutes))]).into_owned(),
        None => language.say("paper-size-no-limit").into_owned(),
    });
    parts.join(" · ")
}

/// Which attempts count, and for what.
pub fn take(language: Language, rules: &Rules) -> String {
    language
        .say(match rules.attempts.take {
            Take::Best => "paper-take-best",
            Take::Last => "paper-take-last",
            Take::First => "paper-take-first",
            Take::Mean => "paper-take-mean",
            Take::Sum => "paper-take-sum",
            Take::ValidPapers => "paper-take-valid-papers",
            Take::ValidDays => "paper-take-valid-days",
        })
        .into_owned()
}

/// A counted result with its unit: points, papers or days.
pub fn counted(language: Language, rules: &Rules, value: Decimal) -> String {
    let key = match rules.attempts.take {
        Take::ValidPapers => "paper-counted-papers",
        Take::ValidDays => "paper-counted-days",
        _ => "paper-item-points",
    };
    language.say_with(key, &[("points", plain(&value.normalize()))]).into_owned()
}

/// A row of the blueprint: 单选题 8 题，每题 1 分.
pub fn part(language: Language, part: &Part) -> String {
    let values = [
        ("what", what(language, part).into()),
        ("count", plain(&part.count)),
        ("points", plain(&part.worth.points.normalize())),
    ];
    language.say_with("paper-part", &values).into_owned()
}

/// Which items: 用电 难度易 单选题.
fn what(language: Language, part: &Part) -> String {
    let what = [
        part.subject.clone(),
        part.difficulty.map(|difficulty| {
            language.say_with("paper-of-difficulty", &[("difficulty", difficulty.title(language).into())]).into_owned()
        }),
        Some(part.kind.map_or_else(|| language.say("paper-any-kind").into_owned(), |kind| kind.title(language))),
    ];
    what.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A bank that is too small for a paper, and what to do.
pub fn small(language: Language, rules: &Rules, small: &Small) -> String {
    let part = small.part.and_then(|at| rules.parts.get(at));
    let what = part.map_or_else(|| language.say("paper-any-kind").into_owned(), |one| what(language, one));
    let values = [
        ("paper", rules.title.clone().into()),
        ("bank", plain(&rules.bank)),
        ("what", what.into()),
        ("wants", plain(&small.wants)),
        ("has", plain(&small.has)),
        ("papers", plain(&PAPERS_LEAST)),
    ];
    language.say_with("paper-bank-small", &values).into_owned()
}

/// 9:05; a counted result may have a fraction of a second, which is left out.
pub fn clock(ms: u64) -> String {
    let seconds = ms / 1_000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// 2026-06-01 08:00.
pub fn minute(at: &Zoned) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

/// Why an answer was not taken.
pub fn unfit(language: Language, unfit: Unfit) -> String {
    let (key, values) = match unfit {
        Unfit::OtherKind => ("paper-unfit-kind", vec![]),
        Unfit::NoSuchPlace { at } => ("paper-unfit-place", vec![("at", plain(&(at + 1)))]),
        Unfit::Twice { at } => ("paper-unfit-twice", vec![("at", plain(&(at + 1)))]),
        Unfit::TooMany { most } => ("paper-unfit-many", vec![("most", plain(&most))]),
        Unfit::TooLong { most } => ("paper-unfit-long", vec![("most", plain(&most))]),
        Unfit::Misplaced { at } => ("paper-unfit-misplaced", vec![("at", plain(&(at + 1)))]),
    };
    language.say_with(key, &values).into_owned()
}

fn moment(at: &Zoned) -> FluentValue<'static> {
    minute(at).into()
}

pub(super) fn refusal(language: Language, refusal: &PaperRefusal) -> Sentence {
    let id = |id: &dyn std::fmt::Display| vec![("id", FluentValue::from(id.to_string()))];
    match refusal {
        PaperRefusal::UnknownPaper(paper) => ("refusal-paper-unknown", id(paper)),
        PaperRefusal::UnknownBank(bank) => ("refusal-paper-unknown-bank", id(bank)),
        PaperRefusal::UnknownItem(item) => ("refusal-paper-unknown-item", id(item)),
        PaperRefusal::NoBank(bank) => ("refusal-paper-no-bank", id(bank)),
        PaperRefusal::Lacking(lacking) => (
            "refusal-paper-lacking",
            vec![("part", plain(&(lacking.part + 1))), ("wants", plain(&lacking.wants)), ("has", plain(&lacking.has))],
        ),
        PaperRefusal::NoEntrant => ("refusal-paper-no-entrant", vec![]),
        PaperRefusal::Closed(why) => ("refusal-paper-closed", vec![("why", closed(language, why).into())]),
        PaperRefusal::NotYours => ("refusal-paper-not-yours", vec![]),
        PaperRefusal::Over => ("refusal-paper-over", vec![]),
        PaperRefusal::StillRunning { .. } => ("refusal-paper-still-running", vec![]),
        PaperRefusal::Sealed => ("refusal-paper-sealed", vec![]),
        PaperRefusal::StillOpen { count } => ("refusal-paper-still-open", vec![("count", plain(count))]),
        PaperRefusal::KeysChanged => ("refusal-paper-keys-changed", vec![]),
        PaperRefusal::BankEmpty => ("refusal-paper-bank-empty", vec![]),
        PaperRefusal::ItemDrawn(item) => ("refusal-paper-item-drawn", id(item)),
        PaperRefusal::OtherFace(item) => ("refusal-paper-other-face", id(item)),
        PaperRefusal::ItemTwice(item) => ("refusal-paper-item-twice", id(item)),
        PaperRefusal::WindowBackwards => ("refusal-paper-window-backwards", vec![]),
        PaperRefusal::NobodyValid => ("refusal-paper-nobody-valid", vec![]),
        PaperRefusal::RestatementIncomplete { missing } => {
            ("refusal-paper-restatement", vec![("missing", plain(missing))])
        }
    }
}

pub(super) fn told(language: Language, entry: &PaperEntry, cast: &impl Cast) -> Vec<(&'static str, String)> {
    match entry {
        PaperEntry::BankAdopted { bank, items, .. } => {
            vec![("bank", bank.to_string()), ("count", items.len().to_string())]
        }
        PaperEntry::PaperDrawn { of, entrant, attempt, items, .. } => vec![
            ("of", cast.title(of)),
            ("entrant", cast.entrant(entrant)),
            ("attempt", attempt.to_string()),
            ("count", items.len().to_string()),
        ],
        PaperEntry::PaperFinished { paper, finished, .. } => {
            let how = match finished.how {
                Ending::HandedIn => "paper-handed-in",
                Ending::TimeUp => "paper-time-up",
            };
            vec![
                ("paper", paper.to_string()),
                ("how", language.say(how).into_owned()),
                ("points", finished.points.normalize().to_string()),
                ("right", finished.right.to_string()),
            ]
        }
        PaperEntry::ItemRestated { item, rekeyed, papers, .. } => {
            let what = if rekeyed.is_some() { "paper-item-rekeyed" } else { "paper-item-void" };
            vec![
                ("item", item.to_string()),
                ("what", language.say(what).into_owned()),
                ("count", papers.len().to_string()),
            ]
        }
        PaperEntry::HeadcountsFrozen { counts, .. } => vec![("count", counts.len().to_string())],
        PaperEntry::PrizesDrawn { of, winners, .. } => {
            vec![("of", cast.title(of)), ("count", winners.len().to_string())]
        }
        PaperEntry::WindowGranted { of, entrant, from, until, .. } => vec![
            ("of", cast.title(of)),
            ("entrant", cast.entrant(entrant)),
            ("from", cast.moment(*from)),
            ("until", cast.moment(*until)),
        ],
    }
}
