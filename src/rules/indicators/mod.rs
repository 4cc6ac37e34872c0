//! Labor competitions by indicators (劳动竞赛): what a figure is worth, and who leads in a period.
//!
//! | word | 中文 | what it is |
//! |---|---|---|
//! | indicator | 指标 | something that is measured of every unit, owned by a department |
//! | period | 周期 | a half month, month or quarter, judged by itself |
//! | figure | 数据 | what a unit did in a period: an actual, counts of events, or "not applicable" |
//! | target | 目标值 | what it was to do; changed by a dated document, never by a new definition |
//! | score | 得分 | what a period's figures are worth together |
//! | veto | 一票否决 | points or a rank lost for something grave, by a document, until another releases it |
//!
//! Units are the contest's entrants, and groups of comparable size its groups. A missing figure is never zero: whoever
//! misses one is not ranked. Knows nothing of departments' people, of files, or of time.

pub mod rules;

mod accumulate;
mod score;
mod table;
mod veto;

#[cfg(test)]
mod tests;

pub use rules::Rules;
pub use score::{Actual, Lack, Points, points};
pub use table::{Cell, FigureSlot, Figures, GroupTable, Judged, Place, Row, Unit, overall_table, period_table};
pub use veto::{Scope, Severity, Veto};
