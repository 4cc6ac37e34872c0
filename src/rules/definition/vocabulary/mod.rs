//! What a definition file may say: its tables, keys, words and numbers, exactly. The JSON Schema comes from here.
//!
//! Nothing is decided here: defaults are filled in by `lower`, sense is made by `check`. Every key's first
//! comment is its description in the schema.

mod award;
mod contest;
mod indicator;
mod ladder;
mod number;
mod panel;
mod paper;
mod season;
mod stage;
mod works;

use schemars::JsonSchema;
use serde::Deserialize;

pub(crate) use award::*;
pub(crate) use contest::*;
pub(crate) use indicator::*;
pub(crate) use ladder::*;
pub(crate) use number::*;
pub(crate) use panel::*;
pub(crate) use paper::*;
pub(crate) use season::*;
pub(crate) use stage::*;
pub(crate) use works::*;

/// A contest definition for Leitai.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct File {
    /// The format of this file; defaults never change within a format.
    #[schemars(range(min = 1, max = 1))]
    #[expect(dead_code, reason = "there is one format; the schema holds it to 1")]
    pub(crate) format: u32,
    /// The contest as a whole (竞赛).
    pub(crate) contest: Contest,
    /// Columns of the entrant list that rules read (选手名单).
    #[serde(default)]
    pub(crate) entrants: Entrants,
    /// Events (工种/赛项), each ranked apart. None: one event without a name.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub(crate) event: Vec<Titled>,
    /// Groups (组别), each ranked apart. None: one group without a name.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub(crate) group: Vec<Titled>,
    /// Stages (阶段), in the order of the day.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub(crate) stage: Vec<Stage>,
    /// Rounds (轮次) with cuts between them. None: all stages are one round.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub(crate) round: Vec<Round>,
    /// How stages become the total (总成绩).
    #[serde(default)]
    pub(crate) total: Total,
    /// How totals become ranks (排名).
    #[serde(default)]
    pub(crate) ranking: Ranking,
    /// Teams (团体), scored from their members.
    pub(crate) teams: Option<Teams>,
    /// Further rankings from the same marks: of units, of some of the entrants.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub(crate) table: Vec<Table>,
    /// Awards (奖项), in the order in which they are given out: the highest of a ladder first.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub(crate) award: Vec<Award>,
    /// Ladders (擂台): whoever wins against somebody above moves up.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub(crate) ladder: Vec<Ladder>,
    /// Papers (试卷): drawn from a bank of items, answered by workers, marked at once.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub(crate) paper: Vec<Paper>,
    /// Collections (征集) of works judged at a distance: hazard reports, proposals, essays, photographs.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub(crate) collection: Vec<Collection>,
    /// How indicators become scores and ranks (指标考核).
    #[serde(default)]
    pub(crate) indicators: Indicators,
    /// Periods (周期) in which indicators are judged or stars given, in the order of time.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub(crate) period: Vec<Period>,
    /// Indicators (指标) of a labor competition; the entrants are units.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub(crate) indicator: Vec<Indicator>,
    /// Honours (流动红旗) that the first of a period hold until the next one is published.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub(crate) honour: Vec<Honour>,
    /// How sources find this contest's entrants (积分榜).
    #[serde(default)]
    pub(crate) season: Season,
    /// Other contests whose results are points here (积分来源).
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub(crate) source: Vec<Source>,
    /// How stars are given (班组星级).
    #[serde(default)]
    pub(crate) stars: Stars,
    /// The stars, from the lowest up (星级).
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub(crate) star: Vec<Star>,
    /// The size of the day, for a warning when it does not fit (赛程).
    pub(crate) timetable: Option<Timetable>,
}
