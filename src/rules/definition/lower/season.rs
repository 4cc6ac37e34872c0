//! Sources and stars; each source is a stage of its own, whose one value is its points.

use rust_decimal::Decimal;

use super::{Levels, id, number, title, v};
use crate::rules::{
    definition::{
        model::{self, AbsentCounts, Aspect, AspectKind, Attempts, Factor, Measured, MeasuredKind, PointsRule, Stage},
        place::{Findings, Path},
        problem::Fact,
    },
    names::Id,
    season::rules::{By, Matching, Missing, Reads, Rules, Source, Star, Stars, StarsRead},
};

/// What [`Reads::Overall`] is called in a file.
const OVERALL: &str = "overall";

pub(super) fn season(file: &v::File, levels: &Levels, findings: &mut Findings<'_>) -> Rules {
    let sources = file.source.iter().enumerate();
    let sources = sources.map(|(at, one)| source(one, levels, &Path::default().item("source", at), findings)).collect();
    let levels = file.star.iter().map(|star| Star {
        level: star.level,
        title: star.title.clone().unwrap_or_else(|| star.level.to_string()),
        at_least: star.at_least.0,
    });
    let stars = Stars {
        reads: match file.stars.of {
            None | Some(v::StarsOf::Total) => StarsRead::Total,
            Some(v::StarsOf::Gained) => StarsRead::Gained,
        },
        starts_at: file.stars.starts_at.unwrap_or(0),
        levels: levels.collect(),
    };
    Rules {
        matching: match file.season.matching {
            None | Some(v::MatchBy::Unit) => Matching::Unit,
            Some(v::MatchBy::Number) => Matching::Number,
        },
        sources,
        stars: (!stars.levels.is_empty()).then_some(stars),
    }
}

fn source(file: &v::Source, levels: &Levels, path: &Path, findings: &mut Findings<'_>) -> Source {
    let full = number(file.full);
    let given = [("table", &file.table), ("period", &file.period), ("ladder", &file.ladder)];
    if given.iter().filter(|(_, name)| name.is_some()).count() > 1 {
        let keys = given.iter().filter(|(_, name)| name.is_some()).map(|(key, _)| (*key).to_owned()).collect();
        findings.error(path, Fact::OnlyOneOf { keys });
    }
    Source {
        id: id(&file.id),
        title: title(file.title.as_ref(), &file.id),
        reads: match (&file.table, &file.period, &file.ladder) {
            (Some(table), ..) => Reads::Table(id(table)),
            (_, Some(period), _) if period.0 == OVERALL => Reads::Overall,
            (_, Some(period), _) => Reads::Period(id(period)),
            (.., Some(ladder)) => Reads::Ladder(id(ladder)),
            (None, None, None) => Reads::Field,
        },
        by: match file.by {
            None | Some(v::SourceBy::Points) => By::Points { full },
            Some(v::SourceBy::Percentage) => By::Percentage { full },
            Some(v::SourceBy::Rank) => By::Rank {
                points: file.points_per_rank.iter().map(|points| points.0).collect(),
                further: number(file.further_ranks).unwrap_or_default(),
            },
        },
        weight: number(file.weight).unwrap_or(Decimal::ONE),
        cap: number(file.cap),
        missing: match file.missing {
            Some(v::MissingSource::Zero) => Missing::Zero,
            None | Some(v::MissingSource::Unranked) => Missing::Unranked,
            Some(v::MissingSource::Scaled) => Missing::Scaled,
        },
        rounding: levels.stage,
    }
}

/// Where a source's points stand.
pub(super) fn stage(source: &Source) -> Stage {
    let value = Measured {
        id: Id::new("value"),
        title: source.title.clone(),
        unit: None,
        kind: MeasuredKind::Number,
        min: None,
        max: None,
        step: None,
    };
    let aspect = Aspect {
        id: Id::new(crate::rules::state::SEASON_POINTS),
        title: source.title.clone(),
        kind: AspectKind::Measurement { values: vec![value], points: PointsRule::AsIs },
        max: source.most(),
        min: None,
        pieces: None,
        factor: Factor::Constant(Decimal::ONE),
        rounding: source.rounding,
        formula: None,
        description: None,
        paper: None,
        works: None,
        from_source: true,
    };
    Stage {
        id: source.id.clone(),
        title: source.title.clone(),
        events: Vec::new(),
        groups: Vec::new(),
        max: source.most(),
        weight: None,
        rescale: false,
        floor: None,
        rounding: source.rounding,
        absent: AbsentCounts::Unranked,
        attempts: Attempts { count: 1, take: model::Take::Best },
        standardise: None,
        formula: None,
        panels: Vec::new(),
        pieces: Vec::new(),
        aspects: vec![aspect],
        violations: Vec::new(),
    }
}
