use partner_spec::{Node, Severity};

use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "parameter-repeats-credential",
    severity: Severity::Warning,
    profile: Profile::Openapi,
    check: Check::Document(check),
    page: include_str!("parameter_repeats_credential.md"),
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for operation in model.operations() {
        let requirements = operation.security(model).iter().filter_map(Node::as_object);
        let schemes: Vec<&Node> =
            requirements.flat_map(|r| r.iter()).filter_map(|entry| scheme(model, &entry.key)).collect();
        if schemes.is_empty() {
            continue;
        }
        for parameter in operation.parameters(model) {
            let same = |scheme: &&&Node| {
                scheme.str("in") == Some(parameter.place)
                    && scheme.str("name").is_some_and(|name| name.eq_ignore_ascii_case(parameter.name))
            };
            if let Some(scheme) = schemes.iter().find(same) {
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
