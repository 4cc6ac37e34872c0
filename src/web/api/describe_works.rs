//! The part of the description that is about works that are handed in (征集).

use serde_json::{Value, json};

use super::describe::{answers, object, parameter};

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
    })
}

pub(super) fn schemas() -> Value {
    let (text, whole) = (json!({ "type": "string" }), json!({ "type": "integer", "minimum": 0 }));
    let receipt = json!({ "work": text, "seq": whole, "at": whole, "page": text });
    json!({ "WorkReceipt": object(&receipt, &["work", "seq", "at", "page"]) })
}
