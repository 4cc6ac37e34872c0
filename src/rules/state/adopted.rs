//! The adopted definition, read and made ready for scoring.

use std::sync::Arc;

use crate::rules::{
    definition::{self, Definition},
    ledger::{Instant, entry::Digest},
    names::PersonId,
    score::Plan,
};

#[derive(Clone, Debug)]
pub(in crate::rules) struct Adopted {
    pub(in crate::rules) text: Arc<str>,
    pub(in crate::rules) digest: Digest,
    pub(in crate::rules) by: PersonId,
    pub(in crate::rules) at: Instant,
    /// How many this contest has had.
    pub(in crate::rules) count: u32,
    /// `None`: written for another version of this program; the contest can be looked at only.
    pub(in crate::rules) rules: Option<Arc<Rules>>,
}

#[derive(Debug)]
pub(in crate::rules) struct Rules {
    pub(in crate::rules) definition: Arc<Definition>,
    pub(in crate::rules) plan: Plan,
}

impl Adopted {
    pub(in crate::rules) fn new(text: &str, digest: Digest, by: PersonId, at: Instant, count: u32) -> Self {
        let rules = definition::read(text).definition.map(|definition| {
            let definition = Arc::new(definition);
            Arc::new(Rules { plan: Plan::new(definition.clone()), definition })
        });
        Self { text: text.into(), digest, by, at, count, rules }
    }
}

/// The rules follow from the text.
impl PartialEq for Adopted {
    fn eq(&self, other: &Self) -> bool {
        (&self.text, &self.digest, &self.by, self.at, self.count)
            == (&other.text, &other.digest, &other.by, other.at, other.count)
    }
}
