-- Forms in which an account told for somebody, and whose receipt code was shown: it is shown once.
-- Forgotten once the form leads to its code no longer.

CREATE TABLE portal.shown_code (
    form_hash bytea       PRIMARY KEY,  -- SHA-256 of what the form carries, sealed, of its code
    shown_at  timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT, INSERT, DELETE ON portal.shown_code TO :"runtime";
