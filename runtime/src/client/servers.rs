//! The servers of an environment, and the variables in their addresses.

/// A server of a document.
#[derive(Debug, Clone, Copy)]
pub struct Server {
    /// The address, with the names of variables in braces.
    pub url: &'static str,
    /// The variables in the address.
    pub variables: &'static [Variable],
}

/// A variable in the address of a server.
#[derive(Debug, Clone, Copy)]
pub struct Variable {
    /// The name in braces.
    pub name: &'static str,
    /// The value until it is set.
    pub default: &'static str,
    /// The values that it can have; any text, if there are none.
    pub values: &'static [&'static str],
}

/// The value of a variable in the addresses of servers. The functions of the generated module `variables` return it.
#[derive(Debug, Clone)]
pub struct ServerVariable {
    name: &'static str,
    value: String,
}

impl ServerVariable {
    pub(crate) fn new(name: &'static str, value: String) -> ServerVariable {
        ServerVariable { name, value }
    }
}

/// The addresses of servers, in which variables have the given values, or else their defaults. No error shows a value,
/// because it may be a key by mistake.
pub(super) fn addresses(servers: &[Server], given: &[ServerVariable]) -> Result<Vec<String>, String> {
    let is_used = |given: &&ServerVariable| {
        servers.iter().flat_map(|server| server.variables).any(|variable| variable.name == given.name)
    };
    if let Some(unused) = given.iter().find(|given| !is_used(given)) {
        return Err(format!("the server variable `{}` has no effect on the chosen server", unused.name));
    }
    servers.iter().map(|server| address(server, given)).collect()
}

fn address(server: &Server, given: &[ServerVariable]) -> Result<String, String> {
    let mut address = String::with_capacity(server.url.len());
    let mut rest = server.url;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        address.push_str(before);
        let variable = server.variables.iter().find(|variable| variable.name == name);
        // The value that was set last replaces the others.
        let value = match given.iter().rev().find(|given| given.name == name) {
            Some(given) => {
                let is_allowed = match variable.map(|variable| variable.values) {
                    Some(values @ [_, ..]) => values.contains(&given.value.as_str()),
                    _ => is_part(&given.value, &address, after),
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

/// Whether a text can stand between two parts of an address without a change of what the parts are: a value in the host
/// adds no path, and none adds a query.
fn is_part(value: &str, before: &str, after: &str) -> bool {
    let in_path = before.split_once("://").is_some_and(|(_, rest)| rest.contains('/'));
    let is_beginning = before.is_empty() && !after.starts_with("://");
    let is_allowed = |byte: u8| match byte {
        b'-' | b'.' | b'_' | b'~' => true,
        b'/' => in_path || is_beginning,
        b':' => is_beginning,
        _ => byte.is_ascii_alphanumeric(),
    };
    !value.is_empty() && value.bytes().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn variable(name: &'static str, default: &'static str) -> Variable {
        Variable { name, default, values: &[] }
    }

    const WHOLE: Server = Server {
        url: "https://{env}.example.test:{port}/{base}",
        variables: &[
            Variable { name: "env", default: "api", values: &["api", "test"] },
            variable("port", "443"),
            variable("base", "v2"),
        ],
    };

    fn with(server: Server, name: &'static str, value: &str) -> Result<String, String> {
        addresses(&[server], &[ServerVariable::new(name, value.to_owned())]).map(|mut found| found.remove(0))
    }

    #[test]
    fn variables_have_their_defaults_until_they_are_set() {
        assert_eq!(addresses(&[WHOLE], &[]).unwrap(), ["https://api.example.test:443/v2"]);
        assert_eq!(with(WHOLE, "env", "test").unwrap(), "https://test.example.test:443/v2");
        assert_eq!(with(WHOLE, "base", "a/b").unwrap(), "https://api.example.test:443/a/b");
    }

    #[test]
    fn a_value_cannot_lead_to_another_host_or_change_the_path() {
        let host = Server {
            url: "https://{customer}.example.test/v1",
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
        let scheme =
            Server { url: "{scheme}://example.test", variables: const { &[variable("scheme", "https")] } };
        assert_eq!(with(scheme, "scheme", "http").unwrap(), "http://example.test");
        assert!(with(scheme, "scheme", "https://evil.test/").is_err());
        let beginning =
            Server { url: "{base}/v1", variables: const { &[variable("base", "https://example.test")] } };
        assert_eq!(with(beginning, "base", "https://eu.example.test").unwrap(), "https://eu.example.test/v1");
    }
}
