//! One made-up person's device: a session of the API, and what is sent through it.

use reqwest::{Method, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::dice::Dice;
use crate::rules::names::ContestId;

pub(super) struct Client {
    http: reqwest::Client,
    /// Of one contest: `http://127.0.0.1:8080/api/v1/contests/speech`.
    api: String,
    token: String,
    dice: Dice,
    count: u64,
}

impl Client {
    /// `who`: a card's code, or a worker's number and PIN, as the API wants them.
    pub(super) async fn log_in(
        http: reqwest::Client,
        server: &str,
        contest: &ContestId,
        who: &Value,
    ) -> reqwest::Result<Self> {
        let request = http.post(format!("{server}/api/v1/sessions")).json(who);
        let answer: Value = request.send().await?.error_for_status()?.json().await?;
        let token = answer["token"].as_str().unwrap_or_default().to_owned();
        let api = format!("{server}/api/v1/contests/{contest}");
        // Operation ids are never the same for two devices, nor after a restart.
        let dice = Dice::new(0).of(&token);
        Ok(Self { http, api, token, dice, count: 0 })
    }

    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str) -> reqwest::Result<T> {
        self.request(Method::GET, path).send().await?.error_for_status()?.json().await
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> reqwest::Result<Option<Value>> {
        self.send(Method::POST, path, body).await
    }

    /// One operation under an id of its own.
    pub(super) async fn put(&mut self, what: &str, mut body: Value) -> reqwest::Result<Option<Value>> {
        self.count += 1;
        body["count"] = json!(self.count);
        let path = format!("{what}/{}", self.operation());
        self.send(Method::PUT, &path, &body).await
    }

    /// A work with its pictures, under an operation of its own.
    pub(super) async fn hand_in(
        &mut self,
        what: &str,
        texts: &[(&str, &str)],
        pictures: &[Vec<u8>],
    ) -> reqwest::Result<Option<Value>> {
        let (operation, boundary) = (self.operation(), self.operation());
        let mut body = Vec::new();
        for (name, text) in texts {
            let part = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        for picture in pictures {
            let head = "Content-Disposition: form-data; name=\"pictures\"; filename=\"photo.jpg\"";
            body.extend_from_slice(format!("--{boundary}\r\n{head}\r\nContent-Type: image/jpeg\r\n\r\n").as_bytes());
            body.extend_from_slice(picture);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        let request = self.request(Method::PUT, &format!("{what}/{operation}"));
        let kind = format!("multipart/form-data; boundary={boundary}");
        answer(request.header(header::CONTENT_TYPE, kind).body(body)).await
    }

    pub(super) fn operation(&mut self) -> String {
        format!("{:016x}{:016x}", self.dice.roll(u64::MAX), self.dice.roll(u64::MAX))
    }

    async fn send(&self, method: Method, path: &str, body: &Value) -> reqwest::Result<Option<Value>> {
        answer(self.request(method, path).json(body)).await
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}/{path}", self.api)).bearer_auth(&self.token)
    }
}

/// `None`: refused, which is an answer too.
async fn answer(request: reqwest::RequestBuilder) -> reqwest::Result<Option<Value>> {
    let answer = request.send().await?;
    if answer.status() == StatusCode::UNPROCESSABLE_ENTITY || answer.status() == StatusCode::CONFLICT {
        tracing::debug!(status = %answer.status(), address = %answer.url(), "refused");
        return Ok(None);
    }
    answer.error_for_status()?.json().await.map(Some)
}
