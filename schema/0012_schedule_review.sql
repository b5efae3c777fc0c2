-- The step of the text's review that stood when the time was set, 0 where there was none: who set it knew of no later
-- one.
ALTER TABLE schedule ADD COLUMN review_step @int@ NOT NULL DEFAULT 0;
