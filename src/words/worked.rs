//! How points came of a figure, worked out in words: the same steps as the rules, with this figure's numbers.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Language;
use crate::rules::{
    decimal::{add, div, mul, sub},
    indicators::{
        Actual, Behind, Extremes,
        rules::{BandsOf, Between, Direction, Indicator, LessBy, Score, Slope, SlopeShort},
    },
    names::Id,
};

/// Line by line. Empty where nothing was worked: the figure is missing or not applicable, or the rules have changed since.
pub fn worked(language: Language, behind: &Behind) -> Vec<String> {
    let Behind { indicator, figure: Some(figure), points: Some(points), given: Some(given), agrees: true, .. } = behind
    else {
        return Vec::new();
    };
    // The equations are those of the figure; what a veto makes of them is said after them.
    let work = Work { l: language, behind, indicator, points: *given };
    let mut lines = match &figure.actual {
        Actual::NotApplicable => return Vec::new(),
        Actual::Is(actual) => work.of_number(*actual),
        Actual::Counts(counts) => work.of_counts(counts),
    };
    if behind.vetoed {
        lines.push(work.say("worked-vetoed", &[("points", *points)]));
    }
    lines
}

struct Work<'b> {
    l: Language,
    behind: &'b Behind,
    indicator: &'b Indicator,
    points: Decimal,
}

type Values<'v> = &'v [(&'static str, Decimal)];

impl Work<'_> {
    fn say(&self, key: &str, values: Values<'_>) -> String {
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, shown(*value).into())).collect();
        self.l.say_with(key, &values).into_owned()
    }

    fn target(&self) -> Option<Decimal> {
        self.behind.target.as_ref().map(|set| set.target).or(self.indicator.target)
    }

    fn of_number(&self, actual: Decimal) -> Vec<String> {
        let (worth, points) = (("worth", self.indicator.points), ("points", self.points));
        let is = ("actual", actual);
        match &self.indicator.score {
            Score::Linear { least_percent, cap_percent } => {
                let mut lines = self.completion(actual);
                if let Some(percent) = self.behind.percent {
                    let counted = percent.clamp(*least_percent, *cap_percent);
                    lines.extend(self.limited(percent, *least_percent, *cap_percent));
                    lines.push(self.say("worked-share", &[worth, ("percent", counted), points]));
                }
                lines
            }
            Score::Bands { of, rows } => {
                let mut lines = if *of == BandsOf::Percent { self.completion(actual) } else { Vec::new() };
                let reads = if *of == BandsOf::Percent { self.behind.percent } else { Some(actual) };
                let row = reads.and_then(|reads| rows.iter().rev().find(|row| row.from <= reads));
                lines.extend(match (reads, row) {
                    (None, _) => None,
                    (Some(reads), Some(row)) => {
                        Some(self.say("worked-band", &[("value", reads), ("from", row.from), points]))
                    }
                    (Some(reads), None) => Some(self.say("worked-band-below", &[("value", reads)])),
                });
                lines
            }
            Score::Efficacy { between, least_percent, cap_percent } => {
                let (passing, excellent) = match (*between, self.behind.extremes) {
                    (Between::Fixed { passing, excellent }, _) => (passing, excellent),
                    (Between::Group { equal_percent }, Some(Extremes { worst, best })) if worst == best => {
                        let percent = ("percent", equal_percent);
                        return vec![
                            self.say("worked-equal", &[is, percent]),
                            self.say("worked-share", &[worth, percent, points]),
                        ];
                    }
                    (Between::Group { .. }, Some(Extremes { worst, best })) => (worst, best),
                    (Between::Group { .. }, None) => return Vec::new(),
                };
                let Some(percent) = efficacy(actual, passing, excellent) else { return Vec::new() };
                let ends = [is, ("passing", passing), ("excellent", excellent), ("percent", percent)];
                let mut lines = Vec::new();
                if matches!(between, Between::Group { .. }) {
                    lines.push(self.say("worked-extremes", &ends));
                }
                lines.push(self.say("worked-efficacy", &ends));
                lines.extend(self.limited(percent, *least_percent, *cap_percent));
                let counted = percent.clamp(*least_percent, *cap_percent);
                lines.push(self.say("worked-share", &[worth, ("percent", counted), points]));
                lines
            }
            Score::Slope(slope) => self.of_slope(actual, slope),
            Score::Inside { low, high, each, loses } => {
                let outside = (*low - actual).max(actual - *high).max(Decimal::ZERO);
                let range =
                    [is, ("low", *low), ("high", *high), ("outside", outside), ("each", *each), ("loses", *loses)];
                let key = if outside.is_zero() { "worked-inside" } else { "worked-outside" };
                vec![self.say(key, &range), self.say("worked-points", &[worth, points])]
            }
            Score::Met { .. } => {
                let Some(target) = self.target() else { return Vec::new() };
                let met = match self.indicator.direction {
                    Direction::More => actual >= target,
                    Direction::Less(_) => actual <= target,
                };
                let key = if met { "worked-met" } else { "worked-not-met" };
                vec![self.say(key, &[is, ("target", target), points])]
            }
            Score::Sheet { full } => vec![self.say("worked-sheet", &[worth, is, ("full", *full), points])],
            Score::Events { .. } => Vec::new(),
        }
    }

    /// 完成率.
    fn completion(&self, actual: Decimal) -> Vec<String> {
        let Some(target) = self.target() else { return Vec::new() };
        let ends = [("actual", actual), ("target", target)];
        let Some(percent) = self.behind.percent else { return vec![self.say("worked-no-completion", &ends)] };
        let key = match self.indicator.direction {
            _ if target <= Decimal::ZERO => "worked-completion-below",
            Direction::More => "worked-completion-more",
            Direction::Less(LessBy::Difference) => "worked-completion-difference",
            Direction::Less(LessBy::Quotient) => "worked-completion-quotient",
        };
        vec![self.say(key, &[ends[0], ends[1], ("percent", percent)])]
    }

    fn limited(&self, percent: Decimal, least: Decimal, cap: Decimal) -> Option<String> {
        if percent > cap {
            return Some(self.say("worked-cap", &[("percent", cap)]));
        }
        (percent < least).then(|| self.say("worked-least", &[("percent", least)]))
    }

    /// The target's share of the points is above it so much for each percent more, and below it what the rules say.
    fn of_slope(&self, actual: Decimal, slope: &Slope) -> Vec<String> {
        let mut lines = self.completion(actual);
        lines.extend(self.beside_target(slope).unwrap_or_else(|| {
            let (worth, points) = (("worth", self.indicator.points), ("points", self.points));
            vec![self.say("worked-points", &[worth, points])]
        }));
        lines
    }

    /// `None` without a completion: rules for a target of 0.
    fn beside_target(&self, slope: &Slope) -> Option<Vec<String>> {
        let (worth, percent) = (self.indicator.points, self.behind.percent?);
        let size = if slope.size.is_some() { self.behind.size? } else { self.target()?.abs() };
        let row = slope.rows.iter().find(|row| row.up_to.is_none_or(|up_to| size <= up_to))?;
        let away = sub(percent, Decimal::ONE_HUNDRED).ok()?;
        let counted = if slope.whole_percents { away.trunc().abs() } else { away.abs() };
        let given = [
            ("worth", worth),
            ("each", row.each_percent),
            ("away", away.abs()),
            ("counted", counted),
            ("percent", percent),
            ("points", self.points),
        ];
        let mut lines = Vec::new();
        if slope.whole_percents && counted != away.abs() && (away >= Decimal::ZERO || slope.short == SlopeShort::Slope)
        {
            lines.push(self.say("worked-slope-whole", &given));
        }
        if away < Decimal::ZERO {
            let key = match slope.short {
                SlopeShort::Ratio => "worked-slope-share",
                SlopeShort::Slope => "worked-slope-short",
            };
            lines.push(self.say(key, &given));
            return Some(lines);
        }
        lines.push(self.say("worked-slope-over", &given));
        let bonus = mul(counted, row.each_percent).ok()?;
        let most = slope.bonus_percent.and_then(|most| div(mul(worth, most).ok()?, Decimal::ONE_HUNDRED).ok()?);
        lines.push(match most.filter(|most| *most < bonus) {
            Some(most) => self.say("worked-slope-most", &[("worth", worth), ("most", most), ("points", self.points)]),
            None => self.say("worked-slope-bonus", &given),
        });
        Some(lines)
    }

    fn of_counts(&self, counts: &BTreeMap<Id, Decimal>) -> Vec<String> {
        let Score::Events { starts_at, least, most, kinds } = &self.indicator.score else { return Vec::new() };
        let mut lines = vec![self.say("worked-events", &[("start", *starts_at)])];
        for kind in kinds {
            let count = counts.get(&kind.id).copied().unwrap_or_default();
            let Ok(gives) = mul(count, kind.points) else { continue };
            let values = [
                ("kind", kind.title.clone()),
                ("count", shown(count)),
                ("each", shown(kind.points)),
                ("gives", shown(gives)),
            ];
            let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
            lines.push(self.l.say_with("worked-event", &values).into_owned());
        }
        lines.extend(least.map(|least| self.say("worked-at-least", &[("points", least)])));
        lines.extend(most.map(|most| self.say("worked-at-most", &[("points", most)])));
        lines.push(self.say("worked-gives", &[("points", self.points)]));
        lines
    }
}

/// Whole to four places: what is shown of a percentage.
fn shown(value: Decimal) -> String {
    value.round_dp(4).normalize().to_string()
}

fn efficacy(actual: Decimal, passing: Decimal, excellent: Decimal) -> Option<Decimal> {
    let reached = mul(Decimal::from(40), sub(actual, passing).ok()?).ok()?;
    add(Decimal::from(60), div(reached, sub(excellent, passing).ok()?).ok()??).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{
        definition::read,
        indicators::{Against, Counted, points},
    };

    /// A figure that stands behind points that the rules give it.
    fn lines(section: &str, actual: Actual, extremes: Option<(i64, i64)>) -> Vec<String> {
        worked(Language::Zh, &behind(section, actual, extremes))
    }

    fn behind(section: &str, actual: Actual, extremes: Option<(i64, i64)>) -> Behind {
        let head = "format = 1\n[contest]\nid = \"labor\"\ntitle = \"劳动竞赛\"\n[[period]]\nid = \"m1\"\n\
                    from = \"2026-01-01\"\nto = \"2026-01-31\"\n[[indicator]]\nid = \"one\"\nowner = \"生产部\"\n";
        let read = read(&format!("{head}{section}\n"));
        let rules = read.definition.unwrap_or_else(|| panic!("{:?}", read.problems)).indicators;
        let indicator = rules.indicators[0].clone();
        let extremes = extremes.map(|(worst, best)| Extremes { worst: worst.into(), best: best.into() });
        let values = BTreeMap::new();
        let against = Against { target: None, values: &values, extremes };
        let given = points(&indicator, &actual, against, rules.points_rounding).unwrap().unwrap();
        let figure = Counted { actual, evidence: Vec::new(), hands: Vec::new() };
        Behind {
            indicator,
            points: Some(given.points),
            figure: Some(figure),
            target: None,
            extremes,
            percent: given.percent,
            size: None,
            given: Some(given.points),
            agrees: true,
            vetoed: false,
        }
    }

    fn number(number: i64) -> Actual {
        Actual::Is(number.into())
    }

    #[test]
    fn each_way_is_worked_with_its_numbers() {
        let linear = "points = 20\ntarget = 80\nlinear = {}";
        assert_eq!(lines(linear, number(92), None), ["完成率 = 92 ÷ 80 = 115%", "得分 = 20 × 115% = 23"]);
        assert_eq!(
            lines(linear, number(160), None),
            ["完成率 = 160 ÷ 80 = 200%", "超过上限，按 120% 计", "得分 = 20 × 120% = 24"]
        );
        let less = "points = 10\ndirection = \"less\"\ntarget = 5\nlinear = {}";
        assert_eq!(lines(less, number(4), None), ["完成率 = 2 − 4 ÷ 5 = 120%", "得分 = 10 × 120% = 12"]);
        let bands =
            "points = 10\nbands = { of = \"value\", rows = [{ from = 1, points = 5 }, { from = 3, points = 10 }] }";
        assert_eq!(lines(bands, number(4), None), ["4 在“3 起”一档：10 分"]);
        assert_eq!(lines(bands, number(0), None), ["0 低于第一档：0 分"]);
        let fixed = "points = 20\nefficacy = { passing = 80, excellent = 100 }";
        assert_eq!(lines(fixed, number(90), None), ["60 + 40 ×（90 − 80）÷（100 − 80）= 80%", "得分 = 20 × 80% = 16"]);
        let group = "points = 20\nefficacy = { passing = \"worst\", excellent = \"best\" }";
        assert_eq!(
            lines(group, number(85), Some((80, 100))),
            ["组内最差 80，最好 100", "60 + 40 ×（85 − 80）÷（100 − 80）= 70%", "得分 = 20 × 70% = 14"]
        );
        assert_eq!(lines(group, number(85), Some((85, 85))), ["组内数据都是 85，按 100% 计", "得分 = 20 × 100% = 20"]);
        let inside = "points = 5\ninside = { low = 95, high = 105, each = 1, loses = \"0.5\" }";
        assert_eq!(lines(inside, number(93), None), ["93 偏出 95 至 105 的范围 2，每 1 扣 0.5 分", "分值 5，得分 4"]);
        let met = "points = 3\ntarget = 10\nmet = { otherwise = 1 }";
        assert_eq!(lines(met, number(10), None), ["10 达到目标 10：3 分"]);
        assert_eq!(lines(met, number(9), None), ["9 没有达到目标 10：1 分"]);
        assert_eq!(lines("points = 2\nsheet = { full = 50 }", number(40), None), ["得分 = 2 × 40 ÷ 50 = 1.6"]);
    }

    #[test]
    fn a_slope_is_worked_on_its_side_of_the_target() {
        let rows = "rows = [{ up-to = 100, each-percent = \"0.2\" }, { each-percent = 1 }]";
        let slope = |more: &str| format!("points = 20\ntarget = 100\nslope = {{ {rows}{more} }}");
        assert_eq!(
            lines(&slope(""), number(105), None),
            ["完成率 = 105 ÷ 100 = 105%", "超目标 5%，每超 1% 加 0.2 分", "得分 = 20 + 5 × 0.2 = 21"]
        );
        // Below it the points are a share of all, whatever a percent more would give.
        assert_eq!(
            lines(&slope(""), number(95), None),
            ["完成率 = 95 ÷ 100 = 95%", "低于目标，按完成率计：得分 = 20 × 95% = 19"]
        );
        assert_eq!(
            lines(&slope(", short = \"slope\""), number(95), None),
            ["完成率 = 95 ÷ 100 = 95%", "低于目标 5%，每低 1% 减 0.2 分：得分 = 20 − 5 × 0.2 = 19"]
        );
        // 10 percent more give 2; a bonus of 5 % of 20 is at most 1.
        assert_eq!(
            lines(&slope(", bonus-percent = 5"), number(110), None)[1..],
            ["超目标 10%，每超 1% 加 0.2 分", "加分最多 1 分：得分 = 20 + 1 = 21"]
        );
        let whole = format!("points = 20\ntarget = 80\nslope = {{ {rows}, whole-percents = true }}");
        assert_eq!(
            lines(&whole, number(83), None),
            [
                "完成率 = 83 ÷ 80 = 103.75%",
                "只计整数百分点：3.75% 按 3% 计",
                "超目标 3.75%，每超 1% 加 0.2 分",
                "得分 = 20 + 3 × 0.2 = 20.6"
            ]
        );
    }

    #[test]
    fn a_veto_comes_after_the_equation_that_it_undoes() {
        let full = behind("points = 20\ntarget = 80\nlinear = {}", number(76), None);
        let vetoed = Behind { points: Some(Decimal::ZERO), vetoed: true, ..full };
        let told = worked(Language::Zh, &vetoed);
        assert_eq!(told, ["完成率 = 76 ÷ 80 = 95%", "得分 = 20 × 95% = 19", "一票否决，计 0 分"]);
        assert_eq!(worked(Language::En, &vetoed)[2], "Vetoed: counts 0 points");
    }

    #[test]
    fn events_are_counted_one_kind_after_the_other() {
        let events =
            "points = 10\n[indicator.events]\nstarts-at = 2\n[[indicator.events.kind]]\nid = \"verified\"\npoints = 5";
        let counts = Actual::Counts([(Id::new("verified"), 1.into())].into());
        assert_eq!(
            lines(events, counts, None),
            ["从 2 分起", "verified：1 次 × 5 = 5", "最低 0 分", "最高 10 分", "得分 7"]
        );
    }
}
