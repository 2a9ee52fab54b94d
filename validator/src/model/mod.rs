//! What rules can ask about a document, beside its [`Index`]: its files, and whether values fit schemas.

use std::cell::RefCell;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use partner_model::index::Index;
use partner_spec::rules::checking_stopped;
use partner_spec::{Api, Budget, Diagnostics, Document, Location, Node};

use crate::instance::Checker;

pub use partner_model::index::{Operation, Parameter, Place, PlaceId};

/// Everything that rules can ask about one document.
pub struct Model<'a> {
    index: Index<'a>,
    /// The API of this workspace that the document describes, when it is one of ours.
    pub api: Option<Api>,
    files: &'a [PathBuf],
    trees: &'a [Arc<Node>],
    checker: Checker<'a>,
    compared: RefCell<Budget>,
    stops: RefCell<Vec<Stop>>,
}

impl<'a> Deref for Model<'a> {
    type Target = Index<'a>;

    fn deref(&self) -> &Index<'a> {
        &self.index
    }
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
    /// What there is to ask about a document.
    pub fn new(document: &'a Document, api: Option<Api>) -> Model<'a> {
        Model {
            index: Index::new(document),
            api,
            files: &document.files,
            trees: &[],
            checker: Checker::new(&document.root, document.size),
            compared: RefCell::new(Budget::new(COMPARED_BASE, COMPARED_PER_KILOBYTE, document.size)),
            stops: RefCell::default(),
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
}
