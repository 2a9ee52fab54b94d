//! Finds changes of request bodies and their media types.

use partner_model::{BodyContent, MediaType, Operation, PartEncoding, SerializationStyle};

use super::{docs, fields, values};
use crate::compare::Comparison;
use crate::pairs;
use crate::rule::{Effect::*, Rule};
use crate::rust::{ValuePosition, to_operation_type_name};
use crate::site::ChangeSite;

declare_rules! {
    BODY_ADDED_REQUIRED = Rule::new(
        "body-added-required",
        "A request body is added and required",
        "Requests without it are refused, and the method takes one more argument.",
    ).with_request_effects(Breaking, Breaking).with_migration_advice("Pass a body to `{new}`.");
    BODY_ADDED_OPTIONAL = Rule::new(
        "body-added-optional",
        "An optional request body is added",
        "Requests without it are served as before; in Rust it is a setter.",
    ).with_request_effects(Compatible, Compatible);
    BODY_REMOVED = Rule::new(
        "body-removed",
        "The request body is removed",
        "What it asked for is no longer done, or the request is refused.",
    ).with_request_effects(Breaking, Breaking).with_migration_advice("Call `{new}` without a body.");
    BODY_REQUIRED = Rule::new(
        "body-required",
        "An optional request body is required",
        "Requests without it are refused, and its setter is an argument.",
    ).with_request_effects(Breaking, Breaking).with_migration_advice("Pass the body to `{new}` as an argument.");
    BODY_OPTIONAL = Rule::new(
        "body-optional",
        "A required request body is optional",
        "Requests with it are served as before; its argument is a setter.",
    ).with_request_effects(Compatible, Breaking).with_migration_advice("Call the setter `body` of `{new}`.");
    MEDIA_TYPE_ADDED = Rule::new(
        "media-type-added",
        "A request body can have another media type",
        "Requests with the old one are served as before; the new one has a method of its own.",
    ).with_request_effects(Compatible, Compatible);
    MEDIA_TYPE_REMOVED = Rule::new(
        "media-type-removed",
        "A request body can no longer have a media type",
        "Requests with it are refused, and its method is gone.",
    ).with_request_effects(Breaking, Breaking).with_migration_advice("Call a method for another media type instead of `{old}`.");
    PART_ENCODING_CHANGED = Rule::new(
        "part-encoding-changed",
        "A part of a form is written differently",
        "The server reads another value than the one that was sent; the method is the same.",
    ).with_request_effects(Breaking, Compatible)
    .with_migration_advice("Build with the new version; the old one writes `{old}` in the old way.");
    METHOD_RENAMED = Rule::new(
        "method-renamed",
        "The method for a media type has another name",
        "The name is not on the wire.",
    ).with_request_effects(Unaffected, Breaking).with_migration_advice("Call `{new}` instead of `{old}`.");
}

pub(super) fn report_changes(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: &Operation,
    after: &Operation,
) {
    let places = (Some(&before.id_location), Some(&after.id_location));
    let required = |operation: &Operation| operation.body.as_ref().map(|body| body.required);
    let found = match (required(before), required(after)) {
        (None, Some(true)) => Some((&BODY_ADDED_REQUIRED, "also needs a request body")),
        (None, Some(false)) => Some((&BODY_ADDED_OPTIONAL, "now also accepts a request body")),
        (Some(_), None) => Some((&BODY_REMOVED, "no longer takes a request body")),
        (Some(false), Some(true)) => Some((&BODY_REQUIRED, "needs its request body now")),
        (Some(true), Some(false)) => Some((&BODY_OPTIONAL, "works without its request body, too")),
        _ => None,
    };
    if let Some((rule, text)) = found {
        c.report_change(rule, site, format!("{} {text}", site.message_subject()), places)
            .fill_in_migration_advice(&before.client_method_name, &after.client_method_name);
    }
    if before.body.is_none() || after.body.is_none() {
        return;
    }
    let described = |operation: &Operation| operation.body.as_ref().and_then(|body| body.description.clone());
    let body = site.with_quoted_name(format!("The request body of {}", site.message_subject()));
    docs::compare_descriptions(
        c,
        &body,
        (described(before).as_deref(), &before.id_location),
        (described(after).as_deref(), &after.id_location),
    );
    compare_media_types(c, site, before, after);
}

fn compare_media_types(c: &mut Comparison<'_>, site: &ChangeSite, before: &Operation, after: &Operation) {
    let matched = pairs::match_media_types(before, after);
    for media in &matched.removed_items {
        let method = find_client_method_name(before, media);
        let text = format!("{} no longer takes `{}`", site.message_subject(), media.media_type);
        c.report_change(&MEDIA_TYPE_REMOVED, site, text, (Some(&media.location), None))
            .fill_in_migration_advice(&method, "");
    }
    for media in &matched.added_items {
        let text = format!(
            "{} now also takes `{}`, as `{}`",
            site.message_subject(),
            media.media_type,
            find_client_method_name(after, media)
        );
        c.report_change(&MEDIA_TYPE_ADDED, site, text, (None, Some(&media.location)));
    }
    for (b, a) in matched.matched_pairs() {
        compare_part_encodings(c, site, b, a);
        let (old, new) = (find_client_method_name(before, b), find_client_method_name(after, a));
        let places = (Some(&b.location), Some(&a.location));
        // If the operation has a new name, all of its methods have new names. Such new names are not reported here,
        // because another rule reports renamed operations.
        if old != new && before.client_method_name == after.client_method_name {
            let text = format!("The method for `{}` is called `{new}`, and was `{old}`", a.media_type);
            c.report_change(&METHOD_RENAMED, site, text, places).fill_in_migration_advice(&old, &new);
        }
        match (&b.content, &a.content) {
            (BodyContent::Json(b), BodyContent::Json(a)) => {
                let body = site.with_quoted_name(format!("The request body of {}", site.message_subject()));
                values::report_changes(c, &body, (b, ValuePosition::Argument), (a, ValuePosition::Argument));
            }
            (BodyContent::Multipart(b), BodyContent::Multipart(a))
            | (BodyContent::UrlEncoded(b), BodyContent::UrlEncoded(a)) => {
                let body = ChangeSite {
                    affected_type_names: vec![to_operation_type_name(&old), to_operation_type_name(&new)],
                    ..site.with_quoted_name(format!("`{new}`"))
                };
                fields::report_form_field_changes(c, &body, b, a);
            }
            _ => {}
        }
    }
}

/// Compares how two form or multipart bodies encode their parts: the media type and the style of each part.
fn compare_part_encodings(c: &mut Comparison<'_>, site: &ChangeSite, before: &MediaType, after: &MediaType) {
    for (b, a) in pairs::match_fields(before.form_fields(), after.form_fields()).matched_pairs() {
        let (old, new) = (before.part_encodings.get(&b.name), after.part_encodings.get(&a.name));
        let style = |encoding: Option<&PartEncoding>| {
            encoding.map_or((SerializationStyle::Form, true), |e| (e.style, e.explode))
        };
        let media_type =
            |encoding: Option<&PartEncoding>| match encoding.and_then(|e| e.content_type.as_ref()) {
                Some(name) => format!("`{name}`"),
                None => String::from("its default type"),
            };
        let (was, is) = (media_type(old), media_type(new));
        let text = match was == is {
            true if style(old) == style(new) => continue,
            true => format!("{} writes the part `{}` in another style", site.message_subject(), a.name),
            false => format!(
                "{} sends the part `{}` as {is}, and sent it as {was}",
                site.message_subject(),
                a.name
            ),
        };
        let places = (
            Some(old.map_or(&b.key_location, |encoding| &encoding.location)),
            Some(new.map_or(&a.key_location, |encoding| &encoding.location)),
        );
        c.report_change(&PART_ENCODING_CHANGED, site, text, places)
            .fill_in_migration_advice(&b.name, &a.name);
    }
}

/// Finds the name of the client method that sends a body of the media type `wanted`.
fn find_client_method_name(operation: &Operation, wanted: &MediaType) -> String {
    let methods = operation.client_method_names_with_media_types();
    let found = methods.iter().find(|(_, media)| media.is_some_and(|media| std::ptr::eq(media, wanted)));
    found.map_or_else(|| operation.client_method_name.clone(), |(name, _)| name.clone())
}
