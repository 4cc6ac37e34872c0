//! The rules of a contest in words.

use leitai::{
    rules::definition::read,
    words::{Language, explain},
};

use crate::definitions::project;

fn told(language: Language, text: &str) -> String {
    let read = read(text);
    let definition = read.definition.unwrap_or_else(|| panic!("{:?}", read.problems));
    explain::plain(&explain::explain(language, &definition, &read.problems))
}

fn says(text: &str, sentences: &[&str]) {
    for sentence in sentences {
        assert!(text.contains(sentence), "not said: {sentence}\n{text}");
    }
}

#[test]
fn a_speech_contest_as_a_person_would_say_it() {
    let text = project("contest-configs/speech.toml");
    says(
        &told(Language::En, &text),
        &[
            "A score appears only when the next entrant has finished.",
            "Panel “评委席”: 7 adjudicators, for 演讲内容, 语言表达, 形象风度, 综合效果.",
            "the highest and the lowest are dropped; highest and lowest are found by the totals of whole sheets; \
             the mean of the rest; the result is rounded to 2 digits (half-up)",
            "一等奖: to entrants; 10 % of all ranked (always away from zero); one prize each, the highest; \
             a tie on the last place: all get it, and the next award has fewer",
        ],
    );
    says(
        &told(Language::Zh, &text),
        &["评分组“评委席”：7 名评委", "去掉一个最高分和一个最低分", "其余取平均", "保留 2 位小数，四舍五入"],
    );
}

#[test]
fn a_knowledge_contest_as_a_person_would_say_it() {
    // Its windows are shipped as examples in remarks, as their days are over one day.
    let shipped = project("contest-configs/safety-quiz.toml");
    let text = ["# [[paper.window]]", "# opens", "# closes"]
        .iter()
        .fold(shipped, |text, remark| text.replace(remark, remark.trim_start_matches("# ")));
    says(
        &told(Language::Zh, &text),
        &[
            "“得分”：取自试卷“安全知识答题”的得分，不由人录入。",
            "从题库“safety”随机组卷，26 题 · 满分 100 分 · 限时 20 分钟：",
            "三、多选题；多选题 5 题，每题 4 分；多选题少选得该题分的 0.5，错选不得分",
            "答题时间：2026-06-01 08:00 至 2026-06-16 20:00，全体选手。",
            "答题次数：每天 1 次。",
            "答对 21 题以上为有效答卷。",
            "再乘以 min(1, 参与人数 ÷ 全单位人数的 80%)",
            "除以 20，不足 20 人的按 0 分补足",
        ],
    );
    says(
        &told(Language::En, &text),
        &[
            "Drawn at random from the bank “safety”, 26 items · 100 points at most · 20 minutes:",
            "Attempts: 1 a day.",
            "The best attempt counts; of equal points the one with less time.",
            "multiplied by min(1, participants ÷ 80% of the unit's heads)",
        ],
    );
}

#[test]
fn what_will_hurt_stands_at_the_end() {
    let text = project("tests/definitions/hurts.toml");
    let told = told(Language::Zh, &text);
    let (_, end) = told.split_once("当天会出问题的地方").unwrap();
    says(end, &["全部选手需要 20 小时，只安排了 8 小时", "同分规则没有说最后怎么办"]);
}

#[test]
fn no_rule_is_left_without_words() {
    let files = [
        "contest-configs/skills-welding.toml",
        "contest-configs/speech.toml",
        "contest-configs/safety-quiz.toml",
        "contest-configs/hazard-reports.toml",
        "contest-configs/ankang-year.toml",
        "tests/definitions/everything.toml",
    ];
    for file in files {
        for language in Language::ALL {
            let told = told(language, &project(file));
            assert!(!told.contains("explain-") && !told.contains(['\u{2068}', '\u{2069}']), "{file}: {told}");
            // A variable that was not handed over stands as `{$name}`.
            assert!(!told.contains("{$"), "{file}: {told}");
        }
    }
}

#[test]
fn ladders_as_a_person_would_say_them() {
    let text = project("tests/definitions/everything.toml");
    says(
        &told(Language::Zh, &text),
        &[
            "擂台：钳工擂台",
            "纪录有效期：到当季季末。",
            "到期后任何成绩都能攻下；擂主整整一期没有新纪录的，下降 1 名。",
            "分层级，自上而下席位为 1、3，最下一层不限",
            "停工和假期不计入期限，也不攻擂：国庆 2026-10-01 至 2026-10-01。",
            "本岗位禁止攻擂的时段，不计入以小时计的期限：22:00–06:00。",
            "60 天内允许 2 次，超过则下降 1 名",
            "前 3 名除外",
            "攻入第一层级者为“岗位明星”",
            "奖励每人每月一次",
            "挑战范围：第 2 名起可向上 2 名、第 6 名起可向上 3 名、第 9 名起可向上 4 名、第 16 名起可向上 5 名。",
            "被挑战后 72 小时内应战，应战后 14 天内出赛。",
            "每人每天最多攻擂 1 次，同时最多发起 3 场、应战 5 场。",
            "赛季：自 2026-01-01 起每 3 个月一季。",
        ],
    );
    says(
        &told(Language::En, &text),
        &[
            "Ladder: 讲解擂台",
            "A challenge is answered within 72 hours, and played within 14 days after that.",
            "When the other forfeits, the challenger rises one place and the other drops below.",
            "The next season begins with an empty ladder.",
        ],
    );
}

#[test]
fn collections_as_a_person_would_say_them() {
    let text = project("contest-configs/hazard-reports.toml");
    says(
        &told(Language::Zh, &text),
        &[
            "“积分”：取自征集“隐患随手拍”的积分，不由人录入。",
            "征集隐患，2026-01-01 00:00 至 2027-01-01 00:00。",
            "每件作品包括：内容（最多 300 字）、地点（必填）、照片 0 至 3 张。",
            "计分：提交 1 分、已采纳（一般隐患） 5 分、已采纳（重大隐患） 20 分、未采纳 0 分、重复 0 分、不实 -3 分；",
            "每人每天最多提交 10 件。",
            "每人每天前 3 件得分，其后的只扣不加。",
            "每人每月提交的作品最多得 100 分；扣分照扣。",
            "没有作品的人计 0 分。",
            "采纳的作品匿名评审：每件由 5 名评委打分，作者本单位的评委回避；60 至 100 分，以 1 为一档；\
             去掉 1 个最高分和 1 个最低分后取平均，保留 1 位小数，四舍五入。",
        ],
    );
    let text = project("tests/definitions/everything.toml");
    says(
        &told(Language::En, &text),
        &[
            "5 judges mark each, none of the author's unit",
            "the sum",
            "the middle mark",
            "are judged with their authors' names",
        ],
    );
}

#[test]
fn indicators_as_a_person_would_say_them() {
    let text = project("tests/definitions/everything.toml");
    says(
        &told(Language::Zh, &text),
        &[
            "一月：2026-01-01 至 2026-01-31，数据于 2026-02-05 前报送。",
            "m2：2026-02-01 至 2026-02-28，数据于 2026-02-28 前报送。",
            "不适用的指标不得分，也不折算。",
            "得分相同的，依次比较 产量 → 隐患排查；仍相同的名次并列。",
            "30 分；归口部门：生产部；计量单位：吨。",
            "目标值 100，文件另行下达的除外。",
            "得分 = 分值 × 完成率，完成率最低按 60%、最高按 110% 计。",
            "越少越好，完成率 = 目标 ÷ 实际",
            "功效系数法：得分 = 分值 × [60 + 40 ×（实际 − 10）÷（5 − 10）]%，最低按 40%、最高按 110% 计。",
            "功效系数法，按组内数据，越少越好：本周期本组最高的得 60%，最低的得 100%",
            "全组数据相同，或只有一个单位有数据时，都得分值的 80%。",
            "单位合并、分立、更名按文件，自生效日期所在或开始的周期起算",
            "100 及以下：每 1% 加 0.2 分",
            "目标为 0 时，有完成的加分值的 25%",
            "查实隐患：每次 +5 分",
            "false：每次 -3 分",
            "只在这些周期考核：m2。",
            "累计：各周期实际合计与目标合计相比，计一次分。",
        ],
    );
    says(
        &told(Language::En, &text),
        &[
            "From 95 to 105 all points; each 1 outside takes 0.5 away",
            "Reaching the target gives all points, otherwise 1.",
            "An inspection sheet of 50 points, in proportion.",
        ],
    );
}

#[test]
fn a_season_as_a_person_would_say_it() {
    let text = project("contest-configs/ankang-year.toml");
    says(
        &told(Language::Zh, &text),
        &[
            "各来源的成绩按单位对应到参赛者。",
            "取该竞赛的榜“teams-of-works”。",
            "满分 100 分。",
            "再乘以权重 0.4。",
            "按百分比计分：成绩 ÷ 同一张榜上的最好成绩 × 100，最多 100。",
            "最多计 20 分。",
            "从第一名起依次 20、16、13、11、10、9、8、7、6、5 分，其余各名次 2 分",
            "没有成绩的按其他来源的得分率折算（缺项折算）。",
            "第一季度：2026-01-01 至 2026-03-31。",
            "三星班组：不少于 60 分。",
            "每次最多升一级或降一级",
        ],
    );
    says(
        &told(Language::En, &text),
        &["By percentage: result ÷ 100 × 100, at most 100.", "Without a result there are 0 points."],
    );
}
