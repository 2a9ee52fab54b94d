//! The cases of the matrix: every place of a value × every kind of value × every style × nullable × required. A case is
//! a document with one operation, together with the bytes that the specifications require its client to send.

pub mod kinds;
pub mod names;
pub mod reference;

use kinds::{COMPONENTS_YAML, ExpectedRefusal, Sample, ValueKind, ValueStructure};

/// The place of a value in a request or a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Path,
    Query,
    Header,
    /// A part of a multipart form.
    FormPart,
    /// A field of a URL-encoded form.
    FormField,
    /// A property of a JSON request body.
    JsonProperty,
    /// A JSON request body.
    JsonBody,
    /// A property of a JSON response.
    ResponseProperty,
    /// The JSON body of a response.
    ResponseBody,
    /// A header of a response.
    ResponseHeader,
}

/// All places of values, each with the prefix for the names of its client modules. The client modules of a place are
/// numbered: those with a value in the query are `in_query_0`, `in_query_1`, ...
pub const PLACES_WITH_MODULE_PREFIXES: [(Place, &str); 10] = [
    (Place::Path, "in_path"),
    (Place::Query, "in_query"),
    (Place::Header, "in_header"),
    (Place::FormPart, "in_part"),
    (Place::FormField, "in_field"),
    (Place::JsonProperty, "in_json"),
    (Place::JsonBody, "in_body"),
    (Place::ResponseProperty, "in_response"),
    (Place::ResponseBody, "in_success"),
    (Place::ResponseHeader, "in_response_header"),
];

/// The way in which a value is serialized, as the document declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Serialization {
    /// The document declares nothing, so the default of the place applies.
    Default,
    /// The document declares these values of `style` and `explode`.
    Style(&'static str, bool),
    /// The document declares JSON, by `content` of a parameter or `contentType` of a part.
    Json,
}

/// A case of the matrix: a document with one operation, which sends or receives one value.
#[derive(Clone, Debug)]
pub struct Case {
    pub place: Place,
    pub serialization: Serialization,
    pub kind: ValueKind,
    pub nullable: bool,
    pub required: bool,
}

fn serializations(place: Place) -> Vec<Serialization> {
    let styles: &[&'static str] = match place {
        Place::Path => &["simple", "label", "matrix"],
        Place::Query | Place::FormField => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        Place::Header => &["simple"],
        _ => &[],
    };
    let has_json =
        matches!(place, Place::Path | Place::Query | Place::Header | Place::FormPart | Place::FormField);
    let styled =
        styles.iter().flat_map(|style| [false, true].map(|explode| Serialization::Style(style, explode)));
    let json = has_json.then_some(Serialization::Json);
    std::iter::once(Serialization::Default).chain(styled).chain(json).collect()
}

/// Returns all cases, in groups of cases that differ only in `nullable` and `required`.
fn all_case_groups() -> Vec<Vec<Case>> {
    let mut all = Vec::new();
    for (place, _) in PLACES_WITH_MODULE_PREFIXES {
        for serialization in serializations(place) {
            for kind in kinds::all_value_kinds() {
                let mut cases = Vec::new();
                for (nullable, required) in [(false, true), (false, false), (true, true), (true, false)] {
                    // If the value is a response body or header, `required` changes nothing in the document, so such a
                    // value has no cases without `required`.
                    let is_distinct_document =
                        required || !matches!(place, Place::ResponseBody | Place::ResponseHeader);
                    // A schema whose enum contains null is always nullable, so it has no cases without `nullable`.
                    if is_distinct_document && (nullable || !kind.schema_yaml.contains(", null]")) {
                        cases.push(Case { place, serialization, kind: kind.clone(), nullable, required });
                    }
                }
                all.push(cases);
            }
        }
    }
    all
}

/// Returns the cases to test: all of them with `PARTNER_MATRIX=whole`, otherwise a sample. The sample has one case for
/// each place and kind if the document declares no serialization. Of the combinations of place, kind and declared
/// serialization, about a fifth have one case each.
pub fn select_cases() -> Vec<Case> {
    let all = all_case_groups();
    if std::env::var("PARTNER_MATRIX").is_ok_and(|what| what == "whole") {
        return all.into_iter().flatten().collect();
    }
    let sampled = |(index, mut cases): (usize, Vec<Case>)| {
        let is_sampled = cases[0].serialization == Serialization::Default || index.is_multiple_of(5);
        is_sampled.then(|| cases.swap_remove(index % cases.len()))
    };
    all.into_iter().enumerate().filter_map(sampled).collect()
}

impl Case {
    /// Returns the operationId, which is also the first segment of the operation's path.
    pub fn operation_id(&self) -> String {
        let (_, place) = PLACES_WITH_MODULE_PREFIXES[self.place as usize];
        let writing = match self.serialization {
            Serialization::Default => String::new(),
            Serialization::Style(style, explode) => {
                let style = style.to_ascii_lowercase();
                format!("_{style}{}", if explode { "_exploded" } else { "" })
            }
            Serialization::Json => "_as_json".to_owned(),
        };
        let nullable = if self.nullable { "_nullable" } else { "" };
        let required = if self.required { "" } else { "_optional" };
        format!("{place}{writing}_{}{nullable}{required}", self.kind.name)
    }

    /// Returns `style` and `explode` of the value. If the document does not declare them, these are the defaults of
    /// OpenAPI 3.0.3 (Parameter Object and Encoding Object).
    fn effective_style_and_explode(&self) -> (&'static str, bool) {
        match (self.serialization, self.place) {
            (Serialization::Style(style, explode), _) => (style, explode),
            (_, Place::Query | Place::FormField) => ("form", true),
            _ => ("simple", false),
        }
    }

    fn schema(&self) -> String {
        let is_plain = !self.nullable || self.kind.schema_yaml.contains(", null]");
        format!("{{{}{}}}", self.kind.schema_yaml, if is_plain { "" } else { ", nullable: true" })
    }

    /// Returns the path item with the operation, in YAML.
    fn path_item_yaml(&self) -> String {
        let id = self.operation_id();
        let is_sent =
            matches!(self.place, Place::FormPart | Place::FormField | Place::JsonProperty | Place::JsonBody);
        let operation =
            format!("operationId: {id}\n{}responses:\n{}", self.request(), indent_lines(&self.response()));
        let value = if self.place == Place::Path { "/{value}/end" } else { "" };
        let method = if is_sent { "post" } else { "get" };
        format!("/{id}{value}:\n{}", indent_lines(&format!("{method}:\n{}", indent_lines(&operation))))
    }

    /// Returns the schema, in YAML, of an object that has the value as its only property.
    fn object_schema_yaml(&self) -> String {
        let required = if self.required { "required: [value]\n" } else { "" };
        format!("type: object\n{required}properties:\n  value: {}\n", self.schema())
    }

    fn request(&self) -> String {
        let schema = format!("schema: {}\n", self.schema());
        let object = format!("schema:\n{}", indent_lines(&self.object_schema_yaml()));
        let (content, encoding) = match self.serialization {
            Serialization::Default => (schema.clone(), String::new()),
            Serialization::Style(style, explode) => {
                let style = format!("style: {style}\nexplode: {explode}\n");
                (format!("{style}{schema}"), style)
            }
            Serialization::Json => {
                let content = format!("content:\n  application/json:\n    {schema}");
                (content, "contentType: application/json\n".to_owned())
            }
        };
        let encoding = match encoding.as_str() {
            "" => String::new(),
            encoding => format!("encoding:\n  value:\n{}", indent_lines(&indent_lines(encoding))),
        };
        let required = self.required;
        let parameter = |place: &str, name: &str| {
            let parameter = format!("name: {name}\nin: {place}\nrequired: {required}\n{content}");
            format!("parameters:\n  -\n{}", indent_lines(&indent_lines(&parameter)))
        };
        let body = |required: bool, media_type: &str, media: &str| {
            let content = format!("content:\n  {media_type}:\n{}", indent_lines(&indent_lines(media)));
            format!("requestBody:\n{}", indent_lines(&format!("required: {required}\n{content}")))
        };
        match self.place {
            Place::Path => parameter("path", "value"),
            Place::Query => parameter("query", "value"),
            Place::Header => parameter("header", "X-Value"),
            Place::FormPart => body(true, "multipart/form-data", &format!("{object}{encoding}")),
            Place::FormField => {
                body(true, "application/x-www-form-urlencoded", &format!("{object}{encoding}"))
            }
            Place::JsonProperty => body(true, "application/json", &object),
            Place::JsonBody => body(required, "application/json", &schema),
            Place::ResponseProperty | Place::ResponseBody | Place::ResponseHeader => String::new(),
        }
    }

    fn response(&self) -> String {
        let json = |schema: &str| {
            let media = indent_lines(&format!("application/json:\n{}", indent_lines(schema)));
            format!("'200':\n{}", indent_lines(&format!("description: Fine.\ncontent:\n{media}")))
        };
        match self.place {
            Place::ResponseProperty => {
                json(&format!("schema:\n{}", indent_lines(&self.object_schema_yaml())))
            }
            Place::ResponseBody => json(&format!("schema: {}\n", self.schema())),
            Place::ResponseHeader => {
                let header = format!("X-Value:\n  schema: {}\n", self.schema());
                let header = format!("description: Fine.\nheaders:\n{}", indent_lines(&header));
                format!("'204':\n{}", indent_lines(&header))
            }
            _ => "'204': {description: Fine.}\n".to_owned(),
        }
    }

    /// Returns the refusals that are expected for the document of this case. If there are none, a client has to be
    /// generated.
    pub fn expected_refusals(&self) -> Vec<ExpectedRefusal> {
        // Response headers are never refused, because a client passes them on without parsing them.
        if self.place == Place::ResponseHeader {
            return Vec::new();
        }
        let required = (self.place == Place::Path && !self.required)
            .then_some(("path-parameter-required", "required: false"));
        let marker = self.refused_key();
        let style = match self.place {
            Place::Path | Place::Query | Place::Header => {
                marker.map(|marker| ("parameter-unsupported", marker))
            }
            _ => marker.map(|marker| ("key-unsupported", marker)),
        };
        required.into_iter().chain(self.kind.refusal).chain(style).collect()
    }

    /// Returns the YAML key, such as `style:`, at which a rule has to refuse the document. The rule refuses it if the
    /// specifications do not say exactly how the values are serialized; if they do, the result is `None`.
    fn refused_key(&self) -> Option<&'static str> {
        let ((style, explode), structure) = (self.effective_style_and_explode(), self.kind.structure);
        let is_file = matches!(structure, ValueStructure::File | ValueStructure::Files);
        match (self.place, self.serialization) {
            // A field of a URL-encoded form cannot have a file, so a `contentType` for a file is refused.
            (Place::FormField, Serialization::Json) => return is_file.then_some("contentType:"),
            // A list of lists is refused: OpenAPI leaves open whether such a list is sent as a part for each inner
            // list, or as a part for each item of an inner list.
            (Place::FormPart, Serialization::Json) => {
                return (structure == ValueStructure::ListOfLists).then_some("contentType:");
            }
            // A list is sent as a text part for each item. A text part can be neither null nor a list, so lists with
            // such items are refused.
            (Place::FormPart, _) => {
                return matches!(structure, ValueStructure::ListOfLists | ValueStructure::ListWithNulls)
                    .then_some("value:");
            }
            (
                Place::Path | Place::Query | Place::Header | Place::FormField,
                Serialization::Default | Serialization::Style(..),
            ) => {}
            _ => return None,
        }
        // Whether OpenAPI's table of styles defines a unique serialization for values of this structure in this style.
        let has_unique_serialization = match (style, structure) {
            // In a URL-encoded form, the serialization of an object is ambiguous: the default of `contentType` makes it
            // JSON, and the default of `style` makes it several fields.
            ("form", ValueStructure::TextObject) => self.place != Place::FormField,
            (
                "simple" | "matrix" | "form",
                ValueStructure::Text | ValueStructure::TextList | ValueStructure::TextObject,
            ) => true,
            // Without `explode`, the serialization is ambiguous: OpenAPI's table writes a list as `.a.b`, but RFC 6570
            // writes it as `.a,b`.
            ("label", ValueStructure::TextList | ValueStructure::TextObject) => explode,
            ("label", ValueStructure::Text) => true,
            ("spaceDelimited" | "pipeDelimited", ValueStructure::TextList) => !explode,
            ("deepObject", ValueStructure::TextObject) => explode,
            _ => false,
        };
        let is_at_style = style == "deepObject" && self.kind.name.starts_with("list_");
        match (self.place, self.serialization) {
            _ if has_unique_serialization => None,
            (Place::FormField, Serialization::Style(..)) => Some("style:"),
            (Place::FormField, _) => Some("value:"),
            _ => Some(if is_at_style { "style:" } else { "schema:" }),
        }
    }

    /// Returns the sample values of the kind that can be sent or received in the place of this case.
    pub fn samples(&self) -> Vec<Sample> {
        let mut samples = self.kind.samples.clone();
        let is_header = matches!(self.place, Place::Header | Place::ResponseHeader);
        let text = |sample: &Sample| match (self.serialization, sample) {
            (Serialization::Json, _) => sample.to_json().is_ascii(),
            (_, sample) => sample.is_valid_in_header(),
        };
        // Samples that the place cannot contain are left out: a header has printable ASCII characters only, and a
        // segment of a path cannot be empty.
        samples.retain(|sample| match self.place {
            _ if is_header => text(sample),
            Place::Path => *sample != Sample::Text("") || self.serialization == Serialization::Json,
            _ => true,
        });
        let is_json = matches!(
            self.place,
            Place::JsonProperty | Place::JsonBody | Place::ResponseProperty | Place::ResponseBody
        );
        if self.nullable && is_json {
            samples.push(Sample::Null);
        }
        samples
    }

    /// Returns the expected request target with a value in its path or query. `None` if the value cannot be serialized.
    pub fn expected_request_target(&self, sample: &Sample) -> Option<String> {
        let ((style, explode), id) = (self.effective_style_and_explode(), self.operation_id());
        let written = match (self.place, self.serialization) {
            (Place::Path, Serialization::Json) => Some(reference::percent_encode(&sample.to_json())),
            (Place::Path, _) => reference::serialize_path_parameter(style, explode, "value", sample),
            (_, Serialization::Json) => {
                Some(format!("value={}", reference::percent_encode(&sample.to_json())))
            }
            _ => reference::serialize_query_parameter(style, explode, "value", sample),
        };
        Some(match self.place {
            Place::Path => format!("/{id}/{}/end", written?),
            Place::Query => format!("/{id}?{}", written?),
            _ => format!("/{id}"),
        })
    }

    /// Returns the expected value of the header. `None` if the value cannot be serialized.
    pub fn expected_header_value(&self, sample: &Sample) -> Option<String> {
        match self.serialization {
            Serialization::Json => Some(sample.to_json()),
            _ => reference::serialize_header(self.effective_style_and_explode().1, sample),
        }
    }

    /// Returns the expected body of the URL-encoded form. `None` if the value cannot be serialized.
    pub fn expected_form_body(&self, sample: &Sample) -> Option<String> {
        let (style, explode) = self.effective_style_and_explode();
        let query = match self.serialization {
            Serialization::Json => Some(format!("value={}", reference::percent_encode(&sample.to_json()))),
            _ => reference::serialize_query_parameter(style, explode, "value", sample),
        };
        query.map(|query| reference::to_form_body(&query))
    }

    /// Returns a pair for each expected part of the multipart form. The first is the text of the part's headers,
    /// without the `content-disposition: form-data; ` at its start. The second is the part's value. By RFC 7578 and
    /// OpenAPI 3.0.3 (Encoding Object), text is `text/plain`, which is the default, objects are JSON, files are
    /// `application/octet-stream`, and each item of a list is a part.
    pub fn expected_parts(&self, sample: &Sample) -> Vec<(String, String)> {
        let json = "\r\ncontent-type: application/json";
        let part = |sample: &Sample| match (self.kind.structure, self.serialization, sample) {
            (ValueStructure::File | ValueStructure::Files, writing, Sample::Text(text)) => {
                let of = if writing == Serialization::Json {
                    json
                } else {
                    "\r\ncontent-type: application/octet-stream"
                };
                (format!("name=\"value\"; filename=\"a.bin\"{of}"), (*text).to_owned())
            }
            (
                ValueStructure::Text | ValueStructure::TextList,
                Serialization::Default,
                Sample::Text(text) | Sample::NumberOrBoolean(text),
            ) => ("name=\"value\"".to_owned(), (*text).to_owned()),
            _ => (format!("name=\"value\"{json}"), sample.to_json()),
        };
        match sample {
            Sample::List(items) if self.kind.name.starts_with("list_") => items.iter().map(part).collect(),
            sample => vec![part(sample)],
        }
    }
}

/// Indents the lines of a text by two spaces.
fn indent_lines(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}

/// Makes the document with the operations of these cases, in YAML.
pub fn make_document_yaml<'a>(cases: impl IntoIterator<Item = &'a Case>) -> String {
    let items: String = cases.into_iter().map(|case| indent_lines(&case.path_item_yaml())).collect();
    format!("openapi: 3.0.3\ninfo: {{title: Matrix, version: '1'}}\npaths:\n{items}{COMPONENTS_YAML}")
}
