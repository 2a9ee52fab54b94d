//! Serializes values as parameters of a URL's query.

use std::borrow::Cow;

use serde::ser::Error;
use serde::{Serialize, Serializer};

use crate::Json;

/// A query parameter. For a list, the URL gets one pair `name=value` for each item. An absent or null value is not
/// written.
pub struct QueryParam<'a, T> {
    name: &'a str,
    value: &'a T,
}

impl<'a, T> QueryParam<'a, T> {
    /// Makes a query parameter with this name.
    pub fn new(name: &'a str, value: &'a T) -> Self {
        QueryParam { name, value }
    }
}

/// Serializes the parameter as a list of `(name, value)` pairs, because reqwest's form encoding expects such a list.
impl<T: Serialize> Serialize for QueryParam<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = Json::from_serialize(self.value).map_err(S::Error::custom)?;
        let values = value.as_array().unwrap_or_else(|| vec![value]);
        let texts = values.iter().filter(|value| !value.is_null());
        let texts = texts.map(|value| value.as_str().unwrap_or(Cow::Borrowed(value.as_json_text())));
        serializer.collect_seq(texts.map(|text| (self.name, text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Decimal;

    fn query<T: Serialize>(value: &T) -> Option<String> {
        let request = reqwest::Client::new().get("https://x/").query(&QueryParam::new("a b", value));
        request.build().unwrap().url().query().map(str::to_owned)
    }

    #[test]
    fn a_value_is_written_as_its_text() {
        let amount: Decimal = "12345678901234567890.10".parse().unwrap();
        assert_eq!(query(&"x&y=ü \"").as_deref(), Some("a+b=x%26y%3D%C3%BC+%22"));
        assert_eq!(query(&amount).as_deref(), Some("a+b=12345678901234567890.10"));
        assert_eq!(query(&-7).as_deref(), Some("a+b=-7"));
        assert_eq!(query(&Some(true)).as_deref(), Some("a+b=true"));
        assert_eq!(query(&0.1_f32).as_deref(), Some("a+b=0.1"));
        assert_eq!(query(&"").as_deref(), Some("a+b="));
    }

    #[test]
    fn each_item_of_a_list_is_a_pair_and_what_is_absent_is_not_written() {
        assert_eq!(query(&["x", "y"]).as_deref(), Some("a+b=x&a+b=y"));
        assert_eq!(query(&Some(vec![1, 2])).as_deref(), Some("a+b=1&a+b=2"));
        assert_eq!(query(&Vec::<u8>::new()), None);
        assert_eq!(query(&None::<u8>), None);
    }
}
