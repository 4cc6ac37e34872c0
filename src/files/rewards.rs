//! The list of what ladders (擂台) owe to whom, and the certificates of stars, from the ledger's rewards.
//!
//! Names and units come joined by whoever may know them.

use rust_decimal::Decimal;

use super::{
    documents::{Certificate, Column, ListSection, Listing, Page, Paper, Side, Winner},
    prizes::{money, unit_name},
};
use crate::{
    rules::{decimal, definition::model::Reward, ladder::Owed, ledger::Instant, names::UnitPath, view::Heading},
    words::{Language, ladder::period},
};

/// A reward with the person's name and unit.
#[derive(Clone, Debug)]
pub struct Earned {
    pub owed: Owed,
    pub name: String,
    pub unit: Option<UnitPath>,
}

/// Who gets what, in the order in which it was earned, with what it comes to that is not given yet.
pub fn listing(paper: &Paper<'_>, zone: &str, earned: &[Earned]) -> Listing {
    let language = paper.language;
    let column = |title: &str, side: Side, width: u8| Column {
        title: language.say(title).into_owned(),
        note: None,
        side,
        width: Some(width),
    };
    let row = |one: &Earned| {
        vec![
            one.name.clone(),
            one.unit.as_ref().map(unit_name).unwrap_or_default(),
            one.owed.ladder.title.clone(),
            one.owed.title.clone(),
            reward_words(language, &one.owed.reward),
            period(language, &one.owed.period),
            day(zone, one.owed.at),
            one.owed.given.map(|at| day(zone, at)).unwrap_or_default(),
            one.owed.serial.clone().unwrap_or_default(),
        ]
    };
    Listing {
        title: language.say("reward-list").into_owned(),
        under: None,
        page: Page::A4Across,
        columns: vec![
            column("column-name", Side::Text, 3),
            column("column-unit", Side::Text, 5),
            column("reward-ladder", Side::Text, 4),
            column("reward-title", Side::Text, 3),
            column("reward-what", Side::Text, 5),
            column("reward-period", Side::Text, 3),
            column("reward-at", Side::Text, 3),
            column("reward-given-at", Side::Text, 3),
            column("reward-serial", Side::Text, 5),
        ],
        sections: vec![ListSection { title: None, rows: earned.iter().map(row).collect() }],
        to_sign: false,
        notes: vec![left(language, earned)],
        signers: Vec::new(),
    }
}

/// What is still to be handed over.
pub fn left(language: Language, earned: &[Earned]) -> String {
    let open = earned.iter().filter(|one| one.owed.given.is_none());
    let (mut count, mut sum) = (0_usize, Decimal::ZERO);
    for one in open {
        count += 1;
        // Prize money is small; a sum that does not fit stays at its last value.
        sum = one.owed.reward.money.and_then(|money| decimal::add(sum, money).ok()).unwrap_or(sum);
    }
    let values = [("count", count.into()), ("sum", money(language, sum).into())];
    language.say_with("reward-left", &values).into_owned()
}

/// Money, points and things.
pub fn reward_words(language: Language, reward: &Reward) -> String {
    let points = reward.points.map(|points| {
        language.say_with("award-points", &[("points", points.normalize().to_string().into())]).into_owned()
    });
    let parts = [reward.money.map(|sum| money(language, sum)), points, reward.text.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(&language.say("award-comma"))
}

/// The certificate of a reward; `None` until it has a serial. `site` as for other certificates.
pub fn certificate(heading: &Heading, one: &Earned, site: &str) -> Option<Certificate> {
    let serial = one.owed.serial.clone()?;
    Some(Certificate {
        language: heading.language.clone(),
        winner: Winner::Person(one.name.clone()),
        unit: one.unit.as_ref().map(unit_name),
        contest: heading.title.clone(),
        event: Some(one.owed.ladder.title.clone()).filter(|title| *title != heading.title),
        group: None,
        award: one.owed.title.clone(),
        confers: None,
        date: date(&heading.timezone, one.owed.issued?),
        check_url: format!("{site}/check/{serial}"),
        serial,
        issuers: heading.organizer.iter().cloned().collect(),
    })
}

fn date(timezone: &str, at: Instant) -> jiff::civil::Date {
    let zone = jiff::tz::TimeZone::get(timezone).unwrap_or(jiff::tz::TimeZone::UTC);
    jiff::Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(zone).date()
}

fn day(timezone: &str, at: Instant) -> String {
    date(timezone, at).to_string()
}
