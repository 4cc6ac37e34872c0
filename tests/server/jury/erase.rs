//! A text and a picture that should not be there: gone for everybody, and the ledger says who erased them and why.

use leitai::{
    app::people::Admin,
    rules::{
        command::Command,
        ledger::entry::Role,
        names::{PersonId, WorkId},
        works,
    },
};

use super::{DESK, Database, Site, organizer, site};
use crate::world::Answer;

crate::on_both_databases!(what_is_erased_is_gone_for_everybody);

/// Made and appointed by somebody else than who sits at the desk.
async fn second(site: &Site) -> PersonId {
    let person = site.world.account("second", Admin::No).await;
    let command = Command::AssignPerson { person: person.clone(), role: Role::Organizer, unit: None };
    let receipt = site.world.app.act(&site.contest, &organizer(), command).await.expect("assigned");
    site.world.app.wait_for(&site.contest, receipt.version).await.expect("shown");
    person
}

async fn erases(site: &Site, page: &str, what: &str, reason: &str) -> Answer {
    let fields = [(what, "yes"), ("reason", reason), ("second-login", "second"), ("second-password", "correct-horse")];
    site.desk.posts(&format!("{page}/erase"), &fields).await
}

async fn what_is_erased_is_gone_for_everybody(database: Database) {
    let site = site(database).await;
    let author = site.worker("W1").await;
    let page = site.hands_in(&author, "晨光-one").await;
    let judges = [site.judge("评委丙", "").await, site.judge("评委丁", "").await];
    site.deals().await;
    let person = second(&site).await;
    let work = WorkId::new(page.rsplit('/').next().expect("an id"));
    let seen = || site.world.app.read(&site.contest, |state| works::work(state, &work).expect("a work").work);
    let content = seen().await.expect("read").content().expect("a version").clone();

    // One person alone does not do it, nor without a reason, nor its author.
    let alone = site.desk.posts(&format!("{page}/erase"), &[("picture-0", "yes"), ("reason", "错图")]).await;
    alone.is(422);
    erases(&site, &page, "picture-0", " ").await.is(422);
    erases(&site, &page, "nothing", "错图").await.is(422).shows("请勾选");
    author.posts(&format!("{page}/erase"), &[("picture-0", "yes"), ("reason", "错图")]).await.is(403);
    judges[0].posts(&format!("{page}/erase"), &[("picture-0", "yes"), ("reason", "错图")]).await.is(404);
    author.opens(&format!("{page}/pictures/0")).await.is(200);

    erases(&site, &page, "picture-0", "误传家人照片").await.leads_to(&page);
    author.opens(&format!("{page}/pictures/0")).await.is(404);
    judges[0].opens("/jury/photos/shots/1/pictures/0").await.is(404);
    author.opens(&page).await.shows("照片已清除").shows("夜里两点").hides("<img");
    judges[0].opens("/jury/photos/shots/1").await.shows("照片已清除").hides("<img");
    site.desk.opens(&page).await.shows("误传家人照片").shows("second");
    let gone = site.world.app.work_picture(&site.contest, &content.pictures[0]).await.expect("read");
    assert!(gone.is_none(), "the row is gone");

    erases(&site, &page, "text", "含电话号码").await.leads_to(&page);
    author.opens(&page).await.shows("内容已清除").hides("夜里两点").hides("晨光");
    judges[1].opens("/jury/photos/shots/1").await.shows("内容已清除").hides("夜里两点");
    site.desk.opens(DESK).await.shows("内容已清除").hides("晨光");
    let texts = site.world.app.work_texts(&site.contest, &[&content.text]).await.expect("read");
    assert!(texts.is_empty(), "the row is gone");

    // The ledger still names both, and who, with whom and why.
    let work = seen().await.expect("read");
    assert_eq!(work.content(), Some(&content));
    assert_eq!(work.erasures.len(), 2);
    assert_eq!((&work.erasures[0].erased, &work.erasures[0].second), (&vec![content.pictures[0].clone()], &person));
    assert_eq!(work.erasures[1].erased, vec![content.text.clone()]);
    site.desk.opens("/organizer/photos/trail").await.shows("误传家人照片").shows("清除作品");
    // Nothing is left to erase.
    erases(&site, &page, "text", "再来一次").await.is(422);
}
