//! Worked by hand; drawing against another program written from the words of the module that draws.

mod ending;
mod life;
mod places;

use rust_decimal::Decimal;

use super::{rules::Rules, *};
use crate::rules::{
    definition,
    draw::Seed,
    items::{Body, Difficulty, Face, Item, ItemKind},
    ledger::paper::DrawnItem,
};

const HEAD: &str = r#"
format = 1
[contest]
id = "quiz"
title = "安全知识竞赛"
[[stage]]
id = "quiz"
[[stage.aspect]]
id = "points"
kind = "imported"
max = 10
from-max = 10
paper = "daily"
[[stage.aspect]]
id = "time"
kind = "value"
paper = "daily"
reads = "seconds"
[[paper]]
id = "daily"
title = "每日一答"
bank = "safety"
minutes = 10
"#;

const PARTS: &str = r#"
[[paper.part]]
kind = "single"
count = 2
points = 2
[[paper.part]]
count = 2
points = 3
"#;

fn text(keys: &str, parts: &str) -> String {
    format!("{HEAD}{keys}{parts}")
}

fn rules(keys: &str) -> Rules {
    let read = definition::read(&text(keys, PARTS));
    read.definition.unwrap_or_else(|| panic!("{:?}", read.problems)).papers.remove(0)
}

/// Six single choices s0 to s5 with four options and four true or false t0 to t3.
fn bank(right: usize) -> Vec<Item> {
    let item = |id: String, body: Body| Item {
        stem: format!("题干 {id}"),
        id: Id::new(id),
        subject: None,
        difficulty: Difficulty::Easy,
        picture: None,
        points: None,
        explanation: Some("解析".to_owned()),
        body,
    };
    let options = || ["甲", "乙", "丙", "丁"].map(str::to_owned).to_vec();
    let singles = (0..6).map(|at| item(format!("s{at}"), Body::Single { options: options(), right }));
    let others = (0..4).map(|at| item(format!("t{at}"), Body::TrueFalse { right: right == 0 }));
    singles.chain(others).collect()
}

fn banked(items: &[Item]) -> Vec<BankedItem> {
    let one = |item: &Item| BankedItem {
        id: item.id.clone(),
        digest: item.digest(),
        kind: item.kind(),
        subject: item.subject.clone(),
        difficulty: item.difficulty,
        options: u32::try_from(item.shuffled()).unwrap(),
    };
    items.iter().map(one).collect()
}

fn seed() -> Seed {
    Seed::new(std::array::from_fn(|at| u8::try_from(at).unwrap()))
}

/// By a second program in another language, written from the words of the module.
#[test]
fn a_draw_can_be_repeated_by_anybody() {
    let items = drawn(&rules(""), &banked(&bank(0)), |_| false, &seed()).unwrap();
    let expected: [(u32, u8, [u8; 4]); 4] =
        [(1, 0, [0, 3, 2, 1]), (0, 1, [1, 3, 2, 0]), (3, 0, [3, 0, 2, 1]), (5, 1, [3, 2, 0, 1])];
    let expected = expected.map(|(item, part, order)| DrawnItem { item, part, order: order.to_vec() });
    assert_eq!(items, expected);
}

#[test]
fn void_items_and_too_small_banks() {
    let bank = banked(&bank(0));
    let is_single = |id: &Id| id.as_str().starts_with('s');
    assert_eq!(drawn(&rules(""), &bank, is_single, &seed()), Err(Lacking { part: 0, wants: 2, has: 0 }));
    assert_eq!(drawn(&rules(""), &bank[..3], |_| false, &seed()), Err(Lacking { part: 1, wants: 2, has: 1 }));
}

/// Two singles and two of any kind, five times: 10 singles; and of all 20.
#[test]
fn a_bank_smaller_than_five_papers_is_told() {
    let twice = |bank: Vec<BankedItem>| [bank.clone(), bank].concat();
    let ten = banked(&bank(0));
    let of = |part: usize, has: u32| Small { part: Some(part), wants: 10, has };
    assert_eq!(small(&rules(""), &ten), [of(0, 6)]);
    assert_eq!(small(&rules(""), &ten[6..]), [of(0, 0), of(1, 4)]);
    // 12 singles are enough for the first part, and 20 for all; one fewer is not.
    assert_eq!(small(&rules(""), &twice(ten.clone())), []);
    assert_eq!(small(&rules(""), &twice(ten)[..19]), [Small { part: None, wants: 20, has: 19 }]);
}

/// Two banks that differ in nothing but keys give faces of equal bytes.
#[test]
fn what_is_shown_tells_nothing_of_keys() {
    let shown = |right: usize| {
        let items = bank(right);
        let drawn = drawn(&rules(""), &banked(&items), |_| false, &seed()).unwrap();
        let face = |one: &DrawnItem| {
            let order: Vec<usize> = one.order.iter().map(|at| usize::from(*at)).collect();
            Face::new(&items[usize::try_from(one.item).unwrap()], &order, 10)
        };
        serde_json::to_string(&drawn.iter().map(face).collect::<Vec<_>>()).unwrap()
    };
    assert_eq!(shown(0), shown(3));
}

/// s1 and s3 are worth 2, s0 and s5 3: right, wrong, blank, void give 2 + 0 + 0 + 3.
#[test]
fn a_paper_is_the_sum_of_its_items() {
    use crate::rules::items::Answer;
    let items = bank(0);
    let drawn = drawn(&rules(""), &banked(&items), |_| false, &seed()).unwrap();
    let orders: Vec<Vec<usize>> =
        drawn.iter().map(|one| one.order.iter().map(|at| usize::from(*at)).collect()).collect();
    // s1 shows its right option (甲, 0) first; in s3 it stands second, and the first is given.
    let answers = [Some(Answer::Single(0)), None, Some(Answer::Single(0)), None];
    let saved: Vec<Saved<'_>> = (0..4)
        .map(|at| Saved {
            item: &items[usize::try_from(drawn[at].item).unwrap()],
            part: drawn[at].part,
            order: &orders[at],
            answer: answers[at].as_ref(),
            void: at == 3,
        })
        .collect();
    let (points, right, marked) = outcome(&rules(""), &saved).unwrap();
    assert_eq!((points, right), (Decimal::from(5), 2));
    assert_eq!(marked.iter().map(|one| one.blank).collect::<Vec<_>>(), [false, true, false, true]);
    assert_eq!(rules("").max(), Decimal::from(10));
    assert_eq!(items[0].kind(), ItemKind::Single);
}
