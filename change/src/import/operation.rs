//! Adds an operation: its path item, the entry of the path in the root file, the tag of its page.

use partner_model::names::{is_nameable, operation_id, page_file_name};
use partner_spec::pointer::escape;
use partner_spec::{Location, METHODS, Node, Value, is_harmless};

use super::draft::{Docs, Draft, blank, relative};
use super::folder::{Folder, ROOT};
use super::ours::Ours;
use super::{Error, Imported, Options, unread, webhook};
use crate::pairs::without_names;
use crate::webhooks::page_number;

/// An operation of a vendor's document.
pub(super) struct Source<'a> {
    /// The OpenAPI object.
    pub(super) root: &'a Node,
    pub(super) method: &'static str,
    pub(super) path: &'a str,
    pub(super) item: &'a Node,
    pub(super) operation: &'a Node,
    /// The title of the Markdown page that holds the document.
    pub(super) page: Option<&'a str>,
    /// The name of the vendor's file, without its extension.
    pub(super) stem: &'a str,
}

impl<'a> Source<'a> {
    /// The method and path.
    pub(super) fn title(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    /// Whether the operation is the wanted one: by its id, by its title, or by its method and path.
    pub(super) fn is_wanted(&self, wanted: Option<&str>) -> bool {
        wanted.is_none_or(|wanted| {
            let names = [self.operation.str("operationId"), self.operation.str("summary"), self.page];
            names.contains(&Some(wanted)) || wanted.eq_ignore_ascii_case(&self.title())
        })
    }

    /// The parameters of the path item and the operation, with references resolved. A parameter of the operation
    /// overrides one of the path item.
    fn parameters(&self) -> Vec<&'a Node> {
        let read =
            |object: &'a Node| object.items("parameters").iter().filter_map(|node| node.follow(self.root));
        let mut all: Vec<&Node> = read(self.item).collect();
        for own in read(self.operation) {
            match all.iter_mut().find(|known| key(known) == key(own)) {
                Some(known) => *known = own,
                None => all.push(own),
            }
        }
        all
    }
}

/// What identifies a parameter within an operation.
fn key(parameter: &Node) -> (Option<&str>, Option<&str>) {
    (parameter.str("name"), parameter.str("in"))
}

/// Adds an operation, with the schemas that it needs.
pub(super) fn add(
    folder: &mut Folder,
    source: &Source<'_>,
    options: &Options,
    imported: &mut Imported,
) -> Result<(), Error> {
    let titles = [source.page, source.operation.str("summary")];
    let unread = unread::find(folder, source.stem, titles, Some(source.method));
    if let Some(entry) = unread.as_ref().filter(|entry| entry.list == "webhooks") {
        let media = webhook::content(source.operation, source.root);
        let about = webhook::About {
            title: &entry.title,
            path: Some(source.path),
            page: page_number(source.stem),
            name: webhook::schema_name(&entry.title),
            example: media.and_then(|media| media.get("example")),
        };
        let schema = media.and_then(|media| media.get("schema"));
        webhook::add(folder, source.root, schema, &about, options, imported)?;
        return unread::remove(folder, entry, imported);
    }
    let ours = Ours::new(folder);
    let page = find_page(&ours, source, options, unread.as_ref())?;
    let is_new_page = ours.page(&page).is_none();
    let item = ours.item(source.path).map(|item| (item.file, item.pointer));
    let file = item
        .as_ref()
        .map_or_else(|| format!("paths/{}.yaml", page_file_name(&page)), |(file, _)| file.clone());
    let schema_file = ours.schema_file(&page);
    let mut draft = Draft::new(source.root, folder, &schema_file);
    let id = find_id(&ours, source, &mut draft);
    let docs = Docs {
        page: &page,
        operation: source.operation.str("operationId").filter(|vendor| *vendor != id),
        url: source.page.and_then(|_| Some(format!("{}/{}", ours.docs_address()?, source.stem))),
        retrieved: &options.retrieved,
    };
    let (shared, own) = parameters(folder, &ours, source, &mut draft, &file);
    let node = draft.operation(source.operation, &file, &id, summary(source), own, &docs);
    let schemas = draft.schemas();
    imported.notes.append(&mut draft.notes);
    super::add_schemas(folder, &schema_file, &schemas, imported)?;
    let entry = [(source.method.to_owned(), node)];
    match item {
        Some((file, pointer)) => folder.edit(&file, |text| text.insert(&pointer, None, &entry))?,
        None => add_path(folder, source, &file, shared, entry)?,
    }
    if is_new_page {
        add_tag(folder, &page, &source.operation.location)?;
    }
    imported.added.push(format!("{file}: `{id}` ({})", source.title()));
    match unread {
        Some(entry) => unread::remove(folder, &entry, imported),
        None => Ok(()),
    }
}

/// Returns the parameters of the path item, if it is new, and those of the operation.
fn parameters(
    folder: &Folder,
    ours: &Ours<'_>,
    source: &Source<'_>,
    draft: &mut Draft<'_>,
    file: &str,
) -> (Vec<Node>, Vec<Node>) {
    let item = ours.item(source.path);
    let is_in_item = |parameter: &Node| match &item {
        // The path of ours may have other names for its parameters.
        Some(item) => {
            let known =
                item.node.items("parameters").iter().filter_map(|node| folder.follow(&item.file, node));
            let is_renamed = parameter.str("in") == Some("path")
                && !item.path.contains(&format!("{{{}}}", parameter.str("name").unwrap_or_default()));
            is_renamed || known.into_iter().any(|target| key(target.node) == key(parameter))
        }
        None => parameter.str("in") == Some("path"),
    };
    let (shared, own): (Vec<_>, Vec<_>) = source.parameters().into_iter().partition(|p| is_in_item(p));
    let mut convert = |parameters: Vec<&Node>| -> Vec<Node> {
        parameters.into_iter().map(|parameter| draft.parameter(parameter, file)).collect()
    };
    (if item.is_none() { convert(shared) } else { Vec::new() }, convert(own))
}

/// Adds a path item to the file of its page, and the path to the root file, behind the other paths of that page.
fn add_path(
    folder: &mut Folder,
    source: &Source<'_>,
    file: &str,
    parameters: Vec<Node>,
    [(method, operation)]: [(String, Node); 1],
) -> Result<(), Error> {
    let location = operation.location.clone();
    let mut item = Node::object([], &location);
    if !parameters.is_empty() {
        item.set("parameters", Node::new(Value::Array(parameters), &location));
    }
    item.set(&method, operation);
    folder.edit(file, |text| text.insert("", None, &[(source.path.to_owned(), item)]))?;
    let target = format!("{}#/{}", relative(ROOT, file), escape(source.path));
    folder.edit(ROOT, |root| {
        let is_of_page =
            |node: &Node| node.ref_target().is_some_and(|found| found.starts_with(&format!("{file}#")));
        let last =
            root.tree.entries("paths").rfind(|entry| is_of_page(&entry.node)).map(|entry| entry.key.clone());
        root.insert(
            "/paths",
            last.as_deref(),
            &[(source.path.to_owned(), Node::reference(target, &location))],
        )
    })
}

/// Adds the tag of a new page.
fn add_tag(folder: &mut Folder, page: &str, location: &Location) -> Result<(), Error> {
    let tag =
        Node::object([("name", Node::string(page, location)), ("description", blank(location))], location);
    folder.edit(ROOT, |root| match root.tree.get("tags") {
        Some(_) => root.push("/tags", &tag),
        None => root.insert(
            "",
            Some("servers"),
            &[("tags".to_owned(), Node::new(Value::Array(vec![tag]), location))],
        ),
    })
}

/// Returns the title of the docs page of an operation.
fn find_page(
    ours: &Ours<'_>,
    source: &Source<'_>,
    options: &Options,
    unread: Option<&unread::Entry>,
) -> Result<String, Error> {
    let sibling = || {
        let item = ours.item(source.path)?;
        let operation = METHODS.iter().find_map(|method| item.node.get(method))?;
        operation.get("x-docs")?.str("page")
    };
    let tags = || source.operation.items("tags").iter().filter_map(Node::as_str);
    // The last part of a tag like `User / Account Management` is the page.
    let vendor_page = || tags().map(|tag| tag.rsplit('/').next().unwrap_or_default().trim()).next();
    let title = options
        .page
        .as_deref()
        .or_else(|| unread.map(|entry| entry.page.as_str()))
        .or_else(sibling)
        .or_else(|| tags().find(|tag| ours.page(tag).is_some()))
        .or_else(vendor_page)
        .filter(|title| {
            is_harmless(title) && !title.contains(char::is_control) && !page_file_name(title).is_empty()
        });
    let Some(title) = title else {
        let message =
            format!("no tag of {} names its docs page; name the page with `--page`", source.title());
        return Err(Error::Refused(message));
    };
    Ok(ours.page(title).unwrap_or(title).to_owned())
}

/// Returns the id of an operation: the vendor's id in camel case, or an id made of the title or of the method and path. It
/// is another one than those of all other operations.
fn find_id(ours: &Ours<'_>, source: &Source<'_>, draft: &mut Draft<'_>) -> String {
    let path = without_names(source.path);
    let texts = [source.operation.str("operationId"), source.operation.str("summary"), source.page];
    let method_and_path = format!("{} {path}", source.method);
    let ids = texts.into_iter().flatten().chain([method_and_path.as_str()]).map(|text| {
        let is_camel = text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.bytes().all(|b| b.is_ascii_alphanumeric());
        if is_camel { text.to_owned() } else { operation_id(text) }
    });
    let fits = |id: &String| {
        is_nameable(id) && id.len() <= MAX_ID && id.starts_with(|c: char| c.is_ascii_lowercase())
    };
    let id = ids.into_iter().find(fits).unwrap_or_else(|| String::from("unnamed"));
    let is_taken = |id: &str| ours.operations().any(|operation| operation.id == id);
    let free = (2..).map(|number| format!("{id}{number}")).find(|id| !is_taken(id));
    match is_taken(&id) {
        true => {
            draft.notes.push(format!(
                "`{id}` is the id of another operation already, so give {} a better one",
                source.title()
            ));
            free.unwrap_or(id)
        }
        false => id,
    }
}

/// The longest id of an operation, in bytes, that is taken from a vendor.
const MAX_ID: usize = 100;

/// The longest summary, in characters, that is taken from a vendor. Longer ones are sentences of the vendor.
const MAX_SUMMARY: usize = 80;

/// Returns the summary of an operation: that of the vendor, if it is a title.
fn summary(source: &Source<'_>) -> Node {
    let location = &source.operation.location;
    let texts = [source.operation.str("summary"), source.page].into_iter().flatten().map(str::trim);
    let is_title = |text: &&str| {
        !text.is_empty()
            && text.chars().count() <= MAX_SUMMARY
            && is_harmless(text)
            && !text.contains(char::is_control)
    };
    texts.into_iter().find(is_title).map_or_else(|| blank(location), |text| Node::string(text, location))
}
