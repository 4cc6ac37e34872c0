//! The paper behind a figure (佐证): its number, title and date as a note, and perhaps a file: PDF, JPEG or PNG. A file is
//! handed down as a file and never shown in a page.

use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::get,
};
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

/// What a form sent: rows for beside the entry, and the digests for it. The problem in words when it cannot be taken.
pub(super) async fn sent(
    clerk: &Clerk,
    form: &Upload,
) -> Result<std::result::Result<(Vec<Beside>, Vec<Digest>), String>> {
    let (mut rows, mut digests) = (Vec::new(), Vec::new());
    let paper = form.text("paper")?;
    if !paper.trim().is_empty() {
        let (digest, row) = clerk.app.note(&paper)?;
        rows.push(row);
        digests.push(digest);
    }
    if let Some(bytes) = form.file("file") {
        if bytes.len() > EVIDENCE_BYTES_MAX {
            return Ok(Err(clerk.count("figures-paper-large", EVIDENCE_BYTES_MAX >> 20)));
        }
        let Some(kind) = Kind::of(bytes) else { return Ok(Err(clerk.say("figures-paper-kind"))) };
        digests.push(clerk.app.keep_evidence(kind, bytes.to_vec()).await?);
    }
    let carried = form.text("evidence")?;
    digests.extend(carried.split_whitespace().map(|digest| Digest(digest.to_owned())));
    Ok(Ok((rows, digests)))
}
