//! What everybody sees of a labor competition, with names.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use super::{Actor, App, Ask, Beside, Error, Receipt, Result, called::Called, entrants::EntrantName};
use crate::rules::{
    command::{Command, Refusal},
    indicators::{self, Act, IndicatorRefusal, Published, UnitChange},
    ledger::{entry::Digest, indicator::Document},
    names::{ContestId, EntrantId},
    view::Audience,
};

impl App {
    /// `None` where the contest has no indicators. With the texts of documents and of earlier names.
    pub async fn labor(
        &self,
        contest: &ContestId,
        audience: &Audience,
    ) -> Result<Option<(Published, Called, HashMap<Digest, String>)>> {
        let Some(seen) = self.read(contest, |state| indicators::published(state, audience)).await? else {
            return Ok(None);
        };
        let shown: BTreeSet<&EntrantId> =
            seen.periods.iter().flat_map(|period| &period.rows).map(|row| &row.entrant).collect();
        let shown = shown.into_iter().chain(seen.changes.iter().flat_map(|known| known.what.units())).collect();
        let called = self.called(contest, &shown, audience).await?;
        let names = seen.changes.iter().filter_map(|known| match &known.what {
            UnitChange::Renamed { name, .. } => Some(name),
            _ => None,
        });
        let vetoes = seen.vetoes.iter().map(|known| &known.document.digest);
        let papers = seen.changes.iter().map(|known| &known.document.digest).chain(vetoes);
        let texts = papers.chain(names).chain(seen.renamed.iter().map(|(.., was)| was)).collect::<Vec<_>>();
        let texts = if texts.is_empty() { HashMap::new() } else { self.note_texts(&texts).await? };
        Ok(Some((seen, called, texts)))
    }

    /// A unit gets another name from a day on, by a document and the row with its text. It is called so from now on; what
    /// it was called stays with the change, for the periods before.
    pub async fn rename_unit(
        &self,
        contest: &ContestId,
        actor: &Actor,
        (unit, name): (&EntrantId, &str),
        from: Date,
        (document, row): (Document, Beside),
    ) -> Result<Receipt> {
        let known = self.known_name(contest, unit).await?;
        let ((was, was_row), (new, new_row)) = (self.note(&known.name)?, self.note(name)?);
        let what = UnitChange::Renamed { unit: unit.clone(), was, name: new };
        let act = Act::ChangeUnits { what, from, document: document.clone() };
        let ask = self.under_another_name(actor, EntrantName { name: name.to_owned(), ..known }, act, document.digest);
        let ask = [row, was_row, new_row].into_iter().fold(ask, Ask::with);
        self.ask(contest, ask).await
    }

    /// As if it had not been; a unit that was renamed by it is called again what it was.
    pub async fn revoke_change(
        &self,
        contest: &ContestId,
        actor: &Actor,
        number: u32,
        (document, row): (Document, Beside),
    ) -> Result<Receipt> {
        let look = |state: &_| indicators::unit_changes(state).iter().find(|known| known.number == number).cloned();
        let unknown = Refusal::Indicator(IndicatorRefusal::UnknownChange { number });
        let record = self.read(contest, look).await?.ok_or(Error::Refused(unknown))?;
        let act = Act::RevokeChange { number, document: document.clone() };
        let ask = match &record.what {
            UnitChange::Renamed { unit, was, .. } => {
                let known = self.known_name(contest, unit).await?;
                let name = self.note_texts(&[was]).await?.remove(was).unwrap_or_else(|| known.name.clone());
                self.under_another_name(actor, EntrantName { name, ..known }, act, document.digest)
            }
            _ => Ask::new(actor.clone(), Command::Indicator(act)),
        };
        self.ask(contest, ask.with(row)).await
    }

    async fn known_name(&self, contest: &ContestId, unit: &EntrantId) -> Result<EntrantName> {
        let known = self.entrant_names(contest).await?.into_iter().find(|known| known.entrant == *unit);
        let nameless = || EntrantName {
            entrant: unit.clone(),
            name: unit.to_string(),
            number: None,
            birth_date: None,
            gender: None,
            phone: None,
        };
        Ok(known.unwrap_or_else(nameless))
    }

    /// One command: the list has another name when the change is in the ledger, and not without it.
    fn under_another_name(&self, actor: &Actor, name: EntrantName, act: Act, document: Digest) -> Ask {
        let entrants = vec![name.entrant.clone()];
        let rename = Command::RenameEntrants { entrants, reason: Some(document), second: None };
        let both = Command::Together(vec![rename, Command::Indicator(act)]);
        Ask::new(actor.clone(), both).with(self.put_right(vec![name]))
    }
}
