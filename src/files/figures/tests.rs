//! What people type, paste and import into a grid, cell by cell.

mod workbook;

use super::*;

/// Output in percent, an inspection sheet of 100, and two kinds of events; B is not judged by the sheet, and C's output is
/// closed.
fn grid() -> Grid {
    let column = |indicator: &str, kind: Option<&str>, measured_in: Option<&str>, full: Option<i64>| Column {
        indicator: indicator.into(),
        title: indicator.to_owned(),
        kind: kind.map(|kind| (kind.into(), kind.to_owned())),
        measured_in: measured_in.map(ToOwned::to_owned),
        full: full.map(Decimal::from),
    };
    let columns = vec![
        column("output", None, Some("%"), None),
        column("order", None, None, Some(100)),
        column("hazards", Some("verified"), None, None),
        column("hazards", Some("false"), None, None),
    ];
    let open = |text: &str| Some(Cell { text: text.to_owned(), open: true });
    let line = |entrant: &str, cells: [Option<Cell>; 4]| Line {
        entrant: entrant.into(),
        name: format!("{entrant}车间"),
        group: None,
        cells: cells.into(),
    };
    let closed = Some(Cell { text: "90".to_owned(), open: false });
    let lines = vec![
        line("A", [open(""), open(""), open(""), open("")]),
        line("B", [open("98.5"), None, open("2"), open("0")]),
        line("C", [closed, open("80"), open(""), open("")]),
    ];
    Grid { columns, lines }
}

fn typed(cells: &[(usize, usize, &str)]) -> AllTyped {
    let one =
        |(line, column, text): &(usize, usize, &str)| ((*line, *column), Typed { text: (*text).to_owned(), was: None });
    cells.iter().map(one).collect()
}

fn reads(cells: &[(usize, usize, &str)]) -> Read {
    read(&grid(), &typed(cells), Language::Zh)
}

#[track_caller]
fn takes(cells: &[(usize, usize, &str)], expected: &[Actual]) {
    let read = reads(cells);
    assert_eq!(read.wrong, []);
    let taken: Vec<Actual> = read.changes.into_iter().map(|change| change.actual).collect();
    assert_eq!(taken, expected, "{cells:?}");
}

#[track_caller]
fn refuses(cells: &[(usize, usize, &str)], expected: &[(usize, usize, Fact)]) {
    let read = reads(cells);
    let wrong: Vec<(usize, usize, Fact)> =
        read.wrong.into_iter().map(|wrong| (wrong.line, wrong.column, wrong.fact)).collect();
    assert_eq!(wrong, expected, "{cells:?}");
}

fn is(digits: i64, scale: u32) -> Actual {
    Actual::Is(Decimal::new(digits, scale))
}

fn counts(verified: i64, wrong: i64) -> Actual {
    Actual::Counts([("verified".into(), Decimal::from(verified)), ("false".into(), Decimal::from(wrong))].into())
}

#[test]
fn numbers_as_spreadsheets_show_them() {
    for (text, expected) in [
        ("98.5", is(985, 1)),
        ("98.5%", is(985, 1)),
        ("９８．５", is(985, 1)),
        ("1,234,567.25", is(123_456_725, 2)),
        ("-3", is(-3, 0)),
        ("0", is(0, 0)),
        ("12,345", is(12_345, 0)),
        ("不适用", Actual::NotApplicable),
        ("—", Actual::NotApplicable),
        (" —— ", Actual::NotApplicable),
        ("N/A", Actual::NotApplicable),
    ] {
        takes(&[(0, 0, text)], &[expected]);
    }
    for text in [
        "九十", "1,23", "12,3456", "1.2.3", "=A1", "3e5", "12吨", "1.234,56", "95.5,3", "0,123", "1234,567", "1,,234",
        "-", "97%%",
    ] {
        refuses(&[(0, 0, text)], &[(0, 0, Fact::NotANumber { text: text.to_owned() })]);
    }
    // Only what is measured in percent has a percent sign.
    refuses(&[(0, 1, "90%")], &[(0, 1, Fact::Percent { text: "90%".to_owned() })]);
    refuses(&[(1, 2, "200%")], &[(1, 2, Fact::Percent { text: "200%".to_owned() })]);
}

#[test]
fn what_stands_already_changes_nothing() {
    for text in ["98.5", "98.50", "98.5%", " 98.5 "] {
        takes(&[(1, 0, text)], &[]);
    }
    takes(&[(0, 0, ""), (0, 2, "")], &[]);
    takes(&[(2, 0, "90.0")], &[]);
}

#[test]
fn a_sheet_has_so_many_points() {
    let full = Decimal::from(100);
    takes(&[(0, 1, "100"), (2, 1, "0")], &[is(100, 0), is(0, 0)]);
    refuses(
        &[(0, 1, "100.5"), (2, 1, "-1")],
        &[(0, 1, Fact::OutsideSheet { full }), (2, 1, Fact::OutsideSheet { full })],
    );
    refuses(&[(1, 1, "50")], &[(1, 1, Fact::NotJudged)]);
}

#[test]
fn kinds_of_events_come_together() {
    takes(&[(0, 2, "3"), (0, 3, "0")], &[counts(3, 0)]);
    // One of them edited, the other as it stands.
    takes(&[(1, 2, "5")], &[counts(5, 0)]);
    refuses(&[(0, 2, "3")], &[(0, 3, Fact::CountMissing)]);
    refuses(
        &[(0, 2, "1.5"), (0, 3, "-1")],
        &[(0, 2, Fact::NotACount { text: "1.5".to_owned() }), (0, 3, Fact::NotACount { text: "-1".to_owned() })],
    );
    takes(&[(0, 2, "不适用")], &[Actual::NotApplicable]);
    takes(&[(1, 2, "不适用"), (1, 3, "不适用")], &[Actual::NotApplicable]);
    refuses(&[(1, 2, "不适用")], &[(1, 3, Fact::PartlyNotApplicable)]);
}

#[test]
fn nothing_is_emptied_or_written_over_unseen() {
    refuses(&[(1, 0, "")], &[(1, 0, Fact::Emptied)]);
    refuses(&[(2, 0, "95")], &[(2, 0, Fact::Locked)]);
    let seen = |was: &str, text: &str| -> AllTyped {
        [((1, 0), Typed { text: text.to_owned(), was: Some(was.to_owned()) })].into()
    };
    // Whoever did not touch the cell means nothing by it, whatever stands there now.
    assert_eq!(read(&grid(), &seen("90", "90"), Language::Zh), Read::default());
    let stale = read(&grid(), &seen("90", "91"), Language::Zh);
    assert_eq!(stale.wrong, [Wrong { line: 1, column: 0, fact: Fact::Changed { now: "98.5".to_owned() } }]);
    // Both wrote the same.
    assert_eq!(read(&grid(), &seen("90", "98.5"), Language::Zh), Read::default());
}
