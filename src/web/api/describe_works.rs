//! The part of the description that is about works that are handed in (征集).

use serde_json::{Value, json};

use super::describe::{answers, body_of, list, object, parameter, schema};

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
    let work = parameter("path", "work", &text, "One of the works that wait, or that were checked.");
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
        "/api/v1/contests/{contest}/checks": { "get": {
            "summary": "What waits for the checker who asks, the oldest first.",
            "parameters": [contest],
            "responses": answers("At most 50 works.", "CheckQueue", &["401", "403", "404", "503"]),
        } },
        "/api/v1/contests/{contest}/checks/{work}": { "post": {
            "summary": "Says what becomes of a work; again with a reason puts an outcome right.",
            "parameters": [contest, work],
            "requestBody": body_of("Check"),
            "responses": answers("Recorded.", "CheckReceipt", &["400", "401", "403", "404", "409", "503"]),
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
    let waiting = json!({
        "work": text, "collection": text, "number": whole, "at": whole, "unit": { "type": ["string", "null"] },
        "grades": list(&text), "page": text,
    });
    let check = json!({
        "outcome": { "enum": ["accepted", "declined", "duplicate", "returned", "false"] },
        "grade": { "type": ["string", "null"], "description": "Of an accepted work, where the collection has grades." },
        "of": { "type": ["string", "null"], "description": "The work that a duplicate repeats." },
        "reason": text,
    });
    json!({
        "WorkReceipt": object(&receipt, &["work", "seq", "at", "page"]),
        "Batches": object(&json!({ "batches": { "type": "array", "items": batch } }), &["batches"]),
        "WorkMark": mark,
        "WaitingWork": object(&waiting, &["work", "collection", "number", "at", "unit", "grades", "page"]),
        "CheckQueue": object(&json!({ "works": list(&schema("WaitingWork")), "count": whole }), &["works", "count"]),
        "Check": object(&check, &["outcome"]),
        "CheckReceipt": object(&json!({ "work": text, "seq": whole, "at": whole }), &["work", "seq", "at"]),
    })
}
