-- A subject whose data the law has kept: its key stays, and nobody opens anything with it.

ALTER TABLE keys.subject ADD COLUMN locked boolean NOT NULL DEFAULT false;
CREATE INDEX subject_locked ON keys.subject (subject) WHERE locked;
GRANT UPDATE (locked) ON keys.subject TO :"runtime";
