//! Wrong places of a text, and hazards of a picture, as the template writes them.
//!
//! `错词→正词|别的正词；错词#2→正词`: a wrong word stands once in the text, or `#` says which time counts.
//! `矩形 x,y,w,h 名称；圆 x,y,r 名称；多边形 x1,y1 x2,y2 x3,y3 名称`: in per cent of the picture.

use rust_decimal::Decimal;

use crate::{
    files::entrants::cells,
    rules::{
        decimal,
        items::{Fault, Region, Shape},
    },
};

use super::{
    fact::Fact,
    key::{self, PARTS, alternatives, escaped, plain, split},
};

const RECTANGLE: [&str; 3] = ["矩形", "方形", "rectangle"];
const CIRCLE: [&str; 3] = ["圆", "圆形", "circle"];
const POLYGON: [&str; 2] = ["多边形", "polygon"];

pub(super) fn faults(text: &str, key: &str) -> Result<Vec<Fault>, Fact> {
    let mut faults: Vec<Fault> = Vec::new();
    for part in split(key, &PARTS) {
        let fault = fault(text, &part)?;
        if let Some(other) = faults.iter().find(|other| overlap(other, &fault)) {
            return Err(Fact::FixesOverlap { word: characters(text, other.from, other.length) });
        }
        faults.push(fault);
    }
    faults.sort_by_key(|fault| fault.from);
    Ok(faults)
}

fn fault(text: &str, part: &str) -> Result<Fault, Fact> {
    let arrowed = part.replace("->", "→").replace("=>", "→");
    let sides = split(&arrowed, &['→']);
    let [wrong, right] = sides.as_slice() else {
        // Nothing behind the arrow opens no part.
        return Err(match (sides.as_slice(), arrowed.contains('→')) {
            ([word], true) => Fact::FixEmpty { word: plain(word) },
            _ => Fact::FixWithoutArrow { text: part.to_owned() },
        });
    };
    let (word, nth) = occurrence(wrong);
    let accepted = alternatives(right);
    if accepted.iter().any(String::is_empty) {
        return Err(Fact::FixEmpty { word });
    }
    let found = occurrences(text, &word);
    let from = match (found.as_slice(), nth) {
        ([], _) => return Err(Fact::WordNotThere { word }),
        ([only], None) => *only,
        (several, None) => return Err(Fact::WordSeveralTimes { word, count: several.len() }),
        (all, Some(nth)) => match nth.checked_sub(1).and_then(|at| all.get(at)) {
            Some(from) => *from,
            None => return Err(Fact::NoSuchOccurrence { word, nth, count: all.len() }),
        },
    };
    Ok(Fault { from, length: word.chars().count(), accepted })
}

/// `错词#2`: the word, and which of its occurrences, from 1.
fn occurrence(wrong: &str) -> (String, Option<usize>) {
    let numbered = wrong.rsplit_once(['#', '＃']).filter(|(word, _)| !word.ends_with('\\') && !word.is_empty());
    match numbered.and_then(|(word, nth)| Some((word, cells::half_width(nth).trim().parse().ok()?))) {
        Some((word, nth)) => (plain(word.trim()), Some(nth)),
        None => (plain(wrong), None),
    }
}

/// Where a word begins, in characters.
fn occurrences(text: &str, word: &str) -> Vec<usize> {
    let (text, word): (Vec<char>, Vec<char>) = (text.chars().collect(), word.chars().collect());
    if word.is_empty() {
        return Vec::new();
    }
    text.windows(word.len()).enumerate().filter(|(_, part)| *part == word).map(|(at, _)| at).collect()
}

fn overlap(a: &Fault, b: &Fault) -> bool {
    a.from < b.from + b.length && b.from < a.from + a.length
}

fn characters(text: &str, from: usize, length: usize) -> String {
    text.chars().skip(from).take(length).collect()
}

/// As [`faults`] reads it.
pub(super) fn write_faults(text: &str, faults: &[Fault]) -> String {
    let one = |fault: &Fault| {
        let word = characters(text, fault.from, fault.length);
        let found = occurrences(text, &word);
        let nth = found.iter().position(|from| *from == fault.from).map_or(1, |at| at + 1);
        let nth = if found.len() > 1 { format!("#{nth}") } else { String::new() };
        let accepted: Vec<String> = fault.accepted.iter().map(|text| escaped(text)).collect();
        format!("{}{nth}→{}", escaped(&word), accepted.join("|"))
    };
    faults.iter().map(one).collect::<Vec<_>>().join("；")
}

/// `ratio`: width of the picture divided by its height.
pub(super) fn regions(key: &str, ratio: Decimal) -> Result<Vec<Region>, Fact> {
    split(key, &PARTS).iter().map(|part| region(part, ratio)).collect()
}

fn region(part: &str, ratio: Decimal) -> Result<Region, Fact> {
    let not_read = || Fact::RegionNotRead { text: part.to_owned() };
    let mut words = part.split_whitespace().peekable();
    let shape = words.next().unwrap_or_default().to_lowercase();
    let shape = shape.as_str();
    let mut numbers = |count: usize| -> Result<Vec<Decimal>, Fact> {
        let numbers = words.next().and_then(numbers_of).filter(|numbers| numbers.len() == count);
        numbers.ok_or_else(not_read)
    };
    let shape = if RECTANGLE.contains(&shape) {
        let numbers = numbers(4)?;
        Shape::Rectangle { x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3] }
    } else if CIRCLE.contains(&shape) {
        let numbers = numbers(3)?;
        Shape::Circle { x: numbers[0], y: numbers[1], radius: numbers[2], ratio }
    } else if POLYGON.contains(&shape) {
        let mut points = Vec::new();
        while let Some([x, y]) = words.peek().and_then(|word| numbers_of(word)).as_deref() {
            points.push((*x, *y));
            words.next();
        }
        if points.len() < 3 {
            return Err(not_read());
        }
        Shape::Polygon { points }
    } else {
        return Err(not_read());
    };
    let title = plain(&words.collect::<Vec<_>>().join(" "));
    if title.is_empty() { Err(Fact::RegionWithoutTitle { text: part.to_owned() }) } else { Ok(Region { shape, title }) }
}

/// `10,61,12.5`.
fn numbers_of(word: &str) -> Option<Vec<Decimal>> {
    cells::half_width(word)
        .split(',')
        .map(|number| decimal::parse(number).ok().map(|number| number.normalize()))
        .collect()
}

/// As [`regions`] reads it.
pub(super) fn write_regions(regions: &[Region]) -> String {
    let number = |number: &Decimal| number.normalize().to_string();
    let one = |region: &Region| {
        let shape = match &region.shape {
            Shape::Rectangle { x, y, width, height } => {
                let numbers = [x, y, width, height].map(number);
                format!("{} {}", RECTANGLE[0], numbers.join(","))
            }
            Shape::Circle { x, y, radius, .. } => format!("{} {}", CIRCLE[0], [x, y, radius].map(number).join(",")),
            Shape::Polygon { points } => {
                let points: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", number(x), number(y))).collect();
                format!("{} {}", POLYGON[0], points.join(" "))
            }
        };
        format!("{shape} {}", key::escaped(&region.title))
    };
    regions.iter().map(one).collect::<Vec<_>>().join("；")
}
