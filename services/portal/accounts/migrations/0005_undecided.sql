-- Attempts that are being looked at: so many at once are no more guesses, and lock nobody.

ALTER TABLE portal.failure ADD COLUMN undecided integer NOT NULL DEFAULT 0;
ALTER TABLE portal.failure ADD COLUMN begun_at timestamptz NOT NULL DEFAULT now();
