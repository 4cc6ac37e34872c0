//! Opening, closing and signing: stages by group, panels by group.

use super::Case;
use crate::rules::{
    command::Refusal,
    definition::model::Stage,
    ledger::{
        Entry,
        entry::{Digest, Phase},
    },
    names::Id,
    state::{Opening, State},
};

impl Case<'_> {
    pub(super) fn open_stage(&self, stage: &Id, group: Option<&Id>) -> Result<Vec<Entry>, Refusal> {
        self.chief_or_organizer()?;
        self.phase(Phase::Running)?;
        let stage = self.stage(stage)?;
        let groups = self.groups(stage, group)?;
        let is_signed =
            |group: &&Option<Id>| stage.panels.iter().any(|panel| self.is_signed(stage, &panel.id, group.as_ref()));
        let closed: Vec<&Option<Id>> =
            groups.iter().filter(|group| !self.state.is_open(&stage.id, group.as_ref())).collect();
        if closed.iter().any(is_signed) {
            return Err(Refusal::PanelSigned);
        }
        some(closed.into_iter().map(|group| Entry::StageOpened {
            stage: stage.id.clone(),
            group: group.clone(),
            by: self.by(),
        }))
    }

    /// When everything that is expected is in.
    pub(super) fn close_stage(&self, stage: &Id, group: Option<&Id>) -> Result<Vec<Entry>, Refusal> {
        self.chief_or_organizer()?;
        self.phase(Phase::Running)?;
        let stage = self.stage(stage)?;
        let groups = self.groups(stage, group)?;
        let open: Vec<&Option<Id>> =
            groups.iter().filter(|group| self.state.is_open(&stage.id, group.as_ref())).collect();
        let missing: usize = open.iter().map(|group| self.missing(stage, group.as_ref())).sum();
        if missing > 0 {
            return Err(Refusal::StageNotReady { stage: stage.id.clone(), missing });
        }
        some(open.into_iter().map(|group| Entry::StageClosed {
            stage: stage.id.clone(),
            group: group.clone(),
            by: self.by(),
        }))
    }

    fn missing(&self, stage: &Stage, group: Option<&Id>) -> usize {
        let sheets: usize = stage.panels.iter().map(|panel| self.state.missing_sheets(stage, panel, group)).sum();
        sheets + self.state.missing_values(stage, group)
    }

    pub(super) fn is_signed(&self, stage: &Stage, panel: &Id, group: Option<&Id>) -> bool {
        self.state.signed.contains_key(&(stage.id.clone(), panel.clone(), group.cloned()))
    }

    /// By the leader or the chief: all sheets in, no spread open.
    pub(super) fn sign(&self, stage: &Id, panel: &Id, group: Option<&Id>) -> Result<Vec<Entry>, Refusal> {
        self.phase(Phase::Running)?;
        let (stage, panel) = self.panel(stage, panel)?;
        self.leader(&stage.id, &panel.id)?;
        let groups = self.groups(stage, group)?;
        let unsigned: Vec<&Option<Id>> =
            groups.iter().filter(|group| !self.is_signed(stage, &panel.id, group.as_ref())).collect();
        if unsigned.is_empty() {
            return Err(Refusal::PanelSigned);
        }
        if unsigned.iter().any(|group| self.never_opened(stage, group.as_ref())) {
            // Nobody signs for what has not begun.
            return Err(Refusal::StageClosed(stage.id.clone()));
        }
        let missing = unsigned.iter().map(|group| self.state.missing_sheets(stage, panel, group.as_ref())).sum();
        let open = self.state.open_spreads();
        let here = |group: &Option<Id>| unsigned.contains(&group);
        let spreads = open
            .iter()
            .filter(|open| open.blocks() && open.slot.stage == stage.id && open.panel == panel.id && here(&open.group));
        let spreads = spreads.count();
        if missing > 0 || spreads > 0 {
            return Err(Refusal::PanelNotReady { missing, spreads });
        }
        some(unsigned.into_iter().map(|group| Entry::PanelSigned {
            stage: stage.id.clone(),
            panel: panel.id.clone(),
            group: group.clone(),
            by: self.by(),
        }))
    }

    /// Somebody has the stage in this group, and it was never opened there.
    fn never_opened(&self, stage: &Stage, group: Option<&Id>) -> bool {
        self.state.opening(&stage.id, group).is_none() && !self.state.field_of(stage, group).is_empty()
    }

    pub(super) fn reopen(
        &self,
        stage: &Id,
        panel: &Id,
        group: Option<&Id>,
        reason: &Digest,
    ) -> Result<Vec<Entry>, Refusal> {
        self.chief()?;
        self.phase(Phase::Running)?;
        let (stage, panel) = self.panel(stage, panel)?;
        let groups = self.groups(stage, group)?;
        let signed = groups.iter().filter(|group| self.is_signed(stage, &panel.id, group.as_ref()));
        some(signed.map(|group| Entry::PanelReopened {
            stage: stage.id.clone(),
            panel: panel.id.clone(),
            group: group.clone(),
            by: self.by(),
            reason: reason.clone(),
        }))
    }

    /// A stage that is not closed in a group where somebody has it.
    pub(super) fn stage_still_open(&self) -> Result<(), Refusal> {
        let definition = &self.rules()?.definition;
        // A ladder's stage is open as long as people challenge; that of a source was never opened.
        let judged = |stage: &&Stage| !State::is_of_ladder(definition, stage) && !definition.is_source(&stage.id);
        for stage in definition.stages.iter().filter(judged) {
            for group in self.groups(stage, None)? {
                let closed = self.state.opening(&stage.id, group.as_ref()) == Some(Opening::Closed);
                if !closed && !self.state.field_of(stage, group.as_ref()).is_empty() {
                    return Err(Refusal::StageStillOpen(stage.id.clone()));
                }
            }
        }
        Ok(())
    }

    pub(super) fn unsigned_panels(&self) -> Result<usize, Refusal> {
        let mut count = 0;
        let definition = &self.rules()?.definition;
        for stage in definition.stages.iter().filter(|stage| !State::is_of_ladder(definition, stage)) {
            for group in self.groups(stage, None)? {
                if self.state.field_of(stage, group.as_ref()).is_empty() {
                    continue;
                }
                count += stage.panels.iter().filter(|panel| !self.is_signed(stage, &panel.id, group.as_ref())).count();
            }
        }
        Ok(count)
    }
}

fn some(entries: impl Iterator<Item = Entry>) -> Result<Vec<Entry>, Refusal> {
    let entries: Vec<Entry> = entries.collect();
    if entries.is_empty() { Err(Refusal::NothingToDo) } else { Ok(entries) }
}
