//! Collections in words: what works are called, what stands of one, points with their reasons, refusals, the trail.

use fluent_bundle::FluentValue;

use super::{
    Language,
    refusal::{Sentence, plain},
    trail::Cast,
};
use crate::rules::{
    ledger::works::{Outcome, WorkEntry},
    names::Id,
    works::{
        Event, PointLine, Rules, Stand, Uncounted, Work, WorkRefusal,
        rules::{FieldName, Kind},
    },
};

/// 隐患, 建议, 征文, 摄影作品.
pub fn kind(language: Language, kind: Kind) -> String {
    let key = match kind {
        Kind::Hazard => "works-kind-hazard",
        Kind::Proposal => "works-kind-proposal",
        Kind::Essay => "works-kind-essay",
        Kind::Photograph => "works-kind-photograph",
    };
    language.say(key).into_owned()
}

/// 标题, 内容, 地点; the text is what this kind of work calls it.
pub fn field(language: Language, field: FieldName) -> String {
    let key = match field {
        FieldName::Title => "works-field-title",
        FieldName::Text => "works-field-text",
        FieldName::Place => "works-field-place",
    };
    language.say(key).into_owned()
}

/// 已采纳（重大）, 重复, 不实, …; a grade by its title.
pub fn outcome(language: Language, rules: Option<&Rules>, outcome: &Outcome) -> String {
    let key = match outcome {
        Outcome::Accepted { grade: Some(grade) } => {
            let title = rules.and_then(|rules| rules.grade(grade)).map_or(grade.as_str(), |grade| &grade.title);
            let values = [("grade", title.to_owned().into())];
            return language.say_with("works-outcome-accepted-grade", &values).into_owned();
        }
        Outcome::Accepted { grade: None } => "works-outcome-accepted",
        Outcome::Declined => "works-outcome-declined",
        Outcome::Duplicate { .. } => "works-outcome-duplicate",
        Outcome::Untrue => "works-outcome-false",
        Outcome::Returned => "works-outcome-returned",
    };
    language.say(key).into_owned()
}

/// What stands of a work: 待核实, 退回补充, 已撤回, or its outcome.
pub fn stand(language: Language, rules: Option<&Rules>, work: &Work) -> String {
    match (work.stand, work.outcome()) {
        (Stand::Checked, Some(checked)) => outcome(language, rules, checked),
        (Stand::Withdrawn, _) => language.say("works-stand-withdrawn").into_owned(),
        (Stand::Returned, _) => language.say("works-outcome-returned").into_owned(),
        (Stand::Waiting | Stand::Checked, _) => language.say("works-stand-waiting").into_owned(),
    }
}

/// As [`stand`]; of one that is accepted where judges mark, how far that is: 待评审, 评审中, 已评审.
pub fn standing(language: Language, rules: &Rules, work: &Work, closed: bool) -> String {
    let stand = stand(language, Some(rules), work);
    if rules.judging.is_none() || !work.is_accepted() {
        return stand;
    }
    let key = match work.code {
        _ if closed => "works-judged",
        Some(_) => "works-judging",
        None => "works-judging-undealt",
    };
    format!("{stand} · {}", language.say(key))
}

/// What made a point.
pub fn event(language: Language, rules: Option<&Rules>, event: &Event) -> String {
    match event {
        Event::Submitted => language.say("works-event-submitted").into_owned(),
        Event::Checked(checked) => outcome(language, rules, checked),
    }
}

/// Why less of a line counts than it is worth.
pub fn uncounted(language: Language, line: &PointLine) -> Option<String> {
    let (key, most) = match line.uncounted? {
        Uncounted::Day { most } => ("works-uncounted-day", plain(&most)),
        Uncounted::Month { most } => ("works-uncounted-month", plain(&most)),
        Uncounted::MonthPoints { most } => ("works-uncounted-points", plain(&most.normalize())),
    };
    Some(language.say_with(key, &[("most", most)]).into_owned())
}

pub(super) fn refusal(language: Language, refusal: &WorkRefusal) -> Sentence {
    let id = |id: &dyn std::fmt::Display| vec![("id", FluentValue::from(id.to_string()))];
    let of_field = |name: FieldName| ("field", FluentValue::from(field(language, name)));
    let count = |count: &usize| vec![("count", plain(count))];
    match refusal {
        WorkRefusal::UnknownCollection(collection) => ("refusal-works-unknown-collection", id(collection)),
        WorkRefusal::UnknownWork(_) => ("refusal-works-unknown", vec![]),
        WorkRefusal::NotOpenYet { opens } => ("refusal-works-not-yet", vec![("opens", plain(opens))]),
        WorkRefusal::Over { closed } => ("refusal-works-over", vec![("closed", plain(closed))]),
        WorkRefusal::Closed(_) => ("refusal-works-closed", vec![]),
        WorkRefusal::NotClosed(_) => ("refusal-works-not-closed", vec![]),
        WorkRefusal::NoEntrant => ("refusal-works-no-entrant", vec![]),
        WorkRefusal::NotYours => ("refusal-works-not-yours", vec![]),
        WorkRefusal::WorkTwice => ("refusal-works-twice", vec![]),
        WorkRefusal::DayFull { most } => ("refusal-works-day-full", vec![("most", plain(most))]),
        WorkRefusal::FieldEmpty { field } => ("refusal-works-field-empty", vec![of_field(*field)]),
        WorkRefusal::FieldNotAsked { field } => ("refusal-works-field-not-asked", vec![of_field(*field)]),
        WorkRefusal::FieldTooLong { field, most } => {
            ("refusal-works-field-long", vec![of_field(*field), ("most", plain(most))])
        }
        WorkRefusal::TooFewPictures { least } => ("refusal-works-few-pictures", vec![("least", plain(least))]),
        WorkRefusal::TooManyPictures { most } => ("refusal-works-many-pictures", vec![("most", plain(most))]),
        WorkRefusal::Fixed => ("refusal-works-fixed", vec![]),
        WorkRefusal::NotReturned => ("refusal-works-not-returned", vec![]),
        WorkRefusal::Withdrawn => ("refusal-works-withdrawn", vec![]),
        WorkRefusal::NotAnOriginal => ("refusal-works-not-an-original", vec![]),
        WorkRefusal::GradeNeeded { known } => {
            let known = known.iter().map(Id::as_str).collect::<Vec<_>>().join(language.comma());
            ("refusal-works-grade-needed", vec![("grades", known.into())])
        }
        WorkRefusal::UnknownGrade(grade) => ("refusal-works-unknown-grade", id(grade)),
        WorkRefusal::OtherBranch => ("refusal-works-other-branch", vec![]),
        WorkRefusal::NoJudging(collection) => ("refusal-works-no-judging", id(collection)),
        WorkRefusal::NothingToDeal => ("refusal-works-nothing-to-deal", vec![]),
        WorkRefusal::TooFewJudges { works, judges, most } => (
            "refusal-works-too-few-judges",
            vec![("works", plain(works)), ("judges", plain(judges)), ("most", plain(most))],
        ),
        WorkRefusal::NotItsContent => ("refusal-works-not-its-content", vec![]),
        WorkRefusal::NotDealt => ("refusal-works-not-dealt", vec![]),
        WorkRefusal::Unchecked { count: left } => ("refusal-works-unchecked", count(left)),
        WorkRefusal::Unmarked { count: left } => ("refusal-works-unmarked", count(left)),
        WorkRefusal::Lacking { count, judges } => {
            ("refusal-works-lacking", vec![("count", plain(count)), ("judges", plain(judges))])
        }
        WorkRefusal::OwnWork => ("refusal-works-own", vec![]),
        WorkRefusal::IsOriginal => ("refusal-works-is-original", vec![]),
        WorkRefusal::Undealt { count: left } => ("refusal-works-undealt", count(left)),
    }
}

pub(super) fn told(language: Language, entry: &WorkEntry, cast: &impl Cast) -> Vec<(&'static str, String)> {
    match entry {
        WorkEntry::WorkSubmitted { work, collection, entrant, content, .. } => vec![
            ("work", short(work.as_str())),
            ("collection", cast.title(collection)),
            ("entrant", cast.entrant(entrant)),
            ("pictures", content.pictures.len().to_string()),
        ],
        WorkEntry::WorkMended { work, .. } | WorkEntry::WorkWithdrawn { work, .. } => {
            vec![("work", short(work.as_str()))]
        }
        WorkEntry::WorkChecked { work, outcome: checked, .. } => {
            let said = match checked {
                Outcome::Accepted { grade: Some(grade) } => {
                    let values = [("grade", cast.title(grade).into())];
                    language.say_with("works-outcome-accepted-grade", &values).into_owned()
                }
                Outcome::Duplicate { of } => {
                    let values = [("work", short(of.as_str()).into())];
                    language.say_with("works-outcome-duplicate-of", &values).into_owned()
                }
                other => outcome(language, None, other),
            };
            vec![("work", short(work.as_str())), ("outcome", said)]
        }
        WorkEntry::WorksDealt { collection, works, .. } => {
            let places: usize = works.iter().map(|dealt| dealt.judges.len()).sum();
            vec![
                ("collection", cast.title(collection)),
                ("count", works.len().to_string()),
                ("places", places.to_string()),
            ]
        }
        WorkEntry::WorkMarked { work, mark, .. } => {
            vec![("work", short(work.as_str())), ("value", mark.normalize().to_string())]
        }
        WorkEntry::WorkErased { work, erased, second, .. } => {
            vec![("work", short(work.as_str())), ("count", erased.len().to_string()), ("second", cast.person(second))]
        }
        WorkEntry::CollectionClosed { collection, .. } | WorkEntry::CollectionReopened { collection, .. } => {
            vec![("collection", cast.title(collection))]
        }
    }
}

/// Enough of a work's id to find it by.
fn short(id: &str) -> String {
    id.chars().take(8).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// One of each.
    pub(in crate::words) fn every() -> Vec<WorkRefusal> {
        let id = || Id::new("x");
        vec![
            WorkRefusal::UnknownCollection(id()),
            WorkRefusal::UnknownWork("w".into()),
            WorkRefusal::NotOpenYet { opens: "2026-01-01 00:00".to_owned() },
            WorkRefusal::Over { closed: "2026-12-31 00:00".to_owned() },
            WorkRefusal::Closed(id()),
            WorkRefusal::NotClosed(id()),
            WorkRefusal::NoEntrant,
            WorkRefusal::NotYours,
            WorkRefusal::WorkTwice,
            WorkRefusal::DayFull { most: 5 },
            WorkRefusal::FieldEmpty { field: FieldName::Title },
            WorkRefusal::FieldNotAsked { field: FieldName::Place },
            WorkRefusal::FieldTooLong { field: FieldName::Text, most: 500 },
            WorkRefusal::TooFewPictures { least: 1 },
            WorkRefusal::TooManyPictures { most: 3 },
            WorkRefusal::Fixed,
            WorkRefusal::NotReturned,
            WorkRefusal::Withdrawn,
            WorkRefusal::NotAnOriginal,
            WorkRefusal::GradeNeeded { known: vec![id()] },
            WorkRefusal::UnknownGrade(id()),
            WorkRefusal::OtherBranch,
            WorkRefusal::NoJudging(id()),
            WorkRefusal::NothingToDeal,
            WorkRefusal::TooFewJudges { works: 2, judges: 3, most: 1 },
            WorkRefusal::NotItsContent,
            WorkRefusal::NotDealt,
            WorkRefusal::Unchecked { count: 2 },
            WorkRefusal::Unmarked { count: 2 },
            WorkRefusal::Undealt { count: 2 },
            WorkRefusal::Lacking { count: 2, judges: 3 },
            WorkRefusal::OwnWork,
            WorkRefusal::IsOriginal,
        ]
    }
}
