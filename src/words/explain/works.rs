//! Collections (征集): what is handed in and when, what it is worth and how far that counts, who judges it.

use super::{Language, Section, rounding, text, title_of};
use crate::{
    rules::{
        definition::model::{Aggregate, Definition, Trim, WorksRead, WorksSource},
        works::{
            Rules,
            rules::{Asked, FieldName, Judging, NoneIs},
        },
    },
    words::works as words,
};

pub(super) fn section(l: Language, rules: &Rules) -> Section {
    let mut lines = Vec::new();
    lines.extend(rules.description.clone());
    lines.push(when(l, rules));
    lines.push(fields(l, rules));
    lines.push(points(l, rules));
    lines.push(say(l, "explain-works-per-day", &[("most", rules.limits.per_day.to_string())]));
    let limits = &rules.limits;
    let counted = [
        ("explain-works-counted-day", limits.counted_per_day.map(|most| most.to_string())),
        ("explain-works-counted-month", limits.counted_per_month.map(|most| most.to_string())),
        ("explain-works-points-month", limits.points_per_month.map(|most| most.normalize().to_string())),
    ];
    lines.extend(counted.into_iter().filter_map(|(key, most)| Some(say(l, key, &[("most", most?)]))));
    lines.push(
        l.say(match rules.none_is {
            NoneIs::Missing => "explain-works-none-missing",
            NoneIs::Zero => "explain-works-none-zero",
        })
        .into_owned(),
    );
    lines.extend(rules.judging.iter().map(|one| judging(l, rules, one)));
    Section { title: say(l, "explain-title-works", &[("collection", rules.title.clone())]), lines }
}

/// An aspect whose value comes from a collection.
pub(super) fn source(l: Language, d: &Definition, aspect: &str, source: &WorksSource) -> String {
    let reads = l.say(match source.reads {
        WorksRead::Points => "explain-works-points",
        WorksRead::Accepted => "explain-works-accepted",
        WorksRead::Submitted => "explain-works-submitted",
        WorksRead::Mark => "explain-works-mark",
    });
    let collection = title_of(&source.collection, d.collections.iter().map(|one| (&one.id, &one.title)));
    let values = [("aspect", aspect.to_owned()), ("collection", collection), ("reads", reads.into_owned())];
    say(l, "explain-works-source", &values)
}

fn say(l: Language, key: &str, values: &[(&'static str, String)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, text(value))).collect();
    l.say_with(key, &values).into_owned()
}

fn when(l: Language, rules: &Rules) -> String {
    let at = |moment: jiff::civil::DateTime| moment.strftime("%Y-%m-%d %H:%M").to_string();
    let what = ("kind", words::kind(l, rules.kind));
    match (rules.opens, rules.closes) {
        (Some(opens), Some(closes)) => {
            say(l, "explain-works-when", &[what, ("opens", at(opens)), ("closes", at(closes))])
        }
        (Some(opens), None) => say(l, "explain-works-when-from", &[what, ("opens", at(opens))]),
        (None, Some(closes)) => say(l, "explain-works-when-until", &[what, ("closes", at(closes))]),
        (None, None) => say(l, "explain-works-when-open", &[what]),
    }
}

fn fields(l: Language, rules: &Rules) -> String {
    let of = &rules.fields;
    let mut parts = Vec::new();
    for (name, asked) in [(FieldName::Title, of.title), (FieldName::Text, of.text), (FieldName::Place, of.place)] {
        let field = ("field", words::field(l, name));
        match (name, asked) {
            (_, Asked::No) => {}
            (FieldName::Text, _) => {
                parts.push(say(l, "explain-works-text", &[field, ("most", of.text_max.to_string())]));
            }
            (_, Asked::May) => parts.push(say(l, "explain-works-may", &[field])),
            (_, Asked::Must) => parts.push(say(l, "explain-works-must", &[field])),
        }
    }
    let (least, most) = (("least", of.pictures_least.to_string()), ("most", of.pictures_most.to_string()));
    if of.pictures_most > 0 {
        parts.push(say(l, "explain-works-pictures", &[least, most]));
    }
    say(l, "explain-works-fields", &[("fields", parts.join(l.comma()))])
}

fn points(l: Language, rules: &Rules) -> String {
    let number = |value: rust_decimal::Decimal| value.normalize().to_string();
    let of = &rules.points;
    let mut parts = vec![(l.say("works-event-submitted").into_owned(), of.submitted)];
    if rules.grades.is_empty() {
        parts.push((l.say("works-outcome-accepted").into_owned(), of.accepted));
    }
    for grade in &rules.grades {
        parts.push((say(l, "works-outcome-accepted-grade", &[("grade", grade.title.clone())]), grade.points));
    }
    for (key, value) in [
        ("works-outcome-declined", of.declined),
        ("works-outcome-duplicate", of.duplicate),
        ("works-outcome-false", of.untrue),
    ] {
        parts.push((l.say(key).into_owned(), value));
    }
    let one =
        |(event, value): (String, _)| say(l, "explain-works-event", &[("event", event), ("points", number(value))]);
    let parts: Vec<String> = parts.into_iter().map(one).collect();
    say(l, "explain-works-worth", &[("events", parts.join(l.comma()))])
}

fn judging(l: Language, rules: &Rules, judging: &Judging) -> String {
    let number = |value: rust_decimal::Decimal| value.normalize().to_string();
    let how = match (&judging.panel.aggregate, &judging.panel.trim) {
        (Aggregate::Median, _) => l.say("explain-works-median").into_owned(),
        (aggregate, Trim::Fixed { high, low }) if high + low > 0 => {
            let key =
                if *aggregate == Aggregate::Sum { "explain-works-sum-trimmed" } else { "explain-works-mean-trimmed" };
            say(l, key, &[("high", high.to_string()), ("low", low.to_string())])
        }
        (Aggregate::Sum, _) => l.say("explain-works-sum").into_owned(),
        _ => l.say("explain-works-mean").into_owned(),
    };
    let key = if rules.author_shown { "explain-works-judging-shown" } else { "explain-works-judging" };
    let values = [
        ("judges", judging.panel.judges.to_string()),
        ("min", number(judging.min)),
        ("max", number(judging.max)),
        ("step", number(judging.step)),
        ("how", how),
        ("rounding", rounding(l, judging.panel.rounding)),
    ];
    say(l, key, &values)
}
