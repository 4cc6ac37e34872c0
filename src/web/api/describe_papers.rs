//! The part of the description that is about papers.

use serde_json::{Value, json};

use super::describe::{answers, body_of, list, object, parameter, schema};

pub(super) fn paths() -> Value {
    let text = json!({ "type": "string" });
    let contest = parameter("path", "contest", &text, "The contest's id on this server.");
    let paper = parameter("path", "paper", &text, "One paper of the worker who asks.");
    let operation = parameter(
        "path",
        "operation",
        &json!({ "type": "string", "maxLength": 64 }),
        "Random, made by the device: the same id with the same body gives the same receipt.",
    );
    let errors = ["400", "401", "403", "404", "409", "503"];
    json!({
        "/api/v1/contests/{contest}/papers": { "post": {
            "summary": "Draws a paper for the worker who asks.",
            "parameters": [contest],
            "requestBody": body_of("PaperStart"),
            "responses": answers("The paper, without keys.", "Paper", &errors),
        } },
        "/api/v1/contests/{contest}/papers/{paper}": { "get": {
            "summary": "An open paper with what is saved: after a reload, or on another device.",
            "parameters": [contest, paper],
            "responses": answers("The paper, without keys.", "Paper", &errors),
        } },
        "/api/v1/contests/{contest}/papers/{paper}/answers/{operation}": { "put": {
            "summary": "Saves one answer; null takes it back.",
            "parameters": [contest, paper, operation],
            "requestBody": body_of("PaperAnswer"),
            "responses": answers("Saved.", "AnswerReceipt", &["400", "401", "403", "404", "409", "422", "503"]),
        } },
        "/api/v1/contests/{contest}/papers/{paper}/hand-in": { "post": {
            "summary": "Hands the paper in; what is saved is marked. Twice is once.",
            "parameters": [contest, paper],
            "responses": answers("As much as the definition shows.", "PaperDone", &errors),
        } },
    })
}

pub(super) fn schemas() -> Value {
    let text = json!({ "type": "string" });
    let maybe_text = json!({ "type": ["string", "null"] });
    let maybe_whole = json!({ "type": ["integer", "null"] });
    let whole = json!({ "type": "integer", "minimum": 0 });
    let answer = json!({ "type": ["object", "null"], "description":
        "One key, the kind: `{\"single\": 2}`, `{\"multiple\": [0, 3]}`, `{\"true-false\": true}`, `{\"fill-in\": [\"…\"]}`, \
         `{\"number\": \"19.5\"}`, `{\"ordering\": [2, 0, 1]}`, `{\"matching\": {\"0\": 2}}`, `{\"find-fix\": [{\"from\": 12, \
         \"length\": 2, \"text\": \"5米\"}]}`, `{\"hazards\": [{\"x\": \"12.5\", \"y\": \"40\"}]}`. Places count from 0 as shown." });
    json!({
        "PaperStart": object(&json!({ "paper": text, "practice": { "type": "boolean" }, "challenge": maybe_text }), &["paper"]),
        "Paper": object(&json!({
            "paper": text, "title": text, "state": { "const": "open" }, "starts-at": whole, "ends-at": maybe_whole,
            "now": whole, "items": list(&schema("Face")),
            "answers": { "type": "object", "additionalProperties": answer }, "n": whole, "head": text,
        }), &["paper", "title", "state", "items", "answers", "n", "head"]),
        "Face": object(&json!({
            "item": text, "stem": text, "picture": text,
            "kind": { "enum": ["single", "multiple", "true-false", "fill-in", "number", "ordering", "matching", "find-fix", "hazards"] },
            "options": list(&text), "blanks": whole, "left": list(&text), "right": list(&text), "text": text,
            "description": text, "most": whole,
        }), &["item", "stem", "kind"]),
        "PaperAnswer": object(&json!({ "item": text, "answer": answer, "count": whole }), &["item", "answer"]),
        "AnswerReceipt": object(&json!({
            "n": whole, "head": { "type": "string", "description": "The paper's chain of answers up to this one, SHA-256." },
            "at": whole, "now": whole,
        }), &["n", "head", "at", "now"]),
        "PaperDone": object(&json!({
            "paper": text, "state": { "const": "finished" }, "points": maybe_text, "right": maybe_whole, "used-ms": whole,
        }), &["paper", "state", "used-ms"]),
    })
}
