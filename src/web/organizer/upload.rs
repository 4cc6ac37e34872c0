//! Forms with files: every field of a multipart body, under a limit.

use std::collections::BTreeMap;

use axum::{
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, multipart::MultipartError},
    http::StatusCode,
};
use bytes::Bytes;

use crate::web::{Error, Result};

/// A list of 20,000 entrants is a tenth of this.
pub(in crate::web) const LIST_BYTES_MAX: usize = 8 << 20;
/// As it travels with a confirmation, in Base64 beside a few short fields.
const BODY_BYTES_MAX: usize = LIST_BYTES_MAX / 3 * 4 + (64 << 10);
const FIELDS_MAX: usize = 64;

/// What a form with a file sent.
#[derive(Debug, Default)]
pub(in crate::web) struct Upload {
    fields: BTreeMap<String, Bytes>,
    /// Field, name of the file, what is in it.
    files: Vec<(String, String, Bytes)>,
}

/// For routes that take an [`Upload`].
pub(in crate::web) fn limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(BODY_BYTES_MAX)
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let mut form =
            Multipart::from_request(request, state).await.map_err(|problem| Error::BadInput(problem.body_text()))?;
        let mut upload = Self::default();
        while let Some(field) = form.next_field().await.map_err(|problem| broken(&problem))? {
            let Some(name) = field.name().map(ToOwned::to_owned) else { continue };
            if upload.fields.len() + upload.files.len() >= FIELDS_MAX {
                return Err(Error::TooLarge);
            }
            let file = field.file_name().map(ToOwned::to_owned);
            let bytes = field.bytes().await.map_err(|problem| broken(&problem))?;
            if let Some(file) = file {
                upload.files.push((name.clone(), file, bytes.clone()));
            }
            upload.fields.insert(name, bytes);
        }
        Ok(upload)
    }
}

fn broken(problem: &MultipartError) -> Error {
    if problem.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Error::TooLarge
    } else {
        Error::BadInput(problem.body_text())
    }
}

impl Upload {
    /// A text field; line ends as programs write them, whatever the browser sent.
    pub(in crate::web) fn text(&self, name: &str) -> Result<String> {
        let bytes = self.fields.get(name).map(Bytes::as_ref).unwrap_or_default();
        let text = std::str::from_utf8(bytes).map_err(|_| Error::BadInput(format!("`{name}` is not UTF-8")))?;
        Ok(text.replace("\r\n", "\n"))
    }

    /// A file; `None` when none was chosen.
    pub(in crate::web) fn file(&self, name: &str) -> Option<&[u8]> {
        self.fields.get(name).map(Bytes::as_ref).filter(|bytes| !bytes.is_empty())
    }

    /// All files of a field that takes several, with their names.
    pub(in crate::web) fn files(&self, name: &str) -> impl Iterator<Item = (&str, &[u8])> {
        let own = self.files.iter().filter(move |(field, _, bytes)| field == name && !bytes.is_empty());
        own.map(|(_, file, bytes)| (file.as_str(), &**bytes))
    }
}
