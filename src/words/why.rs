//! An explanation as sentences, one a line, indented by what follows from what.
//!
//! Judges are named by whoever asks: the public is told their seats, staff their names.

use fluent_bundle::FluentValue;
use rust_decimal::Decimal;

use super::Language;
use crate::rules::{
    definition::{
        Definition,
        model::{Effect, Rounding, RoundingMode, SpreadAction, Stage, TieKey},
    },
    field::Value,
    formula,
    names::{Id, PersonId},
    panel::{Fate, NoNumber},
    result::{DecidedBy, Status, TableKey, Who},
    score::{Outcome, Reason},
    why::{Fact, Node, Place, Ranked, Why},
};

/// One sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// 0 at the top.
    pub depth: usize,
    pub text: String,
    /// The key of the definition that says so; empty where none does.
    pub place: Place,
}

/// What a judge is called here; `None` where the reader may not know.
pub type Judges<'a> = &'a dyn Fn(&PersonId) -> Option<String>;

/// Everything, with judges as they are named in the marks, for a terminal.
pub fn text(why: &Why, definition: &Definition, language: Language) -> String {
    let mut text = String::new();
    for line in lines(why, definition, language, &|judge| Some(judge.to_string())) {
        text.push_str(&"  ".repeat(line.depth));
        text.push_str(&line.text);
        if !line.place.as_str().is_empty() {
            text.push_str("  [");
            text.push_str(line.place.as_str());
            text.push(']');
        }
        text.push('\n');
    }
    text
}

/// The places in the tables first, then the score from the total down to the marks.
pub fn lines(why: &Why, definition: &Definition, language: Language, judges: Judges) -> Vec<Line> {
    let teller = Teller { definition, language, judges };
    let mut lines = Vec::new();
    for ranked in &why.places {
        teller.ranked(ranked, &mut lines);
    }
    for node in &why.score {
        teller.node(node, 0, None, &mut lines);
    }
    lines
}

/// The score alone, from the total down to what is told of it.
pub fn score(nodes: &[Node], definition: &Definition, language: Language, judges: Judges) -> Vec<Line> {
    let teller = Teller { definition, language, judges };
    let mut lines = Vec::new();
    for node in nodes {
        teller.node(node, 0, None, &mut lines);
    }
    lines
}

/// What settled a tie in a table with `others`, who are named as the reader may know them.
pub fn tie(table: &TableKey, by: &DecidedBy, others: &[String], definition: &Definition, language: Language) -> Line {
    Teller { definition, language, judges: &|_| None }.tied(table, by, others, 0)
}

/// Why points could not be computed.
pub fn reason(reason: Reason, language: Language) -> String {
    let key = match reason {
        Reason::Formula(formula::Failure::DivisionByZero) => "why-division-by-zero",
        Reason::Formula(formula::Failure::TooMuchWork) => "why-too-much-work",
        Reason::Formula(formula::Failure::NotANumber) => "why-formula-broken",
        Reason::Formula(formula::Failure::Overflow) | Reason::Panel(NoNumber::Overflow) | Reason::Overflow => {
            "why-overflow"
        }
        Reason::Panel(NoNumber::TooMany { .. }) => "why-too-many-marks",
        Reason::Panel(NoNumber::Disagree) | Reason::Disagree => "why-disagree",
        Reason::Panel(NoNumber::Weightless) => "why-weightless",
        Reason::Panel(NoNumber::Missing { .. } | NoNumber::TooFew { .. }) => "why-missing",
        Reason::NoBand => "why-no-band",
        Reason::NoMaximum => "why-no-maximum",
        Reason::Circular => "why-circular",
    };
    language.say(key).into_owned()
}

/// A key of a tie chain, by the titles of the definition.
pub fn tie_key(definition: &Definition, key: &TieKey, language: Language) -> String {
    Teller { definition, language, judges: &|_| None }.tie(key)
}

struct Teller<'a> {
    definition: &'a Definition,
    language: Language,
    judges: Judges<'a>,
}

type Values<'v> = Vec<(&'static str, FluentValue<'v>)>;

impl Teller<'_> {
    fn say(&self, key: &str, values: &Values<'_>) -> String {
        self.language.say_with(key, values).into_owned()
    }

    fn node(&self, node: &Node, depth: usize, stage: Option<&Stage>, lines: &mut Vec<Line>) {
        let stage = match &node.fact {
            Fact::Stage { stage, .. } => self.stage(stage),
            _ => stage,
        };
        lines.push(Line { depth, text: self.fact(&node.fact, stage), place: node.place.clone() });
        for part in &node.parts {
            self.node(part, depth + 1, stage, lines);
        }
    }

    fn ranked(&self, ranked: &Ranked, lines: &mut Vec<Line>) {
        let titled = |list: &[crate::rules::definition::model::Titled], id: &Option<Id>| {
            list.iter().find(|one| Some(&one.id) == id.as_ref()).map(|one| one.title.clone())
        };
        let table = match &ranked.table {
            TableKey::Field { event, group } | TableKey::Teams { event, group } => {
                let names = [titled(&self.definition.events, event), titled(&self.definition.groups, group)];
                let names: Vec<String> = names.into_iter().flatten().collect();
                if names.is_empty() { self.definition.title.clone() } else { names.join(" · ") }
            }
            TableKey::Named(id) => {
                let table = self.definition.tables.iter().find(|table| table.id == *id);
                table.map_or_else(|| id.to_string(), |table| table.title.clone())
            }
        };
        let text = if let Some(rank) = ranked.rank {
            self.say(
                "why-rank",
                &vec![("table", table.into()), ("rank", rank.to_string().into()), ("of", ranked.of.to_string().into())],
            )
        } else {
            let status = self.status(&ranked.status);
            self.say("why-unranked", &vec![("table", table.into()), ("status", status.into())])
        };
        lines.push(Line { depth: 0, text, place: Place::of(&["ranking"]) });
        if let (Status::Cut { round }, Some(total)) = (&ranked.status, ranked.total) {
            let title = self.definition.rounds.iter().find(|one| one.id == *round).map(|one| one.title.clone());
            let values =
                vec![("round", title.unwrap_or_else(|| round.to_string()).into()), ("total", total.to_string().into())];
            let place = Place::of(&["round", round.as_str(), "cut"]);
            lines.push(Line { depth: 1, text: self.say("why-cut", &values), place });
        }
        let Some(by) = &ranked.decided_by else { return };
        let others: Vec<String> = ranked.tied_with.iter().map(|who| Who::as_str(who).to_owned()).collect();
        lines.push(self.tied(&ranked.table, by, &others, 1));
    }

    fn tied(&self, table: &TableKey, by: &DecidedBy, others: &[String], depth: usize) -> Line {
        let (chain, place) = match (table, &self.definition.teams) {
            (TableKey::Teams { .. }, Some(teams)) => (&teams.ties, Place::of(&["team", "ties"])),
            _ => (&self.definition.ranking.ties, Place::of(&["ranking", "ties"])),
        };
        let mut values: Values = vec![("others", others.join(&self.language.say("tally-list-between")).into())];
        let key = match by {
            DecidedBy::Chain(at) => {
                values.push(("key", chain.get(*at).map(|key| self.tie(key)).unwrap_or_default().into()));
                "why-tie-chain"
            }
            DecidedBy::People => "why-tie-people",
            DecidedBy::Open => "why-tie-open",
            DecidedBy::Shared => "why-tie-shared",
        };
        Line { depth, text: self.say(key, &values), place }
    }

    /// A tie key by the titles of the definition.
    fn tie(&self, key: &TieKey) -> String {
        let part = |stage: &Id, part: &Id| {
            let model = self.stage(stage);
            let title = model.map_or_else(|| part.to_string(), |model| part_title(model, part));
            format!("{} · {title}", self.stage_title(stage))
        };
        match key {
            TieKey::Stage { stage, .. } => self.stage_title(stage),
            TieKey::Piece { stage, piece: id, .. }
            | TieKey::Aspect { stage, aspect: id, .. }
            | TieKey::Recorded { stage, aspect: id, .. } => part(stage, id),
            TieKey::Attempts { stage } => {
                self.say("why-tie-attempts", &vec![("stage", self.stage_title(stage).into())])
            }
            TieKey::EntrantValue { value, .. } => {
                let named = self.definition.entrants.values.iter().find(|one| one.id == *value);
                named.map_or_else(|| value.to_string(), |one| one.title.clone())
            }
            TieKey::Countback => self.language.say("why-tie-countback").into_owned(),
            TieKey::PlayOff => self.language.say("why-tie-play-off").into_owned(),
            TieKey::Lots => self.language.say("why-tie-lots").into_owned(),
        }
    }

    fn status(&self, status: &Status) -> String {
        match status {
            Status::Ranked | Status::Cut { .. } => String::new(),
            Status::Incomplete => self.language.say("tally-incomplete").into_owned(),
            Status::Failed => self.language.say("tally-failed").into_owned(),
            Status::Absent => self.language.say("tally-absent").into_owned(),
            Status::Withdrawn => self.language.say("tally-withdrawn").into_owned(),
            Status::Vetoed => self.language.say("tally-vetoed").into_owned(),
            Status::Disqualified { violation } => {
                let all = self.definition.stages.iter().flat_map(|stage| &stage.violations);
                let title = all.into_iter().find(|one| one.id == *violation).map_or("", |one| one.title.as_str());
                self.say("tally-disqualified", &vec![("violation", title.into())])
            }
        }
    }

    fn stage(&self, id: &Id) -> Option<&Stage> {
        self.definition.stages.iter().find(|stage| stage.id == *id)
    }

    fn stage_title(&self, id: &Id) -> String {
        self.stage(id).map_or_else(|| id.to_string(), |stage| stage.title.clone())
    }

    fn outcome(&self, outcome: &Outcome) -> String {
        match outcome {
            Outcome::Is(value) => value.to_string(),
            Outcome::Missing => self.language.say("why-missing").into_owned(),
            Outcome::NotApplicable => self.language.say("why-not-applicable").into_owned(),
            Outcome::Absent => self.language.say("tally-absent").into_owned(),
            Outcome::Failed(why) => reason(*why, self.language),
        }
    }

    fn judge(&self, judge: Option<&PersonId>) -> String {
        let name = judge.and_then(|judge| (self.judges)(judge));
        name.unwrap_or_else(|| self.language.say("why-a-judge").into_owned())
    }

    fn fact(&self, fact: &Fact, stage: Option<&Stage>) -> String {
        let number = |value: &Decimal| -> FluentValue<'static> { shown(*value).into() };
        let outcome = |outcome: &Outcome| -> FluentValue<'static> { self.outcome(outcome).into() };
        let part = |id: &Id| -> FluentValue<'static> {
            stage.map_or_else(|| id.to_string(), |stage| part_title(stage, id)).into()
        };
        let before_after = |key: &str, before: &Decimal, after: &Decimal| {
            self.say(key, &vec![("before", number(before)), ("after", number(after))])
        };
        match fact {
            Fact::Total { outcome: of } => self.say("why-total", &vec![("value", outcome(of))]),
            Fact::Round { round, outcome: of } => {
                let found = self.definition.rounds.iter().find(|one| one.id == *round);
                let title = found.map_or_else(|| round.to_string(), |one| one.title.clone());
                self.say("why-part", &vec![("part", title.into()), ("value", outcome(of))])
            }
            Fact::Contribution { stage, score, weight, points } => self.say(
                "why-contribution",
                &vec![
                    ("stage", self.stage_title(stage).into()),
                    ("score", number(score)),
                    ("weight", number(weight)),
                    ("points", number(points)),
                ],
            ),
            Fact::Stage { stage, outcome: of } => {
                self.say("why-part", &vec![("part", self.stage_title(stage).into()), ("value", outcome(of))])
            }
            Fact::Attempt { number: at, outcome: of, .. } => {
                self.say("why-attempt", &vec![("number", at.to_string().into()), ("value", outcome(of))])
            }
            Fact::Piece { piece, outcome: of } => {
                self.say("why-part", &vec![("part", part(piece)), ("value", outcome(of))])
            }
            Fact::Aspect { aspect, piece: None, outcome: of } => {
                self.say("why-part", &vec![("part", part(aspect)), ("value", outcome(of))])
            }
            Fact::Aspect { aspect, piece: Some(piece), outcome: of } => self.say(
                "why-part-of-piece",
                &vec![("piece", part(piece)), ("part", part(aspect)), ("value", outcome(of))],
            ),
            Fact::Recorded { value, number: of } if value.as_str() == "value" => {
                self.say("why-recorded", &vec![("number", number(of))])
            }
            Fact::Recorded { value, number: of } => {
                let measured = stage.and_then(|stage| measured_title(stage, value));
                let title = measured.unwrap_or_else(|| value.to_string());
                self.say("why-recorded-value", &vec![("value", title.into()), ("number", number(of))])
            }
            Fact::Unrecorded { value } => {
                let measured = stage.and_then(|stage| measured_title(stage, value));
                self.say("why-unrecorded", &vec![("value", measured.unwrap_or_else(|| value.to_string()).into())])
            }
            Fact::Mark { judge, given, used, fate } => {
                let key = match fate {
                    Fate::Counted => "why-mark-counted",
                    Fate::DroppedHigh => "why-mark-dropped-high",
                    Fate::DroppedLow => "why-mark-dropped-low",
                };
                let judge = self.judge(judge.as_ref());
                let mark = self.say(key, &vec![("judge", judge.into()), ("mark", number(given))]);
                if given == used { mark } else { format!("{mark} → {used}") }
            }
            Fact::MarkIsNot { judge, value } => {
                let key = if *value == Value::Absent { "tally-absent" } else { "why-not-applicable" };
                let what = self.language.say(key).into_owned();
                self.say("why-mark-is-not", &vec![("judge", self.judge(judge.as_ref()).into()), ("what", what.into())])
            }
            Fact::StandsIn { used, .. } => self.say("why-stands-in", &vec![("mark", number(used))]),
            Fact::Panel { panel, number: of } => {
                let found = stage.and_then(|stage| stage.panels.iter().find(|one| one.id == *panel));
                let title = found.map_or_else(|| panel.to_string(), |panel| panel.title.clone());
                self.say("why-part", &vec![("part", title.into()), ("value", number(of))])
            }
            Fact::Spread { found } => {
                let key = match found.action {
                    SpreadAction::Warn => "why-spread-warn",
                    SpreadAction::ReMark => "why-spread-re-mark",
                    SpreadAction::MeanOfAll => "why-spread-mean",
                    SpreadAction::ChiefDecides => "why-spread-chief",
                };
                self.say(key, &vec![("measured", number(&found.measured)), ("limit", number(&found.limit))])
            }
            Fact::MeanOfAll { number: of } => self.say("why-mean-of-all", &vec![("number", number(of))]),
            Fact::Resolved { number: of } => self.say("why-resolved", &vec![("number", number(of))]),
            Fact::Rounded { before, after, rounding } => self.say(
                "why-rounded",
                &vec![
                    ("before", number(before)),
                    ("after", number(after)),
                    ("digits", rounding.digits.to_string().into()),
                    ("mode", self.mode(*rounding).into()),
                ],
            ),
            Fact::Band { row, points } => {
                self.say("why-band", &vec![("row", row.to_string().into()), ("points", number(points))])
            }
            Fact::Line { value, points } => {
                self.say("why-line", &vec![("value", number(value)), ("points", number(points))])
            }
            Fact::AllOrNothing { points } => self.say("why-all-or-nothing", &vec![("points", number(points))]),
            Fact::OverTime { value, limit_s } => {
                self.say("why-over-time", &vec![("value", number(value)), ("limit", number(limit_s))])
            }
            Fact::ByRank { position, points } => {
                self.say("why-by-rank", &vec![("position", position.to_string().into()), ("points", number(points))])
            }
            Fact::Scaled { before, after, from_max, to_max } => self.say(
                "why-scaled",
                &vec![
                    ("before", number(before)),
                    ("after", number(after)),
                    ("from", number(from_max)),
                    ("to", number(to_max)),
                ],
            ),
            Fact::Formula { source, values, result } => {
                let named = values.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>();
                let named = named.join(&self.language.say("tally-list-between"));
                let values =
                    vec![("source", source.as_str().into()), ("values", named.into()), ("result", number(result))];
                self.say("why-formula", &values)
            }
            Fact::Factor { before, by, after } => {
                self.say("why-factor", &vec![("before", number(before)), ("by", number(by)), ("after", number(after))])
            }
            Fact::Violation { violation, count, counted, points, taken, effect } => {
                let found = stage.into_iter().chain(&self.definition.stages).flat_map(|stage| &stage.violations);
                let title = found.into_iter().find(|one| one.id == *violation);
                let title = title.map_or_else(|| violation.to_string(), |one| one.title.clone());
                let key = match effect {
                    Effect::PointsOnly | Effect::Disqualify if counted == count => "why-violation",
                    Effect::PointsOnly | Effect::Disqualify => "why-violation-most",
                    Effect::ZeroAspect | Effect::ZeroPiece | Effect::ZeroStage => "why-violation-zero",
                };
                self.say(
                    key,
                    &vec![
                        ("violation", title.into()),
                        ("count", count.to_string().into()),
                        ("counted", counted.to_string().into()),
                        ("points", number(points)),
                        ("taken", number(taken)),
                    ],
                )
            }
            Fact::Capped { before, after } => before_after("why-capped", before, after),
            Fact::Floored { before, after } => before_after("why-floored", before, after),
            Fact::ScaledUp { before, after, possible, of } => self.say(
                "why-scaled-up",
                &vec![
                    ("before", number(before)),
                    ("after", number(after)),
                    ("possible", number(possible)),
                    ("of", number(of)),
                ],
            ),
            Fact::Rescaled { before, after, max } => self
                .say("why-rescaled", &vec![("before", number(before)), ("after", number(after)), ("max", number(max))]),
            Fact::AbsentIsZero => self.language.say("why-absent-is-zero").into_owned(),
            Fact::Standardised { before, after } => before_after("why-standardised", before, after),
        }
    }

    fn mode(&self, rounding: Rounding) -> String {
        let key = match rounding.mode {
            RoundingMode::HalfUp => "why-mode-half-up",
            RoundingMode::HalfEven => "why-mode-half-even",
            RoundingMode::Truncate => "why-mode-truncate",
            RoundingMode::Up => "why-mode-up",
            RoundingMode::Down => "why-mode-down",
        };
        self.language.say(key).into_owned()
    }
}

/// Quotients without an end are cut where a pocket calculator would.
fn shown(value: Decimal) -> String {
    if value.scale() <= DIGITS_MAX { value.to_string() } else { format!("{}…", value.trunc_with_scale(DIGITS_MAX)) }
}

const DIGITS_MAX: u32 = 6;

fn part_title(stage: &Stage, id: &Id) -> String {
    let aspect = stage.aspects.iter().find(|one| one.id == *id).map(|one| &one.title);
    let piece = stage.pieces.iter().find(|one| one.id == *id).map(|one| &one.title);
    aspect.or(piece).map_or_else(|| id.to_string(), String::clone)
}

fn measured_title(stage: &Stage, id: &Id) -> Option<String> {
    use crate::rules::definition::model::AspectKind;
    let values = stage.aspects.iter().filter_map(|aspect| match &aspect.kind {
        AspectKind::Measurement { values, .. } => Some(values),
        _ => None,
    });
    values.flatten().find(|value| value.id == *id).map(|value| value.title.clone())
}
