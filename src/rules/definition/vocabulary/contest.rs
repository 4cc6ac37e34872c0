//! `[contest]`, `[entrants]`, `[[event]]`, `[[group]]`, `[[round]]`, `[total]`, `[ranking]`, `[timetable]`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Name, Number, NumberOrNone};

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Contest {
    /// The contest's id.
    pub(crate) id: Name,
    /// The name on boards, lists and certificates.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: String,
    /// A second line below the title.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) subtitle: Option<String>,
    /// Who holds the contest (主办单位), printed on documents.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) organizer: Option<String>,
    /// The language of the contest's own texts, as a BCP 47 tag. Default: "zh-CN".
    #[schemars(length(min = 2, max = 35))]
    pub(crate) language: Option<String>,
    /// The IANA time zone of printed times. Default: "Asia/Shanghai".
    #[schemars(length(min = 1, max = 60))]
    pub(crate) timezone: Option<String>,
    /// What judges are called: "referees" (裁判) or "adjudicators" (评委). Default: "referees".
    pub(crate) judges_are: Option<JudgeWord>,
    /// What the public board shows while marking goes on. Default: "numbers".
    pub(crate) board: Option<Board>,
    /// Rows of each table that the public sees; one's own place is always reachable. Default: 50.
    #[schemars(range(min = 1, max = 1000))]
    pub(crate) board_rows: Option<u32>,
    /// Whether names are masked in public, 王芳 as 王*. Default: false.
    pub(crate) mask_names: Option<bool>,
    /// Whether a score appears only when the next entrant of the draw has finished. Default: false.
    pub(crate) after_next: Option<bool>,
    /// From when a panel's marks of an entrant count publicly. Default: "submitted".
    pub(crate) counts_when: Option<CountsWhen>,
    /// Rounding at every printed level. Default: 2 digits, half up.
    pub(crate) rounding: Option<Rounding>,
    /// Another rounding for some levels.
    pub(crate) rounding_at: Option<RoundingAt>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum JudgeWord {
    /// 裁判, in skills contests and sport.
    Referees,
    /// 评委, in speech, song and dance contests.
    Adjudicators,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Board {
    /// Nothing.
    Off,
    /// Draw numbers until identities are opened.
    Numbers,
    /// Names.
    Names,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CountsWhen {
    /// When the whole panel has submitted this entrant's sheet.
    Submitted,
    /// When the panel has signed.
    Signed,
}

/// `{ digits = 2, mode = "half-up" }`, or "exact" for none.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Rounding {
    Exact(ExactWord),
    Digits(RoundingDigits),
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ExactWord {
    /// Not rounded.
    Exact,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct RoundingDigits {
    /// Digits after the point.
    #[schemars(range(min = 0, max = 10))]
    pub(crate) digits: u32,
    /// How. Default: "half-up".
    pub(crate) mode: Option<RoundingMode>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RoundingMode {
    /// 四舍五入: halves away from zero.
    HalfUp,
    /// 四舍六入五成双: halves to the even digit.
    HalfEven,
    /// 截尾: further digits are cut off.
    Truncate,
    /// Away from zero.
    Up,
    /// Toward negative infinity.
    Down,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct RoundingAt {
    /// Each mark before it is used. Default: "exact".
    pub(crate) mark: Option<Rounding>,
    /// The number that a panel becomes. Default: as `rounding`.
    pub(crate) panel: Option<Rounding>,
    /// An aspect's points. Default: as `rounding`.
    pub(crate) aspect: Option<Rounding>,
    /// A piece's points. Default: as `rounding`.
    pub(crate) piece: Option<Rounding>,
    /// A stage's score. Default: as `rounding`.
    pub(crate) stage: Option<Rounding>,
    /// The total. Default: as `rounding`.
    pub(crate) total: Option<Rounding>,
    /// A team's or unit's score. Default: as `rounding`.
    pub(crate) team: Option<Rounding>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Titled {
    /// Its id.
    pub(crate) id: Name,
    /// Its name. Default: the id.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Entrants {
    /// Columns with a number that formulas, factors and ties may name.
    #[schemars(length(max = 50))]
    pub(crate) values: Vec<Titled>,
    /// What is decided as yes or no at registration (under 35, women, a column).
    #[schemars(length(max = 50))]
    pub(crate) eligibility: Vec<Eligibility>,
    /// What somebody without a PIN gives beside the employee number to come in for the first time. Default: "off".
    pub(crate) first_log_in: Option<FirstLogIn>,
    /// Whether people who are not on the list may ask to take part; an organizer approves each. Default: false.
    pub(crate) self_registration: Option<bool>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FirstLogIn {
    /// Nothing: the first way in is a personal link, or a PIN that somebody was given.
    Off,
    /// The last four digits of the phone number.
    PhoneLast4,
    /// The day of birth.
    BirthDate,
    /// The unit.
    Unit,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Eligibility {
    /// Its id; without `under` and `gender` also the column of the entrant list that says yes (是).
    pub(crate) id: Name,
    /// Its name. Default: the id.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: Option<String>,
    /// By age.
    pub(crate) under: Option<Under>,
    /// By gender.
    pub(crate) gender: Option<Gender>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Under {
    /// Younger than this many years.
    #[schemars(range(min = 1, max = 120))]
    pub(crate) years: u32,
    /// On this day, as "2026-06-30".
    #[schemars(length(min = 1, max = 20))]
    pub(crate) on: String,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Gender {
    /// 女.
    Women,
    /// 男.
    Men,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Round {
    /// Its id.
    pub(crate) id: Name,
    /// Its name. Default: the id.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: Option<String>,
    /// Ids of the stages it is made of.
    #[schemars(length(min = 1, max = 100))]
    pub(crate) stages: Vec<Name>,
    /// Whether scores of earlier rounds count on. Default: true.
    pub(crate) carry: Option<bool>,
    /// Who goes on to the next round. Default: everybody.
    pub(crate) cut: Option<Cut>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Cut {
    /// The first so many.
    #[schemars(range(min = 1, max = 100_000))]
    pub(crate) top: Option<u32>,
    /// Everybody with at least this score.
    pub(crate) at_least: Option<Number>,
    /// Who goes on when the last place is tied. Default: "all-in".
    pub(crate) ties: Option<CutTies>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CutTies {
    /// All of them.
    AllIn,
    /// None of them.
    NoneIn,
    /// The tie chain decides, then people.
    Decided,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Total {
    /// The least total; "none" for no limit. Default: 0.
    pub(crate) floor: Option<NumberOrNone>,
    /// The total's rounding. Default: as in the contest.
    pub(crate) rounding: Option<Rounding>,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Ranking {
    /// Which total leads. Default: "highest".
    pub(crate) first: Option<First>,
    /// What decides a tie on the total, in order; the last one says how it ends: "people-decide" or "shared".
    #[schemars(length(max = 30), inner(length(min = 1, max = 200)))]
    pub(crate) ties: Option<Vec<String>>,
    /// Totals closer than this count as tied. Default: none.
    pub(crate) tolerance: Option<Number>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum First {
    /// The highest number leads.
    Highest,
    /// The lowest number leads.
    Lowest,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Timetable {
    /// Entrants expected.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub(crate) entrants: u32,
    /// Stations (工位) at work at the same time.
    #[schemars(range(min = 1, max = 10_000))]
    pub(crate) stations: u32,
    /// Minutes that one entrant holds a station.
    #[schemars(range(min = 1, max = 10_000))]
    pub(crate) minutes_each: u32,
    /// Hours there are in all.
    pub(crate) hours: Number,
}
