//! Warnings about awards, and what awaits people, as sentences. Names of winners come from the caller: the rules know
//! ids only.

use fluent_bundle::FluentValue;

use crate::rules::{
    award::{At, Cause, Undecided, Warning},
    definition::{
        Definition,
        model::{Boundary, Titled},
    },
    names::Id,
};

use super::Language;

impl Language {
    /// `name` gives a winner's name from the text of the ledger.
    pub fn award_warning(self, warning: &Warning, definition: &Definition, name: &dyn Fn(&str) -> String) -> String {
        let who = |all: &[String]| FluentValue::from(self.names(all, name));
        let one = |text: &str| FluentValue::from(name(text));
        let at = |at: &At| FluentValue::from(self.award_at(at, definition));
        let title = |award: &Id| FluentValue::from(title(award, definition));
        let number = |value: u32| FluentValue::from(value.to_string());
        let text = match warning {
            Warning::QuotaUnreachable { at: place, quota, found } => self.say_with(
                "award-quota-unreachable",
                &[("award", at(place)), ("quota", number(*quota)), ("found", number(*found))],
            ),
            Warning::QuotaIsNothing { at: place } => self.say_with("award-quota-nothing", &[("award", at(place))]),
            Warning::BoundaryTied { at: place, tied, places, policy } => {
                let values = [("award", at(place)), ("who", who(tied)), ("places", number(*places))];
                match policy {
                    Boundary::AllInNextShrinks => self.say_with("award-tied-all-shrinks", &values),
                    Boundary::AllInGrows => self.say_with("award-tied-all-grows", &values),
                    Boundary::NoneIn => self.say_with("award-tied-none", &values),
                    Boundary::PeopleDecide => self.say_with("award-tied-people", &values),
                }
            }
            Warning::RankingOpen { at: place, tied, places } => self.say_with(
                "award-ranking-open",
                &[("award", at(place)), ("who", who(tied)), ("places", number(*places))],
            ),
            Warning::NoRule { at: place, tied, places } => {
                self.say_with("award-no-rule", &[("award", at(place)), ("who", who(tied)), ("places", number(*places))])
            }
            Warning::Shrunk { at: place, from, to } => {
                self.say_with("award-shrunk", &[("award", at(place)), ("from", number(*from)), ("to", number(*to))])
            }
            Warning::OverQuota { at: place, quota, given } => self.say_with(
                "award-over-quota",
                &[("award", at(place)), ("quota", number(*quota)), ("given", number(*given))],
            ),
            Warning::PassLineEmpties { at: place, line } => {
                self.say_with("award-line-empties", &[("award", at(place)), ("line", line.to_string().into())])
            }
            Warning::UnitFull { at: place, who } => {
                self.say_with("award-unit-full", &[("award", at(place)), ("who", one(who))])
            }
            Warning::NominationMissing { award } => {
                self.say_with("award-nomination-missing", &[("award", title(award))])
            }
            Warning::HoldsPrize { award, who } => {
                self.say_with("award-holds-prize", &[("award", title(award)), ("who", one(who))])
            }
            Warning::DecisionUnused { award, who } => {
                self.say_with("award-decision-unused", &[("award", title(award)), ("who", one(who))])
            }
            Warning::HoldsSeveral { who, awards } => {
                let all: Vec<String> = awards.iter().map(|award| self::title(award, definition)).collect();
                let all = all.join(&self.say("award-and"));
                self.say_with("award-several", &[("who", one(who)), ("awards", all.into())])
            }
            Warning::NoTable { award } => self.say_with("award-no-table", &[("award", title(award))]),
        };
        text.into_owned()
    }

    /// Who waits, for how many places, and why.
    pub fn award_undecided(self, open: &Undecided, name: &dyn Fn(&str) -> String) -> String {
        let values = [
            ("who", FluentValue::from(self.names(&open.candidates, name))),
            ("places", FluentValue::from(open.places.to_string())),
        ];
        match open.cause {
            Cause::Boundary => self.say_with("award-open-boundary", &values),
            Cause::RankingOpen => self.say_with("award-open-ranking", &values),
            Cause::Above => self.say_with("award-open-above", &values),
            Cause::UnitCap => self.say_with("award-open-unit", &values),
            Cause::Revoked => self.say_with("award-open-revoked", &values),
        }
        .into_owned()
    }

    /// 一等奖, or 一等奖（焊工·职工组） where it is given in several places.
    pub fn award_at(self, at: &At, definition: &Definition) -> String {
        let titled = |id: &Option<Id>, list: &[Titled]| {
            let id = id.as_ref()?;
            Some(list.iter().find(|one| one.id == *id).map_or_else(|| id.to_string(), |one| one.title.clone()))
        };
        let award = title(&at.award, definition);
        let places: Vec<String> =
            titled(&at.event, &definition.events).into_iter().chain(titled(&at.group, &definition.groups)).collect();
        if places.is_empty() {
            return award;
        }
        let place = places.join(&self.say("award-place-and"));
        self.say_with("award-at", &[("award", award.into()), ("place", place.into())]).into_owned()
    }

    fn names(self, all: &[String], name: &dyn Fn(&str) -> String) -> String {
        all.iter().map(|who| name(who)).collect::<Vec<_>>().join(&self.say("award-and"))
    }
}

fn title(award: &Id, definition: &Definition) -> String {
    let found = definition.awards.iter().find(|one| one.id == *award);
    found.map_or_else(|| award.to_string(), |one| one.title.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::definition;

    #[test]
    fn a_warning_names_the_award_and_the_people() {
        let text = include_str!("../../contest-configs/skills-welding.toml");
        let mut definition = definition::read(text).definition.unwrap();
        definition.events = vec![Titled { id: "welder".into(), title: "焊工".to_owned() }];
        let award = definition.awards[0].clone();
        let at = At { award: award.id, event: Some("welder".into()), group: None };
        let tied = vec!["W1".to_owned(), "W2".to_owned()];
        let warning = Warning::BoundaryTied { at, tied, places: 1, policy: Boundary::PeopleDecide };
        let name = |who: &str| if who == "W1" { "王芳".to_owned() } else { "李强".to_owned() };
        assert_eq!(
            Language::Zh.award_warning(&warning, &definition, &name),
            format!("{}（焊工）：王芳、李强 并列，余 1 个名额。请作出决定并记录。", award.title)
        );
        assert_eq!(
            Language::En.award_warning(&warning, &definition, &name),
            format!("{} (焊工): 王芳, 李强 are tied for 1 left. Decide, and record it.", award.title)
        );
    }
}
