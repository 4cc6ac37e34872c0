//! `entrants.csv`: who takes part, and what rules read about them.

use std::collections::HashMap;

use csv::StringRecord;
use jiff::civil::Date;

use super::{
    Fault, Problem, Source,
    text::{Rows, decode, field, half_width},
};
use crate::rules::{
    decimal,
    definition::{
        Definition,
        model::{EligibilityTest, Titled},
    },
    field::Entrant,
    names::{EntrantId, Id, UnitPath},
};

/// One row of the list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Listed {
    pub(super) id: EntrantId,
    pub(super) name: String,
    pub(super) entrant: Entrant,
}

/// Entrants in the order of ids.
pub(super) fn read(definition: &Definition, source: Source, problems: &mut Vec<Problem>) -> Vec<Listed> {
    let Some(text) = decode(source, problems) else { return Vec::new() };
    let Some(mut rows) = Rows::open(source.name, &text, &["entrant", "name"], problems) else { return Vec::new() };
    let columns = Columns::of(definition, &rows);
    let mut listed: Vec<Listed> = Vec::new();
    let mut lines: HashMap<EntrantId, u64> = HashMap::new();
    let mut record = StringRecord::new();
    while rows.next(&mut record, problems) {
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        let line = rows.line(&record);
        let id = EntrantId::new(field(&record, columns.entrant));
        if id.as_str().is_empty() {
            problems.push(rows.problem(line, Fault::EntrantMissing));
            continue;
        }
        if let Some(first_line) = lines.insert(id.clone(), line) {
            problems.push(rows.problem(line, Fault::EntrantTwice { entrant: id.to_string(), first_line }));
            continue;
        }
        let mut faults = Vec::new();
        let entrant = columns.entrant(definition, &record, &mut faults);
        problems.extend(faults.into_iter().map(|fault| rows.problem(line, fault)));
        let name = field(&record, columns.name);
        let name = if name.is_empty() { id.to_string() } else { name.to_owned() };
        listed.push(Listed { id, name, entrant });
    }
    listed.sort_by(|a, b| a.id.cmp(&b.id));
    listed
}

/// Where the columns stand.
struct Columns {
    entrant: Option<usize>,
    name: Option<usize>,
    unit: Option<usize>,
    team: Option<usize>,
    event: Option<usize>,
    group: Option<usize>,
    station: Option<usize>,
    birth_date: Option<usize>,
    gender: Option<usize>,
    quota: Option<usize>,
    values: Vec<(Id, Option<usize>)>,
    eligibilities: Vec<Option<usize>>,
}

impl Columns {
    fn of(definition: &Definition, rows: &Rows) -> Self {
        let rules = &definition.entrants;
        Self {
            entrant: rows.column("entrant"),
            name: rows.column("name"),
            unit: rows.column("unit"),
            team: rows.column("team"),
            event: rows.column("event"),
            group: rows.column("group"),
            station: rows.column("station"),
            birth_date: rows.column("birth-date"),
            gender: rows.column("gender"),
            quota: rows.column("quota"),
            values: rules.values.iter().map(|value| (value.id.clone(), rows.column(value.id.as_str()))).collect(),
            eligibilities: rules.eligibilities.iter().map(|one| rows.column(one.id.as_str())).collect(),
        }
    }

    fn entrant(&self, definition: &Definition, record: &StringRecord, faults: &mut Vec<Fault>) -> Entrant {
        let text = |column| Some(field(record, column)).filter(|text| !text.is_empty());
        let mut entrant = Entrant {
            unit: text(self.unit).map(UnitPath::new),
            team: text(self.team).map(str::to_owned),
            station: text(self.station).map(str::to_owned),
            ..Entrant::default()
        };
        if let Some(event) = text(self.event) {
            let unknown = |known| Fault::UnknownEvent { event: event.to_owned(), known };
            entrant.event = titled(&definition.events, event).map_err(unknown).map_err(|fault| faults.push(fault)).ok();
        }
        if let Some(group) = text(self.group) {
            let unknown = |known| Fault::UnknownGroup { group: group.to_owned(), known };
            // Without groups in the definition the column is for people to read, and for panels split by it.
            entrant.group = if definition.groups.is_empty() {
                Some(Id::new(group))
            } else {
                titled(&definition.groups, group).map_err(unknown).map_err(|fault| faults.push(fault)).ok()
            };
        }
        entrant.outside_quota = match text(self.quota) {
            None | Some("inside" | "yes" | "是" | "1" | "true" | "占名额") => false,
            Some("outside" | "no" | "否" | "0" | "false" | "不占名额" | "不占") => true,
            Some(other) => {
                faults.push(Fault::Quota { text: other.to_owned() });
                false
            }
        };
        for (id, column) in &self.values {
            if let Some(text) = text(*column) {
                match decimal::parse(&half_width(text)) {
                    Ok(value) => drop(entrant.values.insert(id.clone(), value)),
                    Err(why) => faults.push(Fault::Number { text: text.to_owned(), why }),
                }
            }
        }
        let born = text(self.birth_date).and_then(|text| {
            let parsed = text.replace(['/', '.'], "-").parse::<Date>();
            parsed.map_err(|_| faults.push(Fault::Date { text: text.to_owned() })).ok()
        });
        let woman = text(self.gender).and_then(|text| match text {
            "女" | "f" | "F" | "female" | "woman" => Some(true),
            "男" | "m" | "M" | "male" | "man" => Some(false),
            other => {
                faults.push(Fault::Gender { text: other.to_owned() });
                None
            }
        });
        for (rule, column) in definition.entrants.eligibilities.iter().zip(&self.eligibilities) {
            let holds = match &rule.test {
                EligibilityTest::Under { years, date } => is_younger(born, *years, date),
                EligibilityTest::Women => woman == Some(true),
                EligibilityTest::Men => woman == Some(false),
                EligibilityTest::Column => match text(*column) {
                    None | Some("no" | "否" | "0" | "false") => false,
                    Some("yes" | "是" | "1" | "true" | "√") => true,
                    Some(other) => {
                        faults.push(Fault::YesNo { column: rule.id.to_string(), text: other.to_owned() });
                        false
                    }
                },
            };
            if holds {
                entrant.eligibilities.push(rule.id.clone());
            }
        }
        entrant
    }
}

/// By id or by title.
fn titled(known: &[Titled], text: &str) -> Result<Id, Vec<String>> {
    let found = known.iter().find(|one| one.id.as_str() == text || one.title == text);
    found.map(|one| one.id.clone()).ok_or_else(|| known.iter().map(|one| one.id.to_string()).collect())
}

/// Whether the birthday of `years` years is after the date. Somebody without a birth date is not.
fn is_younger(born: Option<Date>, years: u32, date: &str) -> bool {
    let (Some(born), Ok(date)) = (born, date.parse::<Date>()) else { return false };
    let years = i16::try_from(years).unwrap_or(i16::MAX);
    // Born on 29 February, one is a year older on 1 March of other years.
    let birthday = Date::new(born.year().saturating_add(years), born.month(), born.day())
        .or_else(|_| Date::new(born.year().saturating_add(years), 3, 1));
    birthday.is_ok_and(|birthday| birthday > date)
}
