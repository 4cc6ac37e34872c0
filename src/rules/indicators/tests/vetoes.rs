//! What a veto takes: points, a rank, or nothing.

use super::{Field, figures, rules};
use crate::rules::indicators::{Figures, Scope, Severity, Veto};

const TWO: &str = r#"
[[indicator]]
id = "output"
owner = "生产部"
points = 60
target = 100
linear = {}
[[indicator]]
id = "safety"
owner = "安全部"
points = 40
sheet = {}
"#;

fn with(figures: &Figures, severity: Severity, scope: Scope) -> Figures {
    let veto = Veto { entrant: "A".into(), severity, scope };
    Figures { vetoes: vec![veto], ..figures.clone() }
}

/// A 100 and 100, B 88 and 94.
fn two_months() -> Figures {
    figures(
        "A output m1 100
         A safety m1 100
         A output m2 100
         A safety m2 100
         B output m1 80
         B safety m1 100
         B output m2 90
         B safety m2 100",
    )
}

#[test]
fn each_severity_in_each_scope() {
    use Severity::{Noted, Unranked, Zero};
    let (rules, field, plain) = (rules(TWO), Field::of("A B"), two_months());
    let safety = || Scope::Indicator { indicator: "safety".into(), period: "m1".into() };
    let m1 = || Scope::Period { period: "m1".into() };
    let award = || Scope::Award { award: "first".into() };
    let untouched = "1 A 100.00, 2 B 88.00 | 1 A 100.00, 2 B 91.00";
    // The month, and the two months: A's safety is 40, its output 60, each month.
    for (severity, scope, tables) in [
        (Noted, safety(), untouched),
        (Noted, Scope::Contest, untouched),
        (Zero, award(), untouched),
        (Unranked, award(), untouched),
        // 60; (60 + 100) ÷ 2.
        (Zero, safety(), "1 B 88.00, 2 A 60.00 | 1 B 91.00, 2 A 80.00"),
        // Graver than 0: not ranked in the month, and 0 over the months all the same.
        (Unranked, safety(), "1 B 88.00, Vetoed A 60.00 | 1 B 91.00, 2 A 80.00"),
        (Zero, m1(), "1 B 88.00, 2 A 0.00 | 1 B 91.00, 2 A 50.00"),
        (Unranked, m1(), "1 B 88.00, Vetoed A 0.00 | 1 B 91.00, 2 A 50.00"),
        (Zero, Scope::Contest, "1 B 88.00, 2 A 0.00 | 1 B 91.00, 2 A 0.00"),
        (Unranked, Scope::Contest, "1 B 88.00, Vetoed A 100.00 | 1 B 91.00, Vetoed A 100.00"),
    ] {
        let figures = with(&plain, severity, scope.clone());
        let month = field.in_period(&rules, &figures, "m1").join(", ");
        let both = field.over(&rules, &figures, &["m1", "m2"]).join(", ");
        assert_eq!(format!("{month} | {both}"), tables, "{severity:?} {scope:?}");
    }
}

#[test]
fn another_month_is_not_touched() {
    let figures = with(&two_months(), Severity::Unranked, Scope::Period { period: "m1".into() });
    assert_eq!(Field::of("A B").in_period(&rules(TWO), &figures, "m2"), ["1 A 100.00", "2 B 94.00"]);
}

/// Of two months that are scored together, one counts: half of its points.
#[test]
fn a_vetoed_month_of_a_ratio() {
    let text = TWO.replace("linear = {}", "linear = {}\naccumulate = \"ratio\"");
    let scope = Scope::Indicator { indicator: "output".into(), period: "m1".into() };
    let figures = with(&two_months(), Severity::Zero, scope);
    // 60 × 100/100 ÷ 2 + 40; B 60 × 170/200 + 40.
    assert_eq!(Field::of("A B").over(&rules(&text), &figures, &["m1", "m2"]), ["1 B 91.00", "2 A 70.00"]);
}

/// What counts 0 is never raised to 0.
#[test]
fn a_veto_gives_nothing() {
    let text = "[[indicator]]\nid = \"faults\"\nowner = \"质量部\"\npoints = 10\n[indicator.events]\nleast = \"none\"\n\
                [[indicator.events.kind]]\nid = \"fault\"\npoints = -2\n";
    let given = figures("A faults m1 fault=3");
    let zero = with(&given, Severity::Zero, Scope::Period { period: "m1".into() });
    assert_eq!(Field::of("A").in_period(&rules(text), &zero, "m1"), ["1 A -6.00"]);
}
