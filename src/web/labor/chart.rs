//! Lines over periods as SVG, made on the server: ranks and scores. The same numbers stand in a table beside every chart,
//! so the picture itself is one image with a sentence for those who do not see it.

use std::fmt::Write as _;

use maud::{Markup, PreEscaped, html};
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// One line; `None` where a period has no value for it: the line is broken there.
pub(super) struct Line {
    pub name: String,
    pub values: Vec<Option<Decimal>>,
}

pub(super) enum Scale {
    /// 1 is at the top; whole numbers down to this one.
    Ranks(u32),
    /// As far as the values go.
    Scores,
}

pub(super) struct Chart<'c> {
    /// For those who do not see it.
    pub about: &'c str,
    pub periods: Vec<String>,
    pub lines: Vec<Line>,
    pub scale: Scale,
}

/// In units of the picture, which is scaled to its place.
const STEP_LEAST: f64 = 110.0;
const WIDTH_LEAST: f64 = 480.0;
const LEFT: f64 = 56.0;
const TOP: f64 = 20.0;
const RIGHT: f64 = 150.0;
const BOTTOM: f64 = 34.0;
/// Of a rank, and of a whole chart of scores.
const ROW: f64 = 30.0;
const SCORES: f64 = 220.0;
/// Lines that are told apart by colour; the rest are grey, and named all the same.
const COLOURS: usize = 8;
const NAME_HEIGHT: f64 = 16.0;
const NAME_CHARS: usize = 9;

pub(super) fn chart(chart: &Chart<'_>) -> Markup {
    let axis = Axis::of(chart);
    let last = chart.periods.len().saturating_sub(1);
    let step = (WIDTH_LEAST / last.max(1).to_f64().unwrap_or(1.0)).max(STEP_LEAST);
    let x = |at: usize| LEFT + step * at.to_f64().unwrap_or_default();
    let names = places(chart, &axis);
    let (width, height) = (x(last) + RIGHT, axis.height + TOP + BOTTOM);
    html! {
        div.chart {
            svg viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height) role="img" aria-label=(chart.about) {
                @for (value, text) in &axis.ticks {
                    line.grid x1=(LEFT) x2=(x(last)) y1=(axis.y(*value)) y2=(axis.y(*value)) {}
                    text.tick x=(LEFT - 12.0) y=(axis.y(*value) + 5.0) text-anchor="end" { (text) }
                }
                @for (at, period) in chart.periods.iter().enumerate() {
                    text.tick x=(x(at)) y=(height - 8.0) text-anchor="middle" { (period) }
                }
                // The first line is drawn last, above the others.
                @for (at, line) in chart.lines.iter().enumerate().rev() {
                    g class={ "line line-" (if at < COLOURS { at.to_string() } else { "other".to_owned() }) } {
                        path d=(path(line, &axis, x)) {}
                        @for (period, value) in values(line) {
                            circle cx=(x(period)) cy=(axis.y(value)) r="5" { title { (line.name) " · " (chart.periods[period]) " · " (value) } }
                        }
                        @if let Some((period, y)) = names[at] {
                            text.name x=(x(period) + 12.0) y=(y + 5.0) { (short(&line.name)) }
                        }
                    }
                }
            }
        }
    }
}

/// Where each name stands: at the end of its line, below the one that is there already.
fn places(chart: &Chart<'_>, axis: &Axis) -> Vec<Option<(usize, f64)>> {
    let mut taken: Vec<(usize, f64)> = Vec::new();
    let place = |line: &Line| {
        let (period, value) = values(line).last()?;
        let mut y = axis.y(value);
        while taken.iter().any(|(at, other)| *at == period && (other - y).abs() < NAME_HEIGHT) {
            y += NAME_HEIGHT;
        }
        taken.push((period, y));
        Some((period, y))
    };
    chart.lines.iter().map(place).collect()
}

fn values(line: &Line) -> impl Iterator<Item = (usize, f64)> {
    line.values.iter().enumerate().filter_map(|(at, value)| Some((at, (*value)?.to_f64()?)))
}

/// Broken where a value is missing.
fn path(line: &Line, axis: &Axis, x: impl Fn(usize) -> f64) -> String {
    let mut path = String::new();
    let mut pen = 'M';
    for (at, value) in line.values.iter().enumerate() {
        match value.and_then(|value| value.to_f64()) {
            Some(value) => {
                let _ = write!(path, "{pen}{} {:.1}", x(at), axis.y(value));
                pen = 'L';
            }
            None => pen = 'M',
        }
    }
    path
}

fn short(name: &str) -> PreEscaped<String> {
    let mut text: String = name.chars().take(NAME_CHARS).collect();
    if name.chars().count() > NAME_CHARS {
        text.push('…');
    }
    PreEscaped(html! { (text) }.into_string())
}

struct Axis {
    top: f64,
    bottom: f64,
    height: f64,
    ticks: Vec<(f64, String)>,
}

impl Axis {
    fn of(chart: &Chart<'_>) -> Self {
        match chart.scale {
            Scale::Ranks(most) => {
                let most = most.max(1);
                Self {
                    top: 1.0,
                    bottom: f64::from(most),
                    height: ROW * f64::from(most.saturating_sub(1)).max(1.0),
                    ticks: (1..=most).map(|rank| (f64::from(rank), rank.to_string())).collect(),
                }
            }
            Scale::Scores => {
                let all: Vec<f64> = chart.lines.iter().flat_map(values).map(|(_, value)| value).collect();
                let step = step(&all);
                let bottom = (all.iter().copied().fold(f64::INFINITY, f64::min) / step).floor() * step;
                let top = (all.iter().copied().fold(f64::NEG_INFINITY, f64::max) / step).ceil() * step;
                let (bottom, top) = if all.is_empty() { (0.0, 1.0) } else { (bottom, top.max(bottom + step)) };
                let mut ticks = vec![(bottom, format!("{bottom}"))];
                while let Some((last, _)) = ticks.last().filter(|(last, _)| last + step / 2.0 < top) {
                    let next = last + step;
                    ticks.push((next, format!("{next}")));
                }
                Self { top, bottom, height: SCORES, ticks }
            }
        }
    }

    fn y(&self, value: f64) -> f64 {
        let span = self.bottom - self.top;
        let part = if span == 0.0 { 0.5 } else { (value - self.top) / span };
        TOP + self.height * part
    }
}

/// 1, 2 or 5 times a power of ten: about four of them over all values.
fn step(values: &[f64]) -> f64 {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let about = ((high - low) / 4.0).max(0.25);
    let power = 10_f64.powf(about.log10().floor());
    [1.0, 2.0, 5.0, 10.0].map(|one| one * power).into_iter().find(|step| *step >= about).unwrap_or(1.0).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &str, values: &[Option<i64>]) -> Line {
        Line { name: name.to_owned(), values: values.iter().map(|value| value.map(Decimal::from)).collect() }
    }

    #[test]
    fn the_first_is_at_the_top_and_a_gap_breaks_the_line() {
        let chart = Chart {
            about: "名次变化",
            periods: ["一月", "二月", "三月"].map(str::to_owned).to_vec(),
            lines: vec![line("一车间", &[Some(1), None, Some(3)]), line("二<车间", &[Some(2), Some(1), Some(1)])],
            scale: Scale::Ranks(3),
        };
        let svg = super::chart(&chart).into_string();
        // Three ranks are 30 apart from 20 on, three periods share 480 from 56 on.
        assert!(svg.contains("d=\"M56 20.0M536 80.0\""), "{svg}");
        assert!(svg.contains("d=\"M56 50.0L296 20.0L536 20.0\""), "{svg}");
        assert!(svg.contains("二&lt;车间") && svg.contains("aria-label=\"名次变化\""), "{svg}");
    }

    #[test]
    fn names_of_equals_stand_below_each_other() {
        let lines = vec![line("甲", &[Some(1)]), line("乙", &[Some(1)]), line("丙", &[Some(3)]), line("丁", &[None])];
        let chart = Chart { about: "", periods: vec!["一月".to_owned()], lines, scale: Scale::Ranks(3) };
        let places = places(&chart, &Axis::of(&chart));
        assert_eq!(places, [Some((0, 20.0)), Some((0, 36.0)), Some((0, 80.0)), None]);
    }

    #[test]
    fn scores_stand_between_round_numbers() {
        let ticks = |values: &[Option<i64>]| -> Vec<String> {
            let chart = Chart { about: "", periods: vec![], lines: vec![line("", values)], scale: Scale::Scores };
            Axis::of(&chart).ticks.into_iter().map(|(_, text)| text).collect()
        };
        assert_eq!(ticks(&[Some(81), Some(97)]), ["80", "85", "90", "95", "100"]);
        assert_eq!(ticks(&[Some(90)]), ["90", "91"]);
        assert_eq!(ticks(&[Some(-30), Some(40)]), ["-40", "-20", "0", "20", "40"]);
        assert_eq!(ticks(&[]), ["0", "1"]);
    }
}
