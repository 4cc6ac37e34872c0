-- Workers come in as themselves: an entrant of one contest, with a PIN or a link of their own.

-- Whose own device it is; a session with an entrant has a contest.
ALTER TABLE session ADD COLUMN entrant TEXT;
CREATE INDEX session_entrant ON session (contest, entrant);

-- How an entrant comes in: `pin` is a PHC string, `link` a digest; `once` is 1 while the PIN is one that somebody
-- else has seen and must be replaced.
CREATE TABLE worker (
    contest TEXT   NOT NULL REFERENCES contest (id),
    entrant TEXT   NOT NULL,
    pin     TEXT,
    once    BIGINT NOT NULL,
    link    TEXT   UNIQUE,
    PRIMARY KEY (contest, entrant)
);

CREATE INDEX entrant_name_number ON entrant_name (contest, number);

-- Who asked to take part and waits for an organizer. Personal data; the row goes when that is decided.
CREATE TABLE applicant (
    contest  TEXT   NOT NULL REFERENCES contest (id),
    number   TEXT   NOT NULL,
    name     TEXT   NOT NULL,
    unit     TEXT,
    phone    TEXT,
    pin      TEXT   NOT NULL,
    asked_ms BIGINT NOT NULL,
    PRIMARY KEY (contest, number)
);
