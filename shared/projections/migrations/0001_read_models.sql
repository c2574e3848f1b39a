-- Read models of one service, each in numbered generations of tables beside each other.
-- Readers see the active generation through views, so a rebuild changes nothing they hold.

CREATE SCHEMA readmodel;

CREATE TABLE readmodel.model (
    name       text    PRIMARY KEY,
    generation integer NOT NULL,
    definition text    NOT NULL  -- digest of the tables; another one asks for a rebuild
);

CREATE TABLE readmodel.checkpoint (
    model      text    NOT NULL,
    generation integer NOT NULL,
    source     text    NOT NULL,
    position   bigint  NOT NULL,
    PRIMARY KEY (model, generation, source)
);

GRANT USAGE, CREATE ON SCHEMA readmodel TO :"runtime";
GRANT SELECT, INSERT, UPDATE, DELETE ON readmodel.model, readmodel.checkpoint TO :"runtime";
