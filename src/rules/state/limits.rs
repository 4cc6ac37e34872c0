//! Which values a mark may have.

use rust_decimal::Decimal;

use crate::rules::{
    definition::model::{AspectKind, Measured, MeasuredKind},
    field::Value,
    ledger::entry::MarkValue,
};

use super::Cell;

/// Absent bounds are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::rules) struct Limits {
    pub(in crate::rules) min: Option<Decimal>,
    pub(in crate::rules) max: Option<Decimal>,
    /// From `min`, or from 0.
    pub(in crate::rules) step: Option<Decimal>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum OutOfLimits {
    BelowMin { min: Decimal },
    AboveMax { max: Decimal },
    NotAStep { min: Decimal, step: Decimal },
}

impl Limits {
    pub(in crate::rules) fn allow(&self, value: MarkValue) -> Result<(), OutOfLimits> {
        let MarkValue::Is(Value::Number(number)) = value else { return Ok(()) };
        if let Some(min) = self.min.filter(|min| number < *min) {
            return Err(OutOfLimits::BelowMin { min });
        }
        if let Some(max) = self.max.filter(|max| number > *max) {
            return Err(OutOfLimits::AboveMax { max });
        }
        let min = self.min.unwrap_or_default();
        let off = |step: &Decimal| {
            let rest = number.checked_sub(min).and_then(|above| above.checked_rem(*step));
            rest.is_none_or(|rest| !rest.is_zero())
        };
        match self.step.filter(|step| !step.is_zero()).filter(off) {
            Some(step) => Err(OutOfLimits::NotAStep { min, step }),
            None => Ok(()),
        }
    }
}

pub(in crate::rules) fn limits(cell: &Cell) -> Limits {
    match &cell.aspect.kind {
        AspectKind::Judgement { min, max, step } => Limits { min: Some(*min), max: Some(*max), step: Some(*step) },
        AspectKind::BandedJudgement { bands } => {
            let scores = || bands.iter().map(|band| Decimal::from(band.score));
            Limits { min: scores().min(), max: scores().max(), step: Some(Decimal::ONE) }
        }
        AspectKind::Measurement { values, .. } => cell.value.or(values.first()).map(measured).unwrap_or_default(),
        AspectKind::Time { .. } => Limits { min: Some(Decimal::ZERO), ..Limits::default() },
        AspectKind::Imported { from_max, .. } => Limits { min: Some(Decimal::ZERO), max: Some(*from_max), step: None },
        AspectKind::Value { min, max } => Limits { min: *min, max: *max, step: None },
        AspectKind::Deduction => Limits::default(),
    }
}

fn measured(value: &Measured) -> Limits {
    match value.kind {
        MeasuredKind::Number => Limits { min: value.min, max: value.max, step: value.step },
        MeasuredKind::Count => Limits {
            min: Some(value.min.unwrap_or_default()),
            max: value.max,
            step: Some(value.step.unwrap_or(Decimal::ONE)),
        },
        MeasuredKind::YesNo => Limits { min: Some(Decimal::ZERO), max: Some(Decimal::ONE), step: Some(Decimal::ONE) },
    }
}
