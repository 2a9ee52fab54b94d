//! The cases of the test matrix: every place of a value × every kind of value × every style × nullable × required. A
//! case is a document with one operation, together with the bytes that the specifications require its client to send.

pub mod names;
pub mod reference;
pub mod value_kinds;

use value_kinds::{COMPONENTS_YAML, ExpectedFinding, SampleValue, ValueKind, ValueStructure};

/// The part of a request or of a response in which a value is, like the path or a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ValuePlace {
    Path,
    Query,
    Header,
    /// A part of a multipart form.
    FormPart,
    /// A field of a URL-encoded form.
    FormField,
    /// A property of a JSON request body.
    RequestBodyProperty,
    /// A JSON request body.
    RequestBody,
    /// A property of a JSON response.
    ResponseBodyProperty,
    /// The JSON body of a response.
    ResponseBody,
    /// A header of a response.
    ResponseHeader,
}

/// All places where a tested value can be, like the path or the query, each with a prefix of module names. The clients
/// that are generated for a place are in modules whose names are the prefix and a number. For the query, for example,
/// the modules are `in_query_0`, `in_query_1`, ...
pub const PLACES_WITH_MODULE_PREFIXES: [(ValuePlace, &str); 10] = [
    (ValuePlace::Path, "in_path"),
    (ValuePlace::Query, "in_query"),
    (ValuePlace::Header, "in_header"),
    (ValuePlace::FormPart, "in_part"),
    (ValuePlace::FormField, "in_field"),
    (ValuePlace::RequestBodyProperty, "in_json"),
    (ValuePlace::RequestBody, "in_body"),
    (ValuePlace::ResponseBodyProperty, "in_response"),
    (ValuePlace::ResponseBody, "in_success"),
    (ValuePlace::ResponseHeader, "in_response_header"),
];

/// What the OpenAPI document of a test case says about the serialization of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeclaredSerialization {
    /// The document declares no serialization, so OpenAPI's default applies. It depends on where the value is sent
    /// (path, query, header …).
    Default,
    /// The document declares these values of `style` and `explode`.
    StyleAndExplode(&'static str, bool),
    /// The document declares that the value is sent as JSON: with the key `content` of a parameter, or with the key
    /// `contentType` of a form part.
    Json,
}

/// A test case: a document with one operation, which sends or receives one value.
#[derive(Clone, Debug)]
pub struct Case {
    pub place: ValuePlace,
    pub serialization: DeclaredSerialization,
    pub kind: ValueKind,
    pub nullable: bool,
    pub required: bool,
}

fn serializations(place: ValuePlace) -> Vec<DeclaredSerialization> {
    let styles: &[&'static str] = match place {
        ValuePlace::Path => &["simple", "label", "matrix"],
        ValuePlace::Query | ValuePlace::FormField => {
            &["form", "spaceDelimited", "pipeDelimited", "deepObject"]
        }
        ValuePlace::Header => &["simple"],
        _ => &[],
    };
    let has_json = matches!(
        place,
        ValuePlace::Path
            | ValuePlace::Query
            | ValuePlace::Header
            | ValuePlace::FormPart
            | ValuePlace::FormField
    );
    let styled = styles.iter().flat_map(|style| {
        [false, true].map(|explode| DeclaredSerialization::StyleAndExplode(style, explode))
    });
    let json = has_json.then_some(DeclaredSerialization::Json);
    std::iter::once(DeclaredSerialization::Default).chain(styled).chain(json).collect()
}

/// Returns all test cases, in groups. The cases in a group differ only in `nullable` and `required`.
fn build_all_case_groups() -> Vec<Vec<Case>> {
    let mut all = Vec::new();
    for (place, _) in PLACES_WITH_MODULE_PREFIXES {
        for serialization in serializations(place) {
            for kind in value_kinds::build_all_value_kinds() {
                let mut cases = Vec::new();
                for (nullable, required) in [(false, true), (false, false), (true, true), (true, false)] {
                    // For a value in a response body or a response header, `required` does not change the OpenAPI
                    // document of the case. So there are only cases with `required` for such a value.
                    let is_distinct_document =
                        required || !matches!(place, ValuePlace::ResponseBody | ValuePlace::ResponseHeader);
                    // A schema whose enum contains null is always nullable, so it only has cases with `nullable`.
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

/// Returns the cases to test: all cases with `PARTNER_MATRIX=whole`, otherwise a sample. The sample has one case of
/// each group from `build_all_case_groups` that uses OpenAPI's default serialization. Of the other groups, about a
/// fifth are in the sample, with one case each.
pub fn select_cases() -> Vec<Case> {
    let all = build_all_case_groups();
    if std::env::var("PARTNER_MATRIX").is_ok_and(|what| what == "whole") {
        return all.into_iter().flatten().collect();
    }
    let sampled = |(index, mut cases): (usize, Vec<Case>)| {
        let is_sampled = cases[0].serialization == DeclaredSerialization::Default || index.is_multiple_of(5);
        is_sampled.then(|| cases.swap_remove(index % cases.len()))
    };
    all.into_iter().enumerate().filter_map(sampled).collect()
}

impl Case {
    /// Returns the operationId, which is also the first segment of the operation's path.
    pub fn operation_id(&self) -> String {
        let (_, place) = PLACES_WITH_MODULE_PREFIXES[self.place as usize];
        let writing = match self.serialization {
            DeclaredSerialization::Default => String::new(),
            DeclaredSerialization::StyleAndExplode(style, explode) => {
                let style = style.to_ascii_lowercase();
                format!("_{style}{}", if explode { "_exploded" } else { "" })
            }
            DeclaredSerialization::Json => "_as_json".to_owned(),
        };
        let nullable = if self.nullable { "_nullable" } else { "" };
        let required = if self.required { "" } else { "_optional" };
        format!("{place}{writing}_{}{nullable}{required}", self.kind.name)
    }

    /// Returns the `style` and `explode` that apply to the value. If the document does not declare them, these are the
    /// defaults of OpenAPI 3.0.3 (Parameter Object and Encoding Object).
    fn effective_style_and_explode(&self) -> (&'static str, bool) {
        match (self.serialization, self.place) {
            (DeclaredSerialization::StyleAndExplode(style, explode), _) => (style, explode),
            (_, ValuePlace::Query | ValuePlace::FormField) => ("form", true),
            _ => ("simple", false),
        }
    }

    fn schema(&self) -> String {
        let is_plain = !self.nullable || self.kind.schema_yaml.contains(", null]");
        format!("{{{}{}}}", self.kind.schema_yaml, if is_plain { "" } else { ", nullable: true" })
    }

    /// Returns the path item with the operation, in YAML.
    fn build_path_item_yaml(&self) -> String {
        let id = self.operation_id();
        let is_sent = matches!(
            self.place,
            ValuePlace::FormPart
                | ValuePlace::FormField
                | ValuePlace::RequestBodyProperty
                | ValuePlace::RequestBody
        );
        let operation =
            format!("operationId: {id}\n{}responses:\n{}", self.request(), indent_lines(&self.response()));
        let value = if self.place == ValuePlace::Path { "/{value}/end" } else { "" };
        let method = if is_sent { "post" } else { "get" };
        format!("/{id}{value}:\n{}", indent_lines(&format!("{method}:\n{}", indent_lines(&operation))))
    }

    /// Returns the schema of an object, in YAML. The tested value is the only property of the object.
    fn build_object_schema_yaml(&self) -> String {
        let required = if self.required { "required: [value]\n" } else { "" };
        format!("type: object\n{required}properties:\n  value: {}\n", self.schema())
    }

    fn request(&self) -> String {
        let schema = format!("schema: {}\n", self.schema());
        let object = format!("schema:\n{}", indent_lines(&self.build_object_schema_yaml()));
        let (content, encoding) = match self.serialization {
            DeclaredSerialization::Default => (schema.clone(), String::new()),
            DeclaredSerialization::StyleAndExplode(style, explode) => {
                let style = format!("style: {style}\nexplode: {explode}\n");
                (format!("{style}{schema}"), style)
            }
            DeclaredSerialization::Json => {
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
            ValuePlace::Path => parameter("path", "value"),
            ValuePlace::Query => parameter("query", "value"),
            ValuePlace::Header => parameter("header", "X-Value"),
            ValuePlace::FormPart => body(true, "multipart/form-data", &format!("{object}{encoding}")),
            ValuePlace::FormField => {
                body(true, "application/x-www-form-urlencoded", &format!("{object}{encoding}"))
            }
            ValuePlace::RequestBodyProperty => body(true, "application/json", &object),
            ValuePlace::RequestBody => body(required, "application/json", &schema),
            ValuePlace::ResponseBodyProperty | ValuePlace::ResponseBody | ValuePlace::ResponseHeader => {
                String::new()
            }
        }
    }

    fn response(&self) -> String {
        let json = |schema: &str| {
            let media = indent_lines(&format!("application/json:\n{}", indent_lines(schema)));
            format!("'200':\n{}", indent_lines(&format!("description: Fine.\ncontent:\n{media}")))
        };
        match self.place {
            ValuePlace::ResponseBodyProperty => {
                json(&format!("schema:\n{}", indent_lines(&self.build_object_schema_yaml())))
            }
            ValuePlace::ResponseBody => json(&format!("schema: {}\n", self.schema())),
            ValuePlace::ResponseHeader => {
                let header = format!("X-Value:\n  schema: {}\n", self.schema());
                let header = format!("description: Fine.\nheaders:\n{}", indent_lines(&header));
                format!("'204':\n{}", indent_lines(&header))
            }
            _ => "'204': {description: Fine.}\n".to_owned(),
        }
    }

    /// Returns the findings that the rules must report for the document of this case. If there are none, a client must
    /// be generated.
    pub fn expected_findings(&self) -> Vec<ExpectedFinding> {
        // A response header never leads to a finding, because a client passes it on without parsing it.
        if self.place == ValuePlace::ResponseHeader {
            return Vec::new();
        }
        let required = (self.place == ValuePlace::Path && !self.required)
            .then_some(("path-parameter-required", "required: false"));
        let marker = self.expected_finding_key();
        let style = match self.place {
            ValuePlace::Path | ValuePlace::Query | ValuePlace::Header => {
                marker.map(|marker| ("parameter-unsupported", marker))
            }
            _ => marker.map(|marker| ("key-unsupported", marker)),
        };
        required.into_iter().chain(self.kind.expected_finding).chain(style).collect()
    }

    /// Returns the YAML key, such as `style:`, at which a rule must report that the serialization of the value is not
    /// supported. Returns `None` if the specifications say exactly how the value is serialized.
    fn expected_finding_key(&self) -> Option<&'static str> {
        let ((style, explode), structure) = (self.effective_style_and_explode(), self.kind.structure);
        let is_file = matches!(structure, ValueStructure::File | ValueStructure::FileList);
        match (self.place, self.serialization) {
            // A field of a URL-encoded form cannot contain a file. So if the value is a file, a rule reports an error
            // at its key `contentType`.
            (ValuePlace::FormField, DeclaredSerialization::Json) => return is_file.then_some("contentType:"),
            // If the value is a list of lists, a rule reports an error, because OpenAPI does not say what becomes a
            // part of the form: each inner list, or each item of an inner list.
            (ValuePlace::FormPart, DeclaredSerialization::Json) => {
                return (structure == ValueStructure::ListOfLists).then_some("contentType:");
            }
            // Each item of a list is sent as the plain text of a part of the form. Neither null nor a list can be sent
            // as plain text, so a rule reports a list whose items can be null or lists.
            (ValuePlace::FormPart, _) => {
                return matches!(
                    structure,
                    ValueStructure::ListOfLists | ValueStructure::ListOfNullableStrings
                )
                .then_some("value:");
            }
            (
                ValuePlace::Path | ValuePlace::Query | ValuePlace::Header | ValuePlace::FormField,
                DeclaredSerialization::Default | DeclaredSerialization::StyleAndExplode(..),
            ) => {}
            _ => return None,
        }
        // Whether OpenAPI's table of styles defines a unique serialization for values of this structure in this style.
        let has_unique_serialization = match (style, structure) {
            // In a URL-encoded form, OpenAPI does not say how an object is serialized: as JSON, which is the default of
            // `contentType`, or as several fields, which is the default of `style`.
            ("form", ValueStructure::ScalarObject) => self.place != ValuePlace::FormField,
            (
                "simple" | "matrix" | "form",
                ValueStructure::Scalar | ValueStructure::ScalarList | ValueStructure::ScalarObject,
            ) => true,
            // Without `explode`, the serialization is ambiguous: a list is `.a.b` in the table of the OpenAPI
            // specification, but `.a,b` in RFC 6570.
            ("label", ValueStructure::ScalarList | ValueStructure::ScalarObject) => explode,
            ("label", ValueStructure::Scalar) => true,
            ("spaceDelimited" | "pipeDelimited", ValueStructure::ScalarList) => !explode,
            ("deepObject", ValueStructure::ScalarObject) => explode,
            _ => false,
        };
        let is_at_style = style == "deepObject" && self.kind.name.starts_with("list_");
        match (self.place, self.serialization) {
            _ if has_unique_serialization => None,
            (ValuePlace::FormField, DeclaredSerialization::StyleAndExplode(..)) => Some("style:"),
            (ValuePlace::FormField, _) => Some("value:"),
            _ => Some(if is_at_style { "style:" } else { "schema:" }),
        }
    }

    /// Returns the sample values that can be sent in this test case. For example, a case about a header has no sample
    /// with a line break, because headers cannot contain line breaks.
    pub fn sendable_samples(&self) -> Vec<SampleValue> {
        let mut samples = self.kind.samples.clone();
        let is_header = matches!(self.place, ValuePlace::Header | ValuePlace::ResponseHeader);
        let text = |sample: &SampleValue| match (self.serialization, sample) {
            (DeclaredSerialization::Json, _) => sample.to_json().is_ascii(),
            (_, sample) => sample.is_valid_in_header(),
        };
        // Values that cannot be sent in the place of this test case are left out. A header has printable ASCII
        // characters only, and a segment of a path cannot be empty.
        samples.retain(|sample| match self.place {
            _ if is_header => text(sample),
            ValuePlace::Path => {
                *sample != SampleValue::Text("") || self.serialization == DeclaredSerialization::Json
            }
            _ => true,
        });
        let is_json = matches!(
            self.place,
            ValuePlace::RequestBodyProperty
                | ValuePlace::RequestBody
                | ValuePlace::ResponseBodyProperty
                | ValuePlace::ResponseBody
        );
        if self.nullable && is_json {
            samples.push(SampleValue::Null);
        }
        samples
    }

    /// Returns the expected target (path and query) of a request that sends the value `sample`. Returns `None` if the
    /// value cannot be serialized.
    pub fn expected_request_target(&self, sample: &SampleValue) -> Option<String> {
        let ((style, explode), id) = (self.effective_style_and_explode(), self.operation_id());
        let written = match (self.place, self.serialization) {
            (ValuePlace::Path, DeclaredSerialization::Json) => {
                Some(reference::percent_encode(&sample.to_json()))
            }
            (ValuePlace::Path, _) => reference::serialize_path_parameter(style, explode, "value", sample),
            (_, DeclaredSerialization::Json) => {
                Some(format!("value={}", reference::percent_encode(&sample.to_json())))
            }
            _ => reference::serialize_query_parameter(style, explode, "value", sample),
        };
        Some(match self.place {
            ValuePlace::Path => format!("/{id}/{}/end", written?),
            ValuePlace::Query => format!("/{id}?{}", written?),
            _ => format!("/{id}"),
        })
    }

    /// Returns the text that a header with the value `sample` is expected to have; `None` if the value cannot be
    /// serialized.
    pub fn expected_header_value(&self, sample: &SampleValue) -> Option<String> {
        match self.serialization {
            DeclaredSerialization::Json => Some(sample.to_json()),
            _ => reference::serialize_header(self.effective_style_and_explode().1, sample),
        }
    }

    /// Returns the expected body of a request that sends the value `sample` in a URL-encoded form; `None` if the value
    /// cannot be serialized.
    pub fn expected_form_body(&self, sample: &SampleValue) -> Option<String> {
        let (style, explode) = self.effective_style_and_explode();
        let query = match self.serialization {
            DeclaredSerialization::Json => {
                Some(format!("value={}", reference::percent_encode(&sample.to_json())))
            }
            _ => reference::serialize_query_parameter(style, explode, "value", sample),
        };
        query.map(|query| reference::to_form_body(&query))
    }

    /// Returns the expected parts of a multipart form that contains the value `sample`. For each part, returns its
    /// headers and its value. The text `content-disposition: form-data; `, with which all headers begin, is left out.
    ///
    /// The content types are those of RFC 7578 and OpenAPI 3.0.3 (Encoding Object): `text/plain` for text (the default,
    /// without a header), JSON for objects, and `application/octet-stream` for files. Each item of a list is a separate
    /// part.
    pub fn expected_form_parts(&self, sample: &SampleValue) -> Vec<(String, String)> {
        let json = "\r\ncontent-type: application/json";
        let part = |sample: &SampleValue| match (self.kind.structure, self.serialization, sample) {
            (ValueStructure::File | ValueStructure::FileList, writing, SampleValue::Text(text)) => {
                let of = if writing == DeclaredSerialization::Json {
                    json
                } else {
                    "\r\ncontent-type: application/octet-stream"
                };
                (format!("name=\"value\"; filename=\"a.bin\"{of}"), (*text).to_owned())
            }
            (
                ValueStructure::Scalar | ValueStructure::ScalarList,
                DeclaredSerialization::Default,
                SampleValue::Text(text) | SampleValue::NumberOrBoolean(text),
            ) => ("name=\"value\"".to_owned(), (*text).to_owned()),
            _ => (format!("name=\"value\"{json}"), sample.to_json()),
        };
        match sample {
            SampleValue::List(items) if self.kind.name.starts_with("list_") => {
                items.iter().map(part).collect()
            }
            sample => vec![part(sample)],
        }
    }
}

/// Indents the lines of a text by two spaces.
fn indent_lines(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}

/// Builds a document, in YAML, with the operations of these cases.
pub fn build_document_yaml<'a>(cases: impl IntoIterator<Item = &'a Case>) -> String {
    let items: String = cases.into_iter().map(|case| indent_lines(&case.build_path_item_yaml())).collect();
    format!("openapi: 3.0.3\ninfo: {{title: Matrix, version: '1'}}\npaths:\n{items}{COMPONENTS_YAML}")
}
