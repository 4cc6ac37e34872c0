//! Ladders (擂台).

use super::{Language, Section, join, text, title_of};
use crate::rules::{
    definition::model::{Definition, Reward},
    ladder::{
        Rules,
        rules::{
            Consequence, EnterBy, Expires, Fits, Format, Movement, Period, Range, Seeding, Span, Undefended, Walkover,
        },
    },
    names::Id,
};

pub(super) fn section(l: Language, d: &Definition, ladder: &Rules) -> Section {
    let mut lines: Vec<String> = Vec::new();
    lines.extend(fits(l, d, &ladder.fits));
    lines.extend(format(l, d, ladder));
    lines.extend(entry(l, ladder));
    lines.push(range(l, ladder));
    lines.push(movement(l, &ladder.movement));
    lines.extend(deadlines(l, ladder));
    lines.extend(calendar(l, ladder));
    lines.extend(lapses(l, ladder));
    lines.extend(rest(l, ladder));
    lines.extend(away(l, ladder));
    lines.extend(season(l, ladder));
    lines.push(star(l, ladder));
    let title = l.say_with("explain-title-ladder", &[("ladder", text(&ladder.title))]).into_owned();
    Section { title, lines }
}

fn say(l: Language, key: &str, values: &[(&'static str, String)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, text(value))).collect();
    l.say_with(key, &values).into_owned()
}

fn fits(l: Language, d: &Definition, fits: &Fits) -> Option<String> {
    let mut who = Vec::new();
    who.extend(fits.event.as_ref().map(|id| title_of(id, d.events.iter().map(|one| (&one.id, &one.title)))));
    who.extend(fits.group.as_ref().map(|id| title_of(id, d.groups.iter().map(|one| (&one.id, &one.title)))));
    who.extend(fits.unit.as_ref().map(ToString::to_string));
    let tests = || d.entrants.eligibilities.iter().map(|one| (&one.id, &one.title));
    who.extend(fits.eligible.iter().map(|id| title_of(id, tests())));
    let who = who.join(&l.say("explain-and"));
    (!who.is_empty()).then(|| say(l, "explain-ladder-for", &[("who", who)]))
}

fn format(l: Language, d: &Definition, ladder: &Rules) -> Vec<String> {
    match &ladder.format {
        Format::Record { paper, expires, undefended } => {
            let until = match expires {
                Expires::Month => l.say("explain-ladder-month").into_owned(),
                Expires::Quarter => l.say("explain-ladder-quarter").into_owned(),
                Expires::Year => l.say("explain-ladder-year").into_owned(),
                Expires::Days(days) => say(l, "explain-ladder-days-after", &[("days", days.to_string())]),
                Expires::Never => l.say("explain-ladder-never").into_owned(),
            };
            let mut lines = vec![
                say(l, "explain-ladder-record", &[("paper", paper_title(d, paper))]),
                say(l, "explain-ladder-expires", &[("until", until)]),
            ];
            if *expires != Expires::Never {
                lines.push(match undefended {
                    Undefended::Open => l.say("explain-ladder-undefended-open").into_owned(),
                    Undefended::Drop(drop) => {
                        let by_days = matches!(expires, Expires::Days(_));
                        let key = "explain-ladder-undefended-drop";
                        let key = if by_days { key.to_owned() } else { format!("{key}-period") };
                        say(l, &key, &[("drop", drop.to_string())])
                    }
                });
            }
            lines
        }
        Format::Duel { paper } => vec![say(l, "explain-ladder-duel", &[("paper", paper_title(d, paper))])],
        Format::Judged { stage } => {
            let stage = title_of(stage, d.stages.iter().map(|one| (&one.id, &one.title)));
            vec![say(l, "explain-ladder-judged", &[("stage", stage)])]
        }
    }
}

fn paper_title(d: &Definition, paper: &Id) -> String {
    title_of(paper, d.papers.iter().map(|one| (&one.id, &one.title)))
}

fn entry(l: Language, ladder: &Rules) -> Vec<String> {
    let by = match ladder.entry.by {
        EnterBy::Bottom => l.say("explain-ladder-bottom"),
        EnterBy::Score => l.say("explain-ladder-by-score"),
    };
    let free = ladder.entry.free_challenge.then(|| l.say("explain-ladder-free").into_owned());
    std::iter::once(by.into_owned()).chain(free).collect()
}

fn range(l: Language, ladder: &Rules) -> String {
    match &ladder.range {
        Range::Any => l.say("explain-ladder-any").into_owned(),
        Range::Up(up) if ladder.has_tiers() => say(l, "explain-ladder-tiers-up", &[("up", up.to_string())]),
        Range::Up(up) => say(l, "explain-ladder-up", &[("up", up.to_string())]),
        Range::ByPlace(rows) => {
            let rows = rows
                .iter()
                .map(|row| say(l, "explain-ladder-row", &[("from", row.from.to_string()), ("up", row.up.to_string())]));
            l.say_with("explain-ladder-by-place", &[("rows", join(l, rows))]).into_owned()
        }
    }
}

fn movement(l: Language, movement: &Movement) -> String {
    match movement {
        Movement::Swap => l.say("explain-ladder-swap").into_owned(),
        Movement::Insert => l.say("explain-ladder-insert").into_owned(),
        Movement::SwapOrInsert => l.say("explain-ladder-swap-or-insert").into_owned(),
        Movement::Tiers(seats) => {
            let seats = join(l, seats.iter().map(ToString::to_string));
            l.say_with("explain-ladder-tiers", &[("seats", seats)]).into_owned()
        }
    }
}

fn span(l: Language, span: Span) -> String {
    match span {
        Span::Days(days) => say(l, "explain-ladder-days", &[("days", days.to_string())]),
        Span::Hours(hours) => say(l, "explain-ladder-hours", &[("hours", hours.to_string())]),
    }
}

fn deadlines(l: Language, ladder: &Rules) -> Vec<String> {
    let play = ("play", span(l, ladder.answer.play));
    let mut lines = vec![match ladder.answer.respond {
        Some(respond) => say(l, "explain-ladder-respond", &[("respond", span(l, respond)), play]),
        None => say(l, "explain-ladder-play", &[play]),
    }];
    if ladder.answer.grace_h > 0 {
        lines.push(say(l, "explain-ladder-grace", &[("hours", ladder.answer.grace_h.to_string())]));
    }
    lines
}

fn calendar(l: Language, ladder: &Rules) -> Vec<String> {
    let mut lines = Vec::new();
    if !ladder.calendar.closed.is_empty() {
        let days = ladder.calendar.closed.iter().map(|closed| {
            let title = closed.title.clone().unwrap_or_default();
            let values = [("title", title), ("from", closed.from.to_string()), ("to", closed.to.to_string())];
            say(l, "explain-ladder-closed-days", &values).trim().to_owned()
        });
        lines.push(l.say_with("explain-ladder-closed", &[("days", join(l, days))]).into_owned());
    }
    if !ladder.calendar.forbidden.is_empty() {
        let hours = ladder.calendar.forbidden.iter();
        let hours = hours.map(|hours| format!("{}–{}", hours.from.strftime("%H:%M"), hours.to.strftime("%H:%M")));
        lines.push(l.say_with("explain-ladder-forbidden", &[("hours", join(l, hours))]).into_owned());
    }
    lines
}

fn lapses(l: Language, ladder: &Rules) -> Vec<String> {
    let lapses = &ladder.lapses;
    let consequence = match lapses.consequence {
        Consequence::Forfeit => l.say("explain-ladder-forfeit").into_owned(),
        Consequence::Drop(drop) => say(l, "explain-ladder-drop", &[("drop", drop.to_string())]),
        Consequence::Remove => l.say("explain-ladder-remove").into_owned(),
    };
    let values = [
        ("allowed", lapses.allowed.to_string()),
        ("days", lapses.window_days.to_string()),
        ("consequence", consequence),
    ];
    // Nobody answers for a record: only the challenger can fail to play.
    let records = ladder.answer.respond.is_none();
    let key = if records { "explain-ladder-lapses-record" } else { "explain-ladder-lapses" };
    let mut lines = vec![say(l, key, &values)];
    if !records && lapses.consequence == Consequence::Forfeit {
        lines.push(
            match lapses.walkover {
                Walkover::Full => l.say("explain-ladder-walkover-full"),
                Walkover::One => l.say("explain-ladder-walkover-one"),
            }
            .into_owned(),
        );
    }
    lines
}

fn rest(l: Language, ladder: &Rules) -> Vec<String> {
    let rest = &ladder.rest;
    let days = |key, days: u32| (days > 0).then(|| say(l, key, &[("days", days.to_string())]));
    let mut lines: Vec<String> = [
        days("explain-ladder-loser", rest.loser_days),
        days("explain-ladder-pair", rest.pair_days),
        days("explain-ladder-winner", rest.winner_days),
    ]
    .into_iter()
    .flatten()
    .collect();
    let most = [
        ("tries", rest.tries_per_day.to_string()),
        ("out", ladder.at_once.out.to_string()),
        ("in", ladder.at_once.r#in.to_string()),
    ];
    lines.push(say(l, "explain-ladder-at-once", &most));
    if let Some(same) = ladder.same_pair {
        let values = [("games", same.games.to_string()), ("days", same.days.to_string())];
        lines.push(say(l, "explain-ladder-same-pair", &values));
    }
    lines
}

fn away(l: Language, ladder: &Rules) -> Vec<String> {
    let idle = match ladder.idle {
        None => l.say("explain-ladder-never-idle").into_owned(),
        Some(idle) => {
            let values = [
                ("days", idle.days.to_string()),
                ("drop", idle.drop.to_string()),
                ("top", idle.top_exempt.to_string()),
            ];
            let key = if idle.top_exempt > 0 { "explain-ladder-idle-exempt" } else { "explain-ladder-idle" };
            say(l, key, &values)
        }
    };
    let leave = match ladder.leave_days_max {
        None => l.say("explain-ladder-leave").into_owned(),
        Some(most) => say(l, "explain-ladder-leave-days", &[("most", most.to_string())]),
    };
    vec![idle, leave]
}

fn season(l: Language, ladder: &Rules) -> Vec<String> {
    let Some(season) = &ladder.season else { return Vec::new() };
    let values = [("starts", season.starts.to_string()), ("months", season.months.to_string())];
    let mut lines = vec![say(l, "explain-ladder-season", &values)];
    if season.freeze_days > 0 {
        lines.push(say(l, "explain-ladder-freeze", &[("days", season.freeze_days.to_string())]));
    }
    if !season.titles.is_empty() {
        let titles = (1..).zip(&season.titles).map(|(place, one): (u32, _)| {
            let values =
                [("place", place.to_string()), ("title", one.title.clone()), ("reward", reward(l, &one.reward))];
            say(l, "explain-ladder-title", &values)
        });
        lines.push(l.say_with("explain-ladder-titles", &[("titles", join(l, titles))]).into_owned());
    }
    lines.push(
        match season.seed {
            Seeding::Keep => l.say("explain-ladder-seed-keep"),
            Seeding::Empty => l.say("explain-ladder-seed-empty"),
        }
        .into_owned(),
    );
    lines
}

fn star(l: Language, ladder: &Rules) -> String {
    let per = match ladder.star.per {
        Period::Month => l.say("explain-ladder-per-month"),
        Period::Quarter => l.say("explain-ladder-per-quarter"),
        Period::Year => l.say("explain-ladder-per-year"),
        Period::Season => l.say("explain-ladder-per-season"),
        Period::Once => l.say("explain-ladder-per-once"),
    };
    let key = match (ladder.has_tiers(), ladder.entry.by) {
        (true, _) => "explain-ladder-star-tier",
        (false, EnterBy::Score) => "explain-ladder-star-score",
        (false, EnterBy::Bottom) => "explain-ladder-star",
    };
    let values =
        [("title", ladder.star.title.clone()), ("reward", reward(l, &ladder.star.reward)), ("per", per.into_owned())];
    say(l, key, &values)
}

/// ` (500 元；…)`, or nothing.
fn reward(l: Language, reward: &Reward) -> String {
    let mut parts = Vec::new();
    if let Some(money) = reward.money {
        parts.push(l.say_with("explain-money", &[("money", text(money))]).into_owned());
    }
    if let Some(points) = reward.points {
        parts.push(l.say_with("explain-reward-points", &[("points", text(points))]).into_owned());
    }
    parts.extend(reward.text.clone());
    if parts.is_empty() {
        return String::new();
    }
    say(l, "explain-ladder-reward", &[("reward", parts.join(&l.say("explain-and-then")))])
}
