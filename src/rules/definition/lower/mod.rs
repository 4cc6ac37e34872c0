//! From what the file says to the model: every default filled in, every choice made a case.
//!
//! What cannot be made a case is reported and something harmless put in its place, so that the checks can go on;
//! the result is used only when nothing was reported.

mod award;
mod indicator;
mod ladder;
mod panel;
mod paper;
mod season;
mod stage;
mod works;

use rust_decimal::Decimal;

pub(super) use stage::{kind_text, possible};

use super::{
    model::{self, Definition},
    place::{Findings, Path},
    problem::Fact,
    ties, vocabulary as v,
};
use crate::rules::{names::Id, papers};

pub(super) fn lower(file: &v::File, findings: &mut Findings<'_>) -> Definition {
    let contest = &file.contest;
    let levels = Levels::of(contest);
    let mut stages: Vec<model::Stage> = file
        .stage
        .iter()
        .enumerate()
        .map(|(at, stage)| stage::stage(stage, &levels, &Path::default().item("stage", at), findings))
        .collect();
    let season = season::season(file, &levels, findings);
    // Behind those of the file, so that positions stay what they are there.
    stages.extend(season.sources.iter().map(season::stage));
    let ranking = ranking(&file.ranking, &stages, findings);
    let teams = file.teams.as_ref().map(|teams| award::teams(teams, &stages, &levels, findings));
    let tables = file.table.iter().enumerate();
    let tables: Vec<model::Table> =
        tables.map(|(at, table)| award::table(table, &levels, &Path::default().item("table", at), findings)).collect();
    let awards = file.award.iter().enumerate();
    let awards =
        awards.map(|(at, one)| award::award(one, &tables, &Path::default().item("award", at), findings)).collect();
    let zone = contest.timezone.clone().unwrap_or_else(|| "Asia/Shanghai".to_owned());
    let ladders = file.ladder.iter().enumerate();
    let ladders =
        ladders.map(|(at, one)| ladder::ladder(one, &zone, &Path::default().item("ladder", at), findings)).collect();
    let papers = file.paper.iter().enumerate();
    let papers: Vec<papers::Rules> =
        papers.map(|(at, one)| paper::paper(one, &zone, &Path::default().item("paper", at), findings)).collect();
    let collections = file.collection.iter().enumerate();
    let collections: Vec<_> = collections
        .map(|(at, one)| works::collection(one, &zone, &levels, &Path::default().item("collection", at), findings))
        .collect();
    works::otherwise(&mut stages, &collections);
    let indicators = indicator::indicators(file, &levels, findings);
    paper::greatest(file, &mut stages, &papers, findings);
    Definition {
        id: id(&contest.id),
        title: contest.title.clone(),
        subtitle: contest.subtitle.clone(),
        organizer: contest.organizer.clone(),
        language: contest.language.clone().unwrap_or_else(|| "zh-CN".to_owned()),
        timezone: zone,
        judges_are: match contest.judges_are {
            None | Some(v::JudgeWord::Referees) => model::JudgeWord::Referee,
            Some(v::JudgeWord::Adjudicators) => model::JudgeWord::Adjudicator,
        },
        board: board(contest),
        counts_when: match contest.counts_when {
            None | Some(v::CountsWhen::Submitted) => model::CountsWhen::Submitted,
            Some(v::CountsWhen::Signed) => model::CountsWhen::Signed,
        },
        entrants: entrants(&file.entrants, findings),
        events: file.event.iter().map(titled).collect(),
        groups: file.group.iter().map(titled).collect(),
        stages,
        rounds: file.round.iter().enumerate().map(|(at, round)| lower_round(round, at, findings)).collect(),
        total: model::Total { floor: floor(file.total.floor), rounding: rounding(file.total.rounding, levels.total) },
        ranking,
        teams,
        tables,
        awards,
        ladders,
        papers,
        collections,
        indicators,
        season,
        timetable: file.timetable.as_ref().map(|timetable| model::Timetable {
            entrants: timetable.entrants,
            stations: timetable.stations,
            minutes_each: timetable.minutes_each,
            hours: timetable.hours.0,
        }),
    }
}

/// The rounding of each level, as the contest says.
struct Levels {
    mark: Option<model::Rounding>,
    panel: Option<model::Rounding>,
    measured: Option<model::Rounding>,
    aspect: Option<model::Rounding>,
    piece: Option<model::Rounding>,
    stage: Option<model::Rounding>,
    total: Option<model::Rounding>,
    team: Option<model::Rounding>,
}

impl Levels {
    fn of(contest: &v::Contest) -> Self {
        let printed = Some(model::Rounding { digits: 2, mode: model::RoundingMode::HalfUp });
        let all = rounding(contest.rounding, printed);
        let at = contest.rounding_at.unwrap_or_default();
        Self {
            mark: rounding(at.mark, None),
            panel: rounding(at.panel, all),
            measured: rounding(at.panel, None),
            aspect: rounding(at.aspect, all),
            piece: rounding(at.piece, all),
            stage: rounding(at.stage, all),
            total: rounding(at.total, all),
            team: rounding(at.team, all),
        }
    }
}

fn rounding(own: Option<v::Rounding>, otherwise: Option<model::Rounding>) -> Option<model::Rounding> {
    match own {
        None => otherwise,
        Some(v::Rounding::Exact(v::ExactWord::Exact)) => None,
        Some(v::Rounding::Digits(digits)) => Some(model::Rounding {
            digits: digits.digits,
            mode: digits.mode.map_or(model::RoundingMode::HalfUp, rounding_mode),
        }),
    }
}

fn rounding_mode(mode: v::RoundingMode) -> model::RoundingMode {
    match mode {
        v::RoundingMode::HalfUp => model::RoundingMode::HalfUp,
        v::RoundingMode::HalfEven => model::RoundingMode::HalfEven,
        v::RoundingMode::Truncate => model::RoundingMode::Truncate,
        v::RoundingMode::Up => model::RoundingMode::Up,
        v::RoundingMode::Down => model::RoundingMode::Down,
    }
}

/// Nothing falls below 0 unless the file says so.
fn floor(own: Option<v::NumberOrNone>) -> Option<Decimal> {
    match own {
        None => Some(Decimal::ZERO),
        Some(v::NumberOrNone::Number(number)) => Some(number),
        Some(v::NumberOrNone::None) => None,
    }
}

fn id(name: &v::Name) -> Id {
    Id::new(&name.0)
}

fn ids(names: &[v::Name]) -> Vec<Id> {
    names.iter().map(id).collect()
}

fn number(number: Option<v::Number>) -> Option<Decimal> {
    number.map(|number| number.0)
}

fn title(own: Option<&String>, name: &v::Name) -> String {
    own.unwrap_or(&name.0).clone()
}

fn titled(of: &v::Titled) -> model::Titled {
    model::Titled { id: id(&of.id), title: title(of.title.as_ref(), &of.id) }
}

fn board(contest: &v::Contest) -> model::BoardRule {
    model::BoardRule {
        shows: match contest.board {
            Some(v::Board::Off) => model::BoardShows::Off,
            None | Some(v::Board::Numbers) => model::BoardShows::Numbers,
            Some(v::Board::Names) => model::BoardShows::Names,
        },
        mask_names: contest.mask_names.unwrap_or(false),
        rows: contest.board_rows.map_or(50, |rows| rows as usize),
        after_next: contest.after_next.unwrap_or(false),
    }
}

fn entrants(entrants: &v::Entrants, findings: &mut Findings<'_>) -> model::EntrantRules {
    let path = Path::of("entrants");
    let eligibilities = entrants.eligibility.iter().enumerate().map(|(at, one)| {
        if one.under.is_some() && one.gender.is_some() {
            let keys = vec!["under".to_owned(), "gender".to_owned()];
            findings.error(&path.item("eligibility", at), Fact::OnlyOneOf { keys });
        }
        model::Eligibility {
            id: id(&one.id),
            title: title(one.title.as_ref(), &one.id),
            test: match (&one.under, one.gender) {
                (Some(under), _) => model::EligibilityTest::Under { years: under.years, date: under.on.clone() },
                (None, Some(v::Gender::Women)) => model::EligibilityTest::Women,
                (None, Some(v::Gender::Men)) => model::EligibilityTest::Men,
                (None, None) => model::EligibilityTest::Column,
            },
        }
    });
    let eligibilities = eligibilities.collect();
    model::EntrantRules {
        values: entrants.values.iter().map(titled).collect(),
        eligibilities,
        first_log_in: match entrants.first_log_in {
            None | Some(v::FirstLogIn::Off) => None,
            Some(v::FirstLogIn::PhoneLast4) => Some(model::FirstLogIn::PhoneLast4),
            Some(v::FirstLogIn::BirthDate) => Some(model::FirstLogIn::BirthDate),
            Some(v::FirstLogIn::Unit) => Some(model::FirstLogIn::Unit),
        },
        self_registration: entrants.self_registration.unwrap_or(false),
    }
}

fn lower_round(round: &v::Round, at: usize, findings: &mut Findings<'_>) -> model::Round {
    let path = Path::default().item("round", at).key("cut");
    let cut = round.cut.as_ref().map(|cut| {
        let keys = || vec!["top".to_owned(), "at-least".to_owned()];
        let rule = match (cut.top, cut.at_least) {
            (Some(top), None) => model::CutRule::Top(top),
            (None, Some(least)) => model::CutRule::AtLeast(least.0),
            (Some(top), Some(_)) => {
                findings.error(&path, Fact::OnlyOneOf { keys: keys() });
                model::CutRule::Top(top)
            }
            (None, None) => {
                findings.error(&path, Fact::OneOf { keys: keys() });
                model::CutRule::Top(1)
            }
        };
        let ties = match cut.ties {
            None | Some(v::CutTies::AllIn) => model::CutTies::AllIn,
            Some(v::CutTies::NoneIn) => model::CutTies::NoneIn,
            Some(v::CutTies::Decided) => model::CutTies::Decided,
        };
        model::Cut { rule, ties }
    });
    model::Round {
        id: id(&round.id),
        title: title(round.title.as_ref(), &round.id),
        stages: ids(&round.stages),
        carry: round.carry.unwrap_or(true),
        cut,
    }
}

fn ranking(ranking: &v::Ranking, stages: &[model::Stage], findings: &mut Findings<'_>) -> model::Ranking {
    let path = Path::of("ranking").key("ties");
    let chain = ties::read(ranking.ties.as_deref().unwrap_or_default(), stages, &path, findings);
    // Without stages nobody is ranked by a total.
    if chain.end.is_none() && !stages.is_empty() {
        findings.warn(&path, Fact::TieWithoutEnd);
    }
    model::Ranking {
        highest_first: ranking.first != Some(v::First::Lowest),
        ties: chain.keys,
        end: chain.end.unwrap_or(model::TieEnd::PeopleDecide),
        tolerance: number(ranking.tolerance),
    }
}
