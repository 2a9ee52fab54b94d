//! `--watch`: validates again whenever a file changes.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use partner_validator::format;

use super::Arguments;
use crate::outcome::CommandOutcome;

/// The time that has to pass without file events before a change counts as complete. Editors save a file in several
/// steps, which count as one change.
const QUIET_PERIOD: Duration = Duration::from_millis(30);

/// Validates now and after each change, until the process is interrupted or `out` is closed.
pub(super) fn validate_now_and_on_changes(
    arguments: &Arguments,
    out: &mut dyn Write,
    colors: bool,
) -> io::Result<CommandOutcome> {
    let (sender, events) = channel();
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // The result is ignored: sending fails only after `validate_now_and_on_changes` has returned, and the event is
        // then not needed.
        let _ = sender.send(event);
    });
    let mut watch = Watch { watcher: watcher.map_err(to_io_error)?, folders: BTreeSet::new() };
    loop {
        let started = Instant::now();
        let report = super::validate_once(arguments)?;
        watch.watch_parent_folders(&report.file_paths)?;
        format::write_report(&report, arguments.format, out, colors)?;
        writeln!(out, "[{} ms; waiting for changes]\n", started.elapsed().as_millis())?;
        out.flush()?;
        wait_for_file_change(&events, &report.file_paths)?;
    }
}

struct Watch {
    watcher: RecommendedWatcher,
    folders: BTreeSet<PathBuf>,
}

impl Watch {
    /// Starts watching the folders that contain these files. The files themselves are not watched, because the watch of
    /// a file ends when an editor replaces the file.
    fn watch_parent_folders(&mut self, files: &[PathBuf]) -> io::Result<()> {
        for file in files {
            let folder = file.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
            if folder.is_dir() && self.folders.insert(folder.to_owned()) {
                self.watcher.watch(folder, RecursiveMode::NonRecursive).map_err(to_io_error)?;
            }
        }
        Ok(())
    }
}

/// Waits until one of the files changes. Then waits until no file event has been received for [`QUIET_PERIOD`].
fn wait_for_file_change(
    events: &Receiver<notify::Result<notify::Event>>,
    files: &[PathBuf],
) -> io::Result<()> {
    let names: BTreeSet<_> = files.iter().filter_map(|file| file.file_name()).collect();
    loop {
        let event = events.recv().map_err(io::Error::other)?.map_err(to_io_error)?;
        let ours = event.paths.iter().any(|path| path.file_name().is_some_and(|name| names.contains(name)));
        if ours && !event.kind.is_access() {
            break;
        }
    }
    loop {
        match events.recv_timeout(QUIET_PERIOD) {
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) => return Ok(()),
            Err(error) => return Err(io::Error::other(error)),
        }
    }
}

fn to_io_error(error: notify::Error) -> io::Error {
    io::Error::other(format!("files cannot be watched: {error}"))
}
