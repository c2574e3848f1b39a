-- When each attempt began that is being looked at, the oldest first: so many at once are no more
-- guesses, and lock nobody. Each is forgotten by its own time.

ALTER TABLE portal.failure ADD COLUMN undecided timestamptz[] NOT NULL DEFAULT '{}';
