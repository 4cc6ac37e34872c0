//! The part of the description that is about works that are handed in (征集).

use serde_json::{Value, json};

use super::describe::{answers, body_of, object, parameter};

pub(super) fn paths() -> Value {
    let text = json!({ "type": "string" });
    let contest = parameter("path", "contest", &text, "The contest's id on this server.");
    let collection = parameter("path", "collection", &text, "A collection of its definition.");
    let operation = parameter(
        "path",
        "operation",
        &json!({ "type": "string", "maxLength": 64 }),
        "Random, made by the device: the same id with the same work gives the same receipt.",
    );
    let picture = json!({ "type": "string", "format": "binary" });
    let form = json!({ "type": "object", "properties": {
        "title": text, "text": text, "place": text,
        "pictures": { "type": "array", "items": picture, "description": "JPEG or PNG; kept without what a camera adds." },
    } });
    json!({
        "/api/v1/contests/{contest}/collections/{collection}/works/{operation}": { "put": {
            "summary": "Hands in a work of the worker who asks.",
            "parameters": [contest, collection, operation],
            "requestBody": { "required": true, "content": { "multipart/form-data": { "schema": form } } },
            "responses": answers("Handed in.", "WorkReceipt", &["400", "401", "403", "404", "409", "413", "422", "503"]),
        } },
        "/api/v1/contests/{contest}/jury": { "get": {
            "summary": "The works that were dealt to the judge who asks, by their codes, with the judge's own marks.",
            "parameters": [contest],
            "responses": answers("The works.", "Batches", &["401", "403", "404", "503"]),
        } },
        "/api/v1/contests/{contest}/work-marks/{operation}": { "put": {
            "summary": "Gives or changes the mark of one work that was dealt to the judge who asks.",
            "parameters": [contest, operation],
            "requestBody": body_of("WorkMark"),
            "responses": answers("Recorded.", "Receipt", &["400", "401", "403", "404", "409", "422", "429", "503"]),
        } },
    })
}

pub(super) fn schemas() -> Value {
    let (text, whole) = (json!({ "type": "string" }), json!({ "type": "integer", "minimum": 0 }));
    let receipt = json!({ "work": text, "seq": whole, "at": whole, "page": text });
    let decimal = json!({ "type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$" });
    let maybe = json!({ "type": ["string", "null"] });
    let (code, truth) = (json!({ "type": "integer", "minimum": 1 }), json!({ "type": "boolean" }));
    let work = json!({ "code": code, "value": maybe, "pictures": whole, "open": truth });
    let batch = json!({
        "collection": text, "title": text, "closed": truth, "min": maybe, "max": maybe, "step": maybe,
        "works": { "type": "array", "items": object(&work, &["code", "value", "pictures", "open"]) },
    });
    let batch = object(&batch, &["collection", "title", "closed", "works", "min", "max", "step"]);
    let mark = json!({
        "type": "object", "additionalProperties": false, "required": ["collection", "code", "value"],
        "properties": { "collection": text, "code": code, "value": decimal, "count": whole },
    });
    json!({
        "WorkReceipt": object(&receipt, &["work", "seq", "at", "page"]),
        "Batches": object(&json!({ "batches": { "type": "array", "items": batch } }), &["batches"]),
        "WorkMark": mark,
    })
}
