//! `leitai tally` of a labor competition: `figures.csv` in place of marks.
//!
//! A row is `entrant,period,indicator,value`, and `target` where a document set one. Where events are counted the indicator
//! column says `indicator.event`, a row for each. An empty value was not reported, `n/a` (不适用) does not apply: to no kind of
//! the indicator's events, or to all of them. Periods of which the file has no row are left out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use csv::StringRecord;
use rust_decimal::Decimal;

use super::{
    Fault, Problem, Source, entrants,
    entrants::Listed,
    text::{Rows, decode, field, half_width},
};
use crate::rules::{
    decimal,
    definition::Definition,
    indicators::{
        Actual, FigureSlot, Figures, GroupTable, Life, Rules, Unit, overall_table, period_table, rules::Indicator,
    },
    names::{EntrantId, Id},
};

/// The tables of a labor competition.
#[derive(Debug)]
pub struct Labor {
    pub definition: Definition,
    pub names: BTreeMap<EntrantId, String>,
    /// In the order of the definition.
    pub periods: Vec<(Id, Vec<GroupTable>)>,
    /// Over all of them.
    pub overall: Vec<GroupTable>,
}

/// Reads both files and computes every period and all together.
pub fn labor(definition: Definition, entrants: Source, figures: Source) -> Result<Labor, Vec<Problem>> {
    let mut problems = Vec::new();
    let listed = entrants::read(&definition, entrants, &mut problems);
    let (figures, told) = read(&definition.indicators, &listed, figures, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let rules = &definition.indicators;
    let units = || {
        listed.iter().map(|one| Unit {
            id: &one.id,
            group: one.entrant.group.as_ref(),
            values: &one.entrant.values,
            withdrawn: None,
            life: Life::default(),
        })
    };
    let told: Vec<&Id> = rules.periods.iter().map(|period| &period.id).filter(|id| told.contains(*id)).collect();
    let periods = told.iter().map(|id| ((*id).clone(), period_table(rules, units(), &figures, id))).collect();
    let overall = overall_table(rules, units(), &figures, &told);
    let names = listed.iter().map(|one| (one.id.clone(), one.name.clone())).collect();
    Ok(Labor { definition, names, periods, overall })
}

/// The figures, and the periods that have rows.
fn read(rules: &Rules, listed: &[Listed], source: Source, problems: &mut Vec<Problem>) -> (Figures, BTreeSet<Id>) {
    let (mut figures, mut told) = (Figures::default(), BTreeSet::new());
    let needed = ["entrant", "period", "indicator", "value"];
    let Some(text) = decode(source, problems) else { return (figures, told) };
    let Some(mut rows) = Rows::open(source.name, &text, &needed, problems) else { return (figures, told) };
    let columns = ["entrant", "period", "indicator", "value", "target"].map(|name| rows.column(name));
    let known: HashMap<&str, &Listed> = listed.iter().map(|one| (one.id.as_str(), one)).collect();
    let mut first: HashMap<(String, String, String), u64> = HashMap::new();
    let mut valued: HashMap<FigureSlot, u64> = HashMap::new();
    let mut record = StringRecord::new();
    while rows.next(&mut record, problems) {
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        let line = rows.line(&record);
        let [entrant, period, figure, value, target] = columns.map(|column| field(&record, column));
        let key = (entrant.to_owned(), period.to_owned(), figure.to_owned());
        let taken = if let Some(first_line) = first.get(&key) {
            Err(Fault::FigureTwice { first_line: *first_line })
        } else {
            first.insert(key, line);
            place(rules, &known, entrant, period, figure).and_then(|place| {
                told.insert(place.slot.period.clone());
                let slot = place.slot.clone();
                let first_line = valued.get(&slot).copied().unwrap_or(line);
                take(&mut figures, place, value, target, first_line).inspect(|()| {
                    if !value.is_empty() {
                        valued.entry(slot).or_insert(line);
                    }
                })
            })
        };
        if let Err(fault) = taken {
            problems.push(rows.problem(line, fault));
        }
    }
    (figures, told)
}

struct Place<'r> {
    indicator: &'r Indicator,
    slot: FigureSlot,
    kind: Option<Id>,
}

fn place<'r>(
    rules: &'r Rules,
    known: &HashMap<&str, &Listed>,
    entrant: &str,
    period: &str,
    figure: &str,
) -> Result<Place<'r>, Fault> {
    let Some(unit) = known.get(entrant) else { return Err(Fault::UnknownEntrant { entrant: entrant.to_owned() }) };
    let Some(period) = rules.periods.iter().find(|one| one.id.as_str() == period || one.title == period) else {
        let known = rules.periods.iter().map(|one| one.id.to_string()).collect();
        return Err(Fault::UnknownPeriod { period: period.to_owned(), known });
    };
    let unknown = || Fault::UnknownIndicator { indicator: figure.to_owned(), known: writable(rules) };
    let (id, kind) = figure.split_once('.').map_or((figure, None), |(id, kind)| (id, Some(kind)));
    let indicator = rules.indicators.iter().find(|one| one.id.as_str() == id).ok_or_else(unknown)?;
    let kind = match (indicator.kinds(), kind) {
        ([], None) => None,
        (kinds, Some(kind)) => Some(kinds.iter().find(|one| one.id.as_str() == kind).ok_or_else(unknown)?.id.clone()),
        (_, None) => return Err(unknown()),
    };
    if !indicator.is_judged(&period.id, unit.entrant.group.as_ref()) {
        return Err(Fault::NotJudged { indicator: id.to_owned(), period: period.title.clone() });
    }
    let (entrant, period) = (unit.id.clone(), period.id.clone());
    Ok(Place { indicator, slot: FigureSlot { entrant, indicator: indicator.id.clone(), period }, kind })
}

/// What may stand in the indicator column.
fn writable(rules: &Rules) -> Vec<String> {
    let names = rules.indicators.iter().flat_map(|one| match one.kinds() {
        [] => vec![one.id.to_string()],
        kinds => kinds.iter().map(|kind| format!("{}.{}", one.id, kind.id)).collect(),
    });
    names.collect()
}

/// `first_line` is of the first value of the same figure.
fn take(figures: &mut Figures, place: Place<'_>, value: &str, target: &str, first_line: u64) -> Result<(), Fault> {
    if !target.is_empty() {
        if !place.indicator.score.reads_target() {
            return Err(Fault::TargetNotHere { indicator: place.slot.indicator.to_string() });
        }
        figures.targets.insert(place.slot.clone(), number(target)?);
    }
    if value.is_empty() {
        return Ok(());
    }
    let known = figures.actuals.get(&place.slot);
    if ["n/a", "不适用"].contains(&value) {
        if matches!(known, Some(Actual::Counts(_))) {
            return Err(Fault::PartlyNotApplicable { first_line });
        }
        figures.actuals.insert(place.slot, Actual::NotApplicable);
        return Ok(());
    }
    if known == Some(&Actual::NotApplicable) {
        return Err(Fault::PartlyNotApplicable { first_line });
    }
    let value_is = number(value)?;
    let Some(kind) = place.kind else {
        figures.actuals.insert(place.slot, Actual::Is(value_is));
        return Ok(());
    };
    if value_is < Decimal::ZERO || !value_is.fract().is_zero() {
        return Err(Fault::Count { text: value.to_owned() });
    }
    let counts = figures.actuals.entry(place.slot).or_insert_with(|| Actual::Counts(BTreeMap::new()));
    if let Actual::Counts(counts) = counts {
        counts.insert(kind, value_is);
    }
    Ok(())
}

fn number(text: &str) -> Result<Decimal, Fault> {
    decimal::parse(&half_width(text)).map_err(|why| Fault::Number { text: text.to_owned(), why })
}
