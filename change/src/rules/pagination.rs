//! Finds changes of pagination, the way in which a client reads a list page by page.

use partner_model::{Model, Operation, Pagination, Type};

use crate::compare::Comparison;
use crate::rule::{Effect::*, Rule};
use crate::rust::{RustTypeFormatter, ValuePosition};
use crate::site::ChangeSite;

declare_rules! {
    PAGINATION_ADDED = Rule::new(
        "pagination-added",
        "A list is known to go on",
        "The call gets streams of its pages and items.",
    ).with_response_effects(Unaffected, Compatible);
    PAGINATION_REMOVED = Rule::new(
        "pagination-removed",
        "A list is no longer known to go on",
        "The call has no streams of its pages and items any more.",
    ).with_response_effects(Unaffected, Breaking).with_migration_advice("Ask for each page of `{old}` yourself.");
    PAGINATION_ITEMS_CHANGED = Rule::new(
        "pagination-items-changed",
        "The items of a page are of another type",
        "The streams of the call yield another type.",
    ).with_response_effects(Unaffected, Breaking).with_migration_advice("Use the new type of the items of `{old}`.");
    PAGINATION_CHANGED = Rule::new(
        "pagination-changed",
        "A client gets from page to page in another way",
        "The streams of the call are the same.",
    ).with_response_effects(Unaffected, Compatible);
}

pub(super) fn report_changes(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: &Operation,
    after: &Operation,
) {
    let (b, a) = match (&before.pagination, &after.pagination) {
        (None, None) => return,
        (None, Some(found)) => {
            let text = format!("{} also has streams of all pages and items", site.message_subject());
            c.report_change(&PAGINATION_ADDED, site, text, (None, Some(&found.location)));
            return;
        }
        (Some(found), None) => {
            let text = format!("{} has no streams of its pages and items any more", site.message_subject());
            c.report_change(&PAGINATION_REMOVED, site, text, (Some(&found.location), None))
                .fill_in_migration_advice(&before.client_method_name, &after.client_method_name);
            return;
        }
        (Some(b), Some(a)) => (b, a),
    };
    let places = (Some(&b.location), Some(&a.location));
    let old = format_list_item_type(before, b, c.before, RustTypeFormatter::for_old_state(&c.pairs));
    let new = format_list_item_type(after, a, c.after, RustTypeFormatter::for_new_state(&c.pairs));
    if old != new {
        let text = format!("The items of {} are of type `{new}`, and were `{old}`", site.message_subject());
        c.report_change(&PAGINATION_ITEMS_CHANGED, site, text, places)
            .fill_in_migration_advice(&before.client_method_name, &after.client_method_name);
    } else if build_pagination_comparison_key(b) != build_pagination_comparison_key(a) {
        let text = format!("{} gets from page to page in another way", site.message_subject());
        c.report_change(&PAGINATION_CHANGED, site, text, places);
    }
}

/// Formats the Rust type of the items of a paginated list. Returns an empty text if the type is unknown.
fn format_list_item_type(
    operation: &Operation,
    pagination: &Pagination,
    model: &Model,
    written: RustTypeFormatter<'_>,
) -> String {
    let items = operation
        .common_success_response_schema()
        .and_then(|response| pagination.items_pointer.find_target_schema(response, model).ok());
    match items.map(|items| &items.ty) {
        Some(Type::List(item)) => written.format_schema_type(item, ValuePosition::ResponseOrElement),
        _ => String::new(),
    }
}

/// Builds a key for comparing paginations: two paginations are the same if their keys are equal. The key is a pair: a
/// text that contains the style and the parameters, and the list of the JSON pointers into the response. Locations in
/// the OpenAPI document are not part of the key.
fn build_pagination_comparison_key(pagination: &Pagination) -> (String, Vec<Option<&str>>) {
    let Pagination {
        style,
        position_parameter_name: position_parameter,
        first_page_position: first_position,
        page_size_parameter_name: size_parameter,
        items_pointer,
        item_id_pointer,
        total_items_pointer: total_pointer,
        total_pages_pointer,
        has_more_pointer,
        ..
    } = pagination;
    let pointers = [
        Some(items_pointer),
        item_id_pointer.as_ref(),
        total_pointer.as_ref(),
        total_pages_pointer.as_ref(),
        has_more_pointer.as_ref(),
    ];
    let pointers = pointers.map(|pointer| pointer.map(|pointer| pointer.text.as_str())).to_vec();
    (format!("{style:?} {position_parameter} {first_position} {size_parameter:?}"), pointers)
}
