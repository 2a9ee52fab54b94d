//! The list of accepted differences.

use super::support::{Folder, OURS, accepted, lines};

const LIST: &str = "\
differences:
  - rule: enum-value-added
    text: '`Currency` can also be `GBP`'
    reason: The vendor says that it is coming.
    date: '2026-11-26'
";

#[test]
fn an_accepted_difference_is_no_difference() {
    let folder = Folder::new();
    folder.write("docs.yaml", &OURS.replace("[EUR, USD]", "[EUR, USD, GBP]"));
    assert!(!folder.drift("docs.yaml", &[]).is_clean());
    for list in [
        LIST.to_owned(),
        LIST.replace("    text: '`Currency` can also be `GBP`'\n", ""),
        LIST.replace("    text: '`Currency` can also be `GBP`'\n", "    page: Orders\n"),
    ] {
        let report = folder.drift("docs.yaml", &accepted(&list).unwrap());
        assert!(
            report.is_clean() && report.group_unaccepted_differences_by_page().is_empty(),
            "{:#?}",
            report.stale_acceptance_entries
        );
        assert_eq!(
            lines(&report),
            [
                "Orders: only in the docs: `Currency` can also be `GBP` [enum-value-added] (The vendor says that it is coming.)"
            ]
        );
    }
}

#[test]
fn an_accepted_difference_that_is_gone_or_has_changed_is_stale() {
    let folder = Folder::new();
    let list = accepted(LIST).unwrap();
    folder.write("docs.yaml", OURS);
    let report = folder.drift("docs.yaml", &list);
    assert!(!report.is_clean());
    assert_eq!(
        (report.stale_acceptance_entries.len(), report.stale_acceptance_entries[0].location.start.line),
        (1, 2)
    );
    folder.write("docs.yaml", &OURS.replace("[EUR, USD]", "[EUR, USD, GBP, PLN]"));
    let report = folder.drift("docs.yaml", &list);
    assert_eq!(
        (report.stale_acceptance_entries.len(), report.group_unaccepted_differences_by_page().len()),
        (1, 1)
    );
}

#[test]
fn a_list_that_is_wrong_is_reported_with_positions() {
    let said = |from: &str, to: &str| {
        assert!(LIST.contains(from), "{from}");
        accepted(&LIST.replace(from, to)).unwrap_err()
    };
    let cases = [
        (said("rule: enum-value-added", "rule: enum-value-adde"), "accepted.yaml:2:11", "there is no rule"),
        (
            said("    reason: The vendor says that it is coming.\n", ""),
            "accepted.yaml:2:5",
            "`reason` is missing",
        ),
        (
            said("The vendor says that it is coming.", "' '"),
            "accepted.yaml:4:13",
            "`reason` has to be a text",
        ),
        (said("'2026-11-26'", "26.11.2026"), "accepted.yaml:5:11", "expected a date"),
        (said("'2026-11-26'", "'2026-13-26'"), "accepted.yaml:5:11", "expected a date"),
        (said("text:", "txt:"), "accepted.yaml:3:5", "`txt` is no key"),
        (said("differences:", "accepted:"), "accepted.yaml:1:1", "expected one key `differences`"),
        (accepted("differences: [7]\n").unwrap_err(), "accepted.yaml:1:15", "expected an object"),
        (accepted(&format!("{LIST}{}", &LIST[13..])).unwrap_err(), "accepted.yaml:6:5", "accepted twice"),
        (accepted("differences: [\n").unwrap_err(), "accepted.yaml:2", "syntax"),
        (accepted("").unwrap_err(), "accepted.yaml:1:1", ""),
    ];
    for (said, place, message) in cases {
        assert!(said.contains(place) && said.contains(message), "{said}\nexpected {place} {message}");
    }
    assert!(accepted("differences: []\n").unwrap().is_empty());
}
