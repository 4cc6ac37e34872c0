//! Single items in the organizer's form, how they do in use, and wrong keys mended while the contest runs.

use futures_util::StreamExt as _;
use leitai::{
    app::{Actor, Clock, people::Admin},
    rules::{
        items::{Answer, Ask, Body, Difficulty, Item},
        ledger::Instant,
        names::{EntrantId, Id, PersonId},
    },
};

use crate::{
    bank::{begin, imports, table},
    quiz::{Quiz, START_MS},
    world::{Answer as Page, Client},
};

/// A kind, what is typed, and what is to be seen of it.
type Case<'c> = (&'c str, &'c [(&'c str, &'c str)], &'c str);
type Wrong<'c> = (&'c str, Vec<(&'c str, &'c str)>, &'c str);

const BANK: &str = "/organizer/quiz/bank/safety";
const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 500\"><rect/></svg>";

/// A paper asks all four items, two points each.
pub const FOUR: &str = r#"
format = 1
[contest]
id = "quiz"
title = "安全知识竞赛"
board = "names"
[entrants]
first-log-in = "phone-last4"
[[stage]]
id = "quiz"
[[stage.aspect]]
id = "points"
kind = "imported"
max = 8
paper = "daily"
[ranking]
ties = ["shared"]
[[paper]]
id = "daily"
title = "每日一答"
bank = "safety"
right-at-least = 3
after = "explained"
attempts = { most = 20 }
practice = true
shuffle-items = false
[[paper.part]]
count = 4
points = 2
"#;

async fn adds(organizer: &Client, kind: &str, fields: &[(&str, &str)]) -> Page {
    let mut all = vec![("kind", kind), ("difficulty", "easy"), ("do", "save")];
    all.extend(fields);
    organizer.posts(&format!("{BANK}/new"), &all).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_item_of_each_kind_through_the_form() {
    let (_world, organizer) = begin().await;
    let drawing = ("pictures", "车间.svg", DRAWING.as_bytes());
    organizer
        .uploads(&format!("{BANK}/pictures"), &[], drawing)
        .await
        .leads_to(&format!("{BANK}/pictures?said=bank-pictures&count=1"));
    organizer.opens(&format!("{BANK}/new")).await.is(200).shows("单选题").shows("隐患识别题").shows("?kind=find-fix");
    let of_kind: [Case<'_>; 9] = [
        (
            "single",
            &[("stem", "氧气瓶与明火的距离不小于（　）。"), ("option", "5 m"), ("option", "10 m"), ("tick", "1")],
            "10 m",
        ),
        (
            "multiple",
            &[
                ("stem", "高处作业应佩戴（　）。"),
                ("option", "安全帽"),
                ("tick", "0"),
                ("option", "围巾"),
                ("option", "安全带"),
                ("tick", "2"),
            ],
            "安全带",
        ),
        ("true-false", &[("stem", "可以用湿手拔插头。"), ("tick", "false")], "错"),
        (
            "fill-in",
            &[
                ("stem", "作业“三违”指违章指挥、____、____。"),
                ("key", "违章作业\r\n违反劳动纪律|违纪"),
                ("any-order", "yes"),
            ],
            "违反劳动纪律 / 违纪",
        ),
        ("number", &[("stem", "安全电压上限是多少伏？"), ("key", "36±0.5")], "35.5~36.5"),
        (
            "ordering",
            &[("stem", "停电作业的步骤"), ("option", "验电"), ("option", "停电"), ("option", "接地"), ("key", "BAC")],
            "停电",
        ),
        (
            "matching",
            &[("stem", "颜色与含义"), ("left", "红"), ("right", "禁止"), ("left", "黄"), ("right", "警告")],
            "黄 — 警告",
        ),
        (
            "find-fix",
            &[("stem", "找出错误。"), ("material", "两人抬物，步调不一，戴帽作业。"), ("key", "不一→一致")],
            "<del>不一</del>",
        ),
        (
            "hazards",
            &[
                ("stem", "找出隐患。"),
                ("picture", "车间.svg"),
                ("material", "车间里有一台设备"),
                ("key", "矩形 10,10,20,20 防护罩缺失\r\n圆 50,50,5 积油"),
            ],
            "积油",
        ),
    ];
    for (kind, fields, key) in of_kind {
        organizer.opens(&format!("{BANK}/new?kind={kind}")).await.is(200).shows("name=\"stem\"");
        // A preview keeps nothing.
        let mut preview = vec![("kind", kind), ("do", "preview")];
        preview.extend(fields);
        organizer
            .posts(&format!("{BANK}/new"), &preview)
            .await
            .is(200)
            .shows("尚未保存")
            .shows("职工看到的题面")
            .shows(key);
        organizer.opens(&format!("{BANK}/items/{kind}-001")).await.is(404);
        let item = format!("{BANK}/items/{kind}-001");
        adds(&organizer, kind, fields).await.leads_to(&format!("{item}?said=bank-item-added&count=1"));
        organizer.opens(&item).await.is(200).shows(key).shows("新增");
        // What the form shows of it is the item again.
        organizer.opens(&format!("{item}/edit")).await.is(200).shows("修改试题");
    }
    organizer.opens(BANK).await.shows("找到 9 题");
    // As a file, the bank is the same nine items.
    let bank = organizer.opens(&format!("{BANK}/file/bank.csv")).await;
    let again = organizer.uploads(&format!("{BANK}/import"), &[], ("file", "bank.csv", &bank.is(200).bytes)).await;
    again.is(200).shows("将增加 0 题，修改 0 题，9 题没有变化");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mistakes_are_told_at_their_fields_and_nothing_is_kept() {
    let (_world, organizer) = begin().await;
    let options = [("option", "甲"), ("option", "乙")];
    let stem = ("stem", "灭火器多久检查一次？");
    let cases: [Wrong<'_>; 9] = [
        ("single", [&options[..], &[("tick", "0")]].concat(), "没有题干"),
        ("single", [&[stem], &options[..], &[("tick", "3")]].concat(), "答案是 D，但没有这个选项"),
        ("multiple", vec![stem, ("option", "甲"), ("option", ""), ("option", "丙"), ("tick", "0")], "选项 B 是空的"),
        ("fill-in", vec![("stem", "____和____"), ("key", "甲")], "题干有 2 个空，答案有 1 个"),
        ("number", vec![stem, ("key", "一百")], "“一百”不是数值答案"),
        ("ordering", [&[stem], &options[..], &[("key", "A")]].concat(), ""),
        ("find-fix", vec![stem, ("material", "戴帽作业"), ("key", "摘帽→戴帽")], "摘帽"),
        ("hazards", vec![stem, ("material", "图"), ("picture", "库房.svg"), ("key", "圆 5,5,1 油")], "库房.svg"),
        ("single", [&[stem, ("id", "a b"), ("points", "-1")], &options[..], &[("tick", "0")]].concat(), "分数应大于 0"),
    ];
    for (kind, fields, fact) in cases {
        let answer = adds(&organizer, kind, &fields).await;
        answer.is(422).shows("没有保存").shows(fact).shows("class=\"error\"");
    }
    organizer.opens(BANK).await.shows("题库里还没有试题");

    // What was typed stands in the form; more room for options loses nothing.
    let typed = [&[stem], &options[..], &[("tick", "1")]].concat();
    let mut more = vec![("kind", "single"), ("do", "more")];
    more.extend(&typed);
    let page = organizer.posts(&format!("{BANK}/new"), &more).await;
    page.is(200).shows("灭火器多久检查一次？").shows("value=\"乙\"").shows("name=\"tick\" value=\"1\" checked");
    assert_eq!(page.text().matches("name=\"option\"").count(), 4);

    // The same question is known again, whatever its signs; the same stem with other options is asked about.
    adds(&organizer, "single", &typed).await.leads_to(&format!("{BANK}/items/single-001?said=bank-item-added&count=1"));
    let same = [&[("stem", "灭火器，多久检查一次")], &options[..], &[("tick", "1")]].concat();
    adds(&organizer, "single", &same).await.is(422).shows("题库中已有这道题，编号“single-001”");
    let other = vec![stem, ("option", "每天"), ("option", "每月"), ("tick", "1")];
    adds(&organizer, "single", &other)
        .await
        .is(200)
        .shows("题干与题库中“single-001”相同，选项不同")
        .shows("再次点“保存”");
    organizer.opens(BANK).await.shows("找到 1 题");
    let seen = [&other[..], &[("seen", "yes")]].concat();
    adds(&organizer, "single", &seen).await.leads_to(&format!("{BANK}/items/single-002?said=bank-item-added&count=1"));
    // An id is no way to change another item unseen.
    let taken = [&[("id", "single-001"), ("stem", "另一题")], &options[..], &[("tick", "0")]].concat();
    adds(&organizer, "single", &taken).await.is(422).shows("题库中已有编号“single-001”");
    organizer.posts(&format!("{BANK}/new"), &[("kind", "essay"), ("do", "save")]).await.is(400);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_item_is_changed_copied_and_not_overwritten_unseen() {
    let (world, organizer) = begin().await;
    imports(&organizer, "3+0", &table(3)).await.leads_to(&format!("{BANK}?said=bank-imported&count=3"));
    let edit = format!("{BANK}/items/q1/edit");
    let page = organizer.opens(&edit).await;
    let was = value(&page, "was");
    let fields = |stem: &'static str, was: &str| -> Vec<(&'static str, String)> {
        let mut fields = vec![("do", "save".to_owned()), ("was", was.to_owned()), ("stem", stem.to_owned())];
        fields.extend(["甲", "乙", "丙", "丁"].map(|option| ("option", option.to_owned())));
        fields.extend([("tick", "2".to_owned()), ("difficulty", "hard".to_owned()), ("points", String::new())]);
        fields
    };
    let posts = async |fields: Vec<(&'static str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
        organizer.posts(&edit, &fields).await
    };
    posts(fields("第一号规定是什么？", &was))
        .await
        .leads_to(&format!("{BANK}/items/q1?said=bank-item-changed&count=1"));
    organizer.opens(&format!("{BANK}/items/q1")).await.shows("第一号规定是什么？").shows("难").hides("第1号规定要求");
    // A second window still has the old one open.
    posts(fields("别的题", &was)).await.is(422).shows("已被别人改动").shows("别的题");
    organizer.opens(&format!("{BANK}/items/q1")).await.shows("第一号规定是什么？");
    organizer.opens(&format!("{BANK}/new?from=q1")).await.is(200).shows("第一号规定是什么？").hides("value=\"q1\"");

    world.account("lina", Admin::No).await;
    let other = world.logged_in("lina").await;
    for page in ["/new", "/new?kind=single", "/items/q1/edit", "/items/q1/mend"] {
        other.opens(&format!("{BANK}{page}")).await.is(403);
    }
    other.posts(&format!("{BANK}/new"), &[("kind", "true-false"), ("do", "save")]).await.is(403);
    other.posts(&edit, &[("do", "save")]).await.is(403);
    other.posts(&format!("{BANK}/items/q1/mend"), &[("way", "void"), ("reason", "x"), ("do", "mend")]).await.is(403);
}

/// The value of a hidden field.
fn value(page: &Page, name: &str) -> String {
    let text = page.text();
    let rest = text.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no {name}: {text}")).1;
    rest.split_once('"').expect("its end").0.to_owned()
}

/// 甲 is right.
pub fn item(at: u32) -> Item {
    Item {
        id: Id::new(format!("q{at}")),
        subject: None,
        difficulty: Difficulty::Easy,
        stem: format!("第 {at} 题"),
        picture: None,
        points: None,
        explanation: None,
        body: Body::Single { options: ["甲", "乙", "丙", "丁"].map(str::to_owned).to_vec(), right: 0 },
    }
}

/// Running, with a bank of exactly one paper; and an administrator at the desk.
pub async fn four() -> (Quiz, Client) {
    let quiz = Quiz::begin(FOUR, Clock::by_hand(Instant(START_MS)), (1..=4).map(item).collect()).await;
    quiz.world.account("zhanghua", Admin::Yes).await;
    let organizer = quiz.world.logged_in("zhanghua").await;
    (quiz, organizer)
}

/// A whole paper: for q1 to q4 the option that is ticked, `-` for none.
pub async fn sits(quiz: &Quiz, who: &str, ticks: &str, practice: bool) {
    let (app, contest, entrant) = (&quiz.world.app, &quiz.contest, EntrantId::new(who));
    let worker = Actor { person: PersonId::new(who), administrator: false, entrant: Some(entrant.clone()) };
    let paper = app.start_paper(contest, &worker, &Id::new("daily"), practice, None).await.expect("a paper");
    let sheet = app.paper(contest, &entrant, &paper).await.expect("open");
    for face in &sheet.faces {
        let at: usize = face.item.as_str()[1..].parse().expect("a number");
        let tick = ticks.chars().nth(at - 1).expect("a tick");
        let Ask::Single { options } = &face.ask else { panic!("{face:?}") };
        let Some(place) = options.iter().position(|option| option.starts_with(tick)) else { continue };
        let (id, answer) = (&face.item, Answer::Single(place));
        let saved = app.save_answer(contest, &entrant, &paper, id, Some(&answer), id.as_str()).await;
        saved.expect("saved");
    }
    app.hand_in(contest, &worker, &paper).await.expect("handed in");
}

/// Names in the order of the board that anybody sees.
async fn board(quiz: &Quiz) -> Vec<&'static str> {
    let text = quiz.world.visitor().opens("/contests/quiz").await.is(200).text();
    let mut places: Vec<(usize, &str)> =
        ["张伟", "王芳", "李娜"].into_iter().filter_map(|name| Some((text.find(name)?, name))).collect();
    places.sort_unstable();
    places.into_iter().map(|(_, name)| name).collect()
}

/// Each new board comes with a frame on the socket.
async fn becomes(quiz: &Quiz, wanted: impl Fn(&[&str]) -> bool) {
    let address = quiz.world.address.replace("http://", "ws://");
    let (mut frames, _) =
        tokio_tungstenite::connect_async(format!("{address}/ws/contests/quiz/board")).await.expect("a socket");
    let look = async {
        while !wanted(&board(quiz).await) {
            frames.next().await.expect("a frame").expect("a frame");
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), look).await.expect("the board follows");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_key_moves_the_board_and_the_trail_says_why() {
    let (quiz, organizer) = four().await;
    sits(&quiz, "W1", "甲甲甲甲", false).await;
    sits(&quiz, "W2", "甲甲甲乙", false).await;
    sits(&quiz, "W3", "甲乙乙甲", false).await;
    // 8, 6 and 4 points.
    assert_eq!(board(&quiz).await, ["张伟", "王芳", "李娜"]);
    let (item, mend) = (format!("{BANK}/items/q4"), format!("{BANK}/items/q4/mend"));
    // Papers were drawn with it: it is not changed, not even by who knows the address.
    organizer.opens(&item).await.is(200).shows("作废或更正答案").hides("修改试题");
    organizer.opens(&format!("{item}/edit")).await.is(409);
    let edited = [("do", "save"), ("stem", "别的题"), ("option", "甲"), ("option", "乙"), ("tick", "0")];
    organizer.posts(&format!("{item}/edit"), &edited).await.is(409);

    let key = |reason: &'static str, tick: &'static str| [("way", "key"), ("tick", tick), ("reason", reason)];
    organizer.opens(&mend).await.is(200).shows("第 4 题").shows("更正答案").shows("作废试题");
    organizer.posts(&mend, &key(" ", "1")).await.is(422).shows("请写明理由");
    organizer.posts(&mend, &key("复核", "0")).await.is(422).shows("答案与现在相同");
    organizer.posts(&mend, &key("复核", "7")).await.is(422).shows("没有这个选项");
    // By 乙: 6, 8 and 2 points. Nothing has happened yet.
    let preview = organizer.posts(&mend, &key("规程第 4 条已修订", "1")).await;
    preview.is(200).shows("8 分 → <strong>6 分").shows("6 分 → <strong>8 分").shows("4 分 → <strong>2 分");
    preview.shows("1 → <strong>2</strong>").shows("2 → <strong>1</strong>").shows("张伟").shows("规程第 4 条已修订");
    assert_eq!(board(&quiz).await, ["张伟", "王芳", "李娜"]);
    let mut confirmed = key("规程第 4 条已修订", "1").to_vec();
    confirmed.push(("do", "mend"));
    organizer.posts(&mend, &confirmed).await.leads_to(&format!("{item}?said=bank-mended&count=3"));
    becomes(&quiz, |names| names == ["王芳", "张伟", "李娜"]).await;
    organizer.opens(&format!("{item}?said=bank-mended&count=3")).await.is(200).shows("已写入记录").shows("已启用");
    organizer.opens(BANK).await.hides("有改动").hides("没有生效");
    organizer.posts(&mend, &confirmed).await.is(422).shows("答案与现在相同");
    let trail = organizer.opens("/organizer/quiz/trail").await;
    trail.is(200).shows("规程第 4 条已修订").shows("q4");
    // The next paper is marked by the new key.
    sits(&quiz, "W3", "甲甲甲乙", false).await;
    becomes(&quiz, |names| names[2] == "张伟").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_void_item_gives_everybody_its_points() {
    let (quiz, organizer) = four().await;
    sits(&quiz, "W1", "甲甲甲甲", false).await;
    sits(&quiz, "W2", "甲甲乙乙", false).await;
    // Two right are no valid paper before, three after.
    let mend = format!("{BANK}/items/q4/mend");
    let void = [("way", "void"), ("reason", "题干有歧义"), ("do", "preview")];
    let preview = organizer.posts(&mend, &void).await;
    preview.is(200).shows("4 分 → <strong>6 分").shows("0 → <strong>1</strong>").hides("张伟");
    let mut confirmed = void;
    confirmed[2].1 = "mend";
    organizer.posts(&mend, &confirmed).await.leads_to(&format!("{BANK}/items/q4?said=bank-mended&count=1"));
    organizer.opens(&format!("{BANK}/items/q4")).await.is(200).shows("已作废").hides("作废或更正答案");
    organizer.opens("/organizer/quiz/trail").await.shows("题干有歧义");
    organizer.posts(&mend, &confirmed).await.is(409);
    // Three of four are left: no paper of four.
    organizer.opens(&format!("{BANK}/adopt")).await.shows("有的部分试题不够");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn use_is_counted_without_practice() {
    let (quiz, organizer) = four().await;
    organizer.opens(BANK).await.is(200).hides("区分度");
    // Ten papers of 6 and of 4 points. q1: always right; q2: by the better five; q3: by the others.
    for _ in 0..5 {
        sits(&quiz, "W1", "甲甲乙甲", false).await;
        sits(&quiz, "W2", "甲乙甲-", false).await;
    }
    sits(&quiz, "W3", "乙乙乙乙", true).await;
    let page = organizer.opens(&format!("{BANK}/items/q2")).await;
    // Five of ten right; all of the best three, none of the worst three.
    page.is(200).shows("使用情况").shows("50 %").shows("<dd>1</dd>");
    page.shows("<td>A 甲 <span class=\"tick\" aria-label=\"正确\">✓</span></td><td class=\"number\">5</td>");
    page.shows("<td>B 乙</td><td class=\"number\">5</td>").shows("<td>C 丙</td><td class=\"number\">0</td>");
    // Those who know get it wrong: its key deserves a look.
    organizer.opens(&format!("{BANK}/items/q3")).await.shows("-1").shows("请核对答案");
    organizer.opens(&format!("{BANK}/items/q1")).await.shows("100 %").shows("偏低");
    let list = organizer.opens(&format!("{BANK}?sort=least")).await;
    let text = list.is(200).shows("区分度").text();
    let at = |id: &str| text.find(&format!("<code>{id}</code>")).unwrap_or_else(|| panic!("{id}"));
    assert!(at("q3") < at("q1") && at("q1") < at("q2"), "{text}");
    // One more paper is counted at once.
    sits(&quiz, "W3", "乙乙甲乙", false).await;
    organizer.opens(&format!("{BANK}/items/q2")).await.shows("45.5 %");
}
