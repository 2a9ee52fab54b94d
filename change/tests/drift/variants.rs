//! Writes a document in other ways that mean the same.

use partner_spec::pointer::escape_token;
use partner_spec::{Entry, Node, Object, ObjectKind, Value, ValueKind};

/// Writes a document as YAML that is indented by three blanks.
pub(crate) fn yaml(node: &Node) -> String {
    let mut out = String::new();
    write_yaml(node, 0, &mut out);
    out
}

fn write_yaml(node: &Node, depth: usize, out: &mut String) {
    let indent = "   ".repeat(depth);
    match &node.value {
        Value::Object(object) if !object.is_empty() => {
            for entry in object.iter() {
                out.push_str(&format!("{indent}{}:\n", serde_json::Value::from(entry.key.as_str())));
                write_yaml(&entry.node, depth + 1, out);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                out.push_str(&format!("{indent}-\n"));
                write_yaml(item, depth + 1, out);
            }
        }
        _ => out.push_str(&format!("{indent}{}\n", node.to_json())),
    }
}

/// Changes every object of the specification, inner ones first.
fn each_object(node: &mut Node, kind: ObjectKind, change: &mut dyn FnMut(&mut Node, ObjectKind)) {
    if !(kind.can_be_reference() && node.get("$ref").is_some()) {
        each_child(node, kind, &mut |node, kind| each_object(node, kind, change));
    }
    change(node, kind);
}

fn each_child(node: &mut Node, kind: ObjectKind, visit: &mut dyn FnMut(&mut Node, ObjectKind)) {
    let Some(object) = node.as_object_mut() else { return };
    for entry in object.iter_mut() {
        match (kind.value_kind(&entry.key), &mut entry.node.value) {
            (Some(ValueKind::Object(kind) | ValueKind::ObjectOrBool(kind)), Value::Object(_)) => {
                visit(&mut entry.node, kind)
            }
            (Some(ValueKind::ObjectList(kind)), Value::Array(items)) => {
                items.iter_mut().for_each(|item| visit(item, kind))
            }
            (Some(ValueKind::ObjectMap(kind)), Value::Object(map)) => {
                map.iter_mut().for_each(|entry| visit(&mut entry.node, kind));
            }
            _ => {}
        }
    }
}

/// Removes everything that only our documents have, or that is only for people.
pub(crate) fn bare(root: &mut Node) {
    each_object(root, ObjectKind::OpenApi, &mut |node, kind| {
        let is_text = |key: &str| match kind {
            ObjectKind::Schema => matches!(key, "title" | "description" | "example" | "externalDocs"),
            ObjectKind::Response | ObjectKind::Info => false,
            _ => matches!(key, "summary" | "description" | "example" | "examples" | "tags" | "operationId"),
        };
        let Some(object) = node.as_object_mut() else { return };
        object.retain(|entry| !entry.key.starts_with("x-") && !is_text(&entry.key));
        let is_decimal = object.get("format").and_then(Node::as_str) == Some("decimal");
        if kind == ObjectKind::Schema && is_decimal {
            object.remove("format");
        }
    });
}

/// Reverses the order of everything whose order means nothing.
pub(crate) fn reordered(root: &mut Node) {
    fn reversed(object: &Object) -> Object {
        let mut out = Object::new();
        object.iter().rev().for_each(|entry| out.set_entry(entry.clone()));
        out
    }
    fn reverse_keys(node: &mut Node) {
        match &mut node.value {
            Value::Object(object) => {
                object.iter_mut().for_each(|entry| reverse_keys(&mut entry.node));
                *object = reversed(object);
            }
            Value::Array(items) => items.iter_mut().for_each(reverse_keys),
            _ => {}
        }
    }
    reverse_keys(root);
    each_object(root, ObjectKind::OpenApi, &mut |node, _| {
        for key in ["parameters", "required", "enum", "tags", "servers", "oneOf"] {
            if let Some(Value::Array(items)) = node.get_mut(key).map(|node| &mut node.value) {
                items.reverse();
            }
        }
    });
}

/// Replaces every reference by a copy of its target, except where that would not end, and the alternatives of a
/// discriminator, which have to be references.
pub(crate) fn inlined(root: &mut Node) {
    let whole = root.clone();
    inline(root, ObjectKind::OpenApi, &whole, &mut Vec::new());
}

fn inline(node: &mut Node, kind: ObjectKind, root: &Node, inside: &mut Vec<String>) {
    let target = node.ref_text().filter(|_| kind.can_be_reference()).map(str::to_owned);
    if let Some(target) = target {
        if inside.contains(&target) {
            return;
        }
        *node = root.pointer(&target[1..]).unwrap().clone();
        inside.push(target);
        inline(node, kind, root, inside);
        inside.pop();
        return;
    }
    let mut alternatives = None;
    if kind == ObjectKind::Schema && node.get("discriminator").is_some() {
        alternatives = node.get("oneOf").cloned();
    }
    each_child(node, kind, &mut |node, kind| inline(node, kind, root, inside));
    alternatives.into_iter().for_each(|one_of| node.set_value("oneOf", one_of));
}

/// Moves every schema, parameter, response, header and request body that is written in place to `components`.
pub(crate) fn extracted(root: &mut Node) {
    let mut moved: Vec<(&'static str, String, Node)> = Vec::new();
    let location = root.location.clone();
    each_object(root, ObjectKind::OpenApi, &mut |node, kind| {
        let section = match kind {
            ObjectKind::Schema
            | ObjectKind::Parameter
            | ObjectKind::Response
            | ObjectKind::Header
            | ObjectKind::RequestBody => kind.components_key(),
            _ => None,
        };
        let is_reference = node.get("$ref").is_some();
        if let Some(section) = section.filter(|_| !is_reference && node.as_object().is_some()) {
            let name = format!("Moved{}", moved.len());
            let reference = Node::new_reference(format!("#/components/{section}/{name}"), &location);
            moved.push((section, name, std::mem::replace(node, reference)));
        }
    });
    for (section, name, node) in moved {
        let components = root.get_mut("components").unwrap();
        if components.get(section).is_none() {
            components.set_value(section, Node::new_object([], &location));
        }
        components.get_mut(section).unwrap().set_value(&name, node);
    }
}

/// Gives every component another name.
pub(crate) fn renamed(root: &mut Node) {
    let mut names: Vec<(String, String, String)> = Vec::new();
    let sections = root.get_mut("components").and_then(Node::as_object_mut).unwrap();
    for section in sections.iter_mut() {
        let mut out = Object::new();
        for (index, entry) in section.node.as_object().unwrap().iter().enumerate() {
            let name = format!("renamed_{index}");
            names.push((section.key.clone(), entry.key.clone(), name.clone()));
            out.set_entry(Entry { key: name, ..entry.clone() });
        }
        section.node.value = Value::Object(out);
    }
    let pairs: Vec<(String, String)> = names
        .iter()
        .map(|(section, old, new)| {
            let pointer = |name: &str| format!("#/components/{section}/{}", escape_token(name));
            (pointer(old), pointer(new))
        })
        .collect();
    let scheme = |old: &str| {
        names.iter().find(|(section, name, _)| section == "securitySchemes" && name == old).unwrap().2.clone()
    };
    each_object(root, ObjectKind::OpenApi, &mut |node, kind| {
        let Some(object) = node.as_object_mut() else { return };
        if let Some(Value::String(target)) = object.get_mut("$ref").map(|node| &mut node.value) {
            *target = pairs.iter().find(|(old, _)| old == target).unwrap().1.clone();
        }
        let mapping = object.get_mut("mapping").filter(|_| kind == ObjectKind::Discriminator);
        for entry in mapping.and_then(Node::as_object_mut).into_iter().flat_map(Object::iter_mut) {
            if let Value::String(target) = &mut entry.node.value {
                *target = pairs.iter().find(|(old, _)| old == target).unwrap().1.clone();
            }
        }
        if let Some(Value::Array(requirements)) = object.get_mut("security").map(|node| &mut node.value) {
            for requirement in requirements {
                let mut out = Object::new();
                for entry in requirement.as_object().unwrap().iter() {
                    out.set_entry(Entry { key: scheme(&entry.key), ..entry.clone() });
                }
                requirement.value = Value::Object(out);
            }
        }
    });
}
