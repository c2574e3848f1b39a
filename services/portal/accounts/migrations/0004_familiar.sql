-- From where somebody has signed in: failures elsewhere do not keep them out there.

CREATE TABLE portal.familiar (
    subject bytea       PRIMARY KEY,  -- keyed hash of a login and an address
    seen_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX familiar_seen ON portal.familiar (seen_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON portal.familiar TO :"runtime";
