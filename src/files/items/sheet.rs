//! A sheet in the columns of the template, row by row as drafts.

use rust_decimal::Decimal;

use crate::{
    files::{
        entrants::{self, cells},
        sheets::{Book, Row},
    },
    rules::{decimal, items::ItemKind},
};

use super::{
    ITEMS_MAX, Known,
    columns::{self, Column, Header},
    draft::{Asked, Draft, with_gaps},
    fact::{Fact, Report},
};

/// Characters of a cell: more than any text to mend, less than what a lone quotation mark swallows.
const CHARACTERS_MAX: usize = 4_000;

/// Ids of the template's examples begin so.
pub(super) const EXAMPLE: &str = "示例";

pub(super) fn drafts(book: &Book, known: Known<'_>) -> (Vec<Draft>, Report) {
    let mut report = Report::default();
    let mut found = book.sheets.iter().filter_map(|sheet| Some((sheet, Header::find(sheet)?)));
    let Some((sheet, header)) = found.next() else {
        report.whole(Fact::NoHeader);
        return (Vec::new(), report);
    };
    report.headings = header.columns.iter().map(|(column, at)| (*column, header.named(*at))).collect();
    for (position, first) in &header.twice {
        let (title, letters) = header.named(*position);
        let other = header.named(*first).1;
        let fact = Fact::Cell(entrants::Fact::ColumnTwice { other });
        report.problems.push(super::Problem { row: Some(header.row), column: Some((title, letters)), fact });
    }
    for position in &header.ignored {
        let column = Some(header.named(*position));
        let fact = Fact::Cell(entrants::Fact::ColumnIgnored);
        report.warnings.push(super::Problem { row: Some(header.row), column, fact });
    }
    let rows = sheet.rows.iter().skip(header.at + 1);
    let rows: Vec<&Row> = rows.filter(|row| header.columns.iter().any(|(_, at)| !row.cell(*at).is_blank())).collect();
    if rows.len() > ITEMS_MAX {
        report.whole(Fact::TooManyItems { most: ITEMS_MAX });
        return (Vec::new(), report);
    }
    let drafts =
        rows.into_iter().filter_map(|row| Reading { header: &header, row, known }.draft(&mut report)).collect();
    for (other, _) in found {
        let name = other.name.clone().unwrap_or_default();
        let fact = Fact::Cell(entrants::Fact::FurtherSheet { name });
        report.warnings.push(super::Problem { row: None, column: None, fact });
    }
    (drafts, report)
}

struct Reading<'a> {
    header: &'a Header,
    row: &'a Row,
    known: Known<'a>,
}

impl Reading<'_> {
    /// `None` when anything is wrong with it, or it is an example.
    fn draft(&self, report: &mut Report) -> Option<Draft> {
        let row = self.row.number;
        let id = self.text(Column::Id, report);
        if id.starts_with(EXAMPLE) {
            report.warning(row, Some(Column::Id), Fact::ExampleRow);
            return None;
        }
        let before = report.problems.len();
        let kind = self.kind(report);
        let stem = with_gaps(&self.text(Column::Stem, report), kind);
        let subject = self.text(Column::Subject, report);
        let difficulty = self.text(Column::Difficulty, report);
        let difficulty = match columns::difficulty(&difficulty) {
            Some(difficulty) => difficulty,
            None if difficulty.is_empty() => crate::rules::items::Difficulty::default(),
            None => {
                let fact = Fact::UnknownDifficulty { text: difficulty };
                report.problem(row, Some(Column::Difficulty), fact);
                crate::rules::items::Difficulty::default()
            }
        };
        let material = self.text(Column::Material, report);
        let picture = some(self.text(Column::Picture, report));
        let options = self.options(report);
        let key = self.text(Column::Key, report);
        let points = self.points(report);
        let explanation = some(self.text(Column::Explanation, report));
        let kind = kind?;
        if !material.is_empty() && !matches!(kind, ItemKind::FindFix | ItemKind::Hazards) {
            report.warning(row, Some(Column::Material), Fact::MaterialUnused { kind });
        }
        let asked = Asked {
            kind,
            stem: &stem,
            material: &material,
            picture: picture.as_deref(),
            options: &options,
            key: &key,
            pictures: self.known.pictures,
        };
        let body = match asked.body() {
            Ok(body) => Some(body),
            Err(facts) => {
                // A cell that could not be read is told once.
                if report.problems.len() == before {
                    for (column, fact) in facts {
                        report.problem(row, Some(column), fact);
                    }
                }
                None
            }
        };
        let read = report.problems.len() == before;
        let draft =
            Draft { row, id: some(id), subject: some(subject), difficulty, stem, picture, points, explanation, body };
        read.then_some(draft)
    }

    /// The text of a cell, lines kept, spaces around them taken away.
    fn text(&self, column: Column, report: &mut Report) -> String {
        let Some(position) = self.header.position(column) else { return String::new() };
        let read = cells::typed(self.row.cell(position)).and_then(|text| {
            let long = text.chars().nth(CHARACTERS_MAX).is_some();
            if long { Err(entrants::Fact::TooLong { most: CHARACTERS_MAX }) } else { Ok(text) }
        });
        match read {
            Ok(text) => lines(&text),
            Err(fact) => {
                report.problem(self.row.number, Some(column), Fact::Cell(fact));
                String::new()
            }
        }
    }

    fn kind(&self, report: &mut Report) -> Option<ItemKind> {
        let text = self.text(Column::Kind, report);
        let kind = columns::kind(&text);
        if kind.is_none() && !report.has(self.row.number) {
            let missing = Fact::Cell(entrants::Fact::Missing);
            let fact = if text.is_empty() { missing } else { Fact::UnknownKind { text } };
            report.problem(self.row.number, Some(Column::Kind), fact);
        }
        kind
    }

    /// Up to the last one that is filled; those between are empty and the item is refused for them.
    fn options(&self, report: &mut Report) -> Vec<String> {
        let last = self.header.columns.iter().filter_map(|(column, _)| match column {
            Column::Option(at) => Some(*at + 1),
            _ => None,
        });
        let count = last.max().unwrap_or(0);
        let mut options: Vec<String> = (0..count).map(|at| self.text(Column::Option(at), report)).collect();
        while options.last().is_some_and(String::is_empty) {
            options.pop();
        }
        options
    }

    fn points(&self, report: &mut Report) -> Option<Decimal> {
        let text = cells::half_width(&self.text(Column::Points, report));
        if text.is_empty() {
            return None;
        }
        let fact = match decimal::parse(&text) {
            Ok(points) if points > Decimal::ZERO && points <= Decimal::ONE_THOUSAND => return Some(points.normalize()),
            Ok(_) => Fact::PointsOutOfRange,
            Err(_) => Fact::Cell(entrants::Fact::NotANumber { text, perhaps: None }),
        };
        report.problem(self.row.number, Some(Column::Points), fact);
        None
    }
}

/// Without spaces at the ends of lines and empty lines; several spaces are one. Wide spaces stay: （　）is drawn with one.
pub(super) fn lines(text: &str) -> String {
    let narrow = |c: char| c != '\u{3000}' && c.is_whitespace();
    let words = |line: &str| line.split(narrow).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let lines = text.lines().map(|line| words(line.trim()));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

pub(super) fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}
