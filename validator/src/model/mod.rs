//! What the rules need to check an OpenAPI document: its [`DocumentIndex`], its files, and a checker of values against
//! schemas.

use std::cell::RefCell;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use partner_model::index::DocumentIndex;
use partner_spec::rules::checking_stopped;
use partner_spec::{Api, Document, Findings, Location, Node, StepBudget};

use crate::instance::ValueChecker;

pub use partner_model::index::{Operation, Parameter, Place, PlaceId};

/// A document with everything that the rules need to check it: an index of its objects, its files, and a checker of its
/// values.
pub struct Model<'a> {
    index: DocumentIndex<'a>,
    /// The API that the document describes; `None` if the document does not belong to this workspace.
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

/// The base of the limit on the steps that all rules together take to compare the schemas in `allOf`, `oneOf` and
/// `anyOf`. The next constant is added to this base for each kilobyte of the document. A step is the visit of a schema,
/// a property or a required name. The limit is needed because a schema is visited once for each `allOf`, `oneOf` or
/// `anyOf` that includes it.
const BASE_SCHEMA_COMPARISON_STEP_LIMIT: usize = 2_000_000;
const SCHEMA_COMPARISON_STEP_LIMIT_INCREASE_PER_KILOBYTE: usize = 10_000;

/// A check that stopped because something in the document is too large.
#[derive(Clone, Debug)]
pub(crate) struct StoppedCheck {
    pub(crate) location: Location,
    /// The message that explains why the check stopped.
    pub(crate) message: &'static str,
    /// Advice on how to change the document so that the check can be completed.
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
                BASE_SCHEMA_COMPARISON_STEP_LIMIT,
                SCHEMA_COMPARISON_STEP_LIMIT_INCREASE_PER_KILOBYTE,
                document.total_bytes,
            )),
            stops: RefCell::default(),
        }
    }

    /// Adds the trees of the parsed files, as they were before the files were combined into one document. Their
    /// references to other files are unresolved, and parts that the document does not use are included.
    #[must_use]
    pub fn with_unresolved_file_roots(self, trees: &'a [Arc<Node>]) -> Model<'a> {
        Model { trees, ..self }
    }

    /// Returns the trees of the parsed files, as they were before the files were combined into one document. Their
    /// references to other files are unresolved, and parts that the document does not use are included.
    pub fn unresolved_file_roots(&self) -> &'a [Arc<Node>] {
        self.trees
    }

    /// Returns two paths of the file `name` in the folder of the root file: the path in the file system, and the path
    /// that messages show. Returns `None` if the path of the root file is unknown.
    pub fn locate_file_beside_root(&self, name: &str) -> Option<(PathBuf, String)> {
        let root = Path::new(self.root.location.display_path());
        let files = self.files.iter().filter(|file| file.ends_with(root));
        let path = files.min_by_key(|file| file.components().count())?;
        Some((path.with_file_name(name), root.with_file_name(name).display().to_string()))
    }

    /// Subtracts `steps` from the number of steps that comparisons of schemas may still take. Returns false if fewer
    /// steps were left.
    pub(crate) fn try_spend_comparison_steps(&self, steps: usize) -> bool {
        self.compared.borrow_mut().try_spend(steps)
    }

    /// Records that a rule stopped checking because something in the document is too large. If several records have the
    /// same message, only the first one is kept.
    pub(crate) fn record_stopped_check(
        &self,
        location: &Location,
        message: &'static str,
        advice: &'static str,
    ) {
        let mut stops = self.stops.borrow_mut();
        if !stops.iter().any(|stop| stop.message == message) {
            stops.push(StoppedCheck { location: location.collapse_to_start(), message, advice });
        }
    }

    /// Returns a finding for each check that stopped early. Must be called after all rules have run.
    pub(crate) fn collect_findings_about_stopped_checks(&self) -> Findings {
        let value = self.value_checker.location_of_first_incomplete_check().map(|location| StoppedCheck {
            location,
            message: "this value takes too long to be checked, so it may not fit its schema",
            advice: "make the pattern or the alternatives of its schema simpler, or the value smaller",
        });
        let stops = self.stops.borrow();
        let all = value.iter().chain(stops.iter());
        all.map(|stop| checking_stopped::new_finding(&stop.location, stop.message, stop.advice)).collect()
    }

    /// Returns the checker that compares values, such as examples and defaults, with the document's schemas.
    pub(crate) fn value_checker(&self) -> &ValueChecker<'a> {
        &self.value_checker
    }
}
