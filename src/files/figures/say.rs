//! Why a cell cannot be taken, in sentences: what is wrong and what to type instead.

use super::Fact;
use crate::words::Language;

impl Fact {
    pub fn say(&self, language: Language) -> String {
        let said = match self {
            Fact::NotANumber { text } => language.say_with("figures-fact-number", &[("text", text.as_str().into())]),
            Fact::Percent { text } => language.say_with("figures-fact-percent", &[("text", text.as_str().into())]),
            Fact::NotACount { text } => language.say_with("figures-fact-count", &[("text", text.as_str().into())]),
            Fact::OutsideSheet { full } => {
                language.say_with("figures-fact-sheet", &[("full", full.normalize().to_string().into())])
            }
            Fact::CountMissing => language.say("figures-fact-count-missing"),
            Fact::PartlyNotApplicable => language.say("figures-fact-partly"),
            Fact::Emptied => language.say("figures-fact-emptied"),
            Fact::Changed { now } => language.say_with("figures-fact-changed", &[("now", now.as_str().into())]),
            Fact::Locked => language.say("figures-fact-locked"),
            Fact::NotJudged => language.say("figures-fact-not-judged"),
        };
        said.into_owned()
    }
}
