use partner_spec::Diagnostics;

use partner_model::api::Api;
use partner_model::lower::Pass;

pub(super) const PASS: Pass = Pass {
    name: "formats",
    why: "Only formats that have a type in Rust stay; the others say something about text, and are text.",
    apply,
};

/// The formats that become types of their own.
const TYPED: [&str; 6] = ["date", "date-time", "decimal", "int32", "int64", "uuid"];

fn apply(api: &mut Api, _found: &mut Diagnostics) -> usize {
    let mut times = 0;
    api.for_each_schema_mut(|node| {
        // `binary` tells the parts of a multipart body apart, and gets no further than that.
        if node.str("format").is_some_and(|format| !TYPED.contains(&format) && format != "binary") {
            node.remove("format");
            times += 1;
        }
    });
    times
}
