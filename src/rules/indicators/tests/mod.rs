//! Figures, worked by hand. Definitions are written as they are in files.

mod group;
mod over_periods;
mod scores;
mod tables;
mod vetoes;
mod way;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Actual, FigureSlot, Figures, GroupTable, Lack, Life, Place, Rules, Unit, overall_table, period_table};
use crate::rules::{
    decimal,
    definition::read,
    names::{EntrantId, Id},
};

fn dec(text: &str) -> Decimal {
    decimal::parse(text).unwrap()
}

/// The rules of a file with these sections; periods `m1` to `m3`.
fn rules(sections: &str) -> Rules {
    let head = "format = 1\n[contest]\nid = \"labor\"\ntitle = \"劳动竞赛\"\n[[entrants.values]]\nid = \"volume\"\n\
                [[group]]\nid = \"large\"\n[[group]]\nid = \"small\"\n";
    let months = [("1", "01", 31), ("2", "02", 28), ("3", "03", 31)].map(|(month, id, days)| {
        format!("[[period]]\nid = \"m{month}\"\nfrom = \"2026-{id}-01\"\nto = \"2026-{id}-{days}\"\n")
    });
    let text = format!("{head}{}{sections}", months.concat());
    let read = read(&text);
    read.definition.unwrap_or_else(|| panic!("{:?}", read.problems)).indicators
}

/// A sheet of figures: `unit indicator period figure`, a line each. A figure is a number, `n/a`, `kind=count,…`;
/// `target` after a number sets that target.
fn figures(text: &str) -> Figures {
    let mut figures = Figures::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let parts: Vec<&str> = line.split_whitespace().collect();
        let slot = FigureSlot { entrant: parts[0].into(), indicator: parts[1].into(), period: parts[2].into() };
        figures.actuals.insert(slot.clone(), actual(parts[3]));
        if let Some(target) = parts.get(4) {
            figures.targets.insert(slot, dec(target));
        }
    }
    figures
}

fn actual(text: &str) -> Actual {
    if text == "n/a" {
        return Actual::NotApplicable;
    }
    if text == "none" {
        return Actual::Counts(BTreeMap::new());
    }
    if text.contains('=') {
        let counts = text.split(',').map(|one| one.split_once('=').unwrap());
        return Actual::Counts(counts.map(|(kind, count)| (Id::new(kind), dec(count))).collect());
    }
    Actual::Is(dec(text))
}

/// Units by `id group`.
struct Field(Vec<(EntrantId, Option<Id>)>);

impl Field {
    fn of(text: &str) -> Self {
        let units = text.split_whitespace().map(|word| match word.split_once(':') {
            Some((id, group)) => (id.into(), Some(group.into())),
            None => (word.into(), None),
        });
        Self(units.collect())
    }

    fn units(&self) -> impl Iterator<Item = Unit<'_>> {
        static NO_VALUES: BTreeMap<Id, Decimal> = BTreeMap::new();
        self.0.iter().map(|(id, group)| Unit {
            id,
            group: group.as_ref(),
            values: &NO_VALUES,
            withdrawn: None,
            life: Life::default(),
        })
    }

    fn in_period(&self, rules: &Rules, figures: &Figures, period: &str) -> Vec<String> {
        shown(&period_table(rules, self.units(), figures, &period.into()))
    }

    fn over(&self, rules: &Rules, figures: &Figures, periods: &[&str]) -> Vec<String> {
        let periods: Vec<Id> = periods.iter().map(Id::new).collect();
        shown(&overall_table(rules, self.units(), figures, &periods.iter().collect::<Vec<_>>()))
    }
}

/// `1 A 95.00`; instead of a rank why there is none; a heading for each group.
pub(in crate::rules::indicators) fn shown(tables: &[GroupTable]) -> Vec<String> {
    let mut lines = Vec::new();
    for table in tables {
        lines.extend(table.group.as_ref().map(|group| format!("[{group}]")));
        for row in &table.rows {
            let place = match &row.place {
                Place::Ranked(rank) => rank.to_string(),
                other => format!("{other:?}"),
            };
            let score = row.score.map_or_else(|| "-".to_owned(), |score| score.to_string());
            let missing = row.missing().map(|(indicator, period, lack)| match lack {
                Lack::Figure => format!(" {indicator}@{period}"),
                other => format!(" {indicator}@{period}:{other:?}"),
            });
            lines.push(format!("{place} {} {score}{}", row.entrant, missing.collect::<String>()));
        }
    }
    lines
}
