//! `[indicators]`, `[[period]]`, `[[indicator]]`: labor competitions by indicators (劳动竞赛).

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Name, Number, NumberOrName, NumberOrNone};

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Indicators {
    /// Whether what was got is scaled up when something is not applicable (缺项折算). Default: true.
    pub(crate) scale_up: Option<bool>,
    /// Indicators whose points decide equal scores, in this order. Default: equal scores share a rank.
    #[schemars(length(max = 20))]
    pub(crate) ties: Vec<Name>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Period {
    /// Its id.
    pub(crate) id: Name,
    /// Its name. Default: the id.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: Option<String>,
    /// Its first day, as "2026-01-01".
    #[schemars(length(min = 1, max = 20))]
    pub(crate) from: String,
    /// Its last day.
    #[schemars(length(min = 1, max = 20))]
    pub(crate) to: String,
    /// The day by which figures are due. Default: the last day.
    #[schemars(length(min = 1, max = 20))]
    pub(crate) due: Option<String>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Honour {
    /// Its id.
    pub(crate) id: Name,
    /// Its name, as 流动红旗. Default: the id.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: Option<String>,
    /// How many ranks of each group hold it. Default: 1.
    #[schemars(range(min = 1, max = 1000))]
    pub(crate) ranks: Option<u32>,
    /// Below this score it stays vacant. Default: no limit.
    pub(crate) least: Option<Number>,
    /// Only for these groups. Default: all.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub(crate) groups: Vec<Name>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Indicator {
    /// Its id.
    pub(crate) id: Name,
    /// Its name. Default: the id.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: Option<String>,
    /// The department that owns it and checks its figures (归口部门).
    #[schemars(length(min = 1, max = 200))]
    pub(crate) owner: String,
    /// The unit of measure of its figures. Default: none.
    #[schemars(length(min = 1, max = 40))]
    pub(crate) measured_in: Option<String>,
    /// Which figures are better. Default: "more".
    pub(crate) direction: Option<Direction>,
    /// What a percentage of the target is when less is better. Default: "difference".
    pub(crate) less_by: Option<LessBy>,
    /// What it is worth when the target is met (权重/分值).
    pub(crate) points: Number,
    /// The target of every unit and period that no document sets. Default: none.
    pub(crate) target: Option<Number>,
    /// Only for these groups. Default: all.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub(crate) groups: Vec<Name>,
    /// Only in these periods. Default: all.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub(crate) periods: Vec<Name>,
    /// What several periods become. Default: "mean".
    pub(crate) accumulate: Option<Accumulate>,
    /// Points in proportion to the percentage of the target.
    pub(crate) linear: Option<IndicatorLinear>,
    /// Points by ranges.
    pub(crate) bands: Option<IndicatorBands>,
    /// The efficacy coefficient (功效系数法).
    pub(crate) efficacy: Option<Efficacy>,
    /// So much for each percent above the target, by the size of the target.
    pub(crate) slope: Option<Slope>,
    /// Points per event.
    pub(crate) events: Option<Events>,
    /// All points inside a range, fewer outside.
    pub(crate) inside: Option<Inside>,
    /// All points when the target is met: a milestone.
    pub(crate) met: Option<Met>,
    /// The points of an inspection sheet (检查考核表).
    pub(crate) sheet: Option<InspectionSheet>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Direction {
    /// More is better.
    More,
    /// Less is better.
    Less,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LessBy {
    /// 2 − actual ÷ target.
    Difference,
    /// Target ÷ actual.
    Quotient,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Accumulate {
    /// The sum of the periods' points.
    Sum,
    /// The mean of the periods' points.
    Mean,
    /// The points of the last period.
    Last,
    /// All actuals against all targets, scored once.
    Ratio,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct IndicatorLinear {
    /// A percentage is never counted as less. Default: 0.
    pub(crate) least_percent: Option<Number>,
    /// A percentage is never counted as more. Default: 120.
    pub(crate) cap_percent: Option<Number>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct IndicatorBands {
    /// What the rows read. Default: "percent".
    pub(crate) of: Option<BandsOf>,
    /// From the lowest up; below the first no points.
    #[schemars(length(min = 1, max = 100))]
    pub(crate) rows: Vec<IndicatorBand>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum BandsOf {
    /// The percentage of the target.
    Percent,
    /// The figure itself.
    Value,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct IndicatorBand {
    /// From this on, up to the next row.
    pub(crate) from: Number,
    /// Points.
    pub(crate) points: Number,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Efficacy {
    /// The figure that gets 60 % (不允许值); "worst": the worst of the group in the period.
    pub(crate) passing: NumberOrName,
    /// The figure that gets 100 % (满意值); "best": the best of the group in the period.
    pub(crate) excellent: NumberOrName,
    /// With "worst" and "best": what all get whose figures are equal. Default: 100.
    pub(crate) equal_percent: Option<Number>,
    /// Never a smaller percentage. Default: 0.
    pub(crate) least_percent: Option<Number>,
    /// Never a larger percentage. Default: 100.
    pub(crate) cap_percent: Option<Number>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Slope {
    /// By size, from the smallest up; the last has no `up-to`.
    #[schemars(length(min = 1, max = 20))]
    pub(crate) rows: Vec<SlopeRow>,
    /// The size: a column of the entrant list. Default: the target.
    pub(crate) size: Option<Name>,
    /// Whether only whole percents count. Default: false.
    pub(crate) whole_percents: Option<bool>,
    /// What falling short costs. Default: "ratio".
    pub(crate) short: Option<SlopeShort>,
    /// The most that is added, in percent of `points`. Default: no limit.
    pub(crate) bonus_percent: Option<Number>,
    /// What is added when the target is 0 and more was done, in percent of `points`. Default: 50.
    pub(crate) zero_target_percent: Option<Number>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct SlopeRow {
    /// Sizes up to and with this one. Only the last row is without.
    pub(crate) up_to: Option<Number>,
    /// Points for each percent.
    pub(crate) each_percent: Number,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SlopeShort {
    /// Points in proportion to the percentage of the target.
    Ratio,
    /// For each percent as much as is added for one above.
    Slope,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Events {
    /// Points before the first event. Default: 0.
    pub(crate) starts_at: Option<Number>,
    /// Never fewer points; "none" for no limit. Default: 0.
    pub(crate) least: Option<NumberOrNone>,
    /// Never more points; "none" for no limit. Default: the indicator's `points`.
    pub(crate) most: Option<NumberOrNone>,
    /// The events that are counted.
    #[schemars(length(min = 1, max = 50))]
    pub(crate) kind: Vec<EventKind>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct EventKind {
    /// Its id.
    pub(crate) id: Name,
    /// Its name. Default: the id.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: Option<String>,
    /// Points of each; negative ones are taken away.
    pub(crate) points: Number,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Inside {
    /// The least figure with all points.
    pub(crate) low: Number,
    /// The greatest figure with all points.
    pub(crate) high: Number,
    /// For each such distance outside.
    pub(crate) each: Number,
    /// So many points are taken away, never more than there are.
    pub(crate) loses: Number,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Met {
    /// Points when it is not. Default: 0.
    pub(crate) otherwise: Option<Number>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct InspectionSheet {
    /// Points of a sheet without deductions. Default: 100.
    pub(crate) full: Option<Number>,
}
