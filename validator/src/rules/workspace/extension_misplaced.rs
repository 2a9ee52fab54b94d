use super::extensions;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::error("extension-misplaced", Profile::Workspace, include_str!("extension_misplaced.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for (place, entry) in extensions::extension_entries(model) {
        let Some(extension) = extensions::find_extension(&entry.key) else { continue };
        if !(extension.has_effect_on)(model, place) {
            found
                .report_at(
                    &entry.key_location,
                    format!("`{}` is not read here, in this {}", entry.key, place.kind.name()),
                )
                .with_help(format!("it belongs on {}", extension.affected_objects_label));
        }
    }
}
