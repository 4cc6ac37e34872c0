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

    /// As many of its last names as it takes to tell it from each of `others` and the units above them: 焊接车间, or
    /// 一公司 · 焊接车间 where 二公司 has one too.
    pub fn told_apart<'u>(&self, others: impl Iterator<Item = &'u UnitPath>) -> String {
        let own: Vec<&str> = self.0.rsplit('/').collect();
        let mut names = 1;
        for other in others {
            let other: Vec<&str> = other.0.split('/').collect();
            for above in 1..=other.len() {
                let same = own.iter().zip(other[..above].iter().rev()).take_while(|(one, other)| *one == *other);
                let same = same.count();
                // The unit itself, or one that its own path ends with in full.
                if same < own.len() || above > own.len() {
                    names = names.max((same + 1).min(own.len()));
                }
            }
        }
        own[..names].iter().rev().copied().collect::<Vec<_>>().join(" · ")
    }

    /// The last name of the path.
    pub fn leaf(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_one_name_are_told_apart_by_what_they_belong_to() {
        let units =
            ["集团/一公司/焊接车间", "集团/二公司/焊接车间", "集团/二公司/总装车间", "焊接车间"].map(UnitPath::new);
        let told = |path: &str| UnitPath::new(path).told_apart(units.iter());
        assert_eq!(told("集团/一公司/焊接车间"), "一公司 · 焊接车间");
        assert_eq!(told("集团/二公司/总装车间"), "总装车间");
        // Shorter than the other, it has nothing more to say.
        assert_eq!(told("焊接车间"), "焊接车间");
        // A unit above those of the list.
        assert_eq!(told("集团/二公司"), "二公司");
        let twice = ["甲/行政部/一班", "乙/行政部/二班"].map(UnitPath::new);
        assert_eq!(UnitPath::new("甲/行政部").told_apart(twice.iter()), "甲 · 行政部");
    }
}
