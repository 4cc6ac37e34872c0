//! The works of a collection as a list: who handed in what, what became of it, and what it earned.

use super::more::table;
use crate::files::documents::{ListSection, Listing, Page, Paper, Side};

/// One work as the list shows it; ready to print.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    pub number: String,
    pub author: String,
    /// The author's own (工号).
    pub author_number: String,
    pub unit: String,
    pub title: String,
    pub place: String,
    pub text: String,
    pub pictures: String,
    pub handed_in: String,
    pub state: String,
    pub checker: String,
    pub checked: String,
    pub points: String,
    /// Empty while marks are not known.
    pub mark: String,
    /// What judges know it by.
    pub code: String,
}

/// Columns that no work fills are left out.
pub fn collected(paper: &Paper<'_>, collection: &str, works: &[Collected]) -> Listing {
    let of = |text: fn(&Collected) -> &String| works.iter().map(|one| text(one).clone()).collect();
    let columns = vec![
        ("collections-number", Side::Ordinal, 1, of(|one| &one.number)),
        ("collections-author", Side::Text, 2, of(|one| &one.author)),
        ("worker-number", Side::Text, 2, of(|one| &one.author_number)),
        ("column-unit", Side::Text, 4, of(|one| &one.unit)),
        ("works-field-title", Side::Text, 3, of(|one| &one.title)),
        ("works-field-place", Side::Text, 3, of(|one| &one.place)),
        ("works-field-text", Side::Text, 8, of(|one| &one.text)),
        ("works-pictures", Side::Number, 1, of(|one| &one.pictures)),
        ("collections-handed-in", Side::Text, 2, of(|one| &one.handed_in)),
        ("collections-state", Side::Text, 2, of(|one| &one.state)),
        ("collections-checker", Side::Text, 2, of(|one| &one.checker)),
        ("collections-checked", Side::Text, 2, of(|one| &one.checked)),
        ("works-points", Side::Number, 1, of(|one| &one.points)),
        ("collections-mark", Side::Number, 1, of(|one| &one.mark)),
        ("collections-code", Side::Ordinal, 1, of(|one| &one.code)),
    ];
    let (columns, rows) = table(paper, columns);
    Listing {
        title: collection.to_owned(),
        under: None,
        page: Page::A3Across,
        columns,
        sections: vec![ListSection { title: None, rows }],
        to_sign: false,
        notes: Vec::new(),
        signers: Vec::new(),
    }
}
