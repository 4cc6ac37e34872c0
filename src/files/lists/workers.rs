//! Lists about workers: how each comes in, to hand out; and who is to be reminded.

use super::more::{Filled, table};
use crate::files::documents::{ListSection, Listing, Page, Paper, Side};

/// How somebody comes in. Secret: a link opens as its owner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WayIn {
    pub number: String,
    pub name: String,
    pub unit: String,
    pub phone: String,
    /// The whole address of the personal link.
    pub link: String,
    /// Empty for those who have a PIN of their own.
    pub pin: String,
}

/// Somebody who has something left to answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reminded {
    pub number: String,
    pub name: String,
    pub unit: String,
    pub phone: String,
    /// The titles of what is missing.
    pub missing: String,
}

pub fn ways_in(paper: &Paper<'_>, ways: &[WayIn]) -> Listing {
    let of = |text: fn(&WayIn) -> &String| ways.iter().map(|way| text(way).clone()).collect();
    let columns = vec![
        ("worker-number", Side::Text, 2, of(|way| &way.number)),
        ("column-name", Side::Text, 2, of(|way| &way.name)),
        ("column-unit", Side::Text, 4, of(|way| &way.unit)),
        ("column-phone", Side::Text, 2, of(|way| &way.phone)),
        ("worker-link", Side::Text, 8, of(|way| &way.link)),
        ("worker-once-pin", Side::Text, 2, of(|way| &way.pin)),
    ];
    listing(paper, "list-ways-in", columns, vec![paper.language.say("list-ways-in-note").into_owned()])
}

pub fn reminders(paper: &Paper<'_>, reminded: &[Reminded]) -> Listing {
    let of = |text: fn(&Reminded) -> &String| reminded.iter().map(|one| text(one).clone()).collect();
    let columns = vec![
        ("worker-number", Side::Text, 2, of(|one| &one.number)),
        ("column-name", Side::Text, 2, of(|one| &one.name)),
        ("column-unit", Side::Text, 4, of(|one| &one.unit)),
        ("column-phone", Side::Text, 2, of(|one| &one.phone)),
        ("liaison-missing", Side::Text, 5, of(|one| &one.missing)),
    ];
    listing(paper, "list-reminders", columns, Vec::new())
}

fn listing(paper: &Paper<'_>, title: &str, columns: Vec<Filled>, notes: Vec<String>) -> Listing {
    let (columns, rows) = table(paper, columns);
    Listing {
        title: paper.language.say(title).into_owned(),
        under: None,
        page: Page::A4Across,
        columns,
        sections: vec![ListSection { title: None, rows }],
        to_sign: false,
        notes,
        signers: Vec::new(),
    }
}
