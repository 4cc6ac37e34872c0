//! A quarter's labor competition: January is published, then again with a late figure; February is published with a veto
//! in force; March is open, one unit has taken in another since, and some of its figures are missing.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::{
    Result,
    dice::Dice,
    roster::{BRANCHES, GROUP},
    stage::Staging,
};
use crate::{
    app::{Actor, App, Ask},
    rules::{
        command::Command,
        indicators::{
            Act, Actual, FigureSlot, Scope, Severity, UnitChange, Veto,
            rules::{Indicator, Score},
        },
        ledger::{
            entry::Role,
            indicator::{Document, TargetOf},
        },
        names::{EntrantId, Id, UnitPath, VetoId},
    },
};

pub(super) const LABOR: &str = "quarterly-labor";
/// Of which company; workshops that other contests have too are the same units there.
const PRODUCTION: [(&str, &str); 14] = [
    ("一公司", "焊接车间"),
    ("一公司", "结构车间"),
    ("二公司", "铆焊车间"),
    ("三公司", "管道车间"),
    ("三公司", "总装车间"),
    ("四公司", "钢构车间"),
    ("一公司", "机加车间"),
    ("一公司", "冲压车间"),
    ("二公司", "涂装车间"),
    ("二公司", "铸造车间"),
    ("三公司", "锻造车间"),
    ("三公司", "热处理车间"),
    ("四公司", "船体车间"),
    ("四公司", "装配车间"),
];
const SUPPORT: [(&str, &str); 10] = [
    ("二公司", "维修车间"),
    ("四公司", "检修车间"),
    ("一公司", "动力车间"),
    ("一公司", "运输车队"),
    ("二公司", "仓储中心"),
    ("二公司", "计量中心"),
    ("三公司", "质检中心"),
    ("三公司", "工具车间"),
    ("四公司", "后勤中心"),
    ("四公司", "信息中心"),
];
/// Comes late in January.
const LATE: &str = "D03";
/// Is taken in by [`TAKES_IN`] from March on.
const TAKEN_IN: &str = "D10";
const TAKES_IN: &str = "D09";
/// Is vetoed for February.
const VETOED: &str = "D01";

pub(super) async fn quarter(app: &App, admin: &Actor, dice: Dice) -> Result<()> {
    let mut staging = Staging::found(app, "quarterly-labor.toml", &[], admin, dice).await?;
    staging.organizer = staging.person("竞赛办 周敏", Role::Organizer).await?;
    let deputy = staging.person("竞赛办 何磊", Role::Organizer).await?;
    let leader = staging.person("领导小组 郑海涛", Role::LeadingGroup).await?;
    let mut quarter = Quarter { deputy, leader, owners: Vec::new(), staging };
    quarter.owners().await?;
    quarter.units().await?;
    quarter.staging.start().await?;
    let periods: Vec<Id> = quarter.staging.definition.indicators.periods.iter().map(|one| one.id.clone()).collect();
    for (at, period) in periods.iter().enumerate() {
        if at + 1 == periods.len() {
            quarter.merge().await?;
        }
        quarter.targets(period).await?;
        quarter.office(Act::OpenPeriod { period: period.clone() }).await?;
        quarter.figures(period, at, periods.len()).await?;
        if at + 1 < periods.len() {
            quarter.publish(period, at).await?;
        }
    }
    Ok(())
}

struct Quarter<'a> {
    staging: Staging<'a>,
    /// The second person.
    deputy: Actor,
    leader: Actor,
    /// By indicator.
    owners: Vec<(Id, Actor)>,
}

impl Quarter<'_> {
    /// One person for each department.
    async fn owners(&mut self) -> Result<()> {
        let indicators = self.staging.definition.indicators.indicators.clone();
        for indicator in indicators {
            let role = Role::IndicatorOwner { indicator: indicator.id.clone() };
            let owner = self.staging.person(&indicator.owner, role).await?;
            self.owners.push((indicator.id, owner));
        }
        Ok(())
    }

    async fn units(&self) -> Result<()> {
        let mut list = "entrant,name,unit,group\n".to_owned();
        let mut units = vec![UnitPath::new(GROUP)];
        units.extend(BRANCHES.iter().map(|(company, _)| UnitPath::new(format!("{GROUP}/{company}"))));
        for (names, prefix, group) in [(&PRODUCTION[..], "P", "production"), (&SUPPORT[..], "D", "support")] {
            for ((company, name), number) in names.iter().zip(1..) {
                let unit = format!("{GROUP}/{company}/{name}");
                let _ = writeln!(list, "{prefix}{number:02},{name},{unit},{group}");
                units.push(UnitPath::new(unit));
            }
        }
        self.staging.act(&self.staging.organizer, Command::SetUnits { units }).await?;
        self.staging.register(&list).await
    }

    async fn act(&self, actor: &Actor, act: Act) -> Result<()> {
        self.staging.act(actor, Command::Indicator(act)).await
    }

    async fn office(&self, act: Act) -> Result<()> {
        self.act(&self.staging.organizer, act).await
    }

    /// With a document of that day.
    async fn by_document(&self, text: &str, day: (i16, i8, i8), act: impl FnOnce(Document) -> Act) -> Result<()> {
        let (digest, note) = self.staging.app.note(text)?;
        let document = Document { dated: jiff::civil::date(day.0, day.1, day.2), digest };
        let ask = Ask::new(self.staging.organizer.clone(), Command::Indicator(act(document))).with(note);
        let receipt = self.staging.app.ask(&self.staging.contest, ask).await?;
        Ok(self.staging.app.wait_for(&self.staging.contest, receipt.version).await?)
    }

    async fn merge(&self) -> Result<()> {
        let units = vec![TAKEN_IN.into(), TAKES_IN.into()];
        let what = UnitChange::Merged { units, into: TAKES_IN.into() };
        let text = "集团人力〔2026〕第 2 号 关于信息中心并入后勤中心的通知";
        let from = jiff::civil::date(2026, 3, 1);
        self.by_document(text, (2026, 2, 26), |document| Act::ChangeUnits { what, from, document }).await
    }

    /// Units and what is judged of them in a period.
    fn judged(&self, period: &Id) -> Vec<(EntrantId, Indicator)> {
        let rules = &self.staging.definition.indicators;
        let is_last = rules.periods.last().is_some_and(|last| last.id == *period);
        let mut judged = Vec::new();
        for (count, prefix, group) in [(PRODUCTION.len(), "P", "production"), (SUPPORT.len(), "D", "support")] {
            let group = Id::new(group);
            for number in 1..=count {
                let unit = EntrantId::new(format!("{prefix}{number:02}"));
                if is_last && unit.as_str() == TAKEN_IN {
                    continue;
                }
                judged.extend(rules.judged(period, Some(&group)).map(|one| (unit.clone(), one.clone())));
            }
        }
        judged
    }

    async fn targets(&mut self, period: &Id) -> Result<()> {
        let mut targets = Vec::new();
        for (entrant, indicator) in self.judged(period) {
            if indicator.score.reads_target() && indicator.target.is_none() {
                let mut dice = self.staging.dice.of(entrant.as_str()).of(indicator.id.as_str());
                let target = target(&indicator, &mut dice);
                let slot = FigureSlot { entrant, indicator: indicator.id, period: period.clone() };
                targets.push(TargetOf { slot, target });
            }
        }
        let text = format!("集团竞赛办〔2026〕第 1 号 关于下达{}竞赛指标的通知", self.title(period));
        self.by_document(&text, (2026, 1, 4), |document| Act::SetTargets { targets, document, second: None }).await
    }

    fn title(&self, period: &Id) -> String {
        self.staging.definition.indicators.period(period).map_or_else(String::new, |period| period.title.clone())
    }

    /// Reported and checked by their departments; in the last month some are not there yet.
    async fn figures(&mut self, period: &Id, at: usize, count: usize) -> Result<()> {
        let last = at + 1 == count;
        for (entrant, indicator) in self.judged(period) {
            let slot = FigureSlot { entrant, indicator: indicator.id.clone(), period: period.clone() };
            let mut dice = self.staging.dice.of(slot.entrant.as_str()).of(indicator.id.as_str());
            let target = target(&indicator, &mut dice);
            let mut dice = dice.of(period.as_str());
            let is_late = at == 0 && slot.entrant.as_str() == LATE && indicator.id.as_str() == "site";
            if is_late || (last && dice.roll(5) == 0) {
                continue;
            }
            let Some((_, owner)) = self.owners.iter().find(|(id, _)| *id == indicator.id) else { continue };
            let actual = actual(&indicator, target, &mut dice);
            let report = Act::Report { slot: slot.clone(), actual, self_score: None, evidence: Vec::new() };
            self.act(owner, report).await?;
            if !last || dice.roll(3) > 0 {
                self.act(owner, Act::Check { slot, found: None }).await?;
            }
        }
        Ok(())
    }

    async fn publish(&self, period: &Id, at: usize) -> Result<()> {
        let period = || period.clone();
        self.office(Act::ClosePeriod { period: period() }).await?;
        self.office(Act::CollectPeriod { period: period() }).await?;
        self.act(&self.leader, Act::SignPeriod { period: period() }).await?;
        if at == 1 {
            let what = Veto {
                entrant: VETOED.into(),
                severity: Severity::Unranked,
                scope: Scope::Period { period: period() },
            };
            let second = self.deputy.person.clone();
            let veto = VetoId::new("demo-veto");
            let text = "集团安委会〔2026〕第 3 号 关于二月份轻伤事故的通报";
            self.by_document(text, (2026, 3, 2), |document| Act::SetVeto { veto, what, document, second }).await?;
        }
        self.office(Act::PublishPeriod { period: period() }).await?;
        if at == 0 {
            let slot = FigureSlot { entrant: LATE.into(), indicator: Id::new("site"), period: period() };
            let Some((_, owner)) = self.owners.iter().find(|(id, _)| *id == slot.indicator) else { return Ok(()) };
            let (reason, note) = self.staging.app.note("现场检查表二月三日补报")?;
            let revise = Act::Revise {
                slot,
                actual: Actual::Is(Decimal::from(96)),
                evidence: Vec::new(),
                reason,
                second: Some(self.deputy.person.clone()),
            };
            let ask = Ask::new(owner.clone(), Command::Indicator(revise)).with(note);
            let receipt = self.staging.app.ask(&self.staging.contest, ask).await?;
            self.staging.app.wait_for(&self.staging.contest, receipt.version).await?;
            self.office(Act::PublishPeriod { period: period() }).await?;
        }
        Ok(())
    }
}

/// Of a month; small units and large ones.
fn target(indicator: &Indicator, dice: &mut Dice) -> Decimal {
    let size = 1 + dice.roll(12);
    Decimal::from(match indicator.score {
        Score::Slope(_) => 90_000 * size * size,
        _ => 100 + 40 * size,
    })
}

fn actual(indicator: &Indicator, target: Decimal, dice: &mut Dice) -> Actual {
    let percent = |from: u64, dice: &mut Dice| Decimal::new(i64::try_from(from + dice.roll(180)).unwrap_or(1000), 3);
    match &indicator.score {
        Score::Events { kinds, .. } => {
            let seldom = |dice: &mut Dice, at: usize| match at {
                0 if dice.roll(30) > 0 => 0,
                0 => 1,
                _ => dice.roll(4),
            };
            let counts = kinds.iter().enumerate();
            Actual::Counts(counts.map(|(at, kind)| (kind.id.clone(), seldom(dice, at).into())).collect())
        }
        Score::Sheet { .. } => Actual::Is(Decimal::from(84 + dice.roll(16))),
        Score::Efficacy { .. } => Actual::Is(Decimal::from(78 + dice.roll(20))),
        _ => Actual::Is((target * percent(910, dice)).round_dp(0)),
    }
}
