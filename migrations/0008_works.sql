-- Works that were handed in. The ledger names title, text and place together, and each picture, by a digest over a salt
-- and what is here; both can be erased without a trace of what they said.

CREATE TABLE work_text (
    contest    TEXT   NOT NULL REFERENCES contest (id),
    digest     TEXT   NOT NULL,
    salt       TEXT   NOT NULL,
    title      TEXT   NOT NULL,
    body       TEXT   NOT NULL,
    place      TEXT   NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (contest, digest)
);

CREATE TABLE work_picture (
    contest    TEXT   NOT NULL REFERENCES contest (id),
    digest     TEXT   NOT NULL,
    salt       TEXT   NOT NULL,
    bytes      TEXT   NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (contest, digest)
);
