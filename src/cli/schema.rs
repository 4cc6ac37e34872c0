//! `leitai schema`: the JSON Schema of definition files.

use std::process::ExitCode;

use leitai::rules::definition::schema;

pub(super) fn run() -> anyhow::Result<ExitCode> {
    super::tell(&serde_json::to_string_pretty(&schema())?);
    Ok(ExitCode::SUCCESS)
}
