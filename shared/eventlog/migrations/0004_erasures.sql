-- What was erased and locked is asked for at every start of every process, out of all that happened.

CREATE INDEX event_erasures ON eventlog.event (id)
    WHERE type IN ('SubjectErased', 'SubjectLocked', 'ErasureRefused');
