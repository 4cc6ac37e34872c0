//! `[[ladder]]`: challenge and promote (擂台).

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Name, Reward};

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Ladder {
    /// Its id.
    pub(crate) id: Name,
    /// Its name on boards, lists and certificates.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: String,
    /// Who may stand on it: a post, a speciality, a department. Default: everybody.
    pub(crate) r#for: Option<LadderFor>,
    /// How a challenge is decided.
    pub(crate) format: LadderFormat,
    /// The paper that is sat, with "record" and "duel".
    pub(crate) paper: Option<Name>,
    /// The stage that is judged, with "judged".
    pub(crate) stage: Option<Name>,
    /// How somebody comes onto it.
    #[serde(default)]
    pub(crate) entry: LadderEntry,
    /// Whom one may challenge. Default: anybody above; with tiers, the tier above.
    #[serde(default)]
    pub(crate) range: LadderRange,
    /// What winning moves. Default: "insert".
    pub(crate) movement: Option<LadderMovement>,
    /// Seats of each tier from the top, with "tiers"; below is one more without limit.
    #[schemars(length(min = 1, max = 20), inner(range(min = 1, max = 10_000)))]
    pub(crate) seats: Option<Vec<u32>>,
    /// How long a record stands, with "record".
    pub(crate) records: Option<LadderRecords>,
    /// Until when a challenge is answered and played.
    #[serde(default)]
    pub(crate) answer: LadderAnswer,
    /// Days and hours that do not count.
    #[serde(default)]
    pub(crate) calendar: LadderCalendar,
    /// What follows when a challenge is declined, not answered, or not played.
    #[serde(default)]
    pub(crate) lapses: LadderLapses,
    /// Who may not challenge, or be challenged, for how long.
    #[serde(default)]
    pub(crate) rest: LadderRest,
    /// How many challenges somebody has at a time.
    #[serde(default)]
    pub(crate) at_once: LadderAtOnce,
    /// Who plays nothing for long drops. Default: nobody does.
    pub(crate) idle: Option<LadderIdle>,
    /// Days of ordinary leave in a calendar year; sick and maternity leave always hold. Default: no limit.
    #[schemars(range(min = 1, max = 366))]
    pub(crate) leave_days_most: Option<u32>,
    /// Seasons. Default: one without an end.
    pub(crate) season: Option<LadderSeason>,
    /// When games of the same two stop counting. Default: each counts.
    pub(crate) same_pair: Option<LadderSamePair>,
    /// What whoever takes the top place gets (新科明星).
    #[serde(default)]
    pub(crate) star: LadderStar,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct LadderFor {
    /// Of this event.
    pub(crate) event: Option<Name>,
    /// Of this group.
    pub(crate) group: Option<Name>,
    /// Of this unit or one below it, by its path.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) unit: Option<String>,
    /// For whom all of these eligibilities hold.
    #[schemars(length(max = 20))]
    pub(crate) eligible: Vec<Name>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LadderFormat {
    /// Beat the holder's record: a fresh paper, better by score, then by time.
    Record,
    /// Both sit the same paper.
    Duel,
    /// Judges decide, on a challenge day.
    Judged,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct LadderEntry {
    /// Where. Default: "bottom".
    pub(crate) by: Option<LadderEntryBy>,
    /// Whether a newcomer's first challenge may go to anybody. Default: false.
    pub(crate) free_challenge: Option<bool>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LadderEntryBy {
    /// At the bottom.
    Bottom,
    /// By a first score on the ladder's paper.
    Score,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct LadderRange {
    /// So many places up; with tiers, so many tiers.
    #[schemars(range(min = 1, max = 10_000))]
    pub(crate) up: Option<u32>,
    /// By one's own place; rows ascend.
    #[schemars(length(min = 1, max = 50))]
    pub(crate) by_place: Option<Vec<LadderRangeRow>>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct LadderRangeRow {
    /// From this place on.
    #[schemars(range(min = 2, max = 1_000_000))]
    pub(crate) from: u32,
    /// So many places up.
    #[schemars(range(min = 1, max = 10_000))]
    pub(crate) up: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LadderMovement {
    /// The two change places.
    Swap,
    /// The challenger takes the place, those between move down one.
    Insert,
    /// Swap when adjacent, insert otherwise.
    SwapOrInsert,
    /// Tiers with limited seats: promotion pushes the lowest holder down.
    Tiers,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct LadderRecords {
    /// With what a record ends. Default: "month".
    pub(crate) expires: Option<LadderExpires>,
    /// A record ends so many days after it was set, in place of `expires`.
    #[schemars(range(min = 1, max = 3660))]
    pub(crate) days: Option<u32>,
    /// What follows when a holder has not defended in time: for days when the record ends, else a whole month, quarter
    /// or year without a record. Default: "open".
    pub(crate) undefended: Option<LadderUndefended>,
    /// Places that the holder falls, with `undefended = "drop"`. Default: 1.
    #[schemars(range(min = 1, max = 10_000))]
    pub(crate) drop: Option<u32>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LadderExpires {
    /// The calendar month.
    Month,
    /// The calendar quarter.
    Quarter,
    /// The calendar year.
    Year,
    /// Nothing: it stands for ever.
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LadderUndefended {
    /// The place is kept, and any score takes it.
    Open,
    /// The holder falls.
    Drop,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct LadderAnswer {
    /// Days to accept or decline. Default: 7.
    #[schemars(range(min = 1, max = 365))]
    pub(crate) respond_days: Option<u32>,
    /// Hours to accept or decline, in place of days.
    #[schemars(range(min = 1, max = 8760))]
    pub(crate) respond_hours: Option<u32>,
    /// Days to play, from the answer on. Default: 7.
    #[schemars(range(min = 1, max = 365))]
    pub(crate) play_days: Option<u32>,
    /// Hours to play, in place of days. Default with "record": 24.
    #[schemars(range(min = 1, max = 8760))]
    pub(crate) play_hours: Option<u32>,
    /// Hours beyond the time to play. Default: 0.
    #[schemars(range(min = 0, max = 720))]
    pub(crate) grace_hours: Option<u32>,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct LadderCalendar {
    /// Shutdowns and holidays: deadlines stand still, nobody is challenged.
    #[schemars(length(max = 200))]
    pub(crate) closed: Vec<LadderClosed>,
    /// Hours of every day in which nobody of this post may challenge or play; they do not count.
    #[schemars(length(max = 10))]
    pub(crate) forbidden: Vec<LadderHours>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct LadderClosed {
    /// The first day, as "2026-10-01".
    #[schemars(length(min = 1, max = 20))]
    pub(crate) from: String,
    /// The last day. Default: the first.
    #[schemars(length(min = 1, max = 20))]
    pub(crate) to: Option<String>,
    /// Its name. Default: none.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: Option<String>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct LadderHours {
    /// From this local time, as "22:00".
    #[schemars(length(min = 1, max = 10))]
    pub(crate) from: String,
    /// To this local time; before `from` it is of the next day.
    #[schemars(length(min = 1, max = 10))]
    pub(crate) to: String,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct LadderLapses {
    /// Lapses without consequence within the window. Default: 1.
    #[schemars(range(min = 0, max = 100))]
    pub(crate) allowed: Option<u32>,
    /// The window in days. Default: 90.
    #[schemars(range(min = 1, max = 3660))]
    pub(crate) window_days: Option<u32>,
    /// What follows beyond it. Default: "forfeit".
    pub(crate) consequence: Option<LadderConsequence>,
    /// Places to fall, with `consequence = "drop"`. Default: 1.
    #[schemars(range(min = 1, max = 10_000))]
    pub(crate) drop: Option<u32>,
    /// What a challenger gets when the defender forfeits. Default: "full".
    pub(crate) walkover: Option<LadderWalkover>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LadderConsequence {
    /// The challenge is lost.
    Forfeit,
    /// Who lapsed falls some places.
    Drop,
    /// Who lapsed leaves the ladder.
    Remove,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LadderWalkover {
    /// As if won.
    Full,
    /// The challenger rises one place, and the defender drops below.
    One,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct LadderRest {
    /// Days in which a challenger who lost challenges nobody. Default: 7.
    #[schemars(range(min = 0, max = 365))]
    pub(crate) loser_days: Option<u32>,
    /// Days in which the same two do not meet again. Default: 7.
    #[schemars(range(min = 0, max = 365))]
    pub(crate) pair_days: Option<u32>,
    /// Days in which a winner is not challenged; the winner may waive them. Default: 7.
    #[schemars(range(min = 0, max = 365))]
    pub(crate) winner_days: Option<u32>,
    /// Challenges that one person makes on one day. Default: 3.
    #[schemars(range(min = 1, max = 100))]
    pub(crate) tries_per_day: Option<u32>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct LadderAtOnce {
    /// Open challenges that one person has made. Default: 1.
    #[schemars(range(min = 1, max = 100))]
    pub(crate) out: Option<u32>,
    /// Open challenges to one person. Default: 1.
    #[schemars(range(min = 1, max = 1000))]
    pub(crate) r#in: Option<u32>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct LadderIdle {
    /// Days without a game.
    #[schemars(range(min = 1, max = 3660))]
    pub(crate) days: u32,
    /// Places to drop. Default: 1.
    #[schemars(range(min = 1, max = 10_000))]
    pub(crate) drop: Option<u32>,
    /// The first so many places never drop. Default: 0.
    #[schemars(range(min = 0, max = 10_000))]
    pub(crate) top_exempt: Option<u32>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct LadderSeason {
    /// The first day of the first season, as "2026-01-01".
    #[schemars(length(min = 1, max = 20))]
    pub(crate) starts: String,
    /// Months of each season.
    #[schemars(range(min = 1, max = 60))]
    pub(crate) months: u32,
    /// No new challenges in the last so many days. Default: 0.
    #[schemars(range(min = 0, max = 90))]
    pub(crate) freeze_days: Option<u32>,
    /// Titles at the end, for the places from the top.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub(crate) titles: Vec<LadderSeasonTitle>,
    /// How the next season begins. Default: "keep".
    pub(crate) seed: Option<LadderSeed>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct LadderSeasonTitle {
    /// Its name.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: String,
    /// What comes with it.
    pub(crate) reward: Option<Reward>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LadderSeed {
    /// In the order of the old.
    Keep,
    /// With an empty ladder.
    Empty,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct LadderSamePair {
    /// So many games count.
    #[schemars(range(min = 1, max = 100))]
    pub(crate) games: u32,
    /// Within so many days.
    #[schemars(range(min = 1, max = 3660))]
    pub(crate) days: u32,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct LadderStar {
    /// Its name. Default: "新科明星".
    #[schemars(length(min = 1, max = 200))]
    pub(crate) title: Option<String>,
    /// What comes with it.
    pub(crate) reward: Option<Reward>,
    /// How often one person gets it. Default: "season" where there are seasons, else "year".
    pub(crate) per: Option<LadderPeriod>,
    /// A certificate template, below the contests folder.
    #[schemars(length(min = 1, max = 200))]
    pub(crate) certificate: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LadderPeriod {
    /// Once in each calendar month.
    Month,
    /// Once in each calendar quarter.
    Quarter,
    /// Once in each calendar year.
    Year,
    /// Once in each season.
    Season,
    /// Once for ever.
    Once,
}
