//! The rules: a contest is a definition plus a ledger, and everything anybody sees is computed here.
//!
//! PURE. No async, no I/O, no clock, no randomness, no SQL, no HTML, no sentences: time, seeds and the viewer
//! are arguments, problems are typed, and numbers are exact decimals.
//!
//! | word | 中文 | what it is |
//! |---|---|---|
//! | definition | 竞赛规程 | one contest's rules, as a file |
//! | entrant | 选手 | who is ranked |
//! | unit | 单位 | company, branch, workshop, team: a tree |
//! | event, group | 工种/赛项, 组别 | who is ranked against whom |
//! | stage | 阶段 | theory, practice, a section |
//! | piece | 试件/模块 | one of several works in a stage |
//! | panel | 评分组 | the judges that mark certain aspects |
//! | aspect | 评分项 | what gets a mark; its allotment is 配分 |
//! | mark | 评分 | one value by one judge |
//! | sheet | 评分表 | one judge's marks of one entrant |
//! | spread | 分差 | how far a panel's marks lie apart |
//! | violation | 违规扣分 | a named fault with points or an effect |
//! | chief judge, leader | 裁判长, 组长 | who resolves and signs |
//! | draw number | 抽签号 | what judges see instead of a name |
//! | cut | 晋级线 | who goes on to the next round |
//! | standings | 成绩排名 | the ranked tables |
//! | ladder, holder, challenge | 擂台, 擂主, 攻擂 | see [`ladder`] |
//! | indicator, period, figure | 指标, 周期, 数据 | see [`indicators`] |
//! | collection, work, deal | 征集, 作品, 分发 | see [`works`] |
//! | season, source, report | 积分榜, 积分来源, 报送 | see [`season`] |
//! | freeze, seal, announce, notice | 封榜, 封存, 公布, 公示 | what the public may see, and when |

pub mod names;

pub mod decimal;
pub mod definition;
pub mod formula;

pub mod field;
pub mod panel;
pub mod points;
pub mod result;
pub mod score;
pub mod standings;
pub mod why;

pub mod award;

pub mod indicators;
pub mod items;
pub mod ladder;
pub mod papers;
pub mod season;
pub mod works;

pub mod ledger;

pub mod command;
pub mod decide;
pub mod draw;
pub mod state;
pub mod view;

#[cfg(test)]
mod trial;
