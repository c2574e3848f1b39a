-- Pairs of characters are kept as keyed hashes: a copy of the table alone tells nobody's words.
-- The cache begins anew, in new files.

DROP TABLE search.words;

CREATE TABLE search.words (
    stream text      PRIMARY KEY,
    pairs  integer[] NOT NULL      -- none for what was erased
);

CREATE INDEX words_pairs ON search.words USING gin (pairs);

GRANT SELECT, INSERT, DELETE ON search.words TO :"runtime";
