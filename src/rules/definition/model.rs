//! The definition as the program works with it: every default filled in, every kind its own case.
//!
//! What a file may *say* is in `vocabulary`; what is left after all checks is here, and the wrong thing
//! cannot be written. Knows neither TOML nor positions.

use rust_decimal::Decimal;

use crate::rules::names::Id;

/// One contest's rules. All lists keep the order of the file; ids are unique within their list, aspect ids
/// within their stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    pub id: Id,
    pub title: String,
    pub subtitle: Option<String>,
    /// Who holds the contest (主办单位), printed on documents.
    pub organizer: Option<String>,
    /// BCP 47, of the contest's own texts.
    pub language: String,
    /// An IANA zone, for the printed times.
    pub timezone: String,
    pub judges_are: JudgeWord,
    pub board: BoardRule,
    pub counts_when: CountsWhen,
    pub entrants: EntrantRules,
    /// Empty: one event without a name.
    pub events: Vec<Titled>,
    /// Empty: one group without a name.
    pub groups: Vec<Titled>,
    pub stages: Vec<Stage>,
    /// Empty: all stages are one round.
    pub rounds: Vec<Round>,
    pub total: Total,
    pub ranking: Ranking,
    pub teams: Option<TeamRule>,
    /// Parallel rankings from the same marks, and unit tables.
    pub tables: Vec<Table>,
    pub awards: Vec<Award>,
    pub ladders: Vec<crate::rules::ladder::Rules>,
    pub papers: Vec<crate::rules::papers::Rules>,
    pub timetable: Option<Timetable>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Titled {
    pub id: Id,
    pub title: String,
}

/// 裁判 in skills contests, 评委 in speech and song contests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JudgeWord {
    Referee,
    Adjudicator,
}

/// What the public board may show while marking goes on.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardRule {
    pub shows: BoardShows,
    /// 王芳 is shown as 王*.
    pub mask_names: bool,
    /// The top rows shown to the public; one's own place is always reachable.
    pub rows: usize,
    /// A score appears only when the next entrant of the draw has finished (speech contests).
    pub after_next: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoardShows {
    Off,
    /// Draw numbers until identities are opened.
    Numbers,
    Names,
}

/// From when a panel's marks of an entrant count publicly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountsWhen {
    /// The whole panel has submitted this entrant's sheet.
    Submitted,
    Signed,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntrantRules {
    /// Columns of the entrant list that formulas may name; numbers.
    pub values: Vec<Titled>,
    /// Decided as yes or no at registration.
    pub eligibilities: Vec<Eligibility>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Eligibility {
    pub id: Id,
    pub title: String,
    pub test: EligibilityTest,
}

#[derive(Clone, Debug, PartialEq)]
pub enum EligibilityTest {
    /// Younger than `years` on `date` (ISO), from the birth date.
    Under {
        years: u32,
        date: String,
    },
    Women,
    Men,
    /// A column of the entrant list says yes (是, yes, 1, true).
    Column,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    pub digits: u32,
    pub mode: RoundingMode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundingMode {
    HalfUp,
    HalfEven,
    Truncate,
    /// Away from zero.
    Up,
    /// Toward negative infinity.
    Down,
}

/// A stage (阶段): theory, practice, a section, or one run of a round.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    pub id: Id,
    pub title: String,
    /// Empty: held by every event.
    pub events: Vec<Id>,
    /// Empty: held by every group.
    pub groups: Vec<Id>,
    /// Points at most; the sum of what its pieces and aspects allow when the file is silent and every part has a limit.
    pub max: Option<Decimal>,
    /// Weight in the total; `None` in a plain sum of sections.
    pub weight: Option<Decimal>,
    /// Score × 100 / max before weighting.
    pub rescale: bool,
    pub floor: Option<Decimal>,
    pub rounding: Option<Rounding>,
    pub absent: AbsentCounts,
    pub attempts: Attempts,
    pub standardise: Option<Standardise>,
    /// Replaces "sum of pieces and aspects"; names them.
    pub formula: Option<Formula>,
    pub panels: Vec<Panel>,
    pub pieces: Vec<Piece>,
    pub aspects: Vec<Aspect>,
    pub violations: Vec<Violation>,
}

/// What an absence (缺考) in a stage does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AbsentCounts {
    Unranked,
    Zero,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Attempts {
    pub count: u32,
    pub take: Take,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    Best,
    BestOf(u32),
    Sum,
    Mean,
    Last,
}

/// Evens out harsh and lenient panels when entrants are split over them.
#[derive(Clone, Debug, PartialEq)]
pub struct Standardise {
    pub method: StandardiseMethod,
    /// Entrants whose values in this column agree were marked by the same panel: `station`, `group`, `batch`…
    pub by: Id,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandardiseMethod {
    /// 700 + 30 × (x − mean) / standard deviation.
    ZScore,
    /// 700 + 30 × (x − median) / (1.4826 × MAD).
    MedianMad,
}

/// A piece or module (试件/模块).
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    pub id: Id,
    pub title: String,
    /// Multiplies the piece's points.
    pub factor: Decimal,
    pub floor: Option<Decimal>,
    pub rounding: Option<Rounding>,
}

/// A judging group (评分组): the panel that marks certain aspects.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    pub id: Id,
    pub title: String,
    /// Seats `1..=judges`.
    pub judges: u32,
    /// Aspects of its stage, by id.
    pub marks: Vec<Id>,
    pub aggregate: Aggregate,
    pub trim: Trim,
    pub extremes: Extremes,
    /// Each mark before it is used.
    pub mark_rounding: Option<Rounding>,
    /// The number that the panel becomes.
    pub rounding: Option<Rounding>,
    pub spread: Option<Spread>,
    pub missing: MissingJudge,
    /// Marks that must remain after dropping.
    pub remain: u32,
}

impl Panel {
    /// How many of so many marks are dropped.
    pub fn dropped(&self, marks: u32) -> u32 {
        match &self.trim {
            Trim::Fixed { high, low } => high + low,
            Trim::BySize(rows) => rows.iter().rev().find(|row| row.from <= marks).map_or(0, |row| row.high + row.low),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Aggregate {
    Mean,
    Sum,
    Median,
    Minimum,
    Maximum,
    /// By seat.
    Weighted(Vec<Decimal>),
    /// Two people enter the same measurement and must agree.
    Agree,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Trim {
    Fixed {
        high: u32,
        low: u32,
    },
    /// The last row whose `from` is at most the number of marks given; rows ascend.
    BySize(Vec<TrimRow>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrimRow {
    pub from: u32,
    pub high: u32,
    pub low: u32,
}

/// Whether highest and lowest are found aspect by aspect or on each judge's sheet total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extremes {
    Aspect,
    Sheet,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    pub measure: SpreadMeasure,
    /// Before or after the extremes are dropped.
    pub after_trimming: bool,
    pub limit: SpreadLimit,
    pub action: SpreadAction,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpreadMeasure {
    /// Highest − lowest.
    Range,
    /// Largest distance to the median.
    ToMedian,
}

#[derive(Clone, Debug, PartialEq)]
pub enum SpreadLimit {
    Points(Decimal),
    /// Of the aspect's max.
    Percent(Decimal),
    /// By the panel's number: the first row whose `from` is at most the number; rows descend.
    Bands(Vec<SpreadBand>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpreadBand {
    pub from: Decimal,
    pub max: Decimal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpreadAction {
    Warn,
    /// All judges of the panel, blind, once; then the chief.
    ReMark,
    /// The mean of all marks, nothing dropped.
    MeanOfAll,
    ChiefDecides,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingJudge {
    Wait,
    /// The mean of the given marks stands in for each missing one, before dropping.
    MeanStandsIn,
    /// Go on with those who marked.
    Smaller,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Aspect {
    pub id: Id,
    pub title: String,
    pub kind: AspectKind,
    /// Points at most (配分).
    pub max: Option<Decimal>,
    pub min: Option<Decimal>,
    /// `None`: marked for each piece of the stage, or once when it has none. `Some`: only for these; empty: once for the stage.
    pub pieces: Option<Vec<Id>>,
    /// Multiplies the points; then rounded.
    pub factor: Factor,
    pub rounding: Option<Rounding>,
    /// Points are computed by this from the recorded values, `panel`, other aspects and the entrant's values.
    pub formula: Option<Formula>,
    /// What the judge looks at, shown beside the control.
    pub description: Option<String>,
    /// Its value comes from papers; nobody enters it.
    pub paper: Option<PaperSource>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperSource {
    pub paper: Id,
    pub reads: Reads,
}

/// What of somebody's counted result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    Points,
    /// Time used.
    Seconds,
    /// The moment it was finished, in seconds since 1970.
    Finished,
    Right,
    /// Finished papers.
    Papers,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Factor {
    Constant(Decimal),
    /// A value of the entrant or a `value` aspect, by id.
    Named(Id),
}

#[derive(Clone, Debug, PartialEq)]
pub enum AspectKind {
    /// One value per judge in `min..=max`, a multiple of `step` from `min`.
    Judgement {
        min: Decimal,
        max: Decimal,
        step: Decimal,
    },
    /// 0–3 by described bands; points = max × sum / (3 × judges).
    BandedJudgement {
        bands: Vec<BandText>,
    },
    Measurement {
        values: Vec<Measured>,
        points: PointsRule,
    },
    /// Seconds, decimals allowed; a pause or extra time is already taken off.
    Time {
        points: PointsRule,
        limit_s: Option<Decimal>,
    },
    /// Only violations speak; starts at `max` when it has one, else at 0.
    Deduction,
    /// A value from outside, `0..=from_max`, scaled to `max`.
    Imported {
        from_max: Decimal,
        source: Option<String>,
    },
    /// No points of its own; formulas name it.
    Value {
        min: Option<Decimal>,
        max: Option<Decimal>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BandText {
    pub score: u32,
    pub text: String,
}

/// One recorded value of a measurement. A measurement with a single value may leave its id out; it is then `value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    pub id: Id,
    pub title: String,
    pub unit: Option<String>,
    pub kind: MeasuredKind,
    pub min: Option<Decimal>,
    pub max: Option<Decimal>,
    pub step: Option<Decimal>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasuredKind {
    Number,
    Count,
    /// 1 is yes.
    YesNo,
}

#[derive(Clone, Debug, PartialEq)]
pub enum PointsRule {
    /// The first band that fits; none fits: no score, with the reason.
    Bands(Vec<Band>),
    Linear(Linear),
    /// All points when every condition holds, else none.
    AllOrNothing {
        points: Decimal,
        when: Vec<Condition>,
    },
    /// Points by rank order of the value among all entrants: first, second, …; the last entry serves the rest.
    RankOrder {
        points: Vec<Decimal>,
        lowest_first: bool,
    },
    /// The aspect's `formula`.
    Formula,
    /// The value itself.
    AsIs,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    pub when: Vec<Condition>,
    pub points: Decimal,
}

/// A recorded value within bounds; absent bounds are open.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    pub value: Id,
    pub from: Option<Decimal>,
    pub above: Option<Decimal>,
    pub up_to: Option<Decimal>,
    pub below: Option<Decimal>,
}

/// `points + (value − at) × per_unit`, held between `floor` and `cap`.
#[derive(Clone, Debug, PartialEq)]
pub struct Linear {
    pub at: Decimal,
    pub points: Decimal,
    pub per_unit: Decimal,
    pub floor: Option<Decimal>,
    pub cap: Option<Decimal>,
}

/// The source text; compiled and checked by `rules::formula`. Ids stand with `_` for `-`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    pub source: String,
}

/// A named violation, recorded with a count.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    pub id: Id,
    pub title: String,
    /// Per count, zero or negative.
    pub points: Decimal,
    /// Counts at most.
    pub most: Option<u32>,
    pub from: DeductFrom,
    pub effect: Effect,
}

#[derive(Clone, Debug, PartialEq)]
pub enum DeductFrom {
    /// Inside that item until its points are used up; in the piece the violation is recorded for.
    Aspect(Id),
    Piece,
    Stage,
    Total,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    PointsOnly,
    ZeroAspect,
    ZeroPiece,
    ZeroStage,
    /// Takes effect when the chief confirms it.
    Disqualify,
}

/// A round (initial, semi-final, final) and the cut that leads out of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    pub id: Id,
    pub title: String,
    pub stages: Vec<Id>,
    /// Scores of earlier rounds count on.
    pub carry: bool,
    pub cut: Option<Cut>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    pub rule: CutRule,
    pub ties: CutTies,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutRule {
    Top(u32),
    AtLeast(Decimal),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutTies {
    AllIn,
    NoneIn,
    /// The tie chain, then people.
    Decided,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    pub floor: Option<Decimal>,
    pub rounding: Option<Rounding>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// False: the lowest total leads.
    pub highest_first: bool,
    pub ties: Vec<TieKey>,
    pub end: TieEnd,
    /// Totals closer than this count as tied.
    pub tolerance: Option<Decimal>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TieKey {
    Stage {
        stage: Id,
        lowest_first: bool,
    },
    Piece {
        stage: Id,
        piece: Id,
        lowest_first: bool,
    },
    /// Its points.
    Aspect {
        stage: Id,
        aspect: Id,
        lowest_first: bool,
    },
    /// Its recorded value (a duration, a length), summed over pieces.
    Recorded {
        stage: Id,
        aspect: Id,
        value: Id,
        lowest_first: bool,
    },
    /// The next best attempt of a stage, then the one after.
    Attempts {
        stage: Id,
    },
    /// Best single stage score, then second best, …
    Countback,
    /// The entrant's value from the list.
    EntrantValue {
        value: Id,
        lowest_first: bool,
    },
    /// A recorded play-off (加赛).
    PlayOff,
    /// Lots drawn and recorded.
    Lots,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TieEnd {
    /// 排名不并列.
    PeopleDecide,
    /// 1, 2, 2, 4.
    Shared,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TeamRule {
    pub score: MemberScore,
    pub rounding: Option<Rounding>,
    pub ties: Vec<TieKey>,
    pub end: TieEnd,
    /// Teams with fewer scored members are unranked.
    pub members_min: u32,
}

/// How members make one number.
#[derive(Clone, Debug, PartialEq)]
pub enum MemberScore {
    Sum,
    Mean,
    BestSum(u32),
    BestMean(u32),
    /// Points per award, by award id.
    Awards(Vec<(Id, Decimal)>),
}

/// A parallel ranking from the same marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub id: Id,
    pub title: String,
    pub of: TableOf,
    /// Only entrants that fit all.
    pub only: Vec<Only>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TableOf {
    /// Ranked again among themselves.
    Entrants,
    Units {
        level: u32,
        score: MemberScore,
        rounding: Option<Rounding>,
        end: TieEnd,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Only {
    Event(Id),
    Group(Id),
    Eligible(Id),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Award {
    pub id: Id,
    pub title: String,
    pub to: AwardTo,
    pub scope: AwardScope,
    pub quota: Quota,
    /// Pass line on the total.
    pub at_least: Option<Decimal>,
    /// All must hold.
    pub only: Vec<Id>,
    pub per_unit_most: Option<u32>,
    /// One person one prize of a ladder of prizes (就高不就低), in file order; `None`: a title that follows.
    pub ladder: Option<Id>,
    pub boundary: Boundary,
    pub revoked: Revoked,
    pub reward: Reward,
    /// A template below the contests folder.
    pub certificate: Option<String>,
    /// Leaves as a list of proposals (拟推荐名单).
    pub proposal: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AwardTo {
    Entrants,
    Teams,
    /// Of the unit table with this id.
    Units(Id),
    /// Of the parallel ranking with this id.
    Table(Id),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AwardScope {
    Contest,
    Event,
    /// Each group of each event.
    Group,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Quota {
    Count(u32),
    Percent {
        percent: Decimal,
        of: PercentOf,
        mode: RoundingMode,
    },
    /// The last row whose `from` is at most the number of ranked entrants; rows ascend.
    ByFieldSize(Vec<FieldSize>),
    /// Of those ranked without a prize of the ladder, the upper half (优胜奖), halves up.
    UpperHalf,
    /// Ranks `1..=n`: a title that follows.
    Top(u32),
    /// Everybody above the pass line.
    Everyone,
    /// Named by the organizer.
    Nominated,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PercentOf {
    Registered,
    Ranked,
    /// Ranked, and at or above the pass line.
    Qualified,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSize {
    pub from: u32,
    pub count: u32,
}

/// A tie across the last place of an award.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Boundary {
    /// Everyone in; the next tier shrinks.
    AllInNextShrinks,
    /// Everyone in; this tier grows.
    AllInGrows,
    NoneIn,
    PeopleDecide,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revoked {
    /// 顺延.
    NextMovesUp,
    /// 空缺.
    StaysEmpty,
    PeopleDecide,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reward {
    /// In the contest's currency.
    pub money: Option<Decimal>,
    pub points: Option<Decimal>,
    /// What else: 晋升高级工, a medal.
    pub text: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Timetable {
    pub entrants: u32,
    pub stations: u32,
    pub minutes_each: u32,
    pub hours: Decimal,
}
