//! Compares our document of an API with the documents that the vendor publishes.
//!
//! [`compare_states`](crate::compare_states) compares two states of one document. Here, our document counts as the old
//! state, and each of the vendor's documents as a new state. So a difference is a change that would make our document
//! say what the vendor's docs say. What only concerns the representation is not compared: `x-` keys, the names of types
//! and operations, the formats of decimals, and all texts for readers.

mod accepted;
pub mod format;
mod neutral;
mod operations;
mod webhooks;

use std::collections::{BTreeSet, HashSet};

use partner_model::Model;
use partner_spec::{Document, Finding, Findings, Location, Node, ReadResult};

use crate::change::Change;
use crate::compare::{TypeNamesInMessages, find_changes_and_type_pairs};
use crate::rule::Effect;
use crate::state::DocumentState;
use crate::vendor::{PublishedDocument, VendorDocs};

pub use accepted::AcceptanceEntry;
use operations::OurOperation;

/// The kind of a difference: whether the differing part of the API (an operation, a field …) is only in the vendor's
/// docs, only in our document, or in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifferenceKind {
    /// The part of the API is only in the vendor's docs.
    OnlyInVendorDocs,
    /// Only our document describes this part of the API.
    OnlyInOurDocument,
    /// Both the vendor's docs and our document describe this part of the API, but in different ways.
    DescribedDifferently,
}

impl DifferenceKind {
    /// The name of this kind of difference in reports, like `only in the docs`.
    pub fn name(self) -> &'static str {
        match self {
            DifferenceKind::OnlyInVendorDocs => "only in the docs",
            DifferenceKind::OnlyInOurDocument => "only in our document",
            DifferenceKind::DescribedDifferently => "different",
        }
    }
}

/// A difference between our document and the vendor's docs.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The kind of the difference: whether the differing part is only in the vendor's docs, only in our document, or in
    /// both.
    pub kind: DifferenceKind,
    /// The change that would make our document agree with the vendor's docs.
    pub change: Change,
    /// The reason why the difference is accepted; `None` if the difference is not accepted.
    pub acceptance_reason: Option<String>,
}

/// A document of the vendor that was compared with ours.
#[derive(Clone, Debug)]
pub struct ComparedVendorDocument {
    /// The name of the document's file.
    pub file_name: String,
    /// The title of the Markdown page that contains the document; `None` if the document is a file of its own.
    pub page_title: Option<String>,
    /// The number of operations in the vendor's document.
    pub operation_count: usize,
    /// The number of webhooks in the vendor's document.
    pub webhook_count: usize,
}

/// The result of comparing our document with the vendor's docs.
#[derive(Clone, Debug)]
pub struct DriftReport {
    /// The name of the API.
    pub api_name: String,
    /// The number of operations in our document.
    pub our_operation_count: usize,
    /// The vendor's documents that were compared with ours.
    pub compared_vendor_documents: Vec<ComparedVendorDocument>,
    /// The differences, sorted by docs page.
    pub differences: Vec<Difference>,
    /// The vendor's operations and webhooks that could not be compared because of an error in the vendor's document,
    /// like `GET /orders` or `the webhook order.paid`.
    pub uncompared_operations_and_webhooks: Vec<String>,
    /// The number of our operations that no document of the vendor describes. They are counted only if all of the
    /// vendor's documents are excerpts in Markdown pages, because an operation that is missing in excerpts is not
    /// reported as a difference. If one of the documents is complete (a file of its own), a missing operation is a
    /// difference, and this number is zero.
    pub undescribed_operation_count: usize,
    /// The findings about the vendor's files: errors in documents, and files that could not be read as documents.
    pub vendor_findings: Vec<Finding>,
    /// The entries of `accepted.yaml` that match no difference any more. A person should remove these entries.
    pub stale_acceptance_entries: Vec<AcceptanceEntry>,
}

/// The ids of the rules whose findings about a vendor's document are dropped. Most of these rules are about names or
/// about the representation of values, which the comparison ignores.
const IGNORED_MODEL_RULE_IDS: [&str; 7] = [
    "name-reserved",
    "number-not-decimal",
    "one-of-untitled",
    "operation-id-duplicate",
    "operation-id-missing",
    "operation-id-name",
    // The findings of this rule are not needed: a webhook whose payload gets no Rust type is listed in
    // `uncompared_operations_and_webhooks`.
    "public-without-type",
];

/// The ids of rules whose changes are always reported as differences. Other changes that affect only the documentation
/// are not reported.
const ALWAYS_REPORTED_RULE_IDS: [&str; 3] = ["deprecated", "path-parameter-renamed", "undeprecated"];

/// The operations and public schemas (those with `x-public`) of our document. They are listed before the document is
/// reduced to what goes over the wire, because the reduction removes all `x-` keys. These keys tell which schemas are
/// public, and which page of the vendor's docs describes an operation.
struct OurOperationsAndPublicSchemas {
    operations: Vec<OurOperation>,
    public_schemas: Vec<webhooks::OurPublicSchema>,
}

/// A document of the vendor that was prepared for the comparison.
struct PreparedVendorDocument<'v> {
    published: &'v PublishedDocument,
    state: DocumentState,
    /// The operations that both our document and the vendor's document describe, by their ids in our document.
    shared_operation_ids: BTreeSet<String>,
    webhooks: webhooks::VendorWebhooks,
    /// The locations of malformed schemas: values that are not objects, although OpenAPI expects a schema there.
    /// Changes of these schemas are not reported.
    malformed_schema_locations: HashSet<Location>,
    /// Whether the vendor's document declares any security schemes.
    vendor_has_security_schemes: bool,
    /// Whether the servers can be compared. This is so if the document is complete (not an excerpt in a Markdown page)
    /// and lists servers.
    has_comparable_servers: bool,
}

/// Compares our document with the vendor's documents. `accepted` has the entries of `accepted.yaml`, the list of
/// differences that a person has accepted.
///
/// # Errors
///
/// Returns the findings about our document if the document cannot be read.
pub fn compare_with_vendor_docs(
    ours: &ReadResult,
    vendor: &VendorDocs,
    api: &str,
    accepted: &[AcceptanceEntry],
) -> Result<DriftReport, Findings> {
    let Some(document) = ours.without_invalid_parts() else { return Err(ours.findings.clone()) };
    let mut root = document.root.clone();
    let known = OurOperationsAndPublicSchemas {
        operations: operations::list_our_operations(&root),
        public_schemas: webhooks::list_our_public_schemas(&root),
    };
    neutral::reduce_to_wire_format(&mut root);
    operations::restore_docs_page_titles(&mut root, &known.operations);
    webhooks::restore_public_schema_extensions(&mut root, &known.public_schemas);
    let (ours, _) = DocumentState::from_read_result(&make_read_result_with_root(&document, root), api)?;
    let mut report = DriftReport {
        api_name: api.to_owned(),
        our_operation_count: ours.model.operations.len(),
        compared_vendor_documents: Vec::new(),
        differences: Vec::new(),
        uncompared_operations_and_webhooks: Vec::new(),
        undescribed_operation_count: 0,
        vendor_findings: vendor.general_findings.iter().cloned().collect(),
        stale_acceptance_entries: Vec::new(),
    };
    let docs: Vec<PreparedVendorDocument<'_>> = vendor
        .documents
        .iter()
        .filter_map(|published| report.prepare_vendor_document(published, &known, api))
        .collect();
    let described: BTreeSet<&String> = docs.iter().flat_map(|docs| &docs.shared_operation_ids).collect();
    let webhooks: BTreeSet<&String> =
        docs.iter().flat_map(|docs| &docs.webhooks.shared_webhook_titles).collect();
    let is_whole = docs.iter().any(|docs| docs.published.page_title.is_none());
    if !is_whole {
        report.undescribed_operation_count =
            known.operations.iter().filter(|ours| !described.contains(&ours.id)).count();
    }
    for docs in &docs {
        let is_compared = |id: &String| match docs.shared_operation_ids.contains(id) {
            true => docs.state.model.operations.iter().any(|operation| operation.id == *id),
            // This document of the vendor does not describe our operation. The missing operation is reported only if
            // the document is complete (not an excerpt in a Markdown page), and no other document of the vendor
            // describes the operation.
            false => docs.published.page_title.is_none() && !described.contains(id),
        };
        let is_whole =
            docs.published.page_title.is_none() && !docs.webhooks.payload_schema_keys_and_titles.is_empty();
        let is_expected = |title: &String| match docs.webhooks.shared_webhook_titles.contains(title) {
            true => true,
            false => is_whole && !webhooks.contains(title),
        };
        let state = filter_operations_and_webhooks(&ours, is_compared, is_expected);
        let (changes, _) = find_changes_and_type_pairs(&state, &docs.state, TypeNamesInMessages::Old);
        report.add_differences(docs, changes);
    }
    report.apply_acceptance_entries(accepted);
    Ok(report)
}

impl DriftReport {
    /// Prepares a document of the vendor for the comparison, and adds the findings about the document to the report.
    /// Returns `None` if no part of the document can be compared.
    fn prepare_vendor_document<'v>(
        &mut self,
        published: &'v PublishedDocument,
        known: &OurOperationsAndPublicSchemas,
        api: &str,
    ) -> Option<PreparedVendorDocument<'v>> {
        self.vendor_findings.extend(published.read_result.findings.iter().cloned());
        let document = published.read_result.without_invalid_parts()?;
        let mut root = document.root.clone();
        let vendor_has_security_schemes = root
            .get("components")
            .is_some_and(|components| components.get_entries("securitySchemes").next().is_some());
        let has_comparable_servers = published.page_title.is_none() && !root.get_items("servers").is_empty();
        let theirs = crate::webhooks::list_webhooks(&root);
        let wrong = neutral::reduce_to_wire_format(&mut root);
        neutral::replace_or_remove_schema_titles(&mut root);
        let file = root.location.display_path().to_owned();
        let page = published.page_title.as_deref();
        let described = operations::match_and_adapt_operations(&mut root, &known.operations, page, &file);
        let webhooks = webhooks::match_and_adapt_webhooks(&mut root, &theirs, &known.public_schemas, page);
        let titles = list_methods_and_paths(&root);
        let (state, found) =
            DocumentState::from_read_result(&make_read_result_with_root(&document, root), api).ok()?;
        self.vendor_findings
            .extend(found.into_iter().filter(|found| !IGNORED_MODEL_RULE_IDS.contains(&found.rule.id)));
        let read: BTreeSet<String> =
            state.model.operations.iter().map(|operation| operation.method_and_path()).collect();
        self.uncompared_operations_and_webhooks
            .extend(titles.into_iter().filter(|title| !read.contains(title)));
        let has_type = |key: &String| {
            state.model.types.values().any(|definition| definition.component_key_or_type_name == *key)
        };
        let untyped = webhooks.payload_schema_keys_and_titles.iter().filter(|(key, _)| !has_type(key));
        self.uncompared_operations_and_webhooks
            .extend(untyped.map(|(_, title)| format!("the webhook {title}")));
        let (operations, count) =
            (state.model.operations.len(), webhooks.payload_schema_keys_and_titles.len());
        self.compared_vendor_documents.push(ComparedVendorDocument {
            file_name: file,
            page_title: published.page_title.clone(),
            operation_count: operations,
            webhook_count: count,
        });
        Some(PreparedVendorDocument {
            published,
            state,
            shared_operation_ids: described,
            webhooks,
            malformed_schema_locations: wrong,
            vendor_has_security_schemes,
            has_comparable_servers,
        })
    }

    /// Adds to the report those changes that count as differences (see
    /// [`PreparedVendorDocument::counts_as_difference`]). If several differences have the same docs page, message and
    /// rule, only one is kept.
    fn add_differences(&mut self, docs: &PreparedVendorDocument<'_>, changes: Vec<Change>) {
        let differences =
            changes.into_iter().filter(|change| docs.counts_as_difference(change)).map(|change| Difference {
                kind: match change.rule.id {
                    id if id.contains("-added") => DifferenceKind::OnlyInVendorDocs,
                    id if id.contains("-removed") => DifferenceKind::OnlyInOurDocument,
                    _ => DifferenceKind::DescribedDifferently,
                },
                change,
                acceptance_reason: None,
            });
        self.differences.extend(differences);
        let key = |difference: &Difference| {
            let Difference { kind: only, change, .. } = difference;
            (
                change.page_title.clone(),
                *only,
                change.message.clone(),
                change.rule.id,
                change.new_location.clone(),
            )
        };
        self.differences.sort_by_cached_key(key);
        let key = |difference: &Difference| {
            (
                difference.change.page_title.clone(),
                difference.change.message.clone(),
                difference.change.rule.id,
            )
        };
        self.differences.dedup_by(|a, b| key(a) == key(b));
    }

    /// Marks the differences that entries of `accepted.yaml` accept, and collects the entries that match no difference.
    fn apply_acceptance_entries(&mut self, accepted: &[AcceptanceEntry]) {
        for entry in accepted {
            let mut is_stale = true;
            for difference in self.differences.iter_mut().filter(|difference| entry.accepts(difference)) {
                difference.acceptance_reason.get_or_insert_with(|| entry.reason.clone());
                is_stale = false;
            }
            self.stale_acceptance_entries.extend(is_stale.then(|| entry.clone()));
        }
    }

    /// Returns the differences that are not accepted, grouped by the page of the vendor's docs. An accepted difference
    /// has a reason in `accepted.yaml`.
    pub fn group_unaccepted_differences_by_page(&self) -> Vec<(&str, Vec<&Difference>)> {
        let mut pages: Vec<(&str, Vec<&Difference>)> = Vec::new();
        for difference in self.differences.iter().filter(|difference| difference.acceptance_reason.is_none())
        {
            match pages.last_mut() {
                Some((page, differences)) if *page == difference.change.page_title => {
                    differences.push(difference)
                }
                _ => pages.push((&difference.change.page_title, vec![difference])),
            }
        }
        pages
    }

    /// The number of differences that are accepted, with a reason.
    pub fn accepted_difference_count(&self) -> usize {
        self.differences.iter().filter(|difference| difference.acceptance_reason.is_some()).count()
    }

    /// Whether the report is clean, which means that nobody has to act on it: all of the vendor's operations and
    /// webhooks were compared, every difference is accepted, and every entry of `accepted.yaml` still matches a
    /// difference.
    pub fn is_clean(&self) -> bool {
        self.accepted_difference_count() == self.differences.len()
            && self.stale_acceptance_entries.is_empty()
            && self.uncompared_operations_and_webhooks.is_empty()
    }
}

impl PreparedVendorDocument<'_> {
    /// Whether a change counts as a difference. Two conditions have to be met:
    ///
    /// - The change affects requests or responses, or its rule is one of [`ALWAYS_REPORTED_RULE_IDS`].
    /// - The vendor's document describes the changed part, and the description is not malformed.
    fn counts_as_difference(&self, change: &Change) -> bool {
        let id = change.rule.id;
        let is_on_the_wire = change.request_effect.max(change.response_effect) >= Effect::Compatible;
        let is_silent = match id {
            _ if id.starts_with("server-") || id == "operation-server-changed" => {
                !self.has_comparable_servers
            }
            _ if id.starts_with("key-") || id.starts_with("credentials-") => {
                !self.vendor_has_security_schemes
            }
            _ => false,
        };
        let is_wrong =
            change.new_location.as_ref().is_some_and(|after| self.malformed_schema_locations.contains(after));
        (is_on_the_wire || ALWAYS_REPORTED_RULE_IDS.contains(&id)) && !is_silent && !is_wrong
    }
}

/// Makes a [`ReadResult`] without findings, for [`DocumentState::from_read_result`]. It contains a copy of the document
/// whose root is replaced by `root`, which has only what affects requests and responses.
fn make_read_result_with_root(document: &Document, root: Node) -> ReadResult {
    let document =
        Document { root, file_paths: document.file_paths.clone(), total_bytes: document.total_bytes };
    ReadResult {
        file_paths: document.file_paths.clone(),
        document: Some(document),
        unresolved_trees: Vec::new(),
        findings: Findings::new(),
    }
}

/// Returns a copy of a document's state that has only the selected operations and webhooks. `is_selected_operation` is
/// called with the id of an operation, and `is_selected_webhook` with the title of a webhook.
fn filter_operations_and_webhooks(
    state: &DocumentState,
    is_selected_operation: impl Fn(&String) -> bool,
    is_selected_webhook: impl Fn(&String) -> bool,
) -> DocumentState {
    let operations = state.model.operations.iter().filter(|operation| is_selected_operation(&operation.id));
    let model = Model { operations: operations.cloned().collect(), ..state.model.clone() };
    let mut wire = state.unmodeled_parts.clone();
    wire.webhook_parts_by_title.retain(|title, _| is_selected_webhook(title));
    DocumentState { model, unmodeled_parts: wire }
}

/// Lists the method and path of every operation of a document, like `GET /orders`.
fn list_methods_and_paths(root: &Node) -> Vec<String> {
    let mut titles = Vec::new();
    for path in root.get_entries("paths") {
        let methods = partner_spec::HTTP_METHODS.iter().filter(|method| path.node.get(method).is_some());
        titles.extend(methods.map(|method| format!("{} {}", method.to_uppercase(), path.key)));
    }
    titles
}
