//! What may be recorded in a cell: the least, the most, and the step.

use rust_decimal::Decimal;

use super::{
    super::definition::model::{Aspect, AspectKind, MeasuredKind},
    plan::{Inner, Item},
};

/// The values that a mark can have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    pub min: Option<Decimal>,
    pub max: Option<Decimal>,
    /// Values are `min` (else 0) plus a multiple of this.
    pub step: Option<Decimal>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutOfBounds {
    Below { min: Decimal },
    Above { max: Decimal },
    OffStep { from: Decimal, step: Decimal },
}

impl Bounds {
    /// Of one recorded value of an aspect; `value` counts its values from 0.
    pub fn of(aspect: &Aspect, value: usize) -> Self {
        let from_zero = |max| Self { min: Some(Decimal::ZERO), max, step: None };
        match &aspect.kind {
            AspectKind::Judgement { min, max, step } => Self { min: Some(*min), max: Some(*max), step: Some(*step) },
            AspectKind::BandedJudgement { bands } => {
                let max = bands.iter().map(|band| Decimal::from(band.score)).max();
                Self { step: Some(Decimal::ONE), ..from_zero(max) }
            }
            AspectKind::Imported { from_max, .. } => from_zero(Some(*from_max)),
            AspectKind::Time { .. } => from_zero(None),
            AspectKind::Value { min, max } => Self { min: *min, max: *max, step: None },
            AspectKind::Deduction => Self::default(),
            AspectKind::Measurement { values, .. } => match values.get(value) {
                None => Self::default(),
                Some(measured) => match measured.kind {
                    MeasuredKind::Number => Self { min: measured.min, max: measured.max, step: measured.step },
                    MeasuredKind::Count => Self {
                        min: Some(measured.min.unwrap_or_default()),
                        max: measured.max,
                        step: Some(measured.step.unwrap_or(Decimal::ONE)),
                    },
                    MeasuredKind::YesNo => Self { step: Some(Decimal::ONE), ..from_zero(Some(Decimal::ONE)) },
                },
            },
        }
    }

    pub fn check(&self, value: Decimal) -> Result<(), OutOfBounds> {
        if let Some(min) = self.min.filter(|min| value < *min) {
            return Err(OutOfBounds::Below { min });
        }
        if let Some(max) = self.max.filter(|max| value > *max) {
            return Err(OutOfBounds::Above { max });
        }
        let Some(step) = self.step.filter(|step| !step.is_zero()) else { return Ok(()) };
        let from = self.min.unwrap_or_default();
        let off = value.checked_sub(from).and_then(|above| above.checked_rem(step)).is_none_or(|rest| !rest.is_zero());
        if off { Err(OutOfBounds::OffStep { from, step }) } else { Ok(()) }
    }
}

impl Inner {
    pub(crate) fn bounds(&self, item: &Item, cell: u32) -> Bounds {
        Bounds::of(self.aspect_of(item), (cell - item.first_cell) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_begin_at_the_least() {
        let dec = |text: &str| text.parse::<Decimal>().unwrap();
        let bounds = Bounds { min: Some(dec("0.5")), max: Some(dec("10")), step: Some(dec("0.5")) };
        for (value, expected) in [
            ("0.5", Ok(())),
            ("9.50", Ok(())),
            ("0", Err(OutOfBounds::Below { min: dec("0.5") })),
            ("10.5", Err(OutOfBounds::Above { max: dec("10") })),
            ("9.25", Err(OutOfBounds::OffStep { from: dec("0.5"), step: dec("0.5") })),
        ] {
            assert_eq!(bounds.check(dec(value)), expected, "{value}");
        }
    }
}
