//! The documents of a contest's results, made from the view of prizes: the award list (获奖名单), the list to sign
//! (领奖签收表), the proposals (拟推荐名单), the summary (成绩汇总表), and the certificates.
//!
//! Names come joined by whoever may know them; without a name a winner is a draw number. Computes no prize.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    documents::{self, Awarded, AwardedGroup, Certificate, Listing, Paper, Results, Summary, SummaryRow, Winner},
    lists,
};
use crate::{
    rules::{
        decimal,
        definition::model::{AwardTo, JudgeWord},
        ledger::{Instant, entry::Given},
        names::{EntrantId, Id, UnitPath},
        result::Status,
        view::{
            Prizes, SummaryData,
            prizes::{AwardLine, Issued},
        },
    },
    words::Language,
};

/// Names of entrants; empty while identities are closed.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeMap<EntrantId, String>);

impl FromIterator<(EntrantId, String)> for Names {
    fn from_iter<T: IntoIterator<Item = (EntrantId, String)>>(names: T) -> Self {
        Self(names.into_iter().filter(|(_, name)| !name.trim().is_empty()).collect())
    }
}

impl Names {
    pub fn of(&self, entrant: &str) -> Option<&str> {
        self.0.get(entrant).map(String::as_str)
    }
}

/// What is handed over, in sum.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Owed {
    pub money: Decimal,
    pub winners: usize,
    /// Other things than money: how often each.
    pub things: BTreeMap<String, usize>,
}

/// How paper of this contest begins.
pub fn paper<'p>(language: Language, prizes: &'p Prizes, printed: &'p str) -> Paper<'p> {
    let heading = &prizes.heading;
    Paper {
        language,
        contest: &heading.title,
        organizer: heading.organizer.as_deref(),
        judges_are: if heading.adjudicators { JudgeWord::Adjudicator } else { JudgeWord::Referee },
        printed,
        results: if heading.sealed { Results::Sealed } else { Results::NotFinal },
    }
}

/// Everybody on an award, in order: those whose award is a proposal stand on another list.
pub fn award_list(paper: &Paper<'_>, prizes: &Prizes, names: &Names) -> Listing {
    documents::award_list(paper, &groups(paper.language, prizes, names, |award| !award.proposal), &[])
}

/// Who signs for what; at its end what it comes to.
pub fn receipts(paper: &Paper<'_>, prizes: &Prizes, names: &Names) -> Listing {
    let groups = groups(paper.language, prizes, names, |award| !award.proposal);
    let mut listing = documents::receipts(paper, &groups);
    listing.notes.push(owed_words(paper.language, &owed(prizes)));
    listing
}

pub fn proposals(paper: &Paper<'_>, prizes: &Prizes, names: &Names) -> Listing {
    lists::proposals(paper, &groups(paper.language, prizes, names, |award| award.proposal), &[])
}

/// Money and other rewards of all winners.
pub fn owed(prizes: &Prizes) -> Owed {
    let mut owed = Owed::default();
    for given in prizes.list() {
        let Some(award) = prizes.award(&given.award) else { continue };
        owed.winners += 1;
        if let Some(money) = award.reward.money {
            // Prize money is small; a sum that does not fit stays at its last value.
            owed.money = decimal::add(owed.money, money).unwrap_or(owed.money);
        }
        if let Some(thing) = &award.reward.text {
            *owed.things.entry(thing.clone()).or_default() += 1;
        }
    }
    owed
}

pub fn owed_words(language: Language, owed: &Owed) -> String {
    let mut parts = vec![language.say_with("award-owed-winners", &[("count", owed.winners.into())]).into_owned()];
    if !owed.money.is_zero() {
        parts.push(money(language, owed.money));
    }
    for (thing, count) in &owed.things {
        let values = [("thing", thing.as_str().into()), ("count", (*count).into())];
        parts.push(language.say_with("award-owed-thing", &values).into_owned());
    }
    parts.join(&language.say("award-comma"))
}

/// One ranked table.
pub fn summary(paper: &Paper<'_>, table: &SummaryData, names: &Names) -> Listing {
    let language = paper.language;
    let titles = [&table.event, &table.group].into_iter().flatten().map(|named| named.title.clone());
    let place = table.title.clone().unwrap_or_else(|| titles.collect::<Vec<_>>().join(" · "));
    let number = |points: Option<Decimal>| points.map(|points| points.to_string()).unwrap_or_default();
    let rows = table.rows.iter().map(|row| SummaryRow {
        rank: row.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        number: row.number.map(|number| number.to_string()).unwrap_or_default(),
        name: names.of(row.entrant.as_str()).unwrap_or_default().to_owned(),
        unit: row.unit.as_ref().map(unit_name).unwrap_or_default(),
        stages: row.stages.iter().map(|points| number(*points)).collect(),
        total: number(row.total),
        remark: remark(language, &row.status, row.outside_quota),
    });
    let summary = Summary {
        table: Some(place).filter(|place| !place.is_empty()),
        stages: table.columns.iter().map(|column| (column.title.clone(), None)).collect(),
        rows: rows.collect(),
        notes: Vec::new(),
    };
    documents::summary(paper, &summary)
}

/// Certificates of these issued serials, ready to print. `site` is the address of the service without a slash at its
/// end; the code leads to its check page.
pub fn certificates<'i>(
    prizes: &Prizes,
    names: &Names,
    issued: impl IntoIterator<Item = &'i Issued>,
    site: &str,
) -> Vec<Certificate> {
    let list = prizes.list();
    let heading = &prizes.heading;
    let one = |issued: &Issued| {
        let given = list.iter().find(|given| given.award == issued.award && given.to == issued.to);
        let name = winner_name(prizes, names, &issued.award, &issued.to);
        let title = |text: Option<&str>| text.map(str::to_owned);
        Certificate {
            language: heading.language.clone(),
            winner: if prizes.is_personal(&issued.award) { Winner::Person(name) } else { Winner::Team(name) },
            unit: prizes.unit_of(&issued.award, &issued.to).map(unit_name),
            contest: heading.title.clone(),
            event: title(given.and_then(|given| prizes.event_title(given.event.as_ref()))),
            group: title(given.and_then(|given| prizes.group_title(given.group.as_ref()))),
            award: prizes.award(&issued.award).map_or_else(|| issued.award.to_string(), |award| award.title.clone()),
            confers: None,
            date: day(&heading.timezone, issued.at),
            serial: issued.serial.clone(),
            check_url: format!("{site}/check/{}", issued.serial),
            issuers: heading.organizer.iter().cloned().collect(),
        }
    };
    issued.into_iter().map(one).collect()
}

/// As lists show a winner: the name, else the draw number; a team or unit by its own name.
pub fn winner_name(prizes: &Prizes, names: &Names, award: &Id, to: &str) -> String {
    match prizes.award(award).map(|award| &award.to) {
        Some(AwardTo::Teams) => to.to_owned(),
        Some(AwardTo::Units(_)) => UnitPath::new(to).told_apart(prizes.units.iter()),
        _ => entrant_name(prizes, names, to),
    }
}

/// An entrant's name, else the draw number, else the number of the list.
pub fn entrant_name(prizes: &Prizes, names: &Names, entrant: &str) -> String {
    let number = || prizes.entrants.get(entrant)?.number.map(|number| format!("{number:03}"));
    names.of(entrant).map(str::to_owned).or_else(number).unwrap_or_else(|| entrant.to_owned())
}

/// 职工组 · 焊工 · 一等奖, as far as there are such.
pub fn award_title(prizes: &Prizes, award: &Id, event: Option<&Id>, group: Option<&Id>) -> String {
    let title = prizes.award(award).map_or(award.as_str(), |award| award.title.as_str());
    let parts = [prizes.event_title(event), prizes.group_title(group), Some(title)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What comes with an award: money, points, a promotion.
pub fn reward_words(language: Language, award: &AwardLine) -> String {
    let points = award.reward.points.map(|points| {
        language.say_with("award-points", &[("points", points.normalize().to_string().into())]).into_owned()
    });
    let parts = [award.reward.money.map(|sum| money(language, sum)), points, award.reward.text.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(&language.say("award-comma"))
}

pub fn money(language: Language, sum: Decimal) -> String {
    language.say_with("award-money", &[("sum", sum.normalize().to_string().into())]).into_owned()
}

fn groups(
    language: Language,
    prizes: &Prizes,
    names: &Names,
    wanted: impl Fn(&AwardLine) -> bool,
) -> Vec<AwardedGroup> {
    let list: Vec<Given> = prizes.list();
    let same = |a: &Given, b: &Given| (&a.award, &a.event, &a.group) == (&b.award, &b.event, &b.group);
    let mut groups = Vec::new();
    for winners in list.chunk_by(same) {
        let first = &winners[0];
        let Some(award) = prizes.award(&first.award).filter(|award| wanted(award)) else { continue };
        let title = award_title(prizes, &award.id, first.event.as_ref(), first.group.as_ref());
        let values = [("award", title.into()), ("count", winners.len().into())];
        groups.push(AwardedGroup {
            award: language.say_with("award-group", &values).into_owned(),
            winners: winners.iter().map(|given| awarded(language, prizes, names, award, given)).collect(),
        });
    }
    groups
}

fn awarded(language: Language, prizes: &Prizes, names: &Names, award: &AwardLine, given: &Given) -> Awarded {
    let personal = prizes.is_personal(&award.id);
    let entrant = if personal { prizes.entrants.get(given.to.as_str()) } else { None };
    Awarded {
        rank: given.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        number: entrant.and_then(|one| one.number).map(|number| number.to_string()).unwrap_or_default(),
        name: winner_name(prizes, names, &given.award, &given.to),
        unit: prizes.unit_of(&given.award, &given.to).map(unit_name).unwrap_or_default(),
        score: given.total.map(|total| total.to_string()).unwrap_or_default(),
        serial: prizes.certificate_of(given).map(|issued| issued.serial.clone()).unwrap_or_default(),
        prize: reward_words(language, award),
    }
}

fn remark(language: Language, status: &Status, outside_quota: bool) -> String {
    let status = match status {
        Status::Ranked => None,
        Status::Cut { .. } => Some("award-cut"),
        Status::Incomplete => Some("award-incomplete"),
        Status::Failed => Some("award-failed"),
        Status::Absent => Some("award-absent"),
        Status::Withdrawn => Some("award-withdrawn"),
        Status::Vetoed => Some("award-vetoed"),
        Status::Disqualified { .. } => Some("award-disqualified"),
    };
    let outside = outside_quota.then_some("award-outside-quota");
    let parts: Vec<_> = status.into_iter().chain(outside).map(|key| language.say(key)).collect();
    parts.join(&language.say("award-comma"))
}

/// The last two levels, as a list has room for: 一公司 焊接车间.
pub fn unit_name(path: &UnitPath) -> String {
    let names: Vec<&str> = path.as_str().split('/').collect();
    names[names.len().saturating_sub(2)..].join(" ")
}

/// The day at the contest's place.
fn day(timezone: &str, at: Instant) -> jiff::civil::Date {
    let zone = jiff::tz::TimeZone::get(timezone).unwrap_or(jiff::tz::TimeZone::UTC);
    jiff::Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(zone).date()
}
