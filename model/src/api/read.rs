//! From a document to an [`Api`]: references to parameters, bodies and responses are followed, and what makes an
//! operation impossible to call is reported.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

use partner_spec::{Diagnostics, Document, Entry, Location, METHODS, Node};

use super::docs::level;
use super::{
    Api, Availability, Body, Docs, Envelope, Environment, Expansion, Media, MediaKind, Operation, Pagination,
    Parameter, Place, Response, Schema, Security, Waiter, pagination, waiter,
};
use crate::names::{is_nameable, snake_name};
use crate::rules::{
    body_without_schema, content_type, parameter_name, parameter_unsupported, repeated_operation,
    security_scheme_unsupported, x_envelope,
};

/// Names that the client, or the core below it, has methods of.
pub const RESERVED: [&str; 13] = [
    "api_version",
    "at",
    "baseurl",
    "builder",
    "client",
    "clone",
    "exec",
    "inner",
    "new",
    "of",
    "post",
    "pre",
    "raw",
];

/// Reads a document. What cannot be sent is found, and left out.
pub fn read(document: &Document, module: &str, found: &mut Diagnostics) -> Api {
    let root = &document.root;
    let expansion = Expansion::new(document);
    let mut reader = Reader { root, found: Diagnostics::new(), ids: HashSet::new(), expansion };
    let operations = reader.operations();
    let envelope = reader.envelope();
    let schemas = root
        .get("components")
        .map(|components| components.entries("schemas"))
        .into_iter()
        .flatten()
        .map(|entry| {
            let schema = Schema {
                node: entry.node.clone(),
                key: entry.key.clone(),
                public: entry.node.flag("x-public"),
            };
            (entry.key.clone(), schema)
        })
        .collect::<BTreeMap<_, _>>();
    let text = |key: &str| root.get("info").and_then(|info| info.str(key)).map(str::to_owned);
    let api = Api {
        module: module.to_owned(),
        title: text("title").unwrap_or_default(),
        version: text("version").unwrap_or_default(),
        description: text("description"),
        environments: environments(root),
        key_header: key_header(root),
        envelope,
        operations,
        schemas,
        enums: BTreeMap::new(),
        unions: BTreeMap::new(),
        in_responses: BTreeSet::new(),
        in_requests: BTreeSet::new(),
        hidden_constants: OnceCell::new(),
        expansion: reader.expansion,
        size: document.size,
        location: root.location.clone(),
    };
    found.extend(reader.found);
    api
}

struct Reader<'a> {
    root: &'a Node,
    found: Diagnostics,
    /// The ids of the operations that were read.
    ids: HashSet<String>,
    expansion: Expansion,
}

impl<'a> Reader<'a> {
    fn operations(&mut self) -> Vec<Operation> {
        let mut operations = Vec::new();
        for path in self.root.entries("paths").filter(|e| !e.key.starts_with("x-")) {
            for method in METHODS {
                let Some(node) = path.node.get(method) else { continue };
                operations.extend(self.operation(path, method, node));
                if self.expansion.is_over() {
                    return operations;
                }
            }
        }
        operations
    }

    fn operation(&mut self, path: &Entry, method: &str, node: &'a Node) -> Option<Operation> {
        let (id, location) = self.operation_id(node)?;
        let parameters = self.parameters(path, node, &id);
        let body =
            node.get("requestBody").and_then(|body| self.shared(body)).and_then(|body| self.body(body, &id));
        let responses = self.responses(node);
        if self.expansion.is_over() {
            return None;
        }
        let (pagination, waiters) = self.repeated(method, node, &parameters, &id);
        let docs = Docs::read(node);
        Some(Operation {
            name: snake_name(&id),
            method: method.to_owned(),
            path: path.key.clone(),
            module: module(&node.location),
            summary: node.str("summary").map(str::to_owned),
            description: node.str("description").map(str::to_owned),
            docs,
            availability: level(node.str("x-availability"), &Availability::ALL),
            deprecated: node.flag("deprecated"),
            idempotent: node.flag("x-idempotent"),
            security: self.security(node),
            parameters,
            body,
            pagination,
            waiters,
            responses,
            success: None,
            enveloped: false,
            flag_required: false,
            data_required: false,
            may_be_empty: false,
            location,
            id,
        })
    }

    /// The id of an operation that can be generated: the first one with that id, and with a name that is free.
    fn operation_id(&mut self, node: &Node) -> Option<(String, Location)> {
        let id = node.get("operationId")?;
        let text = id.as_str().filter(|text| is_nameable(text))?;
        let is_new = !RESERVED.contains(&snake_name(text).as_str()) && self.ids.insert(text.to_owned());
        is_new.then(|| (text.to_owned(), id.location.clone()))
    }

    /// The node, or the component that it refers to. The linker has proved that it is there.
    fn follow(&self, node: &'a Node) -> &'a Node {
        component(self.root, node)
    }

    /// The same, for a part that becomes a copy in each operation that uses it; nothing when that is too much.
    fn shared(&mut self, node: &'a Node) -> Option<&'a Node> {
        let target = self.follow(node);
        let is_own = std::ptr::eq(target, node);
        (is_own || self.expansion.allows_at(target, &node.location, &mut self.found)).then_some(target)
    }

    /// The parameters that could be read, each once.
    fn parameters(&mut self, path: &Entry, operation: &'a Node, id: &str) -> Vec<Parameter> {
        let shared =
            self.root.get("paths").and_then(|p| p.get(&path.key)).map_or(&[][..], |p| p.items("parameters"));
        let mut parameters: Vec<Parameter> = Vec::new();
        let mut positions: HashMap<(String, Place), usize> = HashMap::new();
        for (own, list) in [(false, shared), (true, operation.items("parameters"))] {
            let first_own = parameters.len();
            for node in list {
                // Each operation gets a copy of what its path item has, too.
                let target = match own {
                    true => self.shared(node),
                    false => Some(self.follow(node))
                        .filter(|target| self.expansion.allows_at(target, &node.location, &mut self.found)),
                };
                let Some(parameter) = target.and_then(|target| self.parameter(target, id)) else {
                    continue;
                };
                let twin = positions.get(&(parameter.name.clone(), parameter.place)).copied();
                match twin {
                    // An operation's parameter replaces the path item's of the same name.
                    Some(index) if own && index < first_own => parameters[index] = parameter,
                    Some(_) => {}
                    None => {
                        positions.insert((parameter.name.clone(), parameter.place), parameters.len());
                        parameters.push(parameter);
                    }
                }
            }
        }
        parameters
    }

    fn parameter(&mut self, node: &'a Node, id: &str) -> Option<Parameter> {
        let name = node.str("name")?.to_owned();
        let place_node = node.get("in")?;
        let location = node.location.to_start();
        let place = match place_node.as_str()? {
            "path" => Place::Path,
            "query" => Place::Query,
            "header" => Place::Header,
            "cookie" => {
                let what = format!("the cookie parameter `{name}` cannot be sent");
                self.found.push(
                    parameter_unsupported::report(id, &what, &place_node.location)
                        .help("leave it out, or declare the header that carries it"),
                );
                return None;
            }
            _ => return None,
        };
        if !is_nameable(&name) {
            self.found.push(parameter_name::unnameable(id, &name, &location));
            return None;
        }
        let default_style = if place == Place::Query { "form" } else { "simple" };
        if let Some(style) = node.get("style")
            && style.as_str() != Some(default_style)
        {
            let what =
                format!("the style `{}` of `{name}` cannot be sent", style.as_str().unwrap_or_default());
            let found = parameter_unsupported::report(id, &what, &style.location);
            self.found.push(found.help(format!("only `{default_style}` can")));
            return None;
        }
        let Some(schema) = node.get("schema") else {
            let what = format!("the parameter `{name}` has no schema");
            let found = parameter_unsupported::report(id, &what, &location);
            self.found.push(found.help("give it a `schema`; `content` cannot be sent"));
            return None;
        };
        let required = node.flag("required");
        let is_list = self.follow(schema).str("type") == Some("array");
        Some(Parameter {
            place,
            required,
            description: node.str("description").map(str::to_owned),
            deprecated: node.flag("deprecated"),
            joined: is_list && node.get("explode").and_then(Node::as_bool) == Some(false),
            schema: schema.clone(),
            location,
            name,
        })
    }

    fn body(&mut self, node: &'a Node, id: &str) -> Option<Body> {
        let mut media = Vec::new();
        for entry in node.entries("content") {
            let Some(kind) = media_kind(&entry.key) else {
                self.found.push(content_type::report(id, entry));
                continue;
            };
            let Some(schema) = entry.node.get("schema") else {
                self.found.push(body_without_schema::report(id, entry));
                continue;
            };
            media.push(Media {
                kind,
                content_type: entry.key.clone(),
                method_name: entry.node.str("x-method-name").map(snake_name),
                schema: schema.clone(),
                encoding: entry.node.get("encoding").cloned(),
                location: entry.key_location.clone(),
            });
        }
        if media.is_empty() {
            return None;
        }
        let description = node.str("description").map(str::to_owned);
        Some(Body { required: node.flag("required"), description, media })
    }

    fn responses(&mut self, operation: &'a Node) -> Vec<Response> {
        let mut responses = Vec::new();
        for entry in operation.entries("responses").filter(|e| !e.key.starts_with("x-")) {
            let Some(node) = self.shared(&entry.node) else { break };
            responses.push(Response {
                status: entry.key.clone(),
                description: node.str("description").unwrap_or_default().to_owned(),
                media: node
                    .entries("content")
                    .map(|media| (media.key.clone(), media.node.get("schema").cloned()))
                    .collect(),
                location: entry.key_location.clone(),
            });
        }
        responses
    }

    /// What makes the runtime send an operation again and again: lists that go on, states that are waited for.
    fn repeated(
        &mut self,
        method: &str,
        node: &'a Node,
        parameters: &[Parameter],
        id: &str,
    ) -> (Option<Pagination>, Vec<Waiter>) {
        let root = self.root;
        let mut found = Diagnostics::new();
        let follow = |node| component(root, node);
        let pagination = node.get("x-pagination").and_then(|paging| {
            pagination::read(paging, &pagination::Lists { id, parameters, follow }, &mut found)
        });
        let waiters =
            node.get("x-waiter").map(|waiter| waiter::read(waiter, id, &mut found)).unwrap_or_default();
        let repeats = ["x-pagination", "x-waiter"].iter().find_map(|key| {
            node.as_object().and_then(|object| object.entry(key)).filter(|_| method != "get")
        });
        if let Some(entry) = repeats {
            found.push(repeated_operation::report(id, entry));
        }
        self.found.extend(found);
        (pagination, waiters)
    }

    fn security(&mut self, operation: &Node) -> Security {
        let Some(security) = operation.get("security").or_else(|| self.root.get("security")) else {
            return Security::None;
        };
        let schemes = self.root.get("components").and_then(|c| c.get("securitySchemes"));
        let requirements = security.as_array().unwrap_or(&[]);
        for name in requirements.iter().filter_map(Node::as_object).flat_map(|r| r.iter()) {
            let is_key =
                |scheme: &Node| scheme.str("type") == Some("apiKey") && scheme.str("in") == Some("header");
            if schemes.and_then(|schemes| schemes.get(&name.key)).is_some_and(|scheme| !is_key(scheme)) {
                self.found.push(security_scheme_unsupported::report(name));
            }
        }
        let anonymous = requirements.iter().any(|r| r.as_object().is_some_and(|o| o.is_empty()));
        match (requirements.is_empty(), anonymous && requirements.len() == 1, anonymous) {
            (true, ..) | (_, true, _) => Security::None,
            (.., true) => Security::Optional,
            _ => Security::Required,
        }
    }

    fn envelope(&mut self) -> Option<Envelope> {
        let node = self.root.get("x-envelope")?;
        match (node.str("success"), node.str("data")) {
            (Some(success), Some(data)) => Some(Envelope {
                success: success.to_owned(),
                data: data.to_owned(),
                location: node.location.to_start(),
            }),
            _ => {
                self.found.push(x_envelope::report(node));
                None
            }
        }
    }
}

fn component<'n>(root: &'n Node, node: &'n Node) -> &'n Node {
    // A component that is a reference itself was resolved when the document was linked.
    let pointer = node.ref_target().and_then(|target| target.strip_prefix('#'));
    pointer.and_then(|pointer| root.pointer(pointer)).unwrap_or(node)
}

/// The module for what a file describes: the file's name in snake case.
pub fn module(location: &Location) -> String {
    let stem = Path::new(location.name()).file_stem().and_then(|s| s.to_str()).unwrap_or("shared");
    snake_name(stem)
}

fn media_kind(content_type: &str) -> Option<MediaKind> {
    match content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "application/json" => Some(MediaKind::Json),
        "multipart/form-data" => Some(MediaKind::Multipart),
        _ => None,
    }
}

fn environments(root: &Node) -> Vec<Environment> {
    let servers = root.items("servers").iter();
    servers
        .filter_map(|server| {
            Some(Environment {
                name: server.str("x-environment")?.to_owned(),
                url: server.str("url")?.trim_end_matches('/').to_owned(),
                description: server.str("description").map(str::to_owned),
            })
        })
        .collect()
}

fn key_header(root: &Node) -> Option<String> {
    let schemes = root.get("components")?.entries("securitySchemes");
    let mut keys =
        schemes.filter(|e| e.node.str("type") == Some("apiKey") && e.node.str("in") == Some("header"));
    keys.next()?.node.str("name").map(str::to_owned)
}
