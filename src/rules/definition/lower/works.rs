//! Collections of works.

use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;

use super::{Levels, id, number, rounding, title, v};
use crate::rules::{
    definition::{
        model,
        place::{Findings, Path},
        problem::Fact,
    },
    works::rules::{self as works, Asked, Kind},
};

/// Works of one person on one day when the file is silent: more than anybody finds, fewer than a script sends.
const PER_DAY: u32 = 20;
const TEXT_MAX: u32 = 500;
const PROPOSAL_MAX: u32 = 2_000;
const ESSAY_MAX: u32 = 10_000;
const PICTURES_MOST: u32 = 3;

pub(super) fn collection(
    file: &v::Collection,
    zone: &str,
    levels: &Levels,
    path: &Path,
    findings: &mut Findings<'_>,
) -> works::Rules {
    let kind = match file.kind {
        v::WorkKind::Hazard => Kind::Hazard,
        v::WorkKind::Proposal => Kind::Proposal,
        v::WorkKind::Essay => Kind::Essay,
        v::WorkKind::Photograph => Kind::Photograph,
    };
    works::Rules {
        id: id(&file.id),
        title: title(file.title.as_ref(), &file.id),
        kind,
        description: file.description.clone(),
        zone: zone.to_owned(),
        opens: moment(file.opens.as_ref(), "opens", path, findings),
        closes: moment(file.closes.as_ref(), "closes", path, findings),
        fields: fields(&file.fields, kind),
        points: points(&file.points),
        grades: file.grade.iter().map(grade).collect(),
        limits: works::Limits {
            per_day: file.limits.per_day.unwrap_or(PER_DAY),
            counted_per_day: file.limits.counted_per_day,
            counted_per_month: file.limits.counted_per_month,
            points_per_month: number(file.limits.points_per_month),
        },
        none_is: match file.none_is {
            None | Some(v::NoneIs::Missing) => works::NoneIs::Missing,
            Some(v::NoneIs::Zero) => works::NoneIs::Zero,
        },
        author_shown: file.author_shown.unwrap_or(false),
        judging: file.judging.as_ref().map(|one| judging(file, one, levels)),
    }
}

/// What somebody without a work has, where an aspect reads it. Without a work there is no mark.
pub(super) fn otherwise(stages: &mut [model::Stage], collections: &[works::Rules]) {
    for source in stages.iter_mut().flat_map(|stage| &mut stage.aspects).filter_map(|aspect| aspect.works.as_mut()) {
        let zero = |rules: &works::Rules| rules.id == source.collection && rules.none_is == works::NoneIs::Zero;
        if source.reads != model::WorksRead::Mark && collections.iter().any(zero) {
            source.otherwise = Some(Decimal::ZERO);
        }
    }
}

fn moment(text: Option<&String>, key: &str, path: &Path, findings: &mut Findings<'_>) -> Option<DateTime> {
    let text = text?;
    let moment = text.parse::<DateTime>().or_else(|_| text.parse::<Date>().map(|date| date.at(0, 0, 0, 0)));
    if moment.is_err() {
        findings.error(&path.key(key), Fact::BadMoment { text: text.clone() });
    }
    moment.ok()
}

fn fields(file: &v::WorkFields, kind: Kind) -> works::Fields {
    let asked = |own: Option<v::Asked>, otherwise: Asked| match own {
        None => otherwise,
        Some(v::Asked::No) => Asked::No,
        Some(v::Asked::May) => Asked::May,
        Some(v::Asked::Must) => Asked::Must,
    };
    let (named, told, placed, chars, least, most) = match kind {
        Kind::Hazard => (Asked::No, Asked::Must, Asked::Must, TEXT_MAX, 0, PICTURES_MOST),
        Kind::Proposal => (Asked::Must, Asked::Must, Asked::No, PROPOSAL_MAX, 0, PICTURES_MOST),
        Kind::Essay => (Asked::Must, Asked::Must, Asked::No, ESSAY_MAX, 0, 0),
        Kind::Photograph => (Asked::Must, Asked::May, Asked::May, TEXT_MAX, 1, PICTURES_MOST),
    };
    let least = file.pictures_least.unwrap_or(least);
    works::Fields {
        title: asked(file.title, named),
        text: asked(file.text, told),
        text_max: file.text_max.unwrap_or(chars),
        place: asked(file.place, placed),
        pictures_least: least,
        pictures_most: file.pictures_most.unwrap_or(most.max(least)),
    }
}

fn points(file: &v::WorkPoints) -> works::Points {
    let of = |own| number(own).unwrap_or_default();
    works::Points {
        submitted: of(file.submitted),
        accepted: of(file.accepted),
        declined: of(file.declined),
        duplicate: of(file.duplicate),
        untrue: of(file.untrue),
    }
}

fn grade(file: &v::WorkGrade) -> works::Grade {
    works::Grade { id: id(&file.id), title: title(file.title.as_ref(), &file.id), points: file.points.0 }
}

/// The marks of one work become a number as those of a panel do.
fn judging(file: &v::Collection, own: &v::WorkJudging, levels: &Levels) -> works::Judging {
    let panel = model::Panel {
        id: id(&file.id),
        title: title(file.title.as_ref(), &file.id),
        judges: own.judges,
        marks: Vec::new(),
        aggregate: match own.aggregate {
            None | Some(v::WorkAggregate::Mean) => model::Aggregate::Mean,
            Some(v::WorkAggregate::Sum) => model::Aggregate::Sum,
            Some(v::WorkAggregate::Median) => model::Aggregate::Median,
        },
        trim: model::Trim::Fixed { high: own.drop_high.unwrap_or(0), low: own.drop_low.unwrap_or(0) },
        extremes: model::Extremes::Aspect,
        mark_rounding: levels.mark,
        rounding: rounding(own.rounding, levels.panel),
        measured_rounding: None,
        spread: None,
        missing: model::MissingJudge::Wait,
        remain: 1,
    };
    works::Judging {
        panel,
        min: number(own.min).unwrap_or_default(),
        max: own.max.0,
        step: number(own.step).unwrap_or(Decimal::ONE),
    }
}
