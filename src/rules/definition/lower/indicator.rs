//! Indicators and their periods.

use rust_decimal::Decimal;

use super::{Levels, id, ids, ladder::date, number, title, v};
use crate::rules::{
    definition::{
        place::{Findings, Path},
        problem::Fact,
    },
    indicators::rules as model,
};

/// 封顶 120%: what most notices say.
const CAP_PERCENT: u32 = 120;
/// Half of the points.
const ZERO_TARGET_PERCENT: u32 = 50;

pub(super) fn indicators(file: &v::File, levels: &Levels, findings: &mut Findings<'_>) -> model::Rules {
    let periods = file.period.iter().enumerate();
    let periods = periods.map(|(at, one)| period(one, &Path::default().item("period", at), findings)).collect();
    let indicators = file.indicator.iter().enumerate();
    let indicators =
        indicators.map(|(at, one)| indicator(one, &Path::default().item("indicator", at), findings)).collect();
    model::Rules {
        periods,
        indicators,
        scale_up: file.indicators.scale_up.unwrap_or(true),
        ties: ids(&file.indicators.ties),
        points_rounding: levels.aspect,
        score_rounding: levels.total,
        honours: file.honour.iter().map(honour).collect(),
    }
}

fn honour(file: &v::Honour) -> model::Honour {
    model::Honour {
        id: id(&file.id),
        title: title(file.title.as_ref(), &file.id),
        ranks: file.ranks.unwrap_or(1),
        least: number(file.least),
        groups: ids(&file.groups),
    }
}

fn period(file: &v::Period, path: &Path, findings: &mut Findings<'_>) -> model::Period {
    let (from, to) = (date(&file.from, &path.key("from"), findings), date(&file.to, &path.key("to"), findings));
    model::Period {
        id: id(&file.id),
        title: title(file.title.as_ref(), &file.id),
        from,
        to,
        due: file.due.as_ref().map_or(to, |due| date(due, &path.key("due"), findings)),
    }
}

fn indicator(file: &v::Indicator, path: &Path, findings: &mut Findings<'_>) -> model::Indicator {
    let less_by = match file.less_by {
        None | Some(v::LessBy::Difference) => model::LessBy::Difference,
        Some(v::LessBy::Quotient) => model::LessBy::Quotient,
    };
    model::Indicator {
        id: id(&file.id),
        title: title(file.title.as_ref(), &file.id),
        owner: file.owner.clone(),
        measured_in: file.measured_in.clone(),
        direction: match file.direction {
            None | Some(v::Direction::More) => model::Direction::More,
            Some(v::Direction::Less) => model::Direction::Less(less_by),
        },
        points: file.points.0,
        target: number(file.target),
        groups: ids(&file.groups),
        periods: ids(&file.periods),
        accumulate: match file.accumulate {
            Some(v::Accumulate::Sum) => model::Accumulate::Sum,
            None | Some(v::Accumulate::Mean) => model::Accumulate::Mean,
            Some(v::Accumulate::Last) => model::Accumulate::Last,
            Some(v::Accumulate::Ratio) => model::Accumulate::Ratio,
        },
        score: score(file, path, findings),
    }
}

/// The one way in which this becomes points; something harmless when there is none, or more.
fn score(file: &v::Indicator, path: &Path, findings: &mut Findings<'_>) -> model::Score {
    let or = |own: Option<v::Number>, otherwise: u32| number(own).unwrap_or_else(|| Decimal::from(otherwise));
    let mut ways: Vec<(&str, model::Score)> = Vec::new();
    if let Some(linear) = &file.linear {
        let (least_percent, cap_percent) = (or(linear.least_percent, 0), or(linear.cap_percent, CAP_PERCENT));
        ways.push(("linear", model::Score::Linear { least_percent, cap_percent }));
    }
    if let Some(bands) = &file.bands {
        let of = match bands.of {
            None | Some(v::BandsOf::Percent) => model::BandsOf::Percent,
            Some(v::BandsOf::Value) => model::BandsOf::Value,
        };
        let row = |row: &v::IndicatorBand| model::Band { from: row.from.0, points: row.points.0 };
        ways.push(("bands", model::Score::Bands { of, rows: bands.rows.iter().map(row).collect() }));
    }
    if let Some(efficacy) = &file.efficacy {
        ways.push(("efficacy", lower_efficacy(efficacy, &path.key("efficacy"), findings)));
    }
    if let Some(slope) = &file.slope {
        ways.push(("slope", model::Score::Slope(lower_slope(slope))));
    }
    if let Some(events) = &file.events {
        let kind = |kind: &v::EventKind| model::EventKind {
            id: id(&kind.id),
            title: title(kind.title.as_ref(), &kind.id),
            points: kind.points.0,
        };
        let limit = |own: Option<v::NumberOrNone>, otherwise: Decimal| match own {
            None => Some(otherwise),
            Some(v::NumberOrNone::Number(number)) => Some(number),
            Some(v::NumberOrNone::None) => None,
        };
        let way = model::Score::Events {
            starts_at: or(events.starts_at, 0),
            least: limit(events.least, Decimal::ZERO),
            most: limit(events.most, file.points.0),
            kinds: events.kind.iter().map(kind).collect(),
        };
        ways.push(("events", way));
    }
    if let Some(inside) = &file.inside {
        let (low, high) = (inside.low.0, inside.high.0);
        ways.push(("inside", model::Score::Inside { low, high, each: inside.each.0, loses: inside.loses.0 }));
    }
    if let Some(met) = &file.met {
        ways.push(("met", model::Score::Met { otherwise: or(met.otherwise, 0) }));
    }
    if let Some(sheet) = &file.sheet {
        ways.push(("sheet", model::Score::Sheet { full: or(sheet.full, 100) }));
    }
    if ways.is_empty() {
        let keys = ["linear", "bands", "efficacy", "slope", "events", "inside", "met", "sheet"];
        findings.error(path, Fact::OneOf { keys: keys.map(str::to_owned).to_vec() });
    }
    if let [_, (key, _), ..] = ways.as_slice() {
        let keys = ways.iter().map(|(key, _)| (*key).to_owned()).collect();
        findings.error(&path.key(key), Fact::OnlyOneOf { keys });
    }
    ways.into_iter().next().map_or(model::Score::Met { otherwise: Decimal::ZERO }, |(_, way)| way)
}

fn lower_efficacy(file: &v::Efficacy, path: &Path, findings: &mut Findings<'_>) -> model::Score {
    let or = |own: Option<v::Number>, otherwise: Decimal| number(own).unwrap_or(otherwise);
    let cap_percent = or(file.cap_percent, Decimal::ONE_HUNDRED);
    let equal_percent = or(file.equal_percent, cap_percent.min(Decimal::ONE_HUNDRED));
    let between = match (&file.passing, &file.excellent) {
        (v::NumberOrName::Number(passing), v::NumberOrName::Number(excellent)) => {
            model::Between::Fixed { passing: *passing, excellent: *excellent }
        }
        (v::NumberOrName::Name(worst), v::NumberOrName::Name(best)) if worst == "worst" && best == "best" => {
            model::Between::Group { equal_percent }
        }
        (_, excellent) => {
            let wrong = if matches!(excellent, v::NumberOrName::Name(best) if best == "best") {
                "passing"
            } else {
                "excellent"
            };
            findings.error(&path.key(wrong), Fact::EfficacyBetween);
            model::Between::Group { equal_percent }
        }
    };
    model::Score::Efficacy { between, least_percent: or(file.least_percent, Decimal::ZERO), cap_percent }
}

fn lower_slope(slope: &v::Slope) -> model::Slope {
    let row = |row: &v::SlopeRow| model::SlopeRow { up_to: number(row.up_to), each_percent: row.each_percent.0 };
    model::Slope {
        rows: slope.rows.iter().map(row).collect(),
        size: slope.size.as_ref().map(id),
        whole_percents: slope.whole_percents.unwrap_or(false),
        short: match slope.short {
            None | Some(v::SlopeShort::Ratio) => model::SlopeShort::Ratio,
            Some(v::SlopeShort::Slope) => model::SlopeShort::Slope,
        },
        bonus_percent: number(slope.bonus_percent),
        zero_target_percent: number(slope.zero_target_percent).unwrap_or_else(|| Decimal::from(ZERO_TARGET_PERCENT)),
    }
}
