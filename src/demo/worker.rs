//! A simulated worker: a client of the workers' API like any phone. Logs in with number and PIN, answers a paper item
//! by item, or looks at the star board, challenges somebody it allows, and plays, or reports hazards with a picture.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::{Duration, sleep};

use super::{
    client::Client,
    dice::Dice,
    knowledge::Knowledge,
    reports::{Album, Told},
};
use crate::rules::{
    items::Face,
    names::{ContestId, Id},
};

/// Between two answers; the dice add up to as much again.
const ITEM_MS: u64 = 2_500;
/// Somebody looks at the star board again after so long; the dice add up to as much again.
const LOOK_MS: u64 = 12 * 60_000;
/// Somebody who reports comes again after so long; the dice add up to half as much.
const REPORT_MS: u64 = 10 * 60_000;
/// How far above oneself one looks for somebody to challenge.
const REACH: usize = 4;

/// What somebody needs to come in as a worker, and what they come for.
#[derive(Clone)]
pub(super) struct Cast {
    pub(super) contest: ContestId,
    pub(super) number: String,
    pub(super) pin: String,
    /// The last name of it.
    pub(super) unit: String,
    pub(super) purpose: Purpose,
    /// Right answers in a hundred.
    pub(super) skill: u64,
    pub(super) knowledge: Arc<Knowledge>,
    /// When it comes, after the beginning.
    pub(super) after: Duration,
}

#[derive(Clone)]
pub(super) enum Purpose {
    /// Answers this paper once.
    Answer { paper: Id },
    /// Stays, and challenges on this ladder.
    Challenge { ladder: Id },
    /// Stays, and hands in a work now and then.
    Report { collection: Id, album: Arc<Album> },
}

#[derive(Deserialize)]
struct Paper {
    paper: String,
    items: Vec<Face>,
    answers: serde_json::Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Board {
    may_enter: Option<Allowed>,
    lines: Vec<Line>,
}

#[derive(Deserialize)]
struct Allowed {
    allowed: bool,
}

#[derive(Deserialize)]
struct Line {
    who: Who,
    may: Option<Allowed>,
}

#[derive(Deserialize)]
struct Who {
    key: Option<String>,
    me: bool,
}

impl Cast {
    /// Comes when it is time and stays for what it comes for; what does not work is tried again later.
    pub(super) async fn live(self, http: reqwest::Client, server: String, mut dice: Dice) {
        sleep(self.after).await;
        loop {
            match self.come(&http, &server, &mut dice).await {
                Ok(()) => return,
                Err(error) => {
                    tracing::debug!(%error, number = self.number, "a simulated worker waits");
                    sleep(Duration::from_millis(LOOK_MS / 12)).await;
                }
            }
        }
    }

    async fn come(&self, http: &reqwest::Client, server: &str, dice: &mut Dice) -> reqwest::Result<()> {
        let who = json!({ "contest": self.contest, "number": self.number, "pin": self.pin });
        let mut phone = Client::log_in(http.clone(), server, &self.contest, &who).await?;
        match &self.purpose {
            Purpose::Answer { paper } => {
                let started = phone.post("papers", &json!({ "paper": paper })).await?;
                match started.and_then(|paper| serde_json::from_value(paper).ok()) {
                    Some(paper) => self.answer(&mut phone, &paper, dice).await,
                    // Answered today already, or not open.
                    None => Ok(()),
                }
            }
            Purpose::Challenge { ladder } => loop {
                self.challenge(&mut phone, ladder, dice).await?;
                sleep(Duration::from_millis(LOOK_MS + dice.roll(LOOK_MS))).await;
            },
            Purpose::Report { collection, album } => loop {
                let found = Told::somewhere(&self.unit, dice).first(album);
                let texts = [("place", found.place.as_str()), ("text", found.text.as_str())];
                phone.hand_in(&format!("collections/{collection}/works"), &texts, &found.pictures).await?;
                sleep(Duration::from_millis(REPORT_MS + dice.roll(REPORT_MS / 2))).await;
            },
        }
    }

    /// Looks at the board and challenges somebody, if anybody may be challenged.
    async fn challenge(&self, phone: &mut Client, ladder: &Id, dice: &mut Dice) -> reqwest::Result<()> {
        let board: Board = phone.get(&format!("ladders/{ladder}")).await?;
        let Some(mut asked) = wish(&board, dice) else { return Ok(()) };
        asked["operation"] = json!(phone.operation());
        let sent = phone.post(&format!("ladders/{ladder}/challenges"), &asked).await?;
        let Some(paper) = sent.as_ref().and_then(|sent| sent["paper"].as_str()) else { return Ok(()) };
        let paper: Paper = phone.get(&format!("papers/{paper}")).await?;
        self.answer(phone, &paper, dice).await
    }

    async fn answer(&self, phone: &mut Client, paper: &Paper, dice: &mut Dice) -> reqwest::Result<()> {
        for face in paper.items.iter().filter(|face| !paper.answers.contains_key(face.item.as_str())) {
            sleep(Duration::from_millis(ITEM_MS + dice.roll(ITEM_MS))).await;
            if let Some(answer) = self.knowledge.answer(face, self.skill, dice) {
                let given = json!({ "item": face.item, "answer": answer });
                phone.put(&format!("papers/{}/answers", paper.paper), given).await?;
            }
        }
        phone.post(&format!("papers/{}/hand-in", paper.paper), &json!({})).await.map(drop)
    }
}

/// A newcomer tries for a first score. Others mostly challenge somebody not far above them, and now and then the holder.
fn wish(board: &Board, dice: &mut Dice) -> Option<Value> {
    let own = board.lines.iter().position(|line| line.who.me);
    let Some(own) = own else {
        let may = board.may_enter.as_ref().is_some_and(|may| may.allowed);
        return may.then(|| json!({ "aim": "entry" }));
    };
    let above = board.lines.iter().take(own).filter(|line| line.may.as_ref().is_some_and(|may| may.allowed));
    let allowed: Vec<&String> = above.filter_map(|line| line.who.key.as_ref()).collect();
    let reach = if dice.roll(4) == 0 { allowed.len() } else { allowed.len().min(REACH) };
    let near = &allowed[allowed.len() - reach..];
    let target = if reach == allowed.len() { near.first() } else { near.get(dice_place(dice, near.len())) };
    target.map(|target| json!({ "target": target }))
}

fn dice_place(dice: &mut Dice, count: usize) -> usize {
    usize::try_from(dice.roll(count.max(1) as u64)).unwrap_or(0)
}
