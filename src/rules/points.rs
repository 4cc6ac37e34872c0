//! How recorded values become points: bands, a line, all or nothing, rank order, scaling.
//!
//! Knows the rule and the values, not the aspect, the panel or the entrant. Formulas are in
//! [`super::formula`].

use rust_decimal::Decimal;

use super::{
    decimal::{self, Overflow},
    definition::model::{Band, Condition, Linear},
    names::Id,
};

/// The recorded values of one aspect, by the ids of the definition.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'a> {
    pub ids: &'a [Id],
    /// As long as `ids`.
    pub values: &'a [Decimal],
}

impl Recorded<'_> {
    pub fn get(&self, id: &Id) -> Option<Decimal> {
        self.ids.iter().position(|of| of == id).and_then(|at| self.values.get(at)).copied()
    }
}

/// Position (from 0) and points of the first band that fits.
pub fn band(bands: &[Band], recorded: Recorded) -> Option<(usize, Decimal)> {
    bands.iter().position(|band| all_hold(&band.when, recorded)).map(|at| (at, bands[at].points))
}

/// `points` when every condition holds, else 0.
pub fn all_or_nothing(points: Decimal, when: &[Condition], recorded: Recorded) -> Decimal {
    if all_hold(when, recorded) { points } else { Decimal::ZERO }
}

/// The line's value before and after it is held between floor and cap.
pub fn linear(line: &Linear, value: Decimal) -> Result<(Decimal, Decimal), Overflow> {
    let free = decimal::add(line.points, decimal::mul(decimal::sub(value, line.at)?, line.per_unit)?)?;
    let capped = line.cap.map_or(free, |cap| free.min(cap));
    Ok((free, line.floor.map_or(capped, |floor| capped.max(floor))))
}

/// A value out of `from_max` as points out of `to_max`; `None` when `from_max` is 0.
pub fn scaled(value: Decimal, from_max: Decimal, to_max: Decimal) -> Result<Option<Decimal>, Overflow> {
    if from_max == to_max { Ok(Some(value)) } else { decimal::div(decimal::mul(value, to_max)?, from_max) }
}

/// Points of the entrant at `position` (from 1, ties share the better one): the last row serves the rest.
pub fn by_rank(points: &[Decimal], position: usize) -> Decimal {
    points.get(position.saturating_sub(1)).or(points.last()).copied().unwrap_or(Decimal::ZERO)
}

fn all_hold(when: &[Condition], recorded: Recorded) -> bool {
    when.iter().all(|condition| recorded.get(&condition.value).is_some_and(|value| holds(condition, value)))
}

fn holds(condition: &Condition, value: Decimal) -> bool {
    let value = decimal::settled(value);
    condition.from.is_none_or(|from| value >= from)
        && condition.above.is_none_or(|above| value > above)
        && condition.up_to.is_none_or(|up_to| value <= up_to)
        && condition.below.is_none_or(|below| value < below)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn up_to(value: &str, bound: &str) -> Condition {
        Condition { value: value.into(), from: None, above: None, up_to: Some(dec(bound)), below: None }
    }

    #[test]
    fn undercut_by_depth_and_length() {
        // Nothing: 20. At most 0.5 mm deep and 15 mm long: 12. Else 0.
        let bands = [
            Band { when: vec![up_to("depth", "0")], points: dec("20") },
            Band { when: vec![up_to("depth", "0.5"), up_to("length", "15")], points: dec("12") },
            Band { when: vec![], points: dec("0") },
        ];
        let ids = ["depth".into(), "length".into()];
        for (depth, length, points) in
            [("0", "0", "20"), ("0.3", "15", "12"), ("0.5", "15.1", "0"), ("0.51", "3", "0"), ("0.5", "15", "12")]
        {
            let values = [dec(depth), dec(length)];
            let recorded = Recorded { ids: &ids, values: &values };
            assert_eq!(band(&bands, recorded).unwrap().1, dec(points), "{depth} {length}");
        }
    }

    #[test]
    fn bounds_are_open_or_closed_as_named() {
        let bound = |from: Option<&str>, above: Option<&str>, up_to: Option<&str>, below: Option<&str>| Condition {
            value: "value".into(),
            from: from.map(dec),
            above: above.map(dec),
            up_to: up_to.map(dec),
            below: below.map(dec),
        };
        for (condition, expected) in [
            (bound(Some("5"), None, None, None), true),
            (bound(None, Some("5"), None, None), false),
            (bound(None, None, Some("5"), None), true),
            (bound(None, None, None, Some("5")), false),
            (bound(Some("4"), None, None, Some("6")), true),
            (bound(None, None, None, None), true),
        ] {
            assert_eq!(holds(&condition, dec("5")), expected, "{condition:?}");
        }
    }

    #[test]
    fn a_line_is_held_between_floor_and_cap() {
        // 10 points at 30 minutes, half a point less for each minute more, never below 0 or above 12.
        let line = Linear {
            at: dec("30"),
            points: dec("10"),
            per_unit: dec("-0.5"),
            floor: Some(dec("0")),
            cap: Some(dec("12")),
        };
        for (minutes, points) in [("30", "10"), ("33", "8.5"), ("60", "0"), ("20", "12"), ("27", "11.5")] {
            assert_eq!(linear(&line, dec(minutes)).unwrap().1, dec(points), "{minutes}");
        }
    }

    #[test]
    fn the_last_row_serves_the_rest() {
        let points = [dec("8"), dec("4"), dec("1")];
        assert_eq!([1, 2, 3, 9].map(|position| by_rank(&points, position)), [dec("8"), dec("4"), dec("1"), dec("1")]);
    }

    #[test]
    fn a_paper_of_120_counts_30() {
        assert_eq!(scaled(dec("90"), dec("120"), dec("30")), Ok(Some(dec("22.5"))));
        assert_eq!(scaled(dec("90"), dec("0"), dec("30")), Ok(None));
    }
}
