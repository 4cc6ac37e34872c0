//! The list of people who act (裁判员名单): names with units, roles and seats, from a sheet or pasted from one.
//!
//! Every problem is reported at once by row and column; the caller takes all or nothing. A judge without a seat gets
//! the next one that is free. Knows no database: who sits where already is an argument.

use crate::{
    rules::{
        ledger::entry::Role,
        names::{Id, UnitPath},
        view::Named,
    },
    words::Language,
};

use super::{
    entrants::{Fact, RowProblem, cells},
    sheets::{self, Cell, Row, Unreadable},
    units,
};

/// A heading stands within these rows.
const ROWS_SEARCHED: usize = 10;

/// A panel as people name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelSeats {
    pub stage: Named,
    pub panel: Named,
    pub seats: u32,
}

/// What a list is checked against.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The tree of units. Empty: any path is taken as written.
    pub units: &'a [UnitPath],
    pub panels: &'a [PanelSeats],
    pub events: &'a [Named],
    pub groups: &'a [Named],
    /// Roles that people have already.
    pub held: &'a [Role],
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    /// Only rows without a problem.
    pub people: Vec<NewPerson>,
    /// With any of them the list should not be taken.
    pub problems: Vec<RowProblem>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct NewPerson {
    pub name: String,
    pub phone: Option<String>,
    pub unit: Option<UnitPath>,
    pub role: Role,
}

/// In the order of a list that was pasted without a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Name,
    Unit,
    Role,
    Seat,
    Phone,
    Event,
    Group,
}

const ORDER: [Column; 7] =
    [Column::Name, Column::Unit, Column::Role, Column::Seat, Column::Phone, Column::Event, Column::Group];

const NAMES: [(Column, &[&str]); 7] = [
    (Column::Name, &["姓名", "裁判姓名", "裁判员", "名字", "name"]),
    (Column::Unit, &["单位", "所在单位", "工作单位", "部门", "unit"]),
    (Column::Role, &["角色", "评分组", "角色/评分组", "职务", "分工", "组", "role", "panel", "role/panel"]),
    (Column::Seat, &["席位", "席位号", "席", "座位", "seat"]),
    (Column::Phone, &["手机", "手机号", "手机号码", "电话", "联系电话", "phone", "mobile"]),
    (Column::Event, &["赛项", "工种", "项目", "event"]),
    (Column::Group, &["组别", "group"]),
];

/// Reads a file, or pasted lines: those come as the bytes of their text.
pub fn read(bytes: &[u8], known: Known<'_>) -> Result<Listed, Unreadable> {
    let book = sheets::read(bytes)?;
    let Some(sheet) = book.sheets.into_iter().find(|sheet| !sheet.rows.is_empty()) else {
        return Err(Unreadable::Empty);
    };
    let heading = sheet
        .rows
        .iter()
        .take(ROWS_SEARCHED)
        .position(|row| row.cells.iter().any(|cell| column(&cell.text()) == Some(Column::Name)));
    let titles: Vec<(Option<Column>, String)> = match heading {
        Some(at) => sheet.rows[at].cells.iter().map(|cell| (column(&cell.text()), cell.text())).collect(),
        None => ORDER.iter().map(|column| (Some(*column), String::new())).collect(),
    };
    let mut reading = Reading { known, titles, held: known.held.to_vec(), listed: Listed::default() };
    for row in sheet.rows.iter().skip(heading.map_or(0, |at| at + 1)) {
        reading.row(row);
    }
    if reading.listed.people.is_empty() && reading.listed.problems.is_empty() {
        reading.listed.problems.push(RowProblem { row: None, column: None, fact: Fact::NoRows });
    }
    Ok(reading.listed)
}

/// What can stand in the column of roles, in the reader's language.
pub fn role_names(panels: &[PanelSeats], language: Language) -> Vec<String> {
    let fixed = ["trail-role-organizer", "trail-role-chief-judge", "trail-role-liaison"];
    let fixed = fixed.map(|key| language.say(key).into_owned());
    let panels = panels.iter().map(|at| {
        let twice = panels.iter().filter(|other| other.panel.title == at.panel.title).count() > 1;
        if twice { format!("{}/{}", at.stage.title, at.panel.title) } else { at.panel.title.clone() }
    });
    fixed.into_iter().chain(panels).collect()
}

struct Reading<'a> {
    known: Known<'a>,
    titles: Vec<(Option<Column>, String)>,
    /// Grows with the rows, so that a seat is given once.
    held: Vec<Role>,
    listed: Listed,
}

impl Reading<'_> {
    fn row(&mut self, row: &Row) {
        let before = self.listed.problems.len();
        let name = self.take(row, Column::Name, cells::name);
        let unit = self.take(row, Column::Unit, cells::text).filter(|text| !text.is_empty());
        let unit = unit.and_then(|text| match units::resolve(&text, self.known.units) {
            Ok(unit) => Some(unit),
            Err(problem) => self.problem(row, Column::Unit, Fact::Unit(problem)),
        });
        let phone = self.take(row, Column::Phone, cells::text).filter(|text| !text.is_empty());
        if name.as_deref() == Some("") {
            self.problem::<()>(row, Column::Name, Fact::Missing);
        }
        let role = self.role(row);
        if let (Some(name), Some(role)) = (name, role)
            && self.listed.problems.len() == before
        {
            self.held.push(role.clone());
            self.listed.people.push(NewPerson { name, phone, unit, role });
        }
    }

    fn role(&mut self, row: &Row) -> Option<Role> {
        let text = self.take(row, Column::Role, cells::text)?;
        let seat = self.take(row, Column::Seat, cells::text)?;
        let event = self.named(row, Column::Event, self.known.events).ok()?;
        let group = self.named(row, Column::Group, self.known.groups).ok()?;
        if text.is_empty() {
            return self.problem(row, Column::Role, Fact::Missing);
        }
        let Some(asked) = asked(&text, self.known.panels) else {
            let known = role_names(self.known.panels, Language::Zh);
            return self.problem(row, Column::Role, Fact::UnknownRole { text, known });
        };
        let (at, leads) = match asked {
            Asked::Role(role) => return Some(role),
            Asked::Panel { at, leads } => (at, leads),
        };
        let (stage, panel, seats) = (at.stage.id.clone(), at.panel.id.clone(), at.seats);
        if leads {
            return Some(Role::Leader { stage, panel });
        }
        let digits: String = cells::half_width(&seat).chars().filter(char::is_ascii_digit).collect();
        let taken =
            |seat: u32| self.held.iter().any(|role| sits(role, &stage, &panel, seat, event.as_ref(), group.as_ref()));
        let seat = if seat.is_empty() {
            match (1..=seats).find(|seat| !taken(*seat)) {
                Some(seat) => seat,
                None => return self.problem(row, Column::Role, Fact::NoSeatLeft { seats }),
            }
        } else {
            match digits.parse() {
                Ok(seat) if (1..=seats).contains(&seat) && taken(seat) => {
                    return self.problem(row, Column::Seat, Fact::SeatTaken { seat });
                }
                Ok(seat) if (1..=seats).contains(&seat) => seat,
                _ => return self.problem(row, Column::Seat, Fact::SeatOutOfRange { seats }),
            }
        };
        Some(Role::Judge { stage, panel, seat, event, group })
    }

    /// `Err`: it cannot be read, and that is reported.
    fn named(&mut self, row: &Row, column: Column, all: &[Named]) -> Result<Option<Id>, ()> {
        let text = self.take(row, column, cells::text).ok_or(())?;
        if text.is_empty() {
            return Ok(None);
        }
        if let Some(found) = all.iter().find(|named| named.title == text || named.id.as_str() == text) {
            return Ok(Some(found.id.clone()));
        }
        let known = all.iter().map(|named| named.title.clone()).collect();
        let fact = match column {
            Column::Event => Fact::UnknownEvent { text, known },
            _ => Fact::UnknownGroup { text, known },
        };
        self.problem::<()>(row, column, fact);
        Err(())
    }

    fn take(&mut self, row: &Row, column: Column, read: impl Fn(&Cell) -> Result<String, Fact>) -> Option<String> {
        let Some(at) = self.position(column) else { return Some(String::new()) };
        match read(row.cell(at)) {
            Ok(text) => Some(text),
            Err(fact) => self.problem(row, column, fact),
        }
    }

    fn position(&self, column: Column) -> Option<usize> {
        self.titles.iter().position(|(found, _)| *found == Some(column))
    }

    fn problem<T>(&mut self, row: &Row, column: Column, fact: Fact) -> Option<T> {
        let place = self.position(column).map(|at| (self.titles[at].1.clone(), sheets::letters(at)));
        let place = place.filter(|(title, _)| !title.is_empty());
        self.listed.problems.push(RowProblem { row: Some(row.number), column: place, fact });
        None
    }
}

enum Asked<'a> {
    Role(Role),
    Panel { at: &'a PanelSeats, leads: bool },
}

/// 裁判长, 外观评分组, 外观评分组组长, 实操/外观评分组.
fn asked<'a>(text: &str, panels: &'a [PanelSeats]) -> Option<Asked<'a>> {
    let text = bare(text);
    match text.as_str() {
        "组织者" | "组织方" | "组织人员" | "organizer" => return Some(Asked::Role(Role::Organizer)),
        "裁判长" | "总裁判长" | "评委会主任" | "chiefjudge" | "chief" => {
            return Some(Asked::Role(Role::ChiefJudge));
        }
        "联络员" | "单位联络员" | "liaison" => return Some(Asked::Role(Role::Liaison)),
        _ => {}
    }
    let called = |text: &str| {
        let mut found = panels.iter().filter(|at| {
            let (stage, panel) = (bare(&at.stage.title), bare(&at.panel.title));
            text == panel
                || text == at.panel.id.as_str()
                || text == format!("{stage}/{panel}")
                || text == format!("{stage}{panel}")
        });
        found.next().filter(|_| found.next().is_none())
    };
    let plain = |at| Asked::Panel { at, leads: false };
    called(&text).or_else(|| called(text.strip_suffix("裁判").or(text.strip_suffix("评委"))?)).map(plain).or_else(
        || {
            Some(Asked::Panel {
                at: called(text.strip_suffix("组长").or(text.strip_suffix("leader"))?)?, leads: true
            })
        },
    )
}

/// Somebody has this seat for entrants whom the new judge would mark too.
fn sits(
    role: &Role,
    at_stage: &Id,
    at_panel: &Id,
    at_seat: u32,
    for_event: Option<&Id>,
    for_group: Option<&Id>,
) -> bool {
    let meet = |one: Option<&Id>, other: Option<&Id>| one.is_none() || other.is_none() || one == other;
    match role {
        Role::Judge { stage, panel, seat, event, group } => {
            stage == at_stage
                && panel == at_panel
                && *seat == at_seat
                && meet(event.as_ref(), for_event)
                && meet(group.as_ref(), for_group)
        }
        _ => false,
    }
}

fn column(title: &str) -> Option<Column> {
    let title = bare(title);
    NAMES.iter().find(|(_, names)| names.contains(&title.as_str())).map(|(column, _)| *column)
}

/// Without spaces, width, case and stars.
fn bare(text: &str) -> String {
    let text = cells::half_width(text).to_lowercase();
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '-' | '_' | '\u{feff}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(id: &str, title: &str) -> Named {
        Named { id: Id::new(id), title: title.to_owned() }
    }

    fn panels() -> Vec<PanelSeats> {
        let practice = named("practice", "实操");
        vec![
            PanelSeats { stage: practice.clone(), panel: named("floor", "现场评分组"), seats: 2 },
            PanelSeats { stage: practice, panel: named("appearance", "外观评分组"), seats: 2 },
        ]
    }

    fn judge(panel: &str, seat: u32) -> Role {
        Role::Judge { stage: Id::new("practice"), panel: Id::new(panel), seat, event: None, group: None }
    }

    fn listed(text: &str, held: &[Role]) -> Listed {
        let panels = panels();
        read(text.as_bytes(), Known { units: &[], panels: &panels, events: &[], groups: &[], held }).unwrap()
    }

    #[test]
    fn a_list_with_a_heading_gives_roles_and_free_seats() {
        let text = "序号,姓名,单位,角色/评分组,席位\n1,王　芳,集团/一公司,现场评分组,\n2,李强,,外观评分组,2\n\
                    3,赵敏,,外观评分组组长,\n4,孙丽,,裁判长,\n5,周勇,,现场评分组,\n";
        let found = listed(text, &[]);
        assert_eq!(found.problems, []);
        let roles: Vec<(&str, &Role)> = found.people.iter().map(|one| (one.name.as_str(), &one.role)).collect();
        let leader = Role::Leader { stage: Id::new("practice"), panel: Id::new("appearance") };
        let expected = [
            ("王芳", &judge("floor", 1)),
            ("李强", &judge("appearance", 2)),
            ("赵敏", &leader),
            ("孙丽", &Role::ChiefJudge),
            ("周勇", &judge("floor", 2)),
        ];
        assert_eq!(roles, expected);
        assert_eq!(found.people[0].unit, Some(UnitPath::new("集团/一公司")));
    }

    #[test]
    fn pasted_lines_need_no_heading() {
        let found = listed("王芳\t一公司\t外观评分组\t1\t13800000000\n", &[]);
        assert_eq!(found.problems, []);
        assert_eq!(found.people[0].role, judge("appearance", 1));
        assert_eq!(found.people[0].phone.as_deref(), Some("13800000000"));
    }

    #[test]
    fn every_problem_is_told_with_its_row() {
        let text = "姓名,评分组,席位\n王芳,外观组,\n李强,现场评分组,3\n赵敏,现场评分组,1\n孙丽,外观评分组,2\n周勇,外观评分组,2\n,裁判长,\n";
        let found = listed(text, &[judge("floor", 1)]);
        let facts: Vec<(Option<u32>, &Fact)> =
            found.problems.iter().map(|problem| (problem.row, &problem.fact)).collect();
        let known = ["组织者", "裁判长", "联络员", "现场评分组", "外观评分组"].map(ToOwned::to_owned).to_vec();
        assert_eq!(
            facts,
            [
                (Some(2), &Fact::UnknownRole { text: "外观组".to_owned(), known }),
                (Some(3), &Fact::SeatOutOfRange { seats: 2 }),
                (Some(4), &Fact::SeatTaken { seat: 1 }),
                (Some(6), &Fact::SeatTaken { seat: 2 }),
                (Some(7), &Fact::Missing),
            ]
        );
        assert_eq!(found.people.len(), 1, "only the row without a problem");
    }
}
