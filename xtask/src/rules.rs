//! `cargo xtask rules`: prints a page that describes all rules of the validator, or writes the example documents of the
//! rules as files.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use partner_validator::rules;

use crate::outcome::CommandOutcome;
use crate::workspace;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write the page to docs/rules.md, and the table of supported OpenAPI keys to docs/openapi-support.md, instead of
    /// printing the page
    #[arg(long, conflicts_with = "documents")]
    write: bool,

    /// Write the two examples of each rule, a bad and a good document, to this folder, as seeds for fuzzing
    #[arg(long, value_name = "FOLDER")]
    documents: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, out: &mut dyn Write) -> io::Result<CommandOutcome> {
    match &arguments.documents {
        Some(folder) => write_documents(folder)?,
        None if arguments.write => {
            let mut page = Vec::new();
            rules::index::write_rules_page(&mut page)?;
            let docs = workspace::require_workspace_root()?.join("docs");
            write_file(&docs.join("rules.md"), &page)?;
            write_file(
                &docs.join("openapi-support.md"),
                partner_model::keys::render_openapi_support_page().as_bytes(),
            )?;
        }
        None => rules::index::write_rules_page(out)?,
    }
    Ok(CommandOutcome::Success)
}

fn write_documents(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for rule in rules::all_rules() {
        for (name, text) in [("bad", rule.bad_example()), ("good", rule.good_example())] {
            write_file(&folder.join(format!("{}-{name}.yaml", rule.id)), text.as_bytes())?;
        }
    }
    Ok(())
}

/// Writes a file. If writing fails, the error message contains the path of the file.
pub(crate) fn write_file(path: &Path, contents: &[u8]) -> io::Result<()> {
    std::fs::write(path, contents)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}
