//! The words of a tie chain.
//!
//! | written | compares |
//! |---|---|
//! | `practice` | the stage's score |
//! | `practice/face` | the points of a piece or an aspect |
//! | `practice/time.value lowest` | what was recorded, and which end leads |
//! | `attempts:long-jump` | the next best attempt |
//! | `value:seed lowest` | an entrant's value |
//! | `countback`, `play-off`, `lots` | |
//! | `people-decide`, `shared` | nothing: the end |

use super::{
    model::{Stage, TieEnd, TieKey},
    place::{Findings, Path},
    problem::{Fact, Thing},
    structure::{nearest, shown},
};
use crate::rules::names::Id;

/// Words that no stage can be named by.
pub(super) const RESERVED: [&str; 7] =
    ["countback", "play-off", "lots", "people-decide", "shared", "attempts", "value"];

/// A chain as read; `end` is `None` when it does not say how it ends.
pub(super) struct Chain {
    pub(super) keys: Vec<TieKey>,
    pub(super) end: Option<TieEnd>,
}

/// Reads a chain; `stages` must be lowered already. References to entrant values are left to the checks.
pub(super) fn read(words: &[String], stages: &[Stage], path: &Path, findings: &mut Findings<'_>) -> Chain {
    let mut chain = Chain { keys: Vec::new(), end: None };
    let mut settled: Option<&str> = None;
    for (at, word) in words.iter().enumerate() {
        let place = path.at(at);
        if let Some(end) = end_of(word) {
            chain.end = Some(end);
            if at + 1 < words.len() {
                findings.error(&place, Fact::TieEndNotLast { end: word.clone() });
            }
            continue;
        }
        if let Some(after) = settled {
            findings.error(&place, Fact::TieNever { after: after.to_owned() });
        }
        match key(word, stages) {
            Ok(key) => {
                if key == TieKey::Lots {
                    settled = Some(word);
                }
                chain.keys.push(key);
            }
            Err(fact) => findings.error(&place, fact),
        }
    }
    // Lots leave nothing open.
    if chain.end.is_none() && chain.keys.last() == Some(&TieKey::Lots) {
        chain.end = Some(TieEnd::PeopleDecide);
    }
    chain
}

fn end_of(word: &str) -> Option<TieEnd> {
    match word {
        "people-decide" => Some(TieEnd::PeopleDecide),
        "shared" => Some(TieEnd::Shared),
        _ => None,
    }
}

fn key(word: &str, stages: &[Stage]) -> Result<TieKey, Fact> {
    let unreadable = || Fact::TieUnreadable { text: shown(word) };
    let mut parts = word.split_whitespace();
    let subject = parts.next().ok_or_else(unreadable)?;
    let direction = match parts.next() {
        None => None,
        Some("highest") => Some(false),
        Some("lowest") => Some(true),
        Some(_) => return Err(unreadable()),
    };
    if parts.next().is_some() {
        return Err(unreadable());
    }
    let lowest_first = direction.unwrap_or(false);
    let plain = |key: TieKey| if direction.is_none() { Ok(key) } else { Err(unreadable()) };
    match subject {
        "countback" => return plain(TieKey::Countback),
        "play-off" => return plain(TieKey::PlayOff),
        "lots" => return plain(TieKey::Lots),
        _ => {}
    }
    if let Some(stage) = subject.strip_prefix("attempts:") {
        let stage = find_stage(stage, stages)?;
        return plain(TieKey::Attempts { stage: stage.id.clone() });
    }
    if let Some(value) = subject.strip_prefix("value:") {
        return Ok(TieKey::EntrantValue { value: Id::new(value), lowest_first });
    }
    let Some((stage, part)) = subject.split_once('/') else {
        let stage = find_stage(subject, stages)?;
        return Ok(TieKey::Stage { stage: stage.id.clone(), lowest_first });
    };
    let stage = find_stage(stage, stages)?;
    let (part, value) = part.split_once('.').map_or((part, None), |(part, value)| (part, Some(value)));
    let id = Id::new(part);
    let is_aspect = stage.aspects.iter().any(|aspect| aspect.id == id);
    if let Some(value) = value {
        if !is_aspect {
            return Err(unknown_part(stage, part));
        }
        if direction.is_none() {
            return Err(Fact::TieDirection { text: shown(word) });
        }
        return Ok(TieKey::Recorded { stage: stage.id.clone(), aspect: id, value: Id::new(value), lowest_first });
    }
    if is_aspect {
        Ok(TieKey::Aspect { stage: stage.id.clone(), aspect: id, lowest_first })
    } else if stage.pieces.iter().any(|piece| piece.id == id) {
        Ok(TieKey::Piece { stage: stage.id.clone(), piece: id, lowest_first })
    } else {
        Err(unknown_part(stage, part))
    }
}

fn find_stage<'a>(id: &str, stages: &'a [Stage]) -> Result<&'a Stage, Fact> {
    stages.iter().find(|stage| stage.id.as_str() == id).ok_or_else(|| {
        let mut known: Vec<String> = stages.iter().map(|stage| stage.id.to_string()).collect();
        let words = RESERVED.iter().take(5).map(|word| (*word).to_owned());
        let nearest = nearest(id, &known.iter().cloned().chain(words).collect::<Vec<_>>());
        known.truncate(KNOWN_MAX);
        Fact::Unknown { thing: Thing::Stage, id: shown(id), nearest, known }
    })
}

/// Ids that a message lists at most.
pub(super) const KNOWN_MAX: usize = 20;

fn unknown_part(stage: &Stage, part: &str) -> Fact {
    let aspects = stage.aspects.iter().map(|aspect| aspect.id.to_string());
    let known: Vec<String> = aspects.chain(stage.pieces.iter().map(|piece| piece.id.to_string())).collect();
    Fact::Unknown { thing: Thing::Aspect, id: shown(part), nearest: nearest(part, &known), known }
}
