//! `cargo xtask generate`: writes the generated source of clients, or a complete package with the source of one client.

mod package;

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use partner_codegen::GeneratedSource;
use partner_spec::{Findings, to_harmless_line};
use partner_validator::format;

use crate::documents;
use crate::outcome::CommandOutcome;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The documents: names of APIs or paths of files [default: all of this workspace]
    documents: Vec<String>,

    /// The folder to write to
    #[arg(long, default_value = "target/generated")]
    out: PathBuf,

    /// Write a complete package with the client of one document to this folder, instead of only the source
    #[arg(long = "crate", value_name = "DIR", conflicts_with = "out", requires = "documents")]
    package: Option<PathBuf>,

    /// Where the package of `--crate` gets the runtime from: a folder, the address of a git repository, or a version
    /// [default: the folder `runtime` of this workspace]
    #[arg(long, value_name = "RUNTIME", requires = "package")]
    runtime: Option<package::RuntimeSource>,

    #[command(flatten)]
    root: documents::RootArgument,
}

pub(crate) fn run(arguments: &Arguments, out: &mut dyn Write, colors: bool) -> io::Result<CommandOutcome> {
    if arguments.package.is_some() && arguments.documents.len() != 1 {
        let message = "`--crate` writes the client of one document; name one";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    let mut found = Findings::new();
    let mut rows = Vec::new();
    for document in documents::find_documents(&arguments.documents, &arguments.root)? {
        let start = Instant::now();
        match document.generate_client() {
            Ok(generated) => {
                let elapsed = start.elapsed();
                write_files(arguments, document.module_name(), &generated)?;
                rows.push((document.module_name().to_owned(), generated, elapsed));
            }
            Err(findings) => found.extend(findings),
        }
    }
    if !found.is_empty() {
        format::write_blocking_findings(&found.into_sorted_and_deduplicated(), out, colors)?;
        return Ok(CommandOutcome::ProblemsFound);
    }
    table(&rows, out)?;
    writeln!(
        out,
        "\nwritten to {}",
        to_harmless_line(&arguments.package.as_ref().unwrap_or(&arguments.out).to_string_lossy())
    )?;
    Ok(CommandOutcome::Success)
}

fn write_files(arguments: &Arguments, name: &str, generated: &GeneratedSource) -> io::Result<()> {
    if let Some(folder) = &arguments.package {
        return package::write_package(folder, name, generated, arguments.runtime.as_ref());
    }
    let folder = arguments.out.join(name);
    let fail = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", folder.display()));
    std::fs::create_dir_all(&folder).map_err(fail)?;
    for file in &generated.files {
        std::fs::write(folder.join(file.file_name()), &file.source).map_err(fail)?;
    }
    Ok(())
}

type Row = (String, GeneratedSource, Duration);

fn table(rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{:<10} {:>10} {:>6} {:>6} {:>7} {:>9}",
        "API", "operations", "types", "files", "lines", "time"
    )?;
    for (name, generated, elapsed) in rows {
        writeln!(
            out,
            "{:<10} {:>10} {:>6} {:>6} {:>7} {:>6} ms",
            name,
            generated.operation_count,
            generated.public_type_count,
            generated.files.len(),
            generated.line_count(),
            elapsed.as_millis(),
        )?;
    }
    Ok(())
}
