//! Collections: moments in order, limits that limit, a scale that has its steps; and aspects that read them.

use rust_decimal::Decimal;

use super::{Findings, Path, aspects, names::one, stage_path, v};
use crate::rules::{
    definition::{
        model::{Aggregate, Definition},
        problem::{Fact, Thing},
    },
    names::Id,
    works::rules::{Asked, Rules},
};

pub(super) fn check(file: &v::File, definition: &Definition, findings: &mut Findings<'_>) {
    for (at, rules) in definition.collections.iter().enumerate() {
        let path = Path::default().item("collection", at);
        of_collection(rules, &file.collection[at], &path, findings);
    }
    for (stage_at, stage) in file.stage.iter().enumerate() {
        let path = stage_path(stage_at);
        for (at, aspect) in stage.aspect.iter().enumerate() {
            of_aspect(aspect, definition, &path.item("aspect", at), findings);
        }
        if stage.attempts.as_ref().is_some_and(|attempts| attempts.count > 1)
            && stage.aspect.iter().any(|aspect| aspect.collection.is_some())
        {
            // Who hands in more has more points, not more attempts.
            let (key, with) = ("attempts".to_owned(), "collection".to_owned());
            findings.error(&path.key("attempts"), Fact::KeyNotHere { key, with });
        }
    }
}

fn of_collection(rules: &Rules, file: &v::Collection, path: &Path, findings: &mut Findings<'_>) {
    if let (Some(opens), Some(closes)) = (rules.opens, rules.closes)
        && opens >= closes
    {
        let said = |moment: jiff::civil::DateTime| moment.strftime("%Y-%m-%dT%H:%M").to_string();
        findings.error(&path.key("closes"), Fact::WindowBackwards { opens: said(opens), closes: said(closes) });
    }
    let fields = &rules.fields;
    if fields.pictures_least > fields.pictures_most {
        let (min, max) = (fields.pictures_least.into(), fields.pictures_most.into());
        findings.error(&path.key("fields").key("pictures-most"), Fact::MinAboveMax { min, max });
    }
    if file.fields.text_max.is_some() && fields.text == Asked::No {
        let (key, with) = ("text-max".to_owned(), "text = \"no\"".to_owned());
        findings.error(&path.key("fields").key("text-max"), Fact::KeyNotHere { key, with });
    }
    // Whatever is accepted is accepted in a grade.
    if !rules.grades.is_empty() && file.points.accepted.is_some() {
        let (key, with) = ("accepted".to_owned(), "[[collection.grade]]".to_owned());
        findings.error(&path.key("points").key("accepted"), Fact::KeyNotHere { key, with });
    }
    limits(rules, &path.key("limits"), findings);
    let Some(judging) = &rules.judging else {
        if rules.author_shown {
            let (key, with) = ("author-shown".to_owned(), "[collection.judging]".to_owned());
            findings.error(&path.key("author-shown"), Fact::KeyOnlyWith { key, with });
        }
        return;
    };
    let path = path.key("judging");
    aspects::scale(judging.min, judging.max, judging.step, &path, findings);
    let (judges, dropped) = (judging.panel.judges, judging.panel.dropped(judging.panel.judges));
    if dropped > 0 && judging.panel.aggregate == Aggregate::Median {
        let (key, with) = ("aggregate".to_owned(), "drop-high, drop-low".to_owned());
        findings.error(&path.key("aggregate"), Fact::KeyNotHere { key, with });
    } else if dropped >= judges {
        let fact = Fact::TooFewRemain { judges, dropped, remain: judging.panel.remain };
        findings.error(&path.key("judges"), fact);
    }
}

fn limits(rules: &Rules, path: &Path, findings: &mut Findings<'_>) {
    let limits = &rules.limits;
    if let Some(value) = limits.points_per_month.filter(|most| *most <= Decimal::ZERO) {
        let key = "points-per-month".to_owned();
        findings.error(&path.key("points-per-month"), Fact::PartNotPositive { key, value });
    }
    // A limit above another one never limits.
    let from = || "1".to_owned();
    let most_a_month = limits.per_day.saturating_mul(31);
    let never = [
        ("counted-per-day", limits.counted_per_day, limits.per_day),
        ("counted-per-month", limits.counted_per_month, limits.counted_per_day.map_or(most_a_month, |n| n * 31)),
    ];
    for (key, own, most) in never {
        if let Some(own) = own.filter(|own| *own > most) {
            let fact =
                Fact::OutOfRange { key: key.to_owned(), value: own.to_string(), from: from(), to: most.to_string() };
            findings.error(&path.key(key), fact);
        }
    }
}

fn of_aspect(aspect: &v::Aspect, definition: &Definition, path: &Path, findings: &mut Findings<'_>) {
    let Some(collection) = &aspect.collection else {
        if aspect.works.is_some() {
            let (key, with) = ("works".to_owned(), "collection".to_owned());
            findings.error(&path.key("works"), Fact::KeyOnlyWith { key, with });
        }
        return;
    };
    let id = Id::new(&collection.0);
    let known: Vec<&Id> = definition.collections.iter().map(|rules| &rules.id).collect();
    one(Thing::Collection, &id, &known, &path.key("collection"), findings);
    if aspect.paper.is_some() {
        let keys = ["paper", "collection"].map(str::to_owned).to_vec();
        findings.error(&path.key("collection"), Fact::OnlyOneOf { keys });
    }
    let pieces = aspect.pieces.as_ref().is_some_and(|pieces| !pieces.is_empty());
    for (key, given) in [("pieces", pieces), ("values", aspect.values.is_some())] {
        if given {
            findings.error(&path.key(key), Fact::KeyNotHere { key: key.to_owned(), with: "collection".to_owned() });
        }
    }
    let judged = definition.collections.iter().any(|rules| rules.id == id && rules.judging.is_some());
    if aspect.works == Some(v::WorksRead::Mark) && known.contains(&&id) && !judged {
        let (key, with) = ("judging".to_owned(), "works = \"mark\"".to_owned());
        findings.error(&path.key("works"), Fact::KeyNeeded { key, with });
    }
}
