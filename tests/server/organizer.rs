//! The organizer prepares a contest: a definition, units, a list out of a file, lots; and who may not.

use leitai::app::people::Admin;
use sha2::{Digest as _, Sha256};

use crate::world::{Client, World};

const WELDING: &str = include_str!("../../contest-configs/skills-welding.toml");
const CONTEST: &str = "/organizer/skills-welding";
const HEAD: &str = "编号,姓名,单位,出生日期,性别\n";
const THREE: &str = "W001,张伟,集团/一公司,1991-05-04,男\nW002,王芳,集团/二公司,1995-11-30,女\n\
                     W003,李娜,集团/一公司,1988-02-29,女\n";

/// An organizer with a welding contest.
async fn begin() -> (World, Client) {
    let world = World::begin().await;
    world.account("zhanghua", Admin::No).await;
    let organizer = world.logged_in("zhanghua").await;
    creates(&organizer, WELDING, "").await.leads_to("/organizer/skills-welding?said=created");
    (world, organizer)
}

async fn creates(organizer: &Client, text: &str, id: &str) -> crate::world::Answer {
    organizer.uploads("/organizer/new", &[("text", text), ("id", id), ("do", "create")], ("file", "", b"")).await
}

async fn imports(organizer: &Client, confirm: &str, list: &str) -> crate::world::Answer {
    let fields = [("confirm", confirm), ("reason", "")];
    organizer.uploads(&format!("{CONTEST}/entrants/import"), &fields, ("file", "名单.csv", list.as_bytes())).await
}

/// A contest with units and three entrants.
async fn with_entrants() -> (World, Client) {
    let (world, organizer) = begin().await;
    let units = "集团/一公司\n集团/二公司/焊接车间";
    organizer.posts(&format!("{CONTEST}/units"), &[("units", units)]).await.leads_to(&at("units?said=units&count=4"));
    imports(&organizer, "3+0", &format!("{HEAD}{THREE}")).await.leads_to(&at("entrants?said=entrants&count=3"));
    (world, organizer)
}

fn at(page: &str) -> String {
    format!("{CONTEST}/{page}")
}

/// What stands between two texts, the first time.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("no `{before}` in\n{text}")).1;
    rest.split_once(after).unwrap_or_else(|| panic!("no `{after}` after `{before}`")).0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_definition_is_checked_and_its_text_stays() {
    let world = World::begin().await;
    world.account("zhanghua", Admin::No).await;
    let organizer = world.logged_in("zhanghua").await;
    organizer.opens("/organizer").await.is(200).shows("还没有竞赛");
    organizer.opens("/organizer/new").await.is(200).shows("skills-welding.toml");
    organizer.opens("/organizer/new?file=skills-welding.toml").await.is(200).shows("2026年职工焊工技能大赛");
    organizer.opens("/organizer/new?file=../Cargo.toml").await.is(404);

    // `titel` stands in line 4.
    let wrong = "format = 1\n[contest]\nid = \"a\"\ntitel = \"甲\"\n";
    let answer = creates(&organizer, wrong, "").await;
    answer.is(422).shows("第 4 行第 1 列").shows("titel").shows("id=\"line-4\"").shows("titel = &quot;甲&quot;");
    organizer.opens("/organizer").await.shows("还没有竞赛");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_contest_is_made_once_under_its_address() {
    let (_world, organizer) = begin().await;
    organizer.opens("/organizer").await.is(200).shows("2026年职工焊工技能大赛").shows("准备中");
    organizer.opens("/organizer/skills-welding?said=created").await.is(200).shows("竞赛已建立").shows("导入选手名单");
    creates(&organizer, WELDING, "").await.is(422).shows("已经有竞赛在用");
    creates(&organizer, WELDING, "a/b").await.is(422).shows("网址名只能用");
    creates(&organizer, WELDING, "welding-2").await.leads_to("/organizer/welding-2?said=created");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_organizers_of_the_contest_come_in() {
    let (world, organizer) = begin().await;
    world.account("lisi", Admin::No).await;
    world.account("root", Admin::Yes).await;
    let stranger = world.logged_in("lisi").await;
    let pages =
        ["", "/definition", "/definition.toml", "/units", "/entrants", "/entrants.xlsx", "/lots", "/entrants/import"];
    for page in pages {
        stranger.opens(&format!("{CONTEST}{page}")).await.is(403).hides("焊工");
        world.visitor().opens(&format!("{CONTEST}{page}")).await.leads_to(&format!("/login?to={CONTEST}{page}"));
    }
    stranger.opens("/organizer").await.is(200).hides("焊工");
    stranger.posts(&at("units"), &[("units", "敌")]).await.is(403);
    world.logged_in("root").await.opens(CONTEST).await.is(200).shows("焊工");
    let elsewhere = [("units", "集团")];
    organizer.posts_from("http://evil.example", &at("units"), &elsewhere).await.is(403).shows("来源不符");
    organizer.opens(&at("units")).await.is(200).shows("还没有单位").hides("敌");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_text_adopted_comes_back_byte_for_byte() {
    let (_world, organizer) = begin().await;
    let answer = organizer.opens(&at("definition.toml")).await;
    assert_eq!(answer.is(200).bytes, WELDING.as_bytes());
    let changed = WELDING.replace("2026年职工焊工技能大赛", "2026年青年焊工技能大赛");
    let fields = [("text", changed.as_str()), ("do", "adopt")];
    let page = at("definition");
    organizer.uploads(&page, &fields, ("file", "", b"")).await.leads_to(&at("definition?said=adopted&count=0"));
    assert_eq!(organizer.opens(&at("definition.toml")).await.bytes, changed.as_bytes());
    organizer.uploads(&page, &fields, ("file", "", b"")).await.is(422).shows("没有可采用的修改");
    organizer.opens("/organizer").await.shows("2026年青年焊工技能大赛");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_with_entrants_cannot_be_removed() {
    let (_world, organizer) = with_entrants().await;
    organizer.opens(&at("units")).await.is(200).shows("焊接车间").shows("3 人").shows("2 人");
    let answer = organizer.posts(&at("units"), &[("units", "集团/一公司")]).await;
    answer.is(422).shows("这些单位还有选手").shows("集团/二公司").shows(">\n集团/一公司</textarea>");
    let added = [("below", "集团/一公司"), ("name", "机修车间")];
    organizer.posts(&at("units/add"), &added).await.leads_to(&at("units?said=units&count=5"));
    organizer.opens(&at("units")).await.shows("机修车间");
    let sheet = "一级,二级,三级\n集团,三公司,\n,,电焊班\n";
    let answer = organizer.uploads(&at("units/import"), &[], ("file", "单位.csv", sheet.as_bytes())).await;
    answer.is(200).shows("读到 2 个新单位").shows("集团/三公司/电焊班");
    organizer.opens(&at("units")).await.hides("三公司");
}

/// Three mistakes, each with its row: 出生日期 that is no date, 性别 that is none, a name that is missing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_with_mistakes_is_refused_row_by_row_and_nothing_is_taken() {
    let (_world, organizer) = begin().await;
    let wrong = format!(
        "{HEAD}W001,张伟,,1991-05-44,男\nW002,王芳,,1995-11-30,不详\nW003,,,1988-02-29,女\nW004,赵敏,,1990-01-01,女\n"
    );
    let answer = imports(&organizer, "4+0", &wrong).await;
    let text = answer.is(422).shows("有 3 处需要修改，一行也没有导入").text();
    let table = between(&text, "<tbody>", "</tbody>");
    let rows: Vec<&str> = table.split("</tr>").filter(|row| row.contains("<td")).collect();
    assert_eq!(rows.len(), 3, "{table}");
    for (row, (number, column)) in rows.iter().zip([("2", "出生日期"), ("3", "性别"), ("4", "姓名")]) {
        assert!(row.contains(&format!(">{number}</td>")) && row.contains(column), "{row}");
    }
    organizer.opens(&at("entrants")).await.shows("还没有选手").hides("赵敏");

    let right = wrong.replace("05-44", "05-04").replace("不详", "女").replace("W003,,", "W003,李娜,");
    imports(&organizer, "", &right).await.is(200).shows("将增加 4 名，修改 0 名").shows("赵敏");
    organizer.opens(&at("entrants")).await.shows("还没有选手");
    imports(&organizer, "4+0", &right).await.leads_to(&at("entrants?said=entrants&count=4"));
    let list = organizer.opens(&at("entrants")).await;
    list.is(200).shows("张伟").shows("王芳").shows("李娜").shows("赵敏").shows("共 4 名");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_file_twice_changes_nothing_and_a_confirmation_carries_it() {
    let (_world, organizer) = with_entrants().await;
    let list = format!("{HEAD}{THREE}");
    imports(&organizer, "0+0", &list)
        .await
        .is(200)
        .shows("将增加 0 名，修改 0 名，3 名没有变化")
        .hides("name=\"carried\"");
    let more = format!("{}W004,赵敏,集团/一公司,1990-01-01,女\n", list.replace("李娜", "李娜娜"));
    let text = imports(&organizer, "", &more).await.is(200).shows("将增加 1 名，修改 1 名，2 名没有变化").text();
    let carried = between(&text, "name=\"carried\" value=\"", "\"");
    let fields = [("carried", carried), ("confirm", "1+1"), ("reason", "更正姓名")];
    let page = at("entrants/import");
    organizer.uploads(&page, &fields, ("none", "", b"")).await.leads_to(&at("entrants?said=entrants&count=2"));
    organizer.opens(&at("entrants?q=李娜")).await.shows("李娜娜").shows("共 1 名");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_template_is_a_workbook_and_so_is_the_list() {
    let (_world, organizer) = with_entrants().await;
    for file in ["entrants/template.xlsx", "entrants.xlsx"] {
        let answer = organizer.opens(&at(file)).await;
        assert!(answer.is(200).bytes.starts_with(b"PK"), "{file}");
        assert!(answer.content_type.contains("spreadsheetml"), "{file}");
    }
    let exported = organizer.opens(&at("entrants.xlsx")).await.bytes;
    let book = leitai::files::sheets::read(&exported).expect("a workbook");
    let text = format!("{book:?}");
    for name in ["张伟", "王芳", "李娜", "W001"] {
        assert!(text.contains(name), "{name} in {text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_entrant_is_added_changed_and_withdrawn_by_hand() {
    let (_world, organizer) = with_entrants().await;
    organizer.opens(&at("entrants/new")).await.is(200).shows("增加选手");
    let mut fields = vec![("name", "孙丽"), ("birth-date", "昨天"), ("unit", "集团/二公司"), ("gender", "女")];
    let answer = organizer.posts(&at("entrants/new"), &fields).await;
    answer.is(422).shows("昨天").shows("aria-invalid=\"true\"").shows("没有保存").shows("value=\"孙丽\"");
    fields[1].1 = "1993-03-08";
    fields.push(("entrant", "W001"));
    organizer.posts(&at("entrants/new"), &fields).await.is(422).shows("这个编号已有选手使用");
    fields[4].1 = "W009";
    organizer.posts(&at("entrants/new"), &fields).await.leads_to(&at("entrants?said=entrants&count=1"));
    organizer.opens(&at("entrants/W009")).await.is(200).shows("value=\"孙丽\"").shows("1993-03-08");
    fields[0].1 = "孙莉";
    organizer.posts(&at("entrants/W009"), &fields).await.leads_to(&at("entrants?said=entrant-changed&count=1"));
    organizer.opens(&at("entrants")).await.shows("孙莉").hides("孙丽").shows("共 4 名");
    organizer.posts(&at("entrants/W009/withdraw"), &[("reason", " ")]).await.is(422).shows("请写明理由");
    let withdrawn = organizer.posts(&at("entrants/W009/withdraw"), &[("reason", "出差")]).await;
    withdrawn.leads_to(&at("entrants?said=withdrawn&count=1"));
    organizer.opens(&at("entrants?q=W009")).await.shows("已弃权");
    organizer.opens(&at("entrants/W404")).await.is(404);
}

/// The steps that the page tells, done by hand: SHA-256 in counter mode and Fisher–Yates.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draw_can_be_repeated_from_what_the_page_tells() {
    let (_world, organizer) = with_entrants().await;
    let whose = [("event", ""), ("group", "")];
    organizer.posts(&at("lots/draw"), &whose).await.is(404);
    organizer.posts(&at("lots/commit"), &whose).await.leads_to(&at("lots?said=committed&count=0"));
    let before = organizer.opens(&at("lots")).await.text();
    let digest = between(&before, "<code class=\"checksum\">", "</code>").to_owned();
    organizer.posts(&at("lots/draw"), &whose).await.leads_to(&at("lots?said=drawn&count=3"));
    let after = organizer.opens(&at("lots")).await.text();
    let seed = between(&after, "<code class=\"checksum\">", "</code>");
    let seed = data_encoding::HEXLOWER.decode(seed.as_bytes()).expect("hex");
    assert_eq!(data_encoding::HEXLOWER.encode(&Sha256::digest(&seed)), digest);

    let rest = after.split_once("抽签名").expect("the draw's name").1;
    let label = between(rest, "<code class=\"checksum\">", "</code>");
    let key = Sha256::new().chain_update(&seed).chain_update(label).finalize();
    let block = Sha256::new().chain_update(key).chain_update(0_u64.to_be_bytes()).finalize();
    let mut words = block.chunks(8).map(|bytes| u64::from_be_bytes(bytes.try_into().expect("8 bytes")));
    let mut order = ["W001", "W002", "W003"];
    for last in [2_usize, 1] {
        // 2⁶⁴ is so near a multiple of 2 and 3 that passing over a word would be a wonder.
        let other = words.next().expect("a word") % (last as u64 + 1);
        order.swap(last, usize::try_from(other).expect("small"));
    }
    let table = between(&after, "<tbody>", "</tbody>");
    let places: Vec<usize> = order.iter().map(|entrant| table.find(entrant).expect("is listed")).collect();
    assert!(places.is_sorted(), "{order:?} in {table}");
    assert!(organizer.opens(&at("lots.pdf")).await.is(200).bytes.starts_with(b"%PDF"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lots_drawn_by_hand_need_a_witness_and_every_number_once() {
    let (_world, organizer) = with_entrants().await;
    let page = at("lots/hand");
    organizer.opens(&page).await.is(200).shows("王芳").shows("见证人");
    let mut fields = vec![("event", ""), ("group", ""), ("n.W001", "7"), ("n.W002", "7"), ("n.W003", "x")];
    let answer = organizer.posts(&page, &fields).await;
    answer
        .is(422)
        .shows("有 3 处需要修改")
        .shows("号码与前面的选手重复")
        .shows("手工抽签需要一位见证人")
        .shows("value=\"x\"");
    organizer.opens(&at("lots")).await.shows("3 名没有抽签号");
    fields[3].1 = "2";
    fields[4].1 = "1";
    fields.push(("witness", "工会李主席"));
    organizer.posts(&page, &fields).await.leads_to(&at("lots?said=drawn&count=3"));
    let page = organizer.opens(&at("lots")).await;
    let text = page.shows("抽签号齐全").shows("见证人：工会李主席").text();
    let table = between(&text, "<tbody>", "</tbody>");
    let places: Vec<usize> = ["李娜", "王芳", "张伟"].iter().map(|name| table.find(name).expect("is listed")).collect();
    assert!(places.is_sorted(), "by number: {table}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_labor_competition_is_offered_with_its_own_desk() {
    let (_world, organizer) = begin().await;
    organizer.opens("/organizer/new").await.is(200).shows("quarterly-labor");
    let text = include_str!("../../contest-configs/quarterly-labor.toml");
    creates(&organizer, text, "").await.leads_to("/organizer/quarterly-labor?said=created");
    let desk = organizer.opens("/organizer/quarterly-labor/figures").await;
    desk.is(200).shows("三月").shows("尚未开放").shows("还没有人负责的指标").shows("产量（生产部）");
    desk.shows("一票否决").hides("/organizer/quarterly-labor/lots");
    organizer.opens("/organizer/skills-welding/figures").await.is(404);
    organizer.opens("/organizer/skills-welding").await.is(200).hides("/organizer/skills-welding/vetoes");
}
