//! Checks runtime expressions like `$request.body#/url`.

/// Describes the mistake in a runtime expression; `None` if the expression is valid.
pub(super) fn describe_expression_mistake(text: &str) -> Option<&'static str> {
    let sources = ["$request.", "$response."];
    let Some(source) = sources.iter().find_map(|start| text.strip_prefix(start)) else {
        let known = matches!(text, "$url" | "$method" | "$statusCode");
        return (!known)
            .then_some("starts with none of `$request.`, `$response.`, `$url`, `$method`, `$statusCode`");
    };
    if let Some(rest) = source.strip_prefix("body") {
        let pointer = rest.is_empty() || rest == "#" || rest.starts_with("#/");
        return (!pointer).then_some("has no JSON pointer after `body`, like `body#/id`");
    }
    let Some((place, name)) = source.split_once('.') else {
        return Some("has none of `body#/...`, `header.NAME`, `path.NAME`, `query.NAME`");
    };
    match place {
        "header" | "path" | "query" if name.is_empty() => Some("has no name at its end"),
        "header" | "path" | "query" => None,
        _ => Some("has none of `body#/...`, `header.NAME`, `path.NAME`, `query.NAME`"),
    }
}

/// Describes the mistake in the first invalid runtime expression in a text; `None` if all are valid. Expressions in a
/// text are in braces, as in `https://{$request.body#/host}`.
pub(super) fn describe_embedded_expression_mistake(text: &str) -> Option<String> {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((expression, after)) = after.split_once('}') else {
            return Some(String::from("an opening brace has no closing one"));
        };
        if let Some(why) = describe_expression_mistake(expression) {
            return Some(format!("`{expression}` {why}"));
        }
        rest = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_specifications_own_examples_are_fine() {
        for fine in [
            "$url",
            "$method",
            "$statusCode",
            "$request.header.content-type",
            "$request.path.id",
            "$request.query.queryUrl",
            "$request.body",
            "$request.body#/user/uuid",
            "$response.body#/status",
            "$response.header.Server",
        ] {
            assert_eq!(describe_expression_mistake(fine), None, "{fine}");
        }
    }

    #[test]
    fn slips_are_found() {
        for wrong in [
            "$request",
            "$request.body.url",
            "$requests.body#/a",
            "$request.cookie.a",
            "$response.header.",
            "url",
        ] {
            assert!(describe_expression_mistake(wrong).is_some(), "{wrong}");
        }
        assert!(describe_embedded_expression_mistake("https://example.com/{$request.body#/id").is_some());
        assert!(describe_embedded_expression_mistake("https://example.com/{request.body#/id}").is_some());
        assert_eq!(
            describe_embedded_expression_mistake("https://example.com/{$request.body#/id}?a={$url}"),
            None
        );
    }
}
