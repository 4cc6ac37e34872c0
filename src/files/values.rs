//! Values that come from outside (机考成绩, 检测结果): a sheet with entrants in rows and values in columns.
//!
//! Everything is checked against the grid of the stage before anything is taken; every problem is reported by row and
//! column. An empty cell says nothing and changes nothing. Knows no database.

use rust_decimal::Decimal;

use crate::{
    rules::{
        field::Value,
        names::EntrantId,
        view::values::{LooseValues, ValueColumn, ValueRow},
    },
    words::Language,
};

use super::{
    entrants::{Fact, RowProblem, cells},
    sheets::{self, Cell, Row, Sheet, Unreadable},
};

const ROWS_SEARCHED: usize = 30;

/// 编号 is the number of the list, 抽签号 the number drawn.
const LISTED: [&str; 8] = ["编号", "选手编号", "参赛编号", "参赛号", "选手号", "准考证号", "entrant", "id"];
const DRAWN: [&str; 6] = ["抽签号", "加密号", "赛位号", "序号", "number", "drawnumber"];

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// Entrant, position of the grid's column, value.
    pub values: Vec<(EntrantId, usize, Value)>,
    /// With any of them nothing should be taken.
    pub problems: Vec<RowProblem>,
}

/// Reads the first sheet with a heading for entrants.
pub fn read(bytes: &[u8], grid: &LooseValues, language: Language) -> Result<Read, Unreadable> {
    let book = sheets::read(bytes)?;
    let mut read = Read::default();
    let found = book.sheets.iter().find_map(|sheet| Some((sheet, Header::find(sheet, grid, language)?)));
    let Some((sheet, header)) = found else {
        let known = grid.columns.iter().map(|column| title(column, language)).collect();
        read.problems.push(RowProblem { row: None, column: None, fact: Fact::NoValueColumn { known } });
        return Ok(read);
    };
    let mut first_rows: Vec<(&EntrantId, u32)> = Vec::new();
    for row in sheet.rows.iter().skip(header.row + 1) {
        let (at, entrant) = match header.entrant(row, grid) {
            Ok(Some(found)) => found,
            Ok(None) => continue,
            Err((at, fact)) => {
                read.problems.push(header.problem(row, at, fact));
                continue;
            }
        };
        if let Some((_, first_row)) = first_rows.iter().find(|(known, _)| **known == entrant.entrant) {
            let fact = Fact::EntrantTwice { entrant: row.cell(at).text(), first_row: *first_row };
            read.problems.push(header.problem(row, at, fact));
            continue;
        }
        first_rows.push((&entrant.entrant, row.number));
        for (column, position) in &header.values {
            match value(row.cell(*position), &grid.columns[*column]) {
                Ok(Some(value)) => read.values.push((entrant.entrant.clone(), *column, value)),
                Ok(None) => {}
                Err(fact) => read.problems.push(header.problem(row, *position, fact)),
            }
        }
    }
    if read.values.is_empty() && read.problems.is_empty() {
        read.problems.push(RowProblem { row: None, column: None, fact: Fact::NoRows });
    }
    Ok(read)
}

/// A column's heading: 试件一 · 咬边 · 深度（mm）.
pub fn title(column: &ValueColumn, language: Language) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(column.piece.as_ref().map(|piece| piece.title.clone()));
    parts.push(column.aspect.title.clone());
    parts.extend(column.value.as_ref().map(|value| value.title.clone()));
    if column.attempts > 1 {
        parts.push(language.say_with("judge-attempt", &[("attempt", column.attempt.into())]).into_owned());
    }
    parts.join(" · ")
}

/// A number, 缺考, or nothing.
pub fn value(cell: &Cell, column: &ValueColumn) -> Result<Option<Value>, Fact> {
    let text = cells::half_width(&cells::text(cell)?);
    match text.to_lowercase().as_str() {
        "" => return Ok(None),
        "缺考" | "缺席" | "缺" | "absent" => return Ok(Some(Value::Absent)),
        "不适用" | "n/a" => return Ok(Some(Value::NotApplicable)),
        _ => {}
    }
    let number = match seconds(&text).filter(|_| column.is_time) {
        Some(seconds) => seconds,
        None => cells::number(cell)?,
    };
    let low = column.min.is_some_and(|min| number < min);
    let high = column.max.is_some_and(|max| number > max);
    if low || high {
        let shown =
            |bound: Option<Decimal>| bound.map_or_else(|| "–".to_owned(), |bound| bound.normalize().to_string());
        return Err(Fact::OutOfRange { min: shown(column.min), max: shown(column.max) });
    }
    let off = |step: &Decimal| {
        let above = number.checked_sub(column.min.unwrap_or_default());
        above.and_then(|above| above.checked_rem(*step)).is_none_or(|rest| !rest.is_zero())
    };
    match column.step.filter(|step| !step.is_zero()).filter(off) {
        Some(step) => Err(Fact::NotAStep { step: step.normalize().to_string() }),
        None => Ok(Some(Value::Number(number))),
    }
}

/// `12:05.3` as seconds.
fn seconds(text: &str) -> Option<Decimal> {
    let (minutes, seconds) = text.split_once(':')?;
    let minutes: u32 = minutes.parse().ok()?;
    let seconds = crate::rules::decimal::parse(seconds).ok()?;
    let in_a_minute = (Decimal::ZERO..Decimal::from(60)).contains(&seconds);
    in_a_minute.then(|| Decimal::from(minutes) * Decimal::from(60) + seconds)
}

struct Header {
    /// Position among the sheet's rows.
    row: usize,
    titles: Vec<String>,
    listed: Option<usize>,
    drawn: Option<usize>,
    /// Column of the grid, position in the sheet.
    values: Vec<(usize, usize)>,
}

impl Header {
    fn find(sheet: &Sheet, grid: &LooseValues, language: Language) -> Option<Self> {
        sheet.rows.iter().take(ROWS_SEARCHED).enumerate().find_map(|(at, row)| {
            let titles: Vec<String> = row.cells.iter().map(|cell| bare(&cell.text())).collect();
            let named = |names: &[&str]| titles.iter().position(|title| names.contains(&title.as_str()));
            let (listed, drawn) = (named(&LISTED), named(&DRAWN));
            let values: Vec<(usize, usize)> =
                (0..grid.columns.len()).filter_map(|of| Some((of, place(grid, of, &titles, language)?))).collect();
            let titles = row.cells.iter().map(Cell::text).collect();
            let found = (listed.is_some() || drawn.is_some()) && !values.is_empty();
            found.then_some(Self { row: at, titles, listed, drawn, values })
        })
    }

    /// `None` for an empty row.
    fn entrant<'g>(&self, row: &Row, grid: &'g LooseValues) -> Result<Option<(usize, &'g ValueRow)>, (usize, Fact)> {
        let mut unknown = None;
        for (at, is_drawn) in [(self.listed, false), (self.drawn, true)] {
            let Some(at) = at else { continue };
            let text = cells::half_width(&cells::text(row.cell(at)).map_err(|fact| (at, fact))?);
            if text.is_empty() {
                continue;
            }
            let drawn: Option<u32> = text.parse().ok().filter(|_| is_drawn);
            let is = |one: &&ValueRow| {
                if is_drawn { drawn.is_some() && one.number == drawn } else { one.entrant.as_str() == text }
            };
            match grid.rows.iter().find(is) {
                Some(found) if !found.out => return Ok(Some((at, found))),
                _ => unknown = Some((at, Fact::UnknownEntrant { text })),
            }
        }
        unknown.map_or(Ok(None), Err)
    }

    fn problem(&self, row: &Row, at: usize, fact: Fact) -> RowProblem {
        let title = self.titles.get(at).cloned().unwrap_or_default();
        RowProblem { row: Some(row.number), column: Some((title, sheets::letters(at))), fact }
    }
}

/// Where a column of the grid stands: by its whole title or key, or by the aspect's own when that is unmistakable.
fn place(grid: &LooseValues, of: usize, titles: &[String], language: Language) -> Option<usize> {
    let column = &grid.columns[of];
    let mut names = vec![bare(&title(column, language)), bare(&column.key())];
    let alike = grid.columns.iter().filter(|other| other.aspect.id == column.aspect.id).count();
    if alike == 1 {
        names.extend([bare(&column.aspect.title), bare(column.aspect.id.as_str())]);
    }
    if grid.columns.len() == 1 {
        names.extend(["成绩", "分数", "得分", "score", "value"].map(ToOwned::to_owned));
    }
    titles.iter().position(|title| names.contains(title))
}

fn bare(text: &str) -> String {
    let text = cells::half_width(text).to_lowercase();
    let before = text.split(['(', '[', '【']).next().unwrap_or_default();
    before.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '·' | '_' | '\u{feff}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{names::Id, view::Named};

    fn grid() -> LooseValues {
        let named = |id: &str, title: &str| Named { id: Id::new(id), title: title.to_owned() };
        let column = |id: &str, title: &str, is_time: bool| ValueColumn {
            aspect: named(id, title),
            piece: None,
            attempt: 1,
            attempts: 1,
            value: None,
            unit: None,
            source: None,
            is_time,
            min: Some(Decimal::ZERO),
            max: (!is_time).then(|| Decimal::from(100)),
            step: None,
        };
        let row = |entrant: &str, number: u32, out: bool| ValueRow {
            entrant: EntrantId::new(entrant),
            number: Some(number),
            out,
            values: vec![None, None],
        };
        LooseValues {
            stage: named("theory", "理论"),
            group: None,
            open: true,
            columns: vec![column("paper", "理论试卷", false), column("time", "用时", true)],
            rows: vec![row("W02", 1, false), row("W01", 2, false), row("W03", 3, true)],
        }
    }

    fn number(digits: i64, scale: u32) -> Value {
        Value::Number(Decimal::new(digits, scale))
    }

    #[test]
    fn values_are_found_by_list_number_or_draw_number() {
        let text = "理论成绩表\n抽签号,编号,理论试卷（100分）,用时\n1,,95.5,12:05.3\n,W01,缺考,\n,,,\n";
        let read = read(text.as_bytes(), &grid(), Language::Zh).unwrap();
        assert_eq!(read.problems, []);
        let expected = [
            (EntrantId::new("W02"), 0, number(955, 1)),
            // 12 × 60 + 5.3
            (EntrantId::new("W02"), 1, number(7253, 1)),
            (EntrantId::new("W01"), 0, Value::Absent),
        ];
        assert_eq!(read.values, expected);
    }

    #[test]
    fn every_problem_is_told_and_names_its_cell() {
        let text = "编号,理论试卷\nW01,101\nW09,80\nW01,80\nW02,95分\nW03,60\n";
        let read = read(text.as_bytes(), &grid(), Language::Zh).unwrap();
        let told: Vec<String> = read.problems.iter().map(|problem| problem.say(Language::Zh)).collect();
        assert_eq!(
            told,
            [
                "第 2 行，“理论试卷”（B 列）：超出范围：应在 0 到 100 之间。",
                "第 3 行，“编号”（A 列）：本阶段没有编号或抽签号为“W09”的选手。请核对。",
                "第 4 行，“编号”（A 列）：编号“W01”在第 2 行已经用过。请改成不同的编号。",
                "第 5 行，“理论试卷”（B 列）：“95分”不是数字。请只填数字，不带单位，例如 95。",
                "第 6 行，“编号”（A 列）：本阶段没有编号或抽签号为“W03”的选手。请核对。",
            ]
        );
    }

    #[test]
    fn a_sheet_without_the_value_is_told_what_its_heading_can_be() {
        let read = read("编号,总分\nW01,3\n".as_bytes(), &grid(), Language::Zh).unwrap();
        let known = vec!["理论试卷".to_owned(), "用时".to_owned()];
        assert_eq!(read.problems[0].fact, Fact::NoValueColumn { known });
    }
}
