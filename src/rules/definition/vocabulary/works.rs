//! `[[collection]]`: works judged at a distance: hazard reports, proposals, essays, photographs (征集).

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Name, Number, Rounding};

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Collection {
    /// Its id.
    pub(crate) id: Name,
    /// Its name. Default: the id.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: Option<String>,
    /// What is collected; decides about words and about what `fields` leaves out.
    pub(crate) kind: WorkKind,
    /// What those who take part read above the form.
    #[schemars(length(min = 1, max = 2000))]
    pub(crate) description: Option<String>,
    /// The first moment at which a work is taken, as 2026-01-01T00:00. Default: when the contest runs.
    #[schemars(length(min = 10, max = 25))]
    pub(crate) opens: Option<String>,
    /// The moment from which none is taken. Default: when it is closed by hand.
    #[schemars(length(min = 10, max = 25))]
    pub(crate) closes: Option<String>,
    /// What a work consists of.
    #[serde(default)]
    pub(crate) fields: WorkFields,
    /// Points of each event; those of one work add up.
    #[serde(default)]
    pub(crate) points: WorkPoints,
    /// Grades of accepted works, each with points of its own in place of `accepted`. Default: none.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub(crate) grade: Vec<WorkGrade>,
    /// Limits against farming.
    #[serde(default)]
    pub(crate) limits: WorkLimits,
    /// What somebody without a work has. Default: "missing".
    pub(crate) none_is: Option<NoneIs>,
    /// Whether judges see whose a work is. Default: false.
    pub(crate) author_shown: Option<bool>,
    /// Marks by judges, each at home. Default: none.
    pub(crate) judging: Option<WorkJudging>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum WorkKind {
    /// 隐患随手拍: text and place needed, up to 3 pictures.
    Hazard,
    /// 合理化建议: title and text needed, up to 3 pictures.
    Proposal,
    /// 征文: title and text needed, no pictures.
    Essay,
    /// 摄影作品: title and 1 to 3 pictures needed, text and place may be given.
    Photograph,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct WorkFields {
    /// Whether it has a title. Default: by the kind.
    pub(crate) title: Option<Asked>,
    /// Whether it has a text. Default: by the kind.
    pub(crate) text: Option<Asked>,
    /// Characters of the text at most. Default: 500; of a proposal 2000, of an essay 10000.
    #[schemars(range(min = 10, max = 20_000))]
    pub(crate) text_max: Option<u32>,
    /// Whether it says where. Default: by the kind.
    pub(crate) place: Option<Asked>,
    /// Pictures at least. Default: by the kind.
    #[schemars(range(min = 0, max = 9))]
    pub(crate) pictures_least: Option<u32>,
    /// Pictures at most. Default: by the kind.
    #[schemars(range(min = 0, max = 9))]
    pub(crate) pictures_most: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Asked {
    /// Not asked.
    No,
    /// May be left empty.
    May,
    /// Must be given.
    Must,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct WorkPoints {
    /// Handed in, and not withdrawn. Default: 0.
    pub(crate) submitted: Option<Number>,
    /// Accepted by its checker (采纳). Default: 0.
    pub(crate) accepted: Option<Number>,
    /// Not accepted (未采纳). Default: 0.
    pub(crate) declined: Option<Number>,
    /// Another one said it before (重复). Default: 0.
    pub(crate) duplicate: Option<Number>,
    /// Found to be untrue (不实). Default: 0.
    #[serde(rename = "false")]
    pub(crate) untrue: Option<Number>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WorkGrade {
    /// Its id.
    pub(crate) id: Name,
    /// Its name. Default: the id.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: Option<String>,
    /// Points of a work that is accepted in it.
    pub(crate) points: Number,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct WorkLimits {
    /// Works that are taken of one person on one local day. Default: 20.
    #[schemars(range(min = 1, max = 1000))]
    pub(crate) per_day: Option<u32>,
    /// The first so many of a local day earn points. Default: all.
    #[schemars(range(min = 1, max = 1000))]
    pub(crate) counted_per_day: Option<u32>,
    /// The first so many of a local month earn points. Default: all.
    #[schemars(range(min = 1, max = 10_000))]
    pub(crate) counted_per_month: Option<u32>,
    /// So many points at most are earned by the works of a local month. Default: no limit.
    pub(crate) points_per_month: Option<Number>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NoneIs {
    /// No value: what is not there is not 0.
    Missing,
    /// 0 points.
    Zero,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WorkJudging {
    /// How many judges mark each work, none of the author's unit.
    #[schemars(range(min = 1, max = 50))]
    pub(crate) judges: u32,
    /// The lowest mark. Default: 0.
    pub(crate) min: Option<Number>,
    /// The highest mark.
    pub(crate) max: Number,
    /// Marks come in multiples of this, from the lowest. Default: 1.
    pub(crate) step: Option<Number>,
    /// How the marks become one number. Default: "mean".
    pub(crate) aggregate: Option<WorkAggregate>,
    /// Highest marks to drop. Default: 0.
    #[schemars(range(min = 0, max = 20))]
    pub(crate) drop_high: Option<u32>,
    /// Lowest marks to drop. Default: 0.
    #[schemars(range(min = 0, max = 20))]
    pub(crate) drop_low: Option<u32>,
    /// The rounding of that number. Default: as in the contest.
    pub(crate) rounding: Option<Rounding>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum WorkAggregate {
    /// The mean.
    Mean,
    /// The sum.
    Sum,
    /// The middle mark; the mean of the middle two.
    Median,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum WorksRead {
    /// 积分.
    Points,
    /// 采纳件数.
    Accepted,
    /// 提交件数.
    Submitted,
    /// 评审得分, of the best one, once the collection is closed.
    Mark,
}
