//! A definition's text as it was read: every problem with its place and remedy, the text with the lines marked, and
//! the rules in words.

use std::collections::BTreeSet;

use maud::{Markup, html};

use crate::{
    rules::definition::{Problem, Read, Severity},
    web::partials::{self, Tone},
    words::{self, Language, problem as problem_words},
};

/// All that `check` says about a text.
pub(super) fn problems(lang: Language, read: &Read) -> Markup {
    let errors = read.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let warnings = read.problems.len() - errors;
    let (tone, verdict) = match (errors, warnings) {
        (0, 0) => (Tone::Good, lang.say("organizer-check-good")),
        (0, n) => (Tone::Warn, lang.say_with("organizer-check-warnings", &[("count", n.into())])),
        (n, _) => (Tone::Bad, lang.say_with("organizer-check-errors", &[("count", n.into())])),
    };
    html! {
        (partials::notice(tone, &html! { p { (verdict) } }))
        @if !read.problems.is_empty() {
            ol.problems { @for problem in &read.problems { (line(lang, problem)) } }
        }
    }
}

fn line(lang: Language, problem: &Problem) -> Markup {
    let (tone, word) = match problem.severity {
        Severity::Error => ("bad", lang.say("organizer-error")),
        Severity::Warning => ("warn", lang.say("organizer-warning")),
    };
    let place =
        lang.say_with("organizer-line-column", &[("line", problem.line.into()), ("column", problem.column.into())]);
    html! {
        li data-tone=(tone) {
            a href={ "#line-" (problem.line) } { (place) } " "
            span.pill { (word) }
            p { (problem_words::fact(lang, &problem.fact)) }
            p.remedy { (problem_words::remedy(lang, &problem.fact)) }
        }
    }
}

/// The text with line numbers; lines with problems are marked, and are where the problems lead.
pub(super) fn marked(lang: Language, text: &str, read: &Read) -> Markup {
    let at = |severity| -> BTreeSet<usize> {
        read.problems.iter().filter(|problem| problem.severity == severity).map(|problem| problem.line).collect()
    };
    let (errors, warnings) = (at(Severity::Error), at(Severity::Warning));
    html! {
        div.source tabindex="0" role="region" aria-label=(lang.say("organizer-text")) {
            ol {
                @for (at, line) in text.lines().enumerate() {
                    @let tone = if errors.contains(&(at + 1)) { Some("bad") }
                        else if warnings.contains(&(at + 1)) { Some("warn") }
                        else { None };
                    li id={ "line-" (at + 1) } data-tone=[tone] { code { (line) } }
                }
            }
        }
    }
}

/// The rules as a person would say them.
pub(super) fn explained(lang: Language, read: &Read) -> Markup {
    let Some(definition) = &read.definition else { return Markup::default() };
    html! {
        details.explained open {
            summary { h2 { (lang.say("organizer-explained")) } }
            @for section in words::explain(lang, definition, &read.problems) {
                h3 { (section.title) }
                ul { @for line in &section.lines { li { (line) } } }
            }
        }
    }
}
