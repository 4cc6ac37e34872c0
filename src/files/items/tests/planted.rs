//! A bank of 5,000 rows with mistakes of 34 sorts, one each.

use super::*;

const ROWS: u32 = 5_000;

/// A right row: columns 编号 题型 题干 材料 图片 选项A–D 答案 分数, parted by tabs.
fn row(at: u32) -> String {
    match at % 9 {
        0 => format!("\t单选题\t第{at}题：哪一个对？\t\t\t甲{at}\t乙{at}\t丙\t丁\tC\t1"),
        1 => format!("\t多选题\t第{at}题：哪些对？\t\t\t甲\t乙\t丙\t丁{at}\tA,C\t2"),
        2 => format!("\t判断题\t第{at}题对吗？\t\t\t\t\t\t\t√\t0.5"),
        3 => format!("\t填空题\t第{at}题：____和____。\t\t\t\t\t\t\t甲|乙；丙{at}\t2"),
        4 => format!("\t数值题\t第{at}题：多少？（单位：m）\t\t\t\t\t\t\t{at}±2\t"),
        5 => format!("\t排序题\t第{at}题：排序。\t\t\t甲\t乙\t丙\t丁\tBDAC\t"),
        6 => format!("\t匹配题\t第{at}题：连线。\t\t\t甲=子\t乙=丑{at}\t\t\t\t"),
        7 => {
            format!("\t查找改错题\t找出错误。\t第{at}条：可以离开，应当卧放。\t\t\t\t\t\t可以→不得；卧放→直立|立放\t3")
        }
        _ => format!(
            "\t隐患识别题\t点出隐患。\t第{at}处车间。\twelding.svg\t\t\t\t\t矩形 1,2,30,40 甲；圆 80,80,5 乙\t3"
        ),
    }
}

/// Wrong rows, each beside what is told of it.
fn planted() -> Vec<(&'static str, &'static str)> {
    vec![
        (
            "\t论述题\t甲一\t\t\t\t\t\t\t略\t",
            "“题型”（B 列）：没有“论述题”这种题型。可填：单选题、多选题、判断题、填空题、数值题、排序题、匹配题、查找改错题、隐患识别题。",
        ),
        ("\t\t甲二\t\t\t\t\t\t\t对\t", "“题型”（B 列）：没有填写。"),
        ("\t判断题\t\t\t\t\t\t\t\t对\t", "“题干”（C 列）：没有题干。请填写。"),
        ("\t判断题\t甲四\t\t\t\t\t\t\t\t", "“答案”（J 列）：没有填写。"),
        ("\t判断题\t甲五\t\t\t\t\t\t\t对\t两", "“分数”（K 列）：“两”不是数字。请只填数字。"),
        ("\t判断题\t甲六\t\t\t\t\t\t\t对\t0", "“分数”（K 列）：分数应大于 0，不超过 1000。"),
        (
            "a b\t判断题\t甲七\t\t\t\t\t\t\t对\t",
            "“编号”（A 列）：“a b”不能作编号。编号只能用文字、数字和 - _ .，最多 60 个字。",
        ),
        ("same\t判断题\t甲八\t\t\t\t\t\t\t对\t", "“编号”（A 列）：编号“same”在第 2 行已经用过。请改成不同的编号。"),
        ("\t判断题\t第 一 行 的 题\t\t\t\t\t\t\t错\t", "“题干”（C 列）：与第 2 行是同一道题。请删除其中一行。"),
        (
            "\t判断题\t题库里的题？\t\t\t\t\t\t\t错\t",
            "“题干”（C 列）：题库中已有这道题（编号“old-1”）。请删除这一行；若要修改，请填上这个编号。",
        ),
        ("\t单选题\t甲十一\t\t\t子\t丑\t\t\t子\t", "“答案”（J 列）：答案“子”不是选项字母。请填写字母，例如 B 或 ABD。"),
        (
            "\t单选题\t甲十二\t\t\t子\t丑\t\t\tAB\t",
            "“答案”（J 列）：单选题只能有一个答案，这里是“AB”。请改正答案，或把题型改为多选题。",
        ),
        ("\t多选题\t甲十三\t\t\t子\t丑\t\t\tABA\t", "“答案”（J 列）：答案中 A 写了两次。请删去一个。"),
        ("\t单选题\t甲十四\t\t\t子\t丑\t\t\tD\t", "“答案”（J 列）：答案是 D，但没有这个选项。请改正答案或补上选项。"),
        ("\t单选题\t甲十五\t\t\t子\t\t\t\tA\t", "“选项A”（F 列）：选项太少。至少要 2 个。"),
        ("\t单选题\t甲十六\t\t\t子\t丑\t子\t\tA\t", "“选项A”（F 列）：“子”出现了两次。请改成不同的内容。"),
        (
            "\t单选题\t甲十七\t\t\t子\t\t丑\t\tA\t",
            "“选项B”（G 列）：选项 B 是空的，后面却还有选项。请填写或把后面的选项前移。",
        ),
        ("\t判断题\t甲十八\t\t\t\t\t\t\t也许\t", "“答案”（J 列）：判断题的答案“也许”不明确。请填“对”或“错”。"),
        ("\t填空题\t甲十九\t\t\t\t\t\t\t子\t", "“题干”（C 列）：题干中没有空。请用四个下划线 ____ 表示一个空。"),
        (
            "\t填空题\t甲二十____\t\t\t\t\t\t\t子；丑\t",
            "“答案”（J 列）：题干有 1 个空，答案有 2 个。每个空的答案之间用“；”分开。",
        ),
        (
            "\t填空题\t甲廿一____\t\t\t\t\t\t\t子||丑\t",
            "“答案”（J 列）：第 1 个空的答案是空的。请填写，或删去多余的“|”。",
        ),
        (
            "\t数值题\t甲廿二\t\t\t\t\t\t\t5米\t",
            "“答案”（J 列）：“5米”不是数值答案。请填写 50、50±2 或 48~52，单位写在题干里。",
        ),
        ("\t数值题\t甲廿三\t\t\t\t\t\t\t52~48\t", "“答案”（J 列）：下限大于上限。请写成“小~大”。"),
        ("\t数值题\t甲廿四\t\t\t\t\t\t\t5±-1\t", "“答案”（J 列）：误差不能小于 0。请写成 50±2 的样子。"),
        ("\t排序题\t甲廿五\t\t\t子\t丑\t寅\t\tBA\t", "“答案”（J 列）：答案应把每个选项各写一次，例如 BDAC。"),
        ("\t匹配题\t甲廿六\t\t\t子=一\t丑二\t\t\t\t", "“选项B”（G 列）：选项 B 没有“=”。匹配题的选项写成“左边=右边”。"),
        (
            "\t查找改错题\t甲廿七\t可以离开。\t\t\t\t\t\t能够→不得\t",
            "“答案”（J 列）：“材料”中没有“能够”。请写与原文一字不差的错词。",
        ),
        (
            "\t查找改错题\t甲廿八\t可以走，可以停。\t\t\t\t\t\t可以→不得\t",
            "“答案”（J 列）：“可以”在“材料”中出现 2 次。请写长一些，或写成“可以#2→正词”表示第 2 次。",
        ),
        (
            "\t查找改错题\t甲廿九\t可以停。\t\t\t\t\t\t可以→可以\t",
            "“答案”（J 列）：第 1 处改正后与原文相同。请写出正确的词。",
        ),
        ("\t查找改错题\t甲三十\t\t\t\t\t\t\t可以→不得\t", "“材料”（D 列）：没有原文。请在“材料”中填写要改错的文字。"),
        (
            "\t隐患识别题\t甲卅一\t一处。\twelding.svg\t\t\t\t\t方块 1,2 子\t",
            "“答案”（J 列）：看不懂区域“方块 1,2 子”。请写成“矩形 x,y,宽,高 名称”“圆 x,y,半径 名称”或“多边形 x1,y1 x2,y2 x3,y3 名称”。",
        ),
        (
            "\t隐患识别题\t甲卅二\t二处。\twelding.svg\t\t\t\t\t矩形 90,90,20,5 子\t",
            "“答案”（J 列）：第 1 个区域超出图片，或没有面积。数值是占图片宽、高的百分比，0 到 100。",
        ),
        (
            "\t隐患识别题\t甲卅三\t三处。\tnone.svg\t\t\t\t\t矩形 1,1,20,5 子\t",
            "“图片”（E 列）：没有名为“none.svg”的图片。请先上传这张图片，或改正文件名。",
        ),
        (
            "\t判断题\t甲卅\u{200b}四\t\t\t\t\t\t\t对\t",
            "“题干”（C 列）：含有看不见的字符 U+200B。请删除后重新输入这一格。",
        ),
    ]
}

fn bank() -> Vec<Item> {
    let rows = sheet(&["old-1\t判断题\t题库里的题。\t\t\t\t\t\t\t对\t"]);
    read_with(rows.as_bytes(), &[]).take().unwrap()
}

#[test]
fn each_mistake_is_told_with_its_row_and_nothing_is_taken() {
    let first = "same\t判断题\t第一行的题。\t\t\t\t\t\t\t对\t".to_owned();
    let right: Vec<String> = std::iter::once(first).chain((1..ROWS).map(row)).collect();
    let planted = planted();
    assert!(planted.len() >= 30);
    let mut wrong = right.clone();
    let mut expected = Vec::new();
    for (nth, (text, fact)) in planted.iter().enumerate() {
        // Spread over the bank; row 1 is the heading.
        let at = 100 + nth * 139;
        (*text).clone_into(&mut wrong[at]);
        expected.push(format!("第 {} 行，{fact}", at + 2));
    }
    let rows = |rows: &[String]| sheet(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let imported = read_with(rows(&wrong).as_bytes(), &bank());
    assert_eq!(told(&imported.problems), expected);
    assert_eq!(imported.rows.len(), 5_000 - planted.len());
    assert!(imported.problems.iter().all(|problem| !problem.say(Language::En).contains("items-")));
    assert_eq!(imported.take(), None);

    let corrected = read_with(rows(&right).as_bytes(), &bank());
    assert_eq!(told(&corrected.problems), [""; 0]);
    assert_eq!(corrected.count(Change::New), 5_000);
    assert_eq!(corrected.take().map(|items| items.len()), Some(5_000));
}
