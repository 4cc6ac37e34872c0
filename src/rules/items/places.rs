//! Where a click on a picture falls. Borders belong to a region.

use rust_decimal::Decimal;

use super::{Point, Shape};

const HUNDRED: Decimal = Decimal::ONE_HUNDRED;

impl Shape {
    /// Whether the click falls on it.
    pub fn holds(&self, point: Point) -> bool {
        match self {
            Shape::Rectangle { x, y, width, height } => {
                (*x..=x + width).contains(&point.x) && (*y..=y + height).contains(&point.y)
            }
            Shape::Circle { x, y, radius, ratio } => {
                let across = point.x - x;
                // The same length is more per cent of the shorter side.
                let down = if ratio.is_zero() { point.y - y } else { (point.y - y) / ratio };
                across * across + down * down <= radius * radius
            }
            Shape::Polygon { points } => polygon_holds(points, point),
        }
    }

    /// Has an area, and its centre lies on the picture.
    pub(super) fn is_within(&self) -> bool {
        let on_picture =
            |x: Decimal, y: Decimal| (Decimal::ZERO..=HUNDRED).contains(&x) && (Decimal::ZERO..=HUNDRED).contains(&y);
        match self {
            Shape::Rectangle { x, y, width, height } => {
                *width > Decimal::ZERO
                    && *height > Decimal::ZERO
                    && on_picture(*x, *y)
                    && on_picture(x + width, y + height)
            }
            Shape::Circle { x, y, radius, ratio } => {
                *radius > Decimal::ZERO && *ratio > Decimal::ZERO && on_picture(*x, *y)
            }
            Shape::Polygon { points } => points.len() > 2 && points.iter().all(|(x, y)| on_picture(*x, *y)),
        }
    }
}

/// A ray to the right crosses the border an odd number of times, or the point lies on the border.
fn polygon_holds(points: &[(Decimal, Decimal)], point: Point) -> bool {
    let mut inside = false;
    let mut from = match points.last() {
        Some(last) => *last,
        None => return false,
    };
    for to in points {
        let (x1, y1) = from;
        let (x2, y2) = *to;
        let turn = (x2 - x1) * (point.y - y1) - (y2 - y1) * (point.x - x1);
        let between = (x1.min(x2)..=x1.max(x2)).contains(&point.x) && (y1.min(y2)..=y1.max(y2)).contains(&point.y);
        if turn.is_zero() && between {
            return true;
        }
        if (y1 > point.y) != (y2 > point.y) {
            // The sign of the turn says on which side the crossing lies; no division needed.
            let right = if y2 > y1 { turn > Decimal::ZERO } else { turn < Decimal::ZERO };
            inside ^= right;
        }
        from = *to;
    }
    inside
}
