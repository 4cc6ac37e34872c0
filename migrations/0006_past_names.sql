-- What an entrant was called before a name was put right in a running contest. Personal data, erased with the name.
CREATE TABLE entrant_name_past (
    contest     TEXT   NOT NULL REFERENCES contest (id),
    entrant     TEXT   NOT NULL,
    replaced_ms BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    number      TEXT,
    PRIMARY KEY (contest, entrant, replaced_ms)
);
