//! The code that is generated from `kitchen-sink.yaml`, a document with every construct that the generator supports.

use super::fixture;

/// The generated source and the public signatures. Each is the text of all files together.
pub(crate) struct KitchenSink {
    source: String,
    signatures: String,
}

impl KitchenSink {
    /// Generates the code.
    pub(crate) fn new() -> KitchenSink {
        let generated = fixture::generate("kitchen-sink.yaml").unwrap_or_else(|found| panic!("{found}"));
        let all = |text: fn(&partner_codegen::GeneratedFile) -> &String| {
            generated.files.iter().map(text).cloned().collect()
        };
        KitchenSink { source: all(|file| &file.source), signatures: all(|file| &file.public_signatures) }
    }

    /// Returns the source of the item or method that starts with `head`, up to its closing brace, in one line.
    pub(crate) fn source_of(&self, head: &str) -> String {
        block(&self.source, head)
    }

    /// Returns the table of a struct's properties, the contents of the macro call `object!`, in one line.
    pub(crate) fn table(&self, name: &str) -> String {
        let head = format!("partner_runtime::plumbing::object!({name} {{");
        let table = block(&self.source, &head);
        table.trim_start_matches(&head).trim_end_matches("});").trim().to_owned()
    }

    /// Returns the `impl Operation`, which builds the request from the arguments, and reads the response.
    pub(crate) fn operation(&self, name: &str) -> String {
        self.source_of(&format!("impl partner_runtime::Operation for {name}Operation"))
    }

    /// Returns the signatures of the setters of an operation's optional arguments.
    pub(crate) fn setters(&self, name: &str) -> String {
        self.signature_of(&format!("impl crate::Call<{name}Operation>"))
    }

    /// Returns the signature that starts with `head`.
    pub(crate) fn signature_of(&self, head: &str) -> String {
        block(&self.signatures, head)
    }

    /// Whether the generated source contains a text. In both, each sequence of whitespace counts as one blank.
    pub(crate) fn contains(&self, text: &str) -> bool {
        one_line(&self.source).contains(text)
    }
}

fn block(text: &str, head: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(|line| line.trim_start().starts_with(head));
    let first = first.unwrap_or_else(|| panic!("there is no `{head}` in what was generated"));
    let indent = lines[first].len() - lines[first].trim_start().len();
    let ends = |line: &str| {
        line.len() - line.trim_start().len() == indent
            && line.ends_with(['}', ';'])
            && !line.trim().is_empty()
    };
    let length = lines[first..].iter().position(|line| ends(line)).map_or(1, |length| length + 1);
    one_line(&lines[first..first + length].join("\n"))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
