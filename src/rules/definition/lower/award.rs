//! Teams, tables and awards.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Levels, id, ids, number, rounding, rounding_mode, title, v};
use crate::rules::{
    definition::{
        model,
        place::{Findings, Path},
        problem::Fact,
        ties,
    },
    names::Id,
};

pub(super) fn teams(
    teams: &v::Teams,
    stages: &[model::Stage],
    levels: &Levels,
    findings: &mut Findings<'_>,
) -> model::TeamRule {
    let path = Path::of("teams");
    let chain = ties::read(teams.ties.as_deref().unwrap_or_default(), stages, &path.key("ties"), findings);
    if teams.ties.is_some() && chain.end.is_none() {
        findings.warn(&path.key("ties"), Fact::TieWithoutEnd);
    }
    let score = member_score(teams.score, teams.best, &teams.points, &path, findings);
    model::TeamRule {
        score,
        rounding: rounding(teams.rounding, levels.team),
        ties: chain.keys,
        end: chain.end.unwrap_or(model::TieEnd::PeopleDecide),
        members_min: teams.members_min.unwrap_or(1),
    }
}

fn member_score(
    score: v::MemberScore,
    best: Option<u32>,
    points: &BTreeMap<String, v::Number>,
    path: &Path,
    findings: &mut Findings<'_>,
) -> model::MemberScore {
    let takes_best = matches!(score, v::MemberScore::BestSum | v::MemberScore::BestMean);
    let with = format!("score = \"{}\"", score_word(score));
    if takes_best && best.is_none() {
        findings.error(path, Fact::KeyNeeded { key: "best".into(), with: with.clone() });
    }
    if !takes_best && best.is_some() {
        findings.error(&path.key("best"), Fact::KeyNotHere { key: "best".into(), with: with.clone() });
    }
    let by_awards = score == v::MemberScore::Awards;
    if by_awards && points.is_empty() {
        findings.error(path, Fact::KeyNeeded { key: "points".into(), with: with.clone() });
    }
    if !by_awards && !points.is_empty() {
        findings.error(&path.key("points"), Fact::KeyNotHere { key: "points".into(), with });
    }
    match score {
        v::MemberScore::Sum => model::MemberScore::Sum,
        v::MemberScore::Mean => model::MemberScore::Mean,
        v::MemberScore::BestSum => model::MemberScore::BestSum(best.unwrap_or(1)),
        v::MemberScore::BestMean => model::MemberScore::BestMean(best.unwrap_or(1)),
        v::MemberScore::Awards => {
            model::MemberScore::Awards(points.iter().map(|(award, points)| (Id::new(award), points.0)).collect())
        }
    }
}

fn score_word(score: v::MemberScore) -> &'static str {
    match score {
        v::MemberScore::Sum => "sum",
        v::MemberScore::Mean => "mean",
        v::MemberScore::BestSum => "best-sum",
        v::MemberScore::BestMean => "best-mean",
        v::MemberScore::Awards => "awards",
    }
}

pub(super) fn table(table: &v::Table, levels: &Levels, path: &Path, findings: &mut Findings<'_>) -> model::Table {
    let of = match table.of.unwrap_or(v::TableOf::Entrants) {
        v::TableOf::Units => model::TableOf::Units {
            level: table.level.unwrap_or(1),
            score: member_score(table.score.unwrap_or(v::MemberScore::Sum), table.best, &table.points, path, findings),
            absentees_zero: table.absentees == Some(v::Absentees::Zero),
            required: required(table, path, findings),
            rounding: rounding(table.rounding, levels.team),
            end: match table.end {
                None | Some(v::TieEnd::PeopleDecide) => model::TieEnd::PeopleDecide,
                Some(v::TieEnd::Shared) => model::TieEnd::Shared,
            },
        },
        v::TableOf::Entrants => {
            for (key, given) in [
                ("level", table.level.is_some()),
                ("score", table.score.is_some()),
                ("best", table.best.is_some()),
                ("absentees", table.absentees.is_some()),
                ("required", table.required.is_some()),
                ("required-percent", table.required_percent.is_some()),
                ("points", !table.points.is_empty()),
                ("rounding", table.rounding.is_some()),
                ("end", table.end.is_some()),
            ] {
                if given {
                    let with = "of = \"entrants\"".to_owned();
                    findings.error(&path.key(key), Fact::KeyNotHere { key: key.to_owned(), with });
                }
            }
            model::TableOf::Entrants
        }
    };
    let mut only = Vec::new();
    if let Some(fit) = &table.only {
        only.extend(fit.event.as_ref().map(|event| model::Only::Event(id(event))));
        only.extend(fit.group.as_ref().map(|group| model::Only::Group(id(group))));
        only.extend(fit.eligible.iter().map(|one| model::Only::Eligible(id(one))));
    }
    model::Table { id: id(&table.id), title: title(table.title.as_ref(), &table.id), of, only }
}

/// Only of a mean, and one of both at most.
fn required(table: &v::Table, path: &Path, findings: &mut Findings<'_>) -> Option<model::Required> {
    let score = table.score.unwrap_or(v::MemberScore::Sum);
    let of_means = [
        ("absentees", table.absentees.is_some()),
        ("required", table.required.is_some()),
        ("required-percent", table.required_percent.is_some()),
    ];
    if !matches!(score, v::MemberScore::Mean | v::MemberScore::BestMean) {
        for (key, _) in of_means.iter().filter(|(_, given)| *given) {
            let with = format!("score = \"{}\"", score_word(score));
            findings.error(&path.key(key), Fact::KeyNotHere { key: (*key).to_owned(), with });
        }
    }
    if table.required.is_some() && table.required_percent.is_some() {
        let keys = vec!["required".to_owned(), "required-percent".to_owned()];
        findings.error(path, Fact::OnlyOneOf { keys });
    }
    let percent = table.required_percent.map(|v::Number(percent)| {
        if percent <= Decimal::ZERO || percent > Decimal::ONE_HUNDRED {
            let (key, value) = ("required-percent".to_owned(), percent.to_string());
            let (from, to) = ("1".to_owned(), "100".to_owned());
            findings.error(&path.key("required-percent"), Fact::OutOfRange { key, value, from, to });
        }
        model::Required::Percent(percent)
    });
    table.required.map(model::Required::Heads).or(percent)
}

pub(super) fn award(
    award: &v::Award,
    tables: &[model::Table],
    path: &Path,
    findings: &mut Findings<'_>,
) -> model::Award {
    let to = recipients(award, tables, path, findings);
    let quota = quota(award, path, findings);
    // Titles stand beside the prizes; whatever is counted out is a prize.
    let is_prize = !matches!(quota, model::Quota::Top(_) | model::Quota::Everyone | model::Quota::Nominated);
    let ladder = match &award.ladder {
        Some(name) if name.0 == "none" => None,
        Some(name) => Some(id(name)),
        None if is_prize => Some(Id::new(match &to {
            model::AwardTo::Entrants => "prizes".to_owned(),
            model::AwardTo::Teams => "team-prizes".to_owned(),
            model::AwardTo::Units(table) | model::AwardTo::Table(table) => format!("{table}-prizes"),
        })),
        None => None,
    };
    model::Award {
        id: id(&award.id),
        title: award.title.clone(),
        to,
        scope: match award.per {
            Some(v::Per::Contest) => model::AwardScope::Contest,
            Some(v::Per::Event) => model::AwardScope::Event,
            None | Some(v::Per::Group) => model::AwardScope::Group,
        },
        quota,
        at_least: number(award.at_least),
        only: ids(&award.eligible),
        per_unit_most: award.per_unit_most,
        ladder,
        boundary: match award.boundary {
            Some(v::Boundary::AllInNextShrinks) => model::Boundary::AllInNextShrinks,
            Some(v::Boundary::AllInGrows) => model::Boundary::AllInGrows,
            Some(v::Boundary::NoneIn) => model::Boundary::NoneIn,
            // "The first three" are all of rank 1 to 3.
            None if award.top.is_some() => model::Boundary::AllInGrows,
            None | Some(v::Boundary::PeopleDecide) => model::Boundary::PeopleDecide,
        },
        revoked: match award.revoked {
            Some(v::Revoked::NextMovesUp) => model::Revoked::NextMovesUp,
            Some(v::Revoked::StaysEmpty) => model::Revoked::StaysEmpty,
            None | Some(v::Revoked::PeopleDecide) => model::Revoked::PeopleDecide,
        },
        reward: award.reward.as_ref().map_or_else(model::Reward::default, |reward| model::Reward {
            money: number(reward.money),
            points: number(reward.points),
            text: reward.text.clone(),
        }),
        certificate: award.certificate.clone(),
        proposal: award.proposal.unwrap_or(false),
    }
}

fn recipients(award: &v::Award, tables: &[model::Table], path: &Path, findings: &mut Findings<'_>) -> model::AwardTo {
    if let Some(table) = &award.table {
        if award.to.is_some() {
            findings.error(path, Fact::OnlyOneOf { keys: vec!["to".to_owned(), "table".to_owned()] });
        }
        let table = id(table);
        // An unknown table is the checks' to report.
        let units = tables.iter().any(|one| one.id == table && matches!(one.of, model::TableOf::Units { .. }));
        return if units { model::AwardTo::Units(table) } else { model::AwardTo::Table(table) };
    }
    match award.to {
        None | Some(v::AwardTo::Entrants) => model::AwardTo::Entrants,
        Some(v::AwardTo::Teams) => model::AwardTo::Teams,
    }
}

fn quota(award: &v::Award, path: &Path, findings: &mut Findings<'_>) -> model::Quota {
    let all = [
        ("count", award.count.is_some()),
        ("percent", award.percent.is_some()),
        ("by-field-size", award.by_field_size.is_some()),
        ("top", award.top.is_some()),
        ("who", award.who.is_some()),
    ];
    let given: Vec<String> = all.iter().filter(|(_, given)| *given).map(|(key, _)| (*key).to_owned()).collect();
    match given.len() {
        0 => findings.error(path, Fact::OneOf { keys: all.map(|(key, _)| key.to_owned()).to_vec() }),
        1 => {}
        _ => findings.error(path, Fact::OnlyOneOf { keys: given }),
    }
    for (key, given) in
        [("percent-of", award.percent_of.is_some()), ("percent-rounding", award.percent_rounding.is_some())]
    {
        if given && award.percent.is_none() {
            findings.error(&path.key(key), Fact::KeyNeeded { key: "percent".into(), with: key.to_owned() });
        }
    }
    if let Some(count) = award.count {
        model::Quota::Count(count)
    } else if let Some(percent) = award.percent {
        model::Quota::Percent {
            percent: percent.0,
            of: match award.percent_of {
                Some(v::PercentOf::Registered) => model::PercentOf::Registered,
                None | Some(v::PercentOf::Ranked) => model::PercentOf::Ranked,
                Some(v::PercentOf::Qualified) => model::PercentOf::Qualified,
            },
            mode: award.percent_rounding.map_or(model::RoundingMode::HalfUp, rounding_mode),
        }
    } else if let Some(rows) = &award.by_field_size {
        let row = |row: &v::FieldSize| model::FieldSize { from: row.from, count: row.count };
        model::Quota::ByFieldSize(rows.iter().map(row).collect())
    } else if let Some(top) = award.top {
        model::Quota::Top(top)
    } else {
        match award.who {
            Some(v::WhoGets::UpperHalf) => model::Quota::UpperHalf,
            Some(v::WhoGets::Everyone) | None => model::Quota::Everyone,
            Some(v::WhoGets::Nominated) => model::Quota::Nominated,
        }
    }
}
