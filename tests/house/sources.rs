//! Source files as text, with comments and literals told from code. A reader of tokens would be exact; this is
//! enough for rules about names.

use std::{fs, path::Path};

pub(crate) struct Source {
    /// Relative to the project, `/` between names.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Every file of these folders with one of these extensions.
pub(crate) fn all(folders: &[&str], extensions: &[&str]) -> Vec<Source> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in folders {
        walk(&top.join(folder), &mut |path| {
            let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
            if !extensions.contains(&extension) {
                return;
            }
            let Ok(text) = fs::read_to_string(path) else { return };
            let names = path.strip_prefix(top).unwrap().iter().map(|name| name.to_string_lossy());
            found.push(Source { path: names.collect::<Vec<_>>().join("/"), text });
        });
    }
    found
}

fn walk(folder: &Path, visit: &mut impl FnMut(&Path)) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(&path, visit);
        } else {
            visit(&path);
        }
    }
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The module below `src`: `rules` for `src/rules/panel.rs`, `main` for `src/main.rs`.
    pub(crate) fn module(&self) -> String {
        let name = self.path.split('/').nth(1).unwrap_or_default();
        name.trim_end_matches(".rs").to_owned()
    }

    /// Its path of modules: `["rules", "panel"]`.
    fn modules(&self) -> Vec<&str> {
        let path = self.path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
        path.split('/').collect()
    }

    /// Lines from 1, without comments and without what stands in string literals.
    pub(crate) fn code_lines(&self) -> Vec<(usize, String)> {
        code_of(&self.text).lines().enumerate().map(|(at, line)| (at + 1, line.to_owned())).collect()
    }
}

/// The text with comments and the insides of strings blanked; line ends stay.
fn code_of(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let next = chars.get(at + 1).copied();
        match chars[at] {
            '/' if next == Some('/') => {
                while at < chars.len() && chars[at] != '\n' {
                    at += 1;
                }
            }
            '"' => {
                let hashes = code.chars().rev().take_while(|&c| c == '#').count();
                let raw = code.chars().rev().nth(hashes) == Some('r');
                at = end_of_string(&chars, at, raw.then_some(hashes), &mut code);
            }
            // A quote as a character would open a string that is none.
            '\'' if next == Some('"') && chars.get(at + 2) == Some(&'\'') => at += 3,
            '\'' if next == Some('\\') && chars.get(at + 2) == Some(&'"') => at += 4,
            other => {
                code.push(other);
                at += 1;
            }
        }
    }
    code
}

/// Skips a string that opens at `at`; keeps its line ends. Answers the place after it.
fn end_of_string(chars: &[char], at: usize, raw_hashes: Option<usize>, code: &mut String) -> usize {
    code.push('"');
    let mut at = at + 1;
    while at < chars.len() {
        match (chars[at], raw_hashes) {
            ('\\', None) => {
                if chars.get(at + 1) == Some(&'\n') {
                    code.push('\n');
                }
                at += 2;
                continue;
            }
            ('"', None) => break,
            ('"', Some(hashes)) if chars[at + 1..].iter().take(hashes).all(|&c| c == '#') => break,
            ('\n', _) => code.push('\n'),
            _ => {}
        }
        at += 1;
    }
    code.push('"');
    at + 1
}

/// The modules of the crate that a file names, through `crate::` (also in groups) or a chain of `super::` that
/// reaches the crate's root, with the line.
pub(crate) fn named_modules(source: &Source) -> Vec<(usize, String)> {
    let code = code_of(&source.text);
    let mut found = Vec::new();
    let line_of = |at: usize| code[..at].matches('\n').count() + 1;
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            for name in first_names(group) {
                found.push((line_of(at), name));
            }
        } else {
            found.push((line_of(at), name_at(rest)));
        }
    }
    let depth = source.modules().len();
    for (at, chain) in chains_of_super(&code) {
        if chain >= depth {
            found.push((line_of(at), name_at(&code[at + chain * "super::".len()..])));
        }
    }
    found.sort();
    found.dedup();
    found
}

fn name_at(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The first name of each path of a `{…}` group whose brace is already open.
fn first_names(group: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0;
    let mut fresh = true;
    for (at, c) in group.char_indices() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if fresh && (c.is_alphabetic() || c == '_') => {
                names.push(name_at(&group[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    names
}

/// Where each `super::super::…` begins, and how many there are.
fn chains_of_super(code: &str) -> Vec<(usize, usize)> {
    let mut chains: Vec<(usize, usize)> = Vec::new();
    for (at, word) in code.match_indices("super::") {
        match chains.last_mut() {
            Some((from, count)) if *from + *count * word.len() == at => *count += 1,
            _ => chains.push((at, 1)),
        }
    }
    chains
}

/// The SQL statements in string literals, white space joined, with their lines.
pub(crate) fn sql_texts(source: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(open) = source.text[rest..].find('"').map(|at| rest + at) {
        let literal = &source.text[open + 1..];
        let Some(close) = literal.find('"') else { break };
        let text: Vec<&str> =
            literal[..close].split(|c: char| c.is_whitespace() || c == '\\').filter(|w| !w.is_empty()).collect();
        if matches!(text.first(), Some(&("SELECT" | "INSERT" | "UPDATE" | "DELETE" | "WITH"))) {
            found.push((source.text[..open].matches('\n').count() + 1, text.join(" ")));
        }
        rest = open + 1 + close + 1;
    }
    found
}
