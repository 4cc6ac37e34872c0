//! The rules of a contest as a person would say them, from the definition alone; at the end, what will hurt.

mod aspect;
mod award;
mod indicator;
mod ladder;
mod panel;
mod paper;
mod season;
mod stage;
mod works;

use fluent_bundle::FluentValue;
use rust_decimal::Decimal;

use super::{Language, problem};
use crate::rules::{
    definition::{
        Problem, Severity,
        model::{BoardShows, CountsWhen, Definition, EligibilityTest, JudgeWord, Rounding, RoundingMode, Titled},
    },
    names::Id,
};

/// A heading with sentences below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub title: String,
    pub lines: Vec<String>,
}

/// `problems` are what reading the definition found; only its warnings are told.
pub fn explain(language: Language, definition: &Definition, problems: &[Problem]) -> Vec<Section> {
    let language = language.of_jury(definition.judges_are == JudgeWord::Adjudicator);
    let mut sections = vec![contest(language, definition)];
    sections.extend(entrants(language, definition));
    sections.extend(season::sections(language, definition));
    // A source is told as what it is.
    for stage in definition.stages.iter().filter(|stage| definition.season.source(&stage.id).is_none()) {
        sections.push(stage::section(language, definition, stage));
    }
    // Where there are only papers and ladders, nobody is ranked by a total.
    if !definition.stages.is_empty() {
        sections.push(stage::total(language, definition));
        sections.push(award::ranking(language, definition));
    }
    sections.extend(award::tables(language, definition));
    sections.extend(award::awards(language, definition));
    for one in &definition.papers {
        sections.push(paper::section(language, definition, one));
    }
    for one in &definition.ladders {
        sections.push(ladder::section(language, definition, one));
    }
    sections.extend(definition.collections.iter().map(|one| works::section(language, one)));
    sections.extend(indicator::sections(language, definition));
    sections.extend(season::stars(language, definition));
    sections.extend(timetable(language, definition));
    sections.extend(warnings(language, problems));
    sections
}

/// The sections as plain text.
pub fn plain(sections: &[Section]) -> String {
    let mut text = String::new();
    for section in sections {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&section.title);
        text.push('\n');
        for line in &section.lines {
            text.push_str("  ");
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

fn contest(l: Language, d: &Definition) -> Section {
    let mut lines = Vec::new();
    lines.extend(d.subtitle.clone());
    if let Some(organizer) = &d.organizer {
        lines.push(l.say_with("explain-organizer", &[("organizer", text(organizer))]).into_owned());
    }
    let judges = judge_word(l, d);
    lines.push(match d.board.shows {
        BoardShows::Off => l.say("explain-board-off").into_owned(),
        BoardShows::Numbers => l.say_with("explain-board-numbers", &[("rows", text(d.board.rows))]).into_owned(),
        BoardShows::Names => l.say_with("explain-board-names", &[("rows", text(d.board.rows))]).into_owned(),
    });
    if d.board.mask_names {
        lines.push(l.say("explain-mask-names").into_owned());
    }
    if d.board.after_next {
        lines.push(l.say("explain-after-next").into_owned());
    }
    lines.push(match d.counts_when {
        CountsWhen::Submitted => l.say_with("explain-counts-submitted", &[("judges", judges)]).into_owned(),
        CountsWhen::Signed => l.say_with("explain-counts-signed", &[("judges", judges)]).into_owned(),
    });
    lines.push(
        l.say_with("explain-language", &[("language", text(&d.language)), ("timezone", text(&d.timezone))])
            .into_owned(),
    );
    Section { title: d.title.clone(), lines }
}

fn entrants(l: Language, d: &Definition) -> Option<Section> {
    let mut lines = Vec::new();
    if !d.events.is_empty() {
        lines.push(l.say_with("explain-events", &[("events", titles(l, &d.events))]).into_owned());
    }
    if !d.groups.is_empty() {
        lines.push(l.say_with("explain-groups", &[("groups", titles(l, &d.groups))]).into_owned());
    }
    if !d.entrants.values.is_empty() {
        lines.push(l.say_with("explain-values", &[("values", titles(l, &d.entrants.values))]).into_owned());
    }
    for one in &d.entrants.eligibilities {
        let title = ("title", text(&one.title));
        lines.push(
            match &one.test {
                EligibilityTest::Under { years, date } => {
                    l.say_with("explain-eligible-under", &[title, ("years", text(years)), ("date", text(date))])
                }
                EligibilityTest::Women => l.say_with("explain-eligible-women", &[title]),
                EligibilityTest::Men => l.say_with("explain-eligible-men", &[title]),
                EligibilityTest::Column => l.say_with("explain-eligible-column", &[title, ("column", text(&one.id))]),
            }
            .into_owned(),
        );
    }
    (!lines.is_empty()).then(|| Section { title: l.say("explain-title-entrants").into_owned(), lines })
}

fn timetable(l: Language, d: &Definition) -> Option<Section> {
    let timetable = d.timetable.as_ref()?;
    let line = l.say_with(
        "explain-timetable",
        &[
            ("entrants", text(timetable.entrants)),
            ("stations", text(timetable.stations)),
            ("minutes", text(timetable.minutes_each)),
            ("hours", text(timetable.hours)),
        ],
    );
    Some(Section { title: l.say("explain-title-timetable").into_owned(), lines: vec![line.into_owned()] })
}

fn warnings(l: Language, problems: &[Problem]) -> Option<Section> {
    let lines: Vec<String> = problems
        .iter()
        .filter(|found| found.severity == Severity::Warning)
        .map(|found| {
            let (fact, remedy) = (problem::fact(l, &found.fact), problem::remedy(l, &found.fact));
            let values = [("line", text(found.line)), ("fact", text(fact)), ("remedy", text(remedy))];
            l.say_with("explain-warning", &values).into_owned()
        })
        .collect();
    (!lines.is_empty()).then(|| Section { title: l.say("explain-title-warnings").into_owned(), lines })
}

#[expect(clippy::needless_pass_by_value, reason = "a sentence hands over its parts")]
fn text(value: impl ToString) -> FluentValue<'static> {
    FluentValue::from(value.to_string())
}

fn titles(l: Language, things: &[Titled]) -> FluentValue<'static> {
    join(l, things.iter().map(|thing| thing.title.clone()))
}

fn join(l: Language, items: impl Iterator<Item = String>) -> FluentValue<'static> {
    FluentValue::from(items.collect::<Vec<_>>().join(l.comma()))
}

/// The title that this id has in a list, or the id.
fn title_of<'a>(id: &'a Id, mut things: impl Iterator<Item = (&'a Id, &'a String)>) -> String {
    things.find(|(of, _)| *of == id).map_or_else(|| id.to_string(), |(_, title)| title.clone())
}

fn judge_word(l: Language, d: &Definition) -> FluentValue<'static> {
    text(match d.judges_are {
        JudgeWord::Referee => l.say("explain-referees"),
        JudgeWord::Adjudicator => l.say("explain-adjudicators"),
    })
}

/// `two digits, halves up`.
fn rounding(l: Language, rounding: Option<Rounding>) -> String {
    let Some(Rounding { digits, mode }) = rounding else { return l.say("explain-exact").into_owned() };
    let mode = rounding_mode(l, mode);
    l.say_with("explain-rounding", &[("digits", text(digits)), ("mode", text(mode))]).into_owned()
}

fn rounding_mode(l: Language, mode: RoundingMode) -> String {
    match mode {
        RoundingMode::HalfUp => l.say("explain-half-up"),
        RoundingMode::HalfEven => l.say("explain-half-even"),
        RoundingMode::Truncate => l.say("explain-truncate"),
        RoundingMode::Up => l.say("explain-up"),
        RoundingMode::Down => l.say("explain-down"),
    }
    .into_owned()
}

fn floor(l: Language, floor: Option<Decimal>) -> String {
    match floor {
        Some(least) => l.say_with("explain-floor", &[("least", text(least))]).into_owned(),
        None => l.say("explain-no-floor").into_owned(),
    }
}
