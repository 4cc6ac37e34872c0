//! Sentences, in the reader's language. PURE, like the rules: typed problems and keys come in, text goes out.

mod award;
mod language;
mod texts;
pub mod trail;

pub use language::Language;
