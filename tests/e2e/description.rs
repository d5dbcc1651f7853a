//! The description of the local API, and what a real answer has to be to agree with it. The description leaves room for
//! fields that come later, as a client has to; this check leaves none, or nobody would hear of a field that it forgot.
//! Nothing here speaks to a node.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, ensure};
use harness::http::Reply;
use serde_json::{Value, json};

/// Methods that a route may answer to.
pub(crate) const METHODS: [&str; 5] = ["GET", "POST", "PUT", "DELETE", "PATCH"];

/// A method and a path with its parameters in braces.
pub(crate) type Operation = (String, String);

/// The description, with no room for what it does not name.
pub(crate) struct Description(Value);

impl Description {
    /// Takes a document of `OpenAPI` 3.1, whose schemas are JSON Schema 2020-12.
    pub(crate) fn new(mut document: Value) -> Result<Self> {
        let version = document["openapi"].as_str().unwrap_or_default();
        ensure!(version.starts_with("3.1."), "OpenAPI {version:?} has schemas of another kind");
        let schemas = document.pointer_mut("/components/schemas").context("no schemas")?;
        tighten(schemas);
        Ok(Self(document))
    }

    /// All that is described.
    pub(crate) fn operations(&self) -> BTreeSet<Operation> {
        let mut found = BTreeSet::new();
        for (path, methods) in self.0["paths"].as_object().into_iter().flatten() {
            let methods = methods.as_object().into_iter().flatten().map(|(method, _)| method.to_uppercase());
            found.extend(
                methods.filter(|method| METHODS.contains(&method.as_str())).map(|method| (method, path.clone())),
            );
        }
        found
    }

    fn described(&self, (method, path): &Operation) -> &Value {
        &self.0["paths"][path][method.to_lowercase()]
    }

    /// Whether a body of JSON is sent with it.
    pub(crate) fn takes_json(&self, operation: &Operation) -> bool {
        !self.described(operation)["requestBody"]["content"]["application/json"].is_null()
    }

    /// What is wrong with a body that is sent.
    pub(crate) fn faults_of_ask(&self, operation: &Operation, body: &Value) -> Vec<String> {
        let schema = &self.described(operation)["requestBody"]["content"]["application/json"]["schema"];
        if schema.is_null() {
            return vec!["no body is described".to_owned()];
        }
        self.faults_of_value(schema, body)
    }

    /// What is wrong with an answer.
    pub(crate) fn faults(&self, operation: &Operation, reply: &Reply) -> Vec<String> {
        let described = self.described(operation);
        if described.is_null() {
            return vec!["it is served and not described".to_owned()];
        }
        let responses = &described["responses"];
        let mut response = &responses[reply.status.to_string()];
        if response.is_null() && reply.status >= 400 {
            response = &responses["default"];
        }
        if response.is_null() {
            return vec![format!("status {} is not described", reply.status)];
        }
        let kind = reply.header("content-type").and_then(|kind| kind.split(';').next()).unwrap_or_default().trim();
        let Some(content) = response["content"].as_object() else {
            let is_empty = reply.body.is_empty();
            return if is_empty { Vec::new() } else { vec!["a body is served and none described".to_owned()] };
        };
        match content.get(kind) {
            None => vec![format!("content of {kind:?} is not described")],
            Some(media) if kind == "application/json" => match serde_json::from_slice(&reply.body) {
                Ok(value) => self.faults_of_value(&media["schema"], &value),
                Err(error) => vec![format!("it is no JSON: {error}")],
            },
            Some(_) => Vec::new(),
        }
    }

    fn faults_of_value(&self, schema: &Value, value: &Value) -> Vec<String> {
        let mut whole = schema.as_object().cloned().unwrap_or_default();
        whole.insert("components".to_owned(), self.0["components"].clone());
        match jsonschema::draft202012::new(&Value::Object(whole)) {
            Ok(validator) => {
                let errors = validator.iter_errors(value);
                errors.map(|error| format!("{}: {error}", error.instance_path())).collect()
            }
            Err(error) => vec![format!("the schema itself cannot be read: {error}")],
        }
    }
}

/// Closes every schema of an object with named fields.
fn tighten(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            if map.get("properties").is_some_and(Value::is_object) && !map.contains_key("additionalProperties") {
                map.insert("additionalProperties".to_owned(), json!(false));
            }
            map.values_mut().for_each(tighten);
        }
        Value::Array(list) => list.iter_mut().for_each(tighten),
        _ => {}
    }
}

/// The routes in a source of the node: each `.route("…", get(…).post(…))`, under `/v1`.
pub(crate) fn served(source: &str) -> BTreeSet<Operation> {
    let mut found = BTreeSet::new();
    for route in source.split(".route(\"").skip(1) {
        let Some((path, rest)) = route.split_once('"') else { continue };
        let mut depth = 1;
        let end = rest.find(|sign| {
            depth += match sign {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            depth == 0
        });
        let handlers = &rest[..end.unwrap_or(rest.len())];
        for method in METHODS {
            let call = format!("{}(", method.to_lowercase());
            let is_called = handlers
                .match_indices(&call)
                .any(|(at, _)| !handlers[..at].ends_with(|sign: char| sign.is_ascii_alphanumeric() || sign == '_'));
            if is_called {
                found.insert((method.to_owned(), format!("/v1{path}")));
            }
        }
    }
    found
}

/// What is served and not described, and the other way round.
pub(crate) fn apart(served: &BTreeSet<Operation>, described: &BTreeSet<Operation>) -> Vec<String> {
    let silent = served.difference(described).map(|(method, path)| format!("{method} {path} is served, not described"));
    let empty = described.difference(served).map(|(method, path)| format!("{method} {path} is described, not served"));
    silent.chain(empty).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"
        .route("/facts", get(facts).post(remember).layer(Limit::max(budget(1))))
        .route("/facts/{id}", axum::routing::delete(forget))
    "#;

    fn document() -> Value {
        let answer = |name: &str| json!({ "content": { "application/json": { "schema": { "$ref": name } } } });
        let operation = json!({ "responses": {
            "200": answer("#/components/schemas/Facts"), "default": answer("#/components/schemas/Problem") } });
        json!({
            "openapi": "3.1.0",
            "paths": {
                "/v1/facts": { "get": operation, "post": operation },
                "/v1/facts/{id}": { "delete": { "responses": { "204": {} } } },
            },
            "components": { "schemas": {
                "Facts": { "type": "object", "required": ["facts"],
                    "properties": { "facts": { "type": "array", "items": { "$ref": "#/components/schemas/Fact" } } } },
                "Fact": { "type": "object", "required": ["field", "at"],
                    "properties": { "field": { "type": "string" }, "at": { "type": ["string", "null"] } } },
                "Problem": { "type": "object", "required": ["code"], "properties": { "code": { "type": "string" } } },
            } },
        })
    }

    fn reply(status: u16, kind: &str, body: &str) -> Reply {
        Reply { status, headers: vec![("content-type".into(), kind.into())], body: body.into() }
    }

    fn faults(method: &str, path: &str, reply: &Reply) -> Vec<String> {
        Description::new(document()).unwrap().faults(&(method.into(), path.into()), reply)
    }

    #[test]
    fn every_way_to_disagree_is_a_fault() {
        let of = |status, body: &str| faults("GET", "/v1/facts", &reply(status, "application/json", body));
        assert!(of(200, r#"{"facts":[{"field":"email","at":null}]}"#).is_empty());
        assert!(of(423, r#"{"code":"E0401"}"#).is_empty());
        for (status, body, said) in [
            (200, r#"{"facts":[{"field":"email","at":"x","who":"Volta"}]}"#, "/facts/0"),
            (200, r#"{"facts":[],"next":null}"#, "next"),
            (200, r#"{"facts":[{"field":"email"}]}"#, "at"),
            (200, r#"{"facts":[{"field":7,"at":null}]}"#, "/facts/0/field"),
            (200, r#"{"facts":{}}"#, "/facts"),
            (200, "facts", "no JSON"),
            (423, r#"{"code":"E0401","secret":"x"}"#, "secret"),
            (423, "{}", "code"),
            (201, r#"{"facts":[]}"#, "status 201"),
        ] {
            let found = of(status, body);
            assert!(found.len() == 1 && found[0].contains(said), "{body}: {found:?}");
        }
        assert!(faults("GET", "/v1/facts", &reply(200, "text/plain", "x"))[0].contains("text/plain"));
        assert!(faults("GET", "/v1/other", &reply(200, "application/json", "{}"))[0].contains("not described"));
        let gone = |body| faults("DELETE", "/v1/facts/{id}", &reply(204, "", body));
        assert!(gone("").is_empty());
        assert!(gone("x")[0].contains("none described"));
    }

    #[test]
    fn a_route_that_only_one_side_has_is_named() {
        let described = Description::new(document()).unwrap().operations();
        assert!(apart(&served(SOURCE), &described).is_empty(), "{:?}", apart(&served(SOURCE), &described));
        let more = format!("{SOURCE}.route(\"/facts/sum\", get(sum))");
        assert_eq!(apart(&served(&more), &described), ["GET /v1/facts/sum is served, not described"]);
        let other = SOURCE.replace(".post(remember)", ".put(remember)");
        let both = ["PUT /v1/facts is served, not described", "POST /v1/facts is described, not served"];
        assert_eq!(apart(&served(&other), &described), both);
    }
}
