//! A simulated judge: a client of the judges' API like any tablet. Looks at its day, opens the next sheet, gives
//! one mark after the other, submits, and goes on. Knows nothing of the server but its address.

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;
use tokio::time::{Duration, sleep};

use super::{Login, client::Client, dice::Dice, opinion};

/// Between two taps of a judge; the dice add up to as much again.
const TAP_MS: u64 = 4_000;
/// Between two looks when there is nothing to do.
const IDLE_MS: u64 = 5_000;

/// Somebody at a tablet.
pub(super) struct Judge {
    client: Client,
    dice: Dice,
    /// None for one who reads instruments.
    taste: Option<Dice>,
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
    pub(super) async fn log_in(
        http: reqwest::Client,
        server: &str,
        login: &Login,
        taste: Option<Dice>,
    ) -> reqwest::Result<Self> {
        let client = Client::log_in(http, server, &login.contest, &json!({ "code": login.code })).await?;
        let dice = Dice::new(0).of(&login.code);
        Ok(Self { client, dice, taste })
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
        let day: Day = self.client.get("sheets").await?;
        let Some(line) = day.sheets.into_iter().find(|sheet| matches!(sheet.state.as_str(), "open" | "started")) else {
            return Ok(false);
        };
        let place = format!("sheets/{}/{}/{}?attempt={}", line.stage, line.panel, line.number, line.attempt);
        let piece = line.piece.as_ref().map(|piece| format!("&piece={piece}")).unwrap_or_default();
        let sheet: Sheet = self.client.get(&format!("{place}{piece}")).await?;
        for control in sheet.controls.iter().filter(|control| control.value.is_none()) {
            self.pause().await;
            let Control { aspect, min, max, step, .. } = control;
            let value = opinion(*min, *max, *step, aspect, line.number, self.taste.as_mut()).normalize().to_string();
            let mark = json!({
                "number": line.number, "stage": line.stage, "panel": line.panel, "piece": line.piece,
                "attempt": line.attempt, "aspect": control.aspect, "value-id": control.value_id, "value": value,
            });
            self.client.put("marks", mark).await?;
        }
        self.pause().await;
        let submission = json!({
            "number": line.number, "stage": line.stage, "panel": line.panel, "piece": line.piece,
            "attempt": line.attempt,
        });
        self.client.put("submissions", submission).await.map(|done| done.is_some())
    }

    async fn pause(&mut self) {
        sleep(Duration::from_millis(TAP_MS + self.dice.roll(TAP_MS))).await;
    }
}
