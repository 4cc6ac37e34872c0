//! `[[stage.panel]]`: who judges what, and how marks become one number.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Name, Number, Rounding};

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Panel {
    /// Its id.
    pub(crate) id: Name,
    /// Its name. Default: the id.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: Option<String>,
    /// How many judges sit in it.
    #[schemars(range(min = 1, max = 100))]
    pub(crate) judges: u32,
    /// Ids of the aspects it marks. Default, in a stage with one panel: all judgements.
    #[schemars(length(min = 1, max = 300))]
    pub(crate) marks: Option<Vec<Name>>,
    /// How the marks become one number. Default: "mean".
    pub(crate) aggregate: Option<Aggregate>,
    /// A weight for each seat, together 1; with "weighted".
    #[schemars(length(min = 1, max = 100))]
    pub(crate) weights: Option<Vec<Number>>,
    /// Highest marks to drop. Default: 0.
    #[schemars(range(min = 0, max = 50))]
    pub(crate) drop_high: Option<u32>,
    /// Lowest marks to drop. Default: 0.
    #[schemars(range(min = 0, max = 50))]
    pub(crate) drop_low: Option<u32>,
    /// What to drop by the number of marks given; in place of `drop-high` and `drop-low`.
    #[schemars(length(min = 1, max = 50))]
    pub(crate) drop_by_size: Option<Vec<DropRow>>,
    /// Where the highest and the lowest are looked for. Default: "aspect".
    pub(crate) extremes: Option<Extremes>,
    /// The rounding of each mark before it is used. Default: as in the contest, else "exact".
    pub(crate) mark_rounding: Option<Rounding>,
    /// The rounding of the panel's number. Default: as in the contest.
    pub(crate) rounding: Option<Rounding>,
    /// How far marks may lie apart (分差). Default: no rule.
    pub(crate) spread: Option<Spread>,
    /// What happens when a judge is missing. Default: "wait".
    pub(crate) missing: Option<Missing>,
    /// Marks that must remain after dropping. Default: 1.
    #[schemars(range(min = 1, max = 100))]
    pub(crate) remain: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Aggregate {
    /// The mean.
    Mean,
    /// The sum.
    Sum,
    /// The middle mark; the mean of the middle two.
    Median,
    /// The lowest.
    Minimum,
    /// The highest.
    Maximum,
    /// The sum of each mark times its seat's weight.
    Weighted,
    /// Two people enter the same value and must agree.
    Agree,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct DropRow {
    /// From this number of marks on.
    #[schemars(range(min = 1, max = 100))]
    pub(crate) from: u32,
    /// Highest marks to drop. Default: 0.
    #[schemars(range(min = 0, max = 50))]
    pub(crate) high: Option<u32>,
    /// Lowest marks to drop. Default: 0.
    #[schemars(range(min = 0, max = 50))]
    pub(crate) low: Option<u32>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Extremes {
    /// In each aspect by itself.
    Aspect,
    /// Among the judges' sheet totals: a whole sheet is dropped.
    Sheet,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Spread {
    /// What is measured. Default: "range".
    pub(crate) measure: Option<SpreadMeasure>,
    /// Which marks are compared: "all", or "counted" for those that remain after dropping. Default: "all".
    pub(crate) of: Option<SpreadOf>,
    /// At most so many points.
    pub(crate) max: Option<Number>,
    /// At most so many percent of the aspect's max.
    pub(crate) percent: Option<Number>,
    /// At most so many points, by the panel's number; rows descend.
    #[schemars(length(min = 1, max = 50))]
    pub(crate) bands: Option<Vec<SpreadBand>>,
    /// What happens beyond it. Default: "warn".
    pub(crate) action: Option<SpreadAction>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SpreadMeasure {
    /// Highest minus lowest.
    Range,
    /// The largest distance to the median.
    ToMedian,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SpreadOf {
    /// All marks, before dropping.
    All,
    /// The counted marks, after dropping.
    Counted,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct SpreadBand {
    /// When the panel's number is at least this.
    pub(crate) from: Number,
    /// At most so many points apart.
    pub(crate) max: Number,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SpreadAction {
    /// The chief judge is told.
    Warn,
    /// All judges of the panel mark again, blind, once; then the chief decides.
    ReMark,
    /// The mean of all marks, nothing dropped.
    MeanOfAll,
    /// The chief judge decides.
    ChiefDecides,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Missing {
    /// There is no score until all have marked.
    Wait,
    /// The mean of the given marks stands in, before dropping.
    MeanStandsIn,
    /// Those who marked are the panel.
    Smaller,
}
