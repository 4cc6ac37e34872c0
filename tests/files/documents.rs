//! Certificates read back.

use std::{
    collections::BTreeSet,
    io::{Cursor, Read},
    path::Path,
    sync::Mutex,
};

use jiff::civil::date;
use leitai::{
    files::documents::{Certificate, Fonts, IN_ONE_MAX, Output, Problem, Template, Winner, certificates},
    words::Language,
};

use crate::printed::Printed;

fn certificate(name: &str, number: usize) -> Certificate {
    Certificate {
        language: "zh-CN".to_owned(),
        winner: Winner::Person(name.to_owned()),
        unit: Some("第一机械厂焊接车间".to_owned()),
        contest: "2026年职工焊工技能大赛".to_owned(),
        event: Some("焊工".to_owned()),
        group: Some("职工组".to_owned()),
        award: "一等奖".to_owned(),
        confers: None,
        date: date(2026, 5, 1),
        serial: format!("LT-2026-{number:04}"),
        check_url: format!("https://sai.example.cn/c/LT-2026-{number:04}"),
        issuers: vec!["市总工会".to_owned(), "市人力资源和社会保障局".to_owned()],
    }
}

fn print(all: &[Certificate], output: Output) -> Result<Vec<u8>, Vec<Problem>> {
    certificates(Fonts::system().unwrap(), &Template::shipped(), all, output, &|_, _| ())
}

#[test]
fn forty_certificates_are_one_document_of_forty_pages() {
    let all: Vec<_> = (1..=40).map(|number| certificate(&format!("职工{number:02}号"), number)).collect();
    let steps = Mutex::new(Vec::new());
    let pdf = certificates(Fonts::system().unwrap(), &Template::shipped(), &all, Output::One, &|done, of| {
        steps.lock().unwrap().push((done, of));
    });
    let printed = Printed::new(&pdf.unwrap());
    assert_eq!(printed.pages(), 40);
    let text = printed.text();
    for one in &all {
        assert!(text.contains(&format!("{}同志", one.winner.name())), "{}", one.winner.name());
        assert!(text.contains(&one.serial), "{}", one.serial);
    }
    assert!(text.contains("二〇二六年五月一日"));
    assert_eq!(steps.into_inner().unwrap(), [(0, 40), (40, 40)]);
    assert_eq!(printed.codes(17), BTreeSet::from(["https://sai.example.cn/c/LT-2026-0017".to_owned()]));
}

#[test]
fn forty_certificates_are_forty_files() {
    let all: Vec<_> = (1..=40).map(|number| certificate("王芳", number)).collect();
    let steps = Mutex::new(Vec::new());
    let zip = certificates(Fonts::system().unwrap(), &Template::shipped(), &all, Output::Each, &|done, of| {
        steps.lock().unwrap().push((done, of));
    });
    let mut zip = zip::ZipArchive::new(Cursor::new(zip.unwrap())).unwrap();
    assert_eq!(zip.len(), 40);
    assert_eq!(steps.into_inner().unwrap(), (0..=40).map(|done| (done, 40)).collect::<Vec<_>>());
    for (index, name) in [(0, "LT-2026-0001 王芳.pdf"), (39, "LT-2026-0040 王芳.pdf")] {
        let mut pdf = Vec::new();
        let mut file = zip.by_index(index).unwrap();
        assert_eq!(file.name().unwrap(), name);
        file.read_to_end(&mut pdf).unwrap();
        let printed = Printed::new(&pdf);
        assert_eq!(printed.pages(), 1);
        let number = format!("https://sai.example.cn/c/{}", all[index].serial);
        assert_eq!(printed.codes(1), BTreeSet::from([number]));
    }
}

#[test]
fn too_many_for_one_file_is_said_before_any_work() {
    let all = vec![certificate("王芳", 1); IN_ONE_MAX + 1];
    let problems = print(&all, Output::One).unwrap_err();
    assert_eq!(problems, [Problem::TooMany { given: IN_ONE_MAX + 1, most: IN_ONE_MAX }]);
    assert!(problems[0].say(Language::En).contains("2001"), "{}", problems[0].say(Language::En));
}

#[test]
fn names_in_a_zip_are_safe_on_every_file_system() {
    let all = [certificate("../王:芳*?", 1), certificate("CON", 2), certificate("a\\b|c", 3)];
    let zip = print(&all, Output::Each).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    for (index, name) in
        ["LT-2026-0001 .._王_芳__.pdf", "LT-2026-0002 CON.pdf", "LT-2026-0003 a_b_c.pdf"].iter().enumerate()
    {
        assert_eq!(zip.by_index(index).unwrap().name().unwrap(), *name);
    }
}

#[test]
fn rare_characters_and_dots_print_right() {
    // 𬭎 is U+2CB4E, of extension E; the dots are those that people type between a given name and a father's name.
    let names = ["李𬭎", "阿卜杜·热合曼", "阿卜杜•热合曼", "阿卜杜・热合曼", "㛃䶮", "José Núñez"];
    let all: Vec<_> = names.iter().enumerate().map(|(number, name)| certificate(name, number)).collect();
    let text = Printed::new(&print(&all, Output::One).unwrap()).text();
    for name in names {
        assert!(text.contains(&name.replace(' ', "")), "{name} in {text}");
    }
}

#[test]
fn what_the_fonts_cannot_draw_blocks_and_is_named() {
    let private = certificate("王\u{E86B}", 7);
    let unassigned = Certificate { unit: Some("\u{2FFFF}厂".to_owned()), ..certificate("赵丽", 8) };
    let turned = certificate("张\u{202E}三", 9);
    let problems = print(&[certificate("王芳", 1), private, unassigned, turned], Output::Each).unwrap_err();
    let found = problems.iter().map(|problem| match problem {
        Problem::CannotDraw { whose, text, characters } => (whose.as_str(), text.as_str(), characters.as_slice()),
        other => panic!("{other}"),
    });
    let found: Vec<_> = found.collect();
    assert_eq!(
        found,
        [
            ("王\u{E86B} (LT-2026-0007)", "王\u{E86B}", &['\u{E86B}'][..]),
            ("赵丽 (LT-2026-0008)", "\u{2FFFF}厂", &['\u{2FFFF}'][..]),
            ("张\u{202E}三 (LT-2026-0009)", "张\u{202E}三", &['\u{202E}'][..]),
        ]
    );
    assert!(problems[0].to_string().contains("U+E86B"), "{}", problems[0]);
}

#[test]
fn a_decomposed_name_prints_composed() {
    let text = Printed::new(&print(&[certificate("Jose\u{301}", 1)], Output::One).unwrap()).text();
    assert!(text.contains("José") || text.contains("Jose\u{301}"), "{text}");
}

#[test]
fn names_are_never_read_as_markup() {
    let names = [
        "#panic(1)",
        "$x^2$",
        "*粗*",
        "\"引\"",
        "\\引",
        "[方括]",
        "_下_",
        "//注释",
        "<标签>",
        "@引用",
        "= 标题",
        "`代码`",
    ];
    let all: Vec<_> = names.iter().enumerate().map(|(number, name)| certificate(name, number)).collect();
    let text = Printed::new(&print(&all, Output::One).unwrap()).text();
    for name in names {
        assert!(text.contains(&name.replace(' ', "")), "{name} in {text}");
    }
}

#[test]
fn long_texts_stay_on_their_page() {
    let long = Certificate {
        unit: Some("中国某某集团有限责任公司西北分公司第三工程建设项目部焊接与无损检测联合作业车间第二班组".to_owned()),
        contest: "2026年全国职工职业技能大赛暨第十二届全国石油石化系统焊接与无损检测综合技能竞赛总决赛".to_owned(),
        award: "全国职工职业技能大赛团体优秀组织奖".to_owned(),
        confers: Some("授予“全国技术能手”“五一劳动奖章”称号".to_owned()),
        issuers: ["中华全国总工会", "人力资源和社会保障部", "中国能源化学地质工会全国委员会"]
            .map(str::to_owned)
            .to_vec(),
        ..certificate("阿卜杜热西提·买买提吐尔逊·阿卜杜克里木", 1)
    };
    let team = Certificate { winner: Winner::Team("焊接一队".to_owned()), unit: None, ..certificate("", 2) };
    let english = Certificate {
        language: "en".to_owned(),
        unit: Some("First Machine Works".to_owned()),
        contest: "Welding Skills Contest 2026".to_owned(),
        event: Some("Welding".to_owned()),
        group: None,
        award: "First Prize".to_owned(),
        issuers: vec!["City Federation of Trade Unions".to_owned()],
        ..certificate("Wang Fang", 3)
    };
    let all = [long, team, certificate("王芳", 4)];
    let printed = Printed::new(&print(&all, Output::One).unwrap());
    assert_eq!(printed.pages(), all.len());
    let foreign = Printed::new(&print(std::slice::from_ref(&english), Output::One).unwrap());
    assert_eq!(foreign.pages(), 1);
    let texts = [printed.text(), foreign.text()];
    for (one, text) in all.iter().zip(std::iter::repeat(&texts[0])).chain([(&english, &texts[1])]) {
        assert!(text.contains(&one.contest.replace(' ', "")), "{text}");
    }
    assert!(texts[0].contains("王芳同志："), "{}", texts[0]);
    assert!(texts[0].contains("焊接一队：") && !texts[0].contains("焊接一队同志"), "{}", texts[0]);
}

#[test]
fn templates_on_disk_are_opened_with_their_parts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("contest-configs/templates");
    let all = [certificate("王芳", 1)];
    for (file, title) in [("skills.typ", "荣誉证书"), ("speech.typ", "获奖证书")] {
        let template = Template::open(&folder.join(file)).unwrap();
        let pdf = certificates(Fonts::system().unwrap(), &template, &all, Output::One, &|_, _| ()).unwrap();
        let text = Printed::new(&pdf).text();
        assert!(text.contains(title) && text.contains("王芳同志："), "{text}");
    }
    let missing = Template::open(&folder.join("nonesuch.typ")).unwrap_err();
    assert!(matches!(&missing, Problem::File { file, .. } if file.ends_with("nonesuch.typ")), "{missing}");
}

#[test]
fn a_document_says_what_it_is() {
    let printed = Printed::new(&print(&[certificate("王芳", 1)], Output::One).unwrap());
    assert_eq!(printed.about("Title"), "2026年职工焊工技能大赛 荣誉证书");
    assert!(printed.about("Author").contains("市总工会"));
    assert_eq!(printed.about("Creator"), "Leitai");
}

#[test]
fn problems_of_a_template_have_a_place() {
    let set = |template: Template| {
        certificates(Fonts::system().unwrap(), &template, &[certificate("王芳", 1)], Output::One, &|_, _| ())
            .unwrap_err()
    };
    let wrong = set(Template::new("mine.typ", "#let data = json(\"data.json\")\n\n  #data.certificats"));
    let [Problem::Template { file, line, column, .. }] = &wrong[..] else { panic!("{wrong:?}") };
    assert_eq!((file.as_str(), *line), ("mine.typ", 3));
    assert!(*column >= 3, "{column}");

    let font = set(Template::new("mine.typ", "#set text(font: \"Leitai Nonesuch\")\n你好"));
    assert!(
        matches!(&font[..], [Problem::FontUnknown { family, .. }] if family.eq_ignore_ascii_case("Leitai Nonesuch")),
        "{font:?}"
    );

    let part =
        set(Template::new("mine.typ", "#import \"part.typ\": x\n#x").with_file("part.typ", b"#let x = 1 +".to_vec()));
    let [Problem::Template { file, line: 1, .. }] = &part[..] else { panic!("{part:?}") };
    assert_eq!(file, "part.typ");

    // A template sees its folder and its data, and nothing else of the machine.
    let outside = set(Template::new("mine.typ", "#read(\"/etc/passwd\")"));
    assert!(matches!(&outside[..], [Problem::Template { line: 1, .. }]), "{outside:?}");
}
