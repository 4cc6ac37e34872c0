//! Banks of items at work: rows beside the ledger until they are adopted; then the ledger names each item's digest.
//!
//! An item that papers were drawn with is *fixed*: it stands as the ledger has it, whatever was written since.

use std::collections::{BTreeMap, HashMap};

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::{Actor, App, Error, Receipt, Result};
use crate::{
    rules::{
        command::{Command, Refusal},
        items::Item,
        ledger::{
            entry::{Digest, Role},
            paper::BankedItem,
        },
        names::{ContestId, Id},
        papers::{self, Act, Fixed, PaperRefusal},
        view,
    },
    store::items::ItemText,
};

pub use crate::store::{banks::PictureLine, items::ItemPicture};

/// Items of a bank.
pub const ITEMS_MAX: usize = 20_000;
/// All pictures of a contest together.
pub const PICTURES_BYTES_MAX: u64 = 256 << 20;

/// A bank as organizers see it.
#[derive(Clone, Debug, Default)]
pub struct Bank {
    /// In the bank's order.
    pub items: Vec<Item>,
    /// Digests as they were adopted last, by id; `None`: never.
    pub adopted: Option<HashMap<Id, Digest>>,
    pub fixed: BTreeMap<Id, Fixed>,
    /// Items that were written anew and then drawn as they were adopted: the adopted text stands.
    pub held: Vec<Id>,
    places: HashMap<Id, usize>,
    digests: Vec<Digest>,
}

/// How an item stands to what was adopted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    New,
    Changed,
    Adopted,
    Void,
}

impl Bank {
    pub fn item(&self, id: &Id) -> Option<&Item> {
        self.items.get(*self.places.get(id)?)
    }

    pub fn standing(&self, item: &Item) -> Standing {
        if self.fixed.get(&item.id).is_some_and(|fixed| fixed.void) {
            return Standing::Void;
        }
        match self.asked_as(&item.id) {
            None => Standing::New,
            Some(digest) if self.digest(&item.id) == Some(digest) => Standing::Adopted,
            Some(_) => Standing::Changed,
        }
    }

    /// Papers were drawn with it.
    pub fn is_fixed(&self, item: &Id) -> bool {
        self.fixed.contains_key(item)
    }

    /// Items of the adopted bank that are in it no more.
    pub fn removed(&self) -> usize {
        let Some(adopted) = &self.adopted else { return 0 };
        adopted.keys().filter(|id| self.item(id).is_none()).count()
    }

    /// What adopting it would change.
    pub fn is_adopted(&self) -> bool {
        let Some(adopted) = &self.adopted else { return false };
        let same = |(item, digest): (&Item, &Digest)| self.asked_as(&item.id) == Some(digest);
        adopted.len() == self.items.len() && self.items.iter().zip(&self.digests).all(same)
    }

    /// An adopted item as papers ask it now: another key counts at once.
    fn asked_as(&self, id: &Id) -> Option<&Digest> {
        let adopted = self.adopted.as_ref()?.get(id)?;
        Some(self.fixed.get(id).map_or(adopted, |fixed| &fixed.digest))
    }

    fn digest(&self, id: &Id) -> Option<&Digest> {
        self.digests.get(*self.places.get(id)?)
    }
}

impl App {
    pub async fn bank(&self, contest: &ContestId, bank: &Id) -> Result<Bank> {
        let texts = self.store().bank_texts(contest, bank).await?;
        let (adopted, fixed) =
            self.read(contest, |state| (papers::bank(state, bank), papers::fixed(state, bank))).await?;
        let is_held = |text: &&ItemText| fixed.get(text.item.as_str()).is_some_and(|fixed| fixed.digest != text.digest);
        let held: Vec<Id> = texts.iter().filter(is_held).map(|text| Id::new(&text.item)).collect();
        let standing: Vec<&Digest> = held.iter().filter_map(|id| fixed.get(id)).map(|fixed| &fixed.digest).collect();
        let standing = if standing.is_empty() { Vec::new() } else { self.store().items(contest, &standing).await? };
        let as_adopted: HashMap<&str, &ItemText> = standing.iter().map(|text| (text.item.as_str(), text)).collect();
        let item = |text: &ItemText| {
            let text = as_adopted.get(text.item.as_str()).copied().unwrap_or(text);
            Some((serde_json::from_str::<Item>(&text.json).ok()?, text.digest.clone()))
        };
        let (items, digests): (Vec<Item>, Vec<Digest>) = texts.iter().filter_map(item).unzip();
        let places = items.iter().enumerate().map(|(at, item)| (item.id.clone(), at)).collect();
        if items.len() < texts.len() {
            tracing::error!(%contest, %bank, "items of a bank cannot be read by this program");
        }
        let of_adopted = |banked: std::sync::Arc<papers::Banked>| {
            banked.items.iter().map(|item| (item.id.clone(), item.digest.clone())).collect()
        };
        Ok(Bank { items, adopted: adopted.map(of_adopted), fixed, held, places, digests })
    }

    /// Writes these items into a bank, all or none; those of the same ids are replaced. A fixed one is refused.
    pub async fn write_items(&self, contest: &ContestId, actor: &Actor, bank: &Id, items: &[Item]) -> Result<()> {
        self.may_prepare(contest, actor).await?;
        let before = self.bank(contest, bank).await?;
        let changes = |item: &&Item| before.item(&item.id) != Some(*item);
        if let Some(fixed) = items.iter().filter(changes).find(|item| before.is_fixed(&item.id)) {
            return refused(PaperRefusal::ItemDrawn(fixed.id.clone()));
        }
        let new = items.iter().filter(|item| before.item(&item.id).is_none()).count();
        if before.items.len() + new > ITEMS_MAX {
            return Err(Error::TextRefused { most: ITEMS_MAX });
        }
        let texts: Vec<ItemText> = items.iter().map(text).collect();
        self.store().put_bank_rows(contest, bank, &texts, self.now()).await?;
        Ok(())
    }

    /// Takes an item out of a bank; papers that ask it keep it.
    pub async fn remove_item(&self, contest: &ContestId, actor: &Actor, bank: &Id, item: &Id) -> Result<()> {
        self.may_prepare(contest, actor).await?;
        self.store().drop_bank_row(contest, bank, item).await?;
        Ok(())
    }

    /// Takes a bank into use for later papers, with these items and no others.
    pub async fn adopt_bank(&self, contest: &ContestId, actor: &Actor, bank: &Id, items: &[Item]) -> Result<Receipt> {
        let mut banked = Vec::with_capacity(items.len());
        let mut all = Sha256::new();
        for item in items {
            let item = self::banked(item);
            all.update(&item.digest.0);
            banked.push(item);
        }
        // The texts first: an entry never names an item that is not there.
        let texts: Vec<ItemText> = items.iter().map(text).collect();
        self.store().put_bank_rows(contest, bank, &texts, self.now()).await?;
        let digest = Digest(HEXLOWER.encode(&all.finalize()));
        let act = Act::AdoptBank { bank: bank.clone(), digest, items: banked };
        self.act(contest, actor, Command::Paper(act)).await
    }

    /// The pictures of a contest's banks, by name.
    pub async fn item_pictures(&self, contest: &ContestId) -> Result<Vec<PictureLine>> {
        Ok(self.store().item_pictures(contest).await?)
    }

    /// Keeps a picture; one of the same name is replaced unless a fixed item of these banks shows it.
    pub async fn put_item_picture(
        &self,
        contest: &ContestId,
        actor: &Actor,
        banks: &[Id],
        picture: ItemPicture,
    ) -> Result<()> {
        self.may_prepare(contest, actor).await?;
        let there = self.store().item_picture(contest, &picture.name).await?;
        if there.as_ref() == Some(&picture) {
            return Ok(());
        }
        if there.is_some() {
            for bank in banks {
                let bank = self.bank(contest, bank).await?;
                let shows = |item: &&Item| item.picture.as_ref() == Some(&picture.name) && bank.is_fixed(&item.id);
                if let Some(item) = bank.items.iter().find(shows) {
                    return refused(PaperRefusal::ItemDrawn(item.id.clone()));
                }
            }
        }
        let held: u64 = self.item_pictures(contest).await?.iter().map(|line| line.bytes).sum();
        if held + picture.bytes.len() as u64 > PICTURES_BYTES_MAX {
            return Err(Error::TextRefused { most: usize::try_from(PICTURES_BYTES_MAX).unwrap_or(usize::MAX) });
        }
        Ok(self.store().put_item_picture(contest, picture).await?)
    }

    /// Rows beside the ledger are written by those who may write the ledger's.
    pub(super) async fn may_prepare(&self, contest: &ContestId, actor: &Actor) -> Result<()> {
        if self.prepares(contest, actor).await? {
            return Ok(());
        }
        Err(Error::Refused(Refusal::NotAllowed { role: "organizer" }))
    }

    /// Whether somebody may see and write what is prepared for a contest.
    pub async fn prepares(&self, contest: &ContestId, actor: &Actor) -> Result<bool> {
        let organizes = |state: &_| view::roles(state, &actor.person).contains(&Role::Organizer);
        Ok(actor.administrator || self.read(contest, organizes).await?)
    }
}

/// What drawing reads of an item.
pub fn banked(item: &Item) -> BankedItem {
    BankedItem {
        id: item.id.clone(),
        digest: item.digest(),
        kind: item.kind(),
        subject: item.subject.clone(),
        difficulty: item.difficulty,
        options: u32::try_from(item.shuffled()).unwrap_or(u32::MAX),
    }
}

pub(super) fn text(item: &Item) -> ItemText {
    ItemText { digest: item.digest(), item: item.id.to_string(), json: serde_json::to_string(item).unwrap_or_default() }
}

fn refused<T>(refusal: PaperRefusal) -> Result<T> {
    Err(Error::Refused(Refusal::Paper(refusal)))
}
