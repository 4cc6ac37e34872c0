//! `leitai check`: problems to standard error, one line each; what is sound to standard output.
//!
//! A bank that lies in `banks/` beside the definition is counted: one that is too small for its papers is warned of.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use leitai::{
    files::items::{self, Known},
    rules::{
        definition::{Definition, read},
        items::Item,
        ledger::paper::BankedItem,
        papers,
    },
    words::{Language, paper as words, problem},
};

#[derive(clap::Args)]
pub(super) struct Check {
    /// Definition files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Language of the messages: zh or en; the shell's otherwise
    #[arg(long, value_parser = super::known_language)]
    lang: Option<String>,
}

impl Check {
    pub(super) fn run(&self) -> ExitCode {
        let language = super::language(self.lang.as_deref());
        let mut sound = true;
        for file in &self.files {
            sound &= one(language, file);
        }
        if sound { ExitCode::SUCCESS } else { ExitCode::from(1) }
    }
}

/// Whether the file can be used.
fn one(language: Language, file: &Path) -> bool {
    let name = file.display().to_string();
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            let values = [("file", name.into()), ("reason", error.to_string().into())];
            super::print_error(&language.say_with("command-unreadable", &values));
            return false;
        }
    };
    let read = read(&text);
    for found in &read.problems {
        super::print_error(&problem::line(language, &name, found));
    }
    let Some(definition) = read.definition else { return false };
    banks(language, file, &definition);
    super::tell(&language.say_with("command-ok", &[("file", name.into()), ("title", definition.title.into())]));
    true
}

/// Warns of banks that are smaller than five papers.
fn banks(language: Language, file: &Path, definition: &Definition) {
    let mut read: BTreeMap<String, Vec<BankedItem>> = BTreeMap::new();
    for rules in &definition.papers {
        let bank = rules.bank.to_string();
        if !read.contains_key(&bank) {
            let Some(items) = bank_of(language, file, &bank) else { continue };
            read.insert(bank.clone(), items);
        }
        for short in read.get(&bank).into_iter().flat_map(|items| papers::small(rules, items)) {
            super::print_error(&words::small(language, rules, &short));
        }
    }
}

/// The items of a bank that lies beside the definition; `None`: there is none, or it has problems of its own.
fn bank_of(language: Language, file: &Path, bank: &str) -> Option<Vec<BankedItem>> {
    let folder = file.parent()?.join("banks");
    let (path, bytes) = ["csv", "xlsx"].iter().find_map(|end| {
        let path = folder.join(format!("{bank}.{end}"));
        fs::read(&path).ok().map(|bytes| (path, bytes))
    })?;
    let pictures = pictures(&folder.join(bank));
    let imported = items::read(&bytes, Known { bank: &[], pictures: &pictures }).ok()?;
    let count = imported.problems.len();
    if count > 0 {
        let values = [("file", path.display().to_string().into()), ("count", count.into())];
        super::print_error(&language.say_with("command-bank-wrong", &values));
        return None;
    }
    Some(imported.rows.iter().map(|row| banked(&row.item)).collect())
}

/// In a folder by the bank's name.
fn pictures(folder: &Path) -> BTreeMap<String, rust_decimal::Decimal> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let picture = |file: fs::DirEntry| {
        let ratio = items::ratio(&fs::read(file.path()).ok()?)?;
        Some((file.file_name().to_string_lossy().into_owned(), ratio))
    };
    files.filter_map(picture).collect()
}

fn banked(item: &Item) -> BankedItem {
    BankedItem {
        id: item.id.clone(),
        digest: item.digest(),
        kind: item.kind(),
        subject: item.subject.clone(),
        difficulty: item.difficulty,
        options: u32::try_from(item.shuffled()).unwrap_or(u32::MAX),
    }
}
