//! Reads the parameters of operations.

use std::collections::HashSet;

use partner_spec::Node;

use super::reader::Reader;
use crate::index;
use crate::names::{is_nameable, type_name};
use crate::operation::{Parameter, Place};
use crate::rules::{parameter_name, parameter_unsupported};
use crate::types::{Form, Type};

impl<'a> Reader<'a> {
    /// Returns the parameters that can be sent, each once, and reports the others.
    pub(super) fn parameters(&mut self, operation: &index::Operation<'a>, id: &str) -> Vec<Parameter> {
        let mut seen = HashSet::new();
        let mut parameters = Vec::new();
        for used in operation.parameters() {
            // Each operation gets a copy of the parameters that it shares with others.
            let is_copy = used.shared || used.node.location != *used.used_at;
            if is_copy && !self.allows(used.node.weight(), used.used_at) {
                break;
            }
            if seen.insert((used.name, used.place)) {
                parameters.extend(self.parameter(&used, id));
            }
        }
        parameters
    }

    fn parameter(&mut self, used: &index::Parameter<'a>, id: &str) -> Option<Parameter> {
        let index::Parameter { name, node, .. } = used;
        let location = node.location.to_start();
        let place = match used.place {
            "path" => Place::Path,
            "query" => Place::Query,
            "header" => Place::Header,
            "cookie" => {
                let what = format!("the cookie parameter `{name}` cannot be sent");
                let place = node.get("in").map_or(&location, |place| &place.location);
                self.found.push(
                    parameter_unsupported::report(id, &what, place)
                        .help("leave it out, or declare the header that carries it"),
                );
                return None;
            }
            _ => return None,
        };
        if !is_nameable(name) {
            self.found.push(parameter_name::unnameable(id, name, &location));
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
        let mut schema = self.checked(schema, &format!("{}{}", type_name(id), type_name(name)));
        // A query or a path holds text, whatever the document calls it.
        if let Type::Decimal(form) = &mut schema.ty {
            *form = Form::String;
        }
        let is_list = matches!(schema.ty, Type::List(_));
        if is_list && place == Place::Path {
            let what = format!("the list `{name}` cannot be sent as a part of the path");
            let found = parameter_unsupported::report(id, &what, &schema.location);
            self.found.push(found.help("describe it as a string, which callers put together"));
            return None;
        }
        // A header has its items in one line whether they explode or not.
        let explodes = place == Place::Query && node.get("explode").and_then(Node::as_bool) != Some(false);
        Some(Parameter {
            name: (*name).to_owned(),
            place,
            required: node.flag("required"),
            description: node.str("description").map(str::to_owned),
            deprecated: node.flag("deprecated"),
            joined: is_list && !explodes,
            schema,
            location,
        })
    }
}
