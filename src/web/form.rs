//! Forms as browsers post them: one extractor, whose failures are answered like any other error.

use axum::{
    Form,
    extract::{FromRequest, Request},
};
use serde::de::DeserializeOwned;

use super::{Error, Result};

/// A posted form. A field that is missing or has the wrong form is bad input.
#[derive(Clone, Debug)]
pub(super) struct Posted<T>(pub(super) T);

impl<S, T> FromRequest<S> for Posted<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        match Form::<T>::from_request(request, state).await {
            Ok(Form(form)) => Ok(Self(form)),
            Err(problem) if problem.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => Err(Error::TooLarge),
            Err(problem) => Err(Error::BadInput(problem.body_text())),
        }
    }
}
