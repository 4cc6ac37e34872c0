//! The lists that a contest prints, as spreadsheets: the same [`Listing`] that becomes a PDF, written as XLSX to go on
//! working with, or as CSV.
//!
//! Scores and ranks are real numbers with the digits they are printed with; everything else is text, also when it
//! begins like a formula. In CSV, which has no types, such a text gets an apostrophe in front, as spreadsheets
//! themselves mark text: the one choice that every one of them shows and none computes.

mod csv;
mod more;
mod prizes;
mod workers;
mod works;
mod xlsx;

pub use csv::{csv, csv_rows};
pub use more::{Entry, entrants, proposals};
pub use prizes::{Drawn, Winner, prizes};
pub use workers::{Reminded, WayIn, reminders, ways_in};
pub use works::{Collected, collected};
pub use xlsx::xlsx;

pub(super) use xlsx::fresh_workbook;

use super::documents::{Column, Listing};

/// The place of a winner in the list of awards: sections become a first column, so that rows can be sorted.
struct Flat<'l> {
    titles: Vec<&'l str>,
    sections: bool,
    listing: &'l Listing,
}

impl<'l> Flat<'l> {
    fn new(listing: &'l Listing, section_title: &'l str) -> Self {
        let sections = listing.sections.iter().any(|section| section.title.is_some());
        let first = sections.then_some(section_title);
        let titles = first.into_iter().chain(listing.columns.iter().map(|column| column.title.as_str())).collect();
        Flat { titles, sections, listing }
    }

    /// Each row's cells with their columns; `None` is the section's.
    fn rows(&self) -> impl Iterator<Item = Vec<(Option<&'l Column>, &'l str)>> {
        let (listing, sections) = (self.listing, self.sections);
        listing.sections.iter().flat_map(move |section| {
            section.rows.iter().map(move |row| {
                let title = section.title.as_deref().unwrap_or_default();
                let first = sections.then_some((None, title));
                let cell = |(at, column)| (Some(column), row.get(at).map_or("", String::as_str));
                first.into_iter().chain(listing.columns.iter().enumerate().map(cell)).collect()
            })
        })
    }
}
