//! A ladder as JSON: the board with what the asking worker may do, its open challenges, what happened, the reigns.

use serde::Serialize;
use serde_json::{Value, json};

use super::name;
use crate::{
    app::{called::Called, ladder::LadderSeen},
    rules::{
        ladder::{Barred, BoardLine, Bout, Outcome, Reigned, Status, Terms, rules::Format},
        ledger::{Instant, ladder::Aim},
        names::EntrantId,
        view::{Audience, Shows},
    },
    words::{Language, ladder as words},
};

pub(super) fn document(lang: Language, seen: &LadderSeen, audience: &Audience) -> Value {
    let board = &seen.board;
    let records = matches!(board.rules.format, Format::Record { .. });
    let at = Looking { lang, called: &seen.called, audience, shows: board.shows };
    json!({
        "ladder": board.rules.id,
        "title": board.rules.title,
        "format": match board.rules.format {
            Format::Record { .. } => "record",
            Format::Duel { .. } => "duel",
            Format::Judged { .. } => "judged",
        },
        "now": seen.now,
        "frozen-since": board.frozen_since,
        "season": board.season.map(|season| json!({
            "number": season.number, "starts": season.starts, "ends": season.ends,
        })),
        "people": board.people,
        "free-seats": board.free_seats,
        "place": board.place,
        "may-defend": board.may_defend.as_ref().map(|may| allowed(lang, may)),
        "may-enter": board.may_enter.as_ref().map(|may| plainly(lang, may)),
        "may-take-seat": board.may_take_seat.as_ref().map(|may| plainly(lang, may)),
        "protected-until": board.protected_until,
        "leave-until": board.leave_until,
        "lines": board.lines.iter().map(|line| at.line(line)).collect::<Vec<_>>(),
        "challenges": board.bouts.iter().map(|bout| at.bout(bout)).collect::<Vec<_>>(),
        "happened": seen.happened.iter().map(|one| json!({
            "at": one.at, "text": words::happened(lang, &one.what, records, |id| name(lang, &seen.called, id)),
        })).collect::<Vec<_>>(),
        "reigns": seen.reigns.iter().map(|reign| at.reign(reign)).collect::<Vec<_>>(),
    })
}

struct Looking<'s> {
    lang: Language,
    called: &'s Called,
    audience: &'s Audience,
    shows: Shows,
}

/// Somebody as the board shows them: what is not shown is not there.
#[derive(Serialize)]
struct Person {
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    me: bool,
}

impl Looking<'_> {
    fn person(&self, entrant: &EntrantId) -> Person {
        let who = self.called.who(entrant);
        Person {
            key: match self.shows {
                Shows::Names => Some(entrant.to_string()),
                Shows::Numbers => who.number.map(|number| number.to_string()),
                Shows::Nothing => None,
            },
            name: who.name,
            number: who.number,
            me: *self.audience == Audience::Entrant(entrant.clone()),
        }
    }

    fn line(&self, line: &BoardLine) -> Value {
        json!({
            "who": self.person(&line.entrant),
            "place": line.place,
            "tier": line.tier + 1,
            "record": line.record.map(outcome),
            "record-expires": line.record_expires,
            "reign": line.reign.map(|(since, defences)| json!({ "since": since, "defences": defences })),
            "challenged": line.challenged,
            "may": line.may.as_ref().map(|may| allowed(self.lang, may)),
        })
    }

    fn bout(&self, bout: &Bout) -> Value {
        json!({
            "challenge": bout.id,
            "challenger": self.person(&bout.challenger),
            "target": match &bout.aim {
                Aim::Person(target) => Some(self.person(target)),
                Aim::Defence | Aim::Entry => None,
            },
            "aim": match bout.aim {
                Aim::Person(_) => "person",
                Aim::Defence => "defence",
                Aim::Entry => "entry",
            },
            "state": if bout.status == Status::Asked { "asked" } else { "playing" },
            "made-at": bout.made_at,
            "respond-by": bout.respond_by,
            "play-by": bout.play_by,
            "counts": bout.counts,
            "to-beat": bout.to_beat.map(outcome),
        })
    }

    fn reign(&self, reign: &Reigned) -> Value {
        json!({
            "holder": self.person(&reign.holder),
            "since": reign.since,
            "until": reign.until,
            "days": reign.days,
            "defences": reign.defences,
            "won-from": reign.won_from.as_ref().map(|one| self.person(one)),
        })
    }
}

fn outcome(outcome: Outcome) -> Value {
    json!({ "score": outcome.score.normalize().to_string(), "used-ms": outcome.used_ms })
}

fn allowed(lang: Language, may: &Result<Terms, Barred>) -> Value {
    match may {
        Ok(terms) => json!({
            "allowed": true,
            "respond-by": terms.respond_by,
            "play-by": terms.play_by,
            "counts": terms.counts,
            "to-beat": terms.to_beat.map(outcome),
        }),
        Err(barred) => forbidden(lang, barred),
    }
}

fn plainly(lang: Language, may: &Result<(), Barred>) -> Value {
    match may {
        Ok(()) => json!({ "allowed": true }),
        Err(barred) => forbidden(lang, barred),
    }
}

/// The rule by its key in the definition, and the end of it where waiting helps.
fn forbidden(lang: Language, barred: &Barred) -> Value {
    let until: Option<Instant> = barred.until.map(|until| until.at);
    json!({
        "allowed": false,
        "rule": barred.bar.key(),
        "until": until,
        "message": words::barred(lang, barred),
    })
}
