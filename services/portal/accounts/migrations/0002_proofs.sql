-- What an OpenID provider said of somebody lies sealed under the account's key, sign-ins that are
-- with a provider are remembered until the browser comes back, and a draft knows the command id
-- under which it is handed in, so that handing it in twice is one application.

DELETE FROM portal.session WHERE id_token IS NOT NULL;
ALTER TABLE portal.session ALTER COLUMN id_token TYPE bytea USING NULL;

CREATE TABLE portal.handshake (
    browser_hash bytea       PRIMARY KEY,  -- SHA-256 of what the browser holds in a cookie
    state        text        NOT NULL,
    nonce        text        NOT NULL,
    verifier     text        NOT NULL,     -- PKCE, RFC 7636
    back_to      text        NOT NULL,     -- the page that somebody wanted to see
    made_at      timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX failure_last ON portal.failure (last_at);

ALTER TABLE portal.draft ADD COLUMN command_id uuid NOT NULL DEFAULT gen_random_uuid();

GRANT SELECT, INSERT, UPDATE, DELETE ON portal.handshake TO :"runtime";
