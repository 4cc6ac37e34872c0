//! The organizer's bank of items: what comes in, what is refused, who may, and taking it into use.

use leitai::app::people::Admin;

use crate::world::{Answer, Client, World};

const QUIZ: &str = include_str!("quiz.toml");
const CONTEST: &str = "/organizer/quiz";
const BANK: &str = "/organizer/quiz/bank/safety";
const HEAD: &str = "编号,题型,专业,难度,题干,材料,图片,选项A,选项B,选项C,选项D,答案,分数,解析";
const DRAWING: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 500\"><rect width=\"80\" height=\"50\"/></svg>";

/// An organizer whose contest has a paper that draws from the bank `safety`.
pub async fn begin() -> (World, Client) {
    let world = World::begin().await;
    world.account("zhanghua", Admin::No).await;
    let organizer = world.logged_in("zhanghua").await;
    let made = [("text", QUIZ), ("id", ""), ("do", "create")];
    organizer.uploads("/organizer/new", &made, ("file", "", b"")).await.leads_to("/organizer/quiz?said=created");
    (world, organizer)
}

pub async fn imports(organizer: &Client, confirm: &str, table: &str) -> Answer {
    organizer.uploads(&format!("{BANK}/import"), &[("confirm", confirm)], ("file", "题库.csv", table.as_bytes())).await
}

async fn pastes(organizer: &Client, confirm: &str, form: &str, text: &str) -> Answer {
    let fields = [("confirm", confirm), ("form", form), ("pasted", text)];
    organizer.uploads(&format!("{BANK}/import"), &fields, ("file", "", b"")).await
}

/// Items `q1` to `q{count}`, whose right option is 甲.
pub fn table(count: u32) -> String {
    let rows: Vec<String> = (1..=count).map(|n| row(n).join(",")).collect();
    format!("{HEAD}\n{}\n", rows.join("\n"))
}

fn row(n: u32) -> Vec<String> {
    let option = |sign: &str| format!("{sign}{n}");
    let texts = [
        format!("q{n}"),
        "单选题".into(),
        "法规".into(),
        "易".into(),
        format!("第{n}号规定要求什么（　）。"),
        String::new(),
        String::new(),
        option("甲"),
        option("乙"),
        option("丙"),
        option("丁"),
        "A".into(),
        "2".into(),
        format!("见第{n}号规定"),
    ];
    texts.to_vec()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thirty_mistakes_in_five_thousand_rows_and_nothing_is_taken() {
    let (_world, organizer) = begin().await;
    let mut rows: Vec<Vec<String>> = (1..=5_000).map(row).collect();
    let mut planted: Vec<(usize, String)> = Vec::new();
    for k in 0..30 {
        // Item `n` stands in row `n + 1`, below the headings.
        let n = 100 + 150 * k;
        let cells = &mut rows[n - 1];
        let fact = match k % 10 {
            0 => {
                cells[1] = "简答题".into();
                "没有“简答题”这种题型".to_owned()
            }
            1 => {
                cells[3] = "极难".into();
                "“极难”不是难度".into()
            }
            2 => {
                cells[4] = String::new();
                "没有题干".into()
            }
            3 => {
                cells[11] = "E".into();
                "答案是 E，但没有这个选项".into()
            }
            4 => {
                cells[11] = "AB".into();
                "单选题只能有一个答案".into()
            }
            5 => {
                cells[12] = "-1".into();
                "分数应大于 0".into()
            }
            6 => {
                cells[8] = String::new();
                "选项 B 是空的".into()
            }
            7 => {
                cells[8] = cells[7].clone();
                "出现了两次".into()
            }
            8 => {
                cells[0] = "q7".into();
                "编号“q7”在第 8 行已经用过".into()
            }
            _ => {
                for at in [4, 7, 8, 9, 10] {
                    cells[at] = row(9)[at].clone();
                }
                "与第 10 行是同一道题".into()
            }
        };
        planted.push((n + 1, fact));
    }
    let text = |rows: &[Vec<String>]| {
        let lines: Vec<String> = rows.iter().map(|cells| cells.join(",")).collect();
        format!("{HEAD}\n{}\n", lines.join("\n"))
    };
    let answer = imports(&organizer, "5000+0", &text(&rows)).await;
    answer.is(422).shows("有 30 处需要修改，一题也没有导入");
    let page = answer.text();
    for (row, fact) in &planted {
        let line = page.split("<tr>").find(|line| line.starts_with(&format!("<td class=\"number\">{row}</td>")));
        let line = line.unwrap_or_else(|| panic!("row {row} is not told"));
        assert!(line.contains(fact), "row {row}: {line}");
    }
    assert_eq!(page.matches("<tr><td class=\"number\">").count(), 30);
    organizer.opens(BANK).await.is(200).shows("题库里还没有试题");

    let right: Vec<Vec<String>> = (1..=5_000).map(row).collect();
    imports(&organizer, "", &text(&right)).await.is(200).shows("将增加 5000 题，修改 0 题，0 题没有变化");
    organizer.opens(BANK).await.shows("题库里还没有试题");
    imports(&organizer, "5000+0", &text(&right)).await.leads_to(&format!("{BANK}?said=bank-imported&count=5000"));
    organizer.opens(BANK).await.is(200).shows("找到 5000 题").shows("第1号规定要求什么");
    organizer.opens(&format!("{BANK}?q=4321")).await.shows("找到 1 题").shows("第4321号规定要求什么");
    organizer.opens(&format!("{BANK}?kind=multiple")).await.shows("找到 0 题");
    organizer.opens(&format!("{BANK}?difficulty=easy&subject=%E6%B3%95%E8%A7%84&page=100")).await.shows("第5000号");

    // One row of it is another item now; the others are as they were.
    let mut changed = right;
    changed[41][11] = "B".into();
    imports(&organizer, "", &text(&changed)).await.shows("将增加 0 题，修改 1 题，4999 题没有变化");
    imports(&organizer, "0+1", &text(&changed)).await.leads_to(&format!("{BANK}?said=bank-imported&count=1"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn text_gift_and_aiken_are_read() {
    let (_world, organizer) = begin().await;
    let plain = "1. 灭火器多久检查一次？（B）\nA．每天\nB．每月\nC．每年\n解析：每月一次。\n";
    pastes(&organizer, "", "guess", plain).await.is(200).shows("将增加 1 题").shows("灭火器多久检查一次");
    pastes(&organizer, "1+0", "guess", plain).await.leads_to(&format!("{BANK}?said=bank-imported&count=1"));
    pastes(&organizer, "", "guess", plain).await.is(422).shows("题库中已有这道题");
    let aiken = "What is worn at height?\nA. A scarf\nB. A harness\nANSWER: B\n";
    pastes(&organizer, "1+0", "aiken", aiken).await.leads_to(&format!("{BANK}?said=bank-imported&count=1"));
    let gift = "::T:: Water puts out burning oil. {FALSE}\n";
    pastes(&organizer, "1+0", "gift", gift).await.leads_to(&format!("{BANK}?said=bank-imported&count=1"));
    pastes(&organizer, "", "aiken", "What?\nA. One\nB. Two\n").await.is(422).shows("一题也没有导入");
    organizer.opens(BANK).await.shows("找到 3 题");
    pastes(&organizer, "", "guess", " ").await.is(422).shows("没有选择文件，也没有粘贴文本");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drawing_that_could_run_something_is_refused() {
    let (world, organizer) = begin().await;
    let path = format!("{BANK}/pictures");
    let sends = async |name: &str, text: &str| organizer.uploads(&path, &[], ("pictures", name, text.as_bytes())).await;
    let evil = DRAWING.replace("<rect", "<script>fetch('//example.org')</script><rect");
    sends("车间.svg", &evil).await.is(422).shows("不允许的内容：&lt;script&gt;").hides("<script>fetch");
    sends("车间.svg", &DRAWING.replace("<rect", "<rect onclick=\"x()\"")).await.is(422).shows("onclick");
    sends("车间.svg", &DRAWING.replace("<rect", "<image href=\"https://example.org/a.png\"/><rect")).await.is(422);
    sends("车间.png", DRAWING).await.is(422).shows("扩展名");
    sends("车间.svg", "").await.is(422).shows("没有选择文件");
    organizer.opens(&path).await.shows("还没有图片");
    sends("车间.svg", DRAWING).await.leads_to(&format!("{path}?said=bank-pictures&count=1"));
    organizer.opens(&path).await.is(200).shows("车间.svg");
    // Who prepares the bank sees it, and before a paper shows it nobody else does.
    let drawing = "/contests/quiz/items/pictures/%E8%BD%A6%E9%97%B4.svg";
    world.visitor().opens(drawing).await.leads_to(&format!("/login?to={}", drawing.replace('%', "%25")));
    let answer = organizer.opens(drawing).await;
    answer.is(200).shows("<rect");
    assert_eq!(answer.content_type, "image/svg+xml");

    // An item may show it, and none that is not there.
    let hazards = format!(
        "{HEAD}\nh1,隐患识别题,现场,中,找出图中的隐患。,车间里有一台设备,车间.svg,,,,,\"矩形 10,10,20,20 防护罩缺失\",5,\n"
    );
    imports(&organizer, "1+0", &hazards).await.leads_to(&format!("{BANK}?said=bank-imported&count=1"));
    organizer.opens(&format!("{BANK}/items/h1")).await.is(200).shows("防护罩缺失").shows("<rect x=\"10\"");
    imports(&organizer, "", &hazards.replace("车间.svg", "库房.svg")).await.is(422).shows("库房.svg");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bank_is_taken_into_use_and_said_to_be_small() {
    let (_world, organizer) = begin().await;
    organizer.opens(&format!("{CONTEST}/bank")).await.leads_to(BANK);
    imports(&organizer, "3+0", &table(3)).await.leads_to(&format!("{BANK}?said=bank-imported&count=3"));
    // A paper wants four items.
    organizer.opens(&format!("{BANK}/adopt")).await.is(200).shows("有的部分试题不够");
    imports(&organizer, "7+0", &table(10)).await.leads_to(&format!("{BANK}?said=bank-imported&count=7"));
    organizer
        .opens(&format!("{BANK}/adopt"))
        .await
        .shows("题库偏小")
        .shows("只有 10 题，不够 5 套不重样的卷子（20 题）")
        .hides("有的部分试题不够");
    organizer.opens(BANK).await.shows("尚未启用").shows("新增");
    let adopt = format!("{BANK}/adopt");
    organizer.posts(&adopt, &[]).await.leads_to(&format!("{BANK}?said=bank-adopted&count=10"));
    organizer.opens(BANK).await.shows("已启用").hides("新增").hides("没有启用");
    organizer.posts(&adopt, &[]).await.is(409);
    imports(&organizer, "10+0", &table(20)).await.leads_to(&format!("{BANK}?said=bank-imported&count=10"));
    organizer.opens(BANK).await.shows("有改动还没有启用").shows("新增");
    // Twenty are five papers of four.
    organizer.opens(&adopt).await.is(200).hides("题库偏小");
    organizer
        .posts(&format!("{BANK}/items/q20/remove"), &[])
        .await
        .leads_to(&format!("{BANK}?said=bank-removed&count=1"));
    organizer.opens(&format!("{BANK}/items/q20")).await.is(404);
    organizer.opens(&format!("{CONTEST}/trail")).await.shows("启用题库").shows("题库 safety：10 题");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bank_that_is_shipped_is_whole_and_large_enough() {
    let world = World::begin().await;
    world.account("zhanghua", Admin::No).await;
    let organizer = world.logged_in("zhanghua").await;
    let shipped = include_str!("../../contest-configs/safety-quiz.toml");
    let made = [("text", shipped), ("id", ""), ("do", "create")];
    organizer.uploads("/organizer/new", &made, ("file", "", b"")).await.leads_to("/organizer/safety-quiz?said=created");
    let bank = "/organizer/safety-quiz/bank/safety";
    let preview = organizer.posts(&format!("{bank}/shipped"), &[]).await;
    preview.is(200).shows("没有问题：将增加");
    let page = preview.text();
    let value = |name: &str| {
        let rest = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no {name}")).1;
        rest.split_once('"').expect("its end").0.to_owned()
    };
    let fields =
        [("carried", value("carried")), ("carried-form", value("carried-form")), ("confirm", value("confirm"))];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let count = fields[2].1.trim_end_matches("+0").to_owned();
    assert!(count.parse::<u32>().expect("a count") >= 120, "{count}");
    let taken = organizer.uploads(&format!("{bank}/import"), &fields, ("file", "", b"")).await;
    taken.leads_to(&format!("{bank}?said=bank-imported&count={count}"));
    organizer.opens(&format!("{bank}/adopt")).await.is(200).hides("有的部分试题不够");
    organizer.opens(&format!("{bank}/pictures")).await.is(200).shows("welding.svg").hides("还没有上传");
    let workbook = organizer.opens(&format!("{bank}/file/bank.xlsx")).await;
    assert_eq!(&workbook.is(200).bytes[..2], b"PK");
    // What went out comes in again as it is.
    let table = organizer.opens(&format!("{bank}/file/bank.csv")).await;
    let again = organizer.uploads(&format!("{bank}/import"), &[], ("file", "bank.csv", &table.is(200).bytes)).await;
    again.is(200).shows(&format!("将增加 0 题，修改 0 题，{count} 题没有变化"));
    let template = organizer.opens(&format!("{bank}/file/template.csv")).await;
    template.is(200).shows("示例-1").shows("隐患识别题");
    organizer.opens(&format!("{bank}/file/other.csv")).await.is(404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_organizers_of_the_contest_see_a_bank() {
    let (world, organizer) = begin().await;
    imports(&organizer, "10+0", &table(10)).await.leads_to(&format!("{BANK}?said=bank-imported&count=10"));
    world.account("lina", Admin::No).await;
    let other = world.logged_in("lina").await;
    let pages = ["", "/import", "/pictures", "/adopt", "/items/q1", "/file/bank.csv", "/file/template.xlsx"];
    for page in pages {
        other.opens(&format!("{BANK}{page}")).await.is(403).hides("号规定");
        let visitor = world.visitor().opens(&format!("{BANK}{page}")).await;
        assert!(visitor.status.is_redirection(), "{page}: {}", visitor.status);
    }
    other.posts(&format!("{BANK}/adopt"), &[]).await.is(403);
    other.posts(&format!("{BANK}/items/q1/remove"), &[]).await.is(403);
    imports(&other, "10+0", &table(20)).await.is(403);
    let drawing = ("pictures", "a.svg", DRAWING.as_bytes());
    other.uploads(&format!("{BANK}/pictures"), &[], drawing).await.is(403);
    organizer.opens("/organizer/quiz/bank/other").await.is(404);
    organizer.opens(BANK).await.shows("找到 10 题");
}
