//! Reports unquoted values and keys that are strings or numbers in YAML 1.2, but something else in YAML 1.1.

use std::collections::{HashMap, HashSet};

use crate::grammar::{ObjectKind, ValueKind};
use crate::scalar::AmbiguousScalar;
use crate::{Finding, Findings, Location, Node, Position, Profile, Rule, Value};

pub(crate) static RULE: Rule =
    Rule::warning("ambiguous-scalar", Profile::OpenApi, include_str!("ambiguous_scalar.md"));

/// Reports scalars that YAML 1.1 readers and YAML 1.2 readers interpret differently, if the difference matters: keys
/// that are names, values that should be strings, and numbers.
pub(crate) fn report_ambiguous_scalars(root: &Node, ambiguous: &[AmbiguousScalar], found: &mut Findings) {
    if ambiguous.is_empty() {
        return;
    }
    let scalars_by_start =
        ambiguous.iter().map(|scalar| (to_start_in_file(&scalar.location), scalar)).collect();
    let mut walker = Walker { root, scalars_by_start, checked_object_starts: HashSet::new(), found };
    walker.check_object(root, ObjectKind::OpenApi);
}

/// The path of a file, and the position in the file at which a node or key starts.
type StartInFile<'a> = (&'a str, Position);

fn to_start_in_file(location: &Location) -> StartInFile<'_> {
    (location.display_path(), location.start)
}

struct Walker<'a> {
    root: &'a Node,
    scalars_by_start: HashMap<StartInFile<'a>, &'a AmbiguousScalar>,
    /// The places in files at which the checked objects start. An object that occurs several times in the document is
    /// checked only once.
    checked_object_starts: HashSet<StartInFile<'a>>,
    found: &'a mut Findings,
}

impl<'a> Walker<'a> {
    fn check_object(&mut self, node: &'a Node, kind: ObjectKind) {
        let Some(object) = node.as_object() else { return };
        if !self.checked_object_starts.insert(to_start_in_file(&node.location)) {
            return;
        }
        for entry in object.iter() {
            match (kind, entry.key.as_str()) {
                (ObjectKind::Schema, "default" | "example") => {
                    self.check_schema_value(&entry.node, Some(node))
                }
                (ObjectKind::Schema, "enum") => {
                    entry
                        .node
                        .as_array()
                        .unwrap_or(&[])
                        .iter()
                        .for_each(|item| self.check_schema_value(item, Some(node)));
                }
                (ObjectKind::Parameter | ObjectKind::Header | ObjectKind::MediaType, "example") => {
                    self.check_schema_value(&entry.node, node.get("schema"));
                }
                (ObjectKind::Parameter | ObjectKind::Header | ObjectKind::MediaType, "examples") => {
                    for example in entry.node.as_object().into_iter().flat_map(|o| o.iter()) {
                        self.check_key(&example.key_location, "the name of an example");
                        let value = example.node.get("value");
                        value
                            .into_iter()
                            .for_each(|value| self.check_schema_value(value, node.get("schema")));
                    }
                }
                (_, key) => self.check_field(&entry.node, kind.value_kind(key)),
            }
        }
    }

    fn check_field(&mut self, node: &'a Node, value_kind: Option<ValueKind>) {
        match (value_kind, &node.value) {
            (Some(ValueKind::Str | ValueKind::StringFromList(_)), _) => self.check_string(node),
            (Some(ValueKind::StringList), Value::Array(items)) => {
                items.iter().for_each(|item| self.check_string(item))
            }
            (Some(ValueKind::StringMap), Value::Object(object)) => {
                for entry in object.iter() {
                    self.check_key(&entry.key_location, "a name");
                    self.check_string(&entry.node);
                }
            }
            (Some(ValueKind::Num | ValueKind::NonNegativeInteger), Value::Number(_)) => {
                self.check_number(node)
            }
            (Some(ValueKind::Object(kind) | ValueKind::ObjectOrBool(kind)), _) => {
                self.check_object(node, kind)
            }
            (Some(ValueKind::ObjectList(kind)), Value::Array(items)) => {
                items.iter().for_each(|item| self.check_object(item, kind));
            }
            (Some(ValueKind::ObjectMap(kind)), Value::Object(object)) => {
                for entry in object.iter() {
                    self.check_key(&entry.key_location, "a name");
                    self.check_object(&entry.node, kind);
                }
            }
            _ => {}
        }
    }

    /// Reports the ambiguous scalars in `node`, a value that `schema` describes: an example, a default or an enum
    /// value.
    fn check_schema_value(&mut self, node: &'a Node, schema: Option<&'a Node>) {
        let schema = schema.and_then(|schema| schema.resolve_reference(self.root));
        match &node.value {
            Value::String(_) if schema.and_then(|s| s.get_str("type")) == Some("string") => {
                self.check_string(node)
            }
            Value::Number(_) => self.check_number(node),
            Value::Array(items) => {
                let inner = schema.and_then(|schema| schema.get("items"));
                items.iter().for_each(|item| self.check_schema_value(item, inner));
            }
            Value::Object(object) => {
                for entry in object.iter() {
                    self.check_key(&entry.key_location, "the name of a property");
                    let inner = schema.and_then(|schema| schema.get("properties")?.get(&entry.key));
                    self.check_schema_value(&entry.node, inner);
                }
            }
            _ => {}
        }
    }

    fn check_string(&mut self, node: &'a Node) {
        // A value that is not a string is not reported here, because the structure check reports its wrong type.
        if node.as_str().is_some() {
            self.report(&node.location, "a text");
        }
    }

    fn check_number(&mut self, node: &'a Node) {
        let Some(scalar) = self.scalars_by_start.get(&to_start_in_file(&node.location)) else { return };
        let message = format!(
            "`{}` is a number here, and {} for many other readers",
            scalar.text, scalar.yaml_1_1_type_description
        );
        let help = "write the number in digits, without a leading zero; in quotes when a text is meant";
        self.found.push(Finding::new(&RULE, &node.location, message).with_help(help));
    }

    fn check_key(&mut self, location: &'a Location, what: &str) {
        self.report(location, what);
    }

    fn report(&mut self, location: &'a Location, what: &str) {
        let Some(scalar) = self.scalars_by_start.get(&to_start_in_file(location)) else { return };
        let message = format!(
            "`{}` is {what} here, and {} for many other readers",
            scalar.text, scalar.yaml_1_1_type_description
        );
        let found = Finding::new(&RULE, location, message);
        self.found.push(found.with_help(format!("put it in quotes: '{}'", scalar.text)));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::Source;
    use crate::parse::parse_with_findings;

    /// Checks a document with these schemas, and returns the messages of the rule. Each message is cut off before `
    /// here`.
    fn collect_message_starts(schemas: &str) -> Vec<String> {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
        );
        let parsed = parse_with_findings(&Source::new("t.yaml", text));
        let root = Arc::new(parsed.tree.unwrap());
        let mut found = Findings::new();
        report_ambiguous_scalars(&root, &parsed.ambiguous_scalars, &mut found);
        found
            .into_sorted_and_deduplicated()
            .iter()
            .map(|d| d.message.split(" here").next().unwrap_or_default().to_owned())
            .collect()
    }

    #[test]
    fn a_text_that_others_do_not_read_as_one_is_found_where_a_text_is_meant() {
        assert_eq!(
            collect_message_starts("    A: {type: string, enum: [yes, maybe, 'no']}\n"),
            ["`yes` is a text"]
        );
        assert_eq!(
            collect_message_starts("    A: {type: string, example: 2026-01-31}\n"),
            ["`2026-01-31` is a text"]
        );
        assert_eq!(
            collect_message_starts("    A: {type: string, title: 12:30:45}\n"),
            ["`12:30:45` is a text"]
        );
        assert_eq!(collect_message_starts("    A: {properties: {on: {type: string}}}\n"), ["`on` is a name"]);
        assert_eq!(collect_message_starts("    A: {required: [y]}\n"), ["`y` is a text"]);
        assert_eq!(collect_message_starts("    A: {example: {no: 1}}\n"), ["`no` is the name of a property"]);
        let nested = "    A: {properties: {b: {$ref: '#/components/schemas/B'}}, example: {b: off}}\n    B: {type: string}\n";
        assert_eq!(collect_message_starts(nested), ["`off` is a text"]);
        assert_eq!(collect_message_starts("    A: {type: integer, default: 0123}\n"), ["`0123` is a number"]);
        assert_eq!(collect_message_starts("    A: {type: number, maximum: 1e9}\n"), ["`1e9` is a number"]);
    }

    #[test]
    fn what_is_meant_to_be_something_else_or_is_quoted_is_not() {
        for fine in [
            "    A: {type: string, example: '2026-01-31', enum: [north]}\n",
            "    A: {type: integer, default: 10, example: 1.5}\n",
            "    A: {type: boolean, example: yes}\n",
            "    A: {x-since: 2026-01-31, x-map: {on: 1}}\n",
            "    A: {example: {free: no}}\n",
        ] {
            assert!(collect_message_starts(fine).is_empty(), "{fine}: {:?}", collect_message_starts(fine));
        }
    }
}
