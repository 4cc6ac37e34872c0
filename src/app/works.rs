//! Works handed in, mended, checked, dealt and marked. Texts and pictures are rows that are committed with the entry that
//! names their salted digests. Pictures come here as they may be kept: without metadata, and small.

use std::collections::HashMap;

use data_encoding::HEXLOWER;
use rust_decimal::Decimal;
use sha2::{Digest as _, Sha256};

use super::{Actor, App, Ask, Error, Receipt, Result, State, chance, marks::operation_key};
use crate::{
    rules::{
        command::{Command, Refusal},
        decide::decide,
        ledger::{
            entry::Digest,
            works::{Content, Outcome},
        },
        names::{ContestId, Id, PersonId, WorkId},
        works::{self, Act, Told, WorkRefusal, rules::Draft},
    },
    store::{Beside, works::WorkPicture},
};

pub use crate::store::works::WorkText;

/// Of one picture as it is kept.
pub const PICTURE_BYTES_MAX: usize = 2 << 20;
/// Two works at least so much alike are shown beside one another, in thousandths.
const ALIKE_LEAST: u32 = 300;
const ALIKE_SHOWN: usize = 5;

/// What somebody hands in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandedIn {
    pub title: String,
    pub text: String,
    pub place: String,
    /// JPEGs.
    pub pictures: Vec<Vec<u8>>,
}

/// A work that may have said the same before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likely {
    pub work: WorkId,
    pub number: u32,
    /// In thousandths.
    pub alike: u32,
    /// None of a work that the reader does not check.
    pub text: Option<WorkText>,
}

impl App {
    /// The same `operation` of the same person is the same work: sent again it is not handed in twice.
    pub async fn submit_work(
        &self,
        contest: &ContestId,
        actor: &Actor,
        collection: &Id,
        handed_in: &HandedIn,
        operation: &str,
    ) -> Result<(WorkId, Receipt)> {
        self.fits(contest, collection, handed_in.draft()).await?;
        let work = work_of(actor, operation);
        let (content, beside) = self.kept(handed_in)?;
        let act = Act::Submit { work: work.clone(), collection: collection.clone(), content };
        let receipt =
            self.take_in(contest, actor, act, beside, operation, &body(collection.as_str(), handed_in)).await?;
        Ok((work, receipt))
    }

    /// As [`App::submit_work`], for one that was returned.
    pub async fn mend_work(
        &self,
        contest: &ContestId,
        actor: &Actor,
        work: &WorkId,
        handed_in: &HandedIn,
        operation: &str,
    ) -> Result<Receipt> {
        let collection = self.collection_of(contest, work).await?;
        self.fits(contest, &collection, handed_in.draft()).await?;
        let (content, beside) = self.kept(handed_in)?;
        let act = Act::Mend { work: work.clone(), content };
        self.take_in(contest, actor, act, beside, operation, &body(work.as_str(), handed_in)).await
    }

    /// Whether [`App::submit_work`] would take as many pictures now, before anybody opens them. An operation that was taken
    /// before is taken again.
    pub async fn may_submit_work(
        &self,
        contest: &ContestId,
        actor: &Actor,
        collection: &Id,
        draft: Draft<'_>,
        operation: &str,
    ) -> Result<()> {
        self.fits(contest, collection, draft).await?;
        let (work, content) = (work_of(actor, operation), unread(draft.pictures));
        let act = Act::Submit { work: work.clone(), collection: collection.clone(), content };
        let now = self.now();
        let refused = |state: &State| match works::work(state, &work) {
            Some(_) => None,
            None => decide(state, actor, &Command::Work(act), now).err(),
        };
        self.read(contest, refused).await?.map_or(Ok(()), |refusal| Err(refusal.into()))
    }

    /// As [`App::may_submit_work`], for [`App::mend_work`].
    pub async fn may_mend_work(
        &self,
        contest: &ContestId,
        actor: &Actor,
        work: &WorkId,
        draft: Draft<'_>,
    ) -> Result<()> {
        let collection = self.collection_of(contest, work).await?;
        self.fits(contest, &collection, draft).await?;
        let act = Command::Work(Act::Mend { work: work.clone(), content: unread(draft.pictures) });
        let now = self.now();
        match self.read(contest, |state| decide(state, actor, &act, now).err()).await? {
            // The same operation may have mended it already.
            None | Some(Refusal::Work(WorkRefusal::NotReturned)) => Ok(()),
            Some(refusal) => Err(refusal.into()),
        }
    }

    /// For a form that has none yet.
    pub fn new_operation(&self) -> Result<String> {
        chance::id("form-")
    }

    async fn take_in(
        &self,
        contest: &ContestId,
        actor: &Actor,
        act: Act,
        beside: Vec<Beside>,
        operation: &str,
        body: &[u8],
    ) -> Result<Receipt> {
        let ask = Ask::new(actor.clone(), Command::Work(act)).once(operation_key(actor, operation, body)?);
        let receipt = self.ask(contest, beside.into_iter().fold(ask, Ask::with)).await?;
        self.wait_for(contest, receipt.version).await?;
        Ok(receipt)
    }

    async fn collection_of(&self, contest: &ContestId, work: &WorkId) -> Result<Id> {
        let collection = self.read(contest, |state| works::work(state, work).map(|seen| seen.work.collection)).await?;
        Ok(collection.ok_or_else(|| Refusal::Work(WorkRefusal::UnknownWork(work.clone())))?)
    }

    async fn fits(&self, contest: &ContestId, collection: &Id, draft: Draft<'_>) -> Result<()> {
        let now = self.now();
        let fits =
            self.read(contest, |state| works::collection(state, collection, now).map(|seen| seen.rules.fits(&draft)));
        let unknown = || Refusal::Work(WorkRefusal::UnknownCollection(collection.clone()));
        fits.await?.ok_or_else(unknown)?.map_err(|refusal| Error::from(Refusal::Work(refusal)))
    }

    /// What the entry names, and the rows that it names.
    fn kept(&self, handed_in: &HandedIn) -> Result<(Content, Vec<Beside>)> {
        let trimmed = |text: &str| text.trim().to_owned();
        let (title, text, place) = (trimmed(&handed_in.title), trimmed(&handed_in.text), trimmed(&handed_in.place));
        let salt = chance::bytes::<16>()?;
        let named = [&title, &text, &place].map(Sha256::digest);
        let digest = named.iter().fold(Sha256::new().chain_update(salt), Sha256::chain_update);
        let digest = HEXLOWER.encode(&digest.finalize());
        let (salt, created) = (HEXLOWER.encode(&salt), self.now());
        let mut content = Content { text: Digest(digest.clone()), pictures: Vec::new() };
        let mut beside = vec![Beside::WorkText(WorkText { digest, salt, title, text, place, created })];
        for bytes in &handed_in.pictures {
            if bytes.len() > PICTURE_BYTES_MAX {
                return Err(Error::TextRefused { most: PICTURE_BYTES_MAX });
            }
            let salt = chance::bytes::<16>()?;
            let digest = HEXLOWER.encode(&Sha256::new().chain_update(salt).chain_update(bytes).finalize());
            content.pictures.push(Digest(digest.clone()));
            let picture = WorkPicture { digest, salt: HEXLOWER.encode(&salt), bytes: bytes.clone(), created };
            beside.push(Beside::WorkPicture(picture));
        }
        Ok((content, beside))
    }

    /// `reason` may be empty where the rules ask for none.
    pub async fn check_work(
        &self,
        contest: &ContestId,
        actor: &Actor,
        work: &WorkId,
        outcome: Outcome,
        reason: &str,
    ) -> Result<Receipt> {
        let note = if reason.trim().is_empty() { None } else { Some(self.note(reason)?) };
        let (reason, beside) = note.map_or((None, None), |(digest, note)| (Some(digest), Some(note)));
        let ask = Ask::new(actor.clone(), Command::Work(Act::Check { work: work.clone(), outcome, reason }));
        let receipt = self.ask(contest, beside.into_iter().fold(ask, Ask::with)).await?;
        self.wait_for(contest, receipt.version).await?;
        Ok(receipt)
    }

    /// Texts and pictures of a work go in the commit that says who erased them and why; their digests stay.
    pub async fn erase_of_work(
        &self,
        contest: &ContestId,
        actor: &Actor,
        work: &WorkId,
        what: Vec<Digest>,
        reason: &str,
        second: PersonId,
    ) -> Result<Receipt> {
        let (reason, note) = self.note(reason)?;
        let rows = Beside::WorkErased(what.clone());
        let act = Act::Erase { work: work.clone(), what, reason, second };
        let ask = Ask::new(actor.clone(), Command::Work(act)).with(note).with(rows);
        let receipt = self.ask(contest, ask).await?;
        self.wait_for(contest, receipt.version).await?;
        Ok(receipt)
    }

    pub async fn withdraw_work(&self, contest: &ContestId, actor: &Actor, work: &WorkId) -> Result<Receipt> {
        let receipt = self.act(contest, actor, Command::Work(Act::Withdraw { work: work.clone() })).await?;
        self.wait_for(contest, receipt.version).await?;
        Ok(receipt)
    }

    pub async fn mark_work(&self, contest: &ContestId, actor: &Actor, work: &WorkId, mark: Decimal) -> Result<Receipt> {
        let receipt = self.act(contest, actor, Command::Work(Act::Mark { work: work.clone(), mark })).await?;
        self.wait_for(contest, receipt.version).await?;
        Ok(receipt)
    }

    /// With a seed that was committed, which it reveals. [`Error::SeedGone`] when this server does not have it.
    pub async fn deal_works(&self, contest: &ContestId, actor: &Actor, collection: &Id, draw: &Id) -> Result<Receipt> {
        let seed = self.0.seeds.get(contest, draw).await.ok_or(Error::SeedGone)?.to_hex();
        let act = Act::Deal { collection: collection.clone(), draw: draw.clone(), seed };
        let dealt = self.act(contest, actor, Command::Work(act)).await?;
        self.0.seeds.forget(contest, draw).await;
        self.wait_for(contest, dealt.version).await?;
        Ok(dealt)
    }

    /// By digest; those that were erased are left out.
    pub async fn work_texts(&self, contest: &ContestId, digests: &[&Digest]) -> Result<HashMap<Digest, WorkText>> {
        let texts = self.store().work_texts(contest, digests).await?;
        Ok(texts.into_iter().map(|text| (Digest(text.digest.clone()), text)).collect())
    }

    pub async fn work_picture(&self, contest: &ContestId, digest: &Digest) -> Result<Option<WorkPicture>> {
        Ok(self.store().work_picture(contest, digest).await?)
    }

    /// What a work may repeat, the likest first: a hint, nothing is decided.
    pub async fn likely(&self, contest: &ContestId, actor: &Actor, work: &WorkId) -> Result<Vec<Likely>> {
        let (own, others) = self
            .read(contest, |state| {
                let own = works::work(state, work).and_then(|seen| seen.work.content().map(|own| own.text.clone()));
                let may = |(id, number, digest): (WorkId, u32, Digest)| {
                    let other = works::work(state, &id)?;
                    let may = works::is_checker(state, actor, &other.work.collection, other.unit.as_ref());
                    Some((id, number, digest, may))
                };
                (own, works::likely(state, work).into_iter().filter_map(may).collect::<Vec<_>>())
            })
            .await?;
        let Some(own) = own else { return Ok(Vec::new()) };
        let digests: Vec<&Digest> = others.iter().map(|(_, _, digest, _)| digest).chain([&own]).collect();
        let mut texts = self.work_texts(contest, &digests).await?;
        let Some(own) = texts.remove(&own) else { return Ok(Vec::new()) };
        let said = format!("{} {}", own.title, own.text);
        let mut found: Vec<Likely> = others
            .into_iter()
            .filter_map(|(work, number, digest, may)| {
                let text = texts.remove(&digest)?;
                let other = format!("{} {}", text.title, text.text);
                let (one, other) = (Told { text: &said, place: &own.place }, Told { text: &other, place: &text.place });
                let alike = works::alike(one, other);
                Some(Likely { work, number, alike, text: may.then_some(text) })
            })
            .filter(|likely| likely.alike >= ALIKE_LEAST)
            .collect();
        found.sort_by_key(|likely| (std::cmp::Reverse(likely.alike), likely.number));
        found.truncate(ALIKE_SHOWN);
        Ok(found)
    }
}

impl HandedIn {
    pub fn draft(&self) -> Draft<'_> {
        Draft { title: &self.title, text: &self.text, place: &self.place, pictures: self.pictures.len() }
    }
}

/// The same for the same operation of the same person.
fn work_of(actor: &Actor, operation: &str) -> WorkId {
    let name = Sha256::new().chain_update(actor.person.as_str()).chain_update([0]).chain_update(operation);
    let name = HEXLOWER.encode(&name.finalize());
    WorkId::new(format!("w-{}", name.get(..20).unwrap_or(&name)))
}

/// A text and so many pictures whose digests nobody knows yet: enough to ask whether they would be taken.
fn unread(pictures: usize) -> Content {
    Content { text: Digest(String::new()), pictures: vec![Digest(String::new()); pictures] }
}

/// What the device sent, so that something else under the same operation is told apart.
fn body(of: &str, handed_in: &HandedIn) -> Vec<u8> {
    let texts = [of, &handed_in.title, &handed_in.text, &handed_in.place];
    let mut all: Vec<u8> = texts.iter().flat_map(|text| Sha256::digest(text).to_vec()).collect();
    all.extend(handed_in.pictures.iter().flat_map(|bytes| Sha256::digest(bytes).to_vec()));
    all
}
