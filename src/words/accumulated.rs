//! How points over several periods came of those of each period, worked out in words.
//!
//! What is shown was published at different times: where the periods' points do not give those over all of them, only the
//! rule is told, without numbers.

use rust_decimal::Decimal;

use super::Language;
use crate::rules::{
    decimal::{add, div, sub, sum},
    indicators::rules::Accumulate,
};

/// Of one indicator: its points in each period that judged it, with the period's title.
pub fn accumulated(language: Language, by: Accumulate, each: &[(&str, Option<Decimal>)], points: Decimal) -> String {
    let given: Vec<(&str, Decimal)> = each.iter().filter_map(|(title, one)| Some((*title, (*one)?))).collect();
    let terms: Vec<Decimal> = given.iter().map(|(_, one)| *one).collect();
    let (rule, worked) = match by {
        Accumulate::Sum => ("accumulated-sum", sum(terms.iter().copied()).ok().map(|sum| (sum, plus(&terms)))),
        Accumulate::Mean => {
            let mean = sum(terms.iter().copied()).ok().and_then(|sum| div(sum, Decimal::from(terms.len())).ok()?);
            let said = match terms.len() {
                1 => plus(&terms),
                count => format!("({}) ÷ {count}", plus(&terms)),
            };
            ("accumulated-mean", mean.map(|mean| (mean, said)))
        }
        Accumulate::Last => {
            ("accumulated-last", given.last().map(|(title, one)| (*one, format!("{title} {}", one.normalize()))))
        }
        Accumulate::Ratio => ("accumulated-ratio", None),
    };
    let rule = language.say(rule);
    match worked.filter(|(gives, _)| is_rounded(*gives, points)) {
        Some((gives, said)) if said.contains(['+', '÷']) => {
            let sign = if gives == points { "=" } else { "≈" };
            format!("{rule}{}{said} {sign} {}", language.colon(), points.normalize())
        }
        Some((_, said)) => format!("{rule}{}{said}", language.colon()),
        None => rule.into_owned(),
    }
}

/// Of all indicators together; `vetoed`: over the whole contest.
pub fn total(language: Language, points: &[Decimal], score: Decimal, vetoed: bool) -> String {
    let Ok(all) = sum(points.iter().copied()) else { return String::new() };
    let sum = format!("{} = {}", plus(points), all.normalize());
    let values = [("sum", sum.clone().into()), ("score", score.to_string().into())];
    if all == score {
        sum
    } else if is_rounded(all, score) {
        language.say_with("accumulated-rounded", &values).into_owned()
    } else if vetoed {
        language.say_with("accumulated-vetoed", &values).into_owned()
    } else {
        language.say_with("accumulated-scaled", &values).into_owned()
    }
}

fn plus(terms: &[Decimal]) -> String {
    terms.iter().map(|one| one.normalize().to_string()).collect::<Vec<_>>().join(" + ").replace("+ -", "− ")
}

/// Whether one is the other, as far as its places go.
fn is_rounded(exact: Decimal, rounded: Decimal) -> bool {
    let unit = Decimal::new(1, rounded.scale());
    sub(exact, rounded).is_ok_and(|away| away.abs() < unit) && add(exact, unit).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn each_way_is_told_with_the_points_of_the_periods() {
        let told = |by, each: &[(&str, Option<&str>)], points: &str| {
            let each: Vec<_> = each.iter().map(|(title, one)| (*title, one.map(dec))).collect();
            accumulated(Language::Zh, by, &each, dec(points))
        };
        let two = [("一月", Some("50")), ("二月", Some("40"))];
        assert_eq!(told(Accumulate::Sum, &two, "90"), "各期相加：50 + 40 = 90");
        assert_eq!(told(Accumulate::Mean, &two, "45.00"), "各期平均：(50 + 40) ÷ 2 = 45");
        assert_eq!(told(Accumulate::Last, &two, "40"), "取最后一期：二月 40");
        assert_eq!(told(Accumulate::Ratio, &two, "44.1"), "各期实际合计与目标合计相比，计一次分");
        // What did not apply is left out.
        assert_eq!(told(Accumulate::Mean, &[("一月", None), ("二月", Some("40"))], "40"), "各期平均：40");
        let three = [("一月", Some("50")), ("二月", Some("40")), ("三月", Some("35"))];
        assert_eq!(told(Accumulate::Mean, &three, "41.67"), "各期平均：(50 + 40 + 35) ÷ 3 ≈ 41.67");
        // A period that was published before something moved it does not explain what came of it.
        assert_eq!(told(Accumulate::Sum, &two, "40"), "各期相加");
    }

    #[test]
    fn all_together_say_why_the_score_is_not_their_sum() {
        let points = ["57.725", "30", "-2.5"].map(dec);
        let told = |score, vetoed| total(Language::Zh, &points, dec(score), vetoed);
        assert_eq!(told("85.225", false), "57.725 + 30 − 2.5 = 85.225");
        assert_eq!(told("85.23", false), "57.725 + 30 − 2.5 = 85.225，取 85.23");
        assert_eq!(told("0.00", true), "57.725 + 30 − 2.5 = 85.225；一票否决，计 0.00 分");
        assert_eq!(told("94.69", false), "57.725 + 30 − 2.5 = 85.225；有不适用的指标，按适用的分值折算为 94.69");
    }
}
