//! One item as a form: the cells of its row in the template. What a form says is read as a row of a spreadsheet is, so
//! that every problem has the same words.

use crate::{
    files::sheets::{Book, Cell, Row, Sheet},
    rules::items::{Item, ItemKind},
    words::Language,
};

use super::{Imported, Known, columns::Column, key, sheet, taking, template, written};

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// Empty: the next that is free.
    pub id: String,
    pub kind: Option<ItemKind>,
    pub subject: String,
    pub difficulty: String,
    pub stem: String,
    pub material: String,
    pub picture: String,
    pub options: Vec<String>,
    pub key: String,
    pub points: String,
    pub explanation: String,
}

impl Cells {
    pub fn new(item: &Item, language: Language) -> Self {
        let cell = |column| template::cell(item, column, language);
        Self {
            id: cell(Column::Id),
            kind: Some(item.kind()),
            subject: cell(Column::Subject),
            difficulty: cell(Column::Difficulty),
            stem: cell(Column::Stem),
            material: cell(Column::Material),
            picture: cell(Column::Picture),
            options: written::options(item),
            key: cell(Column::Key),
            points: cell(Column::Points),
            explanation: cell(Column::Explanation),
        }
    }
}

/// A key with a line for each of its parts, as a field of several lines shows it.
pub fn in_lines(key: &str) -> String {
    key::split(key, &key::PARTS).join("\n")
}

/// The opposite of [`in_lines`]; empty lines are left out.
pub fn from_lines(lines: &str) -> String {
    let lines: Vec<&str> = lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("；")
}

/// The key of a fill-in as [`Cells`] have it, without and with the sign of any order.
pub fn split_order(key: &str) -> (&str, bool) {
    key.strip_prefix(key::ANY_ORDER).map_or((key, false), |rest| (rest, true))
}

pub fn join_order(key: &str, any_order: bool) -> String {
    format!("{}{key}", if any_order && !key.is_empty() { key::ANY_ORDER } else { "" })
}

/// The cell of a pair of a matching; empty for nothing.
pub fn pair(left: &str, right: &str) -> String {
    if left.trim().is_empty() && right.trim().is_empty() {
        return String::new();
    }
    format!("{}={}", key::escaped(left), key::escaped(right))
}

/// The item, or everything that keeps it from being one. Facts are in row 2; their columns carry the template's titles.
pub fn read_cells(cells: &Cells, language: Language, known: Known<'_>) -> Imported {
    let kind = cells.kind.map(|kind| kind.title(language)).unwrap_or_default();
    let mut columns: Vec<(Column, &str)> = vec![
        (Column::Id, &cells.id),
        (Column::Kind, &kind),
        (Column::Subject, &cells.subject),
        (Column::Difficulty, &cells.difficulty),
        (Column::Stem, &cells.stem),
        (Column::Material, &cells.material),
        (Column::Picture, &cells.picture),
    ];
    columns.extend(cells.options.iter().enumerate().map(|(at, option)| (Column::Option(at), option.as_str())));
    // A heading names at least one option, so that a lack of them is told where they belong.
    if cells.options.is_empty() {
        columns.push((Column::Option(0), ""));
    }
    columns.extend([
        (Column::Key, cells.key.as_str()),
        (Column::Points, &cells.points),
        (Column::Explanation, &cells.explanation),
    ]);
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
    let titles = columns.iter().map(|(column, _)| Cell::Text(template::title(*column, language))).collect();
    let values = columns.iter().map(|(_, value)| text(value)).collect();
    let rows = vec![Row { number: 1, cells: titles }, Row { number: 2, cells: values }];
    let book = Book { sheets: vec![Sheet { rows, ..Sheet::default() }], ..Book::default() };
    let (drafts, report) = sheet::drafts(&book, known);
    taking::take(drafts, report, known)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{
        super::{Fact, template::examples},
        *,
    };

    #[test]
    fn each_kind_goes_through_the_form_and_comes_back() {
        let pictures = BTreeMap::from([("welding.svg".to_owned(), rust_decimal::Decimal::ONE)]);
        let known = Known { bank: &[], pictures: &pictures };
        for language in Language::ALL {
            for (at, item) in examples(language).into_iter().enumerate() {
                let item = Item { id: format!("x-{at}").as_str().into(), ..item };
                let read = read_cells(&Cells::new(&item, language), language, known);
                assert_eq!(read.problems, [], "{:?}", item.kind());
                assert_eq!(read.take(), Some(vec![item]));
            }
        }
    }

    #[test]
    fn lines_of_a_key_are_its_parts() {
        // A sign after a backslash is text and opens no line.
        let key = r"安全帽|头盔；5\；6；绳";
        assert_eq!(in_lines(key), "安全帽|头盔\n5\\；6\n绳");
        assert_eq!(from_lines(" 安全帽|头盔 \r\n\n5\\；6\n绳\n"), key);
        assert_eq!(split_order("不分顺序：甲；乙"), ("甲；乙", true));
        assert_eq!(join_order("甲；乙", true), "不分顺序：甲；乙");
        assert_eq!((join_order("", true), join_order("甲", false)), (String::new(), "甲".to_owned()));
        assert_eq!((pair("a=b", "c"), pair(" ", "")), (r"a\=b=c".to_owned(), String::new()));
    }

    #[test]
    fn what_is_wrong_is_told_by_its_field() {
        let cells = Cells {
            kind: Some(ItemKind::Single),
            stem: "作业前应（　）。".to_owned(),
            options: vec!["检查".to_owned(), "休息".to_owned()],
            key: "C".to_owned(),
            ..Cells::default()
        };
        let pictures = BTreeMap::new();
        let read = read_cells(&cells, Language::ALL[0], Known { bank: &[], pictures: &pictures });
        let [problem] = read.problems.as_slice() else { panic!("{read:?}") };
        assert!(matches!(problem.fact, Fact::Flaw(_)), "{problem:?}");
        assert_eq!(problem.column.as_ref().map(|(title, _)| title.as_str()), Some("答案"));
    }
}
