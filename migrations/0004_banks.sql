-- Banks of items as they are worked on, before they are adopted: which text each item has now, in the bank's order.
CREATE TABLE bank_row (
    contest  TEXT   NOT NULL REFERENCES contest (id),
    bank     TEXT   NOT NULL,
    item     TEXT   NOT NULL,
    digest   TEXT   NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (contest, bank, item)
);

-- Width divided by height, as text; empty where it was not read.
ALTER TABLE item_picture ADD COLUMN ratio TEXT NOT NULL DEFAULT '';
