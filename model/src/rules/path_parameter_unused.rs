use partner_spec::{Profile, Rule};

use crate::findings::Findings;
use crate::index::Index;
use crate::index::template::PlaceholderDifference;

pub(super) static RULE: Rule =
    Rule::error("path-parameter-unused", Profile::Openapi, include_str!("path_parameter_unused.md"))
        .blocking();

pub(super) fn check_document(index: &Index<'_>, found: &mut Findings) {
    for operation in index.operations() {
        for parameter in PlaceholderDifference::compare(operation).unused_parameters {
            let message =
                format!("the path `{}` has no `{{{}}}` for this parameter", operation.path, parameter.name);
            found
                .report_at(&parameter.use_location.to_start(), message)
                .with_related(operation.path_location, "the path")
                .with_help("put the name into the path in braces, or take the parameter away");
        }
    }
}
