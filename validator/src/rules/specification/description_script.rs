use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::warning("description-script", Profile::OpenApi, include_str!("description_script.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for place in model.places().iter().filter(|place| !place.is_reference()) {
        for node in ["title", "summary", "description"].iter().filter_map(|key| place.node.get(key)) {
            let Some(what) = node.as_str().and_then(script) else { continue };
            found
                .report_at(&node.location, format!("{what} has no business in a description"))
                .with_help("write plain Markdown");
        }
    }
}

fn script(text: &str) -> Option<&'static str> {
    // Most descriptions contain none of these characters. Every script that is searched for below contains at least
    // one, so the slower search is skipped for other descriptions.
    if !text.contains(['<', ':', '(']) {
        return None;
    }
    let text = text.to_ascii_lowercase();
    let marks = [
        ("<script", "a script"),
        ("](javascript:", "a link that runs a script"),
        ("href=\"javascript:", "a link that runs a script"),
    ];
    let mark = marks.into_iter().find(|(mark, _)| text.contains(mark)).map(|(_, what)| what);
    // Only `eval(...)` with an argument is reported as a call. `eval()` without an argument is often just the name of
    // the function in a sentence.
    let calls_eval = || text.split("eval(").skip(1).any(|after| !after.starts_with(')'));
    mark.or_else(|| calls_eval().then_some("a call of `eval`"))
}
