//! `/api/openapi.json`: all of the API, for people who write other clients. A test holds that it names every address.

use axum::Json;
use serde_json::{Value, json};

use super::{describe_ladders, describe_papers, describe_works};

pub(super) async fn openapi() -> Json<Value> {
    Json(document())
}

pub(super) fn document() -> Value {
    let all = |parts: [Value; 4]| parts.into_iter().fold(json!({}), joined);
    let paths = all([paths(), describe_papers::paths(), describe_ladders::paths(), describe_works::paths()]);
    let schemas = all([schemas(), describe_papers::schemas(), describe_ladders::schemas(), describe_works::schemas()]);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Leitai",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT", "identifier": "MIT" },
            "description": "Contests, standings, ledgers, and what judges' devices send. Decimals are text. \
                Times are milliseconds since 1970 in UTC. Messages come in the language of `Accept-Language` (zh, en).",
        },
        "security": [{}, { "bearer": [] }, { "cookie": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer", "description": "The token of POST /api/v1/sessions." },
                "cookie": { "type": "apiKey", "in": "cookie", "name": "leitai",
                    "description": "What a browser keeps after the log-in; over TLS its name is __Host-leitai." },
            },
            "schemas": schemas,
        },
    })
}

fn joined(mut one: Value, other: Value) -> Value {
    if let (Some(one), Value::Object(other)) = (one.as_object_mut(), other) {
        one.extend(other);
    }
    one
}

fn paths() -> Value {
    let contest = parameter("path", "contest", &json!({ "type": "string" }), "The contest's id on this server.");
    let operation = parameter(
        "path",
        "operation",
        &json!({ "type": "string", "maxLength": 64 }),
        "Random, made by the device: the same id with the same body is done once and always answered with the same \
         receipt; with another body it is refused with 422.",
    );
    let write = |summary: &str, body: &str| {
        json!({
            "put": {
                "summary": summary,
                "parameters": [contest, operation],
                "requestBody": body_of(body),
                "responses": answers("Recorded.", "Receipt", &["400", "401", "403", "404", "409", "422", "429", "503"]),
            }
        })
    };
    let tag = parameter("header", "If-None-Match", &json!({ "type": "string" }), "The ETag of an earlier answer.");
    json!({
        "/api/openapi.json": { "get": {
            "summary": "This description.",
            "responses": { "200": { "description": "OpenAPI 3.1.", "content": { "application/json": {} } } },
        } },
        "/api/v1/contests": { "get": {
            "summary": "All contests, the newest first.",
            "responses": answers("The list.", "Contests", &["503"]),
        } },
        "/api/v1/contests/{contest}/standings": { "get": {
            "summary": "Standings in rank order, as far as the caller may see them: numbers instead of entrants and \
                names until identities are opened, and the standings of the freeze while the board is frozen.",
            "parameters": [contest, tag],
            "responses": cached("The standings.", "Standings"),
        } },
        "/api/v1/contests/{contest}/ledger": { "get": {
            "summary": "The ledger after an entry: opened for organizers, bare leaves for everybody else, and none \
                that the public board does not know of.",
            "parameters": [
                contest,
                parameter("query", "after", &json!({ "type": "integer", "minimum": 0, "default": 0 }),
                    "The last sequence number that is known."),
                tag,
            ],
            "responses": cached("The next entries; ask again after the last one until `head` is reached.", "Ledger"),
        } },
        "/api/v1/sessions": { "post": {
            "summary": "Logs in with the code of a judge's card, or with an account.",
            "security": [],
            "requestBody": body_of("Credentials"),
            "responses": answers("A token for `Authorization: Bearer`.", "Session", &["400", "401", "429", "503"]),
        } },
        "/api/v1/contests/{contest}/sheets": { "get": {
            "summary": "The judge's own sheets in the order of the day.",
            "parameters": [contest],
            "responses": answers("The sheets.", "Sheets", &["401", "403", "404", "503"]),
        } },
        "/api/v1/contests/{contest}/sheets/{stage}/{panel}/{number}": { "get": {
            "summary": "One of the judge's sheets: what can be marked, within which limits, and the judge's own marks.",
            "parameters": [
                contest,
                parameter("path", "stage", &json!({ "type": "string" }), "Of the definition."),
                parameter("path", "panel", &json!({ "type": "string" }), "Of the definition."),
                parameter("path", "number", &json!({ "type": "integer" }), "The draw number."),
                parameter("query", "attempt", &json!({ "type": "integer", "default": 1 }), "From 1."),
                parameter("query", "piece", &json!({ "type": "string" }), "Where the stage has pieces."),
            ],
            "responses": answers("The sheet.", "Sheet", &["401", "403", "404", "409", "503"]),
        } },
        "/api/v1/contests/{contest}/marks/{operation}": write("Gives, changes or clears one mark.", "Mark"),
        "/api/v1/contests/{contest}/violations/{operation}":
            write("Says how often a violation happened: the new count, not a difference.", "Violation"),
        "/api/v1/contests/{contest}/submissions/{operation}": write("Hands a sheet in.", "Submission"),
    })
}

fn schemas() -> Value {
    let text = json!({ "type": "string" });
    let decimal = json!({ "type": ["string", "null"], "pattern": "^-?[0-9]+(\\.[0-9]+)?$" });
    let whole = json!({ "type": "integer", "minimum": 0 });
    let maybe_text = json!({ "type": ["string", "null"] });
    let place = json!({
        "number": whole, "stage": text, "panel": text, "piece": maybe_text,
        "attempt": { "type": "integer", "minimum": 1, "default": 1 },
        "count": { "type": "integer", "minimum": 0, "description": "The device's running number." },
    });
    let sent = |more: Value, required: &[&str]| {
        let mut properties = place.clone();
        if let (Some(all), Value::Object(more)) = (properties.as_object_mut(), more) {
            all.extend(more);
        }
        let required: Vec<&str> = ["number", "stage", "panel"].into_iter().chain(required.iter().copied()).collect();
        json!({ "type": "object", "additionalProperties": false, "properties": properties, "required": required })
    };
    json!({
        "Error": object(&json!({
            "error": { "type": "string", "description": "A stable code." },
            "message": text,
            "remedy": { "type": "string", "description": "What to do, where there is something to do." },
        }), &["error", "message"]),
        "Contests": list(&object(&json!({ "contest": text, "title": text, "board": text }), &["contest", "title", "board"])),
        "Standings": object(&json!({
            "contest": text,
            "definition": { "type": "string", "description": "SHA-256 of the adopted text." },
            "phase": { "enum": ["draft", "running", "sealed", "announced", "notice", "final"] },
            "version": text,
            "frozen-at-ms": { "type": "integer" },
            "standings": list(&schema("Row")), "teams": list(&schema("Row")), "units": list(&schema("Row")),
            "tables": list(&schema("Row")),
        }), &["contest", "definition", "standings"]),
        "Row": object(&json!({
            "table": text, "event": text, "group": text,
            "rank": { "type": ["integer", "null"], "description": "Null when unranked." },
            "entrant": text, "name": text, "number": whole, "team": text, "unit": text,
            "total": decimal,
            "stages": { "type": "object", "additionalProperties": decimal },
            "status": { "enum": ["ranked", "cut", "incomplete", "failed", "absent", "withdrawn", "disqualified"] },
            "decided-by": { "type": ["string", "null"],
                "description": "The key of the tie chain, or `people`, `open`, `shared`." },
            "outside-quota": { "type": "boolean" },
        }), &["rank", "total", "status", "decided-by"]),
        "Ledger": object(&json!({ "contest": text, "head": whole, "entries": list(&schema("Entry")) }),
            &["contest", "head", "entries"]),
        "Entry": object(&json!({
            "seq": whole, "epoch": whole,
            "leaf": { "type": "string", "description": "SHA-256 in hex." },
            "kind": text, "version": whole, "at": { "type": "integer" },
            "salt": { "type": "string", "description": "16 bytes in hex." },
            "payload": { "type": "string", "description": "The very bytes that the leaf binds." },
        }), &["seq", "epoch", "leaf"]),
        "Credentials": { "oneOf": [
            { "type": "object", "additionalProperties": false, "properties": { "code": text }, "required": ["code"] },
            { "type": "object", "additionalProperties": false, "properties": { "login": text, "password": text },
                "required": ["login", "password"] },
        ] },
        "Session": object(&json!({ "token": text, "contest": maybe_text }), &["token", "contest"]),
        "Mark": sent(json!({
            "aspect": text, "value-id": maybe_text,
            "value": { "type": ["string", "null"],
                "description": "A decimal as text, `absent`, `n/a`, or null to take the mark back." },
        }), &["aspect", "value"]),
        "Violation": sent(json!({ "violation": text, "times": whole }), &["violation", "times"]),
        "Submission": sent(json!({}), &[]),
        "Receipt": object(&json!({ "contest": text, "seq": whole, "version": text, "at": { "type": "integer" } }),
            &["contest", "seq", "version", "at"]),
        "Sheets": object(&json!({ "sheets": list(&object(&json!({
            "number": whole, "stage": text, "panel": text, "piece": maybe_text, "attempt": whole,
            "state": schema("SheetState"), "marked": whole, "wanted": whole,
        }), &["number", "stage", "panel", "attempt", "state"])) }), &["sheets"]),
        "Sheet": object(&json!({
            "controls": list(&object(&json!({
                "aspect": text, "value-id": maybe_text, "title": text,
                "min": decimal, "max": decimal, "step": decimal, "value": maybe_text,
            }), &["aspect", "title"])),
            "violations": list(&object(&json!({ "violation": text, "title": text, "times": whole }),
                &["violation", "title", "times"])),
            "state": schema("SheetState"),
        }), &["controls", "violations", "state"]),
        "SheetState": { "enum": ["open", "started", "submitted", "signed", "closed"] },
    })
}

pub(super) fn object(properties: &Value, required: &[&str]) -> Value {
    json!({ "type": "object", "properties": properties, "required": required })
}

pub(super) fn list(of: &Value) -> Value {
    json!({ "type": "array", "items": of })
}

pub(super) fn schema(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

pub(super) fn parameter(place: &str, name: &str, schema: &Value, about: &str) -> Value {
    json!({ "in": place, "name": name, "required": place == "path", "schema": schema, "description": about })
}

pub(super) fn body_of(name: &str) -> Value {
    json!({ "required": true, "content": { "application/json": { "schema": schema(name) } } })
}

/// A good answer, and errors by status.
pub(super) fn answers(about: &str, name: &str, errors: &[&str]) -> Value {
    let mut answers = serde_json::Map::new();
    let good = json!({ "description": about, "content": { "application/json": { "schema": schema(name) } } });
    answers.insert("200".to_owned(), good);
    for status in errors {
        let about = match *status {
            "400" => "The body cannot be read.",
            "401" => "Not logged in.",
            "403" => "Not allowed.",
            "404" => "No such thing.",
            "409" => "The rules refuse it now; nothing was changed.",
            "413" => "The body is too large.",
            "422" => "The operation id was used for something else, or something in it cannot be taken.",
            "429" => "Too often; try again later.",
            _ => "Too much at once; nothing is lost, send the same again after `Retry-After`.",
        };
        let body = json!({ "description": about, "content": { "application/json": { "schema": schema("Error") } } });
        answers.insert((*status).to_owned(), body);
    }
    answers.into()
}

fn cached(about: &str, name: &str) -> Value {
    let mut all = answers(about, name, &["404", "503"]);
    all["304"] = json!({ "description": "Unchanged." });
    all
}
