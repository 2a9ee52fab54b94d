//! Finds alternatives of a `oneOf` or `anyOf` that the vendor has added, removed or changed, to update our documents.

use std::collections::BTreeSet;

use partner_model::index::enum_values;
use partner_model::names::to_type_name;
use partner_spec::pointer::unescape_token;
use partner_spec::{Node, ObjectKind};

use super::{ApplicableChange, ChangeSearch, DraftBuilder, NodeEdit, PointerInFile, SchemaFields};

const ALTERNATIVE_LIST_KEYS: [&str; 2] = ["oneOf", "anyOf"];

/// An alternative of a `oneOf` or `anyOf`, in one of our documents or in a vendor's document.
struct Alternative<'a> {
    /// The index of the alternative in the list of the `oneOf` or `anyOf`.
    index: usize,
    /// The schema of the alternative, or a reference to the schema.
    schema_or_reference: &'a Node,
    /// The names by which the user can refer to the alternative: the key and title of its schema, and the values of
    /// fields that have a single possible value.
    accepted_names: BTreeSet<String>,
    /// The names of the alternative's fields.
    field_names: BTreeSet<&'a str>,
}

impl<'a> ChangeSearch<'a> {
    /// Compares the alternatives (the items of `oneOf` or `anyOf`) of two schemas, and returns the first change. Our
    /// schema is at the JSON pointer `place`, and `theirs` is the vendor's schema. `name` is the name of the field or
    /// parameter to which both schemas belong.
    pub(super) fn find_union_alternative_change(
        &mut self,
        name: &str,
        place: &PointerInFile,
        theirs: &'a Node,
        depth: usize,
    ) -> Option<ApplicableChange> {
        let ours = self.find_our_node(place)?;
        let list =
            place.child_pointer(ALTERNATIVE_LIST_KEYS.into_iter().find(|key| ours.get(key).is_some())?);
        let their_list = ALTERNATIVE_LIST_KEYS.into_iter().find_map(|key| theirs.get(key)?.as_array())?;
        let mut open: Vec<Alternative<'a>> = self.our_alternatives(&list);
        let mut theirs_open: Vec<Alternative<'a>> = (0..)
            .zip(their_list)
            .map(|(index, node)| {
                let fields = SchemaFields::read(self.root, node).fields;
                Alternative::new(index, node, node.resolve_reference(self.root), &fields)
            })
            .collect();
        let mut pairs = Vec::new();
        let is_same: [fn(&Alternative<'_>, &Alternative<'_>) -> bool; 2] = [
            |a, b| !a.accepted_names.is_disjoint(&b.accepted_names),
            |a, b| !a.field_names.is_empty() && a.field_names == b.field_names,
        ];
        for is_same in is_same {
            open.retain(|ours| match theirs_open.iter().position(|theirs| is_same(ours, theirs)) {
                Some(found) => {
                    pairs.push((ours.index, theirs_open.remove(found).schema_or_reference));
                    false
                }
                None => true,
            });
        }
        if let Some(added) = theirs_open.iter().find(|theirs| theirs.matches_name(self.name)) {
            return Some(self.make_alternative_addition(place, &list, theirs, added));
        }
        if let Some(removed) = open.iter().find(|ours| ours.matches_name(self.name)) {
            return self.make_alternative_removal(place, &list, removed);
        }
        pairs.into_iter().find_map(|(index, node)| {
            self.find_schema_change(name, &list.child_pointer(&index.to_string()), node, depth + 1)
        })
    }

    fn our_alternatives(&self, list: &PointerInFile) -> Vec<Alternative<'a>> {
        let items = self.find_our_node(list).and_then(Node::as_array).unwrap_or_default();
        let read = |(index, node): (usize, &'a Node)| {
            let spot = self.follow_references_at(&list.child_pointer(&index.to_string()))?;
            let parts = self.list_pointers_to_defining_schemas(&spot, 0);
            let parts = parts.iter().filter_map(|part| self.find_our_node(part));
            let fields: Vec<(&str, &Node)> = parts
                .flat_map(|part| part.get_entries("properties"))
                .map(|entry| (entry.key.as_str(), &entry.node))
                .collect();
            Some(Alternative::new(index, node, self.find_our_node(&spot), &fields))
        };
        (0..).zip(items).filter_map(read).collect()
    }

    fn make_alternative_addition(
        &self,
        place: &PointerInFile,
        list: &PointerInFile,
        theirs: &'a Node,
        added: &Alternative<'a>,
    ) -> ApplicableChange {
        let mut draft = DraftBuilder::new(self.root, self.folder, self.schema_file_path);
        let mut written = draft.apply_conventions_to_nested_object(
            ObjectKind::Schema,
            ObjectKind::Schema,
            added.schema_or_reference,
            &list.file,
        );
        if written.ref_text().is_none() {
            written.set_value(
                "title",
                Node::new_string(to_type_name(self.name), &added.schema_or_reference.location),
            );
        }
        let mut edits = vec![(list.clone(), NodeEdit::Push(written))];
        let mapping = place.child_pointer("discriminator").child_pointer("mapping");
        let their_mapping =
            theirs.get("discriminator").map(|discriminator| discriminator.get_entries("mapping"));
        let leads_to =
            |node: &Node| node.as_str().is_some() && node.as_str() == added.schema_or_reference.ref_text();
        if self.find_our_node(&mapping).is_some() {
            for entry in their_mapping.into_iter().flatten().filter(|entry| leads_to(&entry.node)) {
                let target = draft.convert_mapping_value(&entry.node, &list.file);
                edits.push((mapping.clone(), NodeEdit::Insert(entry.key.clone(), target)));
            }
        }
        self.make_change_from_draft(format!("the alternative `{}` was added", self.name), edits, draft)
    }

    fn make_alternative_removal(
        &self,
        place: &PointerInFile,
        list: &PointerInFile,
        removed: &Alternative<'a>,
    ) -> Option<ApplicableChange> {
        let mapping = place.child_pointer("discriminator").child_pointer("mapping");
        let entries =
            self.find_our_node(&mapping).and_then(Node::as_object).into_iter().flat_map(|map| map.iter());
        let leads_to =
            |node: &Node| node.as_str().is_some() && node.as_str() == removed.schema_or_reference.ref_text();
        let mapped = entries.filter(|entry| leads_to(&entry.node));
        let mut edits = vec![self.make_removal_edit(&list.child_pointer(&removed.index.to_string()))];
        edits.extend(mapped.map(|entry| (mapping.child_pointer(&entry.key), NodeEdit::Remove)));
        self.make_change(format!("the alternative `{}` was removed", self.name), edits)
    }
}

impl<'a> Alternative<'a> {
    fn new(
        index: usize,
        node: &'a Node,
        schema: Option<&'a Node>,
        fields: &[(&'a str, &'a Node)],
    ) -> Alternative<'a> {
        let key = node.ref_text().and_then(|target| target.rsplit('/').next()).map(unescape_token);
        let title = schema.and_then(|schema| schema.get_str("title"));
        let mut names: BTreeSet<String> = key.iter().map(|key| to_type_name(key)).collect();
        names.extend(title.map(to_type_name));
        for (_, field) in fields {
            let mut values = enum_values(field).map(|(value, _)| value.to_owned());
            names.extend(values.next().filter(|_| values.next().is_none()));
        }
        Alternative {
            index,
            schema_or_reference: node,
            accepted_names: names,
            field_names: fields.iter().map(|(name, _)| *name).collect(),
        }
    }

    /// Whether `name` is one of the names by which the user can refer to this alternative. The suffix `InDocs` of
    /// `name` is ignored, because `cargo xtask drift` adds it to the names of the vendor's types.
    fn matches_name(&self, name: &str) -> bool {
        let name = name.strip_suffix("InDocs").unwrap_or(name);
        self.accepted_names.contains(name) || self.accepted_names.contains(&to_type_name(name))
    }
}
