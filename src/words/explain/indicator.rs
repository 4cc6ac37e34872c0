//! Indicators (指标): the periods, what each figure is held against, how it becomes points, and what periods become.

use rust_decimal::Decimal;

use super::{Language, Section, rounding, text, title_of};
use crate::rules::{
    definition::model::Definition,
    indicators::{
        Rules,
        rules::{
            Accumulate, BandsOf, Between, Direction, EventKind, Honour, Indicator, LessBy, Period, Score, Slope,
            SlopeShort,
        },
    },
    names::Id,
};

pub(super) fn sections(l: Language, d: &Definition) -> Vec<Section> {
    let rules = &d.indicators;
    if rules.is_empty() {
        return Vec::new();
    }
    let mut sections = vec![whole(l, d, rules)];
    sections.extend(rules.indicators.iter().map(|one| indicator(l, d, one)));
    sections
}

fn say(l: Language, key: &str, values: &[(&'static str, String)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, text(value))).collect();
    l.say_with(key, &values).into_owned()
}

fn number(value: Decimal) -> String {
    value.normalize().to_string()
}

fn whole(l: Language, d: &Definition, rules: &Rules) -> Section {
    let mut lines: Vec<String> = rules.periods.iter().map(|one| period(l, one)).collect();
    lines.push(l.say("explain-indicators-score").into_owned());
    lines.push(
        l.say(if rules.scale_up { "explain-indicators-scale-up" } else { "explain-indicators-no-scale" }).into_owned(),
    );
    lines.push(l.say("explain-indicators-missing").into_owned());
    if !d.groups.is_empty() {
        lines.push(l.say("explain-indicators-groups").into_owned());
    }
    lines.push(l.say("explain-indicators-units").into_owned());
    let ties: Vec<String> = rules.ties.iter().map(|id| indicator_title(rules, id)).collect();
    lines.push(if ties.is_empty() {
        l.say("explain-indicators-shared").into_owned()
    } else {
        say(l, "explain-indicators-ties", &[("indicators", ties.join(&l.say("explain-then")))])
    });
    lines.extend(rules.honours.iter().flat_map(|one| honour(l, d, one)));
    let values = [("points", rounding(l, rules.points_rounding)), ("score", rounding(l, rules.score_rounding))];
    lines.push(say(l, "explain-indicators-rounding", &values));
    Section { title: l.say("explain-title-indicators").into_owned(), lines }
}

fn honour(l: Language, d: &Definition, honour: &Honour) -> Vec<String> {
    let values = [("honour", honour.title.clone()), ("ranks", honour.ranks.to_string())];
    let mut lines = vec![say(l, "explain-honour", &values)];
    if let Some(least) = honour.least {
        let values = [("honour", honour.title.clone()), ("least", number(least))];
        lines.push(say(l, "explain-honour-least", &values));
    }
    if !honour.groups.is_empty() {
        let titles = honour.groups.iter().map(|id| title_of(id, d.groups.iter().map(|g| (&g.id, &g.title))));
        let titles = titles.collect::<Vec<_>>().join(l.comma());
        lines.push(say(l, "explain-honour-groups", &[("honour", honour.title.clone()), ("groups", titles)]));
    }
    lines
}

fn indicator_title(rules: &Rules, id: &Id) -> String {
    title_of(id, rules.indicators.iter().map(|one| (&one.id, &one.title)))
}

fn period(l: Language, period: &Period) -> String {
    let values = [
        ("period", period.title.clone()),
        ("from", period.from.to_string()),
        ("to", period.to.to_string()),
        ("due", period.due.to_string()),
    ];
    say(l, "explain-indicators-period", &values)
}

fn indicator(l: Language, d: &Definition, one: &Indicator) -> Section {
    let mut lines = Vec::new();
    let mut values = vec![("points", number(one.points)), ("owner", one.owner.clone())];
    lines.push(match &one.measured_in {
        Some(measure) => {
            values.push(("measure", measure.clone()));
            say(l, "explain-indicator-measured", &values)
        }
        None => say(l, "explain-indicator-points", &values),
    });
    let joined = |titles: Vec<String>| titles.join(l.comma());
    if !one.groups.is_empty() {
        let titles = one.groups.iter().map(|id| title_of(id, d.groups.iter().map(|g| (&g.id, &g.title))));
        lines.push(say(l, "explain-indicator-groups", &[("groups", joined(titles.collect()))]));
    }
    if !one.periods.is_empty() {
        let all = &d.indicators.periods;
        let titles = one.periods.iter().map(|id| title_of(id, all.iter().map(|p| (&p.id, &p.title))));
        lines.push(say(l, "explain-indicator-periods", &[("periods", joined(titles.collect()))]));
    }
    if one.score.reads_target() {
        lines.push(match one.target {
            Some(target) => say(l, "explain-indicator-target", &[("target", number(target))]),
            None => l.say("explain-indicator-target-set").into_owned(),
        });
    }
    if one.score.reads_target() && !matches!(one.score, Score::Met { .. }) {
        lines.push(
            l.say(match one.direction {
                Direction::More => "explain-indicator-percent-more",
                Direction::Less(LessBy::Difference) => "explain-indicator-percent-difference",
                Direction::Less(LessBy::Quotient) => "explain-indicator-percent-quotient",
            })
            .into_owned(),
        );
    }
    lines.extend(way(l, d, one));
    lines.push(
        l.say(match one.accumulate {
            Accumulate::Sum => "explain-indicator-sum",
            Accumulate::Mean => "explain-indicator-mean",
            Accumulate::Last => "explain-indicator-last",
            Accumulate::Ratio => "explain-indicator-ratio",
        })
        .into_owned(),
    );
    Section { title: say(l, "explain-title-indicator", &[("indicator", one.title.clone())]), lines }
}

fn way(l: Language, d: &Definition, one: &Indicator) -> Vec<String> {
    match &one.score {
        Score::Linear { least_percent, cap_percent } => {
            let values = [("least", number(*least_percent)), ("cap", number(*cap_percent))];
            vec![
                say(l, "explain-indicator-linear", &values),
                say(l, "explain-indicator-zero-target", &[("least", number(*least_percent))]),
            ]
        }
        Score::Bands { of, rows } => {
            let key = match of {
                BandsOf::Percent => "explain-indicator-band-percent",
                BandsOf::Value => "explain-indicator-band-value",
            };
            let mut lines: Vec<String> = rows
                .iter()
                .map(|row| say(l, key, &[("from", number(row.from)), ("points", number(row.points))]))
                .collect();
            lines.push(l.say("explain-indicator-band-below").into_owned());
            if *of == BandsOf::Percent {
                lines.push(say(l, "explain-indicator-zero-target", &[("least", "0".to_owned())]));
            }
            lines
        }
        Score::Efficacy { between, least_percent, cap_percent } => {
            let (least, cap) = (("least", number(*least_percent)), ("cap", number(*cap_percent)));
            match between {
                Between::Fixed { passing, excellent } => {
                    let values = [("passing", number(*passing)), ("excellent", number(*excellent)), least, cap];
                    vec![say(l, "explain-indicator-efficacy", &values)]
                }
                Between::Group { equal_percent } => {
                    let key = match one.direction {
                        Direction::More => "explain-indicator-efficacy-group-more",
                        Direction::Less(_) => "explain-indicator-efficacy-group-less",
                    };
                    vec![
                        say(l, key, &[least, cap]),
                        say(l, "explain-indicator-efficacy-equal", &[("percent", number(*equal_percent))]),
                        l.say("explain-indicator-efficacy-among").into_owned(),
                    ]
                }
            }
        }
        Score::Slope(slope) => of_slope(l, d, slope),
        Score::Events { starts_at, least, most, kinds } => {
            let mut lines = vec![say(l, "explain-indicator-events", &[("start", number(*starts_at))])];
            lines.extend(kinds.iter().map(|one| event(l, one)));
            if let Some(least) = least {
                lines.push(say(l, "explain-indicator-least", &[("least", number(*least))]));
            }
            if let Some(most) = most {
                lines.push(say(l, "explain-indicator-most", &[("most", number(*most))]));
            }
            lines
        }
        Score::Inside { low, high, each, loses } => {
            let values =
                [("low", number(*low)), ("high", number(*high)), ("each", number(*each)), ("loses", number(*loses))];
            vec![say(l, "explain-indicator-inside", &values)]
        }
        Score::Met { otherwise } => {
            let key = match one.direction {
                Direction::More => "explain-indicator-met-more",
                Direction::Less(_) => "explain-indicator-met-less",
            };
            vec![say(l, key, &[("otherwise", number(*otherwise))])]
        }
        Score::Sheet { full } => vec![say(l, "explain-indicator-sheet", &[("full", number(*full))])],
    }
}

fn event(l: Language, kind: &EventKind) -> String {
    let points = number(kind.points);
    let points = if kind.points > Decimal::ZERO { format!("+{points}") } else { points };
    say(l, "explain-indicator-event", &[("kind", kind.title.clone()), ("points", points)])
}

fn of_slope(l: Language, d: &Definition, slope: &Slope) -> Vec<String> {
    let size = match &slope.size {
        Some(id) => title_of(id, d.entrants.values.iter().map(|one| (&one.id, &one.title))),
        None => l.say("explain-indicator-size-target").into_owned(),
    };
    let mut lines = vec![say(l, "explain-indicator-slope", &[("size", size)])];
    for row in &slope.rows {
        let each = ("each", number(row.each_percent));
        lines.push(match row.up_to {
            Some(up_to) => say(l, "explain-indicator-slope-row", &[("to", number(up_to)), each]),
            None => say(l, "explain-indicator-slope-rest", &[each]),
        });
    }
    if slope.whole_percents {
        lines.push(l.say("explain-indicator-slope-whole").into_owned());
    }
    lines.push(
        l.say(match slope.short {
            SlopeShort::Ratio => "explain-indicator-short-ratio",
            SlopeShort::Slope => "explain-indicator-short-slope",
        })
        .into_owned(),
    );
    if let Some(most) = slope.bonus_percent {
        lines.push(say(l, "explain-indicator-slope-bonus", &[("most", number(most))]));
    }
    lines.push(say(l, "explain-indicator-slope-zero", &[("percent", number(slope.zero_target_percent))]));
    lines
}
