//! A simulated judge: a client of the judges' API like any tablet. Looks at its day, opens the next sheet, gives
//! one mark after the other, submits, and goes on. Knows nothing of the server but its address.

use reqwest::{Client, StatusCode};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::{Duration, sleep};

use super::{Login, dice::Dice, opinion};

/// Between two taps of a judge; the dice add up to as much again.
const TAP_MS: u64 = 4_000;
/// Between two looks when there is nothing to do.
const IDLE_MS: u64 = 5_000;

/// Somebody at a tablet.
pub(super) struct Judge {
    client: Client,
    api: String,
    token: String,
    dice: Dice,
    /// None for one who reads instruments.
    taste: Option<Dice>,
    count: u64,
}

#[derive(Deserialize)]
struct Day {
    sheets: Vec<SheetLine>,
}

#[derive(Deserialize)]
struct SheetLine {
    number: u32,
    stage: String,
    panel: String,
    piece: Option<String>,
    attempt: u32,
    state: String,
}

#[derive(Deserialize)]
struct Sheet {
    controls: Vec<Control>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Control {
    aspect: String,
    value_id: Option<String>,
    min: Option<Decimal>,
    max: Option<Decimal>,
    step: Option<Decimal>,
    value: Option<String>,
}

impl Judge {
    /// Logs in with a card's short code. `server` is an address such as `http://127.0.0.1:8080`.
    pub(super) async fn log_in(server: &str, login: &Login, taste: Option<Dice>) -> reqwest::Result<Self> {
        let client = Client::new();
        let answer: Value = client
            .post(format!("{server}/api/v1/sessions"))
            .json(&json!({ "code": login.code }))
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        let token = answer["token"].as_str().unwrap_or_default().to_owned();
        let api = format!("{server}/api/v1/contests/{}", login.contest);
        // Operation ids are never the same for two judges, nor after a restart.
        let dice = Dice::new(0).of(&token);
        Ok(Self { client, api, token, dice, taste, count: 0 })
    }

    /// Marks until the program ends; what the server refuses or cannot take is tried again later.
    pub(super) async fn work(mut self) {
        loop {
            match self.next_sheet().await {
                Ok(true) => {}
                Ok(false) => sleep(Duration::from_millis(IDLE_MS)).await,
                Err(error) => {
                    tracing::debug!(%error, "a simulated judge waits");
                    sleep(Duration::from_millis(IDLE_MS)).await;
                }
            }
        }
    }

    /// Whether there was one.
    async fn next_sheet(&mut self) -> reqwest::Result<bool> {
        let day: Day = self.get("sheets").await?;
        let Some(line) = day.sheets.into_iter().find(|sheet| matches!(sheet.state.as_str(), "open" | "started")) else {
            return Ok(false);
        };
        let place = format!("sheets/{}/{}/{}?attempt={}", line.stage, line.panel, line.number, line.attempt);
        let piece = line.piece.as_ref().map(|piece| format!("&piece={piece}")).unwrap_or_default();
        let sheet: Sheet = self.get(&format!("{place}{piece}")).await?;
        for control in sheet.controls.iter().filter(|control| control.value.is_none()) {
            self.pause().await;
            let Control { aspect, min, max, step, .. } = control;
            let value = opinion(*min, *max, *step, aspect, line.number, self.taste.as_mut()).normalize().to_string();
            let mark = json!({
                "number": line.number, "stage": line.stage, "panel": line.panel, "piece": line.piece,
                "attempt": line.attempt, "aspect": control.aspect, "value-id": control.value_id, "value": value,
            });
            self.put("marks", mark).await?;
        }
        self.pause().await;
        let submission = json!({
            "number": line.number, "stage": line.stage, "panel": line.panel, "piece": line.piece,
            "attempt": line.attempt,
        });
        self.put("submissions", submission).await
    }

    async fn pause(&mut self) {
        sleep(Duration::from_millis(TAP_MS + self.dice.roll(TAP_MS))).await;
    }

    async fn get<T: serde::de::DeserializeOwned>(&self, path: &str) -> reqwest::Result<T> {
        let request = self.client.get(format!("{}/{path}", self.api)).bearer_auth(&self.token);
        request.send().await?.error_for_status()?.json().await
    }

    /// Sends one operation; a refusal is an answer, and the judge goes on.
    async fn put(&mut self, what: &str, mut body: Value) -> reqwest::Result<bool> {
        self.count += 1;
        body["count"] = json!(self.count);
        let operation = format!("{:016x}{:016x}", self.dice.roll(u64::MAX), self.dice.roll(u64::MAX));
        let request = self.client.put(format!("{}/{what}/{operation}", self.api)).bearer_auth(&self.token);
        let answer = request.json(&body).send().await?;
        if answer.status() == StatusCode::UNPROCESSABLE_ENTITY || answer.status() == StatusCode::CONFLICT {
            tracing::debug!(status = %answer.status(), what, "refused");
            return Ok(false);
        }
        answer.error_for_status().map(|_| true)
    }
}
