-- How far each source's events have been reacted to, and what could not be done yet.

CREATE SCHEMA reaction;

CREATE TABLE reaction.checkpoint (
    source   text   PRIMARY KEY,
    position bigint NOT NULL
);

-- An event whose reaction failed, and later events of the same stream that wait behind it.
CREATE TABLE reaction.parked (
    id        bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reaction  text    NOT NULL,
    source    text    NOT NULL,
    stream    text    NOT NULL,
    position  bigint  NOT NULL,
    event     jsonb   NOT NULL,
    reason    text    NOT NULL,
    parked_at timestamptz NOT NULL,
    due       boolean NOT NULL DEFAULT false,
    UNIQUE (reaction, source, position)
);
CREATE INDEX parked_stream ON reaction.parked (reaction, source, stream, position);

GRANT USAGE ON SCHEMA reaction TO :"runtime";
GRANT SELECT, INSERT, UPDATE, DELETE ON reaction.checkpoint, reaction.parked TO :"runtime";
