//! Identifiers. Opaque, short, and ordered; they carry no personal data.
//!
//! An [`Id`] names a thing of the definition (a stage, an aspect, an award); the others name things of the
//! ledger. Two kinds cannot be mistaken for one another.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(Arc::from(text.as_ref()))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

name!(
    /// An id of the definition: `practice`, `undercut`, `first-prize`.
    Id
);
name!(
    /// An entrant of one contest, as the organizer's list names it (`W017`).
    EntrantId
);
name!(
    /// Somebody who acts: a judge, a chief, an organizer. Names stand in ordinary rows.
    PersonId
);
name!(
    /// A unit by its path from the root, `/` between levels: `集团/一公司/焊接车间`.
    UnitPath
);
name!(
    /// A challenge (攻擂) on a ladder.
    ChallengeId
);
name!(
    /// One paper (试卷) that somebody sits; random.
    PaperId
);
name!(
    /// A veto (一票否决); random.
    VetoId
);
name!(
    /// A work (作品) that somebody handed in; random.
    WorkId
);
name!(
    /// A contest on this server.
    ContestId
);

impl UnitPath {
    /// Whether this unit is `other` or lies below it.
    pub fn is_within(&self, other: &UnitPath) -> bool {
        self.0.strip_prefix(&*other.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The path cut to its first `level` names, or `None` when it is shorter.
    pub fn at_level(&self, level: usize) -> Option<UnitPath> {
        let names: Vec<&str> = self.0.split('/').take(level).collect();
        (names.len() == level).then(|| UnitPath::new(names.join("/")))
    }

    /// The last name of the path.
    pub fn leaf(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }
}
