//! Ladders in words: why a challenge is not possible, what the hall hears, what a person should know, the trail.

use fluent_bundle::FluentValue;

use super::{
    Language,
    refusal::{Sentence, plain},
    trail::Cast,
};
use crate::rules::{
    ladder::{Bar, Barred, LadderRefusal, Noticed, Outcome, What},
    ledger::ladder::{Aim, Earned, LadderEntry, Lapsed, LeaveKind, MoveKind},
    names::EntrantId,
};

/// Why somebody may not challenge now, and until when: 对方刚刚获胜，处于保护期，到 2026-10-08 09:00 为止。
pub fn barred(language: Language, barred: &Barred) -> String {
    let (key, values) = bar(barred.bar);
    let why = language.say_with(key, &values).into_owned();
    match barred.until {
        None => language.say_with("ladder-no-end", &[("why", why.into())]).into_owned(),
        Some(until) => {
            let until = until.there.strftime("%Y-%m-%d %H:%M").to_string();
            language.say_with("ladder-until", &[("why", why.into()), ("until", until.into())]).into_owned()
        }
    }
}

/// The rule's key in the definition, for whoever wants to look it up: （规程：rest.winner-days）.
pub fn rule(language: Language, bar: Bar) -> Option<String> {
    let key = bar.key()?;
    Some(language.say_with("ladder-rule", &[("key", key.into())]).into_owned())
}

fn bar(bar: Bar) -> Sentence {
    match bar {
        Bar::NotRunning => ("ladder-bar-not-running", vec![]),
        Bar::BeforeSeason => ("ladder-bar-before-season", vec![]),
        Bar::SeasonFreeze => ("ladder-bar-season-freeze", vec![]),
        Bar::DoesNotFit => ("ladder-bar-does-not-fit", vec![]),
        Bar::NotOn => ("ladder-bar-not-on", vec![]),
        Bar::TargetNotOn => ("ladder-bar-target-not-on", vec![]),
        Bar::OnLeave => ("ladder-bar-on-leave", vec![]),
        Bar::TargetOnLeave => ("ladder-bar-target-on-leave", vec![]),
        Bar::Oneself => ("ladder-bar-oneself", vec![]),
        Bar::NotAbove => ("ladder-bar-not-above", vec![]),
        Bar::OutOfRange { up } => ("ladder-bar-out-of-range", vec![("up", plain(&up))]),
        Bar::OutOfTiers { up } => ("ladder-bar-out-of-tiers", vec![("up", plain(&up))]),
        Bar::Closed => ("ladder-bar-closed", vec![]),
        Bar::Hours => ("ladder-bar-hours", vec![]),
        Bar::LoserRests => ("ladder-bar-loser-rests", vec![]),
        Bar::TriesToday { most } => ("ladder-bar-tries-today", vec![("most", plain(&most))]),
        Bar::OutMost { most } => ("ladder-bar-out-most", vec![("most", plain(&most))]),
        Bar::PairOpen => ("ladder-bar-pair-open", vec![]),
        Bar::PairRests => ("ladder-bar-pair-rests", vec![]),
        Bar::WinnerProtected => ("ladder-bar-winner-protected", vec![]),
        Bar::InMost { most } => ("ladder-bar-in-most", vec![("most", plain(&most))]),
        Bar::NoFreeSeat => ("ladder-bar-no-free-seat", vec![]),
        Bar::NoRecord => ("ladder-bar-no-record", vec![]),
        Bar::ByScore => ("ladder-bar-by-score", vec![]),
        Bar::AtBottom => ("ladder-bar-at-bottom", vec![]),
    }
}

pub(super) fn refusal(language: Language, refusal: &LadderRefusal) -> Sentence {
    let id = |id: &dyn std::fmt::Display| vec![("id", FluentValue::from(id.to_string()))];
    match refusal {
        LadderRefusal::Barred(why) => ("ladder-refused", vec![("why", barred(language, why).into())]),
        LadderRefusal::UnknownLadder(ladder) => ("refusal-ladder-unknown", id(ladder)),
        LadderRefusal::UnknownChallenge(challenge) => ("refusal-ladder-unknown-challenge", id(challenge)),
        LadderRefusal::ChallengeTwice(challenge) => ("refusal-ladder-challenge-twice", id(challenge)),
        LadderRefusal::NotThisFormat => ("refusal-ladder-not-this-format", vec![]),
        LadderRefusal::NotYours => ("refusal-ladder-not-yours", vec![]),
        LadderRefusal::NoEntrant => ("refusal-ladder-no-entrant", vec![]),
        LadderRefusal::AlreadyOn(entrant) => ("refusal-ladder-already-on", id(entrant)),
        LadderRefusal::SeedTooLate => ("refusal-ladder-seed-too-late", vec![]),
        LadderRefusal::SeedUnfit { tier } => ("refusal-ladder-seed-unfit", vec![("tier", plain(&(tier + 1)))]),
        LadderRefusal::ChallengeOver => ("refusal-ladder-over", vec![]),
        LadderRefusal::NothingToAnswer => ("refusal-ladder-nothing-to-answer", vec![]),
        LadderRefusal::NotAnswered => ("refusal-ladder-not-answered", vec![]),
        LadderRefusal::ByPaper => ("refusal-ladder-by-paper", vec![]),
        LadderRefusal::ResultTwice => ("refusal-ladder-result-twice", vec![]),
        LadderRefusal::NotPlaying(entrant) => ("refusal-ladder-not-playing", id(entrant)),
        LadderRefusal::SessionOpen => ("refusal-ladder-session-open", vec![]),
        LadderRefusal::SessionNotOpen => ("refusal-ladder-session-not-open", vec![]),
        LadderRefusal::SessionIncomplete => ("refusal-ladder-session-incomplete", vec![]),
        LadderRefusal::NotProtected => ("refusal-ladder-not-protected", vec![]),
        LadderRefusal::LeaveBackwards => ("refusal-ladder-leave-backwards", vec![]),
        LadderRefusal::LeaveTooLong { left, most } => {
            ("refusal-ladder-leave-too-long", vec![("left", plain(left)), ("most", plain(most))])
        }
        LadderRefusal::NotOnLeave => ("refusal-ladder-not-on-leave", vec![]),
        LadderRefusal::NoSeason => ("refusal-ladder-no-season", vec![]),
        LadderRefusal::SeasonOver { season } => ("refusal-ladder-season-over", vec![("season", plain(season))]),
        LadderRefusal::NoSuchReward => ("refusal-ladder-no-such-reward", vec![]),
    }
}

/// 96 分，用时 7 分 5 秒.
pub fn outcome(language: Language, outcome: &Outcome) -> String {
    let score = FluentValue::from(outcome.score.normalize().to_string());
    if outcome.used_ms == 0 {
        return language.say_with("ladder-outcome", &[("score", score)]).into_owned();
    }
    let seconds = outcome.used_ms / 1_000;
    let time = [("minutes", plain(&(seconds / 60))), ("seconds", plain(&(seconds % 60)))];
    let time = language.say_with("ladder-minutes", &time).into_owned();
    language.say_with("ladder-outcome-time", &[("score", score), ("time", time.into())]).into_owned()
}

/// What the hall hears: 王芳 打破 李强 的纪录，成为新科明星！ `records`: whether the ladder's format is "record".
pub fn happened(language: Language, what: &What, records: bool, name: impl Fn(&EntrantId) -> String) -> String {
    let name = |entrant: &EntrantId| FluentValue::from(name(entrant));
    let (key, values) = match what {
        What::Challenged { challenger, target } => {
            ("ladder-happened-challenged", vec![("challenger", name(challenger)), ("target", name(target))])
        }
        What::Won { winner, loser, place, star } => {
            let mut values = vec![("winner", name(winner)), ("loser", name(loser))];
            let key = match (star, records, place) {
                (true, true, _) => "ladder-happened-star",
                (true, false, _) => "ladder-happened-star-duel",
                (false, _, Some(place)) => {
                    values.push(("place", plain(place)));
                    "ladder-happened-won"
                }
                (false, _, None) => "ladder-happened-won-only",
            };
            (key, values)
        }
        What::Defended { holder, challenger } => {
            ("ladder-happened-defended", vec![("holder", name(holder)), ("challenger", name(challenger))])
        }
        What::Renewed { entrant, outcome: new, holds } => {
            let key = if *holds { "ladder-happened-renewed" } else { "ladder-happened-record" };
            (key, vec![("entrant", name(entrant)), ("outcome", outcome(language, new).into())])
        }
        What::Stands { entrant, outcome: new, record } => {
            let values = [("outcome", new), ("record", record)];
            let values = values.map(|(key, one)| (key, FluentValue::from(outcome(language, one))));
            ("ladder-happened-stands", std::iter::once(("entrant", name(entrant))).chain(values).collect())
        }
        What::Joined { entrant, star, .. } => (
            if *star { "ladder-happened-joined-star" } else { "ladder-happened-joined" },
            vec![("entrant", name(entrant))],
        ),
        What::SeatTaken { entrant, tier, .. } => {
            ("ladder-happened-seat", vec![("entrant", name(entrant)), ("tier", plain(&(tier + 1)))])
        }
        What::Expired { holder } => ("ladder-happened-expired", vec![("holder", name(holder))]),
        What::Undefended { holder } => ("ladder-happened-undefended", vec![("holder", name(holder))]),
        What::SeasonOver { season } => ("ladder-happened-season", vec![("season", plain(season))]),
    };
    language.say_with(key, &values).into_owned()
}

/// What a person should know. Its deadline stands beside it.
pub fn notice(language: Language, what: &Noticed, name: impl Fn(&EntrantId) -> String) -> String {
    let name = |entrant: &EntrantId| vec![("name", FluentValue::from(name(entrant)))];
    let (key, values) = match what {
        Noticed::Challenged { by, .. } => ("ladder-notice-challenged", name(by)),
        Noticed::UnderAttack { by } => ("ladder-notice-under-attack", name(by)),
        Noticed::Awaiting { of, .. } => ("ladder-notice-awaiting", name(of)),
        Noticed::Judges { other } => ("ladder-notice-judges", name(other)),
        Noticed::Play { other: Some(other), .. } => ("ladder-notice-play", name(other)),
        Noticed::Play { other: None, .. } => ("ladder-notice-play-own", vec![]),
        Noticed::Won { over } => ("ladder-notice-won", name(over)),
        Noticed::Lost { to } => ("ladder-notice-lost", name(to)),
        Noticed::Lapsed { why, own, .. } => {
            let key = if *own { "ladder-notice-lapsed-own" } else { "ladder-notice-lapsed" };
            (key, vec![("why", language.say(lapsed_key(*why)).into_owned().into())])
        }
        Noticed::Defend { record, renews } => {
            let key = if *renews { "ladder-notice-defend" } else { "ladder-notice-defend-after" };
            (key, vec![("outcome", outcome(language, record).into())])
        }
        Noticed::Undefended { falls: true } => ("ladder-notice-undefended-falls", vec![]),
        Noticed::Undefended { falls: false } => ("ladder-notice-undefended", vec![]),
        Noticed::Reward { title, .. } => ("ladder-notice-reward", vec![("title", title.clone().into())]),
    };
    language.say_with(key, &values).into_owned()
}

/// Why a challenge was not played.
pub fn lapsed(language: Language, why: Lapsed) -> String {
    language.say(lapsed_key(why)).into_owned()
}

fn lapsed_key(why: Lapsed) -> &'static str {
    match why {
        Lapsed::Declined => "ladder-lapsed-declined",
        Lapsed::Unanswered => "ladder-lapsed-unanswered",
        Lapsed::Unplayed => "ladder-lapsed-unplayed",
        Lapsed::NeitherPlayed => "ladder-lapsed-neither-played",
        Lapsed::Withdrawn => "ladder-lapsed-withdrawn",
        Lapsed::NotHeld => "ladder-lapsed-not-held",
        Lapsed::Leave => "ladder-lapsed-leave",
        Lapsed::Gone => "ladder-lapsed-gone",
        Lapsed::Blank => "ladder-lapsed-blank",
    }
}

fn leave_key(leave: LeaveKind) -> &'static str {
    match leave {
        LeaveKind::Ordinary => "ladder-leave-ordinary",
        LeaveKind::Sick => "ladder-leave-sick",
        LeaveKind::Maternity => "ladder-leave-maternity",
        LeaveKind::Injury => "ladder-leave-injury",
    }
}

fn move_key(kind: MoveKind) -> &'static str {
    match kind {
        MoveKind::Post => "ladder-move-post",
        MoveKind::Unit => "ladder-move-unit",
        MoveKind::Left => "ladder-move-left",
        MoveKind::Retired => "ladder-move-retired",
        MoveKind::Out => "ladder-move-out",
    }
}

fn earned(language: Language, what: Earned) -> String {
    match what {
        Earned::Star => language.say("ladder-star").into_owned(),
        Earned::Title(number) => language.say_with("ladder-season-title", &[("number", plain(&number))]).into_owned(),
    }
}

/// `2026-10` as it is; `season-2` and `once` in words.
pub fn period(language: Language, period: &str) -> String {
    match period.strip_prefix("season-") {
        Some(number) => language.say_with("reward-season", &[("number", number.into())]).into_owned(),
        None if period == "once" => language.say("reward-once").into_owned(),
        None => period.to_owned(),
    }
}

/// The values of an entry's sentence on the trail.
pub(super) fn told(language: Language, entry: &LadderEntry, cast: &impl Cast) -> Vec<(&'static str, String)> {
    let word = |key: &'static str| language.say(key).into_owned();
    match entry {
        LadderEntry::LadderSeeded { ladder, tiers, .. } => {
            let count: usize = tiers.iter().map(Vec::len).sum();
            vec![("ladder", cast.title(ladder)), ("count", count.to_string())]
        }
        LadderEntry::LadderJoined { ladder, entrant, .. }
        | LadderEntry::SeatTaken { ladder, entrant, .. }
        | LadderEntry::ProtectionWaived { ladder, entrant, .. } => {
            vec![("ladder", cast.title(ladder)), ("entrant", cast.entrant(entrant))]
        }
        LadderEntry::ChallengeMade { ladder, challenger, aim, .. } => {
            let target = match aim {
                Aim::Person(target) => cast.entrant(target),
                Aim::Defence => word("ladder-aim-defence"),
                Aim::Entry => word("ladder-aim-entry"),
            };
            vec![("ladder", cast.title(ladder)), ("entrant", cast.entrant(challenger)), ("target", target)]
        }
        LadderEntry::ChallengeAnswered { challenge, play_by, .. } => {
            vec![("challenge", challenge.to_string()), ("until", cast.moment(*play_by))]
        }
        LadderEntry::SessionOpened { challenge, challenger_as, target_as, .. } => vec![
            ("challenge", challenge.to_string()),
            ("first", challenger_as.to_string()),
            ("second", target_as.to_string()),
        ],
        LadderEntry::ResultGiven { challenge, of, outcome: new, .. } => vec![
            ("challenge", challenge.to_string()),
            ("entrant", cast.entrant(of)),
            ("outcome", outcome(language, new)),
        ],
        LadderEntry::ChallengeDecided { challenge, winner, .. } => {
            vec![("challenge", challenge.to_string()), ("entrant", cast.entrant(winner))]
        }
        LadderEntry::ChallengeLapsed { challenge, why, winner, at, .. } => {
            let nobody = || word("ladder-nobody");
            vec![
                ("challenge", challenge.to_string()),
                ("why", lapsed(language, *why)),
                ("winner", winner.as_ref().map_or_else(nobody, |winner| cast.entrant(winner))),
                ("until", cast.moment(*at)),
            ]
        }
        LadderEntry::RecordSet { ladder, entrant, outcome: new, .. } => vec![
            ("ladder", cast.title(ladder)),
            ("entrant", cast.entrant(entrant)),
            ("outcome", outcome(language, new)),
        ],
        LadderEntry::RecordExpired { ladder, entrant, at, .. }
        | LadderEntry::IdleDropped { ladder, entrant, at, .. } => {
            vec![("ladder", cast.title(ladder)), ("entrant", cast.entrant(entrant)), ("until", cast.moment(*at))]
        }
        LadderEntry::LeaveSet { entrant, leave, from, until, .. } => vec![
            ("entrant", cast.entrant(entrant)),
            ("leave", word(leave_key(*leave))),
            ("from", cast.moment(*from)),
            ("until", cast.moment(*until)),
        ],
        LadderEntry::LeaveEnded { entrant, .. } => vec![("entrant", cast.entrant(entrant))],
        LadderEntry::MovePlanned { entrant, kind, effective, .. } => vec![
            ("entrant", cast.entrant(entrant)),
            ("move", word(move_key(*kind))),
            ("until", cast.moment(*effective)),
        ],
        LadderEntry::MovedOff { ladder, entrant, kind, at, .. } => vec![
            ("ladder", cast.title(ladder)),
            ("entrant", cast.entrant(entrant)),
            ("move", word(move_key(*kind))),
            ("until", cast.moment(*at)),
        ],
        LadderEntry::SeasonEnded { ladder, season, at, .. } => {
            vec![("ladder", cast.title(ladder)), ("season", season.to_string()), ("until", cast.moment(*at))]
        }
        LadderEntry::RewardEarned { ladder, entrant, what, period, .. }
        | LadderEntry::RewardGiven { ladder, entrant, what, period, .. } => vec![
            ("ladder", cast.title(ladder)),
            ("entrant", cast.entrant(entrant)),
            ("what", earned(language, *what)),
            ("period", self::period(language, period)),
        ],
    }
}

#[cfg(test)]
pub(super) mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::rules::{ladder::Until, ledger::Instant};

    pub(in crate::words) fn bars() -> Vec<Bar> {
        vec![
            Bar::NotRunning,
            Bar::BeforeSeason,
            Bar::SeasonFreeze,
            Bar::DoesNotFit,
            Bar::NotOn,
            Bar::TargetNotOn,
            Bar::OnLeave,
            Bar::TargetOnLeave,
            Bar::Oneself,
            Bar::NotAbove,
            Bar::OutOfRange { up: 2 },
            Bar::OutOfTiers { up: 2 },
            Bar::Closed,
            Bar::Hours,
            Bar::LoserRests,
            Bar::TriesToday { most: 3 },
            Bar::OutMost { most: 3 },
            Bar::PairOpen,
            Bar::PairRests,
            Bar::WinnerProtected,
            Bar::InMost { most: 3 },
            Bar::NoFreeSeat,
            Bar::NoRecord,
            Bar::ByScore,
            Bar::AtBottom,
        ]
    }

    /// One of each.
    pub(in crate::words) fn every() -> Vec<LadderRefusal> {
        let until = Until { at: Instant(0), there: jiff::civil::datetime(2026, 10, 8, 9, 0, 0, 0) };
        let barred = bars()
            .into_iter()
            .flat_map(|bar| [None, Some(until)].map(|until| LadderRefusal::Barred(Barred { bar, until })));
        let others = [
            LadderRefusal::UnknownLadder("L".into()),
            LadderRefusal::UnknownChallenge("c".into()),
            LadderRefusal::ChallengeTwice("c".into()),
            LadderRefusal::NotThisFormat,
            LadderRefusal::NotYours,
            LadderRefusal::NoEntrant,
            LadderRefusal::AlreadyOn("W1".into()),
            LadderRefusal::SeedTooLate,
            LadderRefusal::SeedUnfit { tier: 0 },
            LadderRefusal::ChallengeOver,
            LadderRefusal::NothingToAnswer,
            LadderRefusal::NotAnswered,
            LadderRefusal::ByPaper,
            LadderRefusal::ResultTwice,
            LadderRefusal::NotPlaying("W1".into()),
            LadderRefusal::SessionOpen,
            LadderRefusal::SessionNotOpen,
            LadderRefusal::SessionIncomplete,
            LadderRefusal::NotProtected,
            LadderRefusal::LeaveBackwards,
            LadderRefusal::LeaveTooLong { left: 2, most: 5 },
            LadderRefusal::NotOnLeave,
            LadderRefusal::NoSeason,
            LadderRefusal::SeasonOver { season: 2 },
            LadderRefusal::NoSuchReward,
        ];
        barred.chain(others).collect()
    }

    #[test]
    fn a_refusal_says_the_rule_and_when_it_ends() {
        let until = Until { at: Instant(0), there: jiff::civil::datetime(2026, 10, 8, 9, 0, 0, 0) };
        let protected = Barred { bar: Bar::WinnerProtected, until: Some(until) };
        assert_eq!(barred(Language::Zh, &protected), "对方刚刚获胜，处于保护期，到 2026-10-08 09:00 为止。");
        let range = Barred { bar: Bar::OutOfRange { up: 2 }, until: None };
        assert_eq!(barred(Language::En, &range), "Only those up to 2 places above can be challenged.");
        assert_eq!(rule(Language::Zh, Bar::WinnerProtected).unwrap(), "（规程：rest.winner-days）");
    }

    #[test]
    fn the_hall_hears_of_a_new_star() {
        let what = What::Won { winner: "W2".into(), loser: "W1".into(), place: Some(1), star: true };
        let name = |entrant: &EntrantId| if entrant.as_str() == "W1" { "李强" } else { "王芳" }.to_owned();
        assert_eq!(happened(Language::Zh, &what, true, name), "王芳 打破 李强 的纪录，成为新科明星！");
        assert_eq!(happened(Language::En, &what, true, name), "王芳 beat the record of 李强: new star!");
        let result = Outcome { score: Decimal::new(960, 1), used_ms: 425_900 };
        assert_eq!(outcome(Language::Zh, &result), "96 分，用时 7 分 5 秒");
    }
}
