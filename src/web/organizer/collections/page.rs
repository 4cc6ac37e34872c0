//! One collection at the organizer's desk: counts, judges and dealing, closing; then the list.

use maud::{Markup, html};

use super::{address, counts, list, openness, seed};
use crate::{
    rules::{
        names::Id,
        view::organizer::Seed,
        works::{self, CollectionView, Dealing, JudgeLoad, Lacking, Waits},
    },
    web::{
        Error, Result,
        organizer::{
            cast::Cast,
            desk::{Desk, Place},
        },
        partials::{self, Column, Field, Look, Tone},
    },
    words::trail::Cast as _,
};

pub(super) async fn page(desk: &Desk, collection: &Id, filter: &list::Filter, problem: Option<&str>) -> Result<Markup> {
    let now = desk.app.now();
    let look = |state: &_| {
        let seen = works::collection(state, collection, now)?;
        Some((seen, works::dealing(state, collection), works::waits(state, collection)))
    };
    let (seen, dealing, waits) = desk.app.read(&desk.contest, look).await?.ok_or(Error::NotFound)?;
    let held = match seed(desk, collection) {
        Some(seed) => desk.app.holds_seed(&desk.contest, &seed.draw).await,
        None => false,
    };
    let judges = dealing.iter().flat_map(|dealing| &dealing.judges).map(|judge| judge.person.clone()).collect();
    let cast = Cast::of(desk, judges).await?;
    let list = list::section(desk, &seen, filter).await?;
    let many = desk.definition().is_some_and(|definition| definition.collections.len() > 1);
    Ok(html! {
        @if many { p.over { a href=(desk.at(Place::Collections)) { (desk.say("collections-title")) } } }
        div.row.between { h2 { (seen.rules.title) } (openness(&desk.page, &seen)) }
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        (counts(&desk.page, &seen))
        @if seen.waiting > 0 && !seen.closed {
            p { (partials::link_button(&format!("/checker/{}", desk.contest), &desk.count("collections-check", seen.waiting), Look::Primary)) }
        }
        div.columns {
            @if let Some(dealing) = &dealing { (judging(desk, &cast, &seen, dealing, held)) }
            (closing(desk, &seen, waits))
        }
        (list)
    })
}

fn judging(desk: &Desk, cast: &Cast, seen: &CollectionView, dealing: &Dealing, held: bool) -> Markup {
    html! {
        section.card {
            h3 { (desk.say("deal-judges")) }
            p.quiet-text { (desk.count("deal-each", dealing.each as usize)) }
            @if dealing.judges.is_empty() { p { (desk.say("deal-nobody")) } }
            @else { (judges(desk, cast, &dealing.judges)) }
            p { (partials::link_button(&desk.at(Place::People), &desk.say("deal-appoint"), Look::Plain)) }
            @if !seen.closed { (dealing_steps(desk, &seen.rules.id, dealing, held)) }
        }
    }
}

fn judges(desk: &Desk, cast: &Cast, judges: &[JudgeLoad]) -> Markup {
    let mut judges: Vec<&JudgeLoad> = judges.iter().collect();
    judges.sort_by_key(|judge| (judge.released, cast.person(&judge.person)));
    let titles = ["column-name", "column-unit", "deal-marked"].map(|key| desk.say(key));
    let columns = [Column::text(&titles[0]), Column::text(&titles[1]), Column::number(&titles[2])];
    partials::table(
        &desk.say("deal-judges"),
        &columns,
        &html! {
            @for judge in judges {
                tr {
                    td {
                        strong { (cast.person(&judge.person)) } " "
                        @if judge.released { (partials::pill(&desk.say("people-released"), Tone::Plain)) }
                        @else if judge.dealt > 0 && judge.marked + judge.excused == judge.dealt {
                            (partials::pill(&desk.say("deal-done"), Tone::Good))
                        }
                    }
                    td { @if let Some(unit) = &judge.unit { (unit) } @else { "–" } }
                    td.number {
                        (judge.marked) " / " (judge.dealt)
                        @if judge.excused > 0 { br; span.quiet-text { (desk.count("deal-excused", judge.excused)) } }
                    }
                }
            }
        },
    )
}

/// A seed is committed to, then the works that nobody has are dealt with it.
fn dealing_steps(desk: &Desk, collection: &Id, dealing: &Dealing, held: bool) -> Markup {
    let base = address(&desk.contest, collection);
    let committed = seed(desk, collection);
    html! {
        div.step {
            h3 { (desk.say("deal-title")) }
            @if dealing.undealt == 0 {
                p { (desk.say("deal-nothing")) }
            } @else {
                p { (desk.count("deal-undealt", dealing.undealt)) }
                @if dealing.lacking.is_empty() { (steps(desk, &base, dealing.undealt, committed, held)) }
                @else { (lacking(desk, dealing.each, &dealing.lacking)) }
            }
        }
    }
}

fn steps(desk: &Desk, base: &str, count: usize, committed: Option<&Seed>, held: bool) -> Markup {
    html! {
        @if let Some(seed) = committed.filter(|_| held) {
            p.quiet-text { (desk.say("deal-committed-about")) }
            p { code.checksum { (seed.digest.0) } }
            form method="post" action={ (base) "/deal" } { (partials::button(&desk.count("deal-do", count), Look::Primary)) }
        } @else {
            @if committed.is_some() { (partials::notice(Tone::Warn, &html! { p { (desk.say("organizer-lots-gone")) } })) }
            p.quiet-text { (desk.say("deal-commit-about")) }
            form method="post" action={ (base) "/commit" } { (partials::button(&desk.say("deal-commit"), Look::Primary)) }
        }
    }
}

/// Why nothing can be dealt: whose works have too few judges.
fn lacking(desk: &Desk, each: u32, lacking: &[Lacking]) -> Markup {
    let nobody = desk.say("collections-no-unit");
    partials::notice(
        Tone::Warn,
        &html! {
            p { (desk.count("deal-lacking", each as usize)) }
            ul {
                @for one in lacking {
                    @let unit = one.unit.as_ref().map_or(nobody.as_str(), |unit| unit.as_str());
                    li { (desk.lang().say_with("deal-lacking-unit",
                        &[("unit", unit.into()), ("works", one.works.into()), ("judges", one.judges.into())])) }
                }
            }
        },
    )
}

fn closing(desk: &Desk, seen: &CollectionView, waits: Waits) -> Markup {
    let base = address(&desk.contest, &seen.rules.id);
    html! {
        section.card {
            h3 { (desk.say("closing-title")) }
            @if seen.closed {
                p { (desk.say("closing-is-closed")) }
                (partials::dialog(&desk.say("closing-reopen"), Look::Plain, &desk.say("closing-reopen"), &html! {
                    p { (desk.say("closing-reopen-means")) }
                    form method="post" action={ (base) "/reopen" } {
                        (Field::area("reason", &desk.say("works-reason")).required())
                        (partials::button(&desk.say("closing-reopen"), Look::Danger))
                    }
                }))
            } @else if waits.is_nothing() {
                p { (desk.say("closing-ready")) }
                (partials::dialog(&desk.say("closing-do"), Look::Primary, &desk.say("closing-do"), &html! {
                    p { (desk.say("closing-means")) }
                    form method="post" action={ (base) "/close" } { (partials::button(&desk.say("closing-do"), Look::Danger)) }
                }))
            } @else {
                p { (desk.say("closing-waits")) }
                ul {
                    @for (key, state, count) in [
                        ("closing-unchecked", "waiting", waits.unchecked),
                        ("closing-undealt", "undealt", waits.undealt),
                        ("closing-lacking", "judging", waits.lacking),
                        ("closing-unmarked", "judging", waits.unmarked),
                    ] {
                        @if count > 0 { li { a href={ (base) "?state=" (state) "#list" } { (desk.count(key, count)) } } }
                    }
                }
            }
        }
    }
}
