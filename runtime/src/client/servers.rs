//! The servers of an environment, and the variables in their URLs.

/// A server that an OpenAPI document defines.
#[derive(Debug, Clone, Copy)]
pub struct Server {
    /// The URL of the server, with placeholders like `{region}` for the variables.
    pub url_template: &'static str,
    /// The variables in the URL.
    pub variables: &'static [ServerVariableDefinition],
}

/// A variable in the URL of a server.
#[derive(Debug, Clone, Copy)]
pub struct ServerVariableDefinition {
    /// The name of the variable, without the braces of the placeholder.
    pub name: &'static str,
    /// The default value of the variable.
    pub default: &'static str,
    /// The allowed values of the variable. If the list is empty, any text is allowed.
    pub allowed_values: &'static [&'static str],
}

/// The value that a caller sets for a variable in the URLs of servers. It is made by a function of the generated module
/// `variables`.
#[derive(Debug, Clone)]
pub struct ServerVariableValue {
    name: &'static str,
    value: String,
}

impl ServerVariableValue {
    pub(crate) fn new(name: &'static str, value: String) -> ServerVariableValue {
        ServerVariableValue { name, value }
    }
}

/// Returns the URLs of servers, with all variables replaced by their values. A variable that is not in
/// `variable_values` has its default value. Errors do not show the values, because a caller may have passed a key by
/// mistake.
pub(super) fn resolve_server_urls(
    servers: &[Server],
    variable_values: &[ServerVariableValue],
) -> Result<Vec<String>, String> {
    let is_used = |given: &&ServerVariableValue| {
        servers.iter().flat_map(|server| server.variables).any(|variable| variable.name == given.name)
    };
    if let Some(unused) = variable_values.iter().find(|given| !is_used(given)) {
        return Err(format!("the server variable `{}` has no effect on the chosen server", unused.name));
    }
    servers.iter().map(|server| resolve_url(server, variable_values)).collect()
}

fn resolve_url(server: &Server, variable_values: &[ServerVariableValue]) -> Result<String, String> {
    let mut address = String::with_capacity(server.url_template.len());
    let mut rest = server.url_template;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        address.push_str(before);
        let variable = server.variables.iter().find(|variable| variable.name == name);
        // If the caller set a server variable several times, the last value is used.
        let value = match variable_values.iter().rev().find(|given| given.name == name) {
            Some(given) => {
                let is_allowed = match variable.map(|variable| variable.allowed_values) {
                    Some(values @ [_, ..]) => values.contains(&given.value.as_str()),
                    _ => keeps_url_structure(&given.value, &address, after),
                };
                match is_allowed {
                    true => given.value.as_str(),
                    false => {
                        let why = "cannot have this value in the address of the server";
                        return Err(format!("the server variable `{name}` {why}"));
                    }
                }
            }
            None => variable.map_or("", |variable| variable.default),
        };
        address.push_str(value);
        rest = after;
    }
    address.push_str(rest);
    match address.split('/').any(|part| matches!(part, "." | "..")) {
        true => Err(String::from("the path of the server's address cannot have `.` or `..` in it")),
        false => Ok(address),
    }
}

/// Whether a variable can have this value without changing the structure of the URL. For example, a value in the host
/// must not contain a slash, and no value may contain a question mark. `before` and `after` are the parts of the URL
/// around the variable.
fn keeps_url_structure(value: &str, before: &str, after: &str) -> bool {
    let is_in_path = before.split_once("://").is_some_and(|(_, rest)| rest.contains('/'));
    let begins_url = before.is_empty() && !after.starts_with("://");
    let is_allowed = |byte: u8| match byte {
        b'-' | b'.' | b'_' | b'~' => true,
        b'/' => is_in_path || begins_url,
        b':' => begins_url,
        _ => byte.is_ascii_alphanumeric(),
    };
    !value.is_empty() && value.bytes().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn variable(name: &'static str, default: &'static str) -> ServerVariableDefinition {
        ServerVariableDefinition { name, default, allowed_values: &[] }
    }

    const WHOLE: Server = Server {
        url_template: "https://{env}.example.test:{port}/{base}",
        variables: &[
            ServerVariableDefinition { name: "env", default: "api", allowed_values: &["api", "test"] },
            variable("port", "443"),
            variable("base", "v2"),
        ],
    };

    fn with(server: Server, name: &'static str, value: &str) -> Result<String, String> {
        resolve_server_urls(&[server], &[ServerVariableValue::new(name, value.to_owned())])
            .map(|mut found| found.remove(0))
    }

    #[test]
    fn variables_have_their_defaults_until_they_are_set() {
        assert_eq!(resolve_server_urls(&[WHOLE], &[]).unwrap(), ["https://api.example.test:443/v2"]);
        assert_eq!(with(WHOLE, "env", "test").unwrap(), "https://test.example.test:443/v2");
        assert_eq!(with(WHOLE, "base", "a/b").unwrap(), "https://api.example.test:443/a/b");
    }

    #[test]
    fn a_value_cannot_lead_to_another_host_or_change_the_path() {
        let host = Server {
            url_template: "https://{customer}.example.test/v1",
            variables: const { &[variable("customer", "demo")] },
        };
        for value in
            ["evil.test/", "evil.test#", "evil.test?", "user@evil", "a b", "ü", "", "a:b", "..%2f", "\\"]
        {
            assert!(with(host, "customer", value).is_err(), "{value}");
        }
        assert!(with(WHOLE, "env", "prod").is_err());
        for value in ["..", "a/../b", "a?b", "a#b", "%2e%2e"] {
            assert!(with(WHOLE, "base", value).is_err(), "{value}");
        }
    }

    #[test]
    fn a_variable_of_another_server_is_refused() {
        assert!(with(WHOLE, "region", "eu").unwrap_err().contains("`region` has no effect"));
    }

    #[test]
    fn a_variable_can_be_the_scheme_or_the_beginning_of_an_address() {
        let scheme = Server {
            url_template: "{scheme}://example.test",
            variables: const { &[variable("scheme", "https")] },
        };
        assert_eq!(with(scheme, "scheme", "http").unwrap(), "http://example.test");
        assert!(with(scheme, "scheme", "https://evil.test/").is_err());
        let beginning = Server {
            url_template: "{base}/v1",
            variables: const { &[variable("base", "https://example.test")] },
        };
        assert_eq!(with(beginning, "base", "https://eu.example.test").unwrap(), "https://eu.example.test/v1");
    }
}
