//! Banks read and written.

mod bank;
mod documented;
mod forms;
mod planted;
mod texts;

use super::*;
use crate::rules::items::{Difficulty, Fault, ItemKind, Region, Shape};

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn pictures() -> BTreeMap<String, Decimal> {
    ["welding.svg", "scaffold.svg", "electric.svg", "warehouse.svg", "lathe.svg"]
        .map(|name| (name.to_owned(), dec("1.6")))
        .into()
}

fn read_with(bytes: &[u8], bank: &[Item]) -> Imported {
    read(bytes, Known { bank, pictures: &pictures() }).unwrap()
}

fn text(text: &str, form: TextForm) -> Imported {
    read_text(text, form, Known { bank: &[], pictures: &pictures() })
}

fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|problem| problem.say(Language::Zh)).collect()
}

fn list(all: &[&str]) -> Vec<String> {
    all.iter().map(|text| (*text).to_owned()).collect()
}

/// Rows under the template's headings; cells are parted by tabs.
fn sheet(rows: &[&str]) -> String {
    let head = "编号\t题型\t题干\t材料\t图片\t选项A\t选项B\t选项C\t选项D\t答案\t分数";
    let mut text = format!("{head}\n");
    for row in rows {
        text.push_str(row);
        text.push('\n');
    }
    text
}
