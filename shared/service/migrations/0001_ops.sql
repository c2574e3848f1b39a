-- How the log role's work stands, for whoever asks when its processes cannot answer.
-- Written by the leader every second; a row that is not renewed says that nobody leads.
-- The times are real time (the database's clock), as everywhere in operation.

CREATE SCHEMA ops;

CREATE TABLE ops.worker (
    name        text             PRIMARY KEY,
    model       text,            -- the read model it keeps, if it keeps one
    source      text,            -- the log that it reads, if it is not the service's own work
    position    bigint,          -- the last position it has done
    lag         bigint,          -- how many are there and not done
    lag_seconds double precision,
    trouble     text,            -- why it does not go on; never anybody's data
    since       timestamptz,     -- how long it has been in trouble
    beat        timestamptz      NOT NULL
);

GRANT USAGE ON SCHEMA ops TO :"runtime";
GRANT SELECT, INSERT, UPDATE, DELETE ON ops.worker TO :"runtime";
