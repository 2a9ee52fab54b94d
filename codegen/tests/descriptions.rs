//! What a document says is text in doc comments: no code of it is run as a test, and rustdoc finds nothing to warn of.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

use std::collections::BTreeSet;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

/// A doc comment as rustdoc reads it: what it would run, take for a tag, or link to.
#[derive(Debug, Default)]
struct Read {
    text: String,
    code: String,
    problems: Vec<String>,
}

impl Read {
    fn new(markdown: &str) -> Read {
        let mut read = Read::default();
        let mut shortcuts = BTreeSet::new();
        // What rustdoc asks for each `[name]` that no address is given of.
        let mut callback = |link: BrokenLink<'_>| {
            shortcuts.insert(link.reference.to_string());
            Some((CowStr::from("path"), CowStr::from("")))
        };
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_SMART_PUNCTUATION;
        let (mut in_code, mut in_link) = (false, false);
        for event in Parser::new_with_broken_link_callback(markdown, options, Some(&mut callback)) {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    in_code = true;
                    if !matches!(&kind, CodeBlockKind::Fenced(language) if &**language == "text") {
                        read.problems.push(format!("would be run: {kind:?}"));
                    }
                }
                Event::End(TagEnd::CodeBlock) => in_code = false,
                Event::Html(text) | Event::InlineHtml(text) => read.problems.push(format!("a tag: {text}")),
                Event::FootnoteReference(name) => read.problems.push(format!("a footnote: {name}")),
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    read.problems.push(format!("a footnote: {name}"))
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    read.problems.push(format!("an image: {dest_url}"))
                }
                Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                    in_link = true;
                    let meant = match link_type {
                        LinkType::Autolink => dest_url.starts_with("http"),
                        LinkType::Inline => {
                            dest_url.starts_with("https://docs.example.test")
                                || dest_url.starts_with("partner_runtime::")
                                || dest_url.starts_with("crate::Call::")
                                || dest_url.starts_with("Client::")
                                || dest_url.starts_with("ErrorCode::")
                        }
                        // Counted below.
                        _ => true,
                    };
                    if !meant {
                        read.problems.push(format!("a link to {dest_url}"));
                    }
                }
                Event::End(TagEnd::Link) => in_link = false,
                Event::Text(text) if in_code => read.code.push_str(&text),
                Event::Text(text) => {
                    if !in_link && (text.contains("http://") || text.contains("https://")) {
                        read.problems.push(format!("an address that is no link: {text}"));
                    }
                    read.text.push_str(&text);
                }
                Event::Code(text) => read.text.push_str(&text),
                Event::SoftBreak | Event::HardBreak => read.text.push(' '),
                _ => {}
            }
        }
        for name in shortcuts {
            let plain = name.trim_matches('`');
            if !plain.starts_with("Client::")
                && !plain.starts_with("partner_runtime::")
                && plain.chars().any(|c| !c.is_alphanumeric())
            {
                read.problems.push(format!("a link to the item {name}"));
            }
        }
        read
    }
}

/// The doc comments of a source, each as one text.
fn comments(source: &str) -> Vec<String> {
    syn::parse_file(source).unwrap();
    assert!(!source.contains("#[doc =") && !source.contains("/**"), "comments are read line by line");
    let mut comments: Vec<String> = Vec::new();
    let mut open = false;
    for line in source.lines() {
        let text = line.trim_start().strip_prefix("///");
        if let Some(text) = text {
            let text = text.strip_prefix(' ').unwrap_or(text);
            match comments.last_mut().filter(|_| open) {
                Some(comment) => comment.extend(["\n", text]),
                None => comments.push(text.to_owned()),
            }
        }
        open = text.is_some();
    }
    comments
}

/// Texts that are something else than text to rustdoc, and a word that has to be read in the end.
const TEXTS: [(&str, &str); 27] = [
    ("before\n\n```\nstd::fs::write(\"ran\", \"ran\")\n```\nafter", "std::fs::write"),
    ("```rust\nrun()\n```", "run()"),
    ("~~~rust,should_panic\nrun()\n~~~\nafter", "after"),
    ("````\n```\nrun()\n```\n````\nafter", "after"),
    ("unclosed\n```rust\nrun()", "run()"),
    ("unclosed\n   ~~~\nrun()\n```", "run()"),
    ("- item\n\n  ```rust\n  run()\n  ```\n- other", "other"),
    ("- ```rust\n  run()\n  ```\nafter", "after"),
    ("1. ```\n   run()\n   ```", "run()"),
    ("> ```rust\n> run()\n> ```", "run()"),
    ("> quoted\n>\n>     run()", "run()"),
    ("code:\n\n    run();\n\n    run();\n\nafter", "after"),
    ("\tlet tab = run();", "let tab"),
    ("    let first = run();\nafter", "let first"),
    ("-     run()\n- b", "run()"),
    ("a\r\n\r\n```\r\nrun()\r\n```\r\nb", "run()"),
    ("<script>alert(1)</script> <b>bold", "alert(1)"),
    ("<!-- hidden --> <?php ?> <![CDATA[x]]>", "hidden"),
    ("unbalanced ` and <script>x</script>", "unbalanced"),
    ("`a\n---\n<script>x</script>`", "<script>"),
    ("`` a ` b `` and ``` c `` d ``` and `<div>`", "<div>"),
    ("[item] [item](javascript:x) ![image](x.png) [other][item]\n\n[item]: javascript:x", "image"),
    ("see https://a.example.test/b?c=1, (http://a.example.test), or <https://c.example.test>.", "or"),
    ("a footnote[^1]\n\n[^1]: text", "footnote"),
    ("\\<b> \\[x] \\\\<i> \\", "<b>"),
    ("\u{1b}[31m \u{202e}reversed \u{9b}\rcarriage\u{0}", "reversed"),
    ("[`Vec`] `[x]` [a b] [[x]]", "Vec"),
];

/// A document that has the text wherever text of a document becomes a comment.
fn document(text: &str) -> String {
    let text = serde_json::Value::from(text).to_string().replace("\\u001b", "\\e").replace('\u{9b}', "\\x9b");
    let mark = "a`<b>[c]";
    format!(
        r##"
openapi: 3.0.3
info: {{title: {text}, version: '1', description: {text}}}
servers:
  - url: 'https://api.example.test/{{{mark}}}/{{b}}'
    x-environment: production
    description: {text}
    variables: {{'{mark}': {{default: a, enum: [a, '{mark}'], description: {text}}}, b: {{default: b, description: {text}}}}}
security: [{{key: []}}, {{token: []}}]
paths:
  /things:
    get:
      operationId: listThings
      summary: {text}
      description: {text}
      x-docs: {{page: {text}, url: 'https://docs.example.test/things', retrieved: '2026-11-26', confidence: inferred, note: {text}}}
      x-pagination: {{style: page, page: page, limit: limit, items: /items}}
      parameters:
        - {{name: page, in: query, description: {text}, schema: {{type: integer}}}}
        - {{name: limit, in: query, schema: {{type: integer}}}}
        - {{name: '{mark}', in: query, schema: {{type: string}}}}
      responses:
        '200':
          description: {text}
          content:
            application/json:
              schema:
                type: object
                title: Things
                required: [items]
                properties: {{items: {{type: array, items: {{$ref: '#/components/schemas/Thing'}}}}}}
        '404': {{description: {text}}}
        '409': {{description: {text}}}
    post:
      operationId: addThing
      description: {text}
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              title: Form
              properties:
                '{mark}': {{type: string}}
                part: {{type: string, description: {text}}}
      responses:
        '200': {{description: {text}, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing'}}}}}}}}
        '202': {{description: {text}}}
  /things/{{id}}:
    get:
      operationId: getThing
      x-docs: {{page: {text}, url: {text}, retrieved: '2026-11-26'}}
      x-waiter: [{{name: waitForThing, field: /state, success: ['{mark}'], failure: [lost], description: {text}}}]
      parameters: [{{name: id, in: path, required: true, description: {text}, schema: {{type: string}}}}]
      responses:
        '200': {{description: {text}, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing'}}}}}}}}
components:
  securitySchemes:
    key: {{type: apiKey, in: header, name: X-Api-Key, description: {text}}}
    token: {{type: http, scheme: bearer, description: {text}}}
  schemas:
    Thing:
      type: object
      description: {text}
      required: [state]
      properties:
        state: {{$ref: '#/components/schemas/State'}}
        note: {{type: string, description: {text}, x-docs: {{note: {text}, confidence: older}}}}
        '{mark}': {{type: string}}
        other: {{$ref: '#/components/schemas/Either'}}
    State:
      type: string
      description: {text}
      enum: [found, lost, '{mark}']
      x-enum-descriptions: {{found: {text}, '{mark}': {text}}}
    Either:
      description: {text}
      oneOf:
        - {{type: object, title: One, description: {text}, required: ['{mark}'], properties: {{'{mark}': {{type: string}}}}}}
        - {{type: object, title: Other, required: [b], properties: {{b: {{type: string, description: {text}}}}}}}
"##
    )
}

fn sources(text: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("openapi.yaml");
    std::fs::write(&path, document(text)).unwrap();
    let reading = partner_spec::read_document(&path, folder.path());
    let generated = partner_codegen::generate_client(&reading, "sample")
        .unwrap_or_else(|found| panic!("{text:?}: {found}"));
    generated.files.into_iter().map(|file| file.source).collect()
}

#[test]
fn what_a_document_says_is_text_and_nothing_else_wherever_it_says_it() {
    let mut problems = String::new();
    for (text, word) in TEXTS {
        let mut shown = 0;
        for source in sources(text) {
            assert!(!source.contains(['\u{1b}', '\u{202e}', '\u{9b}', '\r', '\u{0}']), "{text:?}");
            for comment in comments(&source) {
                let read = Read::new(&comment);
                shown += usize::from((read.text + &read.code).contains(word));
                for problem in read.problems {
                    problems.push_str(&format!("{text:?}: {problem}, in\n{comment}\n\n"));
                }
            }
        }
        if shown < 10 {
            problems.push_str(&format!("{text:?}: `{word}` is shown {shown} times\n\n"));
        }
    }
    assert!(problems.is_empty(), "{problems}");
}

#[test]
fn code_of_a_description_keeps_its_lines() {
    let text = "An answer:\n\n```json\n{ \"a\": {\n    \"b\": \"a very long line that nobody may cut, however long it gets in the end, because it is code\"\n} }\n```\n\nThe end.";
    let expected = "{ \"a\": {\n    \"b\": \"a very long line that nobody may cut, however long it gets in the end, because it is code\"\n} }\n";
    let all: Vec<String> = sources(text).iter().flat_map(|source| comments(source)).collect();
    assert!(all.iter().filter(|comment| Read::new(comment).code == expected).count() > 3, "{all:#?}");
}

#[test]
fn a_long_text_is_not_cut_where_the_next_line_would_be_something_else() {
    let filler = "word ".repeat(18);
    for mark in
        ["- a", "# a", "1. a", "+ a", "``` a", "~~~ a", "=== a", "--- a", "> a", "`x <div> y`", "| a | b |"]
    {
        for width in 0..12 {
            let text = format!("{}{filler}{mark} {filler}", "x".repeat(width));
            for comment in sources(&text).iter().flat_map(|source| comments(source)) {
                let blocks = Parser::new_ext(&comment, Options::ENABLE_TABLES).filter(|event| {
                    matches!(
                        event,
                        Event::Start(Tag::Item | Tag::CodeBlock(_) | Tag::BlockQuote(_) | Tag::Table(_))
                            | Event::Html(_)
                            | Event::Rule
                    )
                });
                let items = comment.lines().filter(|line| line.starts_with("- `")).count();
                let own = comment.lines().filter(|line| line.starts_with("- [`")).count();
                assert_eq!(blocks.count(), items + own, "{mark}: {comment}");
            }
        }
    }
}

#[test]
fn words_of_the_generator_are_words_like_any_other() {
    for text in [
        "The api-version is in the baseurl; call .exec( and .pre( of it.",
        "let url = format!(\"{}/things\", self.baseurl);",
        "self.client.get(url).headers(header_map).build()?",
        "pub struct Client { baseurl: String } // and Self::api_version()",
        "{} {0} {self.baseurl} %s \\u{41} \"# */",
    ] {
        let sources = sources(text);
        let comments = sources.iter().flat_map(|source| comments(source));
        let read = comments.map(|comment| Read::new(&comment).text);
        let word = text.split(' ').next().unwrap();
        assert!(read.filter(|read| read.contains(word)).count() >= 10, "{text}");
    }
}

#[test]
fn the_documents_of_this_workspace_are_text_too() {
    for api in partner_spec::Api::ALL {
        let reading = partner_spec::read_document(&api.root_file_path(), partner_spec::base_folder());
        for file in partner_codegen::generate_client(&reading, api.name()).unwrap().files {
            for comment in comments(&file.source) {
                let read = Read::new(&comment);
                let problems: Vec<&String> =
                    read.problems.iter().filter(|problem| !problem.starts_with("a link to http")).collect();
                assert!(problems.is_empty(), "{problems:?} in\n{comment}");
            }
        }
    }
}
