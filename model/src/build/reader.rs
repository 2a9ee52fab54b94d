//! The reader of one document.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use partner_spec::{Diagnostics, Document, Location, Node};

use super::discriminators::Discriminator;
use super::faults::Faults;
use super::flatten::Flattener;
use crate::about::About;
use crate::expansion::Expansion;
use crate::index::Index;
use crate::model::SecurityScheme;
use crate::types::{Definition, Schema};

/// Reads one document.
pub(super) struct Reader<'a> {
    pub(super) index: &'a Index<'a>,
    /// The components by key.
    pub(super) components: BTreeMap<&'a str, Component>,
    /// What the components that have no type of their own stand for, by key.
    pub(super) aliases: HashMap<&'a str, Schema>,
    pub(super) flattener: Flattener<'a>,
    /// The types that were defined so far.
    pub(super) types: BTreeMap<String, Definition>,
    /// The alternatives of each union.
    pub(super) unions: BTreeMap<String, Vec<Schema>>,
    /// What the discriminators of the unions say.
    pub(super) discriminators: BTreeMap<String, Discriminator>,
    /// The schemas that have names, merged.
    pub(super) named: HashMap<String, Rc<Node>>,
    /// Those of them that are written in place and were not defined yet, with what is said of each beside its shape.
    pub(super) pending: Vec<(String, About)>,
    /// The security schemes that clients can use.
    pub(super) schemes: Vec<SecurityScheme>,
    /// The ids of the operations that were read.
    pub(super) ids: HashSet<&'a str>,
    /// What no client can have.
    pub(super) faults: Faults,
    pub(super) found: Diagnostics,
}

/// A schema of `components`.
#[derive(Debug)]
pub(super) struct Component {
    /// The name of its type.
    pub(super) name: String,
    /// Its schema, merged.
    pub(super) node: Rc<Node>,
    /// What it says beside its shape.
    pub(super) about: About,
    /// Whether it may be null: then every place that refers to it may.
    pub(super) nullable: bool,
    /// Whether it is only a list, a map or a plain value: a type of it would say nothing.
    pub(super) is_alias: bool,
    /// `x-public`.
    pub(super) public: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(document: &Document, index: &'a Index<'a>) -> Reader<'a> {
        let components = index.root.get("components").into_iter().flat_map(|all| all.entries("schemas"));
        let components = components.map(|entry| (entry.key.as_str(), &entry.node)).collect();
        Reader {
            index,
            components: BTreeMap::new(),
            aliases: HashMap::new(),
            flattener: Flattener::new(components, Expansion::new(document)),
            types: BTreeMap::new(),
            unions: BTreeMap::new(),
            discriminators: BTreeMap::new(),
            named: HashMap::new(),
            pending: Vec::new(),
            schemes: Vec::new(),
            ids: HashSet::new(),
            faults: Faults::default(),
            found: Diagnostics::new(),
        }
    }

    /// Whether the document may become so many bytes larger.
    pub(super) fn allows(&mut self, bytes: usize, location: &Location) -> bool {
        self.flattener.expansion.allows_bytes_at(bytes, location, &mut self.found)
    }

    /// Whether more was asked for than the document may become.
    pub(super) fn is_over(&self) -> bool {
        self.flattener.expansion.is_over()
    }
}
