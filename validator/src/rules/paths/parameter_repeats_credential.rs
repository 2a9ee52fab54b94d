use std::collections::HashMap;

use partner_model::index::requirements;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::warning(
    "parameter-repeats-credential",
    Profile::OpenApi,
    include_str!("parameter_repeats_credential.md"),
);

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    // The security schemes that send an API key, grouped by the values of their keys `in` (like `header`) and `name`.
    // Each group is a map from the name of the scheme in `securitySchemes` to the scheme.
    let mut api_key_schemes_by_in_and_name: HashMap<(&str, String), HashMap<&str, &Node>> = HashMap::new();
    for entry in requirements::list_security_scheme_entries(model) {
        let Some(scheme) = model.resolve_reference(&entry.node) else { continue };
        if let (Some("apiKey"), Some(place), Some(name)) =
            (scheme.get_str("type"), scheme.get_str("in"), scheme.get_str("name"))
        {
            let same_credential_schemes =
                api_key_schemes_by_in_and_name.entry((place, name.to_ascii_lowercase())).or_default();
            same_credential_schemes.insert(entry.key.as_str(), scheme);
        }
    }
    for operation in model.operations() {
        for parameter in operation.effective_parameters() {
            let Some(same_credential_schemes) =
                api_key_schemes_by_in_and_name.get(&(parameter.place, parameter.name.to_ascii_lowercase()))
            else {
                continue;
            };
            let mut required =
                operation.security_requirements().iter().filter_map(Node::as_object).flat_map(|r| r.iter());
            if let Some(scheme) = required.find_map(|entry| same_credential_schemes.get(entry.key.as_str())) {
                let message =
                    format!("`{}` is sent by the security scheme of this operation already", parameter.name);
                found
                    .report_at(&parameter.list_item_location.collapse_to_start(), message)
                    .with_related_location(&scheme.location.collapse_to_start(), "the security scheme")
                    .with_help("take the parameter away");
            }
        }
    }
}
