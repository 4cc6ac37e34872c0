//! The description of the API against the addresses that the sources name.

use std::{collections::BTreeSet, fs, path::Path};

use super::describe::document;

/// Addresses in `.route("/api/…", get(…).put(…))`, with their methods.
fn routed(folder: &Path, found: &mut BTreeSet<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            routed(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
            let text = fs::read_to_string(&path).unwrap();
            for call in text.split(".route(").skip(1) {
                let Some((address, rest)) = call.trim_start().trim_start_matches('"').split_once('"') else { continue };
                let handlers = rest.split(".route(").next().unwrap().split(['\n', ';']).next().unwrap();
                for method in ["get", "put", "post", "delete"] {
                    if address.starts_with("/api/") && handlers.contains(&format!("{method}(")) {
                        found.insert((address.to_owned(), method.to_owned()));
                    }
                }
            }
        }
    }
}

#[test]
fn every_address_of_the_api_is_described_and_no_other() {
    let mut found = BTreeSet::new();
    routed(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web"), &mut found);
    assert!(found.contains(&("/api/v1/contests/{contest}/marks/{operation}".into(), "put".into())), "{found:?}");
    let document = document();
    let described: BTreeSet<(String, String)> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, methods)| {
            methods.as_object().unwrap().keys().map(move |method| (path.clone(), method.clone()))
        })
        .collect();
    assert_eq!(described, found);
}

#[test]
fn every_schema_that_is_named_exists_and_every_parameter_stands_in_its_address() {
    let document = document();
    let text = document.to_string();
    for name in text.split("#/components/schemas/").skip(1) {
        let name = name.split('"').next().unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "{name}");
    }
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().values() {
            let parameters = method["parameters"].as_array().cloned().unwrap_or_default();
            let named: BTreeSet<String> = parameters
                .iter()
                .filter(|p| p["in"] == "path")
                .map(|p| format!("{{{}}}", p["name"].as_str().unwrap()))
                .collect();
            let inside: BTreeSet<String> =
                path.split('/').filter(|part| part.starts_with('{')).map(str::to_owned).collect();
            assert_eq!(named, inside, "{path}");
        }
    }
}
