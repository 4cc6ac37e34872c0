//! Banks of items (题库): read from the spreadsheet template, from pasted text, GIFT and Aiken; the template, and a bank
//! as the same workbook.
//!
//! A *draft* is a row or a passage as written; a draft that can be read becomes an item. Every problem is reported with
//! its place, and with any of them nothing is taken ([`Imported::take`]). The same question is known again by its
//! stem, whatever its spaces and signs, within the file and in the bank. Knows no database; pictures are known by name.

mod aiken;
mod cells;
mod columns;
mod draft;
mod fact;
mod gift;
mod key;
mod pasted;
mod picture;
mod pictures;
mod places;
mod say;
mod sheet;
mod taking;
mod template;
mod written;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::{
    rules::items::{Body, Item},
    words::Language,
};

use super::sheets::{self, Unreadable};

pub use cells::{Cells, from_lines, in_lines, join_order, pair, read_cells, split_order};
pub use fact::{Fact, Problem};
pub use picture::ratio;
pub use pictures::{Harm, PICTURE_BYTES_MAX, PictureFile, picture};
pub use template::{export, export_csv, template, template_csv};

/// Items of one import.
pub const ITEMS_MAX: usize = 20_000;
/// Bytes of a pasted text.
pub const TEXT_BYTES_MAX: usize = 4 << 20;

/// Stands for a gap in the stem of a fill-in.
pub const GAP: &str = "____";

/// What an import is checked against.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Items of the bank. The same ids are changed by an import.
    pub bank: &'a [Item],
    /// The bank's pictures: width divided by height, by name ([`ratio`]).
    pub pictures: &'a BTreeMap<String, Decimal>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// What was read without a problem, in the order of the file.
    pub rows: Vec<ItemRow>,
    /// In the order of rows.
    pub problems: Vec<Problem>,
    /// Worth a look; nothing is wrong.
    pub warnings: Vec<Problem>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ItemRow {
    /// As the spreadsheet numbers it; the line of a text.
    pub row: u32,
    pub item: Item,
    pub change: Change,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    New,
    /// The bank has another item by this id.
    Changed,
    /// The bank has it already, as it is.
    Same,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextForm {
    /// 试题文本: `1. 题干（B）`, `A．… B．…`, `答案：B`, `解析：…`.
    Pasted,
    Gift,
    Aiken,
}

impl Imported {
    /// All, or nothing when anything is wrong.
    pub fn take(self) -> Option<Vec<Item>> {
        self.problems.is_empty().then(|| self.rows.into_iter().map(|row| row.item).collect())
    }

    pub fn count(&self, change: Change) -> usize {
        self.rows.iter().filter(|row| row.change == change).count()
    }
}

impl TextForm {
    /// By what only one of them has.
    pub fn guess(text: &str) -> Self {
        let starts = |start: &str| text.lines().any(|line| line.trim_start().starts_with(start));
        if starts("ANSWER:") {
            TextForm::Aiken
        } else if starts("::") || starts("$CATEGORY") || text.contains("{=") || text.contains("{~") {
            TextForm::Gift
        } else {
            TextForm::Pasted
        }
    }
}

/// Reads the first sheet with headings for stems and keys.
pub fn read(bytes: &[u8], known: Known<'_>) -> Result<Imported, Unreadable> {
    let book = sheets::read(bytes)?;
    let (drafts, report) = sheet::drafts(&book, known);
    Ok(taking::take(drafts, report, known))
}

pub fn read_text(text: &str, form: TextForm, known: Known<'_>) -> Imported {
    let mut report = fact::Report::default();
    if text.len() > TEXT_BYTES_MAX {
        report.whole(Fact::TextTooLarge { bytes_max: TEXT_BYTES_MAX });
        return taking::take(Vec::new(), report, known);
    }
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let drafts = match form {
        TextForm::Pasted => pasted::drafts(&text, known, &mut report),
        TextForm::Gift => gift::drafts(&text, &mut report),
        TextForm::Aiken => aiken::drafts(&text, &mut report),
    };
    taking::take(drafts, report, known)
}

/// An item's key in the words of the template, for lists and pages: `ABD`, `50~52`, `错词→正词`.
pub fn key(item: &Item, language: Language) -> String {
    match &item.body {
        Body::Matching { pairs } => {
            let pairs: Vec<String> = pairs.iter().map(|(left, right)| format!("{left}={right}")).collect();
            pairs.join("；")
        }
        _ => written::key(item, language),
    }
}
