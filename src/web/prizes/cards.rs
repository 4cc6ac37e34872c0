//! One award on the page: its winners, and what waits for people.

use maud::{Markup, html};

use super::{acts::Typed, page::title};
use crate::{
    files::prizes::{Names, entrant_name, reward_words, unit_name, winner_name},
    rules::{
        award::{Allotted, Undecided},
        definition::{
            Definition,
            model::{AwardTo, Quota},
        },
        ledger::entry::Given,
        names::UnitPath,
        view::{
            Prizes,
            prizes::{AwardLine, Holds, Issued},
        },
    },
    web::{
        Page,
        partials::{self, Column, Field, Look, Tone},
    },
};

/// What every card needs.
pub(super) struct Awards<'p> {
    pub(super) page: &'p Page,
    /// The address of the page, before the names of actions.
    pub(super) base: &'p str,
    pub(super) prizes: &'p Prizes,
    pub(super) names: &'p Names,
    pub(super) typed: Option<&'p Typed>,
}

impl Awards<'_> {
    pub(super) fn warnings(&self, definition: Option<&Definition>) -> Markup {
        let warnings = &self.prizes.preview.warnings;
        let name = |who: &str| self.anybody(who);
        html! {
            @if let Some(definition) = definition && !warnings.is_empty() {
                (partials::notice(Tone::Warn, &html! {
                    p { strong { (self.page.say("award-warnings")) } }
                    ul { @for warning in warnings { li { (self.page.lang.award_warning(warning, definition, &name)) } } }
                }))
            }
        }
    }

    /// A winner whose award is not known: an entrant, or else a team or unit, whose text is its name.
    fn anybody(&self, who: &str) -> String {
        let entrant = self.prizes.entrants.contains_key(who);
        if entrant {
            entrant_name(self.prizes, self.names, who)
        } else {
            UnitPath::new(who).told_apart(self.prizes.units.iter())
        }
    }

    pub(super) fn award(&self, allotted: &Allotted) -> Markup {
        let Some(line) = self.prizes.award(&allotted.at.award) else { return html! {} };
        let title = title(self.prizes, &allotted.at);
        let quota = match allotted.quota {
            Some(count) => self.page.lang.say_with("award-quota", &[("count", count.into())]),
            None => self.page.say("award-quota-open"),
        };
        let reward = reward_words(self.page.lang, line);
        html! {
            section.card.award {
                div.row.between {
                    h2 { (title) }
                    span.row { @if !reward.is_empty() { small { (reward) } } (partials::pill(&quota, Tone::Plain)) }
                }
                (self.winners(allotted, &title))
                @if !allotted.beside.is_empty() {
                    p.quiet-text { (self.page.say("award-outside-quota")) "：" @for (at, given) in allotted.beside.iter().enumerate() {
                        @if at > 0 { (self.page.say("award-comma")) } (self.name(given)) } }
                }
                @for undecided in &allotted.undecided { (self.decision(line, undecided)) }
                @if line.quota == Quota::Nominated { (self.nomination(line)) }
            }
        }
    }

    fn winners(&self, allotted: &Allotted, title: &str) -> Markup {
        let at = &allotted.at;
        let here = |given: &&Given| (&given.award, &given.event, &given.group) == (&at.award, &at.event, &at.group);
        let announced = self.prizes.announced.as_ref();
        let winners: Vec<&Given> = match announced {
            Some(announced) => announced.iter().filter(here).collect(),
            None => allotted.winners.iter().collect(),
        };
        let say = |key: &str| self.page.say(key);
        let (rank, winner, unit, score, certificate) =
            (say("award-rank"), say("award-winner"), say("award-unit"), say("award-score"), say("award-certificate"));
        let mut columns =
            vec![Column::number(&rank), Column::text(&winner), Column::text(&unit), Column::number(&score)];
        if announced.is_some() {
            columns.extend([Column::text(&certificate), Column::text("")]);
        }
        html! {
            @if winners.is_empty() { p.quiet-text { (say("award-nobody")) } } @else {
                (partials::table(title, &columns, &html! {
                    @for given in winners {
                        tr {
                            td.number { @if let Some(rank) = given.rank { (rank) } }
                            th scope="row" { (self.name(given)) }
                            td { @if let Some(unit) = self.prizes.unit_of(&given.award, &given.to) { (unit_name(unit)) } }
                            td.number { @if let Some(total) = given.total { (total) } }
                            @if announced.is_some() { (self.certificate(given)) }
                        }
                    }
                }))
            }
        }
    }

    fn certificate(&self, given: &Given) -> Markup {
        let page = self.page;
        let name = self.name(given);
        let hidden = html! {
            input type="hidden" name="award" value=(given.award);
            input type="hidden" name="to" value=(given.to);
        };
        let award = self.prizes.award(&given.award).map_or("", |award| award.title.as_str());
        let issued = self.prizes.certificate_of(given);
        let replaced = |one: &&Issued| one.award == given.award && one.to == given.to && one.holds == Holds::Superseded;
        html! {
            td {
                @if let Some(issued) = issued {
                    a.serial href={ "/check/" (issued.serial) } { (issued.serial) }
                }
                @for old in self.prizes.certificates.iter().filter(replaced) {
                    br; small.serial { s { (old.serial) } " " (page.say("award-superseded")) }
                }
            }
            td.actions {
                @if let Some(issued) = issued {
                    @if self.prizes.identities_open {
                        a.button href={ (self.base) "/certificates/" (issued.serial) ".pdf" } { (page.say("certificate-single")) }
                    }
                    @let title = page.lang.say_with("certificate-reissue-title", &[("name", name.as_str().into())]);
                    (partials::dialog(&page.say("certificate-reissue"), Look::Plain, &title, &html! {
                        p { (page.lang.say_with("certificate-reissue-hint", &[("serial", issued.serial.as_str().into())])) }
                        form method="post" action={ (self.base) "/reissue" } { (hidden)
                            (partials::button(&page.say("certificate-reissue"), Look::Primary)) }
                    }))
                }
                @let title = page.lang.say_with("award-revoke-title", &[("name", name.as_str().into()), ("award", award.into())]);
                (partials::dialog(&page.say("award-revoke"), Look::Danger, &title, &html! {
                    p { (page.say("award-revoke-hint")) }
                    form method="post" action={ (self.base) "/revoke" } { (hidden)
                        (self.reason("")) (partials::button(&page.say("award-revoke"), Look::Danger)) }
                }))
            }
        }
    }

    fn decision(&self, line: &AwardLine, undecided: &Undecided) -> Markup {
        let page = self.page;
        let typed = self
            .typed
            .filter(|typed| typed.award == line.id && typed.to.iter().all(|to| undecided.candidates.contains(to)));
        html! {
            div.undecided {
                h3 { (partials::pill(&page.say("award-undecided"), Tone::Warn)) " " (page.lang.award_undecided(undecided, &|who| self.anybody(who))) }
                form method="post" action={ (self.base) "/decide" } {
                    input type="hidden" name="award" value=(line.id);
                    fieldset {
                        legend.visually-hidden { (page.say("award-undecided")) }
                        @for candidate in &undecided.candidates {
                            label.candidate {
                                input type="checkbox" name="to" value=(candidate)
                                    checked[typed.is_some_and(|typed| typed.to.contains(candidate))];
                                span { strong { (winner_name(self.prizes, self.names, &line.id, candidate)) }
                                    @if let Some(unit) = self.prizes.unit_of(&line.id, candidate) { " " small { (unit_name(unit)) } } }
                            }
                        }
                    }
                    p.quiet-text { (page.say("award-decide-hint")) }
                    (self.reason(typed.map_or("", |typed| typed.reason.as_str())))
                    (partials::button(&page.say("award-decide"), Look::Primary))
                }
            }
        }
    }

    fn nomination(&self, line: &AwardLine) -> Markup {
        let page = self.page;
        let hint = match line.to {
            AwardTo::Teams => "award-nominate-teams",
            AwardTo::Units(_) => "award-nominate-units",
            AwardTo::Entrants | AwardTo::Table(_) => "award-nominate-who",
        };
        let title = page.lang.say_with("award-nominate-title", &[("award", line.title.as_str().into())]);
        let typed = self.typed.filter(|typed| typed.award == line.id);
        let who = typed.map(|typed| typed.to.join("\n")).unwrap_or_default();
        partials::dialog(
            &page.say("award-nominate"),
            Look::Plain,
            &title,
            &html! {
                form method="post" action={ (self.base) "/nominate" } {
                    input type="hidden" name="award" value=(line.id);
                    (Field::area("who", &page.say(hint)).value(&who).required())
                    (self.reason(typed.map_or("", |typed| typed.reason.as_str())))
                    (partials::button(&page.say("award-nominate"), Look::Primary))
                }
            },
        )
    }

    fn reason(&self, typed: &str) -> Markup {
        html! { (Field::area("reason", &self.page.say("award-reason")).hint(&self.page.say("award-reason-hint")).value(typed).required()) }
    }

    fn name(&self, given: &Given) -> String {
        winner_name(self.prizes, self.names, &given.award, &given.to)
    }
}
