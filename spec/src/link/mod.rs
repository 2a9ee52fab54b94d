//! Resolves `$ref`s, and links the files of a document into one tree.
//!
//! A schema of another file becomes a component, because schemas have names and may refer to each other in cycles. A
//! reference to any other object of another file, like a response, is replaced by a copy of the object. References to
//! the `components` of the root file stay references.

mod components;
mod find_target;
mod target;

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::{Path, PathBuf};

use crate::files::{FileCache, normalize_path};
use crate::grammar::ObjectKind;
use crate::pointer::escape_token;
use crate::rebuild::{replace_objects_in_value, replace_values};
use crate::rules::{self, ref_circular, too_deep};
use crate::{Finding, Location, Node, Object, StepBudget, Value};

use find_target::Reference;
use target::{ReferenceTarget, ReferenceTargetId};

/// The maximum length of a chain of references, in which the target of each reference is the next reference.
const MAX_REFERENCE_CHAIN_LENGTH: usize = 32;

/// The depth to which references are replaced by copies of their targets: a reference that is nested in more objects is
/// reported instead. The objects inside a copy may be nested deeper.
const MAX_INLINING_DEPTH: usize = 64;

/// The base of the limit on the values that are copied in place of references. For each kilobyte of the document's
/// files, [`COPIED_VALUES_LIMIT_INCREASE_PER_KILOBYTE`] is added to it. For comparison: an operation with references to
/// six small responses of another file has one or two kilobytes of text, and about a hundred values are copied for it.
const BASE_COPIED_VALUES_LIMIT: usize = 40_000;
const COPIED_VALUES_LIMIT_INCREASE_PER_KILOBYTE: usize = 120;

/// Links the files of a document into one tree.
pub(crate) struct Linker {
    pub(crate) files: FileCache,
    /// The path of the root file of the document.
    root_file_path: PathBuf,
    /// The objects that become components of the linked document, by kind and component name.
    components: HashMap<(ObjectKind, String), ReferenceTarget>,
    /// The targets of references that have become components, each with the name of its component.
    component_names_by_target: HashMap<ReferenceTargetId, String>,
    /// The references in all reported cycles. They are stored so that each cycle is reported only once. A reference is
    /// identified by its file and JSON pointer.
    references_in_reported_cycles: HashSet<ReferenceTargetId>,
    /// The targets of references for which a name collision was reported: as components, they would have the same name
    /// as another target. They are stored so that each name collision is reported only once.
    targets_with_reported_collision: HashSet<ReferenceTargetId>,
    /// The components that have not been linked yet.
    unlinked_components: VecDeque<(ObjectKind, String)>,
    /// The references that are being replaced by copies of their targets. Each reference is stored as its target, which
    /// contains the next reference.
    targets_being_inlined: Vec<ReferenceTargetId>,
    /// The number of nested objects that contain the node that is being linked.
    nesting_depth: usize,
    /// The number of values that were copied until now, to replace references by their targets.
    copied_value_count: usize,
    /// Whether a finding has already reported that too many values are copied.
    is_copy_limit_reported: bool,
    /// The number of comparisons of misspelled names with known names so far. The maximum is
    /// `MAX_NAME_COMPARISONS_PER_DOCUMENT`.
    name_comparison_count: usize,
}

impl Linker {
    pub(crate) fn new(files: FileCache, root: &Path) -> Linker {
        Linker {
            files,
            root_file_path: normalize_path(root),
            components: HashMap::new(),
            component_names_by_target: HashMap::new(),
            references_in_reported_cycles: HashSet::new(),
            targets_with_reported_collision: HashSet::new(),
            unlinked_components: VecDeque::new(),
            targets_being_inlined: Vec::new(),
            nesting_depth: 0,
            copied_value_count: 0,
            is_copy_limit_reported: false,
            name_comparison_count: 0,
        }
    }

    /// Reads the root file of a document and all files to which it refers, and returns the linked document. Returns
    /// `None` if the root file cannot be read or is not OpenAPI 3.0. Adds the findings to `files.findings`.
    pub(crate) fn read_and_link_document(&mut self) -> Option<Node> {
        let root_file_path = self.root_file_path.clone();
        let root = match self.files.get_or_read_tree(&root_file_path) {
            Ok(parsed) => parsed?,
            Err(refusal) => {
                self.report(rules::file::new_finding(&self.files.start_of_file(&root_file_path), &refusal));
                return None;
            }
        };
        if !rules::openapi_version::check_openapi_version(&root, &mut self.files.findings) {
            return None;
        }
        self.register_root_components(&root, &root_file_path);
        let linked = self.resolve_references(&root, ObjectKind::OpenApi, &root_file_path);
        Some(self.link_and_add_components(linked, &root))
    }

    fn report(&mut self, finding: Finding) {
        self.files.findings.push(finding);
    }

    /// Returns the node with all references in it resolved.
    fn resolve_references(&mut self, node: &Node, kind: ObjectKind, file: &Path) -> Node {
        self.resolve_references_if_any(node, kind, file).unwrap_or_else(|| node.clone())
    }

    /// Returns the node with all references in it resolved. Returns `None` if nothing in the node changes, because the
    /// caller then needs no copy of the node.
    fn resolve_references_if_any(&mut self, node: &Node, kind: ObjectKind, file: &Path) -> Option<Node> {
        let Value::Object(object) = &node.value else { return None };
        if kind.can_be_reference()
            && let Some(reference) = object.get("$ref")
        {
            self.check_ref_siblings(object, kind);
            return self.link_reference(node, reference, kind, file);
        }
        self.nesting_depth += 1;
        let linked = replace_values(object, |entry| {
            // The value of `components` becomes `null` for now: `link_and_add_components` links the components and adds
            // them to the document when everything else is linked.
            match kind == ObjectKind::OpenApi && entry.key == "components" {
                true => Some(Node::new(Value::Null, &entry.node.location)),
                false => replace_objects_in_value(&entry.node, kind.value_kind(&entry.key)?, |node, kind| {
                    self.resolve_references_if_any(node, kind, file)
                }),
            }
        });
        self.nesting_depth -= 1;
        linked.map(|object| Node::new(Value::Object(object), &node.location))
    }

    fn check_ref_siblings(&mut self, object: &Object, kind: ObjectKind) {
        self.files
            .findings
            .extend(rules::ref_siblings::check_ref_siblings(object, kind).into_iter().collect());
    }

    fn link_reference(
        &mut self,
        node: &Node,
        reference: &Node,
        kind: ObjectKind,
        file: &Path,
    ) -> Option<Node> {
        let text = reference.as_str()?;
        let reference = Reference { text, location: &reference.location, file };
        let target = self
            .find_target(reference)
            .and_then(|target| self.follow_reference_chain(target, kind, reference));
        let Some(target) = target else { return Some(self.qualify_unresolved_reference(node, reference)) };
        let section = kind.components_key();
        let in_components = target.file == self.root_file_path
            && section.is_some_and(|s| target.pointer.starts_with(&format!("/components/{s}/")));
        if let Some(section) = section
            && (kind == ObjectKind::Schema || in_components)
        {
            let name = self.choose_component_name(kind, &target);
            let name = self.register_component(kind, name, target, reference.location);
            let text = format!("#/components/{section}/{}", escape_token(&name));
            let is_same = text == reference.text && node.as_object().is_some_and(|object| object.len() == 1);
            return (!is_same).then(|| Node::new_reference(text, &node.location));
        }
        if !self.check_can_be_inlined(&target, reference) {
            return Some(self.qualify_unresolved_reference(node, reference));
        }
        self.targets_being_inlined.push(target.id());
        let linked = self.resolve_references(target.node(), kind, &target.file);
        self.targets_being_inlined.pop();
        Some(linked)
    }

    /// Returns the node that replaces an unresolved reference in the linked document. A reference like `#/B` gets the
    /// path of the file in which it is written: `a.yaml#/B`. Without this path, the reference could lead to a wrong
    /// node, because the linked document contains the nodes of several files.
    fn qualify_unresolved_reference(&self, node: &Node, reference: Reference<'_>) -> Node {
        match reference.text.strip_prefix('#') {
            Some(pointer) => Node::new_reference(
                format!("{}#{pointer}", self.files.to_display_path(reference.file)),
                &node.location,
            ),
            None => node.clone(),
        }
    }

    /// Returns whether a reference may be inlined, that is, replaced by a copy of its target. If it may not, adds a
    /// finding about the reference. It may not be inlined if the target contains the reference, or if a limit on depth
    /// or size would be exceeded.
    fn check_can_be_inlined(&mut self, target: &ReferenceTarget, reference: Reference<'_>) -> bool {
        if self.targets_being_inlined.contains(&target.id()) {
            self.report(ref_circular::new_finding(reference.text, reference.location));
            return false;
        }
        if self.nesting_depth > MAX_INLINING_DEPTH {
            self.report(too_deep::new_long_reference_chain_finding(reference.text, reference.location));
            return false;
        }
        let limit = StepBudget::new(
            BASE_COPIED_VALUES_LIMIT,
            COPIED_VALUES_LIMIT_INCREASE_PER_KILOBYTE,
            self.files.read_byte_count,
        )
        .initial_step_count();
        self.copied_value_count += target.node().count_values();
        if self.copied_value_count > limit {
            // Only the first reference that exceeds the limit of copied values is reported.
            if !std::mem::replace(&mut self.is_copy_limit_reported, true) {
                self.report(rules::too_large::new_too_many_copied_values_finding(reference.location, limit));
            }
            return false;
        }
        true
    }

    /// Follows the chain of references that starts at `target`, and returns the target of the last reference. Returns
    /// `target` itself if it is not a reference. If the chain is a cycle, is too long, or ends at an object of the
    /// wrong kind, reports this and returns `None`.
    fn follow_reference_chain(
        &mut self,
        mut target: ReferenceTarget,
        kind: ObjectKind,
        from: Reference<'_>,
    ) -> Option<ReferenceTarget> {
        let mut seen = vec![target.id()];
        let mut last = from.location.clone();
        while !self.component_names_by_target.contains_key(&target.id())
            && let Some(next) = target.node().get("$ref")
        {
            last = next.location.clone();
            let text = next.as_str()?.to_owned();
            if let Some(object) = target.node().as_object() {
                self.check_ref_siblings(object, kind);
            }
            target = self.find_target(Reference { text: &text, location: &last, file: &target.file })?;
            let id = target.id();
            if let Some(start) = seen.iter().position(|known| *known == id) {
                if !seen.iter().any(|id| self.references_in_reported_cycles.contains(id)) {
                    self.report(ref_circular::new_finding(from.text, from.location));
                }
                self.references_in_reported_cycles.extend(seen.drain(start..));
                return None;
            }
            if seen.len() >= MAX_REFERENCE_CHAIN_LENGTH {
                self.report(too_deep::new_long_reference_chain_finding(from.text, from.location));
                return None;
            }
            seen.push(id);
        }
        self.check_kind(&target, kind, &last)?;
        Some(target)
    }

    fn check_kind(&mut self, target: &ReferenceTarget, kind: ObjectKind, location: &Location) -> Option<()> {
        let Some(what) = target.describe_if_wrong_kind(kind, target.file == self.root_file_path) else {
            return Some(());
        };
        let found = rules::ref_kind::new_finding(&what, kind, location, &target.key_location());
        self.report(match kind.components_key() {
            Some(section) if target.file == self.root_file_path => {
                found.with_help(format!("refer to something below `#/components/{section}`"))
            }
            _ => found.with_help(format!("refer to the {} itself, like `file.yaml#/Name`", kind.name())),
        });
        None
    }
}

#[cfg(test)]
mod tests;
