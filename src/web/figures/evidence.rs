//! The paper behind a figure (佐证): its number, title and date as a note, and perhaps a file: PDF, JPEG or PNG. A file is
//! handed down as a file and never shown in a page.

use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::get,
};
use data_encoding::BASE64;
use maud::{Markup, html};

use super::{clerk::Clerk, figure::Which};
use crate::{
    app::{
        Beside,
        evidence::{EVIDENCE_BYTES_MAX, Kind},
    },
    rules::{
        indicators::{self, Version},
        ledger::entry::Digest,
        names::ContestId,
    },
    web::{
        Error, Result, Web,
        organizer::{Upload, attachment},
        partials::Field,
    },
};

/// A file that was handed in with a page that is not confirmed yet.
const CARRIED: &str = "carried";

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/figures/{contest}/evidence/{digest}", get(file))
}

async fn file(
    clerk: Clerk,
    Path((_, digest)): Path<(ContestId, String)>,
    Query(which): Query<Which>,
) -> Result<Response> {
    let (slot, digest) = (which.slot(), Digest(digest));
    let may = clerk
        .read(|state| {
            let versions = indicators::figure(state, &slot).0.map(|figure| figure.versions.as_slice());
            let holds = |version: &Version| version.evidence.contains(&digest);
            clerk.may.reads(state, &slot) && versions.unwrap_or_default().iter().any(holds)
        })
        .await?;
    let found = if may { clerk.app.evidence(&digest).await? } else { None };
    let (kind, bytes) = found.ok_or(Error::NotFound)?;
    let name = format!("{}-{}-{}.{}", slot.period, slot.indicator, slot.entrant, kind.ending());
    Ok(attachment(kind.media(), &name, bytes))
}

/// The fields of a form: a line about the paper, and its file.
pub(super) fn fields(clerk: &Clerk, among: &str, required: bool) -> Markup {
    let [paper, paper_hint, file, hint] =
        ["figures-paper", "figures-paper-hint", "figures-paper-file", "figures-paper-file-hint"]
            .map(|key| clerk.say(key));
    let line = Field::text("paper", &paper).hint(&paper_hint).among(among);
    html! {
        (if required { line.required() } else { line })
        (Field::file("file", &file, "application/pdf,image/jpeg,image/png").hint(&hint).among(among))
    }
}

/// The paper that a form brings. Nothing of it is kept before [`Paper::kept`], and a form names no digests: what a figure
/// rests on came with that figure.
pub(super) struct Paper {
    line: String,
    file: Option<(Kind, Vec<u8>)>,
}

impl Paper {
    /// The problem in words when it cannot be taken.
    pub(super) fn of(clerk: &Clerk, form: &Upload) -> Result<std::result::Result<Self, String>> {
        let carried = || BASE64.decode(form.text(CARRIED)?.as_bytes()).map_err(|_| Error::BadInput(CARRIED.to_owned()));
        let bytes = form.file("file").map_or_else(carried, |bytes| Ok(bytes.to_vec()))?;
        if bytes.len() > EVIDENCE_BYTES_MAX {
            return Ok(Err(clerk.count("figures-paper-large", EVIDENCE_BYTES_MAX >> 20)));
        }
        let file = match Kind::of(&bytes) {
            Some(kind) => Some((kind, bytes)),
            None if bytes.is_empty() => None,
            None => return Ok(Err(clerk.say("figures-paper-kind"))),
        };
        Ok(Ok(Self { line: form.text("paper")?.trim().to_owned(), file }))
    }

    /// As it travels with a page that is confirmed.
    pub(super) fn carried(&self) -> Markup {
        html! {
            input type="hidden" name="paper" value=(self.line);
            @if let Some((_, bytes)) = &self.file { input type="hidden" name=(CARRIED) value=(BASE64.encode(bytes)); }
        }
    }

    /// Rows for beside the entry, and its digests, without what is `held` already.
    pub(super) async fn kept(&self, clerk: &Clerk, held: &[Digest]) -> Result<(Vec<Beside>, Vec<Digest>)> {
        let (mut rows, mut digests) = (Vec::new(), Vec::new());
        let texts = clerk.texts(&held.iter().collect::<Vec<_>>()).await?;
        if !self.line.is_empty() && !texts.values().any(|text| *text == self.line) {
            let (digest, row) = clerk.app.note(&self.line)?;
            rows.push(row);
            digests.push(digest);
        }
        if let Some((kind, bytes)) = &self.file {
            let digest = clerk.app.keep_evidence(*kind, bytes.clone()).await?;
            if !held.contains(&digest) {
                digests.push(digest);
            }
        }
        Ok((rows, digests))
    }
}
