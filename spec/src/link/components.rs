//! Collects the components of the linked document: the components of the root file, and the schemas of other files.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::Linker;
use super::find_target::Reference;
use super::target::ReferenceTarget;
use crate::grammar::ObjectKind;
use crate::pointer::escape_token;
use crate::rules::name_collision;
use crate::{Entry, Location, Node, Object, Value};

/// The kinds of objects that can be in `components`, each in its own section, like `schemas`.
const COMPONENT_KINDS: [ObjectKind; 9] = [
    ObjectKind::Schema,
    ObjectKind::Response,
    ObjectKind::Parameter,
    ObjectKind::Example,
    ObjectKind::RequestBody,
    ObjectKind::Header,
    ObjectKind::SecurityScheme,
    ObjectKind::Link,
    ObjectKind::Callback,
];

impl Linker {
    /// Registers the components of the root file under their names. This is done before references are resolved, so
    /// that resolved references use these names. Components that are only a `$ref` are registered last. So a schema
    /// gets the name of the component that contains it, not the name of a component that refers to it.
    pub(super) fn register_root_components(&mut self, root: &Arc<Node>, path: &Path) {
        let Some(components) = root.get("components") else { return };
        for are_references in [false, true] {
            for (kind, section) in kinds_with_sections() {
                for entry in components.get_entries(section) {
                    if entry.node.get("$ref").is_some() == are_references {
                        self.register_root_component(kind, section, entry, root, path);
                    }
                }
            }
        }
    }

    fn register_root_component(
        &mut self,
        kind: ObjectKind,
        section: &str,
        entry: &Entry,
        root: &Arc<Node>,
        path: &Path,
    ) {
        let pointer = format!("/components/{section}/{}", escape_token(&entry.key));
        let text = format!("#{pointer}");
        let start = ReferenceTarget { file: path.to_owned(), pointer, file_root: Arc::clone(root) };
        let from = Reference { text: &text, location: &entry.key_location, file: path };
        let Some(target) = self.follow_reference_chain(start, kind, from) else { return };
        let name = self.register_component(kind, entry.key.clone(), target.clone(), &entry.key_location);
        // If the target is already a component under another name, `name` differs from the key of the entry. In this
        // case, the key of the entry becomes a second name of the component. A schema gets no second name, because each
        // name of a schema becomes a Rust type.
        if name != entry.key && kind != ObjectKind::Schema {
            self.add_component(kind, entry.key.clone(), target);
        }
    }

    fn add_component(&mut self, kind: ObjectKind, name: String, target: ReferenceTarget) {
        self.components.insert((kind, name.clone()), target);
        self.unlinked_components.push_back((kind, name));
    }

    /// Returns the name that the target of a reference gets as a component. Usually this is the plain name (`user`). If
    /// another component already has the plain name, and the target is a whole file, the name starts with the folder of
    /// the file (`schemas.user`).
    pub(super) fn choose_component_name(&self, kind: ObjectKind, target: &ReferenceTarget) -> String {
        let name = target.component_name();
        let taken = !self.component_names_by_target.contains_key(&target.id())
            && self.components.contains_key(&(kind, name.clone()));
        target.component_name_with_folder().filter(|_| taken).unwrap_or(name)
    }

    /// Registers the target of a reference as a component, and returns the name of the component. A target that is
    /// already a component keeps its name. If another component has the name `name`, a collision is reported, and the
    /// target is not registered.
    pub(super) fn register_component(
        &mut self,
        kind: ObjectKind,
        name: String,
        target: ReferenceTarget,
        from: &Location,
    ) -> String {
        let id = target.id();
        if let Some(known) = self.component_names_by_target.get(&id) {
            return known.clone();
        }
        if let Some(other) = self.components.get(&(kind, name.clone())) {
            // The collision of two component names is reported only once for each target, even if several references
            // lead to the target.
            if self.targets_with_reported_collision.insert(id) {
                let collision = name_collision::new_finding(kind, &name, from, &other.node().location);
                self.report(collision);
            }
            return name;
        }
        self.component_names_by_target.insert(id, name.clone());
        self.add_component(kind, name.clone(), target);
        name
    }

    /// Resolves the references in each component, and adds all components to the linked document.
    pub(super) fn link_and_add_components(&mut self, mut linked: Node, root: &Node) -> Node {
        let mut sections: BTreeMap<&'static str, Object> = BTreeMap::new();
        while let Some((kind, name)) = self.unlinked_components.pop_front() {
            let Some(target) = self.components.get(&(kind, name.clone())).cloned() else { continue };
            let node = self.resolve_references(target.node(), kind, &target.file);
            if let Some(section) = kind.components_key() {
                let key_location = target.key_location();
                sections.entry(section).or_default().push_new_entry(Entry { key: name, key_location, node });
            }
        }
        let none = Object::new();
        let original = root.get("components");
        let root_components = original.map_or(Some(&none), Node::as_object);
        let location = original.map_or(&root.location, |node| &node.location);
        match (
            root_components.map(|root_components| build_components(root_components, sections, location)),
            original,
        ) {
            (Some(components), _) if components.is_empty() => drop(linked.remove("components")),
            (Some(components), _) => {
                linked.set_value("components", Node::new(Value::Object(components), location))
            }
            // A value of `components` that is not an object stays as it is, so that the structure check reports it.
            (None, Some(original)) => linked.set_value("components", original.clone()),
            (None, None) => {}
        }
        linked
    }
}

/// Builds the `components` object of the linked document. It contains the linked components, grouped by section (like
/// `schemas`). It also keeps each key of the root file's `components` that is not a section.
fn build_components(
    root_components: &Object,
    sections: BTreeMap<&'static str, Object>,
    location: &Location,
) -> Object {
    let mut components = Object::new();
    for (section, mut object) in sections {
        object.sort_entries_by_key();
        let (key_location, location) = root_components
            .entry(section)
            .map_or((location, location), |entry| (&entry.key_location, &entry.node.location));
        let node = Node::new(Value::Object(object), location);
        components.push_new_entry(Entry {
            key: section.to_owned(),
            key_location: key_location.clone(),
            node,
        });
    }
    // Unknown sections of `components`, and sections that are not maps, are kept, so that a later check of the
    // structure reports them as errors.
    let is_known_section =
        |entry: &Entry| COMPONENT_KINDS.iter().any(|kind| kind.components_key() == Some(&entry.key));
    for entry in root_components.iter().filter(|e| !is_known_section(e) || e.node.as_object().is_none()) {
        if !components.contains_key(&entry.key) {
            components.push_new_entry(entry.clone());
        }
    }
    components
}

fn kinds_with_sections() -> impl Iterator<Item = (ObjectKind, &'static str)> {
    COMPONENT_KINDS.into_iter().filter_map(|kind| Some((kind, kind.components_key()?)))
}
