//! What can be wrong with a document before or while it is set, as data: whose text, which template line,
//! which font. Sentences are made of it by [`Problem::say`] in the reader's language.

use std::fmt;

use crate::words::Language;

/// Why a document, or one certificate of many, was not made. Nothing is printed when there is one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// No font for Chinese on this machine.
    #[error("no font for Chinese found; wanted one of {}", wanted.join(", "))]
    NoChineseFont { wanted: Vec<&'static str> },
    /// A template names a family that is not on this machine.
    #[error("{file}: font family {family} is not installed")]
    FontUnknown { file: String, family: String },
    /// The fonts cannot draw these characters, so a box or nothing would be printed.
    #[error("{whose}: the fonts cannot draw {}", Characters(characters))]
    CannotDraw { whose: String, text: String, characters: Vec<char> },
    /// The template is wrong, or warned. Lines and columns count from 1.
    #[error("{file}:{line}:{column}: {message}")]
    Template { file: String, line: usize, column: usize, message: String },
    /// A file that a template needs cannot be read.
    #[error("{file}: {message}")]
    File { file: String, message: String },
    /// The text of a QR code is longer than a code can hold.
    #[error("{whose}: a QR code cannot hold {bytes} bytes")]
    QrTooLong { whose: String, bytes: usize },
    #[error("{given} pages asked for, at most {most} in one file")]
    TooMany { given: usize, most: usize },
    /// The typesetter failed where it never should.
    #[error("the typesetter failed: {message}")]
    Typesetter { message: String },
}

impl Problem {
    /// The problem with its remedy, as a sentence.
    pub fn say(&self, language: Language) -> String {
        let say = |key: &str, values: &[(&'static str, &dyn ToString)]| {
            let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.to_string().into())).collect();
            language.say_with(key, &values).into_owned()
        };
        match self {
            Problem::NoChineseFont { wanted } => say("document-no-chinese-font", &[("wanted", &wanted.join(", "))]),
            Problem::FontUnknown { file, family } => {
                say("document-font-unknown", &[("file", file), ("family", family)])
            }
            Problem::CannotDraw { whose, text, characters } => say(
                "document-cannot-draw",
                &[("whose", whose), ("text", text), ("characters", &Characters(characters))],
            ),
            Problem::Template { file, line, column, message } => {
                say("document-template", &[("place", &format!("{file}:{line}:{column}")), ("message", message)])
            }
            Problem::File { file, message } => say("document-file", &[("file", file), ("message", message)]),
            Problem::QrTooLong { whose, bytes } => say("document-qr-too-long", &[("whose", whose), ("bytes", bytes)]),
            Problem::TooMany { given, most } => say("document-too-many", &[("given", given), ("most", most)]),
            Problem::Typesetter { message } => say("document-typesetter", &[("message", message)]),
        }
    }
}

/// `U+E000, U+2CB4E 𬭎`: the code point always, the character itself only where a screen can show it.
struct Characters<'a>(&'a [char]);

impl fmt::Display for Characters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, character) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str(", ")?;
            }
            write!(f, "U+{:04X}", u32::from(*character))?;
            if character.is_alphanumeric() {
                write!(f, " {character}")?;
            }
        }
        Ok(())
    }
}
