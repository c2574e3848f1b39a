-- Files of one service, encrypted: each under a key of its own, which is wrapped by the key of
-- its subject. Erasing the subject's key leaves nothing here that opens.
--
-- A file is brought a chunk at a time, in any order, again as often as its sender likes; once it
-- is checked it never changes. The times are real time (the database's clock): they say how long
-- something has been left lying, which is operation and no business of the scheme.

CREATE SCHEMA files;

CREATE TABLE files.file (
    file_id     uuid        PRIMARY KEY,
    owner       text        NOT NULL, -- the stream that it is meant for
    subject     text        NOT NULL, -- under whose key
    uploader    text        NOT NULL, -- the account that brings it
    media_type  text        NOT NULL,
    size        bigint      NOT NULL CHECK (size > 0),
    sha256      text        NOT NULL,
    chunk_bytes integer     NOT NULL CHECK (chunk_bytes > 0),
    wrapped_key bytea       NOT NULL,
    writes      integer     NOT NULL DEFAULT 0, -- grows with each chunk put
    checked     boolean     NOT NULL DEFAULT false, -- whole, and what it says it is
    attached    boolean     NOT NULL DEFAULT false, -- the log is known to name it
    touched_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX file_loose ON files.file (uploader, touched_at) WHERE NOT attached;

CREATE TABLE files.chunk (
    file_id    uuid    NOT NULL REFERENCES files.file ON DELETE CASCADE,
    index      integer NOT NULL CHECK (index >= 0),
    ciphertext bytea   NOT NULL,
    PRIMARY KEY (file_id, index)
);
-- What is encrypted does not compress.
ALTER TABLE files.chunk ALTER COLUMN ciphertext SET STORAGE EXTERNAL;

GRANT USAGE ON SCHEMA files TO :"runtime";
GRANT SELECT, INSERT, UPDATE, DELETE ON files.file, files.chunk TO :"runtime";
