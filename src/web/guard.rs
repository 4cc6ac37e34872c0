//! What every request passes: origins, headers, limits, and a trace without names.

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_http::{
    classify::{ServerErrorsAsFailures, SharedClassifier},
    trace::TraceLayer,
};

use super::Error;

/// Bodies of forms and of the API; uploads name a limit of their own.
pub(super) const BODY_BYTES_MAX: usize = 256 * 1024;

/// The connection itself is TLS, rather than a proxy before us. Put into a request's extensions by the server.
#[derive(Clone, Copy)]
pub struct OverTls;

/// Whether the browser speaks TLS, to us or to a proxy in front.
pub(super) fn is_secure(parts: &Parts) -> bool {
    parts.extensions.get::<OverTls>().is_some()
        || text(&parts.headers, &HeaderName::from_static("x-forwarded-proto")).is_some_and(|proto| proto == "https")
}

/// Requests that change something, and sockets, must come from our own pages. Browsers say where they come from;
/// other programs send neither header and carry no cookies of a visitor.
pub(super) async fn same_origin(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let socket = request.headers().contains_key(header::UPGRADE);
    if (safe && !socket) || is_own(request.headers()) {
        next.run(request).await
    } else {
        Error::Foreign.into_response()
    }
}

fn is_own(headers: &HeaderMap) -> bool {
    if let Some(site) = text(headers, &HeaderName::from_static("sec-fetch-site"))
        && site != "same-origin"
        && site != "none"
    {
        return false;
    }
    let Some(origin) = text(headers, &header::ORIGIN) else { return true };
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    let host = text(headers, &header::HOST);
    let forwarded = text(headers, &HeaderName::from_static("x-forwarded-host"));
    authority.is_some() && (authority == host || authority == forwarded)
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The headers of every answer. Scripts and styles come from our files only; nobody frames us.
pub(super) async fn headers(request: Request, next: Next) -> Response {
    let policy = content_policy(text(request.headers(), &header::HOST));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(self), geolocation=(), microphone=()"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    // Pages differ by visitor and language; what may be kept says so itself.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn content_policy(host: Option<&str>) -> HeaderValue {
    // Older phones do not take 'self' for a socket.
    let plain = |host: &&str| host.bytes().all(|b| b.is_ascii_alphanumeric() || b".:-[]".contains(&b));
    let sockets = host.filter(plain).map(|host| format!(" ws://{host} wss://{host}")).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
         connect-src 'self'{sockets}; manifest-src 'self'; worker-src 'self'; form-action 'self'; \
         frame-ancestors 'none'; base-uri 'none'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

type Trace = TraceLayer<SharedClassifier<ServerErrorsAsFailures>, fn(&Request) -> tracing::Span>;

/// A span per request with the route's pattern: addresses may hold names and codes, patterns cannot.
pub(super) fn trace() -> Trace {
    TraceLayer::new_for_http().make_span_with(span as fn(&Request) -> tracing::Span)
}

fn span(request: &Request) -> tracing::Span {
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str);
    tracing::info_span!("request", method = %request.method(), route)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect();
        is_own(&headers)
    }

    #[test]
    fn only_our_own_pages_change_things() {
        assert!(own(&[("host", "a:8080"), ("origin", "http://a:8080"), ("sec-fetch-site", "same-origin")]));
        assert!(own(&[("host", "inner"), ("x-forwarded-host", "a.cn"), ("origin", "https://a.cn")]));
        assert!(own(&[("host", "a:8080")]), "a program without a browser");
        assert!(!own(&[("host", "a:8080"), ("origin", "http://b:8080")]));
        assert!(!own(&[("host", "a:8080"), ("origin", "http://a:8081")]), "another port is another origin");
        assert!(!own(&[("host", "a"), ("origin", "null")]));
        assert!(!own(&[("host", "a"), ("sec-fetch-site", "cross-site")]));
        assert!(!own(&[("host", "a"), ("sec-fetch-site", "same-site"), ("origin", "http://a")]));
    }

    #[test]
    fn a_made_up_host_cannot_widen_the_policy() {
        let policy = content_policy(Some("a.cn; script-src *"));
        assert!(!policy.to_str().unwrap().contains("script-src *"));
    }
}
