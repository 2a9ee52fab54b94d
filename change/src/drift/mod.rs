//! Compares our document with what its vendor publishes.
//!
//! The comparison is that of two states of a document ([`compare`](crate::compare())): our document is the old state,
//! and the vendor's documents are the new one. A difference is a change that taking over the vendor's docs would make.
//! Differences of representation do not count: `x-` keys, names of types and operations, formats of decimals, and all
//! texts.

mod accepted;
pub mod format;
mod neutral;
mod operations;
mod webhooks;

use std::collections::{BTreeSet, HashSet};

use partner_model::Model;
use partner_spec::{Diagnostic, Diagnostics, Document, Location, Node, Reading};

use crate::change::Change;
use crate::compare::{Names, find};
use crate::rule::Effect;
use crate::state::State;
use crate::vendor::{Published, Vendor};

pub use accepted::Accepted;
use operations::Ours;

/// The document that has what the other one lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Only {
    /// The vendor's docs.
    Docs,
    /// Our document.
    Ours,
    /// Both have something, and it is not the same.
    Neither,
}

impl Only {
    /// The words of reports.
    pub fn name(self) -> &'static str {
        match self {
            Only::Docs => "only in the docs",
            Only::Ours => "only in our document",
            Only::Neither => "different",
        }
    }
}

/// A difference between our document and the vendor's docs.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The document that has what the other one lacks.
    pub only: Only,
    /// The change that taking over the vendor's docs would make.
    pub change: Change,
    /// Why the difference is accepted; `None` if it is not.
    pub accepted: Option<String>,
}

/// A document of the vendor that was compared.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The file.
    pub file: String,
    /// The title of the Markdown page that holds the document.
    pub page: Option<String>,
    /// The number of operations.
    pub operations: usize,
    /// The number of webhooks.
    pub webhooks: usize,
}

/// The result of comparing our document with the vendor's docs.
#[derive(Clone, Debug)]
pub struct Report {
    /// The name of the API.
    pub api: String,
    /// The number of operations of our document.
    pub operations: usize,
    /// The documents of the vendor.
    pub compared: Vec<Compared>,
    /// The differences, by docs page.
    pub differences: Vec<Difference>,
    /// The operations and webhooks of the vendor that could not be compared, because of an error in the vendor's document.
    pub uncompared: Vec<String>,
    /// The number of our operations that no page describes. Pages show what there is, and not what there is not, so
    /// they are no differences. Zero if a whole document was compared.
    pub unseen: usize,
    /// The errors of the vendor's documents and files.
    pub findings: Vec<Diagnostic>,
    /// The entries of the list of accepted differences that no difference matches.
    pub stale: Vec<Accepted>,
}

/// Rules of the model that are about names or representation, which have no effect on the comparison.
const IRRELEVANT: [&str; 7] = [
    "name-reserved",
    "number-not-decimal",
    "one-of-untitled",
    "operation-id-duplicate",
    "operation-id-missing",
    "operation-id-name",
    // Such a webhook is listed among what could not be compared.
    "public-without-type",
];

/// Documentation that is a difference all the same.
const NOTABLE: [&str; 3] = ["deprecated", "path-parameter-renamed", "undeprecated"];

/// The operations and public schemas of our document.
struct Known {
    operations: Vec<Ours>,
    public: Vec<webhooks::Ours>,
}

/// A document of the vendor, ready to be compared.
struct Docs<'v> {
    published: &'v Published,
    state: State,
    /// The ids of our operations that the document describes.
    described: BTreeSet<String>,
    webhooks: webhooks::Described,
    /// The schemas that are so wrong that they were left out.
    wrong: HashSet<Location>,
    /// Whether the document says which credentials there are.
    has_credentials: bool,
    /// Whether the document is a whole one that names servers.
    has_servers: bool,
}

/// Compares our document with the vendor's. `accepted` are the differences that are known and stay.
///
/// # Errors
///
/// The findings about our document, if it cannot be read.
pub fn compare(
    ours: &Reading,
    vendor: &Vendor,
    api: &str,
    accepted: &[Accepted],
) -> Result<Report, Diagnostics> {
    let Some(document) = ours.sound() else { return Err(ours.found.clone()) };
    let mut root = document.root.clone();
    let known = Known { operations: operations::find(&root), public: webhooks::find(&root) };
    neutral::reduce(&mut root);
    operations::set_pages(&mut root, &known.operations);
    webhooks::publish(&mut root, &known.public);
    let (ours, _) = State::read(&reading(&document, root), api)?;
    let mut report = Report {
        api: api.to_owned(),
        operations: ours.model.operations.len(),
        compared: Vec::new(),
        differences: Vec::new(),
        uncompared: Vec::new(),
        unseen: 0,
        findings: vendor.found.iter().cloned().collect(),
        stale: Vec::new(),
    };
    let docs: Vec<Docs<'_>> =
        vendor.documents.iter().filter_map(|published| report.read(published, &known, api)).collect();
    let described: BTreeSet<&String> = docs.iter().flat_map(|docs| &docs.described).collect();
    let webhooks: BTreeSet<&String> = docs.iter().flat_map(|docs| &docs.webhooks.ours).collect();
    let is_whole = docs.iter().any(|docs| docs.published.page.is_none());
    if !is_whole {
        report.unseen = known.operations.iter().filter(|ours| !described.contains(&ours.id)).count();
    }
    for docs in &docs {
        let is_compared = |id: &String| match docs.described.contains(id) {
            true => docs.state.model.operations.iter().any(|operation| operation.id == *id),
            // What no document describes is missing in each whole one.
            false => docs.published.page.is_none() && !described.contains(id),
        };
        let is_whole = docs.published.page.is_none() && !docs.webhooks.payloads.is_empty();
        let is_expected = |title: &String| match docs.webhooks.ours.contains(title) {
            true => true,
            false => is_whole && !webhooks.contains(title),
        };
        let state = only(&ours, is_compared, is_expected);
        let (changes, _) = find(&state, &docs.state, Names::Old);
        report.add(docs, changes);
    }
    report.accept(accepted);
    Ok(report)
}

impl Report {
    /// Reads a document of the vendor. `None` if nothing of it can be compared; the findings say why.
    fn read<'v>(&mut self, published: &'v Published, known: &Known, api: &str) -> Option<Docs<'v>> {
        self.findings.extend(published.reading.found.iter().cloned());
        let document = published.reading.sound()?;
        let mut root = document.root.clone();
        let has_credentials = root
            .get("components")
            .is_some_and(|components| components.entries("securitySchemes").next().is_some());
        let has_servers = published.page.is_none() && !root.items("servers").is_empty();
        let theirs = crate::webhooks::webhooks(&root);
        let wrong = neutral::reduce(&mut root);
        neutral::rename_schemas(&mut root);
        let file = root.location.name().to_owned();
        let page = published.page.as_deref();
        let described = operations::identify(&mut root, &known.operations, page, &file);
        let webhooks = webhooks::identify(&mut root, &theirs, &known.public, page);
        let titles = titles(&root);
        let (state, found) = State::read(&reading(&document, root), api).ok()?;
        self.findings.extend(found.into_iter().filter(|found| !IRRELEVANT.contains(&found.rule.id)));
        let read: BTreeSet<String> =
            state.model.operations.iter().map(|operation| operation.title()).collect();
        self.uncompared.extend(titles.into_iter().filter(|title| !read.contains(title)));
        let has_type = |key: &String| state.model.types.values().any(|definition| definition.key == *key);
        let untyped = webhooks.payloads.iter().filter(|(key, _)| !has_type(key));
        self.uncompared.extend(untyped.map(|(_, title)| format!("the webhook {title}")));
        let (operations, count) = (state.model.operations.len(), webhooks.payloads.len());
        self.compared.push(Compared { file, page: published.page.clone(), operations, webhooks: count });
        Some(Docs { published, state, described, webhooks, wrong, has_credentials, has_servers })
    }

    /// Adds the changes that are differences, each once.
    fn add(&mut self, docs: &Docs<'_>, changes: Vec<Change>) {
        let differences =
            changes.into_iter().filter(|change| docs.is_difference(change)).map(|change| Difference {
                only: match change.rule.id {
                    id if id.contains("-added") => Only::Docs,
                    id if id.contains("-removed") => Only::Ours,
                    _ => Only::Neither,
                },
                change,
                accepted: None,
            });
        self.differences.extend(differences);
        let key = |difference: &Difference| {
            let Difference { only, change, .. } = difference;
            (change.page.clone(), *only, change.text.clone(), change.rule.id, change.after.clone())
        };
        self.differences.sort_by_cached_key(key);
        let key = |difference: &Difference| {
            (difference.change.page.clone(), difference.change.text.clone(), difference.change.rule.id)
        };
        self.differences.dedup_by(|a, b| key(a) == key(b));
    }

    /// Marks the accepted differences, and lists the entries that match none.
    fn accept(&mut self, accepted: &[Accepted]) {
        for entry in accepted {
            let mut is_stale = true;
            for difference in self.differences.iter_mut().filter(|difference| entry.includes(difference)) {
                difference.accepted.get_or_insert_with(|| entry.reason.clone());
                is_stale = false;
            }
            self.stale.extend(is_stale.then(|| entry.clone()));
        }
    }

    /// The differences that are not accepted, grouped by docs page.
    pub fn pages(&self) -> Vec<(&str, Vec<&Difference>)> {
        let mut pages: Vec<(&str, Vec<&Difference>)> = Vec::new();
        for difference in self.differences.iter().filter(|difference| difference.accepted.is_none()) {
            match pages.last_mut() {
                Some((page, differences)) if *page == difference.change.page => differences.push(difference),
                _ => pages.push((&difference.change.page, vec![difference])),
            }
        }
        pages
    }

    /// The number of accepted differences.
    pub fn accepted(&self) -> usize {
        self.differences.iter().filter(|difference| difference.accepted.is_some()).count()
    }

    /// Whether everything could be compared, nothing differs that is not accepted, and no accepted difference is stale.
    pub fn is_clean(&self) -> bool {
        self.accepted() == self.differences.len() && self.stale.is_empty() && self.uncompared.is_empty()
    }
}

impl Docs<'_> {
    /// Whether a change is a difference on the wire that the vendor's document really shows.
    fn is_difference(&self, change: &Change) -> bool {
        let id = change.rule.id;
        let is_on_the_wire = change.request.max(change.response) >= Effect::Compatible;
        let is_silent = match id {
            _ if id.starts_with("server-") || id == "operation-server-changed" => !self.has_servers,
            _ if id.starts_with("key-") || id.starts_with("credentials-") => !self.has_credentials,
            _ => false,
        };
        let is_wrong = change.after.as_ref().is_some_and(|after| self.wrong.contains(after));
        (is_on_the_wire || NOTABLE.contains(&id)) && !is_silent && !is_wrong
    }
}

/// A reading of a document that was reduced, without findings.
fn reading(document: &Document, root: Node) -> Reading {
    let document = Document { root, files: document.files.clone(), size: document.size };
    Reading {
        files: document.files.clone(),
        document: Some(document),
        trees: Vec::new(),
        found: Diagnostics::new(),
    }
}

/// The state with only the operations whose ids are wanted, and the webhooks whose titles are.
fn only(
    state: &State,
    is_operation: impl Fn(&String) -> bool,
    is_webhook: impl Fn(&String) -> bool,
) -> State {
    let operations = state.model.operations.iter().filter(|operation| is_operation(&operation.id));
    let model = Model { operations: operations.cloned().collect(), ..state.model.clone() };
    let mut wire = state.wire.clone();
    wire.webhooks.retain(|title, _| is_webhook(title));
    State { model, wire }
}

/// The methods and paths of the operations of a document.
fn titles(root: &Node) -> Vec<String> {
    let mut titles = Vec::new();
    for path in root.entries("paths") {
        let methods = partner_spec::METHODS.iter().filter(|method| path.node.get(method).is_some());
        titles.extend(methods.map(|method| format!("{} {}", method.to_uppercase(), path.key)));
    }
    titles
}
