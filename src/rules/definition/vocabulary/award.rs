//! `[teams]`, `[[table]]`, `[[award]]`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Name, Number, Rounding, RoundingMode};

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Teams {
    /// How members make one score.
    pub(crate) score: MemberScore,
    /// How many of the best members count, with "best-sum" and "best-mean".
    #[schemars(range(min = 1, max = 1000))]
    pub(crate) best: Option<u32>,
    /// Points per award, by award id, with "awards".
    #[serde(default)]
    pub(crate) points: BTreeMap<String, Number>,
    /// The score's rounding. Default: as in the contest.
    pub(crate) rounding: Option<Rounding>,
    /// What decides a tie, as in `[ranking]`; of members' scores, added up. Default: people decide.
    #[schemars(length(max = 30), inner(length(min = 1, max = 200)))]
    pub(crate) ties: Option<Vec<String>>,
    /// Teams with fewer scored members are not ranked. Default: 1.
    #[schemars(range(min = 1, max = 1000))]
    pub(crate) members_min: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MemberScore {
    /// The sum of all members.
    Sum,
    /// The mean of all members.
    Mean,
    /// The sum of the `best` best.
    BestSum,
    /// The mean of the `best` best.
    BestMean,
    /// `points` per award of the members.
    Awards,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Table {
    /// Its id.
    pub(crate) id: Name,
    /// Its name. Default: the id.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: Option<String>,
    /// What it ranks. Default: "entrants".
    pub(crate) of: Option<TableOf>,
    /// Which level of the tree of units, from 1 at the top. Default: 1.
    #[schemars(range(min = 1, max = 10))]
    pub(crate) level: Option<u32>,
    /// How a unit's entrants make one score. Default, of units: "sum".
    pub(crate) score: Option<MemberScore>,
    /// How many of the best entrants count, with "best-sum" and "best-mean".
    #[schemars(range(min = 1, max = 1000))]
    pub(crate) best: Option<u32>,
    /// What those count who have no score, with "mean" and "best-mean". Default: "left-out".
    pub(crate) absentees: Option<Absentees>,
    /// The mean is multiplied by min(1, participants / so many), with "mean" and "best-mean".
    #[schemars(range(min = 1, max = 1_000_000))]
    pub(crate) required: Option<u32>,
    /// The same with so many per cent of the unit's heads.
    pub(crate) required_percent: Option<Number>,
    /// Points per award, by award id, with "awards".
    #[serde(default)]
    pub(crate) points: BTreeMap<String, Number>,
    /// The score's rounding, of units. Default: as in the contest.
    pub(crate) rounding: Option<Rounding>,
    /// How a tie of units ends. Default: "people-decide".
    pub(crate) end: Option<TieEnd>,
    /// Only entrants that fit all of this. Default: everybody.
    pub(crate) only: Option<Only>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Absentees {
    /// Nothing: the mean is of those who have a score.
    LeftOut,
    /// 0: the mean is of the `best`, or of all heads of the unit.
    Zero,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum TableOf {
    /// Entrants, ranked again among themselves.
    Entrants,
    /// Units of one level of the tree.
    Units,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum TieEnd {
    /// People decide, and it is recorded.
    PeopleDecide,
    /// The rank is shared and leaves a gap: 1, 2, 2, 4.
    Shared,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Only {
    /// Of this event.
    pub(crate) event: Option<Name>,
    /// Of this group.
    pub(crate) group: Option<Name>,
    /// For whom all of these eligibilities hold.
    #[schemars(length(max = 20))]
    pub(crate) eligible: Vec<Name>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Award {
    /// Its id.
    pub(crate) id: Name,
    /// Its name on lists and certificates.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: String,
    /// Who can get it. Default: "entrants".
    pub(crate) to: Option<AwardTo>,
    /// The table whose rows get it: units, or entrants of a parallel ranking. In place of `to`.
    pub(crate) table: Option<Name>,
    /// What it is given out for: each group of each event, each event, or once. Default: "group".
    pub(crate) per: Option<Per>,
    /// How many there are.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub(crate) count: Option<u32>,
    /// How many there are, in percent.
    pub(crate) percent: Option<Number>,
    /// Percent of whom. Default: "ranked".
    pub(crate) percent_of: Option<PercentOf>,
    /// How a percentage becomes a whole number. Default: "half-up".
    pub(crate) percent_rounding: Option<RoundingMode>,
    /// How many there are, by the number of ranked entrants; rows ascend.
    #[schemars(length(min = 1, max = 50))]
    pub(crate) by_field_size: Option<Vec<FieldSize>>,
    /// Everybody of rank 1 to this, beside other prizes.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub(crate) top: Option<u32>,
    /// Who gets it, where no number says so.
    pub(crate) who: Option<WhoGets>,
    /// Only with at least this total. Default: none.
    pub(crate) at_least: Option<Number>,
    /// Only those for whom all of these eligibilities hold.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub(crate) eligible: Vec<Name>,
    /// Winners of one unit at most. Default: no limit.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub(crate) per_unit_most: Option<u32>,
    /// One person gets one prize of a ladder (就高不就低); "none" stands beside all. Default: "prizes" where a number or "upper-half" says how many, else "none".
    pub(crate) ladder: Option<Name>,
    /// What happens when its last place is tied. Default: "people-decide"; with `top`, "all-in-grows".
    pub(crate) boundary: Option<Boundary>,
    /// What happens when it is revoked. Default: "people-decide".
    pub(crate) revoked: Option<Revoked>,
    /// What comes with it.
    pub(crate) reward: Option<Reward>,
    /// A certificate template, below the contests folder.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) certificate: Option<String>,
    /// Whether it leaves as a list of proposals to an authority (拟推荐名单). Default: false.
    pub(crate) proposal: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum AwardTo {
    /// Entrants.
    Entrants,
    /// Teams.
    Teams,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Per {
    /// Once in the contest.
    Contest,
    /// For each event.
    Event,
    /// For each group of each event.
    Group,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PercentOf {
    /// All who registered.
    Registered,
    /// All who are ranked.
    Ranked,
    /// All who are ranked at or above `at-least`.
    Qualified,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct FieldSize {
    /// From this number of ranked entrants on.
    #[schemars(range(min = 0, max = 1_000_000))]
    pub(crate) from: u32,
    /// So many awards.
    #[schemars(range(min = 0, max = 1_000_000))]
    pub(crate) count: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum WhoGets {
    /// 优胜奖: the upper half of the ranked without a prize of the ladder.
    UpperHalf,
    /// Everybody who fits.
    Everyone,
    /// Whom the organizer names.
    Nominated,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Boundary {
    /// All tied get it, and the next award of the ladder has fewer.
    AllInNextShrinks,
    /// All tied get it.
    AllInGrows,
    /// None of the tied gets it.
    NoneIn,
    /// People decide, and it is recorded.
    PeopleDecide,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Revoked {
    /// 顺延.
    NextMovesUp,
    /// 空缺.
    StaysEmpty,
    /// People decide, and it is recorded.
    PeopleDecide,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Reward {
    /// Money.
    pub(crate) money: Option<Number>,
    /// Points.
    pub(crate) points: Option<Number>,
    /// What else: a medal, 晋升高级工.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) text: Option<String>,
}
