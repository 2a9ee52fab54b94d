//! Servers, the header with the API key, and the envelope of all responses.

use partner_model::{Environment, Model};

use crate::compare::Comparison;
use crate::matching::Matched;
use crate::pairs::Direction;
use crate::rule::{Effect::*, Rule};
use crate::site::Site;

rules! {
    SERVER_ADDED = Rule::new("server-added", "A server is added", "Programs keep the server that they use.")
        .sent(Compatible, Compatible);
    SERVER_REMOVED = Rule::new(
        "server-removed",
        "A server is removed",
        "Programs that use it reach nothing, and its value of `Environment` is gone.",
    ).sent(Breaking, Breaking).migration("Use another server than `{old}`.");
    SERVER_RENAMED = Rule::new(
        "server-renamed",
        "A server has another name in `Environment`",
        "Its address is the same, so only Rust programs have to change.",
    ).sent(None, Breaking).migration("Replace `Environment::{old}` with `Environment::{new}`.");
    SERVER_MOVED = Rule::new(
        "server-moved",
        "A server has another address",
        "Programs that were built with the old address reach another server, or none.",
    ).sent(Breaking, Compatible).migration("Build with the new version; the old one goes on calling {old}.");
    KEY_HEADER_CHANGED = Rule::new(
        "key-header-changed",
        "The API key goes into another header",
        "The server does not find the key of programs that send the old header.",
    ).sent(Breaking, Compatible).migration("Build with the new version; the old one goes on sending `{old}`.");
    ENVELOPE_CHANGED = Rule::new(
        "envelope-changed",
        "All responses are wrapped differently",
        "Programs look for the response under keys that are not there.",
    ).received(Breaking, Compatible).migration("Build with the new version; the old one cannot read the responses.");
}

pub(crate) fn check(c: &mut Comparison<'_>) {
    let (before, after) = (c.before, c.after);
    let site = |name: &str, owners: &[&str]| Site {
        page: String::from("All pages"),
        name: name.to_owned(),
        methods: Vec::new(),
        direction: Direction { sent: true, received: true },
        owners: owners.iter().map(|owner| (*owner).to_owned()).collect(),
    };
    environments(c, &site("The servers", &["Environment"]));
    relative(c, &site("The servers", &[]));
    let places = (Some(&before.location), Some(&after.location));
    let header = |model: &Model| match (model.key_header(), model.schemes.as_slice()) {
        (Some(header), _) => header.to_owned(),
        (Option::None, []) => String::from("no header"),
        (Option::None, schemes) => schemes.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join("`, `"),
    };
    if header(before) != header(after) {
        let text = format!("The API key goes into `{}`, and went into `{}`", header(after), header(before));
        c.report(&KEY_HEADER_CHANGED, &site("The API key", &[]), text, places)
            .fill_in_names(&header(before), &header(after));
    }
    let keys =
        |model: &Model| model.envelope.as_ref().map(|found| (found.success.clone(), found.data.clone()));
    if keys(before) != keys(after) {
        let shown = |model: &Model| match keys(model) {
            Some((success, data)) => format!("under `{data}`, beside `{success}`"),
            Option::None => String::from("not wrapped"),
        };
        let text = format!("Responses are {}, and were {}", shown(after), shown(before));
        let location =
            |model: &Model| model.envelope.as_ref().map_or(model.location.clone(), |e| e.location.clone());
        c.report(
            &ENVELOPE_CHANGED,
            &site("The envelope", &[]),
            text,
            (Some(&location(before)), Some(&location(after))),
        );
    }
}

/// Compares the relative servers, which are not in `Environment`.
fn relative(c: &mut Comparison<'_>, site: &Site) {
    let missing = |from: usize, to: usize| -> Vec<String> {
        let other = &c.wire[to].servers;
        c.wire[from].servers.iter().filter(|url| !other.contains(url)).cloned().collect()
    };
    let (removed, added) = (missing(0, 1), missing(1, 0));
    let places = (Some(&c.before.location), Some(&c.after.location));
    if let ([old], [new]) = (&removed[..], &added[..]) {
        let text = format!("The server at {old} is at {new} now");
        c.report(&SERVER_MOVED, site, text, places).fill_in_names(old, new);
        return;
    }
    for url in &removed {
        let text = format!("The server at {url} is gone");
        c.report(&SERVER_REMOVED, site, text, places).fill_in_names(url, "").rust_at_most(Compatible);
    }
    for url in &added {
        c.report(&SERVER_ADDED, site, format!("The server at {url} is new"), places);
    }
}

fn environments(c: &mut Comparison<'_>, site: &Site) {
    let (before, after) = (c.before, c.after);
    let score = |b: &Environment, a: &Environment| if b.url == a.url { 9 } else { 0 };
    let matched =
        Matched::new(&before.environments, &after.environments, |server| server.variant.as_str(), score);
    let places = (Some(&before.location), Some(&after.location));
    for (b, a) in matched.same.iter().filter(|(b, a)| b.url != a.url) {
        let text = format!("The server `{}` is at {}, and was at {}", a.variant, a.url, b.url);
        c.report(&SERVER_MOVED, site, text, places).fill_in_names(&b.url, &a.url);
    }
    for (b, a) in &matched.renamed {
        let text = format!("The server `{}` is called `{}` now", b.variant, a.variant);
        c.report(&SERVER_RENAMED, site, text, places).fill_in_names(&b.variant, &a.variant);
    }
    for server in &matched.removed {
        let text = format!("The server `{}` ({}) is gone", server.variant, server.url);
        c.report(&SERVER_REMOVED, site, text, places).fill_in_names(&server.variant, "");
    }
    for server in &matched.added {
        c.report(
            &SERVER_ADDED,
            site,
            format!("The server `{}` ({}) is new", server.variant, server.url),
            places,
        );
    }
}
