-- What is searched by words: pairs of characters out of opened text. A cache, not a read model: it
-- is filled when somebody searches, what was erased goes from it, and it may be emptied at any time.

CREATE SCHEMA search;

CREATE TABLE search.words (
    stream text   PRIMARY KEY,
    grams  text[] NOT NULL      -- none for what was erased
);

CREATE INDEX words_grams ON search.words USING gin (grams);

GRANT USAGE ON SCHEMA search TO :"runtime";
GRANT SELECT, INSERT, DELETE ON search.words TO :"runtime";
