use crate::boundary::{OUTSIDE_BOUNDARY_HELP, ReadRefusal};
use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule = Rule::error("file", Profile::OpenApi, include_str!("file.md")).blocking();

/// Returns the finding that a file cannot be read. `refusal` is the reason. The function is for a file that the user
/// has named, and not for the target of a reference.
pub(crate) fn new_finding(file: &Location, refusal: &ReadRefusal) -> Finding {
    match refusal {
        ReadRefusal::OutsideBoundary(what) => {
            Finding::new(&RULE, file, format!("the file is not read: it {what}"))
                .with_help(OUTSIDE_BOUNDARY_HELP)
        }
        ReadRefusal::Unreadable(why) => Finding::new(&RULE, file, format!("cannot be read: {why}")),
    }
}
