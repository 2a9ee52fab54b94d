//! Tests of the linker with references of every kind.

use crate::{ReadResult, read_document};

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\n";

/// Reads a document whose `openapi.yaml` consists of the usual first lines and `text`, together with other files in
/// the same folder.
fn read_files(text: &str, files: &[(&str, &str)]) -> ReadResult {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let root = folder.path().join("openapi.yaml");
    std::fs::write(&root, format!("{HEAD}{text}")).unwrap();
    read_document(&root, folder.path())
}

fn broken_rules(reading: &ReadResult) -> Vec<&str> {
    reading.findings.iter().map(|d| d.rule.id).collect()
}

fn schema_names(reading: &ReadResult) -> Vec<&str> {
    let root = &reading.document.as_ref().unwrap().root;
    let schemas = root.get("components").map(|components| components.get_entries("schemas"));
    schemas.into_iter().flatten().map(|entry| entry.key.as_str()).collect()
}

/// Returns a document with one parameter for each of these schemas.
fn with_schemas(schemas: &[&str]) -> String {
    let parameters = schemas.iter().enumerate();
    let parameters = parameters.map(|(n, s)| format!("    - {{name: p{n}, in: query, schema: {s}}}\n"));
    format!("paths:\n  /a:\n    parameters:\n{}", parameters.collect::<String>())
}

#[test]
fn a_percent_escape_is_part_of_a_uri_and_not_of_a_name() {
    let text = with_schemas(&["{$ref: 'my%20types.yaml#/Wei%C3%9F'}"]);
    let reading = read_files(&text, &[("my types.yaml", "Weiß: {type: string}\n")]);
    assert!(broken_rules(&reading).is_empty(), "{}", reading.findings);
    assert_eq!(schema_names(&reading), ["Weiß"]);
}

#[test]
fn what_was_meant_by_a_wrong_reference_is_said() {
    let cases = [
        ("'/components/schemas/Id'", "`#/components/schemas/Id`"),
        ("'components/schemas/Id'", "`#/components/schemas/Id`"),
        ("Id", "did you mean `#/components/schemas/Id`?"),
        ("'#Id'", "did you mean `#/components/schemas/Id`?"),
        ("'#components/schemas/Id'", "did you mean `#/components/schemas/Id`?"),
        ("'#/definitions/Id'", "did you mean `#/components/schemas/Id`?"),
        ("'#/components/parameters/Id'", "did you mean `#/components/schemas/Id`?"),
        ("'#/components/schema/Id'", "did you mean `#/components/schemas/Id`?"),
        ("'#/components/schemas/ID'", "did you mean `Id`?"),
        ("'types\\common.yaml#/A'", "write `/` between folders"),
        ("'types/Common.yaml#/A'", "did you mean `common.yaml`?"),
        ("'types#/A'", "this is not a regular file"),
        ("'/types/common.yaml#/A'", "write the path relative"),
        ("'file:///types/common.yaml#/A'", "keep a copy beside"),
        ("'//example.com/common.yaml#/A'", "keep a copy beside"),
        ("'C:\\types\\common.yaml#/A'", "write the path relative"),
    ];
    for (reference, expected) in cases {
        let text = with_schemas(&[&format!("{{$ref: {reference}}}")]);
        let text = format!("{text}components: {{schemas: {{Id: {{type: string}}}}}}\n");
        let reading = read_files(&text, &[("types/common.yaml", "A: {type: string}\n")]);
        assert_eq!(reading.findings.iter().count(), 1, "{reference}: {}", reading.findings);
        assert!(reading.findings.to_string().contains(expected), "{reference}: {}", reading.findings);
    }
}

#[test]
fn what_is_referred_to_within_another_schema_is_named_by_the_way_to_it() {
    let text = with_schemas(&[
        "{$ref: '#/components/schemas/A/properties/items'}",
        "{$ref: '#/components/schemas/B/properties/items'}",
        "{$ref: id.yaml}",
        "{$ref: user/id.yaml}",
    ]);
    let components = "components:\n  schemas:\n    A: {properties: {items: {type: string}}}\n    B: {properties: {items: {type: integer}}}\n";
    let files = [("id.yaml", "type: string\n"), ("user/id.yaml", "type: integer\n")];
    let reading = read_files(&format!("{text}{components}"), &files);
    assert!(broken_rules(&reading).is_empty(), "{}", reading.findings);
    assert_eq!(
        schema_names(&reading),
        ["A", "A.properties.items", "B", "B.properties.items", "id", "user.id"]
    );
}

#[test]
fn a_second_name_of_a_component_takes_nothing_away_from_the_first() {
    let text = "paths: {}
components:
  schemas:
    Alias: {$ref: '#/components/schemas/Thing'}
    Thing: {type: string}
  securitySchemes:
    Alias: {$ref: '#/components/securitySchemes/Key'}
    Key: {type: apiKey, in: header, name: k}
";
    let reading = read_files(text, &[]);
    assert!(broken_rules(&reading).is_empty(), "{}", reading.findings);
    assert_eq!(schema_names(&reading), ["Thing"]);
    let root = &reading.document.as_ref().unwrap().root;
    let schemes = |name: &str| root.pointer(&format!("/components/securitySchemes/{name}/type")).is_some();
    assert!(schemes("Alias") && schemes("Key"));
}

#[test]
fn a_component_of_an_unknown_section_is_not_lost() {
    let found = |components: &str| {
        read_files(&format!("paths: {{}}\ncomponents: {components}\n"), &[]).findings.to_string()
    };
    assert!(found("{schema: {A: {type: string}}}").contains("[unknown-key]"));
    assert!(found("[1]").contains("[wrong-type]"));
    assert!(found("{schemas: [1]}").contains("[wrong-type]"));
    assert_eq!(found("{x-own: 1}"), "");
}

#[test]
fn references_that_lead_to_references_end() {
    let chain: String =
        (0..500).map(|n| format!("    S{n}: {{$ref: '#/components/schemas/S{}'}}\n", n + 1)).collect();
    let text = format!("paths: {{}}\ncomponents:\n  schemas:\n{chain}    S500: {{type: string}}\n");
    assert!(broken_rules(&read_files(&text, &[])).iter().all(|rule| *rule == "too-deep"));
    let circle = "paths: {}\ncomponents:\n  schemas:\n    A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/A'}\n";
    assert_eq!(broken_rules(&read_files(circle, &[])), ["ref-circular"]);
}

/// Returns a file of path items, each of which has callbacks that refer to the next one.
fn path_items(levels: usize, times: usize) -> String {
    let end = "{get: {responses: {default: {description: d}}}}";
    let items = (0..levels).map(|n| {
        let calls: Vec<String> =
            (0..times).map(|c| format!("c{c}: {{u: {{$ref: '#/p{}'}}}}", n + 1)).collect();
        let calls = calls.join(", ");
        format!("p{n}: {{get: {{responses: {{default: {{description: d}}}}, callbacks: {{{calls}}}}}}}\n")
    });
    items.collect::<String>() + &format!("p{levels}: {end}\n")
}

#[test]
fn what_is_put_in_the_place_of_references_has_an_end() {
    let text = "paths:\n  /a: {$ref: items.yaml#/p0}\n";
    assert_eq!(broken_rules(&read_files(text, &[("items.yaml", &path_items(3, 2))])), [""; 0]);
    assert_eq!(broken_rules(&read_files(text, &[("items.yaml", &path_items(500, 1))])), ["too-deep"]);
    assert_eq!(broken_rules(&read_files(text, &[("items.yaml", &path_items(12, 10))])), ["too-large"]);
    let own = "get: {responses: {default: {description: d}}, callbacks: {c: {u: {$ref: item.yaml}}}}\n";
    assert_eq!(
        broken_rules(&read_files("paths: {/a: {$ref: item.yaml}}\n", &[("item.yaml", own)])),
        ["ref-circular"]
    );
}

#[test]
fn a_fault_in_a_shared_parameter_is_found_once() {
    let paths: String =
        (0..3).map(|n| format!("  /p{n}:\n    parameters: [{{$ref: 'parameters.yaml#/Limit'}}]\n")).collect();
    let limit = "Limit: {name: limit, in: query, required: yes, scheme: {type: string}}\n";
    let reading = read_files(&format!("paths:\n{paths}"), &[("parameters.yaml", limit)]);
    assert_eq!(broken_rules(&reading), ["wrong-type", "unknown-key"], "{}", reading.findings);
}

#[test]
fn a_reference_to_an_object_of_another_kind_is_one_finding() {
    let files = [(
        "other.yaml",
        "P: {name: p, in: query, schema: {type: string}}\nR: {description: d}\nA: {B: {type: string}}\n",
    )];
    for reference in ["other.yaml#/P", "other.yaml#/A", "other.yaml", "#/paths", "#/info/title", "#/info"] {
        let text = with_schemas(&[&format!("{{$ref: '{reference}'}}")]);
        assert_eq!(broken_rules(&read_files(&text, &files)), ["ref-kind"], "{reference}");
    }
    // An object whose keys fit several kinds counts as the kind that the reference needs.
    let text = with_schemas(&["{$ref: 'other.yaml#/R'}"]);
    assert!(broken_rules(&read_files(&text, &files)).is_empty());
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::os::unix::fs::symlink(path("b.yaml"), path("a.yaml")).unwrap();
    std::os::unix::fs::symlink(path("a.yaml"), path("b.yaml")).unwrap();
    std::fs::create_dir(path("folder")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(path("pipe")).status().is_ok_and(|s| s.success());
    let mut names = vec!["a.yaml", "folder"];
    names.extend(made.then_some("pipe"));
    for name in names {
        let found = read_document(&path(name), folder.path()).findings;
        assert_eq!(found.iter().map(|d| d.rule.id).collect::<Vec<_>>(), ["file"], "{name}");
        let schema = format!("{{$ref: {name}}}");
        std::fs::write(path("openapi.yaml"), format!("{HEAD}{}", with_schemas(&[&schema]))).unwrap();
        // The target of symlinks that lead to each other is not known to be within the repository.
        let rule = if name == "a.yaml" { "ref-outside" } else { "ref-unresolved" };
        assert_eq!(broken_rules(&read_document(&path("openapi.yaml"), folder.path())), [rule], "{name}");
    }
}
