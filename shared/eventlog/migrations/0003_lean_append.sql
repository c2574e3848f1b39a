-- The same append, at two thirds of its cost (docs/benchmarks.md): claims and releases are left
-- alone where there are none, events and their place in the queue are one statement. Versions and
-- releases are looked up one by one: each plan has one way to go, so that one made while the tables
-- are empty stays good.
--
-- One call, one jsonb parameter, one transaction for a whole command:
--   command_id, fingerprint (hex), result
--   writes    [{stream, expected}]           version each stream must be at
--   events    [{stream, version, type, schema_version, occurred_at, body, leaf (hex)}]
--   claims    [{scope, key (hex), holder}]   names to take
--   releases  [{scope, holder}]              names to give back
-- Returns {outcome: appended | repeated | reused, result}.
-- Raises JD001 when a stream is at another version, JD002 when a name is taken.
CREATE OR REPLACE FUNCTION eventlog.append(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    its_id  uuid := p->>'command_id';
    known   eventlog.command;
    write   jsonb;
    actual  integer;
    given   record;
    taken   record;
BEGIN
    -- A concurrent twin waits here for the first to commit, then finds its row.
    INSERT INTO eventlog.command (id, fingerprint, result)
    VALUES (its_id, decode(p->>'fingerprint', 'hex'), p->'result')
    ON CONFLICT (id) DO NOTHING;
    IF NOT FOUND THEN
        SELECT * INTO known FROM eventlog.command WHERE id = its_id;
        RETURN jsonb_build_object(
            'outcome', CASE WHEN known.fingerprint = decode(p->>'fingerprint', 'hex')
                            THEN 'repeated' ELSE 'reused' END,
            'result', known.result);
    END IF;

    FOR place IN 0 .. jsonb_array_length(p->'writes') - 1 LOOP
        write := p->'writes'->place;
        SELECT e.version INTO actual FROM eventlog.event e
        WHERE e.stream = write->>'stream' ORDER BY e.version DESC LIMIT 1;
        actual := coalesce(actual, 0);
        IF actual <> (write->>'expected')::integer THEN
            RAISE EXCEPTION 'stream % is at % and not at %',
                write->>'stream', actual, write->>'expected'
                USING ERRCODE = 'JD001',
                      DETAIL = (write || jsonb_build_object('actual', actual))::text;
        END IF;
    END LOOP;

    IF jsonb_array_length(p->'releases') > 0 THEN
        FOR given IN
            SELECT r.scope, r.holder
            FROM jsonb_to_recordset(p->'releases') AS r(scope text, holder text)
        LOOP
            DELETE FROM eventlog.claim c WHERE c.holder = given.holder AND c.scope = given.scope;
        END LOOP;
    END IF;

    IF jsonb_array_length(p->'claims') > 0 THEN
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
    END IF;

    -- Ids are drawn in the order of the array, so their order is that of the events. The command's
    -- place in the order is drawn only now, after the check above has seen every version before
    -- these committed: earlier, a stream could come out of order.
    WITH stored AS (
        INSERT INTO eventlog.event
        SELECT nextval('eventlog.event_id'), e.stream, e.version, e.type, e.schema_version,
               e.occurred_at, its_id, e.body, decode(e.leaf, 'hex')
        FROM jsonb_to_recordset(p->'events') AS e(
            stream text, version integer, type text, schema_version integer,
            occurred_at timestamptz, body jsonb, leaf text)
        RETURNING id
    )
    INSERT INTO eventlog.unsequenced
    SELECT nextval('eventlog.unsequenced_id'), array_agg(id ORDER BY id) FROM stored;

    RETURN jsonb_build_object('outcome', 'appended', 'result', p->'result');
END $$;
