//! Reads the operations, and the types of their requests and responses.

use partner_spec::{Location, Node};

use super::aliases::{self, MIN_REFUSED_NESTING_DEPTH};
use super::reader::DocumentReader;
use super::{pagination, security, waiters};
use crate::docs::{Availability, DescriptionSource, find_level_or_default};
use crate::index;
use crate::model::Envelope;
use crate::names::{
    MAX_OPERATION_ID_BYTES, RESERVED_METHOD_NAMES, can_become_identifier, to_module_name, to_snake_case_name,
    to_type_name,
};
use crate::operation::{CredentialRequirement, Operation, Parameter, SuccessBodies, SuccessBody};
use crate::pagination::Pagination;
use crate::rules::{envelope_unused, expansion_limit, repeated_operation};
use crate::types::Schema;
use crate::waiter::Waiter;

impl<'a> DocumentReader<'a> {
    /// Reads the operations of the document. Leaves out the operations that no client can send, and adds findings about
    /// them.
    pub(super) fn read_operations(&mut self, envelope: Option<&Envelope>) -> Vec<Operation> {
        let mut operations = Vec::new();
        for operation in self.index.operations_in_method_order() {
            let read = self.read_operation(operation, envelope);
            if self.is_expansion_limit_exceeded() {
                return operations;
            }
            operations.extend(read);
        }
        if let Some(envelope) =
            envelope.filter(|_| operations.iter().all(|o| o.required_envelope_properties.is_none()))
        {
            self.found.push(envelope_unused::new_finding(&envelope.location));
        }
        operations
    }

    fn read_operation(
        &mut self,
        operation: &index::Operation<'a>,
        envelope: Option<&Envelope>,
    ) -> Option<Operation> {
        let node = operation.place.node;
        let (id, location) = self.read_operation_id(node)?;
        let name = to_type_name(id);
        let parameters = self.read_parameters(operation, id);
        let body = self.read_request_body(node, id, &name);
        let (responses, wrapping) = self.read_responses(operation, envelope, &name);
        let (pagination, waiters) = self.read_pagination_and_waiters(operation, &parameters, id);
        let (security, credentials) = self.read_operation_security_requirements(operation);
        let server = self.servers.find_or_add_server_index(
            operation,
            &mut self.all_of_merger.expansion_budget,
            &mut self.found,
        );
        Some(Operation {
            client_method_name: to_snake_case_name(id),
            id: id.to_owned(),
            method: operation.method.to_owned(),
            path_template: operation.path_template.to_owned(),
            module_name: to_module_name(&node.location),
            summary: node.get_str("summary").map(str::to_owned),
            description: node.get_str("description").map(str::to_owned),
            description_source: DescriptionSource::from_node(node),
            availability: find_level_or_default(
                node.get_str("x-availability"),
                &Availability::ALL_WITH_NAMES,
            ),
            deprecated: node.value_is_true("deprecated"),
            call_example: None,
            is_idempotent: node.value_is_true("x-idempotent"),
            credential_requirement: security,
            credential_alternatives: credentials,
            server_index: server,
            parameters,
            body,
            pagination,
            waiters,
            next_client_method_names: Vec::new(),
            previous_client_method_names: Vec::new(),
            responses,
            success_bodies: SuccessBodies::SameForAllStatuses(SuccessBody::Empty),
            accept_header_override: None,
            required_envelope_properties: wrapping,
            success_body_may_be_empty: false,
            id_location: location.clone(),
        })
    }

    /// Reads the security requirements of an operation. Returns whether a call needs credentials, and the alternatives
    /// from which the caller can choose. An alternative is a list of security schemes, as indices into
    /// `usable_security_schemes`. A call has to send the credentials of all schemes in the list.
    ///
    /// An operation that declares no requirements gets a copy of the document's requirements, which counts towards the
    /// expansion limit.
    fn read_operation_security_requirements(
        &mut self,
        operation: &index::Operation<'a>,
    ) -> (CredentialRequirement, Vec<Vec<usize>>) {
        let (node, list) = (operation.place.node, operation.security_requirements());
        let inherited: usize = match node.get("security") {
            Some(_) => 0,
            None => list.iter().map(Node::estimate_deep_copy_bytes).sum(),
        };
        let list = if self.try_spend_expansion_bytes(inherited, &node.location.collapse_to_start()) {
            list
        } else {
            &[]
        };
        security::read_security_requirements(list, &self.usable_security_schemes, &mut self.found)
    }

    /// Returns the id of an operation, and its location. Returns `None` if there is no id, if an earlier operation has
    /// the same id, or if the id cannot become a method name (for example, because it is reserved or too long).
    fn read_operation_id(&mut self, node: &'a Node) -> Option<(&'a str, &'a Location)> {
        let id = node.get("operationId")?;
        let text =
            id.as_str().filter(|text| text.len() <= MAX_OPERATION_ID_BYTES && can_become_identifier(text))?;
        let is_new = !RESERVED_METHOD_NAMES.contains(&to_snake_case_name(text).as_str())
            && self.operation_ids.insert(text);
        is_new.then_some((text, &id.location))
    }

    /// Returns the target if `node` is a reference, otherwise `node` itself. A target is copied, so its size counts
    /// towards the expansion limit (the maximum number of bytes of copies). Returns `None` if the target is missing, or
    /// if the limit is exceeded.
    pub(super) fn resolve_reference(&mut self, node: &'a Node) -> Option<&'a Node> {
        let target = self.index.resolve_reference(node)?;
        let is_own = std::ptr::eq(target, node);
        (is_own || self.try_spend_expansion_bytes(target.estimate_deep_copy_bytes(), &node.location))
            .then_some(target)
    }

    /// Reads the schema of a parameter, a body or a part of a form. Reports the schema if its lists and maps are nested
    /// too deeply.
    pub(super) fn read_operation_schema(&mut self, node: &Node, context: &str) -> Schema {
        let schema = self.read_schema(node, context);
        if aliases::is_nested_too_deeply(&schema) {
            self.found.push(expansion_limit::new_deep_nesting_finding(
                "a list or map",
                MIN_REFUSED_NESTING_DEPTH,
                &node.location,
            ));
        }
        schema
    }

    /// Reads `x-pagination` and `x-waiter`. Both make the runtime repeat the request of an operation, so an operation
    /// other than GET that has one of them is reported as an error.
    fn read_pagination_and_waiters(
        &mut self,
        operation: &index::Operation<'a>,
        parameters: &[Parameter],
        id: &str,
    ) -> (Option<Pagination>, Vec<Waiter>) {
        let (node, found) = (operation.place.node, &mut self.found);
        let pagination = node.get("x-pagination");
        let pagination = pagination.and_then(|node| pagination::read_pagination(node, id, parameters, found));
        let waiters =
            node.get("x-waiter").map(|node| waiters::read_waiters(node, id, found)).unwrap_or_default();
        let repeats = ["x-pagination", "x-waiter"].iter().find_map(|key| node.as_object()?.entry(key));
        if let Some(entry) = repeats.filter(|_| operation.method != "get") {
            found.push(repeated_operation::new_finding(id, entry));
        }
        (pagination, waiters)
    }
}
