//! Readers and writers of files: bytes ⇄ the rules' data.

pub mod sheets;
pub mod standings;

pub mod entrants;
pub mod figures;
pub mod items;
pub mod people;
pub mod photographs;
pub mod units;
pub mod values;

pub mod documents;
pub mod lists;
pub mod prizes;
pub mod rewards;
pub mod tally;

pub mod certificates;
