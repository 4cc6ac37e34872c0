//! The kinds of entries that a season makes: bindings, reports of sources, stars.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::entry::{Digest, Phase};
use crate::rules::{
    names::{ContestId, EntrantId, Id, PersonId},
    season::Raw,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum SeasonEntry {
    /// Which contest a source is. Reports of another one are forgotten.
    SourceBound {
        source: Id,
        contest: ContestId,
        by: PersonId,
        /// In place of a contest that had reported: why, and who agreed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Digest>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        second: Option<PersonId>,
    },
    SourceReleased {
        source: Id,
        by: PersonId,
        /// As with [`SeasonEntry::SourceBound`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Digest>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        second: Option<PersonId>,
    },
    /// In place of what was reported before.
    SourceReported(SourceReport),
    /// Everybody's level after a period; of the newest round once more, in place of it.
    StarsDecided {
        period: Id,
        rows: Vec<StarRow>,
        by: PersonId,
        /// Why once more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Digest>,
    },
}

/// All that a source's public board shows of this contest's entrants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SourceReport {
    pub source: Id,
    pub contest: ContestId,
    pub epoch: u32,
    /// Of the newest entry that the source's public may know of.
    pub sequence: u64,
    /// Of the tree over the source's leaves up to there (RFC 6962).
    pub root: Digest,
    pub phase: Phase,
    /// The best total that the source shows, of anybody.
    pub best: Option<Decimal>,
    /// By entrant, each once.
    pub rows: Vec<ReportedRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ReportedRow {
    /// Of the season.
    pub entrant: EntrantId,
    /// The source's row, as its addresses name it.
    pub key: String,
    pub raw: Raw,
    /// The best total of the row's own table, where it is not [`SourceReport::best`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best: Option<Decimal>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct StarRow {
    pub entrant: EntrantId,
    /// The newest there was.
    pub total: Option<Decimal>,
    /// What was held against the thresholds; `None`: nothing was there, and the level stays.
    pub score: Option<Decimal>,
    pub from: u32,
    pub to: u32,
}

impl SeasonEntry {
    pub const KINDS: [&str; 4] = ["source-bound", "source-released", "source-reported", "stars-decided"];

    /// As the ledger names it. Never changed.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::SourceBound { .. } => "source-bound",
            Self::SourceReleased { .. } => "source-released",
            Self::SourceReported(_) => "source-reported",
            Self::StarsDecided { .. } => "stars-decided",
        }
    }

    /// `None`: the source spoke.
    pub fn by(&self) -> Option<&PersonId> {
        match self {
            Self::SourceBound { by, .. } | Self::SourceReleased { by, .. } | Self::StarsDecided { by, .. } => Some(by),
            Self::SourceReported(_) => None,
        }
    }

    pub fn reason(&self) -> Option<&Digest> {
        match self {
            Self::SourceBound { reason, .. }
            | Self::SourceReleased { reason, .. }
            | Self::StarsDecided { reason, .. } => reason.as_ref(),
            Self::SourceReported(_) => None,
        }
    }

    /// The second person, where the act took two.
    pub fn second(&self) -> Option<&PersonId> {
        match self {
            Self::SourceBound { second, .. } | Self::SourceReleased { second, .. } => second.as_ref(),
            Self::SourceReported(_) | Self::StarsDecided { .. } => None,
        }
    }

    pub fn concerns(&self, entrant: &EntrantId) -> bool {
        match self {
            Self::SourceReported(report) => report.rows.iter().any(|row| row.entrant == *entrant),
            Self::StarsDecided { rows, .. } => rows.iter().any(|row| row.entrant == *entrant),
            _ => false,
        }
    }

    /// Whether the season's public board can change by it.
    pub fn may_be_noticed(&self) -> bool {
        !matches!(self, Self::SourceBound { .. })
    }
}
