use partner_spec::{Profile, Rule};

use crate::findings::RuleFindings;
use crate::index::DocumentIndex;
use crate::index::template::PlaceholderDifferences;

pub(super) static RULE: Rule =
    Rule::error("path-parameter-unused", Profile::OpenApi, include_str!("path_parameter_unused.md"))
        .blocking();

pub(super) fn check_document(index: &DocumentIndex<'_>, found: &mut RuleFindings) {
    for operation in index.operations() {
        for parameter in PlaceholderDifferences::from_operation(operation).unused_parameters {
            let message = format!(
                "the path `{}` has no `{{{}}}` for this parameter",
                operation.path_template, parameter.name
            );
            found
                .report_at(&parameter.list_item_location.collapse_to_start(), message)
                .with_related_location(operation.path_template_location, "the path")
                .with_help("put the name into the path in braces, or take the parameter away");
        }
    }
}
