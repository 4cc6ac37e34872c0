//! The part of the description that is about ladders.

use serde_json::{Value, json};

use super::describe::{answers, body_of, list, object, parameter, schema};

pub(super) fn paths() -> Value {
    let text = json!({ "type": "string" });
    let contest = parameter("path", "contest", &text, "The contest's id on this server.");
    let ladder = parameter("path", "ladder", &text, "Of the definition.");
    let challenge = parameter("path", "challenge", &text, "One in which the worker who asks takes part.");
    let errors = ["400", "401", "403", "404", "409", "422", "503"];
    json!({
        "/api/v1/contests/{contest}/ladders/{ladder}": { "get": {
            "summary": "A ladder as the caller may see it; for a worker each line says whether they may challenge there, \
                and else which rule forbids it and until when.",
            "parameters": [contest, ladder],
            "responses": answers("The ladder.", "Ladder", &["404", "503"]),
        } },
        "/api/v1/contests/{contest}/ladders/{ladder}/challenges": { "post": {
            "summary": "Challenges somebody, defends one's own record, or tries for a first score. Where nobody has to \
                answer, the paper to be sat is drawn at once.",
            "parameters": [contest, ladder],
            "requestBody": body_of("ChallengeStart"),
            "responses": answers("The challenge.", "Challenge", &errors),
        } },
        "/api/v1/contests/{contest}/challenges/{challenge}/answer": { "post": {
            "summary": "Accepts or declines; the challenger takes a challenge back by declining.",
            "parameters": [contest, challenge],
            "requestBody": body_of("ChallengeAnswer"),
            "responses": answers("Answered.", "ChallengeAnswered", &["400", "401", "403", "404", "409", "503"]),
        } },
    })
}

pub(super) fn schemas() -> Value {
    let text = json!({ "type": "string" });
    let maybe_text = json!({ "type": ["string", "null"] });
    let whole = json!({ "type": "integer", "minimum": 0 });
    let maybe_whole = json!({ "type": ["integer", "null"] });
    let truth = json!({ "type": "boolean" });
    let maybe = |name: &str| json!({ "anyOf": [schema(name), { "type": "null" }] });
    json!({
        "Ladder": object(&json!({
            "ladder": text, "title": text, "format": { "enum": ["record", "duel", "judged"] }, "now": whole,
            "frozen-since": maybe_whole,
            "season": { "type": ["object", "null"], "properties": { "number": whole, "starts": whole, "ends": whole } },
            "people": whole, "free-seats": list(&whole),
            "place": { "type": ["integer", "null"], "description": "The caller's own." },
            "may-defend": maybe("May"), "may-enter": maybe("May"), "may-take-seat": maybe("May"),
            "protected-until": maybe_whole, "leave-until": maybe_whole,
            "lines": list(&schema("LadderLine")), "challenges": list(&schema("LadderChallenge")),
            "happened": list(&object(&json!({ "at": whole, "text": text }), &["at", "text"])),
            "reigns": list(&schema("LadderReign")),
        }), &["ladder", "title", "format", "now", "people", "lines", "challenges", "happened", "reigns"]),
        "LadderPerson": object(&json!({
            "key": { "type": "string", "description": "What a challenge names as its target." },
            "name": text, "number": whole, "me": truth,
        }), &["me"]),
        "LadderLine": object(&json!({
            "who": schema("LadderPerson"), "place": whole, "tier": whole, "record": maybe("LadderOutcome"),
            "record-expires": maybe_whole,
            "reign": { "type": ["object", "null"], "properties": { "since": whole, "defences": whole } },
            "challenged": whole, "may": maybe("May"),
        }), &["who", "place", "tier", "challenged"]),
        "LadderOutcome": object(&json!({ "score": text, "used-ms": whole }), &["score", "used-ms"]),
        "May": object(&json!({
            "allowed": truth, "respond-by": maybe_whole, "play-by": maybe_whole,
            "counts": { "type": "boolean", "description": "False: these two have met so often that it moves nobody." },
            "to-beat": maybe("LadderOutcome"),
            "rule": { "type": ["string", "null"], "description": "The key of the definition that forbids it." },
            "until": maybe_whole, "message": text,
        }), &["allowed"]),
        "LadderChallenge": object(&json!({
            "challenge": text, "challenger": schema("LadderPerson"), "target": maybe("LadderPerson"),
            "aim": { "enum": ["person", "defence", "entry"] }, "state": { "enum": ["asked", "playing"] },
            "made-at": whole, "respond-by": maybe_whole, "play-by": maybe_whole, "counts": truth,
            "to-beat": maybe("LadderOutcome"),
        }), &["challenge", "challenger", "aim", "state", "made-at"]),
        "LadderReign": object(&json!({
            "holder": schema("LadderPerson"), "since": whole, "until": maybe_whole, "days": whole, "defences": whole,
            "won-from": maybe("LadderPerson"),
        }), &["holder", "since", "days", "defences"]),
        "ChallengeStart": object(&json!({
            "target": { "type": ["string", "null"], "description": "The key of somebody's line." },
            "aim": { "enum": ["defence", "entry", null], "description": "In place of a target." },
            "operation": maybe_text,
        }), &[]),
        "Challenge": object(&json!({ "challenge": text, "paper": text }), &["challenge"]),
        "ChallengeAnswer": object(&json!({ "accept": truth }), &["accept"]),
        "ChallengeAnswered": object(&json!({ "challenge": text, "state": { "enum": ["playing", "lapsed"] } }), &["challenge", "state"]),
    })
}
