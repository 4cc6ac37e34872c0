-- The first tables. One text for SQLite and PostgreSQL: TEXT and BIGINT columns only; instants end in `_ms`
-- and are milliseconds since 1970 in UTC; digests, salts and bytes are text. The triggers that keep the ledger
-- append-only are written differently by each database and stand in `src/store/dialect.rs`.

-- One row per contest. `head` is the sequence number of its newest entry; to append is to move it.
CREATE TABLE contest (
    id         TEXT   NOT NULL PRIMARY KEY,
    title      TEXT   NOT NULL,
    file       TEXT,
    epoch      BIGINT NOT NULL,
    head       BIGINT NOT NULL,
    created_ms BIGINT NOT NULL
);

CREATE TABLE ledger (
    contest TEXT   NOT NULL REFERENCES contest (id),
    seq     BIGINT NOT NULL,
    epoch   BIGINT NOT NULL,
    kind    TEXT   NOT NULL,
    version BIGINT NOT NULL,
    at_ms   BIGINT NOT NULL,
    salt    TEXT   NOT NULL,
    payload TEXT   NOT NULL,
    leaf    TEXT   NOT NULL,
    PRIMARY KEY (contest, seq)
);

-- What was answered to an operation of a device: the entries it made, or none when it was refused (`last_seq` 0).
CREATE TABLE operation (
    contest   TEXT   NOT NULL REFERENCES contest (id),
    id        TEXT   NOT NULL,
    body      TEXT   NOT NULL,
    first_seq BIGINT NOT NULL,
    last_seq  BIGINT NOT NULL,
    at_ms     BIGINT NOT NULL,
    PRIMARY KEY (contest, id)
);

-- Somebody who acts. Personal data: erasing blanks the row and keeps the id.
CREATE TABLE person (
    id         TEXT   NOT NULL PRIMARY KEY,
    name       TEXT   NOT NULL,
    number     TEXT,
    phone      TEXT,
    created_ms BIGINT NOT NULL,
    erased_ms  BIGINT
);

-- What the ledger must not know of an entrant. Personal data, erasable.
CREATE TABLE entrant_name (
    contest    TEXT NOT NULL REFERENCES contest (id),
    entrant    TEXT NOT NULL,
    name       TEXT NOT NULL,
    number     TEXT,
    birth_date TEXT,
    gender     TEXT,
    phone      TEXT,
    PRIMARY KEY (contest, entrant)
);

-- Free text (reasons, appeals), erasable; entries hold the digest of salt and text.
CREATE TABLE note (
    digest     TEXT   NOT NULL PRIMARY KEY,
    contest    TEXT   NOT NULL REFERENCES contest (id),
    salt       TEXT   NOT NULL,
    text       TEXT   NOT NULL,
    created_ms BIGINT NOT NULL
);

CREATE TABLE account (
    login      TEXT   NOT NULL PRIMARY KEY,
    person     TEXT   NOT NULL REFERENCES person (id),
    password   TEXT   NOT NULL,
    admin      BIGINT NOT NULL,
    created_ms BIGINT NOT NULL
);

-- The printed card of a judge: a long token in the QR and a short code to type, both kept as digests only.
CREATE TABLE login_code (
    token      TEXT   NOT NULL PRIMARY KEY,
    short      TEXT   NOT NULL UNIQUE,
    person     TEXT   NOT NULL REFERENCES person (id),
    contest    TEXT   NOT NULL REFERENCES contest (id),
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL
);
CREATE INDEX login_code_person ON login_code (person, contest);

CREATE TABLE session (
    token        TEXT   NOT NULL PRIMARY KEY,
    person       TEXT   NOT NULL REFERENCES person (id),
    contest      TEXT   REFERENCES contest (id),
    created_ms   BIGINT NOT NULL,
    last_seen_ms BIGINT NOT NULL,
    expires_ms   BIGINT NOT NULL
);
CREATE INDEX session_person ON session (person);

-- Uploaded pictures by SHA-256; `bytes` is Base64.
CREATE TABLE picture (
    digest     TEXT   NOT NULL PRIMARY KEY,
    media      TEXT   NOT NULL,
    size       BIGINT NOT NULL,
    bytes      TEXT   NOT NULL,
    created_ms BIGINT NOT NULL
);

-- What was sealed or published, as it was; `bytes` is Base64.
CREATE TABLE document (
    contest    TEXT   NOT NULL REFERENCES contest (id),
    digest     TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    seq        BIGINT NOT NULL,
    bytes      TEXT   NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (contest, digest)
);

-- Serial numbers are unique on the server, so that a check page needs nothing else.
CREATE TABLE certificate (
    serial    TEXT   NOT NULL PRIMARY KEY,
    contest   TEXT   NOT NULL REFERENCES contest (id),
    award     TEXT   NOT NULL,
    winner    TEXT   NOT NULL,
    issued_ms BIGINT NOT NULL
);
CREATE INDEX certificate_contest ON certificate (contest, award, winner);

CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
