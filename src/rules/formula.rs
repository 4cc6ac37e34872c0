//! Formulas of a definition, in exact decimals.
//!
//! One expression: `+ - * /` (also `− × ÷`), comparison, `and`/`or`/`not` as `&& || !`, choice as
//! `if … { … } else { … }`, and the functions in [`FUNCTIONS`]. No loops, no variables, no texts, nothing but
//! the names given. The evaluator is a kept library under limits; a scan before it turns every number into a
//! decimal (1/3 is not 0) and every name into a slot. Knows nothing of aspects and stages: callers give names and values.

mod scan;

use std::sync::LazyLock;

use rhai::{AST, Dynamic, Engine, EvalAltResult, Position, Scope};
use rust_decimal::Decimal;

use super::{
    decimal,
    definition::model::{Rounding, RoundingMode},
};

/// What can be called, with the number of arguments, from and to.
pub const FUNCTIONS: [(&str, usize, usize); 6] = [
    ("min", 2, ARGUMENTS_MAX),
    ("max", 2, ARGUMENTS_MAX),
    ("abs", 1, 1),
    ("floor", 1, 1),
    ("ceil", 1, 1),
    ("round", 2, 2),
];

const ARGUMENTS_MAX: usize = 8;
const SOURCE_CHARS_MAX: usize = 2_000;
const OPERATIONS_MAX: u64 = 10_000;
const DEPTH_MAX: usize = 64;
const DIGITS_MAX: u32 = 20;

/// A checked formula. Cheap to evaluate, shared between threads.
#[derive(Clone, Debug)]
pub struct Compiled {
    ast: AST,
    uses: Vec<String>,
}

/// Why a formula is not accepted. `at` counts characters from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaProblem {
    pub at: usize,
    pub what: FormulaFault,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormulaFault {
    Empty,
    TooLong {
        chars_max: usize,
    },
    /// A character that has no meaning in a formula.
    Character(char),
    /// A number that is not plain digits with an optional point, or has too many digits.
    Number(String),
    UnknownName(String),
    UnknownFunction(String),
    Arguments {
        function: String,
        from: usize,
        to: usize,
        given: usize,
    },
    /// Something is missing or out of place here.
    Syntax,
    /// The result is not a number: a bare comparison, an `if` without `else`, a sum of conditions.
    NotANumber,
}

/// Why a checked formula has no value for these values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Failure {
    DivisionByZero,
    Overflow,
    NotANumber,
    TooMuchWork,
}

/// Reads and checks a formula. `names` are all that may stand in it, with `-` written `_`; `round` rounds in `mode`.
pub fn compile(source: &str, names: &[String], mode: RoundingMode) -> Result<Compiled, FormulaProblem> {
    let scanned = scan::scan(source, names, mode)?;
    let ast = ENGINE.compile_expression(&scanned.text).map_err(|error| FormulaProblem {
        at: scanned.source_at(column(error.position())),
        what: FormulaFault::Syntax,
    })?;
    let compiled = Compiled { ast, uses: scanned.uses };
    // A trial finds what a parser cannot: sums of conditions, an `if` without `else`. Two trials take both sides of most choices.
    for trial in [Decimal::ZERO, Decimal::ONE_HUNDRED] {
        if compiled.eval(&vec![trial; compiled.uses.len()]) == Err(Failure::NotANumber) {
            return Err(FormulaProblem { at: 0, what: FormulaFault::NotANumber });
        }
    }
    Ok(compiled)
}

/// The name of an id inside a formula.
pub fn name_of(id: &str) -> String {
    id.replace('-', "_")
}

impl Compiled {
    /// The names that stand in the formula, in the order in which [`Compiled::eval`] wants their values.
    pub fn uses(&self) -> &[String] {
        &self.uses
    }

    /// `values` in the order of [`Compiled::uses`].
    pub fn eval(&self, values: &[Decimal]) -> Result<Decimal, Failure> {
        let mut scope = Scope::with_capacity(values.len());
        for (slot, value) in values.iter().enumerate() {
            scope.push_constant_dynamic(scan::slot_name(slot), Dynamic::from_decimal(*value));
        }
        let result = ENGINE.eval_ast_with_scope::<Dynamic>(&mut scope, &self.ast).map_err(|error| failure(&error))?;
        result.as_decimal().map_err(|_| Failure::NotANumber)
    }
}

/// `min` and `max` of one number of arguments; up to [`ARGUMENTS_MAX`].
macro_rules! extremes {
    ($engine:ident: $($rest:ident),+) => {
        $engine.register_fn("min", |a: Decimal, $($rest: Decimal),+| [$($rest),+].into_iter().fold(a, Decimal::min));
        $engine.register_fn("max", |a: Decimal, $($rest: Decimal),+| [$($rest),+].into_iter().fold(a, Decimal::max));
    };
}

macro_rules! comparisons {
    ($engine:ident: $($sign:literal $compare:ident),+) => {
        $($engine.register_fn($sign, |a: Decimal, b: Decimal| decimal::settled(a).$compare(&decimal::settled(b)));)+
    };
}

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let mut engine = Engine::new_raw();
    engine.set_max_operations(OPERATIONS_MAX).set_max_expr_depths(DEPTH_MAX, DEPTH_MAX).set_allow_looping(false);
    // Otherwise the evaluator compares and divides by ways of its own, which know nothing of what 28 digits cannot hold.
    engine.set_fast_operators(false);
    comparisons!(engine: "==" eq, "!=" ne, "<" lt, "<=" le, ">" gt, ">=" ge);
    engine.register_fn("/", |a: Decimal, b: Decimal| -> Result<Decimal, Box<EvalAltResult>> {
        let refused = |why: &str| Box::new(EvalAltResult::ErrorArithmetic(why.into(), Position::NONE));
        if decimal::settled(b).is_zero() {
            return Err(refused(BY_ZERO));
        }
        a.checked_div(b).ok_or_else(|| refused(OVERFLOW))
    });
    engine.register_fn("-", |x: Decimal| -x).register_fn("+", |x: Decimal| x).register_fn("!", |x: bool| !x);
    engine.register_fn("abs", |x: Decimal| x.abs());
    engine.register_fn("floor", |x: Decimal| decimal::settled(x).floor());
    engine.register_fn("ceil", |x: Decimal| decimal::settled(x).ceil());
    extremes!(engine: b);
    extremes!(engine: b, c);
    extremes!(engine: b, c, d);
    extremes!(engine: b, c, d, e);
    extremes!(engine: b, c, d, e, f);
    extremes!(engine: b, c, d, e, f, g);
    extremes!(engine: b, c, d, e, f, g, h);
    for (name, mode) in ROUNDS {
        engine.register_fn(name, move |x: Decimal, digits: Decimal| -> Result<Decimal, Box<EvalAltResult>> {
            let digits = u32::try_from(digits).ok().filter(|digits| *digits <= DIGITS_MAX);
            let digits =
                digits.ok_or_else(|| Box::new(EvalAltResult::ErrorArithmetic(OVERFLOW.into(), Position::NONE)))?;
            Ok(decimal::round(x, Rounding { digits, mode }))
        });
    }
    engine
});

const OVERFLOW: &str = "overflow";
const BY_ZERO: &str = "division by zero";

/// `round(…)` is written as one of these, so that one engine serves every definition.
const ROUNDS: [(&str, RoundingMode); 5] = [
    ("round_half_up", RoundingMode::HalfUp),
    ("round_half_even", RoundingMode::HalfEven),
    ("round_truncate", RoundingMode::Truncate),
    ("round_up", RoundingMode::Up),
    ("round_down", RoundingMode::Down),
];

fn round_name(mode: RoundingMode) -> &'static str {
    ROUNDS.iter().find(|(_, of)| *of == mode).map_or("round_half_up", |(name, _)| name)
}

fn failure(error: &EvalAltResult) -> Failure {
    match error {
        EvalAltResult::ErrorArithmetic(text, _) if text.contains("by zero") => Failure::DivisionByZero,
        EvalAltResult::ErrorArithmetic(..) => Failure::Overflow,
        EvalAltResult::ErrorTooManyOperations(_) | EvalAltResult::ErrorStackOverflow(_) => Failure::TooMuchWork,
        _ => Failure::NotANumber,
    }
}

/// From 0; an error at the end has no position.
fn column(position: Position) -> usize {
    position.position().map_or(usize::MAX, |column| column.saturating_sub(1))
}

#[cfg(test)]
mod tests;
