use partner_spec::{Profile, Rule, is_similar};

use super::reach::unused;
use crate::model::Model;
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::document(&RULE, check);

pub(in crate::rules) static RULE: Rule =
    Rule::warning("component-unused", Profile::Openapi, include_str!("component_unused.md"));

fn check(model: &Model<'_>, found: &mut Findings) {
    // A document without operations is there for others to refer to.
    if model.operations().is_empty() {
        return;
    }
    let dangling = dangling(model);
    // A reference with a slip in it is one finding, not one more for what it meant.
    let meant = |name: &str| dangling.iter().any(|target| is_similar(target, name));
    for (section, component) in unused(model).into_iter().filter(|(_, component)| !meant(&component.key)) {
        found
            .at(&component.key_location, format!("nothing refers to `{}` of `{section}`", component.key))
            .help("take it away; if it is there for others, say so with `x-public: true`");
    }
}

/// With how many of them a component is compared at most.
const MAX_DANGLING: usize = 500;

/// What the references that lead nowhere name.
fn dangling<'a>(model: &Model<'a>) -> Vec<&'a str> {
    let targets = model.places().iter().filter(|place| place.is_reference()).filter_map(|place| {
        let target = place.node.ref_target()?;
        model.resolve(place.node).is_none().then(|| target.rsplit('/').next().unwrap_or_default())
    });
    targets.take(MAX_DANGLING).collect()
}
