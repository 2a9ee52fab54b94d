use super::extensions;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::error("extension-unknown", Profile::Workspace, include_str!("extension_unknown.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for (_, entry) in extensions::extension_entries(model)
        .filter(|(_, entry)| extensions::find_extension(&entry.key).is_none())
    {
        let known = extensions::WORKSPACE_EXTENSIONS.iter().map(|extension| extension.key);
        let help = advise_on_unknown_name(&entry.key, known);
        found
            .report_at(&entry.key_location, format!("`{}` is no extension of this workspace", entry.key))
            .with_help(help.unwrap_or_else(|| {
                String::from("CONTRIBUTING.md lists them; take it out if nothing reads it")
            }));
    }
}
