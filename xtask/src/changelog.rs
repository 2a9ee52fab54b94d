//! `cargo xtask changelog`: compares two states of the documents, and prints or writes the changelog entry for the
//! changes.

use std::io::{self, Write};

use partner_change::{format, rules};
use partner_validator::format as findings;

use crate::outcome::CommandOutcome;
use crate::rules::write_file;
use crate::{states, workspace};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    states: states::StateArguments,

    /// Insert the entry into CHANGELOG.md, above the other entries, instead of printing it
    #[arg(long)]
    write: bool,

    /// Write docs/changes.md, the page that explains each kind of change, instead of a changelog entry
    #[arg(long = "rules", conflicts_with_all = ["write", "base", "head"])]
    writes_changes_page: bool,
}

/// The title with which a new CHANGELOG.md begins.
const NEW_CHANGELOG_TITLE: &str = "# Changelog\n";

pub(crate) fn run(arguments: &Arguments, out: &mut dyn Write, colors: bool) -> io::Result<CommandOutcome> {
    if arguments.writes_changes_page {
        let mut page = Vec::new();
        rules::index::write_rules_page(&mut page)?;
        write_file(&workspace::require_workspace_root()?.join("docs/changes.md"), &page)?;
        return Ok(CommandOutcome::Success);
    }
    let compared = match arguments.states.compare_states()? {
        Ok(compared) => compared,
        Err(found) => {
            findings::write_blocking_findings(&found, out, colors)?;
            return Err(io::Error::other("a document cannot be read, so there is nothing to compare"));
        }
    };
    if !arguments.write {
        format::write_changelog_entry(&compared.reports, compared.before, out)?;
        return Ok(CommandOutcome::Success);
    }
    let mut entry = Vec::new();
    format::write_changelog_entry(&compared.reports, compared.before, &mut entry)?;
    let path = workspace::require_workspace_root()?.join("CHANGELOG.md");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => NEW_CHANGELOG_TITLE.to_owned(),
        Err(error) => return Err(error),
    };
    write_file(&path, insert_changelog_entry(&text, &String::from_utf8_lossy(&entry)).as_bytes())?;
    Ok(CommandOutcome::Success)
}

/// Returns the text of a changelog with an entry inserted above all other entries.
fn insert_changelog_entry(text: &str, entry: &str) -> String {
    match text.find("\n## ") {
        Some(first) => {
            format!("{}\n{entry}{}", &text[..=first], &text[first..]).replacen("\n\n\n", "\n\n", 1)
        }
        None => format!("{}\n\n{entry}", text.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::insert_changelog_entry;

    #[test]
    fn an_entry_goes_above_all_others() {
        assert_eq!(insert_changelog_entry("# Changelog\n", "## 0.2.0\n"), "# Changelog\n\n## 0.2.0\n");
        let text = "# Changelog\n\nWords.\n\n## 0.1.0\n\n- a\n";
        assert_eq!(
            insert_changelog_entry(text, "## 0.2.0\n"),
            "# Changelog\n\nWords.\n\n## 0.2.0\n\n## 0.1.0\n\n- a\n"
        );
    }
}
