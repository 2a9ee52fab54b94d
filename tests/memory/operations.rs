//! Every operation, with responses that are as large as the limit and have as many and as small items as possible.

use partner_client::ErrorKind;
use partner_spec::Node;
use partner_tests::case::Case;
use partner_tests::contract::Contract;
use partner_tests::schema;
use partner_tests::suite::Suite;
use serde_json::{Map, Value, json};

use crate::server::Server;
use crate::{assert_bounded, measured, run};

/// Large enough that the memory of the items outweighs everything else.
const LIMIT: usize = 2 * 1024 * 1024;

#[test]
fn every_operation_allocates_no_more_than_eight_times_the_limit() {
    run(async {
        let server = Server::start();
        macro_rules! measure_api {
            ($api:ident) => {{
                let builder =
                    partner_client::$api::Client::builder().api_key("key").base_url(&server.base_url);
                let client = builder.max_response_bytes(LIMIT).build().unwrap();
                assert!(measure_all(&partner_tests::$api::suite(), &client, &server).await > 5);
            }};
        }
        partner_tests::for_each_api!(measure_api);
    });
}

/// Measures all operations. Returns how many lists and maps their responses have.
async fn measure_all<C>(suite: &Suite<C>, client: &C, server: &Server) -> usize {
    let mut lists = 0;
    for (case, response) in suite.documented_responses(|response| response.is_success()) {
        for example in response.content.iter().flat_map(|(_, examples)| examples) {
            let mut collections = Vec::new();
            find(&suite.contract, &[example.schema], &example.value, String::new(), &mut collections);
            for collection in collections {
                let at = format!("{} {}", case.method, collection.pointer);
                let filled = Filled::new(&example.value, &collection);
                measure(suite, case, client, server, &filled, &at).await;
                lists += 1;
            }
        }
    }
    lists
}

/// Measures a call whose response has as many items as fit into the limit, and then the largest number that is not
/// refused.
async fn measure<C>(
    suite: &Suite<C>,
    case: &Case<C>,
    client: &C,
    server: &Server,
    filled: &Filled,
    at: &str,
) {
    let mut refused = filled.max_items() + 1;
    let mut taken = 0;
    let mut count = filled.max_items();
    for _ in 0..16 {
        server.set(200, &filled.body(count));
        let (result, peak) = measured((case.call)(client, &suite.required_arguments(case)).send).await;
        assert_bounded(peak, LIMIT, &format!("{count} at {at}"));
        match result {
            Err(error) if error.kind() == ErrorKind::ResponseTooLarge => refused = count,
            result => {
                result.unwrap_or_else(|error| panic!("{count} at {at}: {error}"));
                taken = count;
            }
        }
        // The two numbers are close enough.
        if refused - taken <= 1 + taken / 8 {
            break;
        }
        count = if taken == 0 { refused / 4 } else { taken + (refused - taken) / 2 };
    }
    assert!(taken > 100, "{at}: {taken} are taken");
}

/// A list or a map in an example, with its smallest possible item.
struct Collection {
    pointer: String,
    item: Value,
    is_map: bool,
}

/// Finds the lists and maps of an example, each with its smallest item, and with an item whose lists have one item.
fn find(
    contract: &Contract,
    schemas: &[&Node],
    value: &Value,
    at: String,
    collections: &mut Vec<Collection>,
) {
    let mut add = |item: &Value, schemas: &[&Node], is_map| {
        for in_lists in [0, 1] {
            let item = smallest(contract, schemas, item, in_lists);
            if collections.last().is_none_or(|last: &Collection| last.pointer != at || last.item != item) {
                collections.push(Collection { pointer: at.clone(), item, is_map });
            }
        }
    };
    match value {
        Value::Object(object) => {
            let values: Vec<&Node> =
                schemas.iter().filter_map(|schema| schema::map_value_schema(contract, schema)).collect();
            if let (false, Some(item)) = (values.is_empty(), object.values().next()) {
                add(item, &values, true);
            }
            for (key, value) in object {
                let mut inside: Vec<&Node> = schemas
                    .iter()
                    .flat_map(|schema| schema::property_schemas(contract, schema, key))
                    .collect();
                inside.extend(&values);
                let key = key.replace('~', "~0").replace('/', "~1");
                find(contract, &inside, value, format!("{at}/{key}"), collections);
            }
        }
        Value::Array(list) => {
            let items: Vec<&Node> =
                schemas.iter().filter_map(|schema| schema::item_schema(contract, schema)).collect();
            if let Some(item) = list.first() {
                add(item, &items, false);
                find(contract, &items, item, format!("{at}/0"), collections);
            }
        }
        _ => {}
    }
}

/// The required parts of a value, with this number of items in each of its lists.
fn smallest(contract: &Contract, schemas: &[&Node], value: &Value, in_lists: usize) -> Value {
    match value {
        Value::Object(object) => {
            let mut kept = Map::new();
            for (key, value) in object {
                let inside: Vec<&Node> = schemas
                    .iter()
                    .flat_map(|schema| schema::property_schemas(contract, schema, key))
                    .collect();
                let is_list = in_lists > 0 && (value.is_array() || value.is_object());
                if is_list || schemas.iter().any(|schema| schema::is_required(contract, schema, key)) {
                    kept.insert(key.clone(), smallest(contract, &inside, value, in_lists));
                }
            }
            Value::Object(kept)
        }
        Value::Array(list) => {
            let items: Vec<&Node> =
                schemas.iter().filter_map(|schema| schema::item_schema(contract, schema)).collect();
            list.iter().take(in_lists).map(|item| smallest(contract, &items, item, in_lists)).collect()
        }
        scalar => scalar.clone(),
    }
}

/// An example with a list or a map of any length.
struct Filled {
    begin: String,
    item: String,
    end: String,
    is_map: bool,
}

impl Filled {
    fn new(example: &Value, collection: &Collection) -> Filled {
        const HERE: &str = "@here@";
        let mut value = example.clone();
        let slot = value.pointer_mut(&collection.pointer).unwrap();
        *slot = if collection.is_map { json!({ HERE: 0 }) } else { json!([HERE]) };
        let text = value.to_string();
        let here = if collection.is_map { format!("\"{HERE}\":0") } else { format!("\"{HERE}\"") };
        let (begin, end) = text.split_once(&here).unwrap();
        Filled {
            begin: begin.to_owned(),
            item: collection.item.to_string(),
            end: end.to_owned(),
            is_map: collection.is_map,
        }
    }

    fn item(&self, number: usize) -> String {
        if self.is_map { format!("\"{number:05x}\":{}", self.item) } else { self.item.clone() }
    }

    /// How many items fit into the limit.
    fn max_items(&self) -> usize {
        (LIMIT - self.begin.len() - self.end.len()) / (self.item(0).len() + 1)
    }

    fn body(&self, count: usize) -> String {
        let items: Vec<String> = (0..count).map(|number| self.item(number)).collect();
        format!("{}{}{}", self.begin, items.join(","), self.end)
    }
}
