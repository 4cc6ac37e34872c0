//! Below why somebody has their points: each point with the work that made it. Everybody sees the number of a work, what
//! was said of it and what it counts; who handed it in and who checks it get to the work itself, with its picture.

use maud::{Markup, html};

use super::work_address;
use crate::{
    app::{
        App,
        boards::{Explained, Looks},
    },
    rules::{
        decide::Actor,
        names::{ContestId, EntrantId},
        view::{self, Heading, Shows},
        works::{self, Rules, WorkView},
    },
    web::{
        Page, Result,
        organizer::Zone,
        partials::{self, Column},
    },
    words::works as words,
};

/// The works of one collection, in the order in which they came in.
struct Collected {
    rules: Rules,
    works: Vec<WorkView>,
    /// Whether the reader may open them.
    opens: bool,
}

/// Nothing where there are no works, or where this reader may not know whose they are, or not as they are now.
pub(in crate::web) async fn points(
    page: &Page,
    app: &App,
    contest: &ContestId,
    looks: Looks,
    explained: &Explained,
) -> Result<Markup> {
    let why = &explained.why;
    let waits = looks == Looks::Public && why.frozen_since.is_some();
    let blind = looks != Looks::Organizer && why.public_shows != Shows::Names;
    let Some(entrant) = why.who.entrant().filter(|_| !waits && !blind) else { return Ok(html! {}) };
    let reader = page.visitor.as_ref().filter(|visitor| visitor.contest.as_ref().is_none_or(|own| own == contest));
    let reader = reader.map(crate::app::people::Visitor::actor);
    let (entrant, now) = (entrant.clone(), app.now());
    let look = move |state: &_| {
        let own = works::own_collections(state, &entrant, now).into_iter().filter(|own| !own.works.is_empty());
        let unit = own.clone().flat_map(|own| own.works).find_map(|work| work.unit);
        let opens = |rules: &Rules| {
            reader.as_ref().is_some_and(|reader| may_open(state, reader, &entrant, rules, unit.as_ref()))
        };
        let collected = |own: works::OwnCollection| {
            let mut works = own.works;
            works.reverse();
            Collected { opens: opens(&own.rules), rules: own.rules, works }
        };
        (view::heading(state), own.map(collected).collect::<Vec<_>>())
    };
    let (heading, all) = app.read(contest, look).await?;
    Ok(html! { @for one in &all { (collection(page, contest, &heading, one)) } })
}

fn may_open(
    state: &crate::rules::state::State,
    reader: &Actor,
    entrant: &EntrantId,
    rules: &Rules,
    unit: Option<&crate::rules::names::UnitPath>,
) -> bool {
    reader.entrant.as_ref() == Some(entrant) || works::is_checker(state, reader, &rules.id, unit)
}

fn collection(page: &Page, contest: &ContestId, heading: &Heading, one: &Collected) -> Markup {
    let zone = Zone::of(heading);
    let titles = ["works-trail-work", "works-point-event", "works-point-worth", "works-point-counted"]
        .map(|key| page.say(key).into_owned());
    let columns =
        [Column::text(&titles[0]), Column::text(&titles[1]), Column::number(&titles[2]), Column::number(&titles[3])];
    let rows = html! {
        @for seen in &one.works {
            @for line in &seen.points {
                tr {
                    th scope="row" {
                        @let number = page.lang.say_with("works-number", &[("number", seen.work.number.into())]);
                        @if one.opens { a href=(work_address(contest, seen)) { (number) } } @else { (number) }
                        br; span.quiet-text { (zone.minute(line.at)) }
                    }
                    td { (words::event(page.lang, Some(&one.rules), &line.event))
                        @if let Some(why) = words::uncounted(page.lang, line) { br; span.quiet-text { (why) } } }
                    td.number { (line.points.normalize()) }
                    td.number { strong { (line.counted.normalize()) } }
                }
            }
        }
    };
    let title = page.lang.say_with("works-trail", &[("collection", one.rules.title.as_str().into())]);
    html! {
        section #works {
            (partials::table(&title, &columns, &rows))
            p.quiet-text { (page.say(if one.opens { "works-trail-open" } else { "works-trail-public" })) }
        }
    }
}
