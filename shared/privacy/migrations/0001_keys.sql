-- Keys of one service, in a database of their own, so that a copy of the log opens nothing.
-- Every key here is wrapped by the master key, which comes from outside and is never stored.

CREATE SCHEMA keys;

-- One key a subject (an application, a case, a person). Erasing it removes the wrapped key and
-- leaves the row: a subject without a key row was never known, one without a key was erased.
CREATE TABLE keys.subject (
    subject    text        PRIMARY KEY,
    wrapped    bytea,
    created_at timestamptz NOT NULL,
    erased_at  timestamptz,
    CHECK ((wrapped IS NULL) = (erased_at IS NOT NULL))
);

-- The service's own keys, by use: sealing to it, signing checkpoints, keyed hashes.
CREATE TABLE keys.service (
    use     text  PRIMARY KEY,
    wrapped bytea NOT NULL
);

GRANT USAGE ON SCHEMA keys TO :"runtime";
GRANT SELECT, INSERT, UPDATE (wrapped, erased_at) ON keys.subject TO :"runtime";
GRANT SELECT, INSERT ON keys.service TO :"runtime";
