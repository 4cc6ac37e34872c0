//! Which row is the heading, and what its columns are: by what organizers call them in Chinese and English, by the
//! names of the command line's files, and by the ids and titles of the definition's own columns.

use crate::rules::{
    definition::model::{Definition, EligibilityTest},
    names::Id,
};

use super::{
    super::sheets::{Cell, Sheet, letters},
    cells,
};

/// Titles, notes and logos stand above a heading, never as much as this.
const ROWS_SEARCHED: usize = 30;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Entrant,
    /// 工号.
    Number,
    Name,
    Unit,
    Team,
    Event,
    Group,
    Station,
    BirthDate,
    Gender,
    Quota(Quota),
    Phone,
    /// 序号: counts the rows of the sheet.
    Counter,
    Value(Id),
    Eligible(Id),
}

/// What a yes in a column about the quota means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quota {
    Outside,
    Inside,
}

const NAMES: &[(Column, &[&str])] = &[
    (Column::Entrant, &["编号", "选手编号", "参赛编号", "参赛号", "选手号", "entrant", "entrantid", "id"]),
    (Column::Number, &["工号", "职工号", "职工编号", "员工号", "员工编号", "employeenumber", "employee", "number"]),
    (Column::Name, &["姓名", "选手姓名", "参赛选手", "选手", "名字", "name", "fullname"]),
    (Column::Unit, &["单位", "所在单位", "工作单位", "参赛单位", "选送单位", "部门", "所属单位", "unit", "company"]),
    (Column::Team, &["代表队", "参赛队", "参赛队伍", "队伍", "队名", "team"]),
    (Column::Event, &["工种", "赛项", "比赛项目", "竞赛项目", "竞赛工种", "项目", "event"]),
    (Column::Group, &["组别", "参赛组别", "竞赛组别", "group"]),
    (Column::Station, &["工位", "工位号", "station"]),
    (Column::BirthDate, &["出生日期", "出生年月日", "生日", "birthdate", "dateofbirth", "birthday"]),
    (Column::Gender, &["性别", "gender", "sex"]),
    (Column::Quota(Quota::Outside), &["不占名额", "是否不占名额", "outsidequota"]),
    (Column::Quota(Quota::Inside), &["名额", "占名额", "是否占名额", "quota"]),
    (Column::Phone, &["手机", "手机号", "手机号码", "电话", "联系电话", "联系方式", "phone", "mobile"]),
    (Column::Counter, &["序号", "序", "no", "no."]),
];

#[derive(Clone, Debug)]
pub(super) struct Header {
    /// As the spreadsheet numbers it.
    pub row: u32,
    columns: Vec<(Column, usize)>,
    titles: Vec<String>,
    /// Headings that nothing reads.
    pub ignored: Vec<usize>,
    /// A second column with the same meaning, and the first.
    pub twice: Vec<(usize, usize)>,
}

impl Header {
    /// The first row with a heading for names, and beside it another that is known or nothing at all.
    pub(super) fn find(sheet: &Sheet, definition: &Definition) -> Option<Self> {
        sheet.rows.iter().take(ROWS_SEARCHED).find_map(|row| {
            let mut header = Header {
                row: row.number,
                columns: Vec::new(),
                titles: row.cells.iter().map(|cell| cell.text().trim().to_owned()).collect(),
                ignored: Vec::new(),
                twice: Vec::new(),
            };
            for (position, cell) in row.cells.iter().enumerate() {
                let Cell::Text(text) = cell else { continue };
                if cell.is_blank() {
                    continue;
                }
                match (meaning(text, definition), definition) {
                    (Some(Column::Counter), _) => {}
                    (Some(Column::Event), definition) if definition.events.is_empty() => header.ignored.push(position),
                    (Some(Column::Group), definition) if definition.groups.is_empty() => header.ignored.push(position),
                    (Some(column), _) => match header.position(&column) {
                        Some(first) => header.twice.push((position, first)),
                        None => header.columns.push((column, position)),
                    },
                    (None, _) => header.ignored.push(position),
                }
            }
            let known = header.columns.len() > 1 || header.titles.iter().filter(|title| !title.is_empty()).count() == 1;
            (header.has(&Column::Name) && known).then_some(header)
        })
    }

    pub(super) fn has(&self, column: &Column) -> bool {
        self.position(column).is_some()
    }

    pub(super) fn position(&self, column: &Column) -> Option<usize> {
        self.columns.iter().find(|(known, _)| known == column).map(|(_, position)| *position)
    }

    /// Heading and letters of a column.
    pub(super) fn named(&self, position: usize) -> (String, String) {
        (self.titles.get(position).cloned().unwrap_or_default(), letters(position))
    }
}

fn meaning(title: &str, definition: &Definition) -> Option<Column> {
    let title = bare(title);
    let is = |id: &Id, named: &str| bare(id.as_str()) == title || bare(named) == title;
    let values = &definition.entrants.values;
    if let Some(value) = values.iter().find(|value| is(&value.id, &value.title)) {
        return Some(Column::Value(value.id.clone()));
    }
    let mut columns = definition.entrants.eligibilities.iter().filter(|one| one.test == EligibilityTest::Column);
    if let Some(one) = columns.find(|one| is(&one.id, &one.title)) {
        return Some(Column::Eligible(one.id.clone()));
    }
    NAMES.iter().find(|(_, names)| names.contains(&title.as_str())).map(|(column, _)| column.clone())
}

/// Without spaces, case, width, hyphens, stars and what stands in brackets: `* 出生日期（必填）` is `出生日期`.
fn bare(title: &str) -> String {
    let title = cells::half_width(title).to_lowercase();
    let before = title.split(['(', '[', '【']).next().unwrap_or_default();
    before.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '*' | ':' | '\u{feff}')).collect()
}
