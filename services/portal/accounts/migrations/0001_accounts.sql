-- What the portal's web processes share beside the log: who is signed in, who failed to, and what
-- an applicant has typed so far. None of it is history; all times are real time.

CREATE SCHEMA portal;

CREATE TABLE portal.session (
    token_hash  bytea       PRIMARY KEY,  -- SHA-256; the token itself is with the browser alone
    session_id  uuid        NOT NULL UNIQUE,
    account_id  uuid        NOT NULL,
    epoch       integer     NOT NULL,     -- the account's when it was made; another ends it
    grant_id    uuid,                     -- the role that is worn
    csrf        text        NOT NULL,
    kind        text        NOT NULL,     -- 'browser' or 'api'
    id_token    text,                     -- of the OpenID provider, to sign out there too
    made_at     timestamptz NOT NULL DEFAULT now(),
    seen_at     timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX session_account ON portal.session (account_id);
CREATE INDEX session_seen ON portal.session (seen_at);

CREATE TABLE portal.failure (
    subject      bytea       PRIMARY KEY, -- keyed hash of a login or of an address
    failures     integer     NOT NULL,
    locked_until timestamptz,
    last_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE portal.used_code (            -- one-time codes that were used, so that none is twice
    account_id uuid NOT NULL,
    code       text NOT NULL,             -- a time step or the hash of a recovery code
    used_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, code)
);

CREATE TABLE portal.draft (
    account_id uuid        NOT NULL,
    kind       text        NOT NULL,      -- which form, such as 'application'
    about      text        NOT NULL,      -- what it is for, such as a batch's id
    sealed     bytea       NOT NULL,      -- under the account's key
    seen_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, kind, about)
);

GRANT USAGE ON SCHEMA portal TO :"runtime";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA portal TO :"runtime";
