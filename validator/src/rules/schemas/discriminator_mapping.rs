use std::collections::{HashMap, HashSet};
use std::path::Path;

use partner_spec::normalize_path;

use super::{shape, union};
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Discriminator, check);

static RULE: Rule =
    Rule::error("discriminator-mapping", Profile::OpenApi, include_str!("discriminator_mapping.md"));

fn check(model: &Model<'_>, discriminator: &Place<'_>, found: &mut RuleFindings) {
    let Some(schema) = model.find_parent_place(discriminator) else { return };
    let branches = union::find_alternatives_or_self(model, schema.node);
    let is_union = shape::UNION_KEYWORDS.iter().any(|key| !schema.node.get_items(key).is_empty());
    let names: Vec<&str> = branches.iter().filter_map(|branch| branch.component_name.as_deref()).collect();
    let property = discriminator.node.get_str("propertyName").unwrap_or_default();
    let known: HashSet<&str> = names.iter().copied().collect();
    let mut declared_properties: HashMap<String, Option<&Node>> = HashMap::new();
    for entry in discriminator.node.get_entries("mapping") {
        let Some(target) = entry.node.as_str() else { continue };
        if mapping_leads_to_file_or_url(target) {
            check_target_in_other_file(model, discriminator, &entry.node, target, &branches, found);
            continue;
        }
        let name = shape::extract_component_name(target);
        if model.find_component_schema(&name).is_none() {
            let help = advise_on_unknown_name(&name, names.iter().copied());
            let note = found.report_at(&entry.node.location, format!("there is no schema `{name}`"));
            if let Some(help) = help {
                note.with_help(help);
            }
            continue;
        }
        if is_union && !known.contains(name.as_str()) {
            let key = if schema.node.get("oneOf").is_some() { "oneOf" } else { "anyOf" };
            found
                .report_at(&entry.node.location, format!("`{name}` is none of the alternatives"))
                .with_related_location(&schema.location_of_key_or_start(key), "the alternatives")
                .with_help("add it there, or take it out of the mapping");
            continue;
        }
        let Some(target) = model.find_component_schema(&name) else { continue };
        // The property that the discriminator names is looked up only once for each schema, because many entries of the
        // mapping may lead to the same schema.
        let declared_property = *declared_properties.entry(name.clone()).or_insert_with(|| {
            shape::collect_properties(model, target).get(property).map(|entry| &entry.node)
        });
        let values = declared_property.map(|node| node.get_items("enum")).unwrap_or_default();
        if !values.is_empty() && !values.iter().any(|value| value.as_str() == Some(&entry.key)) {
            let message = format!("`{property}` of `{name}` is never `{}`", entry.key);
            let note = found.report_at(&entry.key_location, message);
            if let Some(first) = values.first() {
                note.with_related_location(&first.location, "its values");
            }
        }
    }
}

/// Whether the value of a mapping entry leads to another file or to a URL, like `pets.yaml#/Cat`. False if the value is
/// the name of a schema, or a reference within the same file.
fn mapping_leads_to_file_or_url(target: &str) -> bool {
    let file = target.split('#').next().unwrap_or_default();
    file.contains('/')
        || (!file.is_empty() && target.contains('#'))
        || FILES.iter().any(|end| file.ends_with(end))
}

const FILES: [&str; 3] = [".json", ".yaml", ".yml"];

/// Checks an entry of a discriminator's `mapping` whose target is a schema in another file. A file is read only if a
/// `$ref` leads to it. If the file of the target was not read, the entry is not checked.
fn check_target_in_other_file(
    model: &Model<'_>,
    discriminator: &Place<'_>,
    entry: &Node,
    target: &str,
    branches: &[union::Alternative<'_>],
    found: &mut RuleFindings,
) {
    let (file, pointer) = target.split_once('#').unwrap_or((target, ""));
    let beside = Path::new(discriminator.node.location.display_path()).with_file_name(file);
    let name = normalize_path(&beside);
    let Some(tree) =
        model.unresolved_file_roots().iter().find(|tree| Path::new(tree.location.display_path()) == name)
    else {
        return;
    };
    let Some(schema) = tree.pointer(pointer) else {
        found.report_at(&entry.location, format!("there is nothing at `{target}`"));
        return;
    };
    let is_listed = branches.iter().any(|branch| branch.node.location == schema.location);
    if branches.iter().any(|branch| branch.component_name.is_some()) && !is_listed {
        found
            .report_at(&entry.location, format!("`{target}` is none of the alternatives"))
            .with_help("add it there, or take it out of the mapping");
    }
}
