use std::collections::HashMap;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::document(&RULE, check);

static RULE: Rule = Rule::warning(
    "parameter-repeats-credential",
    Profile::Openapi,
    include_str!("parameter_repeats_credential.md"),
);

fn check(model: &Model<'_>, found: &mut Findings) {
    for operation in model.operations() {
        let requirements = operation.security().iter().filter_map(Node::as_object);
        let mut schemes: HashMap<(&str, String), &Node> = HashMap::new();
        for scheme in requirements.flat_map(|r| r.iter()).filter_map(|entry| scheme(model, &entry.key)) {
            if let (Some(place), Some(name)) = (scheme.str("in"), scheme.str("name")) {
                schemes.entry((place, name.to_ascii_lowercase())).or_insert(scheme);
            }
        }
        if schemes.is_empty() {
            continue;
        }
        for parameter in operation.parameters() {
            if let Some(scheme) = schemes.get(&(parameter.place, parameter.name.to_ascii_lowercase())) {
                let message =
                    format!("`{}` is sent by the security scheme of this operation already", parameter.name);
                found
                    .at(&parameter.used_at.to_start(), message)
                    .related(&scheme.location.to_start(), "the security scheme")
                    .help("take the parameter away");
            }
        }
    }
}

fn scheme<'a>(model: &Model<'a>, name: &str) -> Option<&'a Node> {
    let scheme = model.root.get("components")?.get("securitySchemes")?.get(name)?;
    model.resolve(scheme).filter(|scheme| scheme.str("type") == Some("apiKey"))
}
