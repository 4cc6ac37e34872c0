//! What the tests need beside the program: real databases.

pub mod databases;
#[cfg(unix)]
pub mod postgres;
