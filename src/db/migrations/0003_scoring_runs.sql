-- Up Migration
-- A scoring of all leads that has not ended, and the parts it is cut into: one that was interrupted goes on where it stopped.
-- One that ended leaves nothing here.

CREATE TABLE wonlost.scoring_runs (
  run_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  cause    text NOT NULL,
  as_of    timestamptz(3) NOT NULL,
  engine   jsonb NOT NULL,                  -- versions of models, policy, guardrails and program
  began_at timestamptz(3) NOT NULL,
  leads    integer NOT NULL,
  parts    integer NOT NULL                 -- so many rows of scoring_parts; fewer: somebody was erased meanwhile
);

-- Accounts, or leads without an account, in order of id. The counts are null until the part is done.
CREATE TABLE wonlost.scoring_parts (
  run_id       bigint NOT NULL REFERENCES wonlost.scoring_runs ON DELETE CASCADE,
  part         integer NOT NULL,
  subject_kind text NOT NULL CHECK (subject_kind IN ('lead', 'account')),
  after_id     text COLLATE "C" NOT NULL,   -- exclusive; '' from the first on
  upto_id      text COLLATE "C",            -- inclusive; null: to the last
  leads        integer,
  changed      integer,
  bands        jsonb,
  verdicts     jsonb,
  PRIMARY KEY (run_id, part)
);
