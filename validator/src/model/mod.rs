//! The document as the rules see it: every object of the specification with its place, and the operations.
//!
//! The model is tolerant: what is not of the right type is not in it, and a reference that leads nowhere has no
//! target. Rules look at what is there; what is missing or broken has been reported when the document was read.

mod operation;
mod place;
mod walk;

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use partner_spec::rules::checking_stopped;
use partner_spec::{Api, Budget, Diagnostics, Document, Kind, Location, Node, Position};

use crate::instance::Checker;

pub use operation::{Operation, Parameter};
pub use place::{Place, PlaceId};

/// Everything that rules can ask about one document.
pub struct Model<'a> {
    /// The OpenAPI object.
    pub root: &'a Node,
    /// The API of this workspace that the document describes, when it is one of ours.
    pub api: Option<Api>,
    places: Vec<Place<'a>>,
    by_kind: HashMap<Kind, Vec<PlaceId>>,
    operations: Vec<Operation<'a>>,
    /// All operations by `operationId`, and those of `paths` by their place.
    ids: HashMap<&'a str, &'a Node>,
    operation_places: HashMap<(&'a str, Position), usize>,
    files: &'a [PathBuf],
    trees: &'a [Arc<Node>],
    checker: Checker<'a>,
    compared: RefCell<Budget>,
    stops: RefCell<Vec<Stop>>,
}

/// How many properties of schemas that others include may be looked at, each time that they are: so many in every
/// document, and so many more for each kilobyte.
const COMPARED_BASE: usize = 2_000_000;
const COMPARED_PER_KILOBYTE: usize = 10_000;

/// A place from which on a rule did not look further.
#[derive(Clone, Debug)]
pub(crate) struct Stop {
    pub(crate) location: Location,
    /// What was too much, as a sentence.
    pub(crate) what: &'static str,
    /// What to do about it.
    pub(crate) help: &'static str,
}

impl<'a> Model<'a> {
    /// Indexes a document.
    pub fn new(document: &'a Document, api: Option<Api>) -> Model<'a> {
        let places = walk::walk(&document.root);
        let mut by_kind: HashMap<Kind, Vec<PlaceId>> = HashMap::new();
        for place in &places {
            by_kind.entry(place.kind).or_default().push(place.id);
        }
        let (root, files) = (&document.root, document.files.as_slice());
        let checker = Checker::new(root, document.size);
        let mut model = Model {
            root,
            api,
            places,
            by_kind,
            operations: Vec::new(),
            ids: HashMap::new(),
            operation_places: HashMap::new(),
            files,
            trees: &[],
            checker,
            compared: RefCell::new(Budget::new(COMPARED_BASE, COMPARED_PER_KILOBYTE, document.size)),
            stops: RefCell::default(),
        };
        model.operations = operation::operations(&model);
        model.index_operations();
        model
    }

    fn index_operations(&mut self) {
        for id in self.by_kind.get(&Kind::Operation).into_iter().flatten() {
            let node = self.places[id.0].node;
            if let Some(id) = node.str("operationId") {
                self.ids.entry(id).or_insert(node);
            }
        }
        for (index, operation) in self.operations.iter().enumerate() {
            let location = &operation.place.node.location;
            self.operation_places.entry((location.name(), location.start)).or_insert(index);
        }
    }

    /// The same, with the trees of the files as they were before references were followed.
    #[must_use]
    pub fn with_trees(self, trees: &'a [Arc<Node>]) -> Model<'a> {
        Model { trees, ..self }
    }

    /// The files of the document as they were read: with what nothing refers to.
    pub fn trees(&self) -> &'a [Arc<Node>] {
        self.trees
    }

    /// The path of a file beside the root file, and how messages name it.
    pub fn beside_root(&self, name: &str) -> Option<(PathBuf, String)> {
        let root = Path::new(self.root.location.name());
        let files = self.files.iter().filter(|file| file.ends_with(root));
        let path = files.min_by_key(|file| file.components().count())?;
        Some((path.with_file_name(name), root.with_file_name(name).display().to_string()))
    }

    /// All objects of a kind, in the order of the document, without those that are only a `$ref`.
    pub fn each(&self, kind: Kind) -> impl Iterator<Item = &Place<'a>> {
        self.all(kind).filter(|place| !place.is_reference())
    }

    /// All objects of a kind, those that are only a `$ref` included.
    pub fn all(&self, kind: Kind) -> impl Iterator<Item = &Place<'a>> {
        self.by_kind.get(&kind).into_iter().flatten().map(|id| self.place(*id))
    }

    /// All objects of all kinds, outer ones first.
    pub fn places(&self) -> &[Place<'a>] {
        &self.places
    }

    /// Takes steps for comparing parts of schemas with each other. Returns whether there are any left.
    pub(crate) fn compare(&self, steps: usize) -> bool {
        self.compared.borrow_mut().spend(steps)
    }

    /// Notes that a rule did not look further, because of the size of something. One place of each kind is enough.
    pub(crate) fn stop(&self, location: &Location, what: &'static str, help: &'static str) {
        let mut stops = self.stops.borrow_mut();
        if !stops.iter().any(|stop| stop.what == what) {
            stops.push(Stop { location: location.to_start(), what, help });
        }
    }

    /// Where checks did not look further. To be asked after all of them.
    pub(crate) fn stopped(&self) -> Diagnostics {
        let value = self.checker.unchecked().map(|location| Stop {
            location,
            what: "this value takes too long to be checked, so it may not fit its schema",
            help: "make the pattern or the alternatives of its schema simpler, or the value smaller",
        });
        let stops = self.stops.borrow();
        let all = value.iter().chain(stops.iter());
        all.map(|stop| checking_stopped::report(&stop.location, stop.what, stop.help)).collect()
    }

    /// Checks values against the schemas of the document.
    pub(crate) fn checker(&self) -> &Checker<'a> {
        &self.checker
    }

    /// The operations of `paths`, in the order of the document. Those of callbacks are not among them.
    pub fn operations(&self) -> &[Operation<'a>] {
        &self.operations
    }

    /// The first operation with that `operationId`, wherever it is.
    pub fn operation(&self, id: &str) -> Option<&'a Node> {
        self.ids.get(id).copied()
    }

    /// The operation of `paths` that stands there.
    pub fn operation_at(&self, location: &Location) -> Option<&Operation<'a>> {
        let index = self.operation_places.get(&(location.name(), location.start))?;
        self.operations.get(*index)
    }

    /// The object with that number.
    pub fn place(&self, id: PlaceId) -> &Place<'a> {
        &self.places[id.0]
    }

    /// The object that holds this one.
    pub fn parent(&self, place: &Place<'a>) -> Option<&Place<'a>> {
        place.parent.map(|id| self.place(id))
    }

    /// The objects that hold this one, nearest first.
    pub fn ancestors<'m>(
        &'m self,
        place: &'m Place<'a>,
    ) -> impl Iterator<Item = &'m Place<'a>> + use<'m, 'a> {
        std::iter::successors(self.parent(place), |place| self.parent(place))
    }

    /// The node itself, or what it refers to; `None` for a reference that leads nowhere.
    ///
    /// The reader has followed references to references already, so one step is enough.
    pub fn resolve(&self, node: &'a Node) -> Option<&'a Node> {
        match node.ref_target() {
            Some(target) => self.root.pointer(target.strip_prefix('#')?),
            None => Some(node),
        }
    }

    /// The schema with that name.
    pub fn schema(&self, name: &str) -> Option<&'a Node> {
        self.root.get("components")?.get("schemas")?.get(name)
    }
}

/// The names in braces of a path, a server's URL or the like, in order, twice when they are there twice.
pub fn placeholders(template: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = template;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        names.push(name);
        rest = after;
    }
    names
}
