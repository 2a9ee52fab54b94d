use super::named::{Named, parameters, properties};
use super::words::Case;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::document(&RULE, check);

static RULE: Rule = Rule::warning("field-case", Profile::Workspace, include_str!("field_case.md"));

/// The least number of names in one letter case that make this case the convention of a document.
const MIN_NAMES: usize = 3;

fn check(model: &Model<'_>, found: &mut Findings) {
    let is_field = |value: &Named<'_>| matches!(value.place, None | Some("path" | "query"));
    let values: Vec<Named<'_>> = properties(model).chain(parameters(model)).filter(is_field).collect();
    let Some(case) = prevailing_case(&values) else { return };
    for value in values.iter().filter(|value| !case.fits(value.name)) {
        found
            .at(
                value.at,
                format!("`{}` is not written in {}, as the names of this API are", value.name, case.name()),
            )
            .help(format!(
                "write `{}`; if the vendor does write it so, allow it with a reason",
                case.convert(value.name)
            ));
    }
}

/// Returns the letter case that clearly prevails among names of several words; `None` if neither case does, or if too few
/// names have it.
fn prevailing_case(values: &[Named<'_>]) -> Option<Case> {
    let only = |case: Case, other: Case| {
        values.iter().filter(|value| case.fits(value.name) && !other.fits(value.name)).count()
    };
    let (snake, camel) = (only(Case::Snake, Case::Camel), only(Case::Camel, Case::Snake));
    let (case, most, least) =
        if snake > camel { (Case::Snake, snake, camel) } else { (Case::Camel, camel, snake) };
    (most >= MIN_NAMES && most >= 3 * least).then_some(case)
}
