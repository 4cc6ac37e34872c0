//! Ranking, teams, further tables, awards.

use super::{Language, Section, join, rounding, rounding_mode, text, title_of};
use crate::rules::{
    definition::model::{
        Award, AwardScope, AwardTo, Boundary, Definition, MemberScore, Only, PercentOf, Quota, Required, Revoked,
        Stage, Table, TableOf, TieEnd, TieKey,
    },
    names::Id,
};

pub(super) fn ranking(l: Language, d: &Definition) -> Section {
    let mut lines = vec![
        if d.ranking.highest_first { l.say("explain-highest-first") } else { l.say("explain-lowest-first") }
            .into_owned(),
    ];
    if let Some(tolerance) = d.ranking.tolerance {
        lines.push(l.say_with("explain-tolerance", &[("tolerance", text(tolerance))]).into_owned());
    }
    lines.push(ties(l, d, &d.ranking.ties, d.ranking.end));
    Section { title: l.say("explain-title-ranking").into_owned(), lines }
}

fn ties(l: Language, d: &Definition, keys: &[TieKey], end: TieEnd) -> String {
    let end = match end {
        TieEnd::PeopleDecide => l.say("explain-end-people"),
        TieEnd::Shared => l.say("explain-end-shared"),
    };
    if keys.is_empty() {
        return l.say_with("explain-ties-none", &[("end", text(end))]).into_owned();
    }
    let keys = keys.iter().map(|key| tie(l, d, key)).collect::<Vec<_>>().join(&l.say("explain-then"));
    l.say_with("explain-ties", &[("keys", text(keys)), ("end", text(end))]).into_owned()
}

fn tie(l: Language, d: &Definition, key: &TieKey) -> String {
    let stage_title = |id: &Id| title_of(id, d.stages.iter().map(|one| (&one.id, &one.title)));
    let of = |id: &Id| d.stages.iter().find(|one| one.id == *id);
    let aspect_title = |stage: &Id, id: &Id| {
        let aspects = |stage: &Stage| title_of(id, stage.aspects.iter().map(|one| (&one.id, &one.title)));
        of(stage).map_or_else(|| id.to_string(), aspects)
    };
    let (subject, lowest_first) = match key {
        TieKey::Stage { stage, lowest_first } => (stage_title(stage), lowest_first),
        TieKey::Piece { stage, piece, lowest_first } => {
            let pieces = |stage: &Stage| title_of(piece, stage.pieces.iter().map(|one| (&one.id, &one.title)));
            (of(stage).map_or_else(|| piece.to_string(), pieces), lowest_first)
        }
        TieKey::Aspect { stage, aspect, lowest_first } => (aspect_title(stage, aspect), lowest_first),
        TieKey::Recorded { stage, aspect, value, lowest_first } => {
            let title = aspect_title(stage, aspect);
            let single = value.as_str() == crate::rules::definition::names::VALUE;
            let subject = if single { title } else { format!("{title} ({value})") };
            (l.say_with("explain-tie-recorded", &[("value", text(subject))]).into_owned(), lowest_first)
        }
        TieKey::EntrantValue { value, lowest_first } => {
            (title_of(value, d.entrants.values.iter().map(|one| (&one.id, &one.title))), lowest_first)
        }
        TieKey::Attempts { stage } => {
            return l.say_with("explain-tie-attempts", &[("stage", text(stage_title(stage)))]).into_owned();
        }
        TieKey::Countback => return l.say("explain-tie-countback").into_owned(),
        TieKey::PlayOff => return l.say("explain-tie-play-off").into_owned(),
        TieKey::Lots => return l.say("explain-tie-lots").into_owned(),
    };
    let subject = [("subject", text(subject))];
    if *lowest_first {
        l.say_with("explain-tie-lowest", &subject).into_owned()
    } else {
        l.say_with("explain-tie-highest", &subject).into_owned()
    }
}

pub(super) fn tables(l: Language, d: &Definition) -> Option<Section> {
    let mut lines = Vec::new();
    if let Some(teams) = &d.teams {
        let values = [
            ("score", text(member_score(l, d, &teams.score))),
            ("rounding", text(rounding(l, teams.rounding))),
            ("least", text(teams.members_min)),
        ];
        lines.push(l.say_with("explain-teams", &values).into_owned());
        lines.push(format!("  {}", ties(l, d, &teams.ties, teams.end)));
    }
    lines.extend(d.tables.iter().map(|one| table(l, d, one)));
    (!lines.is_empty()).then(|| Section { title: l.say("explain-title-tables").into_owned(), lines })
}

fn table(l: Language, d: &Definition, table: &Table) -> String {
    let title = ("table", text(&table.title));
    let only: Vec<String> = table
        .only
        .iter()
        .map(|only| match only {
            Only::Event(id) => title_of(id, d.events.iter().map(|one| (&one.id, &one.title))),
            Only::Group(id) => title_of(id, d.groups.iter().map(|one| (&one.id, &one.title))),
            Only::Eligible(id) => eligible(d, id),
        })
        .collect();
    let whom = if only.is_empty() { l.say("explain-everybody").into_owned() } else { only.join(&l.say("explain-and")) };
    match &table.of {
        TableOf::Entrants => l.say_with("explain-table-entrants", &[title, ("whom", text(whom))]).into_owned(),
        TableOf::Units { level, score, absentees_zero, required, rounding: rounded, end } => {
            let end = match end {
                TieEnd::PeopleDecide => l.say("explain-end-people"),
                TieEnd::Shared => l.say("explain-end-shared"),
            };
            let values = [
                title,
                ("whom", text(whom)),
                ("level", text(level)),
                ("score", text(unit_score(l, d, score, *absentees_zero, *required))),
                ("rounding", text(rounding(l, *rounded))),
                ("end", text(end)),
            ];
            l.say_with("explain-table-units", &values).into_owned()
        }
    }
}

fn eligible(d: &Definition, id: &Id) -> String {
    title_of(id, d.entrants.eligibilities.iter().map(|one| (&one.id, &one.title)))
}

/// With what absentees and participation do to it.
fn unit_score(
    l: Language,
    d: &Definition,
    score: &MemberScore,
    absentees_zero: bool,
    required: Option<Required>,
) -> String {
    let mut parts = vec![member_score(l, d, score)];
    if absentees_zero {
        parts.push(match score {
            MemberScore::BestMean(best) => l.say_with("explain-units-zero-best", &[("best", text(best))]).into_owned(),
            _ => l.say("explain-units-zero").into_owned(),
        });
    }
    parts.extend(required.map(|required| match required {
        Required::Heads(count) => l.say_with("explain-units-required", &[("count", text(count))]).into_owned(),
        Required::Percent(percent) => {
            l.say_with("explain-units-required-percent", &[("percent", text(percent.normalize()))]).into_owned()
        }
    }));
    if absentees_zero || matches!(required, Some(Required::Percent(_))) {
        parts.push(l.say("explain-units-heads").into_owned());
    }
    parts.join(&l.say("explain-units-join"))
}

fn member_score(l: Language, d: &Definition, score: &MemberScore) -> String {
    match score {
        MemberScore::Sum => l.say("explain-members-sum").into_owned(),
        MemberScore::Mean => l.say("explain-members-mean").into_owned(),
        MemberScore::BestSum(best) => l.say_with("explain-members-best-sum", &[("best", text(best))]).into_owned(),
        MemberScore::BestMean(best) => l.say_with("explain-members-best-mean", &[("best", text(best))]).into_owned(),
        MemberScore::Awards(points) => {
            let each = points.iter().map(|(award, points)| {
                format!("{} {points}", title_of(award, d.awards.iter().map(|one| (&one.id, &one.title))))
            });
            l.say_with("explain-members-awards", &[("points", join(l, each))]).into_owned()
        }
    }
}

pub(super) fn awards(l: Language, d: &Definition) -> Option<Section> {
    if d.awards.is_empty() {
        return None;
    }
    let lines = d.awards.iter().map(|one| award(l, d, one)).collect();
    Some(Section { title: l.say("explain-title-awards").into_owned(), lines })
}

fn award(l: Language, d: &Definition, award: &Award) -> String {
    let mut parts = vec![to(l, d, award), quota(l, award)];
    parts.extend(scope(l, d, award));
    if let Some(least) = award.at_least {
        parts.push(l.say_with("explain-award-at-least", &[("least", text(least))]).into_owned());
    }
    if !award.only.is_empty() {
        let who = join(l, award.only.iter().map(|id| eligible(d, id)));
        parts.push(l.say_with("explain-award-only", &[("who", who)]).into_owned());
    }
    if let Some(most) = award.per_unit_most {
        parts.push(l.say_with("explain-award-per-unit", &[("most", text(most))]).into_owned());
    }
    parts.push(if award.ladder.is_some() { l.say("explain-ladder") } else { l.say("explain-beside") }.into_owned());
    if !matches!(award.quota, Quota::Everyone | Quota::Nominated) {
        parts.push(
            match award.boundary {
                Boundary::AllInNextShrinks => l.say("explain-boundary-shrinks"),
                Boundary::AllInGrows => l.say("explain-boundary-grows"),
                Boundary::NoneIn => l.say("explain-boundary-none"),
                Boundary::PeopleDecide => l.say("explain-boundary-people"),
            }
            .into_owned(),
        );
    }
    parts.push(
        match award.revoked {
            Revoked::NextMovesUp => l.say("explain-revoked-next"),
            Revoked::StaysEmpty => l.say("explain-revoked-empty"),
            Revoked::PeopleDecide => l.say("explain-revoked-people"),
        }
        .into_owned(),
    );
    if let Some(money) = award.reward.money {
        parts.push(l.say_with("explain-money", &[("money", text(money))]).into_owned());
    }
    if let Some(points) = award.reward.points {
        parts.push(l.say_with("explain-reward-points", &[("points", text(points))]).into_owned());
    }
    parts.extend(award.reward.text.clone());
    if award.proposal {
        parts.push(l.say("explain-proposal").into_owned());
    }
    if let Some(template) = &award.certificate {
        parts.push(l.say_with("explain-certificate", &[("template", text(template))]).into_owned());
    }
    let said = parts.join(&l.say("explain-and-then"));
    l.say_with("explain-award", &[("award", text(&award.title)), ("rules", text(said))]).into_owned()
}

fn to(l: Language, d: &Definition, award: &Award) -> String {
    match &award.to {
        AwardTo::Entrants => l.say("explain-to-entrants").into_owned(),
        AwardTo::Teams => l.say("explain-to-teams").into_owned(),
        AwardTo::Units(id) | AwardTo::Table(id) => {
            let table = title_of(id, d.tables.iter().map(|one| (&one.id, &one.title)));
            l.say_with("explain-to-table", &[("table", text(table))]).into_owned()
        }
    }
}

fn scope(l: Language, d: &Definition, award: &Award) -> Option<String> {
    let several = !d.events.is_empty() || !d.groups.is_empty();
    several.then(|| {
        match award.scope {
            AwardScope::Contest => l.say("explain-scope-contest"),
            AwardScope::Event => l.say("explain-scope-event"),
            AwardScope::Group => l.say("explain-scope-group"),
        }
        .into_owned()
    })
}

fn quota(l: Language, award: &Award) -> String {
    match &award.quota {
        Quota::Count(count) => l.say_with("explain-quota-count", &[("count", text(count))]).into_owned(),
        Quota::Percent { percent, of, mode } => {
            let of = match of {
                PercentOf::Registered => l.say("explain-of-registered"),
                PercentOf::Ranked => l.say("explain-of-ranked"),
                PercentOf::Qualified => l.say("explain-of-qualified"),
            };
            let values = [("percent", text(percent)), ("of", text(of)), ("mode", text(rounding_mode(l, *mode)))];
            l.say_with("explain-quota-percent", &values).into_owned()
        }
        Quota::ByFieldSize(rows) => {
            let rows = rows.iter().map(|row| {
                let values = [("from", text(row.from)), ("count", text(row.count))];
                l.say_with("explain-field-size", &values).into_owned()
            });
            l.say_with("explain-quota-by-size", &[("rows", join(l, rows))]).into_owned()
        }
        Quota::UpperHalf => l.say("explain-quota-upper-half").into_owned(),
        Quota::Top(top) => l.say_with("explain-quota-top", &[("top", text(top))]).into_owned(),
        Quota::Everyone => l.say("explain-quota-everyone").into_owned(),
        Quota::Nominated => l.say("explain-quota-nominated").into_owned(),
    }
}
