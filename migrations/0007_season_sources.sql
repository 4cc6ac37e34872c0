-- Which contests are sources of which is asked often, and told by a handful of lines among millions.
CREATE INDEX ledger_sources ON ledger (contest, seq) WHERE kind IN ('source-bound', 'source-released');
