use std::collections::{HashMap, HashSet, VecDeque};

use super::shape;
use crate::instance::Decimal;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::warning("ref-circular-required", Profile::OpenApi, include_str!("ref_circular_required.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let section = model.root.get("components");
    let entries: Vec<&Entry> =
        section.into_iter().flat_map(|section| section.get_entries("schemas")).collect();
    let components: HashMap<&str, &Entry> =
        entries.iter().map(|entry| (entry.key.as_str(), *entry)).collect();
    let mut users: HashMap<String, Vec<&str>> = HashMap::new();
    for entry in &entries {
        let mut targets = HashSet::new();
        collect_required_component_names(&entry.node, &mut targets);
        for target in targets {
            users.entry(target).or_default().push(&entry.key);
        }
    }
    // The names of the schemas that have a finite value. Whenever a name is added, the schemas that refer to the added
    // schema are examined again, because they may now have a finite value, too.
    let mut finite_schema_names: HashSet<&str> = HashSet::new();
    let mut queue: VecDeque<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
    while let Some(name) = queue.pop_front() {
        let Some(entry) = components.get(name) else { continue };
        if !finite_schema_names.contains(name)
            && has_finite_value(&entry.node, &components, &finite_schema_names)
        {
            finite_schema_names.insert(name);
            queue.extend(users.get(name).into_iter().flatten());
        }
    }
    let infinite_schemas: Vec<&Entry> =
        entries.into_iter().filter(|entry| !finite_schema_names.contains(entry.key.as_str())).collect();
    report_requirement_cycles(&infinite_schemas, found);
}

/// Reports the cycles in which schemas require each other, so that no finite value can match them. Each schema in
/// `infinite_schemas` requires itself or another schema of this list. So a search that goes from each schema to one
/// that it requires always runs into a cycle.
fn report_requirement_cycles(infinite_schemas: &[&Entry], found: &mut RuleFindings) {
    let entries: HashMap<&str, &Entry> =
        infinite_schemas.iter().map(|entry| (entry.key.as_str(), *entry)).collect();
    let mut seen: HashSet<&str> = HashSet::new();
    for start in infinite_schemas {
        let mut way: Vec<&Entry> = Vec::new();
        let mut next = Some(*start);
        while let Some(entry) = next.filter(|entry| seen.insert(&entry.key)) {
            way.push(entry);
            let mut targets = HashSet::new();
            collect_required_component_names(&entry.node, &mut targets);
            next = targets
                .iter()
                .filter_map(|target| entries.get(target.as_str()).copied())
                .min_by_key(|e| &e.key);
        }
        let Some(again) = next else { continue };
        if let Some(from) = way.iter().position(|entry| entry.key == again.key) {
            report_cycle(&way[from..], found);
        }
    }
}

/// The maximum number of schema names in the message about a cycle. In the message about a longer cycle, the word
/// `others` stands for the rest of the names.
const MAX_CYCLE_NAMES_IN_MESSAGE: usize = 8;

fn report_cycle(cycle: &[&Entry], found: &mut RuleFindings) {
    let Some(first) = cycle.first() else { return };
    let mut names: Vec<String> =
        cycle.iter().take(MAX_CYCLE_NAMES_IN_MESSAGE).map(|entry| format!("`{}`", entry.key)).collect();
    if cycle.len() > MAX_CYCLE_NAMES_IN_MESSAGE {
        names.push(String::from("others"));
    }
    let message = format!("no value ends: {} needs `{}`", names.join(" needs "), first.key);
    found
        .report_at(&first.key_location, message)
        .with_help("make one of the properties on the way optional or nullable");
}

/// Adds to `targets` the names of the components that the schema `node` may require: a value of the schema may have to
/// contain values of these components. These components are the targets of the references in the schema itself, in its
/// required properties and items, and in its `allOf`, `oneOf` and `anyOf`. For a nullable schema, no name is added,
/// because its value may be null.
fn collect_required_component_names(node: &Node, targets: &mut HashSet<String>) {
    if let Some(target) = node.ref_text() {
        targets.insert(shape::extract_component_name(target));
        return;
    }
    if node.value_is_true("nullable") {
        return;
    }
    let members = ["allOf", "oneOf", "anyOf"].iter().flat_map(|key| node.get_items(key));
    members
        .chain(find_required_child_schemas(node))
        .for_each(|member| collect_required_component_names(member, targets));
}

/// Returns the schemas of the parts that every value of the schema `node` must contain:
///
/// - the required properties
/// - the items, if `minItems` is above zero
/// - the additional properties, if `minProperties` is above zero
fn find_required_child_schemas(node: &Node) -> impl Iterator<Item = &Node> {
    let required: HashSet<&str> = node.get_items("required").iter().filter_map(Node::as_str).collect();
    let properties =
        node.get_entries("properties").filter(move |e| required.contains(e.key.as_str())).map(|e| &e.node);
    let needs = |count| Decimal::from_keyword(node, count).is_some_and(|least| least.is_positive());
    let items = node.get("items").filter(|_| needs("minItems"));
    // Even with `minProperties`, additional properties are not required if the schema declares properties, because the
    // declared properties alone may be enough.
    let declares_no_properties = node.get_entries("properties").next().is_none();
    let values =
        node.get("additionalProperties").filter(|_| declares_no_properties && needs("minProperties"));
    properties.chain(items).chain(values)
}

fn has_finite_value(
    node: &Node,
    components: &HashMap<&str, &Entry>,
    finite_schema_names: &HashSet<&str>,
) -> bool {
    if let Some(target) = node.ref_text() {
        let name = shape::extract_component_name(target);
        return !components.contains_key(name.as_str()) || finite_schema_names.contains(name.as_str());
    }
    if node.value_is_true("nullable") || node.get("enum").is_some() {
        return true;
    }
    let end = |member: &Node| has_finite_value(member, components, finite_schema_names);
    let some = |key: &str| node.get_items(key).is_empty() || node.get_items(key).iter().any(end);
    node.get_items("allOf").iter().all(end)
        && some("oneOf")
        && some("anyOf")
        && find_required_child_schemas(node).all(end)
}
