//! Veto (一票否决): what it covers, and what it does there, until it is released.

use serde::{Deserialize, Serialize};

use crate::rules::names::{EntrantId, Id};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Veto {
    pub entrant: EntrantId,
    pub severity: Severity,
    pub scope: Scope,
}

/// What it does where it reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// 警示: stands in the record, moves nothing.
    Noted,
    /// 计零: it counts 0, and is ranked so.
    Zero,
    /// 否决: not ranked.
    Unranked,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Scope {
    /// One indicator in one period.
    Indicator {
        indicator: Id,
        period: Id,
    },
    Period {
        period: Id,
    },
    /// Ranks stand; this award is not given.
    Award {
        award: Id,
    },
    /// Every period, and the ranking over them.
    Contest,
}

impl Scope {
    /// Of one period, where it is.
    pub fn period(&self) -> Option<&Id> {
        match self {
            Self::Indicator { period, .. } | Self::Period { period } => Some(period),
            Self::Award { .. } | Self::Contest => None,
        }
    }
}

/// What a veto does to a whole row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    Zero,
    Unranked,
}

impl Veto {
    /// In the table of a period. Unranked by an indicator is unranked.
    pub(super) fn on_period(&self, entrant: &EntrantId, period: &Id) -> Option<Reach> {
        let reaches = match &self.scope {
            Scope::Contest => true,
            Scope::Period { period: own } => own == period,
            Scope::Indicator { period: own, .. } => own == period && self.severity == Severity::Unranked,
            Scope::Award { .. } => false,
        };
        self.reach(entrant, reaches)
    }

    /// In the table over several periods. What was decided of one period reaches it by points only.
    pub(super) fn on_contest(&self, entrant: &EntrantId) -> Option<Reach> {
        self.reach(entrant, self.scope == Scope::Contest)
    }

    /// Whether it takes the points of this indicator in this period, there and over several: what is not ranked
    /// never counts more than what counts 0.
    pub(super) fn takes(&self, entrant: &EntrantId, indicator: &Id, period: &Id) -> bool {
        let reaches = match &self.scope {
            Scope::Indicator { indicator: own, period: at } => own == indicator && at == period,
            Scope::Period { period: at } => at == period,
            Scope::Award { .. } | Scope::Contest => false,
        };
        self.entrant == *entrant && self.severity >= Severity::Zero && reaches
    }

    fn reach(&self, entrant: &EntrantId, reaches: bool) -> Option<Reach> {
        if self.entrant != *entrant || !reaches {
            return None;
        }
        match self.severity {
            Severity::Noted => None,
            Severity::Zero => Some(Reach::Zero),
            Severity::Unranked => Some(Reach::Unranked),
        }
    }
}
