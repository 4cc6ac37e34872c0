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

/// [`Bounds`] in whole numbers of their smallest unit: tells most good values with a few integer operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    scale: u32,
    min: i64,
    max: i64,
    from: i64,
    step: i64,
}

impl Grid {
    /// `None` where a bound does not fit.
    pub fn of(bounds: &Bounds) -> Option<Self> {
        let step = bounds.step.filter(|step| !step.is_zero());
        let all = [bounds.min, bounds.max, step];
        let scale = all.iter().flatten().map(Decimal::scale).max().unwrap_or(0);
        let from = bounds.min.map_or(Some(0), |min| units(min, scale))?;
        Some(Self {
            scale,
            min: if bounds.min.is_some() { from } else { i64::MIN },
            max: bounds.max.map_or(Some(i64::MAX), |max| units(max, scale))?,
            from,
            // Whatever is a whole number of units is welcome where there is no step.
            step: step.map_or(Some(1), |step| units(step, scale))?,
        })
    }

    /// True only for what [`Bounds::check`] accepts; false says nothing.
    pub fn has(&self, value: Decimal) -> bool {
        let Some(units) = units(value, self.scale) else { return false };
        let on_step = || units.checked_sub(self.from).and_then(|above| above.checked_rem(self.step)) == Some(0);
        (self.min..=self.max).contains(&units) && on_step()
    }
}

fn units(value: Decimal, scale: u32) -> Option<i64> {
    let unit = 10_i64.checked_pow(scale.checked_sub(value.scale())?)?;
    i64::try_from(value.mantissa()).ok()?.checked_mul(unit)
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

    #[test]
    fn a_grid_has_what_bounds_accept_and_nothing_else() {
        let dec = |text: &str| text.parse::<Decimal>().unwrap();
        let bounds = Bounds { min: Some(dec("0.5")), max: Some(dec("10")), step: Some(dec("0.5")) };
        let grid = Grid::of(&bounds).unwrap();
        for (value, has) in [("0.5", true), ("9.5", true), ("10", true), ("0", false), ("10.5", false), ("9.2", false)]
        {
            assert_eq!(grid.has(dec(value)), has, "{value}");
        }
        // Finer than the grid: for the bounds to say.
        assert!(!grid.has(dec("9.50")));
        let free = Grid::of(&Bounds { step: None, max: None, ..bounds }).unwrap();
        assert!(free.has(dec("1234.7")) && !free.has(dec("0.4")));
        assert_eq!(Grid::of(&Bounds { max: Some(Decimal::MAX), ..bounds }), None);
    }
}
