//! Sources and stars: numbers that fit together, and keys that mean something where they stand.

use rust_decimal::Decimal;

use super::{Findings, Path, in_order, stage_path, v};
use crate::rules::{
    definition::{model::Definition, problem::Fact},
    season::rules::{By, Missing, Reads, Source},
};

pub(super) fn check(file: &v::File, definition: &Definition, findings: &mut Findings<'_>) {
    let rules = &definition.season;
    if rules.is_empty() {
        let alone = [("season", "[season]"), ("stars", "[stars]")].into_iter().map(|(key, said)| (Path::of(key), said));
        let star = (Path::default().item("star", 0), "[[star]]");
        for (path, said) in alone.chain([star]).filter(|(path, _)| findings.has(path)).collect::<Vec<_>>() {
            only_with(said, "[[source]]", &path, findings);
        }
        return;
    }
    if findings.has(&Path::of("stars")) && rules.stars.is_none() {
        only_with("[stars]", "[[star]]", &Path::of("stars"), findings);
    }
    for (at, stage) in definition.stages.iter().take(file.stage.len()).enumerate() {
        // Points of sources are added as they are: shares of a whole would not be shares any more.
        if stage.weight.is_some() {
            let (key, with) = ("weight".to_owned(), "[[source]]".to_owned());
            findings.error(&stage_path(at).key("weight"), Fact::KeyNotHere { key, with });
        }
    }
    let scales = rules.sources.iter().any(|source| source.missing == Missing::Scaled);
    for (at, source) in rules.sources.iter().enumerate() {
        let path = Path::default().item("source", at);
        of_source(source, &file.source[at], &path, findings);
        if scales && source.full().is_none() {
            let (key, with) = ("full".to_owned(), "missing = \"scaled\"".to_owned());
            findings.error(&path, Fact::KeyNeeded { key, with });
        }
    }
    stars(definition, findings);
}

fn only_with(key: &str, with: &str, path: &Path, findings: &mut Findings<'_>) {
    findings.error(path, Fact::KeyOnlyWith { key: key.to_owned(), with: with.to_owned() });
}

fn positive(value: Option<Decimal>, key: &str, path: &Path, findings: &mut Findings<'_>) {
    if let Some(value) = value.filter(|value| *value <= Decimal::ZERO) {
        findings.error(&path.key(key), Fact::PartNotPositive { key: key.to_owned(), value });
    }
}

fn of_source(source: &Source, file: &v::Source, path: &Path, findings: &mut Findings<'_>) {
    positive(Some(source.weight), "weight", path, findings);
    positive(source.cap, "cap", path, findings);
    positive(file.full.map(|full| full.0), "full", path, findings);
    let by_rank = matches!(source.by, By::Rank { .. });
    let belong = [
        ("full", file.full.is_some(), !by_rank, "by = \"points\""),
        ("points-per-rank", !file.points_per_rank.is_empty(), by_rank, "by = \"rank\""),
        ("further-ranks", file.further_ranks.is_some(), by_rank, "by = \"rank\""),
        ("ladder", matches!(source.reads, Reads::Ladder(_)), by_rank, "by = \"rank\""),
    ];
    for (key, given, fits, with) in belong {
        if given && !fits {
            only_with(key, with, &path.key(key), findings);
        }
    }
    let By::Rank { points, .. } = &source.by else { return };
    if points.is_empty() {
        let (key, with) = ("points-per-rank".to_owned(), "by = \"rank\"".to_owned());
        findings.error(path, Fact::KeyNeeded { key, with });
    }
    // Shared points are good; more for a worse rank never is.
    for (at, pair) in points.windows(2).enumerate() {
        if pair[0] < pair[1] {
            findings.error(&path.key("points-per-rank").at(at + 1), Fact::RowsOutOfOrder { ascending: false });
        }
    }
}

fn stars(definition: &Definition, findings: &mut Findings<'_>) {
    let Some(stars) = &definition.season.stars else { return };
    let path = Path::of("star");
    if definition.indicators.periods.is_empty() {
        let (key, with) = ("[[period]]".to_owned(), "[[star]]".to_owned());
        findings.error(&Path::default().item("star", 0), Fact::KeyNeeded { key, with });
    }
    for (at, (star, level)) in stars.levels.iter().zip(1_u32..).enumerate() {
        if star.level != level {
            let (key, said) = ("level".to_owned(), level.to_string());
            let fact = Fact::OutOfRange { key, value: star.level.to_string(), from: said.clone(), to: said };
            findings.error(&Path::default().item("star", at).key("level"), fact);
        }
    }
    in_order(&stars.levels.iter().map(|star| star.at_least).collect::<Vec<_>>(), true, &path, findings);
    let most = stars.levels.len();
    if usize::try_from(stars.starts_at).is_ok_and(|level| level > most) {
        let (key, value) = ("starts-at".to_owned(), stars.starts_at.to_string());
        let fact = Fact::OutOfRange { key, value, from: "0".to_owned(), to: most.to_string() };
        findings.error(&Path::of("stars").key("starts-at"), fact);
    }
}
