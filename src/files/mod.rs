//! Readers and writers of files: bytes ⇄ the rules' data.

pub mod documents;
