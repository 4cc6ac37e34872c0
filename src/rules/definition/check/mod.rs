//! TBD
use super::{model::Definition, place::Findings, vocabulary as v};
pub(super) fn all(_: &v::File, _: &Definition, _: &mut Findings<'_>) {}
