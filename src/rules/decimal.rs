//! Exact decimals: reading them at the edge, rounding them where the definition says, and arithmetic that
//! fails instead of wrapping.
//!
//! A *rounding* gives a number exactly as many digits as its rule says, so that 85.5 rounded to two digits is
//! printed 85.50. Knows nothing of full-width digits, units or spaces: importers clean those.

use rust_decimal::{Decimal, RoundingStrategy};

use super::definition::model::{Rounding, RoundingMode};

/// Digits before the point that are read.
pub const WHOLE_DIGITS_MAX: usize = 15;
/// Digits after the point that are read.
pub const FRACTION_DIGITS_MAX: usize = 10;

/// Why a text is not a number here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotANumber {
    Empty,
    /// Something else than digits, one sign in front, and one point between digits; `at` counts characters from 0.
    Strange {
        at: usize,
    },
    /// More digits than [`WHOLE_DIGITS_MAX`] or [`FRACTION_DIGITS_MAX`].
    TooLong,
}

/// A result does not fit into 28 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Overflow;

/// Reads plain digits with an optional sign and point. Exponents, NaN, a bare point, spaces and separators are
/// refused; `-0` is 0.
pub fn parse(text: &str) -> Result<Decimal, NotANumber> {
    let bytes = text.as_bytes();
    let (negative, digits) = match bytes {
        [] => return Err(NotANumber::Empty),
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        all => (false, all),
    };
    let strange = |left: &[u8]| NotANumber::Strange { at: text[..bytes.len() - left.len()].chars().count() };
    let mut mantissa: i128 = 0;
    let mut whole = 0;
    let mut fraction: Option<usize> = None;
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {
                let count = fraction.as_mut().unwrap_or(&mut whole);
                *count += 1;
                if whole > WHOLE_DIGITS_MAX || fraction.is_some_and(|digits| digits > FRACTION_DIGITS_MAX) {
                    return Err(NotANumber::TooLong);
                }
                mantissa = mantissa * 10 + i128::from(byte - b'0');
            }
            b'.' if fraction.is_none() && whole > 0 => fraction = Some(0),
            // A multi-byte character starts here, because every byte before it was ASCII.
            _ => return Err(strange(&digits[at..])),
        }
    }
    if whole == 0 || fraction == Some(0) {
        return Err(strange(&[]));
    }
    let scale = u32::try_from(fraction.unwrap_or(0)).map_err(|_| NotANumber::TooLong)?;
    let signed = if negative { -mantissa } else { mantissa };
    Decimal::try_from_i128_with_scale(signed, scale).map_err(|_| NotANumber::TooLong)
}

/// Digits after the point to which a quotient is told from another number.
const SETTLED_DIGITS: u32 = 18;

/// The value without the traces of quotients that 28 digits cannot hold: 5/3 × 3 is 5. To be asked wherever something
/// is decided by a value: where it is rounded, put in order, or held against a bound. Sums, products and quotients of
/// values below 10⁹ are off by less than half of its last digit, and numbers that a contest tells apart differ by far more.
pub fn settled(value: Decimal) -> Decimal {
    if value.scale() <= SETTLED_DIGITS {
        value
    } else {
        value.round_dp_with_strategy(SETTLED_DIGITS, RoundingStrategy::MidpointNearestEven).normalize()
    }
}

/// The value with exactly the rule's digits.
pub fn round(value: Decimal, rounding: Rounding) -> Decimal {
    let value = settled(value);
    let mut rounded = if value.scale() <= rounding.digits {
        value
    } else {
        value.round_dp_with_strategy(rounding.digits, strategy(rounding.mode))
    };
    rounded.rescale(rounding.digits);
    // A rounded −0.004 must not be printed as -0.00.
    if rounded.is_zero() {
        rounded.set_sign_positive(true);
    }
    rounded
}

/// [`round`] where a level has a rounding; unchanged where it has none.
pub fn round_if(value: Decimal, rounding: Option<Rounding>) -> Decimal {
    rounding.map_or(value, |rounding| round(value, rounding))
}

pub fn add(a: Decimal, b: Decimal) -> Result<Decimal, Overflow> {
    a.checked_add(b).ok_or(Overflow)
}

pub fn sub(a: Decimal, b: Decimal) -> Result<Decimal, Overflow> {
    a.checked_sub(b).ok_or(Overflow)
}

pub fn mul(a: Decimal, b: Decimal) -> Result<Decimal, Overflow> {
    a.checked_mul(b).ok_or(Overflow)
}

/// `None` in place of a quotient by zero.
pub fn div(a: Decimal, b: Decimal) -> Result<Option<Decimal>, Overflow> {
    if b.is_zero() { Ok(None) } else { a.checked_div(b).map(Some).ok_or(Overflow) }
}

pub fn sum(values: impl IntoIterator<Item = Decimal>) -> Result<Decimal, Overflow> {
    values.into_iter().try_fold(Decimal::ZERO, add)
}

/// The arithmetic mean; `None` of nothing.
pub fn mean(values: &[Decimal]) -> Result<Option<Decimal>, Overflow> {
    div(sum(values.iter().copied())?, Decimal::from(values.len()))
}

/// Of values in ascending order; the mean of the middle two when their number is even; `None` of nothing.
pub fn median(ascending: &[Decimal]) -> Result<Option<Decimal>, Overflow> {
    let middle = ascending.len() / 2;
    match ascending {
        [] => Ok(None),
        values if values.len() % 2 == 1 => Ok(Some(values[middle])),
        values => mean(&values[middle - 1..=middle]),
    }
}

fn strategy(mode: RoundingMode) -> RoundingStrategy {
    match mode {
        RoundingMode::HalfUp => RoundingStrategy::MidpointAwayFromZero,
        RoundingMode::HalfEven => RoundingStrategy::MidpointNearestEven,
        RoundingMode::Truncate => RoundingStrategy::ToZero,
        RoundingMode::Up => RoundingStrategy::AwayFromZero,
        RoundingMode::Down => RoundingStrategy::ToNegativeInfinity,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn reads_plain_numbers_only() {
        for (text, value) in [("0", "0"), ("007", "7"), ("-3.50", "-3.50"), ("+1", "1"), ("-0", "0"), ("-0.0", "0.0")] {
            assert_eq!(parse(text).unwrap().to_string(), value, "{text}");
        }
        for (text, at) in [
            (".5", 0),
            ("5.", 2),
            ("1e3", 1),
            ("NaN", 0),
            ("1.2.3", 3),
            ("--1", 1),
            ("-", 1),
            ("9分", 1),
            ("９", 0),
            ("1 ", 1),
            ("1,5", 1),
        ] {
            assert_eq!(parse(text), Err(NotANumber::Strange { at }), "{text}");
        }
        assert_eq!(parse(""), Err(NotANumber::Empty));
        assert_eq!(parse("1234567890123456"), Err(NotANumber::TooLong));
        assert_eq!(parse("0.12345678901"), Err(NotANumber::TooLong));
        assert_eq!(parse("123456789012345.0123456789"), Ok(dec("123456789012345.0123456789")));
    }

    #[test]
    fn rounds_as_the_rule_says() {
        use RoundingMode::{Down, HalfEven, HalfUp, Truncate, Up};
        for (value, digits, mode, expected) in [
            ("2.345", 2, HalfUp, "2.35"),
            ("-2.345", 2, HalfUp, "-2.35"),
            ("2.345", 2, HalfEven, "2.34"),
            ("2.355", 2, HalfEven, "2.36"),
            ("3.6666666", 3, Truncate, "3.666"),
            ("-3.6666", 3, Truncate, "-3.666"),
            ("2.341", 2, Up, "2.35"),
            ("-2.341", 2, Up, "-2.35"),
            ("2.349", 2, Down, "2.34"),
            ("-2.341", 2, Down, "-2.35"),
            ("85.5", 2, HalfUp, "85.50"),
            ("100", 0, HalfUp, "100"),
            ("-0.004", 2, HalfUp, "0.00"),
        ] {
            assert_eq!(round(dec(value), Rounding { digits, mode }).to_string(), expected, "{value} {mode:?}");
        }
    }

    #[test]
    fn a_quotient_is_rounded_as_if_it_were_whole() {
        let third = div(Decimal::ONE, dec("3")).unwrap().unwrap();
        let whole = mul(third, dec("3")).unwrap();
        assert_ne!(whole, Decimal::ONE, "28 digits hold no third");
        assert_eq!(settled(whole), Decimal::ONE);
        for mode in [RoundingMode::Truncate, RoundingMode::Up, RoundingMode::Down, RoundingMode::HalfUp] {
            assert_eq!(round(whole, Rounding { digits: 2, mode }).to_string(), "1.00", "{mode:?}");
        }
        assert_eq!(settled(dec("0.000000000000000001")), dec("0.000000000000000001"));
    }

    #[test]
    fn overflow_is_a_failure() {
        assert_eq!(add(Decimal::MAX, Decimal::ONE), Err(Overflow));
        assert_eq!(mul(Decimal::MAX, dec("2")), Err(Overflow));
        assert_eq!(div(Decimal::ONE, Decimal::ZERO), Ok(None));
    }

    #[test]
    fn the_median_of_an_even_number_is_the_middle_of_two() {
        assert_eq!(median(&[dec("1"), dec("2"), dec("4"), dec("9")]), Ok(Some(dec("3"))));
        assert_eq!(median(&[dec("1"), dec("2"), dec("4")]), Ok(Some(dec("2"))));
        assert_eq!(median(&[]), Ok(None));
    }
}
