//! Matches the operations and types of the old model with those of the new one, even if they were renamed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use partner_model::{
    BodyContent, EnumValue, Field, Model, Object, Operation, Parameter, ParameterPlace, Response, Schema,
    Type, TypeShape, Union, UnionVariant,
};

use crate::matching::{MatchingResult, rate_name_similarity};

/// The directions in which values of a type are used: sent in requests, received in responses, or both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Directions {
    pub(crate) sent: bool,
    pub(crate) received: bool,
}

pub(crate) const SENT: Directions = Directions { sent: true, received: false };
pub(crate) const RECEIVED: Directions = Directions { sent: false, received: true };

/// The old and new types that correspond to each other, as pairs of their names.
#[derive(Debug, Default)]
pub(crate) struct TypePairs {
    /// Whether the types of a pair are sent in requests, received in responses, or both. The key of an entry consists
    /// of the names of an old and a new type. The two types are used at the same position of the old and the new model,
    /// such as in the same field.
    pub(crate) directions_by_type_pair: BTreeMap<(String, String), Directions>,
    /// The new names of renamed types, by their old names.
    pub(crate) new_type_names_by_old_name: BTreeMap<String, String>,
}

impl TypePairs {
    /// Makes pairs of an old type and a new type. Two types are a pair if matched operations use them for the same
    /// value, e.g. for the same property. Types with `x-public` that have the same name are a pair even if no operation
    /// uses them.
    pub(crate) fn new(before: &Model, after: &Model, operations: &[(&Operation, &Operation)]) -> TypePairs {
        let mut search = TypePairSearch {
            before,
            after,
            directions_by_found_pair: BTreeMap::new(),
            pending_pairs: Vec::new(),
        };
        operations.iter().for_each(|(b, a)| search.add_pairs_of_operations(b, a));
        let is_public =
            |model: &Model, name: &str| model.types.get(name).is_some_and(|found| found.is_public);
        for name in before.types.keys().filter(|name| is_public(before, name) && is_public(after, name)) {
            search.pending_pairs.push((name, name, RECEIVED));
        }
        search.follow_pending_pairs();
        let directions_by_type_pair = search
            .directions_by_found_pair
            .into_iter()
            .map(|((b, a), d)| ((b.to_owned(), a.to_owned()), d))
            .collect();
        let mut pairs = TypePairs { directions_by_type_pair, new_type_names_by_old_name: BTreeMap::new() };
        pairs.new_type_names_by_old_name = pairs.find_renamed_types(before, after);
        pairs
    }

    /// The new name of a type; `None` if the type was not renamed.
    pub(crate) fn find_new_type_name(&self, name: &str) -> Option<&str> {
        self.new_type_names_by_old_name.get(name).map(String::as_str)
    }

    /// Finds renamed types, and returns their new names by their old names. A pair of an old and a new type counts as
    /// one renamed type if it meets both conditions:
    /// - The new model has no type with the old name, and the old model has no type with the new name.
    /// - No other pair that meets the first condition contains one of the two types.
    fn find_renamed_types(&self, before: &Model, after: &Model) -> BTreeMap<String, String> {
        let mut forth: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut back = forth.clone();
        for (old, new) in self.directions_by_type_pair.keys() {
            if !after.types.contains_key(old) && !before.types.contains_key(new) {
                forth.entry(old).or_default().push(new);
                back.entry(new).or_default().push(old);
            }
        }
        let single = |(old, new): (&str, Vec<&str>)| match new[..] {
            [new] if back.get(new).is_some_and(|olds| olds.len() == 1) => {
                Some((old.to_owned(), new.to_owned()))
            }
            _ => None,
        };
        forth.into_iter().filter_map(single).collect()
    }
}

/// A search for pairs of an old and a new type that correspond to each other. The search starts at matched operations,
/// and follows the types that these operations use.
struct TypePairSearch<'m> {
    before: &'m Model,
    after: &'m Model,
    /// The pairs of an old and a new type found so far, each with the directions (sent, received) in which the two
    /// types are used.
    directions_by_found_pair: BTreeMap<(&'m str, &'m str), Directions>,
    /// The pairs of types whose fields and union variants have not been searched for more pairs yet.
    pending_pairs: Vec<(&'m str, &'m str, Directions)>,
}

impl<'m> TypePairSearch<'m> {
    fn add_pairs_of_operations(&mut self, before: &'m Operation, after: &'m Operation) {
        for (b, a) in match_parameters(before, after).matched_pairs() {
            self.add_pairs_of_schemas(&b.schema, &a.schema, SENT);
        }
        for (b, a) in match_media_types(before, after).matched_pairs() {
            match (&b.content, &a.content) {
                (BodyContent::Json(b), BodyContent::Json(a)) => self.add_pairs_of_schemas(b, a, SENT),
                (b, a) => {
                    for (b, a) in match_fields(list_form_fields(b), list_form_fields(a)).matched_pairs() {
                        self.add_pairs_of_schemas(&b.schema, &a.schema, SENT);
                    }
                }
            }
        }
        if only_one_uses_envelope(before, after) {
            return;
        }
        for (b, a) in match_successful_responses(before, after).matched_pairs() {
            let [Some((_, Some(b))), Some((_, Some(a)))] =
                [b.media_types_with_schemas.first(), a.media_types_with_schemas.first()]
            else {
                continue;
            };
            self.add_pairs_of_schemas(b, a, RECEIVED);
        }
    }

    fn add_pairs_of_schemas(&mut self, before: &'m Schema, after: &'m Schema, directions: Directions) {
        if let (Some(b), Some(a)) = (before.type_name(), after.type_name()) {
            self.pending_pairs.push((b, a, directions));
        }
        match (&before.ty, &after.ty) {
            (Type::List(b), Type::List(a)) | (Type::Map(b), Type::Map(a)) => {
                self.add_pairs_of_schemas(b, a, directions)
            }
            _ => {}
        }
    }

    fn follow_pending_pairs(&mut self) {
        while let Some((b, a, directions)) = self.pending_pairs.pop() {
            let (before, after) = (self.before, self.after);
            let (Some(x), Some(y)) = (before.types.get(b), after.types.get(a)) else { continue };
            if std::mem::discriminant(&x.shape) != std::mem::discriminant(&y.shape) {
                continue;
            }
            let known = self.directions_by_found_pair.entry((b, a)).or_default();
            let both = Directions {
                sent: known.sent || directions.sent,
                received: known.received || directions.received,
            };
            if std::mem::replace(known, both) == both {
                continue;
            }
            match (&x.shape, &y.shape) {
                (TypeShape::Object(b), TypeShape::Object(a)) => self.add_pairs_of_objects(b, a, directions),
                (TypeShape::Union(b), TypeShape::Union(a)) => {
                    for (b, a) in match_variants(b, a).matched_pairs() {
                        self.pending_pairs.push((&b.type_name, &a.type_name, directions));
                    }
                }
                _ => {}
            }
        }
    }

    fn add_pairs_of_objects(&mut self, before: &'m Object, after: &'m Object, directions: Directions) {
        for (b, a) in match_fields(&before.fields, &after.fields).matched_pairs() {
            self.add_pairs_of_schemas(&b.schema, &a.schema, directions);
        }
        if let (Some(b), Some(a)) = (&before.additional_properties, &after.additional_properties) {
            self.add_pairs_of_schemas(b, a, directions);
        }
    }
}

/// The operations of two models: the matched pairs, the removed and the added operations. An old and a new operation
/// match if they have the same method and path. The remaining operations match if their methods and paths differ only
/// in the names of path parameters. After that, operations match if they have the same operation id.
pub(crate) struct MatchedOperations<'m> {
    /// Pairs of old and new operations.
    pub(crate) pairs: Vec<(&'m Operation, &'m Operation)>,
    pub(crate) removed: Vec<&'m Operation>,
    pub(crate) added: Vec<&'m Operation>,
}

impl<'m> MatchedOperations<'m> {
    pub(crate) fn new(before: &'m Model, after: &'m Model) -> MatchedOperations<'m> {
        let mut removed: Vec<&Operation> = before.operations.iter().collect();
        let mut added: Vec<&Operation> = after.operations.iter().collect();
        let mut pairs = Vec::new();
        let exact = |o: &Operation| format!("{} {}", o.method, o.path_template);
        let template = |o: &Operation| format!("{} {}", o.method, remove_parameter_names(&o.path_template));
        let id = |o: &Operation| o.id.clone();
        let keys: [&dyn Fn(&Operation) -> String; 3] = [&exact, &template, &id];
        for key in keys {
            let mut known: HashMap<String, Vec<&Operation>> = HashMap::new();
            added.iter().for_each(|operation| known.entry(key(operation)).or_default().push(operation));
            removed.retain(|old| match known.get(&key(old)).map(Vec::as_slice) {
                Some([new]) => {
                    pairs.push((*old, *new));
                    added.retain(|other| !std::ptr::eq(*other, *new));
                    known.remove(&key(old));
                    false
                }
                _ => true,
            });
        }
        // The pairs are sorted by the order of the new document, so that the order of a report does not depend on how
        // the operations were matched.
        pairs.sort_by_key(|(_, after)| after.id_location.clone());
        MatchedOperations { pairs, removed, added }
    }
}

/// Removes the names of the parameters from a path template: `/users/{id}` becomes `/users/{}`.
pub(crate) fn remove_parameter_names(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut is_name = false;
    for c in path.chars() {
        is_name = (is_name || c == '{') && c != '}';
        if !is_name || c == '{' {
            out.push(c);
        }
    }
    out
}

/// Returns the names of the parameters in a path template, in order: `user` and `id` for `/users/{user}/orders/{id}`.
pub(crate) fn list_path_parameter_names(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// Matches the parameters of an old and a new operation. Path parameters are matched by position if the two paths
/// differ only in the names of their parameters.
pub(crate) fn match_parameters<'m>(
    before: &'m Operation,
    after: &'m Operation,
) -> MatchingResult<'m, Parameter> {
    let is_path = |parameter: &&Parameter| parameter.place == ParameterPlace::Path;
    let score = |b: &Parameter, a: &Parameter| match b.place == a.place {
        true => score_rename((&b.name, &b.schema, b.required), (&a.name, &a.schema, a.required)),
        false => 0,
    };
    // Query and header parameters are matched in one step, because a query parameter may become a header parameter, or
    // the reverse.
    let mut matched_parameters = MatchingResult::match_by_name_or_score(
        before.parameters.iter().filter(|p| !is_path(p)),
        after.parameters.iter().filter(|p| !is_path(p)),
        |parameter| &parameter.name,
        score,
    );
    let has_same_template =
        remove_parameter_names(&before.path_template) == remove_parameter_names(&after.path_template);
    let (old, new) =
        (list_path_parameter_names(&before.path_template), list_path_parameter_names(&after.path_template));
    let in_path = |operation: &'m Operation| operation.parameters.iter().filter(is_path);
    if !has_same_template {
        let path = MatchingResult::match_by_name_or_score(
            in_path(before),
            in_path(after),
            |parameter| &parameter.name,
            score,
        );
        matched_parameters.same_name_pairs.extend(path.same_name_pairs);
        matched_parameters.renamed_pairs.extend(path.renamed_pairs);
        matched_parameters.removed_items.extend(path.removed_items);
        matched_parameters.added_items.extend(path.added_items);
        return matched_parameters;
    }
    for parameter in in_path(before) {
        let position = old.iter().position(|name| *name == parameter.name);
        let name = position.and_then(|position| new.get(position));
        match name.and_then(|name| in_path(after).find(|other| other.name == *name)) {
            Some(other) if other.name == parameter.name => {
                matched_parameters.same_name_pairs.push((parameter, other))
            }
            Some(other) => matched_parameters.renamed_pairs.push((parameter, other)),
            None => matched_parameters.removed_items.push(parameter),
        }
    }
    matched_parameters
        .added_items
        .extend(in_path(after).filter(|parameter| !new.contains(&parameter.name.as_str())));
    matched_parameters
}

/// Matches the media types of the old and the new request body by name.
pub(crate) fn match_media_types<'m>(
    before: &'m Operation,
    after: &'m Operation,
) -> MatchingResult<'m, partner_model::MediaType> {
    let score = |_: &partner_model::MediaType, _: &partner_model::MediaType| 0;
    MatchingResult::match_by_name_or_score(
        before.request_media_types(),
        after.request_media_types(),
        |media| &media.media_type,
        score,
    )
}

/// Returns the fields of a form: the parts of a multipart form, or the fields of a URL-encoded form. A body that is not
/// a form has no fields.
pub(crate) fn list_form_fields(content: &BodyContent) -> &[Field] {
    match content {
        BodyContent::Multipart(parts) | BodyContent::UrlEncoded(parts) => parts,
        BodyContent::Json(_) | BodyContent::Bytes => &[],
    }
}

/// Matches the successful responses of an old and a new operation by HTTP status. If each operation has a single
/// successful response, these two match even when their statuses differ.
pub(crate) fn match_successful_responses<'m>(
    before: &'m Operation,
    after: &'m Operation,
) -> MatchingResult<'m, Response> {
    let status = |response: &'m Response| response.status.as_str();
    let count = |operation: &Operation| operation.successful_responses().count();
    let is_single = count(before) == 1 && count(after) == 1;
    let score = |_: &Response, _: &Response| if is_single { 9 } else { 0 };
    MatchingResult::match_by_name_or_score(
        before.successful_responses(),
        after.successful_responses(),
        status,
        score,
    )
}

/// Whether only one of two matched operations wraps its response bodies in an envelope. (An envelope is a JSON object
/// that has the actual body in its property `data`.) The bodies of such operations cannot be compared. False if one of
/// the operations has no response bodies.
pub(crate) fn only_one_uses_envelope(before: &Operation, after: &Operation) -> bool {
    let has_body = |operation: &Operation| {
        operation.successful_responses().any(|response| !response.media_types_with_schemas.is_empty())
    };
    has_body(before)
        && has_body(after)
        && before.required_envelope_properties.is_some() != after.required_envelope_properties.is_some()
}

/// Matches the fields of an object, or the parts of a form or multipart body, by name. Also finds renamed fields and
/// parts.
pub(crate) fn match_fields<'m>(before: &'m [Field], after: &'m [Field]) -> MatchingResult<'m, Field> {
    let score = |b: &Field, a: &Field| {
        score_rename((&b.name, &b.schema, b.required), (&a.name, &a.schema, a.required))
    };
    MatchingResult::match_by_name_or_score(before, after, |field| &field.name, score)
}

/// Matches the values of an enum. Two different values count as one renamed value in one of these cases:
/// - They have the same variant name or the same description.
/// - They consist of the same words.
/// - One is a misspelling of the other.
pub(crate) fn match_enum_values<'m>(
    before: &'m [EnumValue],
    after: &'m [EnumValue],
) -> MatchingResult<'m, EnumValue> {
    let score = |b: &EnumValue, a: &EnumValue| {
        let same_description = b.description.is_some() && b.description == a.description;
        let common = rate_name_similarity(&b.wire_value, &a.wire_value);
        match b.variant_name == a.variant_name || same_description || common >= 3 {
            true => 4 + common,
            false => 0,
        }
    };
    MatchingResult::match_by_name_or_score(before, after, |value| &value.wire_value, score)
}

/// Matches the variants of two unions by name. The remaining variants match if they have the same type. They also match
/// if they have the same required keys, and allow the same values in the keys that distinguish variants from each
/// other.
pub(crate) fn match_variants<'m>(before: &'m Union, after: &'m Union) -> MatchingResult<'m, UnionVariant> {
    // The order of a variant's required keys has no meaning, and neither has the order of the values that distinguish
    // the variant. So the keys and the values are compared as sets.
    let has_same_keys_and_values = |b: &UnionVariant, a: &UnionVariant| {
        let keys =
            |variant: &UnionVariant| variant.required_keys.iter().cloned().collect::<BTreeSet<String>>();
        let values = |variant: &UnionVariant| -> BTreeMap<String, BTreeSet<String>> {
            let values = variant.distinguishing_properties.iter().cloned();
            values.map(|(key, values)| (key, values.into_iter().collect())).collect()
        };
        keys(b) == keys(a) && values(b) == values(a)
    };
    let score = |b: &UnionVariant, a: &UnionVariant| match (
        b.type_name == a.type_name,
        has_same_keys_and_values(b, a),
    ) {
        (true, _) => 9,
        (_, true) => 5,
        _ => 0,
    };
    MatchingResult::match_by_name_or_score(&before.variants, &after.variants, |variant| &variant.name, score)
}

/// Scores how likely it is that a removed field or parameter was renamed to an added one. Each argument consists of a
/// name, a schema, and whether the field or parameter is required.
fn score_rename(before: (&str, &Schema, bool), after: (&str, &Schema, bool)) -> u32 {
    let (b, a) = (before.1, after.1);
    let description = |schema: &Schema| schema.details.description.clone();
    let same_description = description(b).is_some() && description(b) == description(a);
    let common = rate_name_similarity(before.0, after.0);
    let same_type = are_types_of_same_kind(&b.ty, &a.ty);
    match (same_type, same_description, common) {
        (_, true, 1..) | (true, true, 0) => 6 + common,
        // This is no renaming. Either the descriptions differ or are missing, and each name has a word that the other
        // lacks; or the types are of different kinds, and the names have no word in common.
        (_, false, 0 | 1) | (false, true, 0) => 0,
        (true, false, _) => 2 + common + u32::from(before.2 == after.2),
        (false, false, 3..) => common,
        (false, false, _) => 0,
    }
}

/// Whether two types are of the same kind, such as two integers of any width or two named types of any name. For lists
/// and maps, the types of their items or values have to be of the same kind, too.
fn are_types_of_same_kind(a: &Type, b: &Type) -> bool {
    match (a, b) {
        (Type::List(a), Type::List(b)) | (Type::Map(a), Type::Map(b)) => are_types_of_same_kind(&a.ty, &b.ty),
        (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}
