-- Up Migration
-- What people say of leads, with what they saw when they said it; and verdicts by hand, each kept after it has ended.

ALTER TABLE wonlost.feedback
  ADD COLUMN idempotency_key         text COLLATE "C",   -- given by the client: said again, it is the same feedback
  ADD COLUMN request_sha256          text,               -- of what was said, to tell a repetition from another one under its key
  ADD COLUMN occurred_at             timestamptz(3) NOT NULL DEFAULT now() CHECK (isfinite(occurred_at)),
  ADD COLUMN reason                  text,               -- of a rejection: a name of the policy
  ADD COLUMN trait_of                text CHECK (trait_of IN ('lead', 'account')),
  ADD COLUMN trait                   text COLLATE "C",   -- of a correction; the trait itself stands in traits
  ADD COLUMN value                   jsonb,
  -- What the person saw: of the model that decides. null: the lead had no score.
  ADD COLUMN seen_model              text COLLATE "C",
  ADD COLUMN seen_segment            text COLLATE "C",
  ADD COLUMN seen_version            integer,
  ADD COLUMN seen_as_of              timestamptz(3),
  ADD COLUMN seen_policy_version     integer,
  ADD COLUMN seen_guardrails_version integer,
  ADD COLUMN seen_probability        double precision,
  ADD COLUMN seen_raw_points         double precision,
  ADD COLUMN seen_score              smallint,
  ADD COLUMN seen_band               text,
  ADD COLUMN seen_verdict            text,
  ADD COLUMN seen_decision_band      text,               -- the band after the verdict
  ADD CONSTRAINT feedback_kind CHECK (kind IN ('contacted', 'accepted', 'rejected', 'corrected')),
  ADD CONSTRAINT feedback_rejected CHECK ((kind = 'rejected') = (reason IS NOT NULL)),
  ADD CONSTRAINT feedback_corrected CHECK (
    (kind = 'corrected') = (trait IS NOT NULL) AND (trait IS NULL) = (value IS NULL) AND (trait IS NULL) = (trait_of IS NULL)),
  ADD CONSTRAINT feedback_key CHECK ((idempotency_key IS NULL) = (request_sha256 IS NULL) AND idempotency_key <> ''),
  ADD CONSTRAINT feedback_seen CHECK (num_nulls(seen_model, seen_segment, seen_version, seen_as_of, seen_policy_version,
    seen_guardrails_version, seen_raw_points, seen_score, seen_band, seen_verdict, seen_decision_band) IN (0, 11)
    AND (seen_model IS NOT NULL OR seen_probability IS NULL));
ALTER TABLE wonlost.feedback ALTER COLUMN occurred_at DROP DEFAULT;
CREATE UNIQUE INDEX feedback_by_key ON wonlost.feedback (idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX feedback_subject ON wonlost.feedback (subject_kind, subject_id, feedback_id DESC);
CREATE INDEX feedback_given ON wonlost.feedback (given_at, kind);

-- One in force at a time, those before it kept: a score as of an earlier time is judged as it was then.
ALTER TABLE wonlost.overrides DROP CONSTRAINT overrides_pkey;
ALTER TABLE wonlost.overrides
  ADD COLUMN ended_at    timestamptz(3),                 -- taken back, or another one took its place
  ADD COLUMN ended_by    text,
  ADD COLUMN override_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ADD CONSTRAINT overrides_ended CHECK ((ended_at IS NULL) = (ended_by IS NULL));
CREATE UNIQUE INDEX overrides_open ON wonlost.overrides (subject_kind, subject_id) WHERE ended_at IS NULL;
CREATE INDEX overrides_subject ON wonlost.overrides (subject_kind, subject_id, set_at DESC);

-- A stored answer under an override holds what would be said without it, and becomes that when the override expires.
ALTER TABLE wonlost.scores
  ADD COLUMN override            jsonb,
  ADD COLUMN override_expires_at timestamptz(3),
  ADD CONSTRAINT scores_override CHECK (override IS NOT NULL OR override_expires_at IS NULL);
CREATE INDEX scores_override_expires ON wonlost.scores (override_expires_at) WHERE override_expires_at IS NOT NULL;

-- The band after the verdict, which sales goes by: how long a lead has been in it.
ALTER TABLE wonlost.score_history ADD COLUMN decision_band text;
UPDATE wonlost.score_history SET decision_band = CASE WHEN verdict = 'eligible' THEN band ELSE verdict END;
CREATE INDEX score_history_entered ON wonlost.score_history (subject_kind, model, scored_at);
