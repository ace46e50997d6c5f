-- Up Migration
-- What rules say beside the status; and named lists as versions, so that every version of the guardrails can be read again whole.

ALTER TABLE wonlost.scores
  ADD COLUMN verdict_bounds jsonb NOT NULL DEFAULT '{}';   -- as answered: cap, raise, excluded_channels

ALTER TABLE wonlost.configurations DROP CONSTRAINT configurations_kind_check;
ALTER TABLE wonlost.configurations ADD CONSTRAINT configurations_kind_check
  CHECK (kind IN ('definition', 'policy', 'guardrails', 'list', 'rubric'));
