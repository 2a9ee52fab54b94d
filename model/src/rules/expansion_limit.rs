//! The rule `expansion-limit`, which is explained in `expansion_limit.md`.

use partner_spec::{Diagnostic, Location, Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::error("expansion-limit", Profile::Generator, include_str!("expansion_limit.md")).blocking();

/// Returns the finding about the schemas of a document that become larger than `limit` bytes when references are
/// replaced by copies. `location` is the reference at which the limit is exceeded.
pub(crate) fn written_out(location: &Location, limit: usize) -> Diagnostic {
    let message = format!(
        "with all that schemas include and share written out, the document is larger than {} KB",
        limit / 1024
    );
    Diagnostic::new(&RULE, location, message)
        .help("refer to named objects from properties instead of including them, or split the document")
}

/// Returns the finding about a schema with more than `levels` levels of lists and maps.
pub(crate) fn nested(what: &str, levels: usize, location: &Location) -> Diagnostic {
    Diagnostic::new(&RULE, location, format!("{what} is nested deeper than {levels} levels"))
        .help("give one of the schemas that it holds `properties`, and so a type")
}

/// Returns the finding about generated code that would be too large for a document of `size` bytes. The code for the
/// part at `location` exceeds the limit.
pub fn generated(location: &Location, size: usize) -> Diagnostic {
    let message =
        format!("from here on, this is more than is generated from a document of {} KB", size.div_ceil(1024));
    Diagnostic::new(&RULE, location, message)
        .help("split the document into several, each with a client of its own")
}
