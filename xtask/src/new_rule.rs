//! `cargo xtask new-rule GROUP ID`: creates the files of a new rule of the validator, and adds the rule to the list of
//! its group.

use std::io::{self, Write};
use std::path::Path;

use partner_validator::rules;

use crate::outcome::CommandOutcome;
use crate::rules::write_file;
use crate::workspace;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The group of the rule, which is also the folder of its files: paths, operations, schemas, workspace ...
    group: String,

    /// The identifier of the rule, in kebab case. It says what is wrong, like `path-parameter-missing`
    id: String,
}

pub(crate) fn run(arguments: &Arguments, out: &mut dyn Write) -> io::Result<CommandOutcome> {
    check_arguments(arguments)?;
    create_and_register_rule(arguments, &workspace::require_workspace_root()?, out)?;
    Ok(CommandOutcome::Success)
}

fn check_arguments(arguments: &Arguments) -> io::Result<()> {
    let groups = rules::rule_groups().iter().filter(|group| group.accepts_new_rules).map(|group| group.topic);
    let groups: Vec<&str> = groups.collect();
    if !groups.contains(&arguments.group.as_str()) {
        return refuse(format!("no group `{}`: choose one of {}", arguments.group, groups.join(", ")));
    }
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    if !arguments.id.split('-').all(is_word) || !arguments.id.starts_with(|c: char| c.is_ascii_lowercase()) {
        return refuse(format!("`{}` is not in kebab case, like `path-parameter-missing`", arguments.id));
    }
    match rules::find_rule(&arguments.id) {
        Some(_) => refuse(format!("there is a rule `{}` already", arguments.id)),
        None => Ok(()),
    }
}

fn refuse<T>(message: String) -> io::Result<T> {
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}

/// Writes the source file and the Markdown page of a rule into the folder of its group, and adds the rule to the lists
/// in the folder's `mod.rs`.
fn create_and_register_rule(arguments: &Arguments, workspace: &Path, out: &mut dyn Write) -> io::Result<()> {
    let folder = workspace.join("validator/src/rules").join(&arguments.group);
    let module = arguments.id.replace('-', "_");
    let list = folder.join("mod.rs");
    let listed = std::fs::read_to_string(&list)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", list.display())))?;
    let listed = insert_sorted_line(&listed, ("mod ", &module, ";"));
    let listed = insert_sorted_line(&listed, ("    ", &module, "::CHECK,"));
    let check = folder.join(format!("{module}.rs"));
    let page = folder.join(format!("{module}.md"));
    write_file(&check, CHECK.replace("{id}", &arguments.id).replace("{module}", &module).as_bytes())?;
    write_file(&page, PAGE.replace("{id}", &arguments.id).as_bytes())?;
    write_file(&list, listed.as_bytes())?;
    let shown = |path: &Path| path.strip_prefix(workspace).unwrap_or(path).display().to_string();
    writeln!(out, "{}: write the check", shown(&check))?;
    writeln!(out, "{}: write the reason and the two documents", shown(&page))?;
    writeln!(out, "then: cargo test -p partner-validator, review its snapshot, cargo xtask rules --write")
}

/// Inserts the line `{beginning}{name}{ending}` (such as `mod name;`) into a text, and returns the new text. The lines
/// with the same beginning and ending stay sorted by name.
fn insert_sorted_line(text: &str, (beginning, name, ending): (&str, &str, &str)) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let name_in = |line: &'_ str| line.strip_prefix(beginning)?.strip_suffix(ending).map(str::to_owned);
    let next = lines.iter().position(|line| name_in(line).is_some_and(|other| *other > *name));
    let last = lines.iter().rposition(|line| name_in(line).is_some());
    let position = next.or(last.map(|last| last + 1)).unwrap_or(lines.len());
    let line = format!("{beginning}{name}{ending}");
    let (before, after) = lines.split_at(position);
    [before, &[line.as_str()], after].concat().join("\n") + "\n"
}

const CHECK: &str = r#"use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::warning("{id}", Profile::Workspace, include_str!("{module}.md"));

fn check(model: &Model<'_>, found: &mut Findings) {
    for operation in model.operations() {
        // Replace this condition, this message and this help.
        if operation.path.is_empty() {
            found
                .report_at(&operation.location(), "what is wrong, and what was expected")
                .with_help("what to do next");
        }
    }
}
"#;

const PAGE: &str = "\
# {id}

Why this is wrong, in one sentence.

## Bad

```yaml
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths: {}
```

## Good

```yaml
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths: {}
```
";

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "mod alpha;\nmod omega;\n\nuse super::Check;\n\npub(super) const CHECKS: &[Check] = &[\n    \
                        alpha::CHECK,\n    omega::CHECK,\n];\n";

    fn list_with(id: &str) -> String {
        let workspace = tempfile::tempdir().unwrap();
        let folder = workspace.path().join("validator/src/rules/paths");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("mod.rs"), LIST).unwrap();
        let arguments = Arguments { group: String::from("paths"), id: id.to_owned() };
        create_and_register_rule(&arguments, workspace.path(), &mut Vec::new()).unwrap();
        let module = id.replace('-', "_");
        let check = std::fs::read_to_string(folder.join(format!("{module}.rs"))).unwrap();
        assert!(check.contains(&format!("(\"{id}\",")) && check.contains(&format!("\"{module}.md\"")));
        assert!(folder.join(format!("{module}.md")).exists());
        std::fs::read_to_string(folder.join("mod.rs")).unwrap()
    }

    #[test]
    fn a_new_rule_is_listed_in_alphabetical_order() {
        for (id, module, entry) in [
            ("a-first", "mod a_first;\nmod alpha;\n", "    a_first::CHECK,\n    alpha::CHECK,\n"),
            ("beta", "mod alpha;\nmod beta;\nmod omega;\n", "    beta::CHECK,\n    omega::CHECK,\n"),
            ("zeta", "mod omega;\nmod zeta;\n\n", "    omega::CHECK,\n    zeta::CHECK,\n];\n"),
        ] {
            let list = list_with(id);
            assert!(list.contains(module) && list.contains(entry), "{list}");
        }
    }

    #[test]
    fn an_unknown_group_or_a_malformed_identifier_is_refused_with_advice() {
        let message = |group: &str, id: &str| {
            let arguments = Arguments { group: group.to_owned(), id: id.to_owned() };
            check_arguments(&arguments).unwrap_err().to_string()
        };
        assert!(message("reading", "new-one").contains("choose one of specification, paths"));
        assert!(message("paths", "New_One").contains("kebab case"));
        assert!(message("paths", "../../evil").contains("kebab case"));
        assert!(message("paths", "path-query").contains("already"));
    }
}
