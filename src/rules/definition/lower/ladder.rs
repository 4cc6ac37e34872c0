//! Ladders.

use jiff::civil::{Date, Time};

use super::{id, ids, number, v};
use crate::rules::{
    definition::{
        model::Reward,
        place::{Findings, Path},
        problem::Fact,
        structure::shown,
    },
    ladder::rules as model,
    names::{Id, UnitPath},
};

/// What a star is called when the file is silent.
const STAR: &str = "新科明星";

pub(super) fn ladder(file: &v::Ladder, zone: &str, path: &Path, findings: &mut Findings<'_>) -> model::Rules {
    let fits = file.r#for.clone().unwrap_or_default();
    let tiers = file.movement == Some(v::LadderMovement::Tiers);
    let range = range(file, tiers, path, findings);
    model::Rules {
        id: id(&file.id),
        title: file.title.clone(),
        fits: model::Fits {
            event: fits.event.as_ref().map(id),
            group: fits.group.as_ref().map(id),
            unit: fits.unit.map(UnitPath::new),
            eligible: ids(&fits.eligible),
        },
        zone: zone.to_owned(),
        format: format(file, path, findings),
        entry: entry(file, path, findings),
        range,
        movement: movement(file, path, findings),
        answer: answer(file, path, findings),
        calendar: calendar(&file.calendar, &path.key("calendar"), findings),
        lapses: lapses(&file.lapses, &path.key("lapses"), findings),
        rest: model::Rest {
            loser_days: file.rest.loser_days.unwrap_or(7),
            pair_days: file.rest.pair_days.unwrap_or(7),
            winner_days: file.rest.winner_days.unwrap_or(7),
            tries_per_day: file.rest.tries_per_day.unwrap_or(3),
        },
        at_once: model::AtOnce { out: file.at_once.out.unwrap_or(1), r#in: file.at_once.r#in.unwrap_or(1) },
        idle: file.idle.map(|idle| model::Idle {
            days: idle.days,
            drop: idle.drop.unwrap_or(1),
            top_exempt: idle.top_exempt.unwrap_or(0),
        }),
        leave_days_max: file.leave_days_most,
        season: file.season.as_ref().map(|one| season(one, &path.key("season"), findings)),
        same_pair: file.same_pair.map(|same| model::SamePair { games: same.games, days: same.days }),
        star: star(file, &path.key("star"), findings),
    }
}

fn format(file: &v::Ladder, path: &Path, findings: &mut Findings<'_>) -> model::Format {
    let (word, wants_paper) = match file.format {
        v::LadderFormat::Record => ("record", true),
        v::LadderFormat::Duel => ("duel", true),
        v::LadderFormat::Judged => ("judged", false),
    };
    let with = format!("format = \"{word}\"");
    let (wanted, other) = if wants_paper { ("paper", "stage") } else { ("stage", "paper") };
    let given = [("paper", file.paper.is_some()), ("stage", file.stage.is_some())];
    for (key, given) in given {
        if key == wanted && !given {
            findings.error(path, Fact::KeyNeeded { key: key.to_owned(), with: with.clone() });
        }
        if key == other && given {
            findings.error(&path.key(key), Fact::KeyNotHere { key: key.to_owned(), with: with.clone() });
        }
    }
    if file.format != v::LadderFormat::Record && file.records.is_some() {
        findings.error(&path.key("records"), Fact::KeyNotHere { key: "records".to_owned(), with });
    }
    let named = |name: &Option<v::Name>| name.as_ref().map_or_else(|| Id::new(""), id);
    match file.format {
        v::LadderFormat::Duel => model::Format::Duel { paper: named(&file.paper) },
        v::LadderFormat::Judged => model::Format::Judged { stage: named(&file.stage) },
        v::LadderFormat::Record => {
            let records = file.records.unwrap_or_default();
            let path = path.key("records");
            if records.expires.is_some() && records.days.is_some() {
                findings.error(&path, Fact::OnlyOneOf { keys: vec!["expires".to_owned(), "days".to_owned()] });
            }
            let drops = records.undefended == Some(v::LadderUndefended::Drop);
            only_with(records.drop.is_some(), drops, "drop", "undefended = \"drop\"", &path, findings);
            model::Format::Record {
                paper: named(&file.paper),
                expires: match (records.days, records.expires) {
                    (Some(days), _) => model::Expires::Days(days),
                    (None, None | Some(v::LadderExpires::Month)) => model::Expires::Month,
                    (None, Some(v::LadderExpires::Quarter)) => model::Expires::Quarter,
                    (None, Some(v::LadderExpires::Year)) => model::Expires::Year,
                    (None, Some(v::LadderExpires::Never)) => model::Expires::Never,
                },
                undefended: if drops {
                    model::Undefended::Drop(records.drop.unwrap_or(1))
                } else {
                    model::Undefended::Open
                },
            }
        }
    }
}

fn only_with(given: bool, fits: bool, key: &str, with: &str, path: &Path, findings: &mut Findings<'_>) {
    if given && !fits {
        // The key wants `with`, and has something else there.
        findings.error(&path.key(key), Fact::KeyOnlyWith { key: key.to_owned(), with: with.to_owned() });
    }
}

fn entry(file: &v::Ladder, path: &Path, findings: &mut Findings<'_>) -> model::Entering {
    let by_score = matches!(file.entry.by, Some(v::LadderEntryBy::Score));
    let records = file.format == v::LadderFormat::Record;
    if by_score && !records {
        let path = path.key("entry").key("by");
        findings.error(&path, Fact::KeyOnlyWith { key: "by = \"score\"".into(), with: "format = \"record\"".into() });
    }
    model::Entering {
        by: if by_score { model::EnterBy::Score } else { model::EnterBy::Bottom },
        free_challenge: file.entry.free_challenge.unwrap_or(false),
    }
}

fn range(file: &v::Ladder, tiers: bool, path: &Path, findings: &mut Findings<'_>) -> model::Range {
    let path = path.key("range");
    if file.range.up.is_some() && file.range.by_place.is_some() {
        findings.error(&path, Fact::OnlyOneOf { keys: vec!["up".to_owned(), "by-place".to_owned()] });
    }
    if tiers && file.range.by_place.is_some() {
        let with = "movement = \"tiers\"".to_owned();
        findings.error(&path.key("by-place"), Fact::KeyNotHere { key: "by-place".to_owned(), with });
    }
    match (&file.range.up, &file.range.by_place) {
        (Some(up), _) => model::Range::Up(*up),
        (None, Some(rows)) => {
            model::Range::ByPlace(rows.iter().map(|row| model::RangeRow { from: row.from, up: row.up }).collect())
        }
        (None, None) if tiers => model::Range::Up(1),
        (None, None) => model::Range::Any,
    }
}

fn movement(file: &v::Ladder, path: &Path, findings: &mut Findings<'_>) -> model::Movement {
    let tiers = file.movement == Some(v::LadderMovement::Tiers);
    only_with(file.seats.is_some(), tiers, "seats", "movement = \"tiers\"", path, findings);
    match file.movement {
        None | Some(v::LadderMovement::Insert) => model::Movement::Insert,
        Some(v::LadderMovement::Swap) => model::Movement::Swap,
        Some(v::LadderMovement::SwapOrInsert) => model::Movement::SwapOrInsert,
        Some(v::LadderMovement::Tiers) => {
            if file.seats.is_none() {
                let with = "movement = \"tiers\"".to_owned();
                findings.error(path, Fact::KeyNeeded { key: "seats".to_owned(), with });
            }
            model::Movement::Tiers(file.seats.clone().unwrap_or_else(|| vec![1]))
        }
    }
}

fn answer(file: &v::Ladder, path: &Path, findings: &mut Findings<'_>) -> model::Answering {
    let (answer, path) = (file.answer, path.key("answer"));
    let records = file.format == v::LadderFormat::Record;
    let pairs = [
        ("respond-days", answer.respond_days, "respond-hours", answer.respond_hours),
        ("play-days", answer.play_days, "play-hours", answer.play_hours),
    ];
    for (days, in_days, hours, in_hours) in pairs {
        if in_days.is_some() && in_hours.is_some() {
            findings.error(&path, Fact::OnlyOneOf { keys: vec![days.to_owned(), hours.to_owned()] });
        }
    }
    for (key, given) in
        [("respond-days", answer.respond_days.is_some()), ("respond-hours", answer.respond_hours.is_some())]
    {
        if records && given {
            let with = "format = \"record\"".to_owned();
            findings.error(&path.key(key), Fact::KeyNotHere { key: key.to_owned(), with });
        }
    }
    let span = |days: Option<u32>, hours: Option<u32>, otherwise| match (days, hours) {
        (Some(days), _) => model::Span::Days(days),
        (None, Some(hours)) => model::Span::Hours(hours),
        (None, None) => otherwise,
    };
    let play = if records { model::Span::Hours(24) } else { model::Span::Days(7) };
    model::Answering {
        respond: (!records).then(|| span(answer.respond_days, answer.respond_hours, model::Span::Days(7))),
        play: span(answer.play_days, answer.play_hours, play),
        grace_h: answer.grace_hours.unwrap_or(0),
    }
}

fn calendar(calendar: &v::LadderCalendar, path: &Path, findings: &mut Findings<'_>) -> model::Calendar {
    let closed = calendar.closed.iter().enumerate().map(|(at, one)| {
        let path = path.item("closed", at);
        let from = date(&one.from, &path.key("from"), findings);
        let to = one.to.as_ref().map_or(from, |to| date(to, &path.key("to"), findings));
        if to < from {
            findings.error(&path.key("to"), Fact::DaysBackwards { from: from.to_string(), to: to.to_string() });
        }
        model::Closed { from, to, title: one.title.clone() }
    });
    let closed = closed.collect();
    let forbidden = calendar.forbidden.iter().enumerate().map(|(at, one)| {
        let path = path.item("forbidden", at);
        let hours = model::Hours {
            from: time(&one.from, &path.key("from"), findings),
            to: time(&one.to, &path.key("to"), findings),
        };
        if hours.from == hours.to {
            findings.error(&path, Fact::NoOpenHours);
        }
        hours
    });
    model::Calendar { closed, forbidden: forbidden.collect() }
}

fn lapses(lapses: &v::LadderLapses, path: &Path, findings: &mut Findings<'_>) -> model::Lapses {
    let drops = lapses.consequence == Some(v::LadderConsequence::Drop);
    only_with(lapses.drop.is_some(), drops, "drop", "consequence = \"drop\"", path, findings);
    model::Lapses {
        allowed: lapses.allowed.unwrap_or(1),
        window_days: lapses.window_days.unwrap_or(90),
        consequence: match lapses.consequence {
            None | Some(v::LadderConsequence::Forfeit) => model::Consequence::Forfeit,
            Some(v::LadderConsequence::Drop) => model::Consequence::Drop(lapses.drop.unwrap_or(1)),
            Some(v::LadderConsequence::Remove) => model::Consequence::Remove,
        },
        walkover: match lapses.walkover {
            None | Some(v::LadderWalkover::Full) => model::Walkover::Full,
            Some(v::LadderWalkover::One) => model::Walkover::One,
        },
    }
}

fn season(season: &v::LadderSeason, path: &Path, findings: &mut Findings<'_>) -> model::Season {
    model::Season {
        starts: date(&season.starts, &path.key("starts"), findings),
        months: season.months,
        freeze_days: season.freeze_days.unwrap_or(0),
        titles: season
            .titles
            .iter()
            .map(|one| model::SeasonTitle { title: one.title.clone(), reward: reward(one.reward.as_ref()) })
            .collect(),
        seed: match season.seed {
            None | Some(v::LadderSeed::Keep) => model::Seeding::Keep,
            Some(v::LadderSeed::Empty) => model::Seeding::Empty,
        },
    }
}

fn star(file: &v::Ladder, path: &Path, findings: &mut Findings<'_>) -> model::Star {
    let star = &file.star;
    only_with(star.per == Some(v::LadderPeriod::Season), file.season.is_some(), "per", "season", path, findings);
    model::Star {
        title: star.title.clone().unwrap_or_else(|| STAR.to_owned()),
        reward: reward(star.reward.as_ref()),
        per: match star.per {
            Some(v::LadderPeriod::Month) => model::Period::Month,
            Some(v::LadderPeriod::Quarter) => model::Period::Quarter,
            Some(v::LadderPeriod::Season) => model::Period::Season,
            Some(v::LadderPeriod::Once) => model::Period::Once,
            None if file.season.is_some() => model::Period::Season,
            None | Some(v::LadderPeriod::Year) => model::Period::Year,
        },
        certificate: star.certificate.clone(),
    }
}

fn reward(reward: Option<&v::Reward>) -> Reward {
    reward.map_or_else(Reward::default, |reward| Reward {
        money: number(reward.money),
        points: number(reward.points),
        text: reward.text.clone(),
    })
}

/// `2026-10-01`; other ISO forms would be read differently by a person.
pub(super) fn date(text: &str, path: &Path, findings: &mut Findings<'_>) -> Date {
    match text.parse::<Date>() {
        Ok(date) if text.len() == "2026-10-01".len() => date,
        _ => {
            findings.error(path, Fact::BadDate { text: shown(text) });
            Date::constant(2000, 1, 1)
        }
    }
}

/// `22:00`.
fn time(text: &str, path: &Path, findings: &mut Findings<'_>) -> Time {
    match text.parse::<Time>() {
        Ok(time) if text.len() == "22:00".len() => time,
        _ => {
            findings.error(path, Fact::BadTime { text: shown(text) });
            Time::midnight()
        }
    }
}
