//! `[[paper]]`: what a paper asks, when, how often, and what counts (知识竞赛).

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Name, Number};

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Paper {
    /// Its id.
    pub(crate) id: Name,
    /// Its name.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: String,
    /// The bank of items (题库) it is drawn from.
    pub(crate) bank: Name,
    /// Minutes to answer it, by the server's clock. Default: no limit.
    #[schemars(range(min = 1, max = 1440))]
    pub(crate) minutes: Option<u32>,
    /// The blueprint (组卷规则): so many items of such a sort, in this order.
    #[schemars(length(min = 1, max = 50))]
    pub(crate) part: Vec<PaperPart>,
    /// Whether everybody gets the items in another order. Default: true.
    pub(crate) shuffle_items: Option<bool>,
    /// Whether everybody gets the options in another order. Default: true.
    pub(crate) shuffle_options: Option<bool>,
    /// When it is open, in local time. Default: while the contest runs.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub(crate) window: Vec<PaperWindow>,
    /// How often it may be sat, and what counts.
    #[serde(default)]
    pub(crate) attempts: PaperAttempts,
    /// A paper with at least so many right items is valid (有效答卷). Default: every finished one.
    #[schemars(range(min = 0, max = 1000))]
    pub(crate) right_at_least: Option<u32>,
    /// Whether it may be practised without counting. Default: false.
    pub(crate) practice: Option<bool>,
    /// What is shown of a finished paper. Default: "score".
    pub(crate) after: Option<PaperAfter>,
    /// Points of a paper are never fewer. Default: 0.
    pub(crate) floor: Option<Number>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct PaperPart {
    /// Its name on the paper.
    #[schemars(length(min = 1, max = 100))]
    pub(crate) title: Option<String>,
    /// The kind of items (题型). Default: any.
    pub(crate) kind: Option<ItemKind>,
    /// Their subject (专业), as the bank writes it. Default: any.
    #[schemars(length(min = 1, max = 100))]
    pub(crate) subject: Option<String>,
    /// Their difficulty (难度). Default: any.
    pub(crate) difficulty: Option<Difficulty>,
    /// How many.
    #[schemars(range(min = 1, max = 500))]
    pub(crate) count: u32,
    /// Points of each.
    pub(crate) points: Number,
    /// What ticks are worth in a multiple choice. Default: "exact".
    pub(crate) choice: Option<ChoiceWord>,
    /// The share of the points for a part of the right ticks, with "subset-fixed". Default: 0.5.
    pub(crate) share: Option<Number>,
    /// Points for each right tick, with "per-option".
    pub(crate) per_option: Option<Number>,
    /// What a wrong click, or a place marked in vain, takes away: this share of one place's points. Default: 0.5.
    pub(crate) wrong_place: Option<Number>,
    /// Clicks that a picture takes. Default: 10.
    #[schemars(range(min = 1, max = 100))]
    pub(crate) clicks: Option<u32>,
    /// Points come in multiples of this. Default: as computed.
    pub(crate) step: Option<Number>,
    /// How they are rounded to the step. Default: "half-up".
    pub(crate) step_mode: Option<StepMode>,
    /// Points of an item are never fewer. Default: 0.
    pub(crate) floor: Option<Number>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ItemKind {
    /// 单选题.
    Single,
    /// 多选题.
    Multiple,
    /// 判断题.
    TrueFalse,
    /// 填空题.
    FillIn,
    /// 数值题.
    Number,
    /// 排序题.
    Ordering,
    /// 匹配题.
    Matching,
    /// 查找改错题.
    FindFix,
    /// 隐患识别.
    Hazards,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Difficulty {
    /// 易.
    Easy,
    /// 中.
    Medium,
    /// 难.
    Hard,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ChoiceWord {
    /// 全对得分: all points when everything right and nothing wrong is ticked.
    Exact,
    /// 少选得部分分: a fixed share when something right is missing and nothing wrong is ticked.
    SubsetFixed,
    /// 少选按比例: the share of the right ticks when nothing wrong is ticked.
    SubsetProportional,
    /// 每选对一项得分: so many points for each right tick when nothing wrong is ticked.
    PerOption,
    /// 对错相抵: P(c − w)/K, at least 0.
    RightMinusWrong,
    /// P(c − w)/(K + W), at least 0.
    PerOptionPenalty,
    /// 逐项判断: P(c + W − w)/(K + W).
    EveryOption,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum StepMode {
    /// 四舍五入.
    HalfUp,
    /// 进一.
    Up,
    /// 舍去.
    Down,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct PaperWindow {
    /// The first moment, as 2026-06-01T08:00. Default: since ever.
    #[schemars(length(min = 10, max = 25))]
    pub(crate) opens: Option<String>,
    /// The moment from which it is closed; what is being answered then is handed in by itself. Default: never.
    #[schemars(length(min = 10, max = 25))]
    pub(crate) closes: Option<String>,
    /// Only this group. Default: all.
    pub(crate) group: Option<Name>,
    /// Only this unit and those below it. Default: all.
    #[schemars(length(min = 1, max = 300))]
    pub(crate) unit: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct PaperAttempts {
    /// In all. Default: no limit.
    #[schemars(range(min = 1, max = 10_000))]
    pub(crate) most: Option<u32>,
    /// On one local day. Default: no limit.
    #[schemars(range(min = 1, max = 1000))]
    pub(crate) per_day: Option<u32>,
    /// Minutes from the end of one to the start of the next. Default: 0.
    #[schemars(range(min = 0, max = 100_000))]
    pub(crate) delay_minutes: Option<u32>,
    /// Which of them count. Default: "best".
    pub(crate) take: Option<PaperTake>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PaperTake {
    /// 最好一次; of equal points the one with less time.
    Best,
    /// 最后一次.
    Last,
    /// 第一次.
    First,
    /// 平均.
    Mean,
    /// 累计得分.
    Sum,
    /// 有效答卷数.
    ValidPapers,
    /// 有效答题天数.
    ValidDays,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PaperAfter {
    /// Nothing.
    Nothing,
    /// The points.
    Score,
    /// And which items were right.
    Right,
    /// And what would have been right, and why.
    Explained,
}
