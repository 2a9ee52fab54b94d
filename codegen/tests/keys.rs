//! What the table of keys says is true: each key is set in a small document, and the generated source shows whether the
//! key is honoured, documentation, or refused at its line.

#[cfg(test)]
#[path = "support/keys.rs"]
mod document;

#[cfg(test)]
use {
    document::{generate, is_refused, read, with},
    partner_model::keys::{KEY_TREATMENTS, KeyTreatment},
    partner_spec::ObjectKind,
    std::collections::BTreeSet,
};

#[test]
fn the_table_has_every_key_of_the_specification() {
    for (kind, keys) in KEY_TREATMENTS {
        let listed: Vec<&str> =
            keys.iter().map(|(key, _)| *key).filter(|key| !key.starts_with('{')).collect();
        let known: Vec<&str> = kind.fixed_keys().iter().map(|(key, ..)| *key).collect();
        assert_eq!(listed, known, "{}", kind.name());
    }
    let listed: BTreeSet<ObjectKind> = KEY_TREATMENTS.iter().map(|(kind, _)| *kind).collect();
    let mut reached = BTreeSet::from([ObjectKind::OpenApi]);
    loop {
        let held =
            reached.iter().flat_map(|kind| kind.fixed_keys()).filter_map(|(_, holds, _)| holds.object_kind());
        let more = [
            ObjectKind::PathItem,
            ObjectKind::Response,
            ObjectKind::Callback,
            ObjectKind::Paths,
            ObjectKind::Responses,
        ];
        let all: BTreeSet<ObjectKind> = held.chain(more).chain(reached.iter().copied()).collect();
        if all == reached {
            break;
        }
        reached = all;
    }
    assert_eq!(listed, reached);
}

#[test]
fn each_key_is_treated_as_the_table_says() {
    let (base, probes) = (read("base.json"), read("probes.json"));
    let plain = generate(&base).unwrap_or_else(|found| panic!("{found}"));
    let mut wrong = Vec::new();
    for (kind, keys) in KEY_TREATMENTS {
        let of_kind = &probes[kind.name()];
        for (key, treatment) in *keys {
            let probe = &of_kind["keys"][key];
            assert!(probe.is_object(), "no document for `{key}` of {}", kind.name());
            let at = probe["at"].as_str().or(of_kind["at"].as_str()).unwrap();
            let name = probe["key"].as_str().unwrap_or(key);
            let mut fail = |what: &str| wrong.push(format!("`{key}` of {}: {what}", kind.name()));
            if let Some(value) = probe.get("to").filter(|value| !value.is_null()) {
                match generate(&with(&base, at, name, value, &probe["with"])) {
                    Err(found) => fail(&format!("it was refused:\n{found}")),
                    Ok(source) => {
                        let is_same = plain == source;
                        let is_documentation =
                            *treatment == KeyTreatment::DocumentationOnly || probe["same"] == true;
                        if is_same != is_documentation {
                            fail(if is_same { "it changes nothing" } else { "it changes the source" });
                        }
                    }
                }
            }
            let rule = match treatment {
                KeyTreatment::Refused(rule) | KeyTreatment::PartlyHonoured { rule_id: rule, .. } => *rule,
                KeyTreatment::Honoured | KeyTreatment::DocumentationOnly => continue,
            };
            if let Some(value) = probe.get("refused").filter(|value| !value.is_null()) {
                let at = probe["refused_at"].as_str().unwrap_or(at);
                let name = probe["refused_key"].as_str().unwrap_or(name);
                let changed = with(&base, at, name, value, &probe["with"]);
                is_refused(&base, &changed, rule).unwrap_or_else(|why| fail(&why));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_page_of_all_keys_is_up_to_date() {
    let path = partner_spec::base_folder().join("docs/openapi-support.md");
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == partner_model::keys::render_openapi_support_page(), "run `cargo xtask rules --write`");
}
