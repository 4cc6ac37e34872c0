//! Papers in words: why one cannot be sat now, refusals, what does not fit, the trail.

use fluent_bundle::FluentValue;
use jiff::Zoned;

use super::{
    Language,
    refusal::{Sentence, plain},
    trail::{Cast, phase},
};
use crate::rules::{
    items::Unfit,
    ledger::paper::{Ending, PaperEntry},
    papers::{Closed, PaperRefusal},
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
        Closed::NoPractice => ("paper-no-practice", vec![]),
    };
    language.say_with(key, &values).into_owned()
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
    at.strftime("%Y-%m-%d %H:%M").to_string().into()
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
        PaperRefusal::KeysChanged => ("refusal-paper-keys-changed", vec![]),
        PaperRefusal::BankEmpty => ("refusal-paper-bank-empty", vec![]),
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
