//! Words that are difficult as names, because Rust, its prelude, the runtime or generated code use them. Each word is
//! tested in every role: as the name of an operation, of a parameter, of a schema, and so on.

use super::indent_lines;

/// Words that are difficult as names, in three lists: the keywords of all editions of Rust, the names of the prelude,
/// and the names of the runtime and of generated modules. Spaces separate the words of a list.
const DIFFICULT_WORD_LISTS: [&str; 3] = [
    "\
    abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen \
    if impl in let loop macro match mod move mut override priv pub raw ref return safe self Self static struct \
    super trait true try type typeof union unsafe unsized use virtual where while yield macro_rules auto default \
    _ __ 1st x1st a-b a.b A aB",
    "\
    Option Some None Result Ok Err Vec String Box Send Sync Copy Clone Default Debug Display Drop Fn FnOnce From \
    Into Iterator IntoIterator IntoFuture Future ToString try_into ToOwned AsRef PartialEq Eq Ord Hash Sized \
    Unpin str bool char i64 u8 f64 usize std alloc vec format println panic assert include concat env stringify \
    compile_error",
    "\
    core client Client ClientBuilder calls Call operations OPERATIONS API Api Response response Error error \
    errors failure Failure types builder build credentials environment Environment request Request send call \
    options timeout retry header headers header_map body Body form Form form_data url value Value path query \
    text accept finish name key new extra KNOWN as_str from_wire to_json wire write read reader writer Choice \
    Unrecognized Upload Decimal Json JsonObject Page Pages items pages Wait Token Login Credential Operation \
    transport Transport plumbing prelude partner_runtime serde serde_json schemars JsonSchema exact reqwest http \
    bytes chrono uuid encode_path __request baseurl exec inner pre post of at raw_call arguments this id kind",
];

/// Returns all words that are tested as names.
pub fn list_tested_words() -> impl Iterator<Item = &'static str> {
    DIFFICULT_WORD_LISTS.iter().flat_map(|words| words.split_whitespace()).chain(["x y"])
}

/// The role of a tested word in an OpenAPI document: the kind of item that has the word as its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordRole {
    Operation,
    Page,
    PathParameter,
    QueryParameter,
    HeaderParameter,
    Part,
    FormField,
    Property,
    Schema,
    EnumValue,
    SecurityScheme,
    Environment,
}

/// All roles of the tested words. Each word is used as the name of an operation, of a parameter, of a schema and so on.
pub const ALL_WORD_ROLES: [WordRole; 12] = [
    WordRole::Operation,
    WordRole::Page,
    WordRole::PathParameter,
    WordRole::QueryParameter,
    WordRole::HeaderParameter,
    WordRole::Part,
    WordRole::FormField,
    WordRole::Property,
    WordRole::Schema,
    WordRole::EnumValue,
    WordRole::SecurityScheme,
    WordRole::Environment,
];

/// Returns the id of the rule that must report a document in which `word` has this role, like that of a property's
/// name. Returns `None` if a client can be generated from the document, so that no rule must report it.
pub fn find_expected_rule_id(role: WordRole, word: &str) -> Option<&'static str> {
    let has_letter = word.chars().any(|c| c.is_ascii_alphabetic());
    let is_one_of = |list: &str| list.split_whitespace().any(|listed| listed == word);
    let is_argument = is_one_of(
        "body Body call Call client Client core encode_path form Form header header_map operation Operation options \
         retry send Send timeout",
    );
    let is_refused = match role {
        WordRole::Page => false,
        WordRole::Operation => is_one_of(
            "at baseurl builder client Client clone Clone exec inner Into new of post pre raw try_into",
        ),
        WordRole::HeaderParameter if word == "accept" || word == "x y" => {
            return Some("parameter-unsupported");
        }
        WordRole::PathParameter | WordRole::QueryParameter | WordRole::HeaderParameter => is_argument,
        WordRole::Part | WordRole::FormField => is_argument,
        WordRole::Property => word == "new",
        WordRole::Schema => is_one_of(
            "box Box client Client ClientBuilder Clone Decimal default Default environment Environment Err error Error \
             From Into IntoIterator Iterator None Ok Option response Response Result self Self Some String ToString \
             Unrecognized Upload Vec vec value Value",
        ),
        WordRole::EnumValue => word == "Unrecognized",
        WordRole::SecurityScheme => false,
        WordRole::Environment => is_one_of("self Self"),
    };
    let rule = match role {
        WordRole::Page => return None,
        WordRole::Operation => "operation-id-name",
        WordRole::PathParameter | WordRole::QueryParameter | WordRole::HeaderParameter => "parameter-name",
        WordRole::Part | WordRole::FormField => "parameter-name",
        WordRole::Property => "field-name",
        WordRole::Schema | WordRole::Environment => "name-reserved",
        WordRole::EnumValue => "enum-value-collision",
        WordRole::SecurityScheme => "security-scheme-unsupported",
    };
    // No rule reports an enum value without letters, because the generator gives the variant of such a value the name
    // `Empty`.
    (is_refused || !has_letter && role != WordRole::EnumValue).then_some(rule)
}

/// Returns the tested words that no rule reports as the name of an item of this kind (`role`). The words are divided
/// into groups. Two words that differ only in case and separators are in different groups, because their names in Rust
/// would be the same.
pub fn group_accepted_words(role: WordRole) -> Vec<Vec<&'static str>> {
    let mut groups: Vec<Vec<&'static str>> = Vec::new();
    let letters = |word: &str| word.to_ascii_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "");
    for word in list_tested_words().filter(|word| find_expected_rule_id(role, word).is_none()) {
        let is_free = |group: &&mut Vec<&str>| group.iter().all(|other| letters(other) != letters(word));
        match groups.iter_mut().find(is_free) {
            Some(group) => group.push(word),
            None => groups.push(vec![word]),
        }
    }
    groups
}

/// Whether the schema that is named after the word at this index is an object. Schemas at even indexes are objects, and
/// schemas at odd indexes are enums, so that the names of both are tested.
pub fn is_object_schema_index(index: usize) -> bool {
    index.is_multiple_of(2)
}

/// Returns the files of a document that uses the words in this role (as names of schemas, for example), as pairs of
/// file name and text. The root file comes first.
pub fn build_document_files(role: WordRole, words: &[&str]) -> Vec<(String, String)> {
    let head = "openapi: 3.0.3\ninfo: {title: Names, version: '1'}\n";
    let fine = "responses: {'204': {description: Fine.}}";
    let numbered = || words.iter().enumerate();
    let items = |item: &dyn Fn(usize, &str) -> String| -> String {
        numbered().map(|(i, word)| item(i, word)).collect()
    };
    let property = |word: &str| format!("{word:?}: {{type: string}}\n");
    let object = |indent: usize| {
        let properties: String = words.iter().map(|word| indent_lines(&property(word))).collect();
        (0..indent).fold(format!("type: object\nproperties:\n{properties}"), |text, _| indent_lines(&text))
    };
    let body = |media: &str, schema: &str| {
        let rest = format!("{schema}      {fine}\n");
        format!(
            "{head}paths:\n  /o:\n    post:\n      operationId: sendIt\n      requestBody:\n        required: true\n        content:\n          {media}:\n            schema:\n{rest}"
        )
    };
    let parameters = |place: &str| {
        let lines = items(&|_, word| {
            format!("        - {{in: {place}, schema: {{type: string}}, name: {word:?}}}\n")
        });
        format!(
            "{head}paths:\n  /o:\n    get:\n      operationId: sendIt\n      parameters:\n{lines}      {fine}\n"
        )
    };
    let root = match role {
        WordRole::Operation => {
            let item =
                |i, word: &str| format!("  /o/{i}:\n    get:\n      operationId: {word:?}\n      {fine}\n");
            format!("{head}paths:\n{}", items(&item))
        }
        WordRole::Page => {
            let item = |i, word: &str| {
                format!("  /o/{i}: {{$ref: \"./{}.yaml#/item\"}}\n", word.replace(' ', "%20"))
            };
            let mut files = vec![("openapi.yaml".to_owned(), format!("{head}paths:\n{}", items(&item)))];
            files.extend(numbered().map(|(i, word)| {
                (format!("{word}.yaml"), format!("item:\n  get:\n    operationId: page{i}\n    {fine}\n"))
            }));
            return files;
        }
        WordRole::PathParameter => {
            let item = |i, word: &str| {
                format!(
                    "  \"/o/{i}/{{{word}}}\":\n    get:\n      operationId: send{i}\n      parameters:\n        - {{in: path, required: true, schema: {{type: string}}, name: {word:?}}}\n      {fine}\n"
                )
            };
            format!("{head}paths:\n{}", items(&item))
        }
        WordRole::QueryParameter => parameters("query"),
        WordRole::HeaderParameter => parameters("header"),
        WordRole::Part => body("multipart/form-data", &object(7)),
        WordRole::FormField => body("application/x-www-form-urlencoded", &object(7)),
        WordRole::Property => {
            let schema = indent_lines("$ref: '#/components/schemas/Holder'\n");
            let schema = (0..6).fold(schema, |text, _| indent_lines(&text));
            format!(
                "{}components:\n  schemas:\n    Holder:\n{}",
                body("application/json", &schema),
                object(3)
            )
        }
        WordRole::Schema => {
            let refs = items(&|i, word| {
                format!("        p{i}: {{$ref: \"#/components/schemas/{}\"}}\n", word.replace(' ', "%20"))
            });
            let schemas = items(&|i, word| match is_object_schema_index(i) {
                true => format!("    {word:?}: {{type: object, properties: {{a: {{type: string}}}}}}\n"),
                false => format!("    {word:?}: {{type: string, enum: [a]}}\n"),
            });
            let schema = (0..7)
                .fold("$ref: '#/components/schemas/Holder'\n".to_owned(), |text, _| indent_lines(&text));
            let body = body("application/json", &schema);
            format!(
                "{body}components:\n  schemas:\n    Holder:\n      type: object\n      properties:\n{refs}{schemas}"
            )
        }
        WordRole::EnumValue => {
            let values = items(&|_, word| format!("        - {word:?}\n"));
            let parameter = "        - {in: query, name: it, schema: {$ref: '#/components/schemas/Words'}}\n";
            format!(
                "{head}paths:\n  /o:\n    get:\n      operationId: sendIt\n      parameters:\n{parameter}      {fine}\ncomponents:\n  schemas:\n    Words:\n      type: string\n      enum:\n{values}"
            )
        }
        WordRole::SecurityScheme => {
            let item = |i, word: &str| {
                format!("  /o/{i}: {{get: {{operationId: send{i}, security: [{{{word:?}: []}}], {fine}}}}}\n")
            };
            let schemes =
                items(&|i, word| format!("    {word:?}: {{type: apiKey, in: header, name: X-{i}}}\n"));
            format!(
                "{head}paths:\n{}components:\n  securitySchemes:\n    other: {{type: http, scheme: basic}}\n{schemes}",
                items(&item)
            )
        }
        WordRole::Environment => {
            let item = |i, word: &str| {
                format!("  - {{url: 'https://e{i}.example.test', x-environment: {word:?}}}\n")
            };
            format!(
                "{head}servers:\n{}paths:\n  /o: {{get: {{operationId: sendIt, {fine}}}}}\n",
                items(&item)
            )
        }
    };
    vec![("openapi.yaml".to_owned(), root)]
}
