use super::*;

fn value(source: &str, values: &[(&str, &str)]) -> Result<Decimal, Failure> {
    let names: Vec<String> = values.iter().map(|(name, _)| (*name).to_owned()).collect();
    let compiled = compile(source, &names, RoundingMode::HalfUp).unwrap();
    let given: Vec<Decimal> = compiled
        .uses()
        .iter()
        .map(|name| values.iter().find(|(of, _)| of == name).unwrap().1.parse().unwrap())
        .collect();
    compiled.eval(&given)
}

fn gives(source: &str, values: &[(&str, &str)], expected: &str) {
    assert_eq!(value(source, values), Ok(expected.parse().unwrap()), "{source}");
}

fn fault(source: &str) -> (usize, FormulaFault) {
    let problem = compile(source, &["value".into(), "k_point".into()], RoundingMode::HalfUp).unwrap_err();
    (problem.at, problem.what)
}

#[test]
fn numbers_are_decimals() {
    gives("1/3", &[], "0.3333333333333333333333333333");
    gives("7 / 2", &[], "3.5");
    gives("if a / 3 * 3 == 1 { 1 } else { 0 }", &[("a", "1")], "1");
    gives("if a / 3 * 3 < 1 { 1 } else { 0 }", &[("a", "1")], "0");
    gives("floor(a / 3 * 3)", &[("a", "1")], "1");
    gives("ceil(2 / 3 * a)", &[("a", "3")], "2");
    gives("0.1 + 0.2", &[], "0.3");
    gives("-2 - -3", &[], "1");
}

#[test]
fn a_ski_jump() {
    let jump = [("distance", "127.0"), ("k_point", "120"), ("metre_value", "1.8")];
    gives("60 + (distance − k_point) × metre_value", &jump, "72.6");
}

#[test]
fn functions_and_choice() {
    gives("max(1, 7, 3) + min(4, 2)", &[], "9");
    gives("min(9, 8, 7, 6, 5, 4, 3, 2)", &[], "2");
    gives("abs(-4.5) + floor(2.9) + ceil(2.1)", &[], "9.5");
    gives("round(2.345, 2)", &[], "2.35");
    gives("if a >= 10 { 1 } else if a >= 5 { 2 } else { 3 }", &[("a", "7")], "2");
    gives("if !(a == 7) || a < 0 { 1 } else { 0 }", &[("a", "7")], "0");
    let even = compile("round(2.345, 2)", &[], RoundingMode::HalfEven).unwrap();
    assert_eq!(even.eval(&[]), Ok("2.34".parse().unwrap()));
}

#[test]
fn words_of_the_evaluator_are_only_names_here() {
    gives("default + match + this", &[("default", "1"), ("match", "2"), ("this", "3")], "6");
}

#[test]
fn no_value_says_why() {
    assert_eq!(value("1 / a", &[("a", "0")]), Err(Failure::DivisionByZero));
    assert_eq!(value("1 / (a / 3 * 3 - 1)", &[("a", "1")]), Err(Failure::DivisionByZero));
    assert_eq!(value("a * a * a", &[("a", "999999999999999")]), Err(Failure::Overflow));
    assert_eq!(value("round(1, a)", &[("a", "99")]), Err(Failure::Overflow));
}

#[test]
fn faults_say_where() {
    assert_eq!(fault("value + wind × 2"), (8, FormulaFault::UnknownName("wind".into())));
    assert_eq!(fault("sqrt(value)"), (0, FormulaFault::UnknownFunction("sqrt".into())));
    assert_eq!(
        fault("1 + round(value)"),
        (4, FormulaFault::Arguments { function: "round".into(), from: 2, to: 2, given: 1 })
    );
    assert_eq!(fault("value +"), (7, FormulaFault::Syntax));
    assert_eq!(fault("(value"), (6, FormulaFault::Syntax));
    assert_eq!(fault("value  value"), (7, FormulaFault::Syntax));
    assert_eq!(fault("value + \"x\""), (8, FormulaFault::Character('"')));
    assert_eq!(fault("1e400"), (0, FormulaFault::Number("1e400".into())));
    assert_eq!(fault("value > 3"), (0, FormulaFault::NotANumber));
    assert_eq!(fault("if value > 3 { 1 }"), (0, FormulaFault::NotANumber));
    assert_eq!(fault("  "), (0, FormulaFault::Empty));
    for attack in ["loop { }", "let x = 1; x", "value; value", "while true { }", "fn f() { 1 }", "value.x", "[1, 2]"] {
        assert!(compile(attack, &["value".into()], RoundingMode::HalfUp).is_err(), "{attack}");
    }
}

#[test]
fn a_deep_formula_is_refused_not_a_crash() {
    let deep = format!("{}1{}", "(".repeat(900), ")".repeat(900));
    assert_eq!(fault(&deep).1, FormulaFault::Syntax);
}

#[test]
fn it_can_be_shared() {
    fn shared<T: Send + Sync>() {}
    shared::<Compiled>();
}
