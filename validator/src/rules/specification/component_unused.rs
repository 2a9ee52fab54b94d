use partner_spec::is_likely_misspelling;

use super::component_usage::find_unused_components;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

pub(in crate::rules) static RULE: Rule =
    Rule::warning("component-unused", Profile::OpenApi, include_str!("component_unused.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    // A document without operations is not checked: it is a library of components for other documents, which may use
    // all of them.
    if model.operations().is_empty() {
        return;
    }
    let dangling = collect_unresolved_component_names(model);
    // An unused component is not reported if an unresolved reference has a similar name. The reference is probably
    // meant for this component, and another rule reports the reference.
    let has_similar_unresolved_reference =
        |name: &str| dangling.iter().any(|target| is_likely_misspelling(target, name));
    for (section, component) in find_unused_components(model)
        .into_iter()
        .filter(|(_, component)| !has_similar_unresolved_reference(&component.key))
    {
        found
            .report_at(
                &component.key_location,
                format!("nothing refers to `{}` of `{section}`", component.key),
            )
            .with_help("take it away; if it is there for others, say so with `x-public: true`");
    }
}

/// The maximum number of unresolved references whose names are compared with the names of unused components.
const MAX_COMPARED_UNRESOLVED_REFERENCES: usize = 500;

/// Returns the component name in each reference that cannot be resolved. Returns at most
/// [`MAX_COMPARED_UNRESOLVED_REFERENCES`] names.
fn collect_unresolved_component_names<'a>(model: &Model<'a>) -> Vec<&'a str> {
    let targets = model.places().iter().filter(|place| place.is_reference()).filter_map(|place| {
        let target = place.node.ref_text()?;
        model.resolve_reference(place.node).is_none().then(|| target.rsplit('/').next().unwrap_or_default())
    });
    targets.take(MAX_COMPARED_UNRESOLVED_REFERENCES).collect()
}
