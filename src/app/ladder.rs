//! Ladders (擂台): what each person does there, and what they see. Times are the server's.
//!
//! Whether something is allowed is the rules' affair; a refusal comes back as [`super::Error::Refused`] with the rule and
//! the moment at which it ends. What is due on a ladder is applied to every view here and written before the next
//! entry of the contest, so that nothing waits for a job.

mod day;

use std::collections::BTreeSet;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::{Actor, App, Ask, Error, OperationKey, Receipt, Result, called::Called, chance};
use crate::{
    rules::{
        command::{Command, Refusal},
        definition::model::Titled,
        ladder::{
            self, Act, Bout, Happened, LadderBoard, LadderRefusal, Notice, Noticed, Outcome, Owed, Reigned, What,
        },
        ledger::{
            Instant,
            ladder::{Aim, Earned, LeaveKind, MoveKind},
        },
        names::{ChallengeId, ContestId, EntrantId, Id, PaperId},
        papers::{Closed, PaperRefusal},
        view::Audience,
    },
    store::{Beside, names::EntrantName},
};

pub use day::{Day, Waiting};

/// Of the digests of an operation.
const OPERATION_BYTES: usize = 16;
/// What a hall tells of at a time.
pub const HAPPENED_MAX: usize = 50;

/// A ladder as somebody sees it at this moment.
#[derive(Clone, Debug)]
pub struct LadderSeen {
    pub board: LadderBoard,
    /// The newest first.
    pub happened: Vec<Happened>,
    /// Everybody who was at the top, the newest first.
    pub reigns: Vec<Reigned>,
    pub called: Called,
    /// The moment of the view.
    pub now: Instant,
}

/// A challenge that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChallengeSent {
    pub challenge: ChallengeId,
    pub paper: Option<PaperId>,
}

/// An operation of a worker's device: the same id for something else is refused. What the device calls it is hashed
/// with who asks: a challenge is named by it in addresses, and nobody uses up the ids of others.
pub fn once(id: &str, actor: &Actor, ladder: &Id, aim: &Aim) -> OperationKey {
    let digest = |text: String| HEXLOWER.encode(&Sha256::digest(text)[..OPERATION_BYTES]);
    let body = digest(format!("{}\n{ladder}\n{aim:?}", actor.person));
    OperationKey { id: digest(format!("{}\n{id}", actor.person)), body }
}

impl App {
    /// The ladders of a contest, in the order of its definition.
    pub async fn ladders(&self, contest: &ContestId) -> Result<Vec<Titled>> {
        self.read(contest, ladder::ladders).await
    }

    /// A ladder as an audience sees it. For an entrant each line says whether they may challenge there, and else which
    /// rule forbids it and until when.
    pub async fn ladder(&self, contest: &ContestId, id: &Id, audience: &Audience) -> Result<LadderSeen> {
        let now = self.now();
        let seen = self
            .read(contest, |state| {
                let board = ladder::board(state, id, audience, now)?;
                let happened = ladder::happened(state, id, audience, now, HAPPENED_MAX);
                Some((board, happened, ladder::reigns(state, id, audience, now)))
            })
            .await?;
        let Some((board, happened, reigns)) = seen else { return Err(unknown(id)) };
        let mut shown: BTreeSet<&EntrantId> = board.lines.iter().map(|line| &line.entrant).collect();
        shown.extend(board.bouts.iter().flat_map(players));
        shown.extend(happened.iter().flat_map(|one| heard_of(&one.what)));
        shown.extend(reigns.iter().flat_map(|reign| [Some(&reign.holder), reign.won_from.as_ref()]).flatten());
        shown.extend(board.titled.iter().flat_map(|titles| &titles.given).map(|(_, holder)| holder));
        let called = self.called(contest, &shown, audience).await?;
        Ok(LadderSeen { board, happened, reigns, called, now })
    }

    /// All challenges of a ladder, the newest first; of one person when `of` says whose.
    pub async fn bouts(&self, contest: &ContestId, id: &Id, of: Option<&EntrantId>) -> Result<Vec<Bout>> {
        let now = self.now();
        self.read(contest, |state| ladder::bouts(state, id, of, now)).await
    }

    /// The challenge that a worker's paper was sat for, with the ladder as they see it now.
    pub async fn played(
        &self,
        contest: &ContestId,
        of: &EntrantId,
        challenge: &ChallengeId,
    ) -> Result<Option<(Bout, LadderSeen, Called)>> {
        let now = self.now();
        let find = |state: &_| {
            let all = ladder::ladders(state).into_iter().flat_map(|one| ladder::bouts(state, &one.id, Some(of), now));
            all.into_iter().find(|bout| bout.id == *challenge)
        };
        let Some(bout) = self.read(contest, find).await? else { return Ok(None) };
        let audience = Audience::Entrant(of.clone());
        let seen = self.ladder(contest, &bout.ladder, &audience).await?;
        let called = self.called(contest, &players(&bout).collect(), &audience).await?;
        Ok(Some((bout, seen, called)))
    }

    /// Who waits on a challenge day (擂台日), in the order in which they are called; those before the judges first.
    pub async fn challenge_queue(&self, contest: &ContestId, id: &Id) -> Result<(Vec<Bout>, Called)> {
        let now = self.now();
        let queue = self.read(contest, |state| ladder::queue(state, id, now)).await?;
        let called = self.called(contest, &queue.iter().flat_map(players).collect(), &Audience::Staff).await?;
        Ok((queue, called))
    }

    /// What a person should know and do, the earliest deadline first.
    pub async fn ladder_notices(&self, contest: &ContestId, of: &EntrantId) -> Result<(Vec<Notice>, Called)> {
        let now = self.now();
        let notices = self.read(contest, |state| ladder::notices(state, of, now)).await?;
        let shown = notices.iter().filter_map(|notice| noticed(&notice.what)).collect();
        let called = self.called(contest, &shown, &Audience::Entrant(of.clone())).await?;
        Ok((notices, called))
    }

    /// What is owed to whom from all ladders, and what was handed over, in the order in which it was earned.
    pub async fn ladder_rewards(&self, contest: &ContestId) -> Result<(Vec<Owed>, Called)> {
        let now = self.now();
        let owed = self.read(contest, |state| ladder::rewards(state, now)).await?;
        let called = self.called(contest, &owed.iter().map(|one| &one.entrant).collect(), &Audience::Staff).await?;
        Ok((owed, called))
    }

    /// Challenges somebody, defends one's own record, or tries for a first score. A worker is the actor's own
    /// entrant; an organizer names one. With the record format the paper is to be drawn for this challenge next.
    ///
    /// `operation`: the same asked again under it gives the same challenge and receipt.
    pub async fn challenge(
        &self,
        contest: &ContestId,
        actor: &Actor,
        id: &Id,
        aim: Aim,
        entrant: Option<EntrantId>,
        operation: Option<OperationKey>,
    ) -> Result<(ChallengeId, Receipt)> {
        // From the operation where there is one: asked again, it is the same challenge.
        let challenge = match &operation {
            Some(operation) => ChallengeId::new(format!("c-{}", operation.id)),
            None => ChallengeId::new(chance::id("c-")?),
        };
        let act = Act::Challenge { challenge: challenge.clone(), ladder: id.clone(), entrant, aim };
        let mut ask = Ask::new(actor.clone(), Command::Ladder(act));
        ask.operation = operation;
        Ok((challenge, self.ask(contest, ask).await?))
    }

    /// Whom somebody means by the key of a board's line.
    pub async fn challenged(&self, contest: &ContestId, of: &EntrantId, key: &str) -> Result<EntrantId> {
        let audience = Audience::Entrant(of.clone());
        let meant = self.read(contest, |state| ladder::meant(state, &audience, key)).await?;
        // Who is not known is not on the ladder either: the same refusal tells nothing of who is who.
        Ok(meant.unwrap_or_else(|| EntrantId::new("")))
    }

    /// A worker's challenge, with the paper to be sat for it at once where nobody has to answer first.
    pub async fn challenge_and_play(
        &self,
        contest: &ContestId,
        actor: &Actor,
        id: &Id,
        aim: Aim,
        operation: Option<OperationKey>,
    ) -> Result<ChallengeSent> {
        let (challenge, receipt) = self.challenge(contest, actor, id, aim, None, operation).await?;
        self.wait_for(contest, receipt.version).await?;
        let paper = self.play_challenge(contest, actor, &challenge).await?;
        Ok(ChallengeSent { challenge, paper })
    }

    /// The paper of a challenge that waits for this worker: the one under way, or a new one. `None` where no paper of
    /// this program decides it.
    pub async fn play_challenge(
        &self,
        contest: &ContestId,
        actor: &Actor,
        challenge: &ChallengeId,
    ) -> Result<Option<PaperId>> {
        let Some(entrant) = &actor.entrant else { return Err(refusal(LadderRefusal::NoEntrant)) };
        let known = self.read(contest, |state| ladder::paper_of(state, challenge, entrant)).await?;
        match known.ok_or_else(|| refusal(LadderRefusal::UnknownChallenge(challenge.clone())))? {
            ladder::PaperOf::None => Ok(None),
            ladder::PaperOf::Drawn(paper) => Ok(Some(paper)),
            ladder::PaperOf::ToDraw(of) => {
                match self.start_paper(contest, actor, &of, false, Some(challenge.clone())).await {
                    Ok(paper) => Ok(Some(paper)),
                    // Two taps at once: the other one drew it.
                    Err(Error::Refused(Refusal::Paper(PaperRefusal::Closed(Closed::Sitting { paper })))) => {
                        Ok(Some(paper))
                    }
                    Err(error) => Err(error),
                }
            }
        }
    }

    /// Accepts or declines; the challenger takes a challenge back by declining.
    pub async fn answer_challenge(
        &self,
        contest: &ContestId,
        actor: &Actor,
        challenge: &ChallengeId,
        accept: bool,
        entrant: Option<EntrantId>,
    ) -> Result<Receipt> {
        self.on_ladder(contest, actor, Act::Answer { challenge: challenge.clone(), entrant, accept }).await
    }

    /// A result that did not come from a paper of this program: by an organizer or the chief judge.
    pub async fn enter_result(
        &self,
        contest: &ContestId,
        actor: &Actor,
        challenge: &ChallengeId,
        of: &EntrantId,
        outcome: Outcome,
    ) -> Result<Receipt> {
        let act = Act::EnterResult { challenge: challenge.clone(), of: of.clone(), outcome };
        self.on_ladder(contest, actor, act).await
    }

    /// Brings a judged challenge before the judges: both are registered under new ids with their names, get the next
    /// draw numbers, and are marked in the ladder's stage like everybody. Judges see the numbers only. Gives the two
    /// ids, the challenger's first.
    pub async fn open_challenge_session(
        &self,
        contest: &ContestId,
        actor: &Actor,
        challenge: &ChallengeId,
    ) -> Result<(EntrantId, EntrantId, Receipt)> {
        let players = self.read(contest, |state| ladder::players(state, challenge)).await?;
        let Some((challenger, target)) = players else {
            return Err(refusal(LadderRefusal::UnknownChallenge(challenge.clone())));
        };
        let (challenger_as, target_as) =
            (EntrantId::new(chance::id("session-")?), EntrantId::new(chance::id("session-")?));
        let mut names: Vec<EntrantName> = Vec::new();
        for known in self.entrant_names(contest).await? {
            for (real, name) in [(&challenger, &challenger_as), (&target, &target_as)] {
                if known.entrant == *real {
                    // A list of a session needs a name and nothing else of a person.
                    names.push(EntrantName {
                        entrant: name.clone(),
                        name: known.name.clone(),
                        number: None,
                        birth_date: None,
                        gender: None,
                        phone: None,
                    });
                }
            }
        }
        let act = Act::OpenSession {
            challenge: challenge.clone(),
            challenger_as: challenger_as.clone(),
            target_as: target_as.clone(),
        };
        let ask = Ask::new(actor.clone(), Command::Ladder(act)).with(Beside::Names(names));
        let receipt = self.ask(contest, ask).await?;
        Ok((challenger_as, target_as, receipt))
    }

    /// The judges have submitted everything of both: the better one wins, a full tie keeps the holder.
    pub async fn decide_challenge_session(
        &self,
        contest: &ContestId,
        actor: &Actor,
        challenge: &ChallengeId,
    ) -> Result<Receipt> {
        self.on_ladder(contest, actor, Act::DecideSession { challenge: challenge.clone() }).await
    }

    /// Leave, on all ladders of the contest: nobody challenges meanwhile, and nothing drops. A worker sets ordinary
    /// leave; other kinds are the organizer's.
    pub async fn set_ladder_leave(
        &self,
        contest: &ContestId,
        actor: &Actor,
        entrant: Option<EntrantId>,
        leave: LeaveKind,
        (from, until): (Instant, Instant),
    ) -> Result<Receipt> {
        self.on_ladder(contest, actor, Act::SetLeave { entrant, leave, from, until }).await
    }

    /// 调岗, 调动, 离职, 退休: off the ladder, or off all, from the day of that moment on.
    pub async fn plan_move(
        &self,
        contest: &ContestId,
        actor: &Actor,
        entrant: &EntrantId,
        kind: MoveKind,
        id: Option<&Id>,
        effective: Instant,
    ) -> Result<Receipt> {
        let act = Act::Move { entrant: entrant.clone(), kind, ladder: id.cloned(), effective };
        self.on_ladder(contest, actor, act).await
    }

    /// A reward was handed over.
    pub async fn give_reward(&self, contest: &ContestId, actor: &Actor, owed: &Owed) -> Result<Receipt> {
        let (what, period): (Earned, String) = (owed.what, owed.period.clone());
        let act = Act::GiveReward { ladder: owed.ladder.id.clone(), entrant: owed.entrant.clone(), what, period };
        self.on_ladder(contest, actor, act).await
    }

    /// Whatever else is done on ladders: seeding, joining, taking a free seat, waiving a protection, coming back from
    /// leave, ending a season. What each says stands at [`Act`].
    pub async fn on_ladder(&self, contest: &ContestId, actor: &Actor, act: Act) -> Result<Receipt> {
        self.act(contest, actor, Command::Ladder(act)).await
    }
}

fn unknown(id: &Id) -> Error {
    refusal(LadderRefusal::UnknownLadder(id.clone()))
}

fn refusal(why: LadderRefusal) -> Error {
    Refusal::Ladder(why).into()
}

fn players(bout: &Bout) -> impl Iterator<Item = &EntrantId> {
    let target = match &bout.aim {
        Aim::Person(target) => Some(target),
        Aim::Defence | Aim::Entry => None,
    };
    std::iter::once(&bout.challenger).chain(target)
}

fn heard_of(what: &What) -> Vec<&EntrantId> {
    match what {
        What::Challenged { challenger: one, target: other }
        | What::Won { winner: one, loser: other, .. }
        | What::Defended { holder: one, challenger: other } => vec![one, other],
        What::Renewed { entrant: one, .. }
        | What::Stands { entrant: one, .. }
        | What::Undefended { holder: one }
        | What::Joined { entrant: one, .. }
        | What::SeatTaken { entrant: one, .. }
        | What::Expired { holder: one } => vec![one],
        What::SeasonOver { .. } => Vec::new(),
    }
}

fn noticed(what: &Noticed) -> Option<&EntrantId> {
    match what {
        Noticed::Challenged { by: one, .. }
        | Noticed::UnderAttack { by: one }
        | Noticed::Awaiting { of: one, .. }
        | Noticed::Play { other: Some(one), .. }
        | Noticed::Judges { other: one }
        | Noticed::Won { over: one }
        | Noticed::Lost { to: one }
        | Noticed::Lapsed { other: Some(one), .. } => Some(one),
        Noticed::Play { other: None, .. }
        | Noticed::Lapsed { other: None, .. }
        | Noticed::Defend { .. }
        | Noticed::Undefended { .. }
        | Noticed::Reward { .. } => None,
    }
}
