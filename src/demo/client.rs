//! One made-up person's device: a session of the API, and what is sent through it.

use reqwest::{Method, StatusCode};
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
        let request = self.http.get(format!("{}/{path}", self.api)).bearer_auth(&self.token);
        request.send().await?.error_for_status()?.json().await
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

    pub(super) fn operation(&mut self) -> String {
        format!("{:016x}{:016x}", self.dice.roll(u64::MAX), self.dice.roll(u64::MAX))
    }

    /// `None`: refused, which is an answer too.
    async fn send(&self, method: Method, path: &str, body: &Value) -> reqwest::Result<Option<Value>> {
        let request = self.http.request(method, format!("{}/{path}", self.api)).bearer_auth(&self.token);
        let answer = request.json(body).send().await?;
        if answer.status() == StatusCode::UNPROCESSABLE_ENTITY || answer.status() == StatusCode::CONFLICT {
            tracing::debug!(status = %answer.status(), path, "refused");
            return Ok(None);
        }
        answer.error_for_status()?.json().await.map(Some)
    }
}
