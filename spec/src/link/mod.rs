//! Resolves `$ref`s, and links the files of a document into one tree.
//!
//! A schema of another file becomes a component, because schemas have names and may refer to each other in cycles. A
//! reference to any other object of another file is replaced by the object. References to the `components` of the
//! root file stay references.

mod components;
mod find;
mod target;

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::{Path, PathBuf};

use crate::files::{Files, normalize};
use crate::grammar::Kind;
use crate::pointer::escape;
use crate::rebuild::{replace_in_field, replace_values};
use crate::rules::{self, ref_circular, too_deep};
use crate::{Budget, Diagnostic, Location, Node, Object, Value};

use find::Reference;
use target::{Id, Target};

/// The most references in a row that each lead to the next one.
const MAX_REFERENCE_CHAIN: usize = 32;

/// The greatest depth, in nested objects, at which a reference is replaced by its target. The target itself may be
/// nested deeper.
const MAX_LINKED_DEPTH: usize = 64;

/// The most values that may be copied in place of references: a base for every document, and an allowance for each
/// kilobyte of its files. An operation that refers to six small responses of another file copies about a hundred
/// values, and takes one or two kilobytes.
const COPIED_BASE: usize = 40_000;
const COPIED_PER_KILOBYTE: usize = 120;

/// Links the files of a document into one tree.
pub(crate) struct Linker {
    pub(crate) files: Files,
    /// The path of the root file.
    root: PathBuf,
    /// The components of the linked document, by kind and name.
    components: HashMap<(Kind, String), Target>,
    /// The component names of targets.
    names: HashMap<Id, String>,
    /// The references that are part of a cycle, so that each cycle is reported once, however many references lead to
    /// it.
    circular: HashSet<Id>,
    /// The targets whose name another component has, so that each collision is reported once.
    collided: HashSet<Id>,
    /// The components that have not been linked yet.
    queue: VecDeque<(Kind, String)>,
    /// The targets that are being copied in place of references, outer ones first.
    inlining: Vec<Id>,
    /// The number of objects around the node that is being linked.
    depth: usize,
    /// The number of values copied in place of references so far.
    copied: usize,
    /// Whether more values would have been copied than the limit allows, which is reported once.
    overfull: bool,
    /// The number of names compared with unresolved references so far, see [`find`].
    compared: usize,
}

impl Linker {
    pub(crate) fn new(files: Files, root: &Path) -> Linker {
        Linker {
            files,
            root: normalize(root),
            components: HashMap::new(),
            names: HashMap::new(),
            circular: HashSet::new(),
            collided: HashSet::new(),
            queue: VecDeque::new(),
            inlining: Vec::new(),
            depth: 0,
            copied: 0,
            overfull: false,
            compared: 0,
        }
    }

    /// Reads the root file and all files that it refers to, and returns the linked document; `None` if the root file
    /// cannot be read or is not OpenAPI 3.0. The findings are in `files.diagnostics`.
    pub(crate) fn run(&mut self) -> Option<Node> {
        let root_path = self.root.clone();
        let root = match self.files.get(&root_path) {
            Ok(parsed) => parsed?,
            Err(refusal) => {
                self.report(rules::file::report(&self.files.location(&root_path), &refusal));
                return None;
            }
        };
        if !rules::openapi_version::check(&root, &mut self.files.diagnostics) {
            return None;
        }
        self.name_root_components(&root, &root_path);
        let linked = self.link(&root, Kind::OpenApi, &root_path);
        Some(self.with_components(linked, &root))
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.files.diagnostics.push(diagnostic);
    }

    /// Returns the node with all references in it resolved.
    fn link(&mut self, node: &Node, kind: Kind, file: &Path) -> Node {
        self.link_if_changed(node, kind, file).unwrap_or_else(|| node.clone())
    }

    /// Returns the node with all references in it resolved; `None` if that changes nothing, so that the caller can
    /// share the unchanged node with the tree of its file.
    fn link_if_changed(&mut self, node: &Node, kind: Kind, file: &Path) -> Option<Node> {
        let Value::Object(object) = &node.value else { return None };
        if kind.can_be_reference()
            && let Some(reference) = object.get("$ref")
        {
            self.check_ref_siblings(object, kind);
            return self.link_reference(node, reference, kind, file);
        }
        self.depth += 1;
        let linked = replace_values(object, |entry| {
            // Components are linked when a reference leads to them, and are added to the document at the end.
            match kind == Kind::OpenApi && entry.key == "components" {
                true => Some(Node::new(Value::Null, &entry.node.location)),
                false => replace_in_field(&entry.node, kind.holds(&entry.key)?, |node, kind| {
                    self.link_if_changed(node, kind, file)
                }),
            }
        });
        self.depth -= 1;
        linked.map(|object| Node::new(Value::Object(object), &node.location))
    }

    fn check_ref_siblings(&mut self, object: &Object, kind: Kind) {
        self.files.diagnostics.extend(rules::ref_siblings::check(object, kind).into_iter().collect());
    }

    fn link_reference(&mut self, node: &Node, reference: &Node, kind: Kind, file: &Path) -> Option<Node> {
        let text = reference.as_str()?;
        let reference = Reference { text, location: &reference.location, file };
        let target =
            self.find_target(reference).and_then(|target| self.follow_references(target, kind, reference));
        let Some(target) = target else { return Some(self.keep_broken(node, reference)) };
        let section = kind.section();
        let in_components = target.file == self.root
            && section.is_some_and(|s| target.pointer.starts_with(&format!("/components/{s}/")));
        if let Some(section) = section
            && (kind == Kind::Schema || in_components)
        {
            let name = self.free_name(kind, &target);
            let name = self.register(kind, name, target, reference.location);
            let text = format!("#/components/{section}/{}", escape(&name));
            let is_same = text == reference.text && node.as_object().is_some_and(|object| object.len() == 1);
            return (!is_same).then(|| Node::reference(text, &node.location));
        }
        if !self.may_inline(&target, reference) {
            return Some(self.keep_broken(node, reference));
        }
        self.inlining.push(target.id());
        let linked = self.link(target.node(), kind, &target.file);
        self.inlining.pop();
        Some(linked)
    }

    /// Returns the node to keep for a reference that cannot be resolved. If its text is only `#` and a pointer, the
    /// name of the file is put in front of it, so that it cannot match a node of the linked document by accident.
    fn keep_broken(&self, node: &Node, reference: Reference<'_>) -> Node {
        match reference.text.strip_prefix('#') {
            Some(pointer) => {
                Node::reference(format!("{}#{pointer}", self.files.name(reference.file)), &node.location)
            }
            None => node.clone(),
        }
    }

    /// Whether a reference may be replaced by its target. Reports a target within itself, and targets beyond the
    /// limits of depth or size.
    fn may_inline(&mut self, target: &Target, reference: Reference<'_>) -> bool {
        if self.inlining.contains(&target.id()) {
            self.report(ref_circular::report(reference.text, reference.location));
            return false;
        }
        if self.depth > MAX_LINKED_DEPTH {
            self.report(too_deep::referred(reference.text, reference.location));
            return false;
        }
        let limit = Budget::new(COPIED_BASE, COPIED_PER_KILOBYTE, self.files.bytes).limit();
        self.copied += target.node().size();
        if self.copied > limit {
            // Only the first reference beyond the limit is reported.
            if !std::mem::replace(&mut self.overfull, true) {
                self.report(rules::too_large::linked(reference.location, limit));
            }
            return false;
        }
        true
    }

    /// If the target is only a reference, follows it, and further ones, to the first target that is not. Reports
    /// cycles and targets of the wrong kind, and returns `None`.
    fn follow_references(&mut self, mut target: Target, kind: Kind, from: Reference<'_>) -> Option<Target> {
        let mut seen = vec![target.id()];
        let mut last = from.location.clone();
        while !self.names.contains_key(&target.id())
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
                if !seen.iter().any(|id| self.circular.contains(id)) {
                    self.report(ref_circular::report(from.text, from.location));
                }
                self.circular.extend(seen.drain(start..));
                return None;
            }
            if seen.len() >= MAX_REFERENCE_CHAIN {
                self.report(too_deep::referred(from.text, from.location));
                return None;
            }
            seen.push(id);
        }
        self.check_kind(&target, kind, &last)?;
        Some(target)
    }

    fn check_kind(&mut self, target: &Target, kind: Kind, location: &Location) -> Option<()> {
        let Some(what) = target.describe_mismatch(kind, target.file == self.root) else { return Some(()) };
        let found = rules::ref_kind::report(&what, kind, location, &target.key_location());
        self.report(match kind.section() {
            Some(section) if target.file == self.root => {
                found.help(format!("refer to something below `#/components/{section}`"))
            }
            _ => found.help(format!("refer to the {} itself, like `file.yaml#/Name`", kind.name())),
        });
        None
    }
}

#[cfg(test)]
mod tests;
