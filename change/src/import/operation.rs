//! Imports a vendor's operation: adds its path item, the path's entry in the root file, and the tag of its docs page.

use partner_model::names::{can_become_identifier, to_docs_page_file_stem, to_operation_id};
use partner_spec::pointer::escape_token;
use partner_spec::{HTTP_METHODS, Location, Node, Value, is_harmless_to_print};

use super::draft::{DocsExtension, DraftBuilder, compute_relative_path, make_text_placeholder};
use super::folder::{DocumentFolder, ROOT_FILE_NAME};
use super::ours::OurDocuments;
use super::{ImportError, ImportOptions, ImportResult, unread, webhook};
use crate::pairs::remove_parameter_names;
use crate::webhooks::find_docs_page_number;

/// An operation of a vendor's document, with its method, path item, docs page and file.
pub(super) struct VendorOperation<'a> {
    /// The root of the vendor's document.
    pub(super) vendor_root: &'a Node,
    pub(super) method: &'static str,
    pub(super) path: &'a str,
    pub(super) item: &'a Node,
    pub(super) operation: &'a Node,
    /// The title of the Markdown page that contains the vendor's document; `None` if the vendor's file is a complete
    /// document instead of a page.
    pub(super) page_title: Option<&'a str>,
    /// The name of the vendor's file, without its extension.
    pub(super) file_stem: &'a str,
}

impl<'a> VendorOperation<'a> {
    /// The method and path, like `GET /orders`.
    pub(super) fn method_and_path(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    /// Whether `wanted` selects this operation. `None` selects all operations. A text selects the operation that has
    /// this text as its `operationId`, as its summary, as the title of its documentation page, or as its method and
    /// path.
    pub(super) fn is_selected_by(&self, wanted: Option<&str>) -> bool {
        wanted.is_none_or(|wanted| {
            let names =
                [self.operation.get_str("operationId"), self.operation.get_str("summary"), self.page_title];
            names.contains(&Some(wanted)) || wanted.eq_ignore_ascii_case(&self.method_and_path())
        })
    }

    /// Merges the parameters of the path item and of the operation, with references resolved. If both define the same
    /// parameter, that of the operation counts.
    fn merge_resolved_parameters(&self) -> Vec<&'a Node> {
        let read = |object: &'a Node| {
            object.get_items("parameters").iter().filter_map(|node| node.resolve_reference(self.vendor_root))
        };
        let mut all: Vec<&Node> = read(self.item).collect();
        for own in read(self.operation) {
            match all.iter_mut().find(|known| read_parameter_identity(known) == read_parameter_identity(own))
            {
                Some(known) => *known = own,
                None => all.push(own),
            }
        }
        all
    }
}

/// Reads the name and the location (`in`) of a parameter, which together identify the parameter within an operation.
fn read_parameter_identity(parameter: &Node) -> (Option<&str>, Option<&str>) {
    (parameter.get_str("name"), parameter.get_str("in"))
}

/// Adds an operation of the vendor to our documents, with the schemas to which the operation refers.
pub(super) fn add_operation(
    folder: &mut DocumentFolder,
    source: &VendorOperation<'_>,
    options: &ImportOptions,
    imported: &mut ImportResult,
) -> Result<(), ImportError> {
    let titles = [source.page_title, source.operation.get_str("summary")];
    let unread = unread::find_unread_entry(folder, source.file_stem, titles, Some(source.method));
    if let Some(entry) = unread.as_ref().filter(|entry| entry.list_key == "webhooks") {
        let media = webhook::find_first_body_media_type_node(source.operation, source.vendor_root);
        let about = webhook::NewWebhook {
            title: &entry.title,
            path: Some(source.path),
            docs_page_number: find_docs_page_number(source.file_stem),
            preferred_schema_name: webhook::derive_webhook_schema_name(&entry.title),
            example: media.and_then(|media| media.get("example")),
        };
        let schema = media.and_then(|media| media.get("schema"));
        webhook::add_webhook_payload_schema(folder, source.vendor_root, schema, &about, options, imported)?;
        return unread::remove_unread_entry(folder, entry, imported);
    }
    let ours = OurDocuments::new(folder);
    let page = choose_page_title(&ours, source, options, unread.as_ref())?;
    let is_new_page = ours.find_page_title(&page).is_none();
    let item = ours.find_path_item(source.path).map(|item| (item.file_path, item.pointer));
    let file = item
        .as_ref()
        .map_or_else(|| format!("paths/{}.yaml", to_docs_page_file_stem(&page)), |(file, _)| file.clone());
    let schema_file_path = ours.choose_schema_file_path(&page);
    let mut draft = DraftBuilder::new(source.vendor_root, folder, &schema_file_path);
    let id = choose_operation_id(&ours, source, &mut draft);
    let docs = DocsExtension {
        page_title: &page,
        differing_vendor_operation_id: source.operation.get_str("operationId").filter(|vendor| *vendor != id),
        url: source
            .page_title
            .and_then(|_| Some(format!("{}/{}", ours.find_docs_base_address()?, source.file_stem))),
        retrieved: &options.retrieved_on,
    };
    let (shared, own) = convert_parameters(folder, &ours, source, &mut draft, &file);
    let node =
        draft.convert_operation(source.operation, &file, &id, choose_operation_summary(source), own, &docs);
    let schemas = draft.convert_pending_schemas();
    imported.notes.append(&mut draft.notes);
    super::add_schemas_to_file(folder, &schema_file_path, &schemas, imported)?;
    let entry = [(source.method.to_owned(), node)];
    match item {
        Some((file, pointer)) => {
            folder.edit_or_create_file(&file, |text| text.insert_entries(&pointer, None, &entry))?
        }
        None => add_path_item(folder, source, &file, shared, entry)?,
    }
    if is_new_page {
        add_page_tag(folder, &page, &source.operation.location)?;
    }
    imported.change_lines.push(format!("{file}: `{id}` ({})", source.method_and_path()));
    match unread {
        Some(entry) => unread::remove_unread_entry(folder, &entry, imported),
        None => Ok(()),
    }
}

/// Converts the parameters of an operation. Returns two lists: the parameters of the path item (empty if our documents
/// already have the path item), and those of the operation.
fn convert_parameters(
    folder: &DocumentFolder,
    ours: &OurDocuments<'_>,
    source: &VendorOperation<'_>,
    draft: &mut DraftBuilder<'_>,
    file: &str,
) -> (Vec<Node>, Vec<Node>) {
    let item = ours.find_path_item(source.path);
    let is_in_item = |parameter: &Node| match &item {
        // A path parameter may have one name in the vendor's path and another name in our path. So, if our path does
        // not contain the vendor's name, we assume that our path item already declares the parameter under another
        // name.
        Some(item) => {
            let known = item
                .node
                .get_items("parameters")
                .iter()
                .filter_map(|node| folder.follow_references(&item.file_path, node));
            let is_renamed = parameter.get_str("in") == Some("path")
                && !item.path.contains(&format!("{{{}}}", parameter.get_str("name").unwrap_or_default()));
            is_renamed
                || known
                    .into_iter()
                    .any(|target| read_parameter_identity(target.node) == read_parameter_identity(parameter))
        }
        None => parameter.get_str("in") == Some("path"),
    };
    let (shared, own): (Vec<_>, Vec<_>) =
        source.merge_resolved_parameters().into_iter().partition(|p| is_in_item(p));
    let mut convert = |parameters: Vec<&Node>| -> Vec<Node> {
        parameters.into_iter().map(|parameter| draft.convert_parameter(parameter, file)).collect()
    };
    (if item.is_none() { convert(shared) } else { Vec::new() }, convert(own))
}

/// Adds a path item to the file of its docs page, and an entry for the path to the root file. In the root file, the
/// entry follows the other paths of the same page.
fn add_path_item(
    folder: &mut DocumentFolder,
    source: &VendorOperation<'_>,
    file: &str,
    parameters: Vec<Node>,
    [(method, operation)]: [(String, Node); 1],
) -> Result<(), ImportError> {
    let location = operation.location.clone();
    let mut item = Node::new_object([], &location);
    if !parameters.is_empty() {
        item.set_value("parameters", Node::new(Value::Array(parameters), &location));
    }
    item.set_value(&method, operation);
    folder
        .edit_or_create_file(file, |text| text.insert_entries("", None, &[(source.path.to_owned(), item)]))?;
    let target = format!("{}#/{}", compute_relative_path(ROOT_FILE_NAME, file), escape_token(source.path));
    folder.edit_or_create_file(ROOT_FILE_NAME, |root| {
        let is_of_page =
            |node: &Node| node.ref_text().is_some_and(|found| found.starts_with(&format!("{file}#")));
        let last = root
            .tree
            .get_entries("paths")
            .rfind(|entry| is_of_page(&entry.node))
            .map(|entry| entry.key.clone());
        root.insert_entries(
            "/paths",
            last.as_deref(),
            &[(source.path.to_owned(), Node::new_reference(target, &location))],
        )
    })
}

/// Adds a tag to the root file of the document, for a new page of the vendor's docs.
fn add_page_tag(folder: &mut DocumentFolder, page: &str, location: &Location) -> Result<(), ImportError> {
    let tag = Node::new_object(
        [("name", Node::new_string(page, location)), ("description", make_text_placeholder(location))],
        location,
    );
    folder.edit_or_create_file(ROOT_FILE_NAME, |root| match root.tree.get("tags") {
        Some(_) => root.append_item("/tags", &tag),
        None => root.insert_entries(
            "",
            Some("servers"),
            &[("tags".to_owned(), Node::new(Value::Array(vec![tag]), location))],
        ),
    })
}

/// Chooses the title of the docs page to which an imported operation belongs.
fn choose_page_title(
    ours: &OurDocuments<'_>,
    source: &VendorOperation<'_>,
    options: &ImportOptions,
    unread: Option<&unread::UnreadEntry>,
) -> Result<String, ImportError> {
    let sibling = || {
        let item = ours.find_path_item(source.path)?;
        let operation = HTTP_METHODS.iter().find_map(|method| item.node.get(method))?;
        operation.get("x-docs")?.get_str("page")
    };
    let tags = || source.operation.get_items("tags").iter().filter_map(Node::as_str);
    // In a tag like `User / Account Management`, the part after the last slash is the title of a page of the vendor's
    // docs.
    let vendor_page_title = || tags().map(|tag| tag.rsplit('/').next().unwrap_or_default().trim()).next();
    let title = options
        .page_title
        .as_deref()
        .or_else(|| unread.map(|entry| entry.page_title.as_str()))
        .or_else(sibling)
        .or_else(|| tags().find(|tag| ours.find_page_title(tag).is_some()))
        .or_else(vendor_page_title)
        .filter(|title| {
            is_harmless_to_print(title)
                && !title.contains(char::is_control)
                && !to_docs_page_file_stem(title).is_empty()
        });
    let Some(title) = title else {
        let message = format!(
            "no tag of {} names its docs page; name the page with `--page`",
            source.method_and_path()
        );
        return Err(ImportError::Refused(message));
    };
    Ok(ours.find_page_title(title).unwrap_or(title).to_owned())
}

/// Chooses an id for an imported operation. The id is derived from the first suitable text: the vendor's id, the
/// summary, the title of the docs page, or the method and path. If an operation in our documents already has this id, a
/// number is appended.
fn choose_operation_id(
    ours: &OurDocuments<'_>,
    source: &VendorOperation<'_>,
    draft: &mut DraftBuilder<'_>,
) -> String {
    let path = remove_parameter_names(source.path);
    let texts =
        [source.operation.get_str("operationId"), source.operation.get_str("summary"), source.page_title];
    let method_and_path = format!("{} {path}", source.method);
    let ids = texts.into_iter().flatten().chain([method_and_path.as_str()]).map(|text| {
        let is_camel = text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.bytes().all(|b| b.is_ascii_alphanumeric());
        if is_camel { text.to_owned() } else { to_operation_id(text) }
    });
    let fits = |id: &String| {
        can_become_identifier(id)
            && id.len() <= MAX_IMPORTED_OPERATION_ID_BYTES
            && id.starts_with(|c: char| c.is_ascii_lowercase())
    };
    let id = ids.into_iter().find(fits).unwrap_or_else(|| String::from("unnamed"));
    let is_taken = |id: &str| ours.operations().any(|operation| operation.id == id);
    let free = (2..).map(|number| format!("{id}{number}")).find(|id| !is_taken(id));
    match is_taken(&id) {
        true => {
            draft.notes.push(format!(
                "`{id}` is the id of another operation already, so give {} a better one",
                source.method_and_path()
            ));
            free.unwrap_or(id)
        }
        false => id,
    }
}

/// The maximum length, in bytes, of an operation id that is taken from a vendor.
const MAX_IMPORTED_OPERATION_ID_BYTES: usize = 100;

/// The maximum length, in characters, of an operation summary that is taken from a vendor. A longer summary is usually
/// a whole sentence.
const MAX_IMPORTED_SUMMARY_CHARS: usize = 80;

/// Chooses the summary for an imported operation: the vendor's summary, or else the title of the vendor's page. If
/// neither is short enough, returns a placeholder for a person to fill in.
fn choose_operation_summary(source: &VendorOperation<'_>) -> Node {
    let location = &source.operation.location;
    let texts = [source.operation.get_str("summary"), source.page_title].into_iter().flatten().map(str::trim);
    let is_title = |text: &&str| {
        !text.is_empty()
            && text.chars().count() <= MAX_IMPORTED_SUMMARY_CHARS
            && is_harmless_to_print(text)
            && !text.contains(char::is_control)
    };
    texts
        .into_iter()
        .find(is_title)
        .map_or_else(|| make_text_placeholder(location), |text| Node::new_string(text, location))
}
