//! Season tables (积分榜): unlike contests together make the points of another one, the year's 安康杯.
//!
//! | word | 中文 | what it is |
//! |---|---|---|
//! | source | 积分来源 | a place in the definition for another contest, with what its results are worth |
//! | binding | 对接 | which contest of this server that is; recorded by an organizer of both |
//! | report | 报送 | what a source's public board said at one of its sequence numbers, appended to the season's own ledger |
//! | trail | 积分明细 | where each point of an entrant comes from |
//! | stars | 班组星级 | a level that goes one up or one down at the end of a period |
//!
//! A season folds only its own ledger: a later change of a source is a later report. Points stand in the field like any
//! recorded value, one stage for each source, so that standings, tables and awards need nothing of their own. What a
//! source does not show its public is not reported. Knows nothing of other contests' ledgers, of names, or of when a
//! report is due.

pub mod rules;

mod act;
mod matching;
mod public;
mod stars;
mod state;
mod table;
mod view;

#[cfg(test)]
mod tests;

pub use act::{Act, SeasonRefusal};
pub use matching::{by_unit, matched};
pub use public::{NotPublic, Public, PublicRow, public};
pub use rules::Rules;
pub use state::{Binding, Found, Report, StarRound};
pub use table::{Counted, Line, Outcome, Raw, lines};
pub use view::{
    NextStar, SourceLine, StarLine, StarPage, Trail, TrailLine, has_stars, rules_of, sources, star_page, stars_of,
    trail,
};

pub(super) use stars::{decided, over};
pub(super) use state::Season;
pub(super) use view::{next_period, totals, unsealed};
