-- The append-only event log of one service.
--
-- event        what happened; one row an event, never changed
-- command      which commands were carried out, so that a repeated one returns the first result
-- unsequenced  one row a command that the relay has not numbered yet
-- ledger       the order of the log: gapless positions, given by the relay
-- claim        names that only one stream may hold (set rules), taken in the append itself
-- checkpoint   signed tree heads over the ledger
-- publication  how far the relay has published with the broker's confirmation

CREATE SCHEMA eventlog;

-- CACHE 1 matters: with a cache, a session hands out numbers it reserved before others
-- committed, and "a committed before b began" no longer means "a before b".
CREATE SEQUENCE eventlog.event_id CACHE 1;
CREATE SEQUENCE eventlog.unsequenced_id CACHE 1;

CREATE TABLE eventlog.event (
    id             bigint      PRIMARY KEY,
    stream         text        NOT NULL,
    version        integer     NOT NULL CHECK (version > 0),
    type           text        NOT NULL,
    schema_version integer     NOT NULL CHECK (schema_version > 0),
    occurred_at    timestamptz NOT NULL,
    command_id     uuid        NOT NULL,
    body           jsonb       NOT NULL,
    leaf           bytea       NOT NULL CHECK (octet_length(leaf) = 32),
    CONSTRAINT event_stream_version UNIQUE (stream, version)
);

CREATE TABLE eventlog.command (
    id          uuid  PRIMARY KEY,
    fingerprint bytea NOT NULL,
    result      jsonb NOT NULL
);

CREATE TABLE eventlog.unsequenced (
    id        bigint   PRIMARY KEY,
    event_ids bigint[] NOT NULL CHECK (cardinality(event_ids) > 0)
);

CREATE TABLE eventlog.ledger (
    position     bigint      PRIMARY KEY CHECK (position > 0),
    event_id     bigint      NOT NULL UNIQUE,
    sequenced_at timestamptz NOT NULL
);

CREATE TABLE eventlog.claim (
    scope  text  NOT NULL,
    key    bytea NOT NULL,
    holder text  NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX claim_holder ON eventlog.claim (holder, scope);

CREATE TABLE eventlog.checkpoint (
    size bigint PRIMARY KEY CHECK (size >= 0),
    note text   NOT NULL
);

CREATE TABLE eventlog.publication (
    only_row  boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    published bigint  NOT NULL DEFAULT 0
);
INSERT INTO eventlog.publication DEFAULT VALUES;


CREATE FUNCTION eventlog.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'eventlog.% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'JD003';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON eventlog.event
    FOR EACH STATEMENT EXECUTE FUNCTION eventlog.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON eventlog.command
    FOR EACH STATEMENT EXECUTE FUNCTION eventlog.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON eventlog.ledger
    FOR EACH STATEMENT EXECUTE FUNCTION eventlog.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON eventlog.checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION eventlog.refuse_change();
-- Not even a superuser's session_replication_role may slip past.
ALTER TABLE eventlog.event ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE eventlog.command ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE eventlog.ledger ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE eventlog.checkpoint ENABLE ALWAYS TRIGGER append_only;


-- One call, one jsonb parameter, one transaction for a whole command:
--   command_id, fingerprint (hex), result
--   writes    [{stream, expected}]           version each stream must be at
--   events    [{stream, version, type, schema_version, occurred_at, body, leaf (hex)}]
--   claims    [{scope, key (hex), holder}]   names to take
--   releases  [{scope, holder}]              names to give back
-- Returns {outcome: appended | repeated | reused, result}.
-- Raises JD001 when a stream is at another version, JD002 when a name is taken.
CREATE FUNCTION eventlog.append(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    known  eventlog.command;
    stale  record;
    taken  record;
    ids    bigint[];
BEGIN
    -- A concurrent twin waits here for the first to commit, then finds its row.
    INSERT INTO eventlog.command (id, fingerprint, result)
    VALUES ((p->>'command_id')::uuid, decode(p->>'fingerprint', 'hex'), p->'result')
    ON CONFLICT (id) DO NOTHING;
    IF NOT FOUND THEN
        SELECT * INTO known FROM eventlog.command WHERE id = (p->>'command_id')::uuid;
        RETURN jsonb_build_object(
            'outcome', CASE WHEN known.fingerprint = decode(p->>'fingerprint', 'hex')
                            THEN 'repeated' ELSE 'reused' END,
            'result', known.result);
    END IF;

    SELECT w.stream, w.expected, coalesce(head.version, 0) AS actual INTO stale
    FROM jsonb_to_recordset(p->'writes') AS w(stream text, expected integer)
    LEFT JOIN LATERAL (
        SELECT e.version FROM eventlog.event e
        WHERE e.stream = w.stream ORDER BY e.version DESC LIMIT 1
    ) head ON true
    WHERE w.expected <> coalesce(head.version, 0)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'stream % is at % and not at %', stale.stream, stale.actual, stale.expected
            USING ERRCODE = 'JD001', DETAIL = jsonb_build_object(
                'stream', stale.stream, 'expected', stale.expected, 'actual', stale.actual)::text;
    END IF;

    DELETE FROM eventlog.claim c
    USING jsonb_to_recordset(p->'releases') AS r(scope text, holder text)
    WHERE c.holder = r.holder AND c.scope = r.scope;

    FOR taken IN
        SELECT c.scope, decode(c.key, 'hex') AS key, c.holder
        FROM jsonb_to_recordset(p->'claims') AS c(scope text, key text, holder text)
        ORDER BY c.scope, c.key  -- one order for all, so that two commands cannot deadlock
    LOOP
        INSERT INTO eventlog.claim VALUES (taken.scope, taken.key, taken.holder)
        ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a name in % is taken', taken.scope
                USING ERRCODE = 'JD002', DETAIL = taken.scope;
        END IF;
    END LOOP;

    WITH given AS MATERIALIZED (
        SELECT nextval('eventlog.event_id') AS id, e.*
        FROM ROWS FROM (
            jsonb_to_recordset(p->'events') AS (
                stream text, version integer, type text, schema_version integer,
                occurred_at timestamptz, body jsonb, leaf text)
        ) WITH ORDINALITY AS
            e(stream, version, type, schema_version, occurred_at, body, leaf, ordinal)
    ), stored AS (
        INSERT INTO eventlog.event
        SELECT id, stream, version, type, schema_version, occurred_at,
               (p->>'command_id')::uuid, body, decode(leaf, 'hex')
        FROM given
    )
    SELECT array_agg(id ORDER BY ordinal) INTO ids FROM given;

    -- Only now is the command's place in the order drawn: after the check above has seen every
    -- version before these committed. Earlier, a stream could come out of order.
    INSERT INTO eventlog.unsequenced VALUES (nextval('eventlog.unsequenced_id'), ids);

    RETURN jsonb_build_object('outcome', 'appended', 'result', p->'result');
END $$;


-- Number up to `most` commands: take them from `unsequenced` in id order and give their events
-- the next positions, in one statement. `at` is business time; the ledger's never goes back.
-- Two relays at once cannot harm: the ledger's primary key lets only one of them commit.
-- The plan is fixed, since one made while the tables are empty scans them when they are full.
CREATE FUNCTION eventlog.number(most integer, at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off
AS $$
DECLARE
    numbered bigint;
BEGIN
    WITH last AS (
        SELECT l.position, l.sequenced_at FROM eventlog.ledger l ORDER BY l.position DESC LIMIT 1
    ), taken AS (
        DELETE FROM eventlog.unsequenced
        WHERE id = ANY (ARRAY(SELECT u.id FROM eventlog.unsequenced u ORDER BY u.id LIMIT most))
        RETURNING id, event_ids
    ), placed AS (
        SELECT row_number() OVER (ORDER BY taken.id, given.ordinal) AS place, given.event_id
        FROM taken CROSS JOIN LATERAL
             unnest(taken.event_ids) WITH ORDINALITY AS given(event_id, ordinal)
    )
    INSERT INTO eventlog.ledger (position, event_id, sequenced_at)
    SELECT coalesce((SELECT position FROM last), 0) + place,
           event_id,
           greatest(at, (SELECT sequenced_at FROM last))
    FROM placed;
    GET DIAGNOSTICS numbered = ROW_COUNT;
    RETURN numbered;
END $$;
REVOKE EXECUTE ON FUNCTION eventlog.number FROM PUBLIC;


GRANT USAGE ON SCHEMA eventlog TO :"runtime";
GRANT SELECT, INSERT ON eventlog.event, eventlog.command, eventlog.unsequenced,
    eventlog.claim, eventlog.checkpoint TO :"runtime";
GRANT SELECT ON eventlog.ledger TO :"runtime";
GRANT DELETE ON eventlog.claim TO :"runtime";
GRANT SELECT, UPDATE (published) ON eventlog.publication TO :"runtime";
GRANT USAGE ON SEQUENCE eventlog.event_id, eventlog.unsequenced_id TO :"runtime";
GRANT SELECT ON SEQUENCE eventlog.event_id, eventlog.unsequenced_id TO :"runtime";
GRANT EXECUTE ON FUNCTION eventlog.number TO :"runtime";
