//! Collects which operations and webhooks of a vendor's docs our OpenAPI document describes. The information comes from
//! this document, from the list of docs pages that nobody could read, and from the generated client.

use std::path::Path;

use partner_codegen::ClientMethod;
use partner_model::index::{self, DocumentIndex};
use partner_spec::{Api, Boundary, Findings, Node};

/// The coverage of one API: the operations and webhooks that our document describes, and those that it lacks, because
/// nobody could read their pages in the vendor's docs.
pub(crate) struct ApiCoverage {
    pub(crate) api: Api,
    pub(crate) operations: Vec<DescribedOperation>,
    pub(crate) webhooks: Vec<DescribedWebhook>,
    pub(crate) unread_operations: Vec<UnreadOperationOrWebhook>,
    pub(crate) unread_webhooks: Vec<UnreadOperationOrWebhook>,
}

/// An operation that our document describes.
pub(crate) struct DescribedOperation {
    pub(crate) page: String,
    pub(crate) id: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) confidence: String,
    pub(crate) availability: String,
    /// Whether the request body and the bodies of all success responses have examples.
    pub(crate) all_bodies_have_examples: bool,
    /// Whether the test target `walk` compares the request and the response of the operation with the document. The
    /// test target tests all operations for which the client has a method.
    pub(crate) is_compared_with_document: bool,
    /// The number of entries in the vendor's docs that describe this operation: the main entry, and those that
    /// `x-docs.also` lists.
    pub(crate) docs_entry_count: usize,
}

/// A webhook that our document describes.
pub(crate) struct DescribedWebhook {
    pub(crate) title: String,
    pub(crate) schema: String,
    pub(crate) confidence: String,
}

/// An operation or a webhook that the vendor's docs list, but whose own page in these docs could not be read.
pub(crate) struct UnreadOperationOrWebhook {
    pub(crate) title: String,
    pub(crate) group: String,
    pub(crate) method: String,
    pub(crate) page: String,
    pub(crate) known: String,
    pub(crate) missing: String,
    pub(crate) inferred: String,
}

impl ApiCoverage {
    /// Returns the number of operations in the vendor's docs: those that our document describes, and those whose pages
    /// nobody could read.
    pub(crate) fn count_operations_in_vendor_docs(&self) -> usize {
        self.count_described_vendor_operations() + self.unread_operations.len()
    }

    /// Returns how many operations of the vendor's docs our document describes. One operation of the document may
    /// describe several operations of the docs.
    pub(crate) fn count_described_vendor_operations(&self) -> usize {
        self.operations.iter().map(|operation| operation.docs_entry_count).sum()
    }

    /// Returns how many operations of the document have this `confidence`: how sure we are that their description is
    /// right, such as `inferred`.
    pub(crate) fn count_operations_with_confidence(&self, confidence: &str) -> usize {
        self.operations.iter().filter(|operation| operation.confidence == confidence).count()
    }
}

pub(crate) fn coverage(api: Api, workspace: &Path) -> Result<ApiCoverage, Findings> {
    let reading = partner_spec::read_document(&api.root_file_path_in(workspace), workspace);
    // If no client can be generated, the list of methods is empty, so `is_compared_with_document` becomes false for all
    // operations. The error is ignored here, because `cargo xtask validate` reports it.
    let methods = partner_codegen::generate_client(&reading, api.name()).map(|generated| generated.methods);
    let methods = methods.unwrap_or_default();
    let document = partner_spec::load_document(&api.root_file_path_in(workspace), workspace)?;
    let index = DocumentIndex::new(&document);
    let operations = index.operations_in_method_order();
    let operations = operations.into_iter().map(|found| operation(found, &index, &methods)).collect();
    let schemas = document.root.get("components").map(|components| components.get_entries("schemas"));
    let webhooks = schemas.into_iter().flatten().filter_map(|schema| {
        let webhook = schema.node.get("x-webhook")?;
        Some(DescribedWebhook {
            title: webhook.get_str("title").unwrap_or(&schema.key).to_owned(),
            schema: schema.key.clone(),
            confidence: confidence(&schema.node),
        })
    });
    let webhooks = webhooks.collect();
    let unread = load_unread_yaml(api, workspace)?;
    let listed =
        |key: &str| unread.iter().flat_map(|unread| unread.get_items(key)).map(read_unread_entry).collect();
    Ok(ApiCoverage {
        api,
        operations,
        webhooks,
        unread_operations: listed("operations"),
        unread_webhooks: listed("webhooks"),
    })
}

fn operation(
    found: &index::Operation<'_>,
    index: &DocumentIndex<'_>,
    methods: &[ClientMethod],
) -> DescribedOperation {
    let node = found.place.node;
    let id = found.id().unwrap_or_default().to_owned();
    let docs = node.get("x-docs");
    let bodies = node.get("requestBody").and_then(|body| index.resolve_reference(body)).into_iter();
    let successes =
        found.resolved_responses_by_status().into_iter().filter(|(status, _)| status.starts_with('2'));
    let successes = successes.map(|(_, response)| response);
    let all_bodies_have_examples =
        bodies.chain(successes).flat_map(|holder| holder.get_entries("content")).all(|media| {
            let is_unknown =
                media.node.get("schema").and_then(Node::as_object).is_none_or(|schema| schema.is_empty());
            is_unknown || media.node.get("example").is_some() || media.node.get("examples").is_some()
        });
    DescribedOperation {
        page: docs.and_then(|docs| docs.get_str("page")).unwrap_or_default().to_owned(),
        method: found.method.to_uppercase(),
        path: found.path_template.to_owned(),
        confidence: confidence(node),
        availability: node.get_str("x-availability").unwrap_or("general").to_owned(),
        all_bodies_have_examples,
        is_compared_with_document: methods.iter().any(|method| method.operation_id == id),
        docs_entry_count: 1 + docs.map_or(0, |docs| docs.get_items("also").len()),
        id,
    }
}

fn confidence(node: &Node) -> String {
    node.get("x-docs").and_then(|docs| docs.get_str("confidence")).unwrap_or("documented").to_owned()
}

/// Reads `unread.yaml`, the list of the operations and webhooks whose docs nobody could read. Returns `None` if the API
/// has no such file, because all its docs have been read.
fn load_unread_yaml(api: Api, workspace: &Path) -> Result<Option<Node>, Findings> {
    let path = api.document_folder_in(workspace).join("unread.yaml");
    if path.symlink_metadata().is_err() {
        return Ok(None);
    }
    let name = format!("spec/{}/unread.yaml", api.name());
    let source = partner_spec::read_text_file(&path, &name, &Boundary::of_document(&path))?;
    partner_spec::parse_source(&source).map(Some)
}

fn read_unread_entry(node: &Node) -> UnreadOperationOrWebhook {
    let text =
        |key: &str| node.get_str(key).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    UnreadOperationOrWebhook {
        title: text("title"),
        group: text("group"),
        method: text("method"),
        page: text("page"),
        known: text("known"),
        missing: text("missing"),
        inferred: text("inferred"),
    }
}
