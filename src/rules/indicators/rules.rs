//! What a definition says of indicators, with every default filled in.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::rules::{definition::model::Rounding, names::Id};

/// `[indicators]`, `[[period]]` and `[[indicator]]`. Without indicators the contest has no labor competition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// In the order of the file, which is the order of time.
    pub periods: Vec<Period>,
    pub indicators: Vec<Indicator>,
    /// 缺项折算: got ÷ possible × full where something is not applicable.
    pub scale_up: bool,
    /// Indicators whose points decide equal scores, in this order; after them ranks are shared.
    pub ties: Vec<Id>,
    /// Of an indicator's points, in a period and over several.
    pub points_rounding: Option<Rounding>,
    /// Of a period's score, and of the score over several.
    pub score_rounding: Option<Rounding>,
    pub honours: Vec<Honour>,
}

/// What the first of each group hold from the publication of a period to that of the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Honour {
    pub id: Id,
    pub title: String,
    /// Ranks 1 to this one.
    pub ranks: u32,
    /// Below this score it stays vacant.
    pub least: Option<Decimal>,
    /// Empty: all.
    pub groups: Vec<Id>,
}

impl Honour {
    pub fn is_for(&self, group: Option<&Id>) -> bool {
        self.groups.is_empty() || group.is_some_and(|group| self.groups.contains(group))
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    pub id: Id,
    pub title: String,
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The last day on which a figure is in time.
    pub due: Date,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    pub id: Id,
    pub title: String,
    /// The department that owns it (归口部门).
    pub owner: String,
    /// The unit of measure.
    pub measured_in: Option<String>,
    pub direction: Direction,
    /// Above 0: what it is worth when the target is met.
    pub points: Decimal,
    /// Where no document sets another.
    pub target: Option<Decimal>,
    /// Empty: all.
    pub groups: Vec<Id>,
    /// Empty: all.
    pub periods: Vec<Id>,
    pub accumulate: Accumulate,
    pub score: Score,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    More,
    Less(LessBy),
}

/// What a percentage of the target is when less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LessBy {
    /// 2 − actual ÷ target.
    Difference,
    /// Target ÷ actual.
    Quotient,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accumulate {
    Sum,
    Mean,
    /// Of the last period in which it is judged.
    Last,
    /// All actuals against all targets, scored once.
    Ratio,
}

/// How a figure becomes points. Percentages are of the target, or of [`Indicator::points`] where it says so.
#[derive(Clone, Debug, PartialEq)]
pub enum Score {
    Linear {
        least_percent: Decimal,
        cap_percent: Decimal,
    },
    Bands {
        of: BandsOf,
        /// Ascending.
        rows: Vec<Band>,
    },
    /// 60 + 40 × (actual − passing) ÷ (excellent − passing) percent of the points.
    Efficacy {
        between: Between,
        least_percent: Decimal,
        cap_percent: Decimal,
    },
    Slope(Slope),
    Events {
        starts_at: Decimal,
        least: Option<Decimal>,
        most: Option<Decimal>,
        kinds: Vec<EventKind>,
    },
    Inside {
        low: Decimal,
        high: Decimal,
        each: Decimal,
        loses: Decimal,
    },
    Met {
        otherwise: Decimal,
    },
    Sheet {
        full: Decimal,
    },
}

/// Where the efficacy coefficient takes its 60 and its 100 percent from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Between {
    Fixed {
        passing: Decimal,
        excellent: Decimal,
    },
    /// The worst and the best figure of the group in the period.
    Group {
        /// Where they are the same.
        equal_percent: Decimal,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BandsOf {
    Percent,
    Value,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    pub from: Decimal,
    pub points: Decimal,
}

/// So much for each percent above the target, by size.
#[derive(Clone, Debug, PartialEq)]
pub struct Slope {
    /// Ascending; the last has no end.
    pub rows: Vec<SlopeRow>,
    /// A column of the entrant list in place of the target.
    pub size: Option<Id>,
    pub whole_percents: bool,
    pub short: SlopeShort,
    /// Of the points.
    pub bonus_percent: Option<Decimal>,
    /// Of the points: what is added when there is no percentage, because the target is 0.
    pub zero_target_percent: Decimal,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SlopeRow {
    pub up_to: Option<Decimal>,
    pub each_percent: Decimal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlopeShort {
    Ratio,
    Slope,
}

#[derive(Clone, Debug, PartialEq)]
pub struct EventKind {
    pub id: Id,
    pub title: String,
    pub points: Decimal,
}

impl Rules {
    pub fn is_empty(&self) -> bool {
        self.indicators.is_empty()
    }

    pub fn indicator(&self, id: &Id) -> Option<&Indicator> {
        self.indicators.iter().find(|one| one.id == *id)
    }

    pub fn period(&self, id: &Id) -> Option<&Period> {
        self.periods.iter().find(|one| one.id == *id)
    }

    /// What is judged in a period, of whoever is in this group.
    pub fn judged<'a>(
        &'a self,
        period: &'a Id,
        group: Option<&'a Id>,
    ) -> impl Iterator<Item = &'a Indicator> + use<'a> {
        self.indicators.iter().filter(move |one| one.is_judged(period, group))
    }
}

impl Indicator {
    pub fn is_judged(&self, period: &Id, group: Option<&Id>) -> bool {
        let fits = self.groups.is_empty() || group.is_some_and(|group| self.groups.contains(group));
        fits && (self.periods.is_empty() || self.periods.contains(period))
    }

    /// Event kinds that are counted; none where a figure is one number.
    pub fn kinds(&self) -> &[EventKind] {
        match &self.score {
            Score::Events { kinds, .. } => kinds,
            _ => &[],
        }
    }
}

impl Score {
    /// Whether a figure is held against those of the others in its group.
    pub fn reads_group(&self) -> bool {
        matches!(self, Self::Efficacy { between: Between::Group { .. }, .. })
    }

    /// Whether a figure is held against a target.
    pub fn reads_target(&self) -> bool {
        matches!(
            self,
            Self::Linear { .. } | Self::Slope(_) | Self::Met { .. } | Self::Bands { of: BandsOf::Percent, .. }
        )
    }
}
