use std::path::Path;

use partner_model::names::to_docs_page_file_stem;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::warning("page-misplaced", Profile::Workspace, include_str!("page_misplaced.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for operation in model.operations() {
        let page = operation.place.node.get("x-docs").and_then(|docs| docs.get("page"));
        let Some((page, title)) = page.and_then(|page| Some((page, page.as_str()?))) else { continue };
        let (file, expected) = (file_stem(operation), to_docs_page_file_stem(title));
        if operation.place.node.location.display_path() != model.root.location.display_path()
            && file != expected
        {
            found
                .report_at(
                    &page.location,
                    format!("an operation of the page `{title}` is in the file of `{file}`"),
                )
                .with_help(format!("move it to `{expected}.yaml`, or name the page that it is from"));
            // The tag of an operation in a wrong file is not checked. Either the file or the `page` of the operation
            // may be the mistake, so it is unclear which tag the operation should have.
            continue;
        }
        let tags = operation.place.node.get("tags");
        let Some(tags) = tags.and_then(|tags| Some((tags, tags.as_array()?))) else { continue };
        let tagged = tags.1.iter().any(|tag| tag.as_str() == Some(title));
        if !tagged {
            found
                .report_at(
                    &tags.0.location,
                    format!("the tags of this operation do not have its page, `{title}`"),
                )
                .with_related_location(&page.location, "the page")
                .with_help("the tag of an operation is the title of its docs page");
        }
    }
}

fn file_stem<'a>(operation: &'a Operation<'_>) -> &'a str {
    let path = Path::new(operation.place.node.location.display_path());
    path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default()
}
