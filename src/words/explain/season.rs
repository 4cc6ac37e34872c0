//! Sources (积分来源): how each result becomes points, and how stars are given.

use rust_decimal::Decimal;

use super::{Language, Section, rounding, text};
use crate::rules::{
    definition::model::Definition,
    season::rules::{By, Matching, Missing, Reads, Source, StarsRead},
};

fn say(l: Language, key: &str, values: &[(&'static str, String)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, text(value))).collect();
    l.say_with(key, &values).into_owned()
}

fn number(value: Decimal) -> String {
    value.normalize().to_string()
}

pub(super) fn sections(l: Language, d: &Definition) -> Vec<Section> {
    if d.season.is_empty() {
        return Vec::new();
    }
    let matching = match d.season.matching {
        Matching::Unit => "explain-season-by-unit",
        Matching::Number => "explain-season-by-number",
    };
    let lines = vec![
        l.say(matching).into_owned(),
        l.say("explain-season-public").into_owned(),
        l.say("explain-season-best").into_owned(),
    ];
    let mut sections = vec![Section { title: l.say("explain-title-season").into_owned(), lines }];
    sections.extend(d.season.sources.iter().map(|one| source(l, one)));
    sections
}

fn source(l: Language, one: &Source) -> Section {
    let mut lines = vec![match &one.reads {
        Reads::Field => l.say("explain-source-field").into_owned(),
        Reads::Table(id) => say(l, "explain-source-table", &[("id", id.to_string())]),
        Reads::Period(id) => say(l, "explain-source-period", &[("id", id.to_string())]),
        Reads::Overall => l.say("explain-source-overall").into_owned(),
        Reads::Ladder(id) => say(l, "explain-source-ladder", &[("id", id.to_string())]),
    }];
    match &one.by {
        By::Points { full } => {
            lines.push(l.say("explain-source-points").into_owned());
            lines.extend(full.map(|full| say(l, "explain-source-full", &[("full", number(full))])));
        }
        By::Percentage { full: Some(full) } => {
            lines.push(say(l, "explain-source-percentage", &[("full", number(*full))]));
        }
        By::Percentage { full: None } => lines.push(l.say("explain-source-percentage-best").into_owned()),
        By::Rank { points, further } => {
            let points = points.iter().map(|points| number(*points)).collect::<Vec<_>>().join(l.comma());
            lines.push(say(l, "explain-source-rank", &[("points", points), ("further", number(*further))]));
        }
    }
    if one.weight != Decimal::ONE {
        lines.push(say(l, "explain-source-weight", &[("weight", number(one.weight))]));
    }
    lines.extend(one.cap.map(|cap| say(l, "explain-source-cap", &[("cap", number(cap))])));
    lines.push(
        l.say(match one.missing {
            Missing::Zero => "explain-source-zero",
            Missing::Unranked => "explain-source-unranked",
            Missing::Scaled => "explain-source-scaled",
        })
        .into_owned(),
    );
    lines.push(say(l, "explain-source-rounding", &[("rounding", rounding(l, one.rounding))]));
    Section { title: say(l, "explain-title-source", &[("source", one.title.clone())]), lines }
}

pub(super) fn stars(l: Language, d: &Definition) -> Option<Section> {
    let stars = d.season.stars.as_ref()?;
    let mut lines = Vec::new();
    if d.indicators.is_empty() {
        lines.extend(d.indicators.periods.iter().map(|period| {
            let values =
                [("period", period.title.clone()), ("from", period.from.to_string()), ("to", period.to.to_string())];
            say(l, "explain-stars-period", &values)
        }));
    }
    lines.push(
        l.say(match stars.reads {
            StarsRead::Total => "explain-stars-total",
            StarsRead::Gained => "explain-stars-gained",
        })
        .into_owned(),
    );
    lines.extend(
        stars
            .levels
            .iter()
            .map(|star| say(l, "explain-star", &[("star", star.title.clone()), ("least", number(star.at_least))])),
    );
    lines.push(l.say("explain-stars-one-step").into_owned());
    if stars.starts_at > 0 {
        lines.push(say(l, "explain-stars-start", &[("level", stars.starts_at.to_string())]));
    }
    Some(Section { title: l.say("explain-title-stars").into_owned(), lines })
}
