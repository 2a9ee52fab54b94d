use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("component-name", Profile::OpenApi, include_str!("component_name.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    // Only the component names in the root file are checked, because OpenAPI does not restrict names in other files.
    let root_file_path = model.root.location.display_path();
    let root =
        model.unresolved_file_roots().iter().find(|tree| tree.location.display_path() == root_file_path);
    let Some(components) = root.and_then(|root| root.get("components")).and_then(Node::as_object) else {
        return;
    };
    for section in components.iter().filter(|section| !section.key.starts_with("x-")) {
        for component in
            components.get(&section.key).and_then(Node::as_object).into_iter().flat_map(|o| o.iter())
        {
            let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
            if component.key.is_empty() || !component.key.bytes().all(allowed) {
                found
                    .report_at(
                        &component.key_location,
                        format!("`{}` cannot be the name of a component", component.key),
                    )
                    .with_help("use letters, digits, `.`, `-` and `_`, like `WalletList`");
            }
        }
    }
}
