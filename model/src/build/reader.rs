//! The reader of a document. It holds everything that has been read so far.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use partner_spec::{Document, Findings, Location, Node};

use super::all_of::AllOfMerger;
use super::discriminators::Discriminator;
use super::faults::FaultsByOwner;
use super::servers::Servers;
use crate::details::SchemaDetails;
use crate::expansion::ExpansionBudget;
use crate::index::DocumentIndex;
use crate::model::SecurityScheme;
use crate::types::{Newtype, Schema, TypeDefinition};

/// A reader of one document. It holds everything that has been read so far.
pub(super) struct DocumentReader<'a> {
    pub(super) index: &'a DocumentIndex<'a>,
    /// The components of the document that are schemas, by key.
    pub(super) components: BTreeMap<&'a str, ComponentSchema>,
    /// The schemas of aliases, by the component keys of the aliases. An alias is a component without a Rust type of its
    /// own, so its schema replaces each reference to the alias.
    pub(super) schemas_by_alias_key: HashMap<&'a str, Schema>,
    pub(super) all_of_merger: AllOfMerger<'a>,
    /// The types defined so far, by name.
    pub(super) types: BTreeMap<String, TypeDefinition>,
    /// The alternatives of each union, by the name of the union.
    pub(super) alternatives_by_union_name: BTreeMap<String, Vec<Schema>>,
    /// The discriminators of the unions, by the name of the union.
    pub(super) discriminators_by_union_name: BTreeMap<String, Discriminator>,
    /// The schemas that become named types, by the name of the type. The members of their `allOf` are already merged.
    pub(super) named_schemas: HashMap<String, Rc<Node>>,
    /// The types of inline schemas that still have to be defined. Each entry has the name of a type, and the
    /// annotations and limits of its schema.
    pub(super) pending_types: Vec<(String, SchemaDetails)>,
    /// The security schemes that clients can use. Operations refer to a scheme by its index in this list.
    pub(super) usable_security_schemes: Vec<SecurityScheme>,
    /// The servers of the document, and those of the paths and operations that were read.
    pub(super) servers: Servers<'a>,
    /// The ids of the operations that were read.
    pub(super) operation_ids: HashSet<&'a str>,
    /// The faults found so far: findings about schemas that no client can support.
    pub(super) faults: FaultsByOwner,
    pub(super) found: Findings,
}

/// A schema of `components`, with its type name and other results of reading it.
#[derive(Debug)]
pub(super) struct ComponentSchema {
    /// The name of the component's type.
    pub(super) type_name: String,
    /// The component's schema, with its `allOf` merged into it.
    pub(super) merged_schema: Rc<Node>,
    /// The details of the component's schema: its annotations (like its description) and limits (like `maxLength`).
    pub(super) schema_details: SchemaDetails,
    /// Whether the component is nullable, which makes every reference to it nullable.
    pub(super) is_nullable: bool,
    /// Whether the component is an alias. An alias is only a list, a map or a plain value, so no Rust type is generated
    /// for it.
    pub(super) is_alias: bool,
    /// The Rust newtype for the values of the component; `None` if the component has no `x-newtype`.
    pub(super) newtype: Option<Newtype>,
    /// Whether the component is marked as public (`x-public`): its type is generated even if no operation uses it.
    pub(super) is_public: bool,
}

impl<'a> DocumentReader<'a> {
    pub(super) fn new(document: &Document, index: &'a DocumentIndex<'a>) -> DocumentReader<'a> {
        let components = index.root.get("components").into_iter().flat_map(|all| all.get_entries("schemas"));
        let components = components.map(|entry| (entry.key.as_str(), &entry.node)).collect();
        DocumentReader {
            index,
            components: BTreeMap::new(),
            schemas_by_alias_key: HashMap::new(),
            all_of_merger: AllOfMerger::new(components, ExpansionBudget::new(document)),
            types: BTreeMap::new(),
            alternatives_by_union_name: BTreeMap::new(),
            discriminators_by_union_name: BTreeMap::new(),
            named_schemas: HashMap::new(),
            pending_types: Vec::new(),
            usable_security_schemes: Vec::new(),
            servers: Servers::default(),
            operation_ids: HashSet::new(),
            faults: FaultsByOwner::default(),
            found: Findings::new(),
        }
    }

    /// Counts the bytes of copied schemas or of type names towards the expansion limit. Returns whether the limit
    /// allows these bytes. The first call that exceeds the limit adds a finding at `location`.
    pub(super) fn try_spend_expansion_bytes(&mut self, bytes: usize, location: &Location) -> bool {
        self.all_of_merger.expansion_budget.try_spend_bytes_or_report(bytes, location, &mut self.found)
    }

    /// Whether the expansion limit is exceeded. It limits how many bytes copies of schemas and the names of types may
    /// add to the document.
    pub(super) fn is_expansion_limit_exceeded(&self) -> bool {
        self.all_of_merger.expansion_budget.is_expansion_limit_exceeded()
    }
}
