//! Takes over single changes of what the documents have already: fields, parameters, enum values, statuses, media types, and
//! the keywords of schemas.

mod alternatives;

use partner_spec::pointer::escape;
use partner_spec::{Kind, Node, Object, Value};

use super::draft::{Draft, blank};
use super::folder::{Folder, Target};
use super::operation::Source;
use super::ours::{self, Ours};
use super::{Error, Imported, webhook};
use crate::tree::Fields;
use crate::webhooks::{Webhook, corresponding};

/// The most changes that are taken over at once.
const MAX_CHANGES: usize = 100;

/// The deepest nesting of schemas that is compared.
const MAX_DEPTH: usize = 40;

/// The keywords of schemas that are compared as they are.
const KEYWORDS: [&str; 16] = [
    "type",
    "format",
    "nullable",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "default",
    "deprecated",
];

/// An edit of a file, at a JSON pointer.
enum Edit {
    Insert(String, Node),
    Push(Node),
    Replace(Node),
    Remove,
}

/// A change, with the edits that take it over.
struct Change {
    text: String,
    edits: Vec<(Spot, Edit)>,
    schemas: Vec<(String, Node)>,
    notes: Vec<String>,
}

/// A JSON pointer in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Spot {
    file: String,
    pointer: String,
}

/// What a vendor describes, and the documents have, too.
#[derive(Clone, Copy)]
pub(super) enum Theirs<'v> {
    Operation(&'v Source<'v>),
    Webhook { root: &'v Node, webhook: &'v Webhook },
}

/// Takes over the changes of an operation or webhook that have this name: that of a field, parameter, enum value,
/// alternative, status or media type. A changed keyword has the name of the field or parameter that it belongs to. Returns
/// whether there were any.
pub(super) fn apply(
    folder: &mut Folder,
    theirs: Theirs<'_>,
    name: &str,
    imported: &mut Imported,
) -> Result<bool, Error> {
    for changes in 0..MAX_CHANGES {
        let Some(schema_file) = schema_file(folder, theirs) else { return Ok(false) };
        let Some(change) = find_change(folder, theirs, name, &schema_file) else { return Ok(changes > 0) };
        super::add_schemas(folder, &schema_file, &change.schemas, imported)?;
        for (spot, edit) in change.edits {
            folder.edit(&spot.file, |file| match edit {
                Edit::Insert(key, node) => file.insert(&spot.pointer, None, &[(key, node)]),
                Edit::Push(node) => file.push(&spot.pointer, &node),
                Edit::Replace(node) => file.replace(&spot.pointer, &node),
                Edit::Remove => file.remove(&spot.pointer),
            })?;
        }
        imported.added.push(change.text);
        imported.notes.extend(change.notes);
    }
    Ok(true)
}

/// The file to which new schemas are added; `None` if the documents lack the operation.
fn schema_file(folder: &Folder, theirs: Theirs<'_>) -> Option<String> {
    let ours = Ours::new(folder);
    match theirs {
        Theirs::Operation(source) => {
            Some(ours.schema_file(&page_of(&ours.find(source.method, source.path)?)))
        }
        Theirs::Webhook { .. } => Some(webhook::FILE.to_owned()),
    }
}

/// Finds the first change that is still to be taken over.
fn find_change<'a>(
    folder: &'a Folder,
    theirs: Theirs<'a>,
    name: &'a str,
    schema_file: &'a str,
) -> Option<Change> {
    let root = match theirs {
        Theirs::Operation(source) => source.root,
        Theirs::Webhook { root, .. } => root,
    };
    let mut search = Search { folder, root, name, schema_file, seen: Vec::new(), examples: Vec::new() };
    match theirs {
        Theirs::Operation(source) => {
            let ours = Ours::new(folder).find(source.method, source.path)?;
            search.operation(&ours, source.operation, source.item)
        }
        Theirs::Webhook { webhook, .. } => search.webhook(webhook),
    }
}

fn page_of(operation: &ours::Operation<'_>) -> String {
    operation.node.get("x-docs").and_then(|docs| docs.str("page")).unwrap_or_default().to_owned()
}

/// A search for the first change that is still to be taken over.
struct Search<'a> {
    folder: &'a Folder,
    root: &'a Node,
    name: &'a str,
    schema_file: &'a str,
    /// The schemas of ours that were compared.
    seen: Vec<Spot>,
    /// The values in examples that have the schema which is being compared.
    examples: Vec<Spot>,
}

impl Spot {
    fn child(&self, key: &str) -> Spot {
        Spot { file: self.file.clone(), pointer: format!("{}/{}", self.pointer, escape(key)) }
    }
}

impl<'a> Search<'a> {
    fn operation(
        &mut self,
        ours: &ours::Operation<'a>,
        theirs: &'a Node,
        their_item: &'a Node,
    ) -> Option<Change> {
        let item = Spot { file: ours.item.file.clone(), pointer: ours.item.pointer.clone() };
        let spot = item.child(ours.method);
        self.parameters(&[item, spot.clone()], theirs, their_item)
            .or_else(|| self.body(&spot, ours.node, theirs))
            .or_else(|| self.responses(&spot, ours.node, theirs))
    }

    fn webhook(&mut self, theirs: &Webhook) -> Option<Change> {
        let (key, ours) = Ours::new(self.folder).webhook(theirs)?;
        let spot = Spot { file: ours.file.to_owned(), pointer: format!("/{}", escape(&key)) };
        let parts = self.parts(&spot, 0);
        let mut fields = parts.iter().filter_map(|part| self.node(part)?.get("properties"));
        let has_data = fields.any(|fields| fields.get("data").is_some());
        let payload = self.root.pointer(&format!("/components/schemas/{}", escape(&theirs.key)))?;
        self.examples.extend(ours.node.get("example").map(|_| spot.child("example")));
        self.schema("", &spot, corresponding(self.root, payload, has_data)?, 0)
    }

    /// Compares parameters. `holders` are our path item and our operation.
    fn parameters(&mut self, holders: &[Spot; 2], theirs: &'a Node, item: &'a Node) -> Option<Change> {
        let key = |node: &Node| (node.str("name").map(str::to_owned), node.str("in").map(str::to_owned));
        let ours: Vec<(Spot, Target<'a>)> =
            holders.iter().flat_map(|holder| self.items(&holder.child("parameters"))).collect();
        let theirs: Vec<&'a Node> = item
            .items("parameters")
            .iter()
            .chain(theirs.items("parameters"))
            .filter_map(|parameter| parameter.follow(self.root))
            .collect();
        let is_named = |node: &Node| node.str("name") == Some(self.name);
        let added =
            theirs.iter().find(|p| is_named(p) && !ours.iter().any(|(_, known)| key(known.node) == key(p)));
        if let Some(added) = added {
            let [_, operation] = holders;
            let mut draft = Draft::new(self.root, self.folder, self.schema_file);
            let written = draft.parameter(added, &operation.file);
            let list = operation.child("parameters");
            let edit = match self.node(&list) {
                Some(_) => (list, Edit::Push(written)),
                None => {
                    let list = Node::new(Value::Array(vec![written]), &added.location);
                    (operation.clone(), Edit::Insert(String::from("parameters"), list))
                }
            };
            return Some(self.change(format!("the parameter `{}` was added", self.name), vec![edit], draft));
        }
        for (spot, known) in &ours {
            let Some(same) = theirs.iter().find(|theirs| key(theirs) == key(known.node)) else {
                if !is_named(known.node) {
                    continue;
                }
                return self
                    .edit(format!("the parameter `{}` was removed", self.name), vec![self.removal(spot)]);
            };
            let place = Spot {
                file: known.file.clone(),
                pointer: if known.pointer.is_empty() { spot.pointer.clone() } else { known.pointer.clone() },
            };
            let found = is_named(known.node)
                .then(|| self.keywords(&place, known.node, same, &["required", "deprecated"]))
                .flatten();
            let name = known.node.str("name").unwrap_or_default();
            let found = found.or_else(|| self.schema(name, &place.child("schema"), same.get("schema")?, 0));
            if found.is_some() {
                return found;
            }
        }
        None
    }

    fn body(&mut self, spot: &Spot, ours: &'a Node, theirs: &'a Node) -> Option<Change> {
        ours.get("requestBody")?;
        let place = self.place(&spot.child("requestBody"))?;
        let theirs = theirs.get("requestBody")?.follow(self.root)?;
        self.content(&place, theirs)
    }

    fn responses(&mut self, spot: &Spot, ours: &'a Node, theirs: &'a Node) -> Option<Change> {
        let list = spot.child("responses");
        if let Some(added) = theirs
            .get("responses")?
            .get(self.name)
            .filter(|_| ours.get("responses").is_some_and(|r| r.get(self.name).is_none()))
        {
            let mut draft = Draft::new(self.root, self.folder, self.schema_file);
            let written = draft.part(Kind::Responses, Kind::Response, added, &spot.file);
            let edit = (list, Edit::Insert(self.name.to_owned(), written));
            return Some(self.change(format!("the status {} was added", self.name), vec![edit], draft));
        }
        for entry in ours.entries("responses") {
            let place = list.child(&entry.key);
            match theirs.get("responses")?.get(&entry.key).and_then(|response| response.follow(self.root)) {
                None if entry.key == self.name => {
                    return self
                        .edit(format!("the status {} was removed", self.name), vec![(place, Edit::Remove)]);
                }
                None => {}
                Some(response) => {
                    let place = self.place(&place)?;
                    let found = self.content(&place, response);
                    if found.is_some() {
                        return found;
                    }
                }
            }
        }
        None
    }

    /// Compares the media types of a body or response.
    fn content(&mut self, spot: &Spot, theirs: &'a Node) -> Option<Change> {
        let content = spot.child("content");
        let ours = self.node(&content)?;
        for entry in theirs.entries("content") {
            if ours.get(&entry.key).is_none() && entry.key == self.name {
                let mut draft = Draft::new(self.root, self.folder, self.schema_file);
                let written = draft.part(Kind::RequestBody, Kind::MediaType, &entry.node, &spot.file);
                let edit = (content, Edit::Insert(entry.key.clone(), written));
                return Some(self.change(
                    format!("the media type {} was added", self.name),
                    vec![edit],
                    draft,
                ));
            }
        }
        for entry in ours.as_object().into_iter().flat_map(Object::iter) {
            let place = content.child(&entry.key);
            let Some(same) = theirs.get("content").and_then(|content| content.get(&entry.key)) else {
                if entry.key == self.name {
                    return self.edit(
                        format!("the media type {} was removed", self.name),
                        vec![(place, Edit::Remove)],
                    );
                }
                continue;
            };
            let Some(schema) = same.get("schema") else { continue };
            let named = entry
                .node
                .entries("examples")
                .map(|example| place.child("examples").child(&example.key).child("value"));
            self.examples = [place.child("example")]
                .into_iter()
                .chain(named)
                .filter(|spot| self.node(spot).is_some())
                .collect();
            let found = self.schema("", &place.child("schema"), schema, 0);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Compares two schemas. `name` is that of the field or parameter with these schemas.
    fn schema(&mut self, name: &str, spot: &Spot, theirs: &'a Node, depth: usize) -> Option<Change> {
        let place = self.place(spot)?;
        let theirs = theirs.follow(self.root)?;
        if depth > MAX_DEPTH || self.seen.contains(&place) {
            return None;
        }
        let ours = self.node(&place)?;
        // A reference with a text of its own is a member of `allOf`.
        if let ([_], None) = (ours.items("allOf"), ours.get("properties")) {
            return self.schema(name, &place.child("allOf").child("0"), theirs, depth + 1);
        }
        if let ([only], None) = (theirs.items("allOf"), theirs.get("properties")) {
            return self.schema(name, &place, only, depth + 1);
        }
        self.seen.push(place.clone());
        let is_named = name == self.name;
        is_named
            .then(|| self.keywords(&place, ours, theirs, &KEYWORDS))
            .flatten()
            .or_else(|| self.enum_values(&place, ours, theirs))
            .or_else(|| self.alternatives(name, &place, theirs, depth))
            .or_else(|| self.fields(&place, theirs, depth))
            .or_else(|| {
                self.examples =
                    self.examples.iter().flat_map(|spot| self.items(spot)).map(|(spot, _)| spot).collect();
                self.schema(name, &place.child("items"), theirs.get("items")?, depth + 1)
            })
            .or_else(|| {
                let rest = theirs.get("additionalProperties").filter(|rest| rest.as_object().is_some())?;
                self.schema(name, &place.child("additionalProperties"), rest, depth + 1)
            })
    }

    fn fields(&mut self, place: &Spot, theirs: &'a Node, depth: usize) -> Option<Change> {
        let parts = self.parts(place, depth);
        let published = Fields::read(self.root, theirs);
        if published.all.is_empty() {
            return None;
        }
        let fields = parts.iter().flat_map(|part| {
            let entries = self.node(part).into_iter().flat_map(|node| node.entries("properties"));
            entries.map(move |entry| (part, entry.key.as_str()))
        });
        let ours: Vec<(&Spot, &str)> = fields.collect();
        let wanted = self.name;
        // Of several members of an `allOf` with the field, the last one says most, like `data` of an envelope.
        let known = ours.iter().rfind(|(_, name)| *name == wanted).copied();
        let is_required = published.required.contains(&wanted);
        let was_required = parts.iter().any(|part| self.required(part, wanted).is_some());
        match (known, published.get(wanted)) {
            (None, Some(node)) => return self.added_field(parts.last()?, node, is_required),
            (Some((part, _)), None) => return self.removed_field(part),
            (Some((part, _)), Some(_)) if was_required != is_required => {
                let holder = parts.iter().find(|part| self.required(part, wanted).is_some()).unwrap_or(part);
                let word = if is_required { "required" } else { "optional" };
                let edit = self.requirement(holder, is_required)?;
                return self.edit(format!("the field `{wanted}` is {word}"), vec![edit]);
            }
            _ => {}
        }
        let examples = self.examples.clone();
        for (index, (part, name)) in ours.iter().enumerate() {
            let is_last = !ours[index + 1..].iter().any(|(_, other)| other == name);
            let Some(node) = published.get(name).filter(|_| is_last) else { continue };
            self.examples = examples
                .iter()
                .map(|spot| spot.child(name))
                .filter(|spot| self.node(spot).is_some())
                .collect();
            let found = self.schema(name, &part.child("properties").child(name), node, depth + 1);
            if found.is_some() {
                return found;
            }
        }
        self.examples = examples;
        None
    }

    fn added_field(&self, part: &Spot, node: &'a Node, is_required: bool) -> Option<Change> {
        let mut draft = Draft::new(self.root, self.folder, self.schema_file);
        let written = draft.property(self.name, node, &part.file);
        let properties = part.child("properties");
        let mut edits = vec![match self.node(&properties) {
            Some(_) => (properties, Edit::Insert(self.name.to_owned(), written)),
            None => {
                let properties = Node::object([(self.name, written)], &node.location);
                (part.clone(), Edit::Insert(String::from("properties"), properties))
            }
        }];
        if is_required {
            edits.push(self.requirement(part, true)?);
        }
        Some(self.change(format!("the field `{}` was added", self.name), edits, draft))
    }

    /// Removes a field, also from the examples of the body.
    fn removed_field(&self, part: &Spot) -> Option<Change> {
        let mut edits = vec![(part.child("properties").child(self.name), Edit::Remove)];
        edits.extend(self.requirement(part, false));
        let shown =
            self.examples.iter().map(|spot| spot.child(self.name)).filter(|spot| self.node(spot).is_some());
        edits.extend(shown.map(|spot| self.removal(&spot)));
        self.edit(format!("the field `{}` was removed", self.name), edits)
    }

    /// The edit that makes a field required or optional; `None` if there is nothing to do.
    fn requirement(&self, part: &Spot, is_required: bool) -> Option<(Spot, Edit)> {
        let list = part.child("required");
        let name = Node::string(self.name, &self.root.location);
        match (is_required, self.node(&list)) {
            (true, Some(_)) => Some((list, Edit::Push(name))),
            (true, None) => {
                let list = Node::new(Value::Array(vec![name]), &self.root.location);
                Some((part.clone(), Edit::Insert(String::from("required"), list)))
            }
            (false, _) => {
                let index = self.required(part, self.name)?;
                Some(self.removal(&list.child(&index.to_string())))
            }
        }
    }

    /// The position of a field among the required ones.
    fn required(&self, part: &Spot, name: &str) -> Option<usize> {
        self.node(part)?.items("required").iter().position(|item| item.as_str() == Some(name))
    }

    fn enum_values(&self, place: &Spot, ours: &'a Node, theirs: &'a Node) -> Option<Change> {
        let position =
            |node: &Node| node.items("enum").iter().position(|value| value.as_str() == Some(self.name));
        if ours.get("enum").is_none() || theirs.get("enum").is_none() {
            return None;
        }
        let meanings = place.child("x-enum-descriptions");
        match (position(ours), position(theirs)) {
            (None, Some(_)) => {
                let location = &ours.location;
                let mut edits = vec![(place.child("enum"), Edit::Push(Node::string(self.name, location)))];
                edits.extend(
                    self.node(&meanings)
                        .map(|_| (meanings, Edit::Insert(self.name.to_owned(), blank(location)))),
                );
                self.edit(format!("the enum value `{}` was added", self.name), edits)
            }
            (Some(index), None) => {
                let mut edits = vec![self.removal(&place.child("enum").child(&index.to_string()))];
                let meaning = meanings.child(self.name);
                edits.extend(self.node(&meaning).map(|_| (meaning, Edit::Remove)));
                self.edit(format!("the enum value `{}` was removed", self.name), edits)
            }
            _ => None,
        }
    }

    /// Compares keywords of a schema or parameter.
    fn keywords(&self, place: &Spot, ours: &'a Node, theirs: &'a Node, keys: &[&str]) -> Option<Change> {
        let changed = keys.iter().find_map(|key| {
            let (old, new) = (ours.get(key), theirs.get(key));
            // A decimal is a convention of ours, and an absent flag is `false`.
            let is_ours = *key == "format" && old.and_then(Node::as_str) == Some("decimal");
            let is_false = |node: Option<&Node>| node.is_none_or(|node| node.value == Value::Bool(false));
            let is_same = old == new || is_ours || is_false(old) && is_false(new);
            (!is_same).then_some((*key, old, new))
        });
        let (key, old, new) = changed?;
        let edit = match (old, new) {
            (Some(_), Some(new)) => (place.child(key), Edit::Replace(new.clone())),
            (None, Some(new)) => (place.clone(), Edit::Insert(key.to_owned(), new.clone())),
            (_, None) => (place.child(key), Edit::Remove),
        };
        self.edit(format!("`{key}` of `{}` was changed", self.name), vec![edit])
    }

    /// The schema and the members of its `allOf`, references resolved: all that have fields.
    fn parts(&self, place: &Spot, depth: usize) -> Vec<Spot> {
        let Some(node) = self.node(place).filter(|_| depth <= MAX_DEPTH) else { return Vec::new() };
        let members = (0..node.items("allOf").len())
            .filter_map(|index| self.place(&place.child("allOf").child(&index.to_string())));
        let mut parts: Vec<Spot> = members.flat_map(|member| self.parts(&member, depth + 1)).collect();
        if parts.is_empty() || node.get("properties").is_some() {
            parts.push(place.clone());
        }
        parts
    }

    /// The edit that removes an item or entry; the list or object with it, if nothing else is in there.
    fn removal(&self, spot: &Spot) -> (Spot, Edit) {
        let (parent, _) = spot.pointer.rsplit_once('/').unwrap_or_default();
        let parent = Spot { file: spot.file.clone(), pointer: parent.to_owned() };
        let is_only = self.node(&parent).is_some_and(|node| match &node.value {
            Value::Array(items) => items.len() == 1,
            Value::Object(object) => object.len() == 1,
            _ => false,
        });
        (if is_only { parent } else { spot.clone() }, Edit::Remove)
    }

    /// The node of our documents at a spot.
    fn node(&self, spot: &Spot) -> Option<&'a Node> {
        self.folder.tree(&spot.file)?.pointer(&spot.pointer)
    }

    /// The spot itself, or the one to which the reference there leads.
    fn place(&self, spot: &Spot) -> Option<Spot> {
        let target = self.folder.follow(&spot.file, self.node(spot)?)?;
        Some(match target.pointer.as_str() {
            "" => spot.clone(),
            _ => Spot { file: target.file, pointer: target.pointer },
        })
    }

    /// The items of a list of ours, with references resolved.
    fn items(&self, list: &Spot) -> Vec<(Spot, Target<'a>)> {
        let items = self.node(list).and_then(Node::as_array).unwrap_or_default();
        let items = items.iter().enumerate();
        items
            .filter_map(|(index, item)| {
                Some((list.child(&index.to_string()), self.folder.follow(&list.file, item)?))
            })
            .collect()
    }

    fn edit(&self, text: String, edits: Vec<(Spot, Edit)>) -> Option<Change> {
        let place = edits.first().map(|(spot, _)| spot.file.clone()).unwrap_or_default();
        Some(Change { text: format!("{place}: {text}"), edits, schemas: Vec::new(), notes: Vec::new() })
    }

    fn change(&self, text: String, edits: Vec<(Spot, Edit)>, mut draft: Draft<'_>) -> Change {
        let place = edits.first().map(|(spot, _)| spot.file.clone()).unwrap_or_default();
        let schemas = draft.schemas();
        Change { text: format!("{place}: {text}"), edits, schemas, notes: draft.notes }
    }
}
