//! Pasted text, GIFT and Aiken.

use super::*;

fn items(source: &str, form: TextForm) -> Vec<Item> {
    let read = text(source, form);
    assert_eq!(told(&read.problems), [""; 0]);
    read.take().unwrap()
}

const PASTED: &str = "安全知识题库

一、单选题（每题1分，共2题）
1. 我国安全生产工作的方针是（B）。
A．生产第一
B．安全第一、预防为主、
综合治理
C．效益优先
解析：《安全生产法》第三条。
难度：易

2、自动体外除颤器（AED）的作用是什么？
A、除颤；B、测血压；C、输液
答案：A
二、多项选择题
3．从业人员有权（ＡＢ）
Ａ．拒绝违章指挥　Ｂ．停止作业  C. 旷工
三、判断题
第4题 漏电保护器每月试跳一次。（√）
5. 高处作业高度是1.5米。
【答案】错
四、填空题
6. 先（　）、再（　）。
答案：通风；检测
7. 【数值题】间距不小于多少米？
答案：5
";

#[test]
fn a_pasted_text_is_read_as_people_write_it() {
    let items = items(PASTED, TextForm::Pasted);
    assert_eq!(TextForm::guess(PASTED), TextForm::Pasted);
    let bodies: Vec<&Body> = items.iter().map(|item| &item.body).collect();
    assert_eq!(
        bodies,
        [
            &Body::Single {
                options: list(&["生产第一", "安全第一、预防为主、\n综合治理", "效益优先"]), right: 1
            },
            &Body::Single { options: list(&["除颤", "测血压", "输液"]), right: 0 },
            &Body::Multiple { options: list(&["拒绝违章指挥", "停止作业", "旷工"]), right: vec![0, 1] },
            &Body::TrueFalse { right: true },
            &Body::TrueFalse { right: false },
            &Body::FillIn { blanks: vec![list(&["通风"]), list(&["检测"])], any_order: false },
            &Body::Number { from: dec("5"), to: dec("5") },
        ]
    );
    let stems: Vec<&str> = items.iter().map(|item| item.stem.as_str()).collect();
    assert_eq!(
        stems,
        [
            // The key is taken out of the stem.
            "我国安全生产工作的方针是（　）。",
            "自动体外除颤器（AED）的作用是什么？",
            "从业人员有权（　）",
            "漏电保护器每月试跳一次。",
            "高处作业高度是1.5米。",
            "先____、再____。",
            "间距不小于多少米？",
        ]
    );
    assert_eq!(items[0].explanation.as_deref(), Some("《安全生产法》第三条。"));
    assert_eq!((items[0].difficulty, items[1].difficulty), (Difficulty::Easy, Difficulty::Medium));
    let ids: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(
        ids,
        ["single-001", "single-002", "multiple-001", "true-false-001", "true-false-002", "fill-in-001", "number-001"]
    );
}

#[test]
fn mistakes_in_a_pasted_text_have_their_lines() {
    let read = text(
        "1. 哪个对？\nA. 甲\nB. 乙\n\n2. 哪个对呢？\nA. 甲\nB. 乙\n答案：C\n\n3. 对吗？\n答案：大概\n4. 哪个对？\nA. 乙 B. 甲\n答案：A\n1. 哪 个 对\nA. 甲 B. 乙\n答案：B\n",
        TextForm::Pasted,
    );
    assert_eq!(
        told(&read.problems),
        [
            "第 1 行：看不出题型。请写出答案，或在题目前加一行题型，例如“一、单选题”。",
            "第 5 行：答案是 C，但没有这个选项。请改正答案或补上选项。",
            "第 10 行：看不出题型。请写出答案，或在题目前加一行题型，例如“一、单选题”。",
            "第 15 行：与第 12 行是同一道题。请删除其中一行。",
        ]
    );
    assert_eq!(read.take(), None);
    assert_eq!(told(&text("随便一段话", TextForm::Pasted).problems), ["没有找到试题。"]);
}

const GIFT: &str = r"// a comment
$CATEGORY: $course$/安全/用电

::Q1:: [plain]电气设备着火\: 用什么灭火？ {
  =二氧化碳 # 对
  ~清水 # 会导电

  ~泡沫
  #### 水和泡沫导电。
}

漏电保护器每月试跳一次。{T#好}

安全色是 {~%50%红 ~%50%黄 ~%-100%紫}

燃烧需要可燃物、助燃物和 {=点火源 =火源} 。

间距多少米？{#5:0.5}

频率多少？{#100..120}

连线 {=红 -> 禁止 =黄 -> 注意 =蓝 -> 指令}

$CATEGORY: 消防
1\=1 对吗？{FALSE}
";

#[test]
fn gift_is_read() {
    let items = items(GIFT, TextForm::Gift);
    assert_eq!(TextForm::guess(GIFT), TextForm::Gift);
    let pair = |left: &str, right: &str| (left.to_owned(), right.to_owned());
    let bodies: Vec<&Body> = items.iter().map(|item| &item.body).collect();
    assert_eq!(
        bodies,
        [
            &Body::Single { options: list(&["二氧化碳", "清水", "泡沫"]), right: 0 },
            &Body::TrueFalse { right: true },
            &Body::Multiple { options: list(&["红", "黄", "紫"]), right: vec![0, 1] },
            &Body::FillIn { blanks: vec![list(&["点火源", "火源"])], any_order: false },
            &Body::Number { from: dec("4.5"), to: dec("5.5") },
            &Body::Number { from: dec("100"), to: dec("120") },
            &Body::Matching { pairs: vec![pair("红", "禁止"), pair("黄", "注意"), pair("蓝", "指令")] },
            &Body::TrueFalse { right: false },
        ]
    );
    assert_eq!(items[0].stem, "电气设备着火: 用什么灭火？");
    assert_eq!(items[0].explanation.as_deref(), Some("水和泡沫导电。"));
    assert_eq!(items[3].stem, "燃烧需要可燃物、助燃物和____。");
    assert_eq!(items[7].stem, "1=1 对吗？");
    let subjects: Vec<Option<&str>> = items.iter().map(|item| item.subject.as_deref()).collect();
    assert_eq!((subjects[0], subjects[7]), (Some("用电"), Some("消防")));
}

#[test]
fn what_gift_cannot_say_here_is_refused() {
    let read = text("写一写。{}\n\n只是一段说明。\n\n没有括号 {=甲 ~乙\n\n", TextForm::Gift);
    let more = text("[html]<p>题</p>{T}\n\n多个数 {#=1 =2}\n\n都不对 {~甲 ~乙}\n\n哪个？{=甲 ~甲}\n", TextForm::Gift);
    assert_eq!(
        told(&read.problems),
        [
            "第 1 行：问答题不能自动评分，不能导入。请删除这道题。",
            "第 3 行：没有答案。请在“{”和“}”之间写出答案。",
            "第 5 行：没有找到与“{”对应的“}”。请补上。",
        ]
    );
    assert_eq!(
        told(&more.problems),
        [
            "第 1 行：不支持 HTML 格式的题目。请导出为纯文本。",
            "第 3 行：一道数值题只能有一个答案或范围。",
            "第 5 行：没有正确的选项。请在正确选项前写“=”。",
            "第 7 行：“甲”出现了两次。请改成不同的内容。",
        ]
    );
}

#[test]
fn aiken_is_read() {
    let source = "哪一个对？\nA. 甲\nB) 乙\nANSWER: B\n\n哪些对？\nA. 甲\nB. 乙\nC. 丙\nANSWER: A,C\n";
    assert_eq!(TextForm::guess(source), TextForm::Aiken);
    let items = items(source, TextForm::Aiken);
    assert_eq!(items[0].body, Body::Single { options: list(&["甲", "乙"]), right: 1 });
    assert_eq!(items[1].body, Body::Multiple { options: list(&["甲", "乙", "丙"]), right: vec![0, 2] });
    assert_eq!(items[1].stem, "哪些对？");
    let read =
        text("甲？\nA. 子\nB. 丑\nD. 寅\nANSWER: A\n乙？\nA. 子\nB. 丑\nANSWER: E\n丙？\nA. 子\n", TextForm::Aiken);
    assert_eq!(
        told(&read.problems),
        [
            "第 4 行：“D. 寅”不是接下来的选项，也不是“ANSWER:”。选项应按 A. B. C. 的顺序各写一行。",
            "第 6 行：答案是 E，但没有这个选项。请改正答案或补上选项。",
            "第 10 行：没有“ANSWER:”这一行。请补上答案。",
        ]
    );
}
