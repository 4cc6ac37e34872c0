//! What an import found, and where.

use crate::{
    files::entrants,
    rules::items::{Flaw, ItemKind},
};

use super::columns::Column;

/// A fact about one cell, one row or passage, or the whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Of the sheet, or the line of a text; `None`: the whole file.
    pub row: Option<u32>,
    /// The heading as it stands in the file, and the column's letters.
    pub column: Option<(String, String)>,
    pub fact: Fact,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    NoHeader,
    NoItems,
    TooManyItems {
        most: usize,
    },
    TextTooLarge {
        bytes_max: usize,
    },
    /// What any cell of a table can suffer from.
    Cell(entrants::Fact),
    /// An item that cannot be asked, whoever wrote it.
    Flaw(Flaw),
    UnknownKind {
        text: String,
    },
    /// A text from which the kind does not follow.
    KindUnclear,
    UnknownDifficulty {
        text: String,
    },
    /// Not above 0, or above 1,000.
    PointsOutOfRange,
    NotAnId {
        text: String,
    },
    IdTwice {
        id: String,
        first_row: u32,
    },
    /// The bank has an item of another kind by this id.
    IdOfOtherKind {
        id: String,
        kind: ItemKind,
    },
    /// The same question stands above.
    SameAsRow {
        first_row: u32,
    },
    /// The same question is in the bank.
    SameAsBank {
        id: String,
    },
    /// As a warning: the same stem with other options.
    StemAsRow {
        first_row: u32,
    },
    StemAsBank {
        id: String,
    },
    KeyNotLetters {
        text: String,
    },
    KeyTwice {
        letter: char,
    },
    /// Several right options of a single choice.
    KeySeveral {
        text: String,
    },
    KeyNotTrueOrFalse {
        text: String,
    },
    KeyNotANumber {
        text: String,
    },
    /// A tolerance below 0.
    KeyNegativeTolerance,
    /// A matching's key stands in its options.
    KeyUnused,
    OptionsUnused {
        kind: ItemKind,
    },
    MaterialUnused {
        kind: ItemKind,
    },
    NoGap,
    GapsDiffer {
        stem: usize,
        key: usize,
    },
    /// Nothing is accepted in this gap.
    GapEmpty {
        gap: usize,
    },
    PairWithoutSign {
        letter: char,
    },
    PairHalf {
        letter: char,
    },
    FixWithoutArrow {
        text: String,
    },
    FixEmpty {
        word: String,
    },
    WordNotThere {
        word: String,
    },
    WordSeveralTimes {
        word: String,
        count: usize,
    },
    NoSuchOccurrence {
        word: String,
        nth: usize,
        count: usize,
    },
    FixesOverlap {
        word: String,
    },
    MaterialMissing,
    RegionNotRead {
        text: String,
    },
    RegionWithoutTitle {
        text: String,
    },
    UnknownPicture {
        name: String,
    },
    ExampleRow,
    /// Lines before the first item.
    LooseText {
        text: String,
    },
    GiftUnclosed,
    GiftNoAnswers,
    GiftEssay,
    GiftHtml,
    GiftSeveralNumbers,
    GiftNothingRight,
    AikenNoAnswer,
    AikenStray {
        text: String,
    },
}

/// Problems and warnings as they are found.
#[derive(Clone, Debug, Default)]
pub(super) struct Report {
    pub(super) problems: Vec<Problem>,
    pub(super) warnings: Vec<Problem>,
    /// Headings of a sheet and their letters.
    pub(super) headings: Vec<(Column, (String, String))>,
}

impl Report {
    pub(super) fn whole(&mut self, fact: Fact) {
        self.problems.push(Problem { row: None, column: None, fact });
    }

    pub(super) fn problem(&mut self, row: u32, column: Option<Column>, fact: Fact) {
        let problem = self.at(row, column, fact);
        self.problems.push(problem);
    }

    pub(super) fn warning(&mut self, row: u32, column: Option<Column>, fact: Fact) {
        let warning = self.at(row, column, fact);
        self.warnings.push(warning);
    }

    pub(super) fn has(&self, row: u32) -> bool {
        self.problems.iter().rev().any(|problem| problem.row == Some(row))
    }

    fn at(&self, row: u32, column: Option<Column>, fact: Fact) -> Problem {
        let heading = column.and_then(|column| self.headings.iter().find(|(known, _)| *known == column));
        Problem { row: Some(row), column: heading.map(|(_, named)| named.clone()), fact }
    }
}

/// The column in which a flaw is mended.
pub(super) fn column_of(flaw: &Flaw) -> Column {
    match flaw {
        Flaw::StemMissing => Column::Stem,
        Flaw::EmptyOption { at } => Column::Option(*at),
        Flaw::TooFewOptions { .. } | Flaw::TooManyOptions { .. } | Flaw::OptionTwice { .. } => Column::Option(0),
        Flaw::PictureMissing => Column::Picture,
        Flaw::DescriptionMissing => Column::Material,
        Flaw::KeyOutOfRange { .. }
        | Flaw::KeyMissing
        | Flaw::KeyNotAnOrder
        | Flaw::BoundsCrossed
        | Flaw::FaultMisplaced { .. }
        | Flaw::FaultChangesNothing { .. }
        | Flaw::RegionMisplaced { .. } => Column::Key,
    }
}
