-- Who has opened sealed data, whose, and what for: what auditors ask when data has leaked.
-- Kept out of the event log, whose entries cannot be forgotten, and out of log lines. The time is
-- business time, as that of what was done with the data.

CREATE TABLE ops.opening (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    query_id  uuid        NOT NULL,
    subject   text        NOT NULL, -- whose data, such as application:<id>
    actor_id  text        NOT NULL,
    role      text        NOT NULL,
    purpose   text,                 -- as the asker stated it; null where none is asked for
    opened_at timestamptz NOT NULL
);
CREATE INDEX opening_subject ON ops.opening (subject, id);

-- Nobody who runs the service can change what stands here.
GRANT SELECT, INSERT ON ops.opening TO :"runtime";
