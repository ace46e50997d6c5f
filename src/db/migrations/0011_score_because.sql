-- Up Migration
-- Why this model of its name gave the score, and why the other models gave none: as answered then.

ALTER TABLE wonlost.scores
  ADD COLUMN because        text  NOT NULL DEFAULT 'not recorded',
  ADD COLUMN not_applicable jsonb NOT NULL DEFAULT '{}';   -- by model; in one row of the subject
