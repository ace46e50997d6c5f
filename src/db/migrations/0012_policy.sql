-- Up Migration
-- What the policy looked at when it decided, so that another policy can be tried on what is stored; and the queue by expected value.

ALTER TABLE wonlost.scores
  ADD COLUMN expected_value double precision,
  ADD COLUMN policy_input   jsonb;               -- in one row of the subject; null: scored before it was kept
CREATE INDEX scores_by_value ON wonlost.scores (model, subject_kind, expected_value DESC, subject_id)
  WHERE expected_value IS NOT NULL;

-- What won deals came to, by segment of the model that decides: amounts without ids. That as of the latest time is in force.
CREATE TABLE wonlost.won_amounts (
  version     integer PRIMARY KEY CHECK (version > 0),
  sha256      text NOT NULL UNIQUE,
  segments    jsonb NOT NULL CHECK (jsonb_typeof(segments) = 'array'),
  as_of       timestamptz(3) NOT NULL,           -- deals won before it; the latest time at which they came to this
  computed_at timestamptz(3) NOT NULL
);
