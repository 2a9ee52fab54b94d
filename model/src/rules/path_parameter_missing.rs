use std::collections::HashSet;

use partner_spec::{Profile, Rule};

use crate::findings::RuleFindings;
use crate::index::template::PlaceholderDifferences;
use crate::index::{DocumentIndex, Operation};

pub(super) static RULE: Rule =
    Rule::error("path-parameter-missing", Profile::OpenApi, include_str!("path_parameter_missing.md"))
        .blocking();

pub(super) fn check_document(index: &DocumentIndex<'_>, found: &mut RuleFindings) {
    for operations in index.operations().chunk_by(|a, b| a.path_template == b.path_template) {
        report_missing_path_parameters(operations, found);
    }
}

/// Reports each placeholder of a path for which at least one operation of the path has no parameter. A placeholder is
/// reported only once, even if several operations have no parameter for it, because the mistake is probably in the
/// path.
fn report_missing_path_parameters(operations: &[Operation<'_>], found: &mut RuleFindings) {
    let differences: Vec<_> =
        operations.iter().map(|o| (o, PlaceholderDifferences::from_operation(o))).collect();
    let lacks: Vec<HashSet<&str>> = differences
        .iter()
        .map(|(_, d)| d.unmatched_placeholders.iter().map(|(name, _)| *name).collect())
        .collect();
    let mut reported: HashSet<&str> = HashSet::new();
    for (name, meant) in differences.iter().flat_map(|(_, difference)| &difference.unmatched_placeholders) {
        if !reported.insert(name) {
            continue;
        }
        let lacking = differences.iter().zip(&lacks).filter(|(_, lacks)| lacks.contains(name));
        let lacking: Vec<_> = lacking.map(|((operation, _), _)| *operation).collect();
        let who = match lacking.as_slice() {
            [only] => format!("{} has no such parameter", only.method_and_path()),
            all if all.len() == operations.len() => String::from("no operation has such a parameter"),
            some => format!("{} of {} operations have no such parameter", some.len(), operations.len()),
        };
        let note = found.report_at(
            operations[0].path_template_location,
            format!("`{{{name}}}` is in the path, but {who}"),
        );
        let mut note = match meant {
            Some(other) if other.name == *name => note
                .with_related_location(
                    &other.list_item_location.collapse_to_start(),
                    format!("this parameter is in `{}`", other.place),
                )
                .with_help("write `in: path` and `required: true`"),
            Some(other) => note
                .with_related_location(
                    &other.list_item_location.collapse_to_start(),
                    format!("this parameter is called `{}`", other.name),
                )
                .with_help("make the two names the same, to the letter"),
            None => {
                note.with_help(format!("add `- {{name: {name}, in: path, required: true, schema: ...}}`"))
            }
        };
        for operation in lacking.iter().take(3) {
            note = note.with_related_location(&operation.location(), "this operation");
        }
    }
}
