//! Following `$ref`s: what several files say becomes one tree.
//!
//! Schemas become components, because they have names and may refer to each other in circles. Everything else
//! that lives in another file is put in its place. What the root document already has in `components` stays there.

mod components;
mod find;
mod target;

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::{Path, PathBuf};

use crate::files::{Files, normalize};
use crate::grammar::{Holds, Kind};
use crate::pointer::escape;
use crate::rules::{self, ref_circular, too_deep};
use crate::{Budget, Diagnostic, Entry, Location, Node, Object, Value};

use find::Reference;
use target::{Id, Target};

/// How many references may lead to references in a row.
const MAX_STEPS: usize = 32;

/// How many objects deep something may be put in place of a reference; its own depth comes on top of that.
const MAX_LINKED_DEPTH: usize = 64;

/// How many values may be put in the places of references: so many in every document, and so many more for each
/// kilobyte of the files that were read. An operation that refers to six small responses of another file copies about a
/// hundred, and has one or two kilobytes.
const COPIED_BASE: usize = 40_000;
const COPIED_PER_KILOBYTE: usize = 120;

pub(crate) struct Linker {
    pub(crate) files: Files,
    root: PathBuf,
    components: HashMap<(Kind, String), Target>,
    names: HashMap<Id, String>,
    /// What leads back to itself: found once, however many references lead there.
    circular: HashSet<Id>,
    /// Schemas whose names were taken.
    collided: HashSet<Id>,
    queue: VecDeque<(Kind, String)>,
    inlining: Vec<Id>,
    depth: usize,
    copied: usize,
    /// Whether that were too many.
    overfull: bool,
    /// How many names were compared in search of what a broken reference means.
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

    /// Reads the root file and all it refers to. What is wrong is in `files.diagnostics`.
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

    /// The node with every reference in it followed.
    fn link(&mut self, node: &Node, kind: Kind, file: &Path) -> Node {
        self.linked(node, kind, file).unwrap_or_else(|| node.clone())
    }

    /// The node with every reference in it followed, when that makes a difference: what stays as it is is shared with
    /// the tree of its file.
    fn linked(&mut self, node: &Node, kind: Kind, file: &Path) -> Option<Node> {
        let Value::Object(object) = &node.value else { return None };
        if kind.can_be_reference()
            && let Some(reference) = object.get("$ref")
        {
            self.check_alone(object, kind);
            return self.link_reference(node, reference, kind, file);
        }
        self.depth += 1;
        let linked = self.link_entries(node, object, |linker, entry| {
            // The components are linked as they are met, and put in their place at the end.
            match kind == Kind::OpenApi && entry.key == "components" {
                true => Some(Node::new(Value::Null, &entry.node.location)),
                false => linker.link_field(&entry.node, kind.holds(&entry.key), file),
            }
        });
        self.depth -= 1;
        linked
    }

    fn link_entries(
        &mut self,
        node: &Node,
        object: &Object,
        mut link: impl FnMut(&mut Self, &Entry) -> Option<Node>,
    ) -> Option<Node> {
        let mut linked: Option<Object> = None;
        for entry in object.iter() {
            if let Some(value) = link(self, entry) {
                linked.get_or_insert_with(|| object.clone()).set(&entry.key, value);
            }
        }
        linked.map(|object| Node::new(Value::Object(object), &node.location))
    }

    fn link_field(&mut self, node: &Node, holds: Option<Holds>, file: &Path) -> Option<Node> {
        match (holds, &node.value) {
            (Some(Holds::One(child) | Holds::OneOrBool(child)), _) => self.linked(node, child, file),
            (Some(Holds::List(child)), Value::Array(items)) => {
                let linked: Vec<Option<Node>> =
                    items.iter().map(|item| self.linked(item, child, file)).collect();
                if linked.iter().all(Option::is_none) {
                    return None;
                }
                let items =
                    linked.into_iter().zip(items).map(|(new, old)| new.unwrap_or_else(|| old.clone()));
                Some(Node::new(Value::Array(items.collect()), &node.location))
            }
            (Some(Holds::Map(child)), Value::Object(object)) => {
                self.link_entries(node, object, |linker, entry| linker.linked(&entry.node, child, file))
            }
            _ => None,
        }
    }

    fn check_alone(&mut self, object: &Object, kind: Kind) {
        self.files.diagnostics.extend(rules::ref_siblings::check(object, kind).into_iter().collect());
    }

    fn link_reference(&mut self, node: &Node, reference: &Node, kind: Kind, file: &Path) -> Option<Node> {
        let text = reference.as_str()?;
        let reference = Reference { text, location: &reference.location, file };
        let target = self.find(reference).and_then(|target| self.follow(target, kind, reference));
        let Some(target) = target else { return Some(self.broken(node, reference)) };
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
            return Some(self.broken(node, reference));
        }
        self.inlining.push(target.id());
        let linked = self.link(target.node(), kind, &target.file);
        self.inlining.pop();
        Some(linked)
    }

    /// A reference that leads nowhere stays in the tree. Where `#` is another file, it names that, so that it cannot
    /// lead to something by accident.
    fn broken(&self, node: &Node, reference: Reference<'_>) -> Node {
        match reference.text.strip_prefix('#') {
            Some(pointer) => {
                Node::reference(format!("{}#{pointer}", self.files.name(reference.file)), &node.location)
            }
            None => node.clone(),
        }
    }

    /// Whether a target can be put in the place of a reference: not within itself, not without an end.
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
            // The first reference that is too much is the one to look at.
            if !std::mem::replace(&mut self.overfull, true) {
                self.report(rules::too_large::linked(reference.location, limit));
            }
            return false;
        }
        true
    }

    /// Follows a target that is itself nothing but a reference.
    fn follow(&mut self, mut target: Target, kind: Kind, from: Reference<'_>) -> Option<Target> {
        let mut seen = vec![target.id()];
        let mut last = from.location.clone();
        while !self.names.contains_key(&target.id())
            && let Some(next) = target.node().get("$ref")
        {
            last = next.location.clone();
            let text = next.as_str()?.to_owned();
            if let Some(object) = target.node().as_object() {
                self.check_alone(object, kind);
            }
            target = self.find(Reference { text: &text, location: &last, file: &target.file })?;
            let id = target.id();
            if let Some(start) = seen.iter().position(|known| *known == id) {
                if !seen.iter().any(|id| self.circular.contains(id)) {
                    self.report(ref_circular::report(from.text, from.location));
                }
                self.circular.extend(seen.drain(start..));
                return None;
            }
            if seen.len() >= MAX_STEPS {
                self.report(too_deep::referred(from.text, from.location));
                return None;
            }
            seen.push(id);
        }
        self.check_kind(&target, kind, &last)?;
        Some(target)
    }

    fn check_kind(&mut self, target: &Target, kind: Kind, location: &Location) -> Option<()> {
        let Some(what) = target.misfit(kind, target.file == self.root) else { return Some(()) };
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
