//! Seeds of draws: committed to in the ledger, kept apart from the database, revealed by the draw.

use leitai::{app::Error, rules::names::Id, rules::view};

use crate::{hall::Hall, hall::organizer, support::databases::Database};

crate::on_both_databases!(a_seed_outlives_the_program_but_not_in_the_database);

async fn a_seed_outlives_the_program_but_not_in_the_database(database: Database) {
    let folder = tempfile::tempdir().unwrap();
    let seeds = folder.path().join("seeds");
    let before = Hall::begin(&database).await;
    before.app.hold_seeds_in(&seeds);
    before.app.commit_seed(&before.contest, &organizer(), "lots...").await.unwrap();
    let draw = committed(&before).await;
    let kept = std::fs::read_dir(&seeds).unwrap().next().unwrap().unwrap().path();
    let secret = std::fs::read_to_string(&kept).unwrap();
    assert_eq!(secret.len(), 64, "32 bytes in hex");
    assert!(before.lines().await.iter().all(|line| !line.payload.contains(&secret)));

    // After a restart without that folder there is nothing to draw with; with it, the draw is the committed one.
    let lost = Hall::enter(&database).await;
    let drawn = lost.app.draw_lots(&lost.contest, &organizer(), draw.clone(), None, None).await;
    assert!(matches!(drawn, Err(Error::SeedGone)), "{drawn:?}");
    let after = Hall::enter(&database).await;
    after.app.hold_seeds_in(&seeds);
    after.app.draw_lots(&after.contest, &organizer(), draw, None, None).await.unwrap();
    assert!(after.lines().await.iter().any(|line| line.payload.contains(&secret)), "revealed with the draw");
    assert!(!kept.exists(), "no secret any more");
}

async fn committed(hall: &Hall) -> Id {
    let newest = hall.head().await;
    loop {
        let (version, seeds) =
            hall.app.read(&hall.contest, |state| (state.version(), view::organizer(state).seeds)).await.unwrap();
        if version.seq >= newest {
            return seeds.into_iter().next_back().unwrap().draw;
        }
        tokio::task::yield_now().await;
    }
}
