//! Indicators: what they name exists, numbers that fit together, and keys that mean something where they stand.

use rust_decimal::Decimal;

use super::{
    Findings, Path, in_order,
    names::{list, one},
    v,
};
use crate::rules::{
    definition::{
        model::Definition,
        problem::{Fact, Thing},
    },
    indicators::rules::{Accumulate, Between, Direction, Indicator, Score, Slope},
    names::Id,
};

pub(super) fn check(file: &v::File, definition: &Definition, findings: &mut Findings<'_>) {
    let rules = &definition.indicators;
    match (rules.is_empty(), rules.periods.is_empty()) {
        (false, true) => findings.error(&Path::default().item("indicator", 0), Fact::NoPeriods),
        (true, false) if definition.season.stars.is_none() => {
            only_with("[[period]]", "[[indicator]]", &Path::default().item("period", 0), findings);
        }
        _ => {}
    }
    if rules.is_empty() && !rules.honours.is_empty() {
        only_with("[[honour]]", "[[indicator]]", &Path::default().item("honour", 0), findings);
    }
    if rules.is_empty() && findings.has(&Path::of("indicators")) {
        only_with("[indicators]", "[[indicator]]", &Path::of("indicators"), findings);
    }
    for (at, period) in rules.periods.iter().enumerate() {
        if period.from > period.to {
            let fact = Fact::DaysBackwards { from: period.from.to_string(), to: period.to.to_string() };
            findings.error(&Path::default().item("period", at).key("to"), fact);
        }
    }
    let groups: Vec<&Id> = definition.groups.iter().map(|one| &one.id).collect();
    let periods: Vec<&Id> = rules.periods.iter().map(|one| &one.id).collect();
    let indicators: Vec<&Id> = rules.indicators.iter().map(|one| &one.id).collect();
    list(Thing::Indicator, &rules.ties, &indicators, &Path::of("indicators").key("ties"), findings);
    for (at, honour) in rules.honours.iter().enumerate() {
        list(Thing::Group, &honour.groups, &groups, &Path::default().item("honour", at).key("groups"), findings);
    }
    for (at, indicator) in rules.indicators.iter().enumerate() {
        let path = Path::default().item("indicator", at);
        list(Thing::Group, &indicator.groups, &groups, &path.key("groups"), findings);
        list(Thing::Period, &indicator.periods, &periods, &path.key("periods"), findings);
        positive(indicator.points, "points", &path, findings);
        belong(indicator, &file.indicator[at], &path, findings);
        numbers(indicator, definition, &path, findings);
    }
}

fn only_with(key: &str, with: &str, path: &Path, findings: &mut Findings<'_>) {
    findings.error(path, Fact::KeyOnlyWith { key: key.to_owned(), with: with.to_owned() });
}

fn positive(value: Decimal, key: &str, path: &Path, findings: &mut Findings<'_>) {
    if value <= Decimal::ZERO {
        findings.error(&path.key(key), Fact::PartNotPositive { key: key.to_owned(), value });
    }
}

fn below(min: Decimal, max: Decimal, path: &Path, findings: &mut Findings<'_>) {
    if min >= max {
        findings.error(path, Fact::MinAboveMax { min, max });
    }
}

/// The key that says how this becomes points.
fn way(score: &Score) -> &'static str {
    match score {
        Score::Linear { .. } => "linear",
        Score::Bands { .. } => "bands",
        Score::Efficacy { .. } => "efficacy",
        Score::Slope(_) => "slope",
        Score::Events { .. } => "events",
        Score::Inside { .. } => "inside",
        Score::Met { .. } => "met",
        Score::Sheet { .. } => "sheet",
    }
}

fn belong(indicator: &Indicator, file: &v::Indicator, path: &Path, findings: &mut Findings<'_>) {
    let way = way(&indicator.score);
    // Without a way something harmless stands in its place, and was reported.
    if !findings.has(&path.key(way)) {
        return;
    }
    let reads_target = indicator.score.reads_target();
    let directed = reads_target || matches!(indicator.score, Score::Efficacy { .. });
    let ratio = indicator.accumulate == Accumulate::Ratio;
    let stray = [
        ("target", "target", file.target.is_some() && !reads_target),
        ("direction", "direction", file.direction.is_some() && !directed),
        ("accumulate", "accumulate = \"ratio\"", ratio && !reads_target),
    ];
    for (key, said, wrong) in stray {
        if wrong {
            // Bands may read the figure itself.
            let with = if way == "bands" { "of = \"value\"" } else { way };
            let fact = Fact::KeyNotHere { key: said.to_owned(), with: with.to_owned() };
            findings.error(&path.key(key), fact);
        }
    }
    if file.less_by.is_some() && !(reads_target && matches!(indicator.direction, Direction::Less(_))) {
        only_with("less-by", "direction = \"less\"", &path.key("less-by"), findings);
    }
}

fn numbers(indicator: &Indicator, definition: &Definition, path: &Path, findings: &mut Findings<'_>) {
    let path = path.key(way(&indicator.score));
    match &indicator.score {
        Score::Linear { least_percent, cap_percent } => below(*least_percent, *cap_percent, &path, findings),
        Score::Bands { rows, .. } => {
            in_order(&rows.iter().map(|row| row.from).collect::<Vec<_>>(), true, &path.key("rows"), findings);
        }
        Score::Efficacy { between, least_percent, cap_percent } => {
            below(*least_percent, *cap_percent, &path, findings);
            of_efficacy(indicator.direction, *between, (*least_percent, *cap_percent), &path, findings);
        }
        Score::Slope(slope) => of_slope(slope, definition, &path, findings),
        Score::Events { least, most, .. } => {
            if let (Some(least), Some(most)) = (least, most) {
                below(*least, *most, &path, findings);
            }
        }
        Score::Inside { low, high, each, loses } => {
            below(*low, *high, &path, findings);
            positive(*each, "each", &path, findings);
            positive(*loses, "loses", &path, findings);
        }
        Score::Met { .. } => {}
        Score::Sheet { full } => positive(*full, "full", &path, findings),
    }
}

fn of_efficacy(
    direction: Direction,
    between: Between,
    (least, cap): (Decimal, Decimal),
    path: &Path,
    findings: &mut Findings<'_>,
) {
    match between {
        Between::Fixed { passing, excellent } => {
            let less = matches!(direction, Direction::Less(_));
            if if less { excellent >= passing } else { excellent <= passing } {
                findings.error(&path.key("excellent"), Fact::EfficacyBackwards { passing, excellent, less });
            }
            let equal = path.key("equal-percent");
            if findings.has(&equal) {
                only_with("equal-percent", "passing = \"worst\"", &equal, findings);
            }
        }
        Between::Group { equal_percent } if equal_percent < least || equal_percent > cap => {
            let (from, to) = (least.to_string(), cap.to_string());
            let (key, value) = ("equal-percent".to_owned(), equal_percent.to_string());
            findings.error(&path.key("equal-percent"), Fact::OutOfRange { key, value, from, to });
        }
        Between::Group { .. } => {}
    }
}

fn of_slope(slope: &Slope, definition: &Definition, path: &Path, findings: &mut Findings<'_>) {
    let rows = path.key("rows");
    let ends: Vec<Decimal> = slope.rows.iter().filter_map(|row| row.up_to).collect();
    let open = slope.rows.iter().position(|row| row.up_to.is_none());
    if open == Some(slope.rows.len() - 1) {
        in_order(&ends, true, &rows, findings);
    } else {
        findings.error(&rows.at(open.unwrap_or(slope.rows.len() - 1)), Fact::LastRowOpen);
    }
    for (at, row) in slope.rows.iter().enumerate() {
        positive(row.each_percent, "each-percent", &rows.at(at), findings);
    }
    if let Some(size) = &slope.size {
        let values: Vec<&Id> = definition.entrants.values.iter().map(|one| &one.id).collect();
        one(Thing::EntrantValue, size, &values, &path.key("size"), findings);
    }
    for (key, percent) in
        [("bonus-percent", slope.bonus_percent), ("zero-target-percent", Some(slope.zero_target_percent))]
    {
        if let Some(value) = percent.filter(|percent| *percent < Decimal::ZERO) {
            let (from, to) = ("0".to_owned(), "1000".to_owned());
            let fact = Fact::OutOfRange { key: key.to_owned(), value: value.to_string(), from, to };
            findings.error(&path.key(key), fact);
        }
    }
}
