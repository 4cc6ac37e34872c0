//! Made-up people: entrant lists as a spreadsheet would have them, and the names of judges.

use std::fmt::Write as _;

use super::dice::Dice;

const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马",
    "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾",
    "彭", "吕",
];
const MEN: &[&str] = &[
    "建国", "志强", "伟", "磊", "勇", "军", "明", "永刚", "海涛", "国庆", "浩然", "子轩", "文博", "晓东", "立新",
    "大鹏",
];
const WOMEN: &[&str] = &[
    "芳", "秀英", "丽", "静", "敏", "艳", "玉兰", "雪梅", "婷", "晓燕", "海霞", "欣怡", "佳慧", "春花", "思雨", "文静",
];
pub(super) const BRANCHES: &[(&str, &[&str])] = &[
    ("一公司", &["焊接车间", "结构车间"]),
    ("二公司", &["铆焊车间", "维修车间"]),
    ("三公司", &["管道车间", "总装车间"]),
    ("四公司", &["钢构车间", "检修车间"]),
];
/// Nobody's phone begins so.
const MADE_UP: &str = "1000000";
pub(super) const GROUP: &str = "滨江装备集团";

/// Every unit of the tree, as paths.
pub(super) fn units() -> Vec<String> {
    let mut units = vec![GROUP.to_owned()];
    for (branch, workshops) in BRANCHES {
        units.push(format!("{GROUP}/{branch}"));
        units.extend(workshops.iter().map(|workshop| format!("{GROUP}/{branch}/{workshop}")));
    }
    units
}

/// An entrant list as CSV, in the columns that an import knows.
pub(super) fn entrants(count: u32, prefix: &str, dice: &mut Dice) -> String {
    let mut list = "编号,姓名,单位,代表队,性别,出生日期\n".to_owned();
    let mut taken = Vec::new();
    for position in 0..count {
        let (branch, workshops) = BRANCHES[position as usize % BRANCHES.len()];
        let workshop = workshops[(position as usize / BRANCHES.len()) % workshops.len()];
        let woman = dice.roll(4) == 0;
        let name = new_name(woman, &mut taken, dice);
        let gender = if woman { "女" } else { "男" };
        let (year, month, day) = (1975 + dice.roll(27), 1 + dice.roll(12), 1 + dice.roll(28));
        let _ = writeln!(
            list,
            "{prefix}{:03},{name},{GROUP}/{branch}/{workshop},{branch}代表队,{gender},{year}-{month:02}-{day:02}",
            position + 1
        );
    }
    list
}

/// A list of workers, with employee numbers and phones: what somebody needs to come in.
pub(super) fn workers(count: u32, dice: &mut Dice) -> String {
    let mut list = "编号,工号,姓名,单位,手机\n".to_owned();
    let mut taken = Vec::new();
    for position in 0..count {
        let (branch, workshops) = BRANCHES[position as usize % BRANCHES.len()];
        let workshop = workshops[(position as usize / BRANCHES.len()) % workshops.len()];
        let name = new_name(dice.roll(3) == 0, &mut taken, dice);
        let (number, phone) = (100_201 + position * 7, dice.roll(10_000));
        let _ = writeln!(list, "W{:03},{number},{name},{GROUP}/{branch}/{workshop},{MADE_UP}{phone:04}", position + 1);
    }
    list
}

/// Whether it is one of the phones that [`workers`] gives.
pub(super) fn is_made_up(phone: &str) -> bool {
    phone.starts_with(MADE_UP)
}

/// So many different names, for judges.
pub(super) fn names(count: usize, dice: &mut Dice) -> Vec<String> {
    let mut taken = Vec::new();
    (0..count).map(|_| new_name(dice.roll(3) == 0, &mut taken, dice)).collect()
}

fn new_name(woman: bool, taken: &mut Vec<String>, dice: &mut Dice) -> String {
    loop {
        let given = if woman { WOMEN } else { MEN };
        let name = format!("{}{}", pick(SURNAMES, dice), pick(given, dice));
        if !taken.contains(&name) {
            taken.push(name.clone());
            return name;
        }
    }
}

fn pick<'t>(from: &[&'t str], dice: &mut Dice) -> &'t str {
    usize::try_from(dice.roll(from.len() as u64)).map_or("", |place| from[place])
}
