//! The fields in which a second person (第二人) confirms an act on somebody else's screen: the code of a card, or account
//! and password. Whether they are right is for [`crate::app::App::second_person`] to say.

use maud::{Markup, html};
use serde::Deserialize;

use super::{Page, partials::Field};
use crate::{
    app::{self, second::Proof},
    rules::command::Refusal,
};

/// As posted. Never logged: it has no `Debug`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Seconded {
    #[serde(rename = "second")]
    code: String,
    #[serde(rename = "second-login")]
    login: String,
    #[serde(rename = "second-password")]
    password: String,
}

impl Seconded {
    /// The three fields of a form that is read by hand.
    pub(super) fn typed(code: String, login: String, password: String) -> Self {
        Self { code, login, password }
    }

    pub(super) fn proof(&self) -> Option<Proof> {
        Proof::typed(&self.code, &self.login, &self.password)
    }
}

/// What somebody who typed these fields can put right there.
pub(super) fn is_about(error: &app::Error) -> bool {
    matches!(
        error,
        app::Error::SecondUnknown
            | app::Error::TriedTooOften { .. }
            | app::Error::Refused(
                Refusal::NeedsSecondPerson
                    | Refusal::SecondIsFirst
                    | Refusal::SecondNotAllowed
                    | Refusal::SecondByFirst
                    | Refusal::SecondsCardByFirst,
            )
    )
}

/// Nothing is filled in again after a refusal. `among` tells one form of the page from another.
pub(super) fn fields(page: &Page, among: &str) -> Markup {
    let [title, code, or, login, password] =
        ["second-title", "second-code", "second-or", "second-login", "second-password"].map(|key| page.say(key));
    html! {
        fieldset.second {
            legend { (title) }
            p { (page.say("second-about")) }
            (Field::text("second", &code).autocomplete("off").among(among))
            details {
                summary { (or) }
                (Field::text("second-login", &login).autocomplete("off").among(among))
                // Browsers fill in the password of whoever works here, unless a new one is asked for.
                (Field::password("second-password", &password).autocomplete("new-password").among(among))
            }
        }
    }
}
