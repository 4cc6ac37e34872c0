//! The rules of one collection as the definition gives them: every default filled in. Knows no people and no moments.

use jiff::civil::DateTime;
use rust_decimal::Decimal;

use super::WorkRefusal;
use crate::rules::{definition::model::Panel, names::Id};

/// Characters of a title, and of a place.
pub const LINE_CHARS_MAX: u32 = 100;

/// `[[collection]]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    pub id: Id,
    pub title: String,
    pub kind: Kind,
    pub description: Option<String>,
    /// An IANA zone: days and months are local.
    pub zone: String,
    pub opens: Option<DateTime>,
    /// The first moment after it.
    pub closes: Option<DateTime>,
    pub fields: Fields,
    pub points: Points,
    /// Empty: accepted is accepted.
    pub grades: Vec<Grade>,
    pub limits: Limits,
    pub none_is: NoneIs,
    /// To judges.
    pub author_shown: bool,
    pub judging: Option<Judging>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 隐患.
    Hazard,
    /// 建议.
    Proposal,
    /// 征文.
    Essay,
    /// 摄影.
    Photograph,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fields {
    pub title: Asked,
    pub text: Asked,
    /// Characters.
    pub text_max: u32,
    pub place: Asked,
    pub pictures_least: u32,
    pub pictures_most: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    No,
    May,
    Must,
}

/// Of each event; those of one work add up: with submitted 1 and accepted 5 an accepted work has 6.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Points {
    pub submitted: Decimal,
    pub accepted: Decimal,
    pub declined: Decimal,
    pub duplicate: Decimal,
    pub untrue: Decimal,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Grade {
    pub id: Id,
    pub title: String,
    pub points: Decimal,
}

/// Only what is earned is limited: what is taken away is taken away in full.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// More are refused.
    pub per_day: u32,
    pub counted_per_day: Option<u32>,
    pub counted_per_month: Option<u32>,
    pub points_per_month: Option<Decimal>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoneIs {
    Missing,
    Zero,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Judging {
    /// `judges` of it mark each work; how their marks become a number is its affair.
    pub panel: Panel,
    pub min: Decimal,
    pub max: Decimal,
    pub step: Decimal,
}

/// What somebody wants to hand in, before it is known whether it fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draft<'a> {
    pub title: &'a str,
    pub text: &'a str,
    pub place: &'a str,
    pub pictures: usize,
}

/// A field of a work, for messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldName {
    Title,
    Text,
    Place,
}

impl Rules {
    pub fn grade(&self, id: &Id) -> Option<&Grade> {
        self.grades.iter().find(|grade| grade.id == *id)
    }

    /// Whether a draft has what is asked and no more.
    pub fn fits(&self, draft: &Draft<'_>) -> Result<(), WorkRefusal> {
        let of = &self.fields;
        for (name, asked, text, most) in [
            (FieldName::Title, of.title, draft.title, LINE_CHARS_MAX),
            (FieldName::Place, of.place, draft.place, LINE_CHARS_MAX),
            (FieldName::Text, of.text, draft.text, of.text_max),
        ] {
            let chars = text.trim().chars().count();
            match asked {
                Asked::Must if chars == 0 => return Err(WorkRefusal::FieldEmpty { field: name }),
                Asked::No if chars > 0 => return Err(WorkRefusal::FieldNotAsked { field: name }),
                _ if chars > most as usize => return Err(WorkRefusal::FieldTooLong { field: name, most }),
                _ => {}
            }
        }
        self.fits_pictures(draft.pictures)
    }

    pub(in crate::rules) fn fits_pictures(&self, pictures: usize) -> Result<(), WorkRefusal> {
        let (least, most) = (self.fields.pictures_least, self.fields.pictures_most);
        if pictures < least as usize {
            return Err(WorkRefusal::TooFewPictures { least });
        }
        if pictures > most as usize { Err(WorkRefusal::TooManyPictures { most }) } else { Ok(()) }
    }
}
