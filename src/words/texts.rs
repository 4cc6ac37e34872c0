//! The sentences of the interface, by key, from Fluent files: one folder per language, one file per topic.
//!
//! A further language is a folder and a line here. A test holds that every key stands in every language and that
//! every key the program names exists.

use std::{borrow::Cow, sync::OnceLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::langid;

use super::Language;

const ZH: &[&str] = &[
    include_str!("texts/zh/shell.ftl"),
    include_str!("texts/zh/board.ftl"),
    include_str!("texts/zh/documents.ftl"),
    include_str!("texts/zh/definition.ftl"),
    include_str!("texts/zh/explain.ftl"),
    include_str!("texts/zh/command.ftl"),
    include_str!("texts/zh/judge.ftl"),
    include_str!("texts/zh/chief.ftl"),
    include_str!("texts/zh/login.ftl"),
    include_str!("texts/zh/organizer.ftl"),
    include_str!("texts/zh/import.ftl"),
    include_str!("texts/zh/items.ftl"),
    include_str!("texts/zh/conduct.ftl"),
    include_str!("texts/zh/refusal.ftl"),
    include_str!("texts/zh/trail.ftl"),
    include_str!("texts/zh/award.ftl"),
    include_str!("texts/zh/prizes.ftl"),
    include_str!("texts/zh/tally.ftl"),
    include_str!("texts/zh/why.ftl"),
    include_str!("texts/zh/ladder.ftl"),
    include_str!("texts/zh/star.ftl"),
    include_str!("texts/zh/paper.ftl"),
    include_str!("texts/zh/indicator.ftl"),
    include_str!("texts/zh/labor.ftl"),
    include_str!("texts/zh/works.ftl"),
    include_str!("texts/zh/collections.ftl"),
    include_str!("texts/zh/figures.ftl"),
    include_str!("texts/zh/season.ftl"),
    include_str!("texts/zh/worker.ftl"),
    include_str!("texts/zh/bank.ftl"),
    include_str!("texts/zh/desk-papers.ftl"),
];
const EN: &[&str] = &[
    include_str!("texts/en/shell.ftl"),
    include_str!("texts/en/board.ftl"),
    include_str!("texts/en/documents.ftl"),
    include_str!("texts/en/definition.ftl"),
    include_str!("texts/en/explain.ftl"),
    include_str!("texts/en/command.ftl"),
    include_str!("texts/en/judge.ftl"),
    include_str!("texts/en/chief.ftl"),
    include_str!("texts/en/login.ftl"),
    include_str!("texts/en/organizer.ftl"),
    include_str!("texts/en/import.ftl"),
    include_str!("texts/en/items.ftl"),
    include_str!("texts/en/conduct.ftl"),
    include_str!("texts/en/refusal.ftl"),
    include_str!("texts/en/trail.ftl"),
    include_str!("texts/en/award.ftl"),
    include_str!("texts/en/prizes.ftl"),
    include_str!("texts/en/tally.ftl"),
    include_str!("texts/en/why.ftl"),
    include_str!("texts/en/ladder.ftl"),
    include_str!("texts/en/star.ftl"),
    include_str!("texts/en/paper.ftl"),
    include_str!("texts/en/indicator.ftl"),
    include_str!("texts/en/labor.ftl"),
    include_str!("texts/en/works.ftl"),
    include_str!("texts/en/collections.ftl"),
    include_str!("texts/en/figures.ftl"),
    include_str!("texts/en/season.ftl"),
    include_str!("texts/en/worker.ftl"),
    include_str!("texts/en/bank.ftl"),
    include_str!("texts/en/desk-papers.ftl"),
];

impl Language {
    /// The text of a key; the key itself when there is none, so that a slip is seen and nothing breaks.
    pub fn say(self, key: &str) -> Cow<'static, str> {
        self.say_with(key, &[])
    }

    /// As [`Language::say`], with values: `lang.say_with("board-rows", &[("count", 3.into())])`. Numbers that are
    /// scores come as text, already rounded.
    pub fn say_with(self, key: &str, values: &[(&'static str, FluentValue<'_>)]) -> Cow<'static, str> {
        let bundle = bundle(self);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return Cow::Owned(key.to_owned());
        };
        if values.is_empty() {
            return bundle.format_pattern(pattern, None, &mut Vec::new());
        }
        let args: FluentArgs<'_> = values.iter().cloned().collect();
        Cow::Owned(bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
    }
}

fn bundle(language: Language) -> &'static FluentBundle<FluentResource> {
    static ZH_BUNDLE: OnceLock<FluentBundle<FluentResource>> = OnceLock::new();
    static ZH_JURY_BUNDLE: OnceLock<FluentBundle<FluentResource>> = OnceLock::new();
    static EN_BUNDLE: OnceLock<FluentBundle<FluentResource>> = OnceLock::new();
    match language {
        Language::Zh => ZH_BUNDLE.get_or_init(|| read(langid!("zh-CN"), ZH.iter().copied())),
        Language::ZhJury => ZH_JURY_BUNDLE.get_or_init(|| {
            let files: Vec<String> = ZH.iter().map(|file| jury(file)).collect();
            read(langid!("zh-CN"), files.iter().map(String::as_str))
        }),
        Language::En => EN_BUNDLE.get_or_init(|| read(langid!("en"), EN.iter().copied())),
    }
}

/// Referees judge in skills contests and sport, adjudicators in speech and song.
fn jury(text: &str) -> String {
    text.replace("裁判长", "评委会主任").replace("裁判", "评委")
}

fn read<'a>(id: unic_langid::LanguageIdentifier, files: impl Iterator<Item = &'a str>) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks would stand in titles, files and attributes; the interface has no right-to-left language.
    bundle.set_use_isolating(false);
    for file in files {
        let resource = match FluentResource::try_new(file.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_reads_without_a_mistake() {
        for file in ZH.iter().chain(EN) {
            if let Err((_, mistakes)) = FluentResource::try_new((*file).to_owned()) {
                panic!("{mistakes:?} in a file that begins {:?}", &file.lines().next());
            }
        }
    }

    #[test]
    fn values_stand_in_the_sentence() {
        assert_eq!(
            Language::En.say_with("error-busy", &[("seconds", 2.into())]),
            "Too much at once. Nothing is lost: please try again in 2 s."
        );
        assert_eq!(Language::Zh.say("no-such-key"), "no-such-key");
    }

    #[test]
    fn a_jury_is_called_by_its_own_words() {
        assert_eq!(Language::Zh.of_jury(true).say("chief-title"), "评委会主任");
        assert_eq!(Language::Zh.of_jury(false).say("chief-title"), "裁判长");
        assert_eq!(Language::En.of_jury(true), Language::En);
    }
}
