//! Whom a revision, a veto or its release would move, before it is done.

use std::{collections::HashMap, fmt::Debug};

use data_encoding::HEXLOWER;
use maud::{Markup, html};
use sha2::{Digest as _, Sha256};

use super::home;
use crate::{
    rules::{indicators::Moved, names::EntrantId},
    web::{
        Page,
        partials::{self, Column, Tone},
    },
};

/// Ranks and scores before and after.
pub(in crate::web) fn moved(page: &Page, names: &HashMap<EntrantId, String>, caption: &str, moved: &[Moved]) -> Markup {
    if moved.is_empty() {
        return partials::notice(Tone::Good, &html! { p { (caption) ": " (page.say("figures-moves-nobody")) } });
    }
    let titles =
        ["column-unit", "effect-rank-before", "effect-rank-after", "effect-total-before", "effect-total-after"];
    let titles = titles.map(|key| page.say(key));
    let mut columns = vec![Column::text(&titles[0])];
    columns.extend(titles[1..].iter().map(|title| Column::number(title)));
    partials::table(
        caption,
        &columns,
        &html! {
            @for one in moved {
                tr {
                    th scope="row" { (names.get(&one.entrant).map_or(one.entrant.as_str(), String::as_str)) }
                    td.number { (home::place(page.lang, &one.before.1)) }
                    td.number { strong { (home::place(page.lang, &one.after.1)) } }
                    @for score in [one.before.0, one.after.0] {
                        td.number { @match score { Some(score) => (score), None => "–" } }
                    }
                }
            }
        },
    )
}

/// Of what was shown: when somebody writes in between, it is shown again.
pub(in crate::web) fn fingerprint(shown: &(impl Debug + ?Sized)) -> String {
    HEXLOWER.encode(&Sha256::digest(format!("{shown:?}")))
}
