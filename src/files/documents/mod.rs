//! Certificates and printed paper as PDF, set by Typst.
//!
//! | word | 中文 | what it is |
//! |---|---|---|
//! | certificate | 荣誉证书 | what a winner is given, with a serial number and a code to its check page |
//! | judge card | 裁判证 | how a judge logs in |
//! | score sheet | 评分表 | one judge's marks of one entrant, on paper |
//! | listing | 表 | the summary, the award list, the list to sign, the lots |
//!
//! A template gets its data as a file, never as part of its source; a text that the fonts cannot draw, and any warning of
//! the typesetter, is a [`Problem`] and nothing is printed. Knows no database, no clock, and no rule of a contest:
//! names and numbers come ready to print.

mod certificate;
mod dates;
mod fonts;
mod lists;
mod paper;
mod problem;
mod qr;
mod template;
mod world;

pub use certificate::{Certificate, FILES_MAX, IN_ONE_MAX, Output, Winner, certificates};
pub use fonts::Fonts;
pub use lists::{Awarded, AwardedGroup, Lot, Summary, SummaryRow, award_list, lots, receipts, summary};
pub use paper::{
    Column, JudgeCard, ListSection, Listing, Page, Paper, ROWS_MAX, Results, SHEETS_MAX, ScoreSheet, SheetRow,
    SheetSection, Side, Signer, judge_cards, listing, score_sheets,
};
pub use problem::Problem;
pub use template::Template;
