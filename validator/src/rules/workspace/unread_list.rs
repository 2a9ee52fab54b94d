//! Reads `unread.yaml`, which is next to the root file. The file lists the operations and webhooks that the vendor's
//! docs mention, but whose docs pages could not be read.

use partner_spec::{Boundary, Findings, Node, parse_source, read_text_file};

use crate::model::Model;

/// Reads and parses `unread.yaml`; returns `None` if the file does not exist.
pub(super) fn load_unread_yaml(model: &Model<'_>) -> Option<Result<Node, Findings>> {
    let (path, name) = model.locate_file_beside_root("unread.yaml")?;
    path.symlink_metadata().ok()?;
    let source = read_text_file(&path, &name, &Boundary::of_document(&path)).map_err(Findings::from);
    Some(source.and_then(|source| parse_source(&source)))
}

/// Returns the number of a docs page. `page` is either the number itself, or the URL of the page. For example, the page
/// `https://docs.example.com/get-wallet-28597670e0` has the number `28597670`.
pub(super) fn find_docs_page_number(page: &str) -> Option<&str> {
    let mut numbers = page.split(|c: char| !c.is_ascii_digit());
    numbers.rfind(|number| number.len() >= MIN_PAGE_NUMBER_DIGITS)
}

/// The minimum number of digits in the number of a docs page. If the URL of a page contains a shorter number, that
/// number is only a part of the page's title.
const MIN_PAGE_NUMBER_DIGITS: usize = 6;

#[cfg(test)]
mod tests {
    use super::find_docs_page_number;

    #[test]
    fn a_page_is_known_by_its_number() {
        assert_eq!(find_docs_page_number("https://docs.example.com/get-wallet-28597670e0"), Some("28597670"));
        assert_eq!(find_docs_page_number("28597670"), Some("28597670"));
        assert_eq!(find_docs_page_number("Payments 2026"), None);
    }
}
