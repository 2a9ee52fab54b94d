//! The cases of the matrix: every place of a value × every kind of value × every style × nullable × required. A case is a
//! document with one operation, and what the specifications say that its client sends.

pub mod kinds;
pub mod names;
pub mod reference;

use kinds::{COMPONENTS, Kind, Refusal, Sample, Shape};

/// The place of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Path,
    Query,
    Header,
    /// A part of a multipart form.
    Part,
    /// A field of an URL-encoded form.
    Field,
    /// A property of a JSON request body.
    JsonField,
    /// A JSON request body.
    Body,
    /// A property of a JSON response.
    ResponseField,
    /// A JSON response.
    ResponseBody,
    /// A header of a response.
    ResponseHeader,
}

/// All places, each with the name of the module that has its client.
pub const PLACES: [(Place, &str); 10] = [
    (Place::Path, "in_path"),
    (Place::Query, "in_query"),
    (Place::Header, "in_header"),
    (Place::Part, "in_part"),
    (Place::Field, "in_field"),
    (Place::JsonField, "in_json"),
    (Place::Body, "in_body"),
    (Place::ResponseField, "in_response"),
    (Place::ResponseBody, "in_success"),
    (Place::ResponseHeader, "in_response_header"),
];

/// How the document says that a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// The document says nothing.
    Default,
    /// `style` and `explode`.
    Style(&'static str, bool),
    /// JSON: `content` of a parameter, or `contentType` of a part.
    Json,
}

/// One case.
#[derive(Clone, Debug)]
pub struct Case {
    pub place: Place,
    pub writing: Writing,
    pub kind: Kind,
    pub nullable: bool,
    pub required: bool,
}

fn writings(place: Place) -> Vec<Writing> {
    let styles: &[&'static str] = match place {
        Place::Path => &["simple", "label", "matrix"],
        Place::Query | Place::Field => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        Place::Header => &["simple"],
        _ => &[],
    };
    let has_json = matches!(place, Place::Path | Place::Query | Place::Header | Place::Part | Place::Field);
    let styled = styles.iter().flat_map(|style| [false, true].map(|explode| Writing::Style(style, explode)));
    let json = has_json.then_some(Writing::Json);
    std::iter::once(Writing::Default).chain(styled).chain(json).collect()
}

/// All cases; those that differ in `nullable` and `required` alone are together.
fn all() -> Vec<Vec<Case>> {
    let mut all = Vec::new();
    for (place, _) in PLACES {
        for writing in writings(place) {
            for kind in kinds::kinds() {
                let mut cases = Vec::new();
                for (nullable, required) in [(false, true), (false, false), (true, true), (true, false)] {
                    // A body is there or not, whatever its schema says.
                    let has_presence =
                        required || !matches!(place, Place::ResponseBody | Place::ResponseHeader);
                    // Some schemas allow null by themselves.
                    if has_presence && (nullable || !kind.schema.contains(", null]")) {
                        cases.push(Case { place, writing, kind: kind.clone(), nullable, required });
                    }
                }
                all.push(cases);
            }
        }
    }
    all
}

/// The cases to test: all of them with `PARTNER_MATRIX=whole`, else a sample that has every kind in every place, and every
/// style with a fifth of the kinds.
pub fn chosen() -> Vec<Case> {
    let all = all();
    if std::env::var("PARTNER_MATRIX").is_ok_and(|what| what == "whole") {
        return all.into_iter().flatten().collect();
    }
    let sampled = |(index, mut cases): (usize, Vec<Case>)| {
        let is_sampled = cases[0].writing == Writing::Default || index.is_multiple_of(5);
        is_sampled.then(|| cases.swap_remove(index % cases.len()))
    };
    all.into_iter().enumerate().filter_map(sampled).collect()
}

impl Case {
    /// The operationId, which is also the first segment of the path.
    pub fn id(&self) -> String {
        let (_, place) = PLACES[self.place as usize];
        let writing = match self.writing {
            Writing::Default => String::new(),
            Writing::Style(style, explode) => {
                let style = style.to_ascii_lowercase();
                format!("_{style}{}", if explode { "_exploded" } else { "" })
            }
            Writing::Json => "_as_json".to_owned(),
        };
        let nullable = if self.nullable { "_nullable" } else { "" };
        let required = if self.required { "" } else { "_optional" };
        format!("{place}{writing}_{}{nullable}{required}", self.kind.name)
    }

    /// The style and `explode`, where nothing else is said (OpenAPI 3.0.3, Parameter Object and Encoding Object).
    fn style(&self) -> (&'static str, bool) {
        match (self.writing, self.place) {
            (Writing::Style(style, explode), _) => (style, explode),
            (_, Place::Query | Place::Field) => ("form", true),
            _ => ("simple", false),
        }
    }

    fn schema(&self) -> String {
        let is_plain = !self.nullable || self.kind.schema.contains(", null]");
        format!("{{{}{}}}", self.kind.schema, if is_plain { "" } else { ", nullable: true" })
    }

    /// The path item in YAML.
    fn path_item(&self) -> String {
        let id = self.id();
        let is_sent = matches!(self.place, Place::Part | Place::Field | Place::JsonField | Place::Body);
        let operation =
            format!("operationId: {id}\n{}responses:\n{}", self.request(), indented(&self.response()));
        let value = if self.place == Place::Path { "/{value}/end" } else { "" };
        let method = if is_sent { "post" } else { "get" };
        format!("/{id}{value}:\n{}", indented(&format!("{method}:\n{}", indented(&operation))))
    }

    /// The object that has the value as a property.
    fn object(&self) -> String {
        let required = if self.required { "required: [value]\n" } else { "" };
        format!("type: object\n{required}properties:\n  value: {}\n", self.schema())
    }

    fn request(&self) -> String {
        let schema = format!("schema: {}\n", self.schema());
        let object = format!("schema:\n{}", indented(&self.object()));
        let (content, encoding) = match self.writing {
            Writing::Default => (schema.clone(), String::new()),
            Writing::Style(style, explode) => {
                let style = format!("style: {style}\nexplode: {explode}\n");
                (format!("{style}{schema}"), style)
            }
            Writing::Json => {
                let content = format!("content:\n  application/json:\n    {schema}");
                (content, "contentType: application/json\n".to_owned())
            }
        };
        let encoding = match encoding.as_str() {
            "" => String::new(),
            encoding => format!("encoding:\n  value:\n{}", indented(&indented(encoding))),
        };
        let required = self.required;
        let parameter = |place: &str, name: &str| {
            let parameter = format!("name: {name}\nin: {place}\nrequired: {required}\n{content}");
            format!("parameters:\n  -\n{}", indented(&indented(&parameter)))
        };
        let body = |required: bool, media_type: &str, media: &str| {
            let content = format!("content:\n  {media_type}:\n{}", indented(&indented(media)));
            format!("requestBody:\n{}", indented(&format!("required: {required}\n{content}")))
        };
        match self.place {
            Place::Path => parameter("path", "value"),
            Place::Query => parameter("query", "value"),
            Place::Header => parameter("header", "X-Value"),
            Place::Part => body(true, "multipart/form-data", &format!("{object}{encoding}")),
            Place::Field => body(true, "application/x-www-form-urlencoded", &format!("{object}{encoding}")),
            Place::JsonField => body(true, "application/json", &object),
            Place::Body => body(required, "application/json", &schema),
            Place::ResponseField | Place::ResponseBody | Place::ResponseHeader => String::new(),
        }
    }

    fn response(&self) -> String {
        let json = |schema: &str| {
            let media = indented(&format!("application/json:\n{}", indented(schema)));
            format!("'200':\n{}", indented(&format!("description: Fine.\ncontent:\n{media}")))
        };
        match self.place {
            Place::ResponseField => json(&format!("schema:\n{}", indented(&self.object()))),
            Place::ResponseBody => json(&format!("schema: {}\n", self.schema())),
            Place::ResponseHeader => {
                let header = format!("X-Value:\n  schema: {}\n", self.schema());
                let header = format!("description: Fine.\nheaders:\n{}", indented(&header));
                format!("'204':\n{}", indented(&header))
            }
            _ => "'204': {description: Fine.}\n".to_owned(),
        }
    }

    /// What a client cannot honour in the document of this case; empty where a client has to be generated.
    pub fn refusals(&self) -> Vec<Refusal> {
        // OpenAPI describes headers of responses, and a client passes all of them on.
        if self.place == Place::ResponseHeader {
            return Vec::new();
        }
        let required = (self.place == Place::Path && !self.required)
            .then_some(("path-parameter-required", "required: false"));
        let marker = self.unwritable();
        let style = match self.place {
            Place::Path | Place::Query | Place::Header => {
                marker.map(|marker| ("parameter-unsupported", marker))
            }
            _ => marker.map(|marker| ("key-unsupported", marker)),
        };
        required.into_iter().chain(self.kind.refused).chain(style).collect()
    }

    /// The key that says that the values are written in a way that has not one meaning.
    fn unwritable(&self) -> Option<&'static str> {
        let ((style, explode), shape) = (self.style(), self.kind.shape);
        let is_file = matches!(shape, Shape::File | Shape::Files);
        match (self.place, self.writing) {
            // No field has a file.
            (Place::Field, Writing::Json) => return is_file.then_some("contentType:"),
            // Whether each list in a list is a part, or each of its items, is not said.
            (Place::Part, Writing::Json) => return (shape == Shape::Lists).then_some("contentType:"),
            // No part of text is null.
            (Place::Part, _) => return matches!(shape, Shape::Lists | Shape::Gaps).then_some("value:"),
            (
                Place::Path | Place::Query | Place::Header | Place::Field,
                Writing::Default | Writing::Style(..),
            ) => {}
            _ => return None,
        }
        // The rows of OpenAPI's table of styles that have one meaning.
        let has_meaning = match (style, shape) {
            // An object in a form is JSON by the default of `contentType`, and several fields by that of `style`.
            ("form", Shape::Object) => self.place != Place::Field,
            ("simple" | "matrix" | "form", Shape::Text | Shape::List | Shape::Object) => true,
            // The table writes a list as `.a.b`, and RFC 6570 as `.a,b`.
            ("label", Shape::List | Shape::Object) => explode,
            ("label", Shape::Text) => true,
            ("spaceDelimited" | "pipeDelimited", Shape::List) => !explode,
            ("deepObject", Shape::Object) => explode,
            _ => false,
        };
        let is_at_style = style == "deepObject" && self.kind.name.starts_with("list_");
        match (self.place, self.writing) {
            _ if has_meaning => None,
            (Place::Field, Writing::Style(..)) => Some("style:"),
            (Place::Field, _) => Some("value:"),
            _ => Some(if is_at_style { "style:" } else { "schema:" }),
        }
    }

    /// The values to send or receive in this place.
    pub fn samples(&self) -> Vec<Sample> {
        let mut samples = self.kind.samples.clone();
        let is_header = matches!(self.place, Place::Header | Place::ResponseHeader);
        let text = |sample: &Sample| match (self.writing, sample) {
            (Writing::Json, _) => sample.json().is_ascii(),
            (_, sample) => sample.fits_header(),
        };
        // Neither can a segment of a path be empty.
        samples.retain(|sample| match self.place {
            _ if is_header => text(sample),
            Place::Path => *sample != Sample::Text("") || self.writing == Writing::Json,
            _ => true,
        });
        let is_json =
            matches!(self.place, Place::JsonField | Place::Body | Place::ResponseField | Place::ResponseBody);
        if self.nullable && is_json {
            samples.push(Sample::Null);
        }
        samples
    }

    /// The request target with a value: all that is sent of a path or query parameter.
    pub fn target(&self, sample: &Sample) -> Option<String> {
        let ((style, explode), id) = (self.style(), self.id());
        let written = match (self.place, self.writing) {
            (Place::Path, Writing::Json) => Some(reference::encode(&sample.json())),
            (Place::Path, _) => reference::in_path(style, explode, "value", sample),
            (_, Writing::Json) => Some(format!("value={}", reference::encode(&sample.json()))),
            _ => reference::in_query(style, explode, "value", sample),
        };
        Some(match self.place {
            Place::Path => format!("/{id}/{}/end", written?),
            Place::Query => format!("/{id}?{}", written?),
            _ => format!("/{id}"),
        })
    }

    /// The value of the header.
    pub fn header(&self, sample: &Sample) -> Option<String> {
        match self.writing {
            Writing::Json => Some(sample.json()),
            _ => reference::in_header(self.style().1, sample),
        }
    }

    /// The body of the URL-encoded form.
    pub fn form(&self, sample: &Sample) -> Option<String> {
        let (style, explode) = self.style();
        let query = match self.writing {
            Writing::Json => Some(format!("value={}", reference::encode(&sample.json()))),
            _ => reference::in_query(style, explode, "value", sample),
        };
        query.map(|query| reference::form(&query))
    }

    /// The parts of the multipart form: the headers of each without `content-disposition: form-data`, and its value (RFC
    /// 7578; OpenAPI 3.0.3, Encoding Object: text is `text/plain`, which is the default of RFC 7578, objects are JSON, files
    /// are `application/octet-stream`, and of a list each item is a part).
    pub fn parts(&self, sample: &Sample) -> Vec<(String, String)> {
        let json = "\r\ncontent-type: application/json";
        let part = |sample: &Sample| match (self.kind.shape, self.writing, sample) {
            (Shape::File | Shape::Files, writing, Sample::Text(text)) => {
                let of = if writing == Writing::Json {
                    json
                } else {
                    "\r\ncontent-type: application/octet-stream"
                };
                (format!("name=\"value\"; filename=\"a.bin\"{of}"), (*text).to_owned())
            }
            (Shape::Text | Shape::List, Writing::Default, Sample::Text(text) | Sample::Literal(text)) => {
                ("name=\"value\"".to_owned(), (*text).to_owned())
            }
            _ => (format!("name=\"value\"{json}"), sample.json()),
        };
        match sample {
            Sample::List(items) if self.kind.name.starts_with("list_") => items.iter().map(part).collect(),
            sample => vec![part(sample)],
        }
    }
}

/// The lines of a text, two spaces further to the right.
fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}

/// The document with the operations of the cases.
pub fn document<'a>(cases: impl IntoIterator<Item = &'a Case>) -> String {
    let items: String = cases.into_iter().map(|case| indented(&case.path_item())).collect();
    format!("openapi: 3.0.3\ninfo: {{title: Matrix, version: '1'}}\npaths:\n{items}{COMPONENTS}")
}
