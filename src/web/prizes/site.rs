//! The address under which the reader reaches this service, for codes that lead back to it.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{HeaderName, header, request::Parts},
};

use crate::web::guard;

/// `https://host:port`, without a slash at its end.
pub(super) struct Site(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for Site {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let text = |name: &HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let host = text(&HeaderName::from_static("x-forwarded-host")).or_else(|| text(&header::HOST));
        let plain =
            |host: &&str| !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".:-[]".contains(&b));
        let scheme = if guard::is_secure(parts) { "https" } else { "http" };
        Ok(Self(format!("{scheme}://{}", host.filter(plain).unwrap_or("localhost"))))
    }
}
