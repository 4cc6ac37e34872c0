//! A thousand units with twenty indicators in one form, as a browser without script sends it.

use std::fmt::Write as _;

use leitai::rules::indicators::Actual;
use rust_decimal::Decimal;

use super::Labor;
use crate::{support::databases::Database, world::coded};

const UNITS: usize = 1_000;
const INDICATORS: usize = 20;
const GRID: &str = "/figures/labor/grid?period=m1";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_grid_is_one_form() {
    let mut definition = "format = 1\n[contest]\nid = \"labor\"\ntitle = \"劳动竞赛\"\nboard = \"names\"\n\
                          [[period]]\nid = \"m1\"\nfrom = \"2026-01-01\"\nto = \"2026-01-31\"\n"
        .to_owned();
    for at in 1..=INDICATORS {
        write!(
            definition,
            "[[indicator]]\nid = \"indicator-{at:02}\"\nowner = \"生产部\"\npoints = 5\nlinear = {{}}\n"
        )
        .expect("a text");
    }
    let unit = |at: usize| format!("第一炼钢厂二车间-{at:04}");
    let units: Vec<String> = (1..=UNITS).map(|at| format!("{},{at}车间\n", unit(at))).collect();
    let labor = Labor::of(Database::sqlite(), &definition, &format!("编号,姓名\n{}", units.concat())).await;
    let roles: Vec<String> = (1..=INDICATORS).map(|at| format!("indicator-owner indicator-{at:02}")).collect();
    let owner = labor.takes_on("王统计", &roles.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let client = labor.comes_in(&owner).await;
    labor.runs().await;
    let page = client.opens(GRID).await;
    page.is(200).shows("1000车间");

    // One cell edited, all of them sent.
    let mut fields: Vec<(String, String)> = Vec::new();
    for name in (1..=UNITS).flat_map(|line| (1..=INDICATORS).map(move |at| format!("{} indicator-{at:02}", unit(line))))
    {
        fields.push((format!("was {name}"), String::new()));
        let edited = name == "第一炼钢厂二车间-1000 indicator-20";
        fields.push((name, if edited { "98.5".to_owned() } else { String::new() }));
    }
    fields.push(("do".to_owned(), "save".to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    // More than forms are elsewhere: with a sign of three bytes as nine, a cell is 190 bytes of its two names.
    let bytes: usize = fields.iter().map(|(name, value)| coded(name).len() + coded(value).len() + 2).sum();
    assert!(bytes > 3 << 20, "{bytes}");
    client.posts(GRID, &fields).await.leads_to(&format!("{GRID}&said=saved&count=1"));
    let figure = labor.figure("第一炼钢厂二车间-1000", "indicator-20").await.expect("the figure");
    assert_eq!(figure.versions[0].actual, Actual::Is(Decimal::new(985, 1)));
}
