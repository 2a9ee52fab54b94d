//! The document as rules see it: its [`DocumentIndex`], its files, and a checker of values against schemas.

use std::cell::RefCell;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use partner_model::index::DocumentIndex;
use partner_spec::rules::checking_stopped;
use partner_spec::{Api, Document, Findings, Location, Node, StepBudget};

use crate::instance::ValueChecker;

pub use partner_model::index::{Operation, Parameter, Place, PlaceId};

/// One document, with all that rules need to check it: an index of its objects, its files, and a checker of its values.
pub struct Model<'a> {
    index: DocumentIndex<'a>,
    /// The API that the document describes, if the document belongs to this workspace.
    pub api: Option<Api>,
    files: &'a [PathBuf],
    trees: &'a [Arc<Node>],
    value_checker: ValueChecker<'a>,
    compared: RefCell<StepBudget>,
    stops: RefCell<Vec<StoppedCheck>>,
}

impl<'a> Deref for Model<'a> {
    type Target = DocumentIndex<'a>;

    fn deref(&self) -> &DocumentIndex<'a> {
        &self.index
    }
}

/// The most steps that all rules together may take to compare the schemas of compositions: a base for every document,
/// and more for each kilobyte. A step is the visit of a schema, a property or a required name. The limit is needed
/// because a schema is visited again for each composition that includes it.
const COMPARISON_STEP_LIMIT_BASE: usize = 2_000_000;
const COMPARISON_STEP_LIMIT_PER_KILOBYTE: usize = 10_000;

/// A location at which a rule stopped checking because something is too large.
#[derive(Clone, Debug)]
pub(crate) struct StoppedCheck {
    pub(crate) location: Location,
    /// The message about why the rule stopped.
    pub(crate) message: &'static str,
    /// Advice on how to make the check possible.
    pub(crate) advice: &'static str,
}

impl<'a> Model<'a> {
    /// Creates the model of a document.
    pub fn new(document: &'a Document, api: Option<Api>) -> Model<'a> {
        Model {
            index: DocumentIndex::new(document),
            api,
            files: &document.file_paths,
            trees: &[],
            value_checker: ValueChecker::new(&document.root, document.total_bytes),
            compared: RefCell::new(StepBudget::new(
                COMPARISON_STEP_LIMIT_BASE,
                COMPARISON_STEP_LIMIT_PER_KILOBYTE,
                document.total_bytes,
            )),
            stops: RefCell::default(),
        }
    }

    /// Adds the root nodes of the parsed files. In these nodes, unlike in the document, references to other files are
    /// as written, and parts of files that the document does not use are included.
    #[must_use]
    pub fn with_file_trees(self, trees: &'a [Arc<Node>]) -> Model<'a> {
        Model { trees, ..self }
    }

    /// Returns the root nodes of the parsed files. In these nodes, unlike in the document, references to other files
    /// are as written, and parts of files that the document does not use are included.
    pub fn file_trees(&self) -> &'a [Arc<Node>] {
        self.trees
    }

    /// Returns the path of a file with this name in the folder of the root file, and the path by which messages call
    /// that file; `None` if the path of the root file is unknown.
    pub fn locate_file_beside_root(&self, name: &str) -> Option<(PathBuf, String)> {
        let root = Path::new(self.root.location.display_path());
        let files = self.files.iter().filter(|file| file.ends_with(root));
        let path = files.min_by_key(|file| file.components().count())?;
        Some((path.with_file_name(name), root.with_file_name(name).display().to_string()))
    }

    /// Takes steps from the budget for comparing schemas, and returns whether the budget allows them.
    pub(crate) fn spend_comparison_steps(&self, steps: usize) -> bool {
        self.compared.borrow_mut().spend(steps)
    }

    /// Records that a rule stopped checking because something is too large. Of several records with the same message,
    /// only the first one is kept.
    pub(crate) fn record_stopped_check(
        &self,
        location: &Location,
        message: &'static str,
        advice: &'static str,
    ) {
        let mut stops = self.stops.borrow_mut();
        if !stops.iter().any(|stop| stop.message == message) {
            stops.push(StoppedCheck { location: location.to_start(), message, advice });
        }
    }

    /// Returns a finding for each check that stopped before it was complete. Must be called after all rules have run.
    pub(crate) fn collect_stopped_check_findings(&self) -> Findings {
        let value = self.value_checker.first_unchecked_location().map(|location| StoppedCheck {
            location,
            message: "this value takes too long to be checked, so it may not fit its schema",
            advice: "make the pattern or the alternatives of its schema simpler, or the value smaller",
        });
        let stops = self.stops.borrow();
        let all = value.iter().chain(stops.iter());
        all.map(|stop| checking_stopped::new_finding(&stop.location, stop.message, stop.advice)).collect()
    }

    /// Returns the checker of values, such as examples and defaults, against the document's schemas.
    pub(crate) fn value_checker(&self) -> &ValueChecker<'a> {
        &self.value_checker
    }
}
