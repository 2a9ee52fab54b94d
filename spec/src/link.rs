//! Following `$ref`s: what several files say becomes one tree.
//!
//! Schemas become components, because they have names and may refer to each other in circles. Everything else
//! that lives in another file is put in its place. What the root document already has in `components` stays there.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::files::{Files, normalize};
use crate::grammar::{Holds, Kind};
use crate::suggest::did_you_mean;
use crate::{Diagnostic, Entry, Location, Node, Object, Value};

/// Where something stands for references: its file, and the JSON pointer in it.
type Id = (PathBuf, String);

/// What a `$ref` leads to, in the end.
#[derive(Clone)]
struct Target {
    file: PathBuf,
    pointer: String,
    /// The tree of the file: a target is looked up in it instead of being copied for every reference to it.
    tree: Arc<Node>,
}

impl Target {
    fn id(&self) -> Id {
        (self.file.clone(), self.pointer.clone())
    }

    /// Where the name of the target stands: its key in the object that holds it.
    fn key_location(&self) -> Location {
        let (parent, last) = self.pointer.rsplit_once('/').unwrap_or_default();
        let holder = self.tree.pointer(parent).and_then(Node::as_object);
        let entry = holder.and_then(|object| object.entry(&unescape(last)));
        entry.map_or_else(|| self.node().location.clone(), |entry| entry.key_location.clone())
    }

    /// The node itself. It was there when the target was made.
    fn node(&self) -> &Node {
        self.tree.pointer(&self.pointer).unwrap_or(&self.tree)
    }
}

pub(crate) struct Linker {
    pub(crate) files: Files,
    root: PathBuf,
    components: HashMap<(Kind, String), Target>,
    names: HashMap<Id, String>,
    queue: VecDeque<(Kind, String)>,
    inlining: Vec<Id>,
}

impl Linker {
    pub(crate) fn new(files: Files, root: &Path) -> Linker {
        Linker {
            files,
            root: normalize(root),
            components: HashMap::new(),
            names: HashMap::new(),
            queue: VecDeque::new(),
            inlining: Vec::new(),
        }
    }

    /// Reads the root file and all it refers to. What is wrong is in `files.diagnostics`.
    pub(crate) fn run(&mut self) -> Option<Node> {
        let root_path = self.root.clone();
        let root = match self.files.get(&root_path) {
            Ok(parsed) => parsed?,
            Err(why) => {
                let location = self.files.location(&root_path);
                self.report(Diagnostic::error("file", &location, format!("cannot be read: {why}")));
                return None;
            }
        };
        if !self.check_version(&root) {
            return None;
        }
        self.name_root_components(&root, &root_path);
        let mut linked = self.link(&root, Kind::OpenApi, &root_path);
        let mut sections: BTreeMap<&'static str, Object> = BTreeMap::new();
        while let Some((kind, name)) = self.queue.pop_front() {
            let Some(target) = self.components.get(&(kind, name.clone())).cloned() else { continue };
            let node = self.link(target.node(), kind, &target.file);
            if let Some(section) = kind.section() {
                let key_location = target.key_location();
                sections.entry(section).or_default().push(Entry { key: name, key_location, node });
            }
        }
        let location = linked.location.clone();
        let mut components = Object::new();
        for (section, mut object) in sections {
            object.sort();
            components.set(section, Node::new(Value::Object(object), &location));
        }
        if components.is_empty() {
            linked.remove("components");
        } else {
            linked.set("components", Node::new(Value::Object(components), &location));
        }
        Some(linked)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.files.diagnostics.push(diagnostic);
    }

    fn check_version(&mut self, root: &Node) -> bool {
        let Some(version) = root.get("openapi") else {
            let what =
                if root.get("swagger").is_some() { "a Swagger 2.0 document" } else { "no OpenAPI document" };
            let location = Location { end: root.location.start, ..root.location.clone() };
            self.report(
                Diagnostic::error(
                    "openapi-version",
                    &location,
                    format!("this is {what}: there is no `openapi` key"),
                )
                .help("the first line of a document is `openapi: 3.0.3`"),
            );
            return false;
        };
        let supported = version.as_str().is_some_and(|v| v.starts_with("3.0."));
        if !supported {
            self.report(
                Diagnostic::error("openapi-version", &version.location, "only OpenAPI 3.0.x is supported")
                    .help("write `openapi: 3.0.3`"),
            );
        }
        supported
    }

    /// The root's own components get their names first, so that a file that refers to the same schema uses them.
    fn name_root_components(&mut self, root: &Arc<Node>, root_path: &Path) {
        let Some(components) = root.get("components") else { return };
        let kinds = [
            Kind::Schema,
            Kind::Response,
            Kind::Parameter,
            Kind::Example,
            Kind::RequestBody,
            Kind::Header,
            Kind::SecurityScheme,
            Kind::Link,
            Kind::Callback,
        ];
        for kind in kinds {
            for entry in kind.section().map(|s| components.entries(s)).into_iter().flatten() {
                let pointer =
                    format!("/components/{}/{}", kind.section().unwrap_or_default(), escape(&entry.key));
                let start = Target { file: root_path.to_owned(), pointer, tree: Arc::clone(root) };
                if let Some(target) = self.follow(start, kind, &entry.key_location) {
                    self.register(kind, entry.key.clone(), target, &entry.key_location);
                }
            }
        }
    }

    fn register(&mut self, kind: Kind, name: String, target: Target, from: &Location) -> String {
        let id = target.id();
        if let Some(known) = self.names.get(&id) {
            return known.clone();
        }
        if let Some(other) = self.components.get(&(kind, name.clone())) {
            let message = format!("two different {}s are called `{name}`", kind.name());
            let first = other.node().location.clone();
            let collision = Diagnostic::error("name-collision", from, message)
                .related(&first, "the other one")
                .help("names are unique within an API; rename one of the two");
            self.report(collision);
            return name;
        }
        self.names.insert(id, name.clone());
        self.components.insert((kind, name.clone()), target);
        self.queue.push_back((kind, name.clone()));
        name
    }

    /// The node with every reference in it followed.
    fn link(&mut self, node: &Node, kind: Kind, file: &Path) -> Node {
        let Value::Object(object) = &node.value else { return node.clone() };
        if kind.can_be_reference()
            && let Some(reference) = object.get("$ref")
        {
            self.check_alone(object, kind);
            return self.link_reference(node, reference, kind, file);
        }
        let mut linked = Object::new();
        for entry in object.iter() {
            // The components are linked as they are met, and put in their place at the end.
            let node = if kind == Kind::OpenApi && entry.key == "components" {
                Node::new(Value::Null, &entry.node.location)
            } else {
                self.link_field(&entry.node, kind.holds(&entry.key), file)
            };
            linked.push(Entry { key: entry.key.clone(), key_location: entry.key_location.clone(), node });
        }
        Node::new(Value::Object(linked), &node.location)
    }

    fn link_field(&mut self, node: &Node, holds: Option<Holds>, file: &Path) -> Node {
        match (holds, &node.value) {
            (Some(Holds::One(child) | Holds::OneOrBool(child)), _) => self.link(node, child, file),
            (Some(Holds::List(child)), Value::Array(items)) => {
                let items = items.iter().map(|item| self.link(item, child, file)).collect();
                Node::new(Value::Array(items), &node.location)
            }
            (Some(Holds::Map(child)), Value::Object(object)) => {
                let mut linked = Object::new();
                for entry in object.iter() {
                    let node = self.link(&entry.node, child, file);
                    linked.push(Entry {
                        key: entry.key.clone(),
                        key_location: entry.key_location.clone(),
                        node,
                    });
                }
                Node::new(Value::Object(linked), &node.location)
            }
            _ => node.clone(),
        }
    }

    /// What stands beside a reference would be lost without a word.
    fn check_alone(&mut self, object: &Object, kind: Kind) {
        let help = match kind {
            Kind::Schema => {
                String::from("wrap the reference: `allOf: [{$ref: ...}]`, and put the key beside `allOf`")
            }
            _ => format!("take it away, or write the whole {} here instead of the reference", kind.name()),
        };
        for entry in object.iter().filter(|entry| entry.key != "$ref") {
            let message = format!("`{}` stands beside a `$ref`, where OpenAPI 3.0 ignores it", entry.key);
            self.report(Diagnostic::error("ref-siblings", &entry.key_location, message).help(help.clone()));
        }
    }

    fn link_reference(&mut self, node: &Node, reference: &Node, kind: Kind, file: &Path) -> Node {
        let Some(text) = reference.as_str() else { return node.clone() };
        let Some(target) = self.find(text, &reference.location, file) else { return node.clone() };
        let Some(target) = self.follow(target, kind, &reference.location) else { return node.clone() };
        let section = kind.section();
        let in_components = target.file == self.root
            && section.is_some_and(|s| target.pointer.starts_with(&format!("/components/{s}/")));
        if let Some(section) = section
            && (kind == Kind::Schema || in_components)
        {
            let last = target.pointer.rsplit('/').next().unwrap_or_default();
            let name = unescape(last);
            let name = self.register(kind, name, target, &reference.location);
            return Node::reference(format!("#/components/{section}/{}", escape(&name)), &node.location);
        }
        let id = target.id();
        if self.inlining.contains(&id) {
            self.report(circular(&reference.location, text));
            return node.clone();
        }
        self.inlining.push(id);
        let linked = self.link(target.node(), kind, &target.file);
        self.inlining.pop();
        linked
    }

    /// What a `$ref` names: the node at a pointer in this or another file.
    fn find(&mut self, text: &str, location: &Location, file: &Path) -> Option<Target> {
        let (path, pointer) = text.split_once('#').unwrap_or((text, ""));
        if path.contains("://") {
            self.report(
                Diagnostic::error("ref-remote", location, format!("`{text}` is on another machine"))
                    .help("keep a copy beside the document and refer to that"),
            );
            return None;
        }
        let target_file =
            if path.is_empty() { file.to_owned() } else { normalize(&file.parent()?.join(path)) };
        let tree = match self.files.get(&target_file) {
            Ok(Some(tree)) => tree,
            Ok(None) => return None,
            Err(why) => {
                let message = format!("`{path}` cannot be read: {why}");
                self.report(
                    Diagnostic::error("ref-unresolved", location, message)
                        .help("the path is relative to the file that this reference stands in"),
                );
                return None;
            }
        };
        let id = (target_file, pointer.to_owned());
        if !self.names.contains_key(&id) && tree.pointer(pointer).is_none() {
            self.report(unresolved(text, pointer, &tree, location, &self.files.name(&id.0)));
            return None;
        }
        let (file, pointer) = id;
        Some(Target { file, pointer, tree })
    }

    /// Follows a target that is itself nothing but a reference.
    fn follow(&mut self, mut target: Target, kind: Kind, from: &Location) -> Option<Target> {
        let mut seen = vec![target.id()];
        while !self.names.contains_key(&target.id())
            && let Some(next) = target.node().get("$ref")
        {
            let location = next.location.clone();
            let text = next.as_str()?.to_owned();
            if let Some(object) = target.node().as_object() {
                self.check_alone(object, kind);
            }
            target = self.find(&text, &location, &target.file)?;
            let id = target.id();
            if seen.contains(&id) {
                self.report(circular(from, &text));
                return None;
            }
            seen.push(id);
        }
        Some(target)
    }
}

fn circular(location: &Location, text: &str) -> Diagnostic {
    Diagnostic::error("ref-circular", location, format!("following `{text}` leads back here without an end"))
        .help("one of the references on the way has to be replaced by what it stands for")
}

fn unresolved(text: &str, pointer: &str, tree: &Arc<Node>, location: &Location, file: &str) -> Diagnostic {
    let (parent, last) = pointer.rsplit_once('/').unwrap_or(("", pointer));
    let message = format!("`{text}`: there is no `{}` in {file}", unescape(last));
    let found = Diagnostic::error("ref-unresolved", location, message);
    let siblings: Vec<&str> = match tree.pointer(parent).map(|n| &n.value) {
        Some(Value::Object(object)) => object.iter().map(|e| e.key.as_str()).collect(),
        _ => Vec::new(),
    };
    if pointer.starts_with("/components/") && tree.get("components").is_none() {
        return found.help("`#` means this very file; name the file before it");
    }
    match did_you_mean(&unescape(last), siblings) {
        Some(help) => found.help(help),
        None => found,
    }
}

/// A name as a token of a JSON pointer.
fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
