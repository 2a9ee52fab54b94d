use std::collections::HashSet;

use partner_model::find_error_codes;

use super::properties_and_parameters::list_properties;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::warning("error-code-unlisted", Profile::Workspace, include_str!("error_code_unlisted.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let Some(codes) = model.find_component_schema("ErrorCode").filter(|schema| schema.get("enum").is_some())
    else {
        return;
    };
    // The names of the properties whose schema is `ErrorCode`, the enum of the error codes. The values of these
    // properties are not checked here, because the rule `example-mismatch` checks them.
    let error_code_property_names = list_properties(model).filter(|value| std::ptr::eq(value.schema, codes));
    let code_property_names: HashSet<&str> = error_code_property_names.map(|value| value.name).collect();
    let listed: HashSet<&str> = codes.get_items("enum").iter().filter_map(Node::as_str).collect();
    let bodies = model.object_places_of_kind(ObjectKind::MediaType).filter(|place| is_failure(model, place));
    for body in bodies {
        let named =
            body.node.get_entries("examples").filter_map(|e| model.resolve_reference(&e.node)?.get("value"));
        for example in body.node.get("example").into_iter().chain(named) {
            for (key, code) in find_error_codes(example) {
                let unlisted = code.as_str().filter(|text| !listed.contains(text));
                if let Some(text) = unlisted.filter(|_| !code_property_names.contains(key)) {
                    report_unlisted_code(text, &code.location, &codes.location.collapse_to_start(), found);
                }
            }
        }
    }
}

fn report_unlisted_code(code: &str, at: &Location, list: &Location, found: &mut RuleFindings) {
    found
        .report_at(at, format!("`{code}` is no value of `ErrorCode`"))
        .with_related_location(list, "the codes")
        .with_help("add it there; callers can then name it");
}

fn is_failure(model: &Model<'_>, place: &Place<'_>) -> bool {
    let is_failure = |holder: &Place<'_>| {
        holder.kind == ObjectKind::Response
            && holder.map_key.is_some_and(|status| status.starts_with(['4', '5']))
    };
    model.find_parent_place(place).is_some_and(is_failure)
}
