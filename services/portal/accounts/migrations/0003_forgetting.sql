-- Failures are forgotten little by little, so there are parts of them; how often a subject was locked
-- is kept by itself, since a lock begins the count anew.

ALTER TABLE portal.failure ALTER COLUMN failures TYPE double precision;
ALTER TABLE portal.failure ADD COLUMN locks integer NOT NULL DEFAULT 0;
