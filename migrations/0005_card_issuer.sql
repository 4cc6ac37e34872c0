-- Who handed the card out; empty for one made on the command line. Whoever did so in a running contest cannot have its
-- holder as the second person by that card.
ALTER TABLE login_code ADD COLUMN issued_by TEXT REFERENCES person (id);
