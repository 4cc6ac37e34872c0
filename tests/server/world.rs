//! The program on a free port with a database of its own, and people who speak HTTP to it without a browser.
//!
//! [`Client`] keeps cookies as a browser does and follows no redirect by itself: where an action leads is part of
//! what is tested.

use std::path::Path;

use leitai::{
    app::{
        App, Clock,
        people::{Admin, Card},
    },
    rules::names::{ContestId, PersonId},
    web,
};
use reqwest::{Method, StatusCode, header};

use crate::support::databases::Database;

pub struct World {
    /// `http://127.0.0.1:PORT`
    pub address: String,
    pub app: App,
    _database: Database,
}

impl World {
    /// On an SQLite file, with the definitions that the project ships.
    pub async fn begin() -> Self {
        Self::on(Database::sqlite()).await
    }

    pub async fn on(database: Database) -> Self {
        Self::at(database, Clock::system()).await
    }

    /// With a clock of one's own.
    pub async fn at(database: Database, clock: Clock) -> Self {
        let contests = Path::new(env!("CARGO_MANIFEST_DIR")).join("contest-configs");
        let app = App::new(database.open().await, clock, contests);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("its address"));
        let service = web::router(app.clone());
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self { address, app, _database: database }
    }

    /// Somebody with a browser, not logged in, who reads Chinese.
    pub fn visitor(&self) -> Client {
        let http = reqwest::Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        Client { http, address: self.address.clone() }
    }

    /// Makes an account with the password `correct-horse`.
    pub async fn account(&self, login: &str, admin: Admin) -> PersonId {
        self.app.create_account(login, "correct-horse", login, admin).await.expect("an account")
    }

    /// Logs in to an account made before.
    pub async fn logged_in(&self, login: &str) -> Client {
        let client = self.visitor();
        client.posts("/login", &[("login", login), ("password", "correct-horse")]).await.leads_to("/work");
        client
    }

    /// A person with a card, who has not used it yet.
    pub async fn card(&self, contest: &str, name: &str) -> Card {
        let person = self.app.add_person(name, None, None).await.expect("a person");
        self.app.issue_card(&ContestId::new(contest), &person).await.expect("a card")
    }
}

/// One person's browser as far as HTTP goes.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    address: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub location: Option<String>,
    pub content_type: String,
    /// In seconds.
    pub retry_after: Option<u64>,
    pub bytes: Vec<u8>,
}

impl Client {
    pub async fn opens(&self, path: &str) -> Answer {
        self.sends(self.request(Method::GET, path)).await
    }

    /// Posts a form as a page of the service does.
    pub async fn posts(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.sends(self.form(path, fields).header(header::ORIGIN, &self.address)).await
    }

    /// Posts a form as a page of another site would.
    pub async fn posts_from(&self, origin: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.sends(self.form(path, fields).header(header::ORIGIN, origin)).await
    }

    /// Posts a form with a file.
    pub async fn uploads(&self, path: &str, fields: &[(&str, &str)], file: (&str, &str, &[u8])) -> Answer {
        const BOUNDARY: &str = "----leitai-test-boundary";
        let (field, name, bytes) = file;
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let request = self
            .request(Method::POST, path)
            .header(header::ORIGIN, &self.address)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
            .body(body);
        self.sends(request).await
    }

    /// A call of the API, with a session's token when there is one.
    pub async fn calls(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: Option<serde_json::Value>,
    ) -> Answer {
        let mut request = self.request(method, path);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        self.sends(request).await
    }

    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.address)).header(header::ACCEPT_LANGUAGE, "zh-CN")
    }

    fn form(&self, path: &str, fields: &[(&str, &str)]) -> reqwest::RequestBuilder {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", coded(name), coded(value))).collect();
        self.request(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(pairs.join("&"))
    }

    pub async fn sends(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.expect("the server answers");
        let text = |name: header::HeaderName| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned)
        };
        Answer {
            status: response.status(),
            location: text(header::LOCATION),
            content_type: text(header::CONTENT_TYPE).unwrap_or_default(),
            retry_after: text(header::RETRY_AFTER).map(|seconds| seconds.parse().expect("whole seconds")),
            bytes: response.bytes().await.expect("all of the answer").to_vec(),
        }
    }
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }

    #[track_caller]
    pub fn shows(&self, text: &str) -> &Self {
        assert!(self.text().contains(text), "`{text}` is not in\n{}", self.text());
        self
    }

    #[track_caller]
    pub fn hides(&self, text: &str) -> &Self {
        assert!(!self.text().contains(text), "`{text}` is in\n{}", self.text());
        self
    }

    /// The action was done, and the browser is sent to this page.
    #[track_caller]
    pub fn leads_to(&self, path: &str) -> &Self {
        assert!(self.status.is_redirection(), "{}: {}", self.status, self.text());
        assert_eq!(self.location.as_deref(), Some(path));
        self
    }
}

pub fn coded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
