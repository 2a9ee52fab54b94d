//! Reads the servers of the document, of its paths and of its operations. Each server of the document that has an
//! absolute address becomes an environment, which a client chooses by its name. A server of a path or operation
//! replaces the document's server with the same `x-environment`. A server of a path or operation without an
//! `x-environment` replaces all remaining servers of the document.

use std::collections::HashMap;

use partner_spec::{Entry, Finding, Findings, Location, Node, Position};

use super::server_variables::{ServerVariables, find_variable_declaration};
use crate::expansion::ExpansionBudget;
use crate::index::Operation;
use crate::index::template::{TemplatePiece, parse_placeholder_names, split_template};
use crate::names::{can_become_identifier, to_type_name, to_variant_name};
use crate::rules::{key_unsupported, name_reserved};
use crate::server::{Environment, Server, ServerVariable};

/// The servers that have been read so far.
#[derive(Debug, Default)]
pub(super) struct Servers<'a> {
    pub(super) environments: Vec<Environment>,
    pub(super) variables: ServerVariables,
    /// For each environment, its index in `environments`. The key is the name of the variant that stands for the
    /// environment in the generated enum `Environment`.
    environment_indices_by_variant_name: HashMap<String, usize>,
    /// For each list of servers that a path or an operation declares, the index of the list's server in the `servers`
    /// of each environment. The key is the start of the list: the file and the position in the file. Because of this
    /// map, the list of a path is read only once, not once for each operation of the path.
    server_indices_by_list_start: HashMap<(&'a str, Position), usize>,
    /// The groups of servers that were read so far, each with an index. A group has one server for each environment:
    /// the server with this index in the list `servers` of the environment.
    server_indices_by_group: HashMap<Vec<Server>, usize>,
}

/// A server to which no request can be sent, with the reason.
struct UnusableServer<'a> {
    location: &'a Location,
    why: String,
    is_relative: bool,
}

impl UnusableServer<'_> {
    fn into_finding(self) -> Finding {
        key_unsupported::new_unusable_server_finding(self.location, self.why)
    }
}

impl<'a> Servers<'a> {
    /// Reads the servers of the document, and makes an environment from each server. A server with a relative address
    /// is left out, because it has no host to which a client could send requests.
    pub(super) fn read(root: &'a Node, found: &mut Findings) -> Servers<'a> {
        let mut servers = Servers::default();
        for node in root.get_items("servers") {
            match read_server(node) {
                Ok(server) => servers.add_environment(node, server, found),
                Err(unusable) if unusable.is_relative && node.get("x-environment").is_none() => {}
                Err(unusable) => found.push(unusable.into_finding()),
            }
        }
        let first = servers.environments.iter().filter_map(|environment| environment.servers.first());
        servers.server_indices_by_group.insert(first.cloned().collect(), 0);
        servers
    }

    fn add_environment(&mut self, node: &'a Node, server: Server, found: &mut Findings) {
        if let Some(name) = node.get("x-environment")
            && !name.as_str().is_some_and(|text| can_become_identifier(text) && to_type_name(text) != "Self")
        {
            found.push(name_reserved::new_unusable_environment_name_finding(name));
        }
        let variant = derive_environment_variant_name(node, &server);
        if let Some(same) = self.environment_indices_by_variant_name.get(&variant) {
            let is_repeated = self.environments[*same].servers.contains(&server);
            if !is_repeated || node.get("x-environment").is_some() {
                let place = node.get("x-environment").or(node.get("url")).unwrap_or(node);
                let why = format!("`Environment::{variant}` would be this server and another one");
                let help = "give each an `x-environment` of its own";
                found
                    .push(key_unsupported::new_unusable_server_finding(&place.location, why).with_help(help));
            }
            return;
        }
        self.variables.add_variables(node, &server, found);
        self.environment_indices_by_variant_name.insert(variant.clone(), self.environments.len());
        self.environments.push(Environment {
            variant_name: variant,
            default_url: build_address_with_defaults(&server),
            description: node.get_str("description").map(str::to_owned),
            servers: vec![server],
            location: node.location.collapse_to_start(),
        });
    }

    /// Returns the index of an operation's server in the server list of an environment. The index is the same for all
    /// environments. It is 0 for the server of the whole document. If an operation or a path has its own servers, this
    /// function adds them to the environments when they are used for the first time.
    pub(super) fn find_or_add_server_index(
        &mut self,
        operation: &Operation<'a>,
        expansion_budget: &mut ExpansionBudget,
        found: &mut Findings,
    ) -> usize {
        let Some(list) = operation.overriding_servers() else { return 0 };
        let key = (list.key_location.display_path(), list.key_location.start);
        if let Some(position) = self.server_indices_by_list_start.get(&key) {
            return *position;
        }
        // Each environment may get a copy of each server in the list, so the copied bytes count towards the expansion
        // limit (the limit on copied parts of the document).
        let copied_bytes = self.environments.len() * list.node.estimate_deep_copy_bytes();
        let position =
            match expansion_budget.try_spend_bytes_or_report(copied_bytes, &list.key_location, found) {
                true => self
                    .read_overriding_servers(list, found)
                    .map(|servers| self.add_server_to_each_environment(servers)),
                false => Ok(0),
            };
        let position = position.unwrap_or_else(|fault| {
            found.push(fault);
            0
        });
        self.server_indices_by_list_start.insert(key, position);
        position
    }

    /// Reads the servers that a path or an operation has instead of the document's servers. Returns one server for each
    /// environment, like production.
    fn read_overriding_servers(
        &mut self,
        list: &'a Entry,
        found: &mut Findings,
    ) -> Result<Vec<Server>, Finding> {
        if self.environments.is_empty() {
            let why = "no client can choose these servers, because the document has none that they belong to";
            let help = "add `servers` with a whole address to the document";
            return Err(key_unsupported::new_unusable_server_finding(&list.key_location, why).with_help(help));
        }
        let mut named: HashMap<usize, Server> = HashMap::new();
        let mut unnamed = None;
        for node in list.node.as_array().into_iter().flatten() {
            let server = read_server(node).map_err(UnusableServer::into_finding)?;
            self.variables.add_variables(node, &server, found);
            let replaced = match node.get("x-environment") {
                None => unnamed.replace(server),
                Some(name) => {
                    let variant = derive_environment_variant_name(node, &server);
                    let environment =
                        self.environment_indices_by_variant_name.get(&variant).ok_or_else(|| {
                            let why = format!("no server of the document is called `{variant}`");
                            key_unsupported::new_unusable_server_finding(&name.location, why)
                        })?;
                    named.insert(*environment, server)
                }
            };
            if replaced.is_some() {
                let why = "nothing says to which of several servers this goes";
                let help = "leave one, or give each the `x-environment` of a server of the document";
                return Err(key_unsupported::new_unusable_server_finding(&node.location, why).with_help(help));
            }
        }
        let environments = self.environments.iter().enumerate();
        let servers = environments.map(|(index, environment)| {
            named.remove(&index).or_else(|| unnamed.clone()).ok_or_else(|| {
                let why =
                    format!("none of these servers belongs to `Environment::{}`", environment.variant_name);
                key_unsupported::new_unusable_server_finding(&list.key_location, why)
            })
        });
        servers.collect()
    }

    /// Adds a group of servers, which has one server for each environment: each server is added to the server list of
    /// its environment. Nothing is added if the same group was added before. Returns the index of the servers in their
    /// lists, which is the same in all lists.
    fn add_server_to_each_environment(&mut self, servers: Vec<Server>) -> usize {
        let next = self.server_indices_by_group.len();
        *self.server_indices_by_group.entry(servers).or_insert_with_key(|servers| {
            for (environment, server) in self.environments.iter_mut().zip(servers) {
                environment.servers.push(server.clone());
            }
            next
        })
    }
}

/// Returns the name of a server's variant in the enum `Environment`. The name is derived from `x-environment` if the
/// server has this key, otherwise from its address without `https://`.
fn derive_environment_variant_name(node: &Node, server: &Server) -> String {
    let address = server.url_template.strip_prefix("https://").unwrap_or(&server.url_template);
    to_variant_name(node.get_str("x-environment").unwrap_or(address))
}

/// Reads a server. Returns an error if no request can be sent to it.
fn read_server(node: &Node) -> Result<Server, UnusableServer<'_>> {
    let url = node.get("url").unwrap_or(node);
    let unusable = |why: String| UnusableServer { location: &url.location, why, is_relative: false };
    let text = url.as_str().unwrap_or_default();
    let names = parse_placeholder_names(text).map_err(|why| unusable(format!("the address {why}")))?;
    let read = |name: &str| {
        let declared = &find_variable_declaration(node, name)?.node;
        let values = declared.get_items("enum").iter().filter_map(Node::as_str).map(str::to_owned);
        let default = declared.get_str("default")?.to_owned();
        Some(ServerVariable { name: name.to_owned(), default, allowed_values: values.collect() })
    };
    let variables = names.into_iter().map(|name| {
        read(name).ok_or_else(|| unusable(format!("the variable `{name}` of the address has no default")))
    });
    let variables = variables.collect::<Result<Vec<_>, _>>()?;
    let server = Server { url_template: text.trim_end_matches('/').to_owned(), variables };
    match find_address_problem(&build_address_with_defaults(&server)) {
        None => Ok(server),
        Some((why, is_relative)) => {
            let location = &find_invalid_variable_default(node, &server).unwrap_or(url).location;
            Err(UnusableServer { location, why: why.to_owned(), is_relative })
        }
    }
}

/// Returns the address of a server with each variable replaced by its default.
fn build_address_with_defaults(server: &Server) -> String {
    let (pieces, _) = split_template(&server.url_template);
    let mut variables = server.variables.iter();
    let fill = |piece| match piece {
        TemplatePiece::Literal(text) => text,
        TemplatePiece::Placeholder(_) => variables.next().map_or("", |variable| variable.default.as_str()),
    };
    let address: String = pieces.into_iter().map(fill).collect();
    address.trim_end_matches('/').to_owned()
}

/// Returns the first default value with a character that is invalid in an address, among the default values of a
/// server's variables.
fn find_invalid_variable_default<'a>(node: &'a Node, server: &Server) -> Option<&'a Node> {
    let mut variables = server.variables.iter();
    let unfit = variables.find(|variable| variable.default.contains(is_invalid_in_address))?;
    find_variable_declaration(node, &unfit.name)?.node.get("default")
}

fn is_invalid_in_address(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "?#\\".contains(c)
}

/// Returns the reason why no request can be sent to an address; `None` if requests can be sent to the address. The
/// returned boolean is true if the reason is that the address is relative.
fn find_address_problem(address: &str) -> Option<(&'static str, bool)> {
    let rest = address.strip_prefix("https://").or(address.strip_prefix("http://"));
    let Some(rest) = rest.filter(|rest| !rest.is_empty()) else {
        let why = "nothing says where this relative address begins, so no client can choose it";
        return Some((why, true));
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if host.contains('@') {
        return Some(("the address has a user name in it, which would be sent as a credential", false));
    }
    if address.contains(is_invalid_in_address) {
        return Some(("the address has characters after which no path can follow", false));
    }
    let goes_back = path.split('/').any(|part| matches!(part, "." | ".."));
    goes_back.then_some(("the path of the address has `.` or `..` in it", false))
}
