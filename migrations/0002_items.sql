-- Items of banks and answers to them. The ledger names items by digest and a finished paper by the head of its chain
-- of answers; the texts are here.

-- An item as JSON, by the SHA-256 of it. An item that is worded anew is another row.
CREATE TABLE item (
    contest    TEXT   NOT NULL REFERENCES contest (id),
    digest     TEXT   NOT NULL,
    item       TEXT   NOT NULL,
    body       TEXT   NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (contest, digest)
);

-- Pictures that items show, by their names in the bank.
CREATE TABLE item_picture (
    contest TEXT NOT NULL REFERENCES contest (id),
    name    TEXT NOT NULL,
    media   TEXT NOT NULL,
    bytes   TEXT NOT NULL,
    PRIMARY KEY (contest, name)
);

-- Each answer as it was given, numbered from 1 within its paper; `chain` is SHA-256 over the chain before it and this
-- row. The last row of a finished paper has no item. Only added to, as the ledger is.
CREATE TABLE answer (
    contest   TEXT   NOT NULL REFERENCES contest (id),
    paper     TEXT   NOT NULL,
    n         BIGINT NOT NULL,
    operation TEXT   NOT NULL,
    item      TEXT   NOT NULL,
    answer    TEXT   NOT NULL,
    at_ms     BIGINT NOT NULL,
    chain     TEXT   NOT NULL,
    PRIMARY KEY (contest, paper, n)
);
CREATE UNIQUE INDEX answer_operation ON answer (contest, paper, operation);
