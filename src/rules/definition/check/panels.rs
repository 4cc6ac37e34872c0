//! Panels: everything judged is judged by one panel, and enough marks remain.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Findings, Path, in_order, percent};
use crate::rules::definition::{
    model::{Aggregate, AspectKind, Panel, SpreadLimit, Stage, Trim},
    problem::Fact,
};

pub(super) fn check(stage: &Stage, path: &Path, findings: &mut Findings<'_>) {
    for (at, aspect) in stage.aspects.iter().enumerate() {
        let by: Vec<String> = stage
            .panels
            .iter()
            .filter(|panel| panel.marks.contains(&aspect.id))
            .map(|panel| panel.id.to_string())
            .collect();
        let judged = matches!(aspect.kind, AspectKind::Judgement { .. } | AspectKind::BandedJudgement { .. });
        let place = path.item("aspect", at);
        if judged && by.is_empty() {
            findings.error(&place, Fact::NotJudged { aspect: aspect.id.to_string() });
        }
        if by.len() > 1 {
            findings.error(&place, Fact::JudgedTwice { aspect: aspect.id.to_string(), panels: by });
        }
    }
    for (at, panel) in stage.panels.iter().enumerate() {
        one(panel, stage, &path.item("panel", at), findings);
    }
    stations(stage, path, findings);
}

fn one(panel: &Panel, stage: &Stage, path: &Path, findings: &mut Findings<'_>) {
    if panel.marks.is_empty() && stage.panels.len() == 1 {
        findings.error(path, Fact::NothingToMark { panel: panel.id.to_string() });
    }
    for (at, id) in panel.marks.iter().enumerate() {
        let Some(aspect) = stage.aspects.iter().find(|aspect| aspect.id == *id) else { continue };
        if matches!(aspect.kind, AspectKind::BandedJudgement { .. }) && panel.aggregate != Aggregate::Mean {
            let with = "kind = \"banded-judgement\"".to_owned();
            findings.error(&path.key("aggregate"), Fact::KeyNotHere { key: "aggregate".into(), with });
        }
        if matches!(aspect.kind, AspectKind::Deduction) {
            let kind = "kind = \"deduction\"".to_owned();
            findings.error(&path.key("marks").at(at), Fact::CannotMark { aspect: id.to_string(), kind });
        }
        if let Some(source) = &aspect.paper {
            let kind = format!("paper = \"{}\"", source.paper);
            findings.error(&path.key("marks").at(at), Fact::CannotMark { aspect: id.to_string(), kind });
        }
        if let Some(source) = &aspect.works {
            let kind = format!("collection = \"{}\"", source.collection);
            findings.error(&path.key("marks").at(at), Fact::CannotMark { aspect: id.to_string(), kind });
        }
    }
    trim(panel, path, findings);
    match &panel.aggregate {
        Aggregate::Weighted(weights) if !weights.is_empty() => seat_weights(weights, panel.judges, path, findings),
        Aggregate::Agree if panel.judges != 2 => {
            findings.error(&path.key("judges"), Fact::AgreeNeedsTwo { judges: panel.judges });
        }
        _ => {}
    }
    spread(panel, stage, path, findings);
}

fn trim(panel: &Panel, path: &Path, findings: &mut Findings<'_>) {
    let drops = matches!(panel.aggregate, Aggregate::Mean | Aggregate::Sum);
    let any = match &panel.trim {
        Trim::Fixed { high, low } => high + low > 0,
        Trim::BySize(_) => true,
    };
    if any && !drops {
        let key = ["drop-by-size", "drop-high", "drop-low"].into_iter().find(|key| findings.has(&path.key(key)));
        let key = key.unwrap_or("drop-high").to_owned();
        let with = "aggregate".to_owned();
        return findings.error(&path.key(&key), Fact::KeyNotHere { key: key.clone(), with });
    }
    let place = if let Trim::BySize(rows) = &panel.trim {
        let place = path.key("drop-by-size");
        in_order(&rows.iter().map(|row| row.from).collect::<Vec<_>>(), true, &place, findings);
        for (at, row) in rows.iter().enumerate() {
            if row.high + row.low >= row.from {
                let fact = Fact::TooFewRemain { judges: row.from, dropped: row.high + row.low, remain: 1 };
                findings.error(&place.at(at), fact);
            }
        }
        place
    } else {
        path.key("judges")
    };
    let dropped = panel.dropped(panel.judges);
    let judges = panel.judges;
    if dropped.saturating_add(panel.remain) > judges {
        findings.error(&place, Fact::TooFewRemain { judges, dropped, remain: panel.remain });
    } else if dropped > 0 && judges - dropped == 1 {
        findings.warn(&place, Fact::OneMarkDecides { judges, dropped });
    }
}

fn seat_weights(weights: &[Decimal], judges: u32, path: &Path, findings: &mut Findings<'_>) {
    let place = path.key("weights");
    if weights.len() != judges as usize {
        findings.error(&place, Fact::SeatWeights { weights: weights.len(), judges });
        return;
    }
    for (at, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight < Decimal::ZERO) {
        findings.error(&place.at(at), Fact::WeightNegative { weight: *weight });
    }
    let sum: Decimal = weights.iter().sum();
    if sum != Decimal::ONE {
        findings.error(&place, Fact::SeatWeightsSum { sum: sum.normalize() });
    }
}

fn spread(panel: &Panel, stage: &Stage, path: &Path, findings: &mut Findings<'_>) {
    let Some(spread) = &panel.spread else { return };
    let path = path.key("spread");
    match &spread.limit {
        SpreadLimit::Points(max) if *max < Decimal::ZERO => {
            findings.error(&path.key("max"), Fact::NegativeMax { max: *max });
        }
        SpreadLimit::Points(_) => {}
        SpreadLimit::Percent(value) => {
            percent(*value, "percent", &path, findings);
            for id in &panel.marks {
                let Some(at) = stage.aspects.iter().position(|aspect| aspect.id == *id) else { continue };
                let aspect = &stage.aspects[at];
                let limited = aspect.max.is_some() || matches!(aspect.kind, AspectKind::Value { max: Some(_), .. });
                if !limited {
                    let with = format!("{}.spread.percent", panel.id);
                    findings.error(&path.key("percent"), Fact::KeyNeeded { key: format!("{id}.max"), with });
                }
            }
        }
        SpreadLimit::Bands(rows) => {
            let place = path.key("bands");
            in_order(&rows.iter().map(|row| row.from).collect::<Vec<_>>(), false, &place, findings);
            for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.max < Decimal::ZERO) {
                findings.error(&place.at(at).key("max"), Fact::NegativeMax { max: row.max });
            }
        }
    }
}

/// Titles and points of what a panel marks.
type Marked<'a> = Vec<(&'a str, Option<Decimal>)>;

/// Panels whose aspects have the same titles and points: stations, each with a severity of its own.
fn stations(stage: &Stage, path: &Path, findings: &mut Findings<'_>) {
    if stage.standardise.is_some() {
        return;
    }
    let mut alike: BTreeMap<Marked<'_>, Vec<(usize, String)>> = BTreeMap::new();
    for (at, panel) in stage.panels.iter().enumerate() {
        let mut marks: Vec<(&str, Option<Decimal>)> = stage
            .aspects
            .iter()
            .filter(|aspect| panel.marks.contains(&aspect.id))
            .map(|aspect| (aspect.title.as_str(), aspect.max))
            .collect();
        marks.sort_unstable();
        alike.entry(marks).or_default().push((at, panel.id.to_string()));
    }
    for panels in alike.into_values().filter(|panels| panels.len() > 1) {
        let first = path.item("panel", panels[0].0);
        findings.warn(&first, Fact::StationPanels { panels: panels.into_iter().map(|(_, id)| id).collect() });
    }
}
