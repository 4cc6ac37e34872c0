//! `[season]`, `[[source]]`, `[stars]`, `[[star]]`: contests as sources of another (积分榜), team star rating (班组星级).

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Name, Number};

#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Season {
    /// How the rows of a source find their entrants. Default: "unit".
    #[serde(rename = "match")]
    pub(crate) matching: Option<MatchBy>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MatchBy {
    /// By the unit, to the last name of its path.
    Unit,
    /// By the entrant's own number (工号).
    Number,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Source {
    /// Its id; rankings and awards name it as they name a stage.
    pub(crate) id: Name,
    /// Its name. Default: the id.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: Option<String>,
    /// How a result becomes points. Default: "points".
    pub(crate) by: Option<SourceBy>,
    /// The most there is: a total with `by = "points"`, what counts as 100 % with `by = "percentage"`. Default: none; the best total.
    pub(crate) full: Option<Number>,
    /// Points of the first, the second, … with `by = "rank"`.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub(crate) points_per_rank: Vec<Number>,
    /// Points of every further rank. Default: 0.
    pub(crate) further_ranks: Option<Number>,
    /// Multiplies the points. Default: 1.
    pub(crate) weight: Option<Number>,
    /// Never more points, after the weight. Default: no limit.
    pub(crate) cap: Option<Number>,
    /// What somebody gets who has no result there. Default: "unranked".
    pub(crate) missing: Option<MissingSource>,
    /// The table of the source: `teams`, or the id of one of its tables. Default: the entrants.
    pub(crate) table: Option<Name>,
    /// A period of the source's indicators as it was published, or `overall` for all of them.
    pub(crate) period: Option<Name>,
    /// A ladder of the source; by rank only.
    pub(crate) ladder: Option<Name>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SourceBy {
    /// The total itself.
    Points,
    /// Points per rank.
    Rank,
    /// The total in percent.
    Percentage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MissingSource {
    /// 0 points.
    Zero,
    /// No total and no rank.
    Unranked,
    /// As much in proportion as in the other sources (缺项折算).
    Scaled,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Stars {
    /// What is held against the thresholds at the end of a period. Default: "total".
    pub(crate) of: Option<StarsOf>,
    /// The level before the first period. Default: 0, none.
    #[schemars(range(min = 0, max = 20))]
    pub(crate) starts_at: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum StarsOf {
    /// The total at that moment.
    Total,
    /// What was added since the period before.
    Gained,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Star {
    /// Its number, from 1 without a gap.
    #[schemars(range(min = 1, max = 20))]
    pub(crate) level: u32,
    /// Its name. Default: the number.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: Option<String>,
    /// From this on one goes up to it; below it one goes down from it.
    pub(crate) at_least: Number,
}
