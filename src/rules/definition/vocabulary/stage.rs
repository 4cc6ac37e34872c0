//! `[[stage]]` with its pieces, aspects and violations.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{First, Name, Number, NumberOrName, NumberOrNone, Panel, Rounding};

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Stage {
    /// Its id.
    pub(crate) id: Name,
    /// Its name. Default: the id.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: Option<String>,
    /// Ids of the events that hold it. Default: all.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub(crate) events: Vec<Name>,
    /// Ids of the groups that hold it. Default: all.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub(crate) groups: Vec<Name>,
    /// Points at most. Default: the sum of what its aspects allow, where each has a limit.
    pub(crate) max: Option<Number>,
    /// Its part of the total; all stages have one, together 1, or none has. Default: a plain sum of stages.
    pub(crate) weight: Option<Number>,
    /// Whether the score is rescaled to 100 before it is weighted. Default: true with a weight, else false.
    pub(crate) rescale: Option<bool>,
    /// The least score; "none" for no limit. Default: 0.
    pub(crate) floor: Option<NumberOrNone>,
    /// The score's rounding. Default: as in the contest.
    pub(crate) rounding: Option<Rounding>,
    /// What an absence (缺考) does. Default: "unranked".
    pub(crate) absent: Option<Absent>,
    /// Several attempts. Default: one.
    pub(crate) attempts: Option<Attempts>,
    /// Evens out harsh and lenient panels when entrants are split over them. Default: nothing.
    pub(crate) standardise: Option<Standardise>,
    /// The score, in place of the sum of pieces and aspects; names them.
    #[schemars(length(min = 1, max = 2000))]
    pub(crate) formula: Option<String>,
    /// Judging groups (评分组).
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub(crate) panel: Vec<Panel>,
    /// Pieces or modules (试件/模块).
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub(crate) piece: Vec<Piece>,
    /// What gets a mark (评分项).
    #[schemars(length(min = 1, max = 300))]
    pub(crate) aspect: Vec<Aspect>,
    /// Named faults (违规扣分).
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub(crate) violation: Vec<Violation>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Absent {
    /// The entrant is not ranked.
    Unranked,
    /// The stage counts 0.
    Zero,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Attempts {
    /// Attempts each entrant has.
    #[schemars(range(min = 1, max = 100))]
    pub(crate) count: u32,
    /// What counts. Default: "best".
    pub(crate) take: Option<Take>,
    /// How many of the best are added up, with "best-of".
    #[schemars(range(min = 1, max = 100))]
    pub(crate) best: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Take {
    /// The best attempt.
    Best,
    /// The sum of the `best` best.
    BestOf,
    /// The sum of all.
    Sum,
    /// The mean of all.
    Mean,
    /// The last one.
    Last,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Standardise {
    /// Which scale.
    pub(crate) method: StandardiseMethod,
    /// The column by which entrants are split over panels: station, group, …
    pub(crate) by: Name,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum StandardiseMethod {
    /// 700 + 30 × (x − mean) / standard deviation.
    ZScore,
    /// 700 + 30 × (x − median) / (1.4826 × median absolute deviation).
    MedianMad,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Piece {
    /// Its id.
    pub(crate) id: Name,
    /// Its name. Default: the id.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: Option<String>,
    /// Multiplies the piece's points. Default: 1.
    pub(crate) factor: Option<Number>,
    /// The least points; "none" for no limit. Default: 0.
    pub(crate) floor: Option<NumberOrNone>,
    /// The rounding of its points. Default: as in the contest.
    pub(crate) rounding: Option<Rounding>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Aspect {
    /// Its id.
    pub(crate) id: Name,
    /// Its name. Default: the id.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: Option<String>,
    /// What is recorded. Default: "judgement".
    pub(crate) kind: Option<AspectKind>,
    /// Points at most (配分); of a `value`, the greatest value.
    pub(crate) max: Option<Number>,
    /// Points at least; of a `value`, the least value. Default: 0 for a judgement, else none.
    pub(crate) min: Option<Number>,
    /// A judgement is `min` plus a multiple of this. Default: 1.
    pub(crate) step: Option<Number>,
    /// Ids of the pieces it is marked for; `[]` for once in the stage. Default: each piece.
    #[schemars(length(max = 100))]
    pub(crate) pieces: Option<Vec<Name>>,
    /// Multiplies the points: a number, or the id of an entrant's value or of a `value` aspect. Default: 1.
    pub(crate) factor: Option<NumberOrName>,
    /// The rounding of its points. Default: as in the contest.
    pub(crate) rounding: Option<Rounding>,
    /// Computes the points; names recorded values, `panel`, other aspects and the entrant's values.
    #[schemars(length(min = 1, max = 2000))]
    pub(crate) formula: Option<String>,
    /// What the judge looks at, shown beside the control.
    #[schemars(length(min = 1, max = 2000))]
    pub(crate) description: Option<String>,
    /// The paper that its value comes from, with "imported" and "value"; nobody enters it.
    pub(crate) paper: Option<Name>,
    /// What of the paper's counted result, with `paper`. Default: "points".
    pub(crate) reads: Option<Reads>,
    /// The collection that its value comes from, with "measurement" and "value"; nobody enters it.
    pub(crate) collection: Option<Name>,
    /// What of somebody's works, with `collection`. Default: "points".
    pub(crate) works: Option<super::WorksRead>,
    /// The four described levels 0–3 of a banded judgement.
    #[schemars(length(max = 4))]
    pub(crate) levels: Option<Vec<Level>>,
    /// What a measurement records. Default: one number named `value`.
    #[schemars(length(min = 1, max = 20))]
    pub(crate) values: Option<Vec<Measured>>,
    /// Points by ranges of the recorded values; the first row that fits.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) bands: Option<Vec<Band>>,
    /// Points along a line.
    pub(crate) linear: Option<Linear>,
    /// All points or none.
    pub(crate) all_or_nothing: Option<AllOrNothing>,
    /// Points by the rank of the value among all entrants.
    pub(crate) rank_order: Option<RankOrder>,
    /// The time limit in seconds, of a `time` whose points come from a rule or a formula: none beyond it.
    pub(crate) limit_s: Option<Number>,
    /// The greatest value that can come from outside, of an `imported`. Default: `max`.
    pub(crate) from_max: Option<Number>,
    /// Where an `imported` value comes from.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) source: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum AspectKind {
    /// 评判: one value per judge.
    Judgement,
    /// 分档评判: 0–3 by described levels.
    BandedJudgement,
    /// 测量: one or several measured values.
    Measurement,
    /// 时间: a duration in seconds.
    Time,
    /// 扣分项: starts full, only violations speak.
    Deduction,
    /// 导入: a value from outside.
    Imported,
    /// 数值: a recorded number without points of its own.
    Value,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Reads {
    /// 得分.
    Points,
    /// 用时, in seconds.
    Seconds,
    /// 交卷时刻, in seconds since 1970.
    Finished,
    /// 答对题数.
    Right,
    /// 答卷数.
    Papers,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Level {
    /// 0, 1, 2 or 3.
    #[schemars(range(min = 0, max = 3))]
    pub(crate) score: u32,
    /// What such work looks like.
    #[schemars(length(min = 1, max = 1000))]
    pub(crate) text: String,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Measured {
    /// Its id. Default: "value", where there is only one.
    pub(crate) id: Option<Name>,
    /// Its name. Default: the aspect's title, or the id.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: Option<String>,
    /// The unit of measure, shown beside the control.
    #[schemars(length(min = 1, max = 20))]
    pub(crate) unit: Option<String>,
    /// What it is. Default: "number".
    pub(crate) kind: Option<MeasuredKind>,
    /// The least value that can be entered.
    pub(crate) min: Option<Number>,
    /// The greatest value that can be entered.
    pub(crate) max: Option<Number>,
    /// Values are multiples of this.
    pub(crate) step: Option<Number>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MeasuredKind {
    /// Any number.
    Number,
    /// A whole number from 0.
    Count,
    /// 1 is yes, 0 is no.
    YesNo,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Band {
    /// The points of this row.
    pub(crate) points: Number,
    /// By recorded value: its bounds, or a number it must equal. Default: fits always.
    #[serde(default)]
    pub(crate) when: BTreeMap<String, Bounds>,
}

/// A number to equal, or a table of bounds.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Bounds {
    Is(Number),
    Between(Between),
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Between {
    /// At least this (≥).
    pub(crate) from: Option<Number>,
    /// More than this (>).
    pub(crate) above: Option<Number>,
    /// At most this (≤).
    pub(crate) up_to: Option<Number>,
    /// Less than this (<).
    pub(crate) below: Option<Number>,
    /// Exactly this (=).
    pub(crate) is: Option<Number>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Linear {
    /// The value that earns `points`.
    pub(crate) at: Number,
    /// Points there.
    pub(crate) points: Number,
    /// Points for each whole unit more; negative when less is better.
    pub(crate) per_unit: Number,
    /// Never fewer points; "none" for no limit. Default: 0.
    pub(crate) floor: Option<NumberOrNone>,
    /// Never more points. Default: the aspect's `max`.
    pub(crate) cap: Option<NumberOrNone>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct AllOrNothing {
    /// The points. Default: the aspect's `max`.
    pub(crate) points: Option<Number>,
    /// By recorded value: its bounds, or a number it must equal; all must hold.
    pub(crate) when: BTreeMap<String, Bounds>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct RankOrder {
    /// Points of the first, the second, …; the last serves the rest.
    #[schemars(length(min = 1, max = 1000))]
    pub(crate) points: Vec<Number>,
    /// Which value is first. Default: "lowest" for a time, else "highest".
    pub(crate) first: Option<First>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Violation {
    /// Its id.
    pub(crate) id: Name,
    /// Its name. Default: the id.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: Option<String>,
    /// Points each time, zero or negative. Default: 0.
    pub(crate) points: Option<Number>,
    /// Times it counts at most. Default: no limit.
    #[schemars(range(min = 1, max = 10_000))]
    pub(crate) most: Option<u32>,
    /// The aspect it takes points from, until they are used up. Default: the only `deduction` aspect of the stage.
    pub(crate) aspect: Option<Name>,
    /// What else it takes points from. Default: "stage".
    pub(crate) from: Option<DeductFrom>,
    /// What it does. Default: "points".
    pub(crate) effect: Option<Effect>,
    /// The panel whose judges record it on their sheets, one count for all of them. Default: the only panel of the stage when it is one judge or agrees; else group leaders and the chief judge record it.
    pub(crate) panel: Option<Name>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DeductFrom {
    /// The piece it is recorded for.
    Piece,
    /// The stage.
    Stage,
    /// The total.
    Total,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Effect {
    /// Only the points.
    Points,
    /// The aspect scores zero.
    ZeroAspect,
    /// The piece scores zero.
    ZeroPiece,
    /// The stage scores zero.
    ZeroStage,
    /// 取消资格, when the chief judge confirms it.
    Disqualify,
}
