//! Labor competitions by indicators (劳动竞赛): what a figure is worth, and who leads in a period.
//!
//! | word | 中文 | what it is |
//! |---|---|---|
//! | indicator | 指标 | something that is measured of every unit, owned by a department |
//! | period | 周期 | a half month, month or quarter, judged by itself |
//! | figure | 数据 | what a unit did in a period: an actual, counts of events, or "not applicable" |
//! | target | 目标值 | what it was to do; changed by a dated document, never by a new definition |
//! | score | 得分 | what a period's figures are worth together |
//! | honour | 流动红旗 | what the first of a published period hold until the next |
//! | change of units | 合并、分立、更名 | by a dated document, from a day on |
//! | veto | 一票否决 | points or a rank lost for something grave, by a document, until another releases it |
//!
//! Units are the contest's entrants, and groups of comparable size its groups. A missing figure is never zero: whoever
//! misses one is not ranked. The way of a figure: reported (填报), checked by its department (部门审核), collected with its
//! period by the office (汇总), signed by the leading group (审定), published; what changes after the period closed is a
//! revision. Knows nothing of files or of time.

pub mod rules;

mod accumulate;
mod act;
mod behind;
mod effect;
mod group;
mod honours;
mod public;
mod score;
mod standings;
mod state;
mod table;
mod units;
mod veto;
mod view;

#[cfg(test)]
mod tests;

pub use act::{Act, IndicatorRefusal};
pub use behind::{Behind, Counted, Hand, HandOf, behind};
pub use effect::{Moved, UnitsEffect, effect_of_figure, effect_of_targets, effect_of_units, effect_of_veto};
pub use honours::{Held, Holder};
pub use public::{Published, PublishedPeriod, PublishedVeto, published};
pub use rules::Rules;
pub use score::{Actual, Against, Extremes, Lack, Points, points};
pub use state::{Counting, Figure, How, PeriodStage, Progress, Released, Target, Version, VetoRecord, Vetoes, Way};
pub use table::{Cell, FigureSlot, Figures, GroupTable, Judged, Place, Row, Unit, overall_table, period_table};
pub use units::{ChangeRecord, Life, Revoked, UnitChange, is_carried};
pub use veto::{Scope, Severity, Veto};
pub use view::{
    GridLine, Missing, WhyMissing, alone, figure, grid, is_as_published, is_barred, missing, overall, progress,
    provisional, published_rows, standing, unit_changes, unit_life, vetoes,
};

pub(super) use public::vetoed;
pub(super) use standings::standings;
pub(super) use state::Labor;
pub(super) use view::{overall_with, with};
