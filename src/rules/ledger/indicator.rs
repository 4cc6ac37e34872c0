//! The kinds of entries that a labor competition makes: targets, the way of a figure, the life of a period, vetoes.
//! Documents are named by their date and the digest of a row beside the ledger.

use std::{collections::BTreeMap, fmt, str::FromStr};

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::entry::Digest;
use crate::rules::{
    indicators::{Actual, FigureSlot, Place, UnitChange, Veto},
    names::{EntrantId, Id, PersonId, VetoId},
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum IndicatorEntry {
    /// 下达、调整目标. `second`: who agreed where a period was signed already.
    TargetsSet {
        targets: Vec<TargetOf>,
        document: Document,
        by: PersonId,
        second: Option<PersonId>,
    },
    /// 填报. Anew, when it is reported again.
    FigureReported {
        slot: FigureSlot,
        actual: Actual,
        /// What the unit gives itself (自评分), beside what is computed.
        self_score: Option<Decimal>,
        evidence: Vec<Digest>,
        by: PersonId,
    },
    /// 部门审核: with what was found, which may differ from what was reported.
    FigureChecked {
        slot: FigureSlot,
        actual: Actual,
        by: PersonId,
    },
    /// 退回: it counts as missing until it is reported again.
    FigureReturned {
        slot: FigureSlot,
        reason: Digest,
        by: PersonId,
    },
    /// After the period closed: late, or corrected.
    FigureRevised {
        slot: FigureSlot,
        actual: Actual,
        evidence: Vec<Digest>,
        reason: Digest,
        by: PersonId,
        /// Who agreed, after the signature.
        second: Option<PersonId>,
    },
    PeriodOpened {
        period: Id,
        by: PersonId,
    },
    PeriodClosed {
        period: Id,
        by: PersonId,
    },
    /// 竞赛办汇总.
    PeriodCollected {
        period: Id,
        by: PersonId,
    },
    /// 领导小组审定.
    PeriodSigned {
        period: Id,
        by: PersonId,
    },
    /// The tables as computed at that moment; what is published never changes by itself.
    PeriodPublished {
        period: Id,
        rows: Vec<PublishedRow>,
        /// Over all periods published, this one among them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        overall: Vec<PublishedRow>,
        by: PersonId,
    },
    VetoSet {
        veto: VetoId,
        what: Veto,
        document: Document,
        by: PersonId,
        second: PersonId,
    },
    VetoReleased {
        veto: VetoId,
        document: Document,
        by: PersonId,
        second: PersonId,
    },
    /// 合并、分立、更名, from a day on. They are numbered from 1 as they come.
    UnitsChanged {
        what: UnitChange,
        #[serde(serialize_with = "write_date", deserialize_with = "read_date")]
        from: Date,
        document: Document,
        by: PersonId,
    },
    /// 撤销: from now on as if it had not been.
    UnitsChangeRevoked {
        number: u32,
        document: Document,
        by: PersonId,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct TargetOf {
    pub slot: FigureSlot,
    pub target: Decimal,
}

/// A paper that decided something (文件).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Document {
    #[serde(serialize_with = "write_date", deserialize_with = "read_date")]
    pub dated: Date,
    /// Of the row with its number, its title, perhaps its file.
    pub digest: Digest,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PublishedRow {
    pub entrant: EntrantId,
    pub group: Option<Id>,
    pub score: Option<Decimal>,
    pub place: Place,
    /// By indicator; only those that have points.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub points: BTreeMap<Id, Decimal>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn write_date<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}

fn read_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    struct Text;
    impl de::Visitor<'_> for Text {
        type Value = Date;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a date such as 2026-01-31")
        }
        fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
            Date::from_str(text).map_err(E::custom)
        }
    }
    deserializer.deserialize_str(Text)
}

impl IndicatorEntry {
    pub const KINDS: [&str; 14] = [
        "targets-set",
        "figure-reported",
        "figure-checked",
        "figure-returned",
        "figure-revised",
        "period-opened",
        "period-closed",
        "period-collected",
        "period-signed",
        "period-published",
        "veto-set",
        "veto-released",
        "units-changed",
        "units-change-revoked",
    ];

    /// As the ledger names it. Never changed.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::TargetsSet { .. } => "targets-set",
            Self::FigureReported { .. } => "figure-reported",
            Self::FigureChecked { .. } => "figure-checked",
            Self::FigureReturned { .. } => "figure-returned",
            Self::FigureRevised { .. } => "figure-revised",
            Self::PeriodOpened { .. } => "period-opened",
            Self::PeriodClosed { .. } => "period-closed",
            Self::PeriodCollected { .. } => "period-collected",
            Self::PeriodSigned { .. } => "period-signed",
            Self::PeriodPublished { .. } => "period-published",
            Self::VetoSet { .. } => "veto-set",
            Self::VetoReleased { .. } => "veto-released",
            Self::UnitsChanged { .. } => "units-changed",
            Self::UnitsChangeRevoked { .. } => "units-change-revoked",
        }
    }

    pub fn by(&self) -> &PersonId {
        match self {
            Self::TargetsSet { by, .. }
            | Self::FigureReported { by, .. }
            | Self::FigureChecked { by, .. }
            | Self::FigureReturned { by, .. }
            | Self::FigureRevised { by, .. }
            | Self::PeriodOpened { by, .. }
            | Self::PeriodClosed { by, .. }
            | Self::PeriodCollected { by, .. }
            | Self::PeriodSigned { by, .. }
            | Self::PeriodPublished { by, .. }
            | Self::VetoSet { by, .. }
            | Self::VetoReleased { by, .. }
            | Self::UnitsChanged { by, .. }
            | Self::UnitsChangeRevoked { by, .. } => by,
        }
    }

    pub fn second(&self) -> Option<&PersonId> {
        match self {
            Self::TargetsSet { second, .. } | Self::FigureRevised { second, .. } => second.as_ref(),
            Self::VetoSet { second, .. } | Self::VetoReleased { second, .. } => Some(second),
            _ => None,
        }
    }

    /// The one unit it is about.
    pub fn entrant(&self) -> Option<&EntrantId> {
        match self {
            Self::FigureReported { slot, .. }
            | Self::FigureChecked { slot, .. }
            | Self::FigureReturned { slot, .. }
            | Self::FigureRevised { slot, .. } => Some(&slot.entrant),
            Self::VetoSet { what, .. } => Some(&what.entrant),
            _ => None,
        }
    }

    pub fn concerns(&self, entrant: &EntrantId) -> bool {
        match self {
            Self::TargetsSet { targets, .. } => targets.iter().any(|one| one.slot.entrant == *entrant),
            Self::UnitsChanged { what, .. } => what.units().contains(entrant),
            Self::PeriodPublished { rows, .. } => rows.iter().any(|row| row.entrant == *entrant),
            other => other.entrant() == Some(entrant),
        }
    }

    /// A reason, or the document in its place.
    pub fn reason(&self) -> Option<&Digest> {
        match self {
            Self::FigureReturned { reason, .. } | Self::FigureRevised { reason, .. } => Some(reason),
            Self::TargetsSet { document, .. }
            | Self::VetoSet { document, .. }
            | Self::VetoReleased { document, .. }
            | Self::UnitsChanged { document, .. }
            | Self::UnitsChangeRevoked { document, .. } => Some(&document.digest),
            _ => None,
        }
    }
}
