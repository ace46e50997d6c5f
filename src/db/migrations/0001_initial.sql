-- Up Migration
-- Everything lives in the schema `wonlost`, so that it can share a database with other software.
-- Every event and trait has two times: occurred_at (true in the world) and known_at (we learned of it).

CREATE SCHEMA IF NOT EXISTS wonlost;

-- Subjects ---------------------------------------------------------------------------------------

CREATE TABLE wonlost.accounts (
  account_id  text PRIMARY KEY CHECK (account_id <> ''),
  created_at  timestamptz NOT NULL,
  known_at    timestamptz NOT NULL,
  source      text NOT NULL
);

CREATE TABLE wonlost.leads (
  lead_id     text PRIMARY KEY CHECK (lead_id <> ''),
  account_id  text REFERENCES wonlost.accounts ON DELETE SET NULL,
  created_at  timestamptz NOT NULL,            -- first touch
  known_at    timestamptz NOT NULL,
  source      text NOT NULL
);
CREATE INDEX leads_account ON wonlost.leads (account_id, lead_id);

CREATE TABLE wonlost.traits (
  subject_kind text NOT NULL CHECK (subject_kind IN ('lead', 'account')),
  subject_id   text NOT NULL,
  name         text NOT NULL,
  value        jsonb NOT NULL,                 -- text, number, boolean or list of text
  occurred_at  timestamptz NOT NULL,
  known_at     timestamptz NOT NULL,
  source       text NOT NULL,
  undated      boolean NOT NULL DEFAULT false, -- the source gave no date: known from its import on
  PRIMARY KEY (subject_kind, subject_id, name, occurred_at, known_at, source)
);

CREATE TABLE wonlost.events (
  event_id     text PRIMARY KEY CHECK (event_id <> ''),  -- messageId, or a hash of the content
  lead_id      text,                           -- null while the visitor is anonymous
  anonymous_id text,
  type         text NOT NULL,
  occurred_at  timestamptz NOT NULL,
  known_at     timestamptz NOT NULL,
  source       text NOT NULL,
  properties   jsonb NOT NULL DEFAULT '{}',
  CHECK (lead_id IS NOT NULL OR anonymous_id IS NOT NULL)
);
CREATE INDEX events_lead ON wonlost.events (lead_id, occurred_at) WHERE lead_id IS NOT NULL;
CREATE INDEX events_anonymous ON wonlost.events (anonymous_id) WHERE lead_id IS NULL;

CREATE TABLE wonlost.deals (
  deal_id     text PRIMARY KEY CHECK (deal_id <> ''),
  account_id  text REFERENCES wonlost.accounts ON DELETE SET NULL,
  pipeline    text NOT NULL,
  opened_at   timestamptz NOT NULL,
  closed_at   timestamptz,
  outcome     text NOT NULL CHECK (outcome IN ('won', 'lost', 'open')),
  amount      double precision,
  currency    text,
  lost_reason text,
  known_at    timestamptz NOT NULL,
  source      text NOT NULL,
  CHECK ((outcome = 'open') = (closed_at IS NULL)),
  CHECK (closed_at IS NULL OR closed_at >= opened_at)
);
CREATE INDEX deals_account ON wonlost.deals (account_id);

CREATE TABLE wonlost.deal_contacts (
  deal_id    text NOT NULL REFERENCES wonlost.deals ON DELETE CASCADE,
  lead_id    text NOT NULL REFERENCES wonlost.leads ON DELETE CASCADE,
  is_primary boolean NOT NULL DEFAULT false,
  PRIMARY KEY (deal_id, lead_id)
);
CREATE INDEX deal_contacts_lead ON wonlost.deal_contacts (lead_id);
CREATE UNIQUE INDEX deal_contacts_one_primary ON wonlost.deal_contacts (deal_id) WHERE is_primary;

CREATE TABLE wonlost.deal_stages (
  deal_id    text NOT NULL REFERENCES wonlost.deals ON DELETE CASCADE,
  stage      text NOT NULL,
  entered_at timestamptz NOT NULL,
  known_at   timestamptz NOT NULL,
  PRIMARY KEY (deal_id, entered_at, stage)
);

-- Who is who ---------------------------------------------------------------------------------------

CREATE TABLE wonlost.identities (
  kind         text NOT NULL CHECK (kind IN ('email', 'user_id', 'anonymous_id', 'crm_id', 'domain')),
  value        text NOT NULL,                  -- normalised
  subject_kind text NOT NULL CHECK (subject_kind IN ('lead', 'account')),
  subject_id   text NOT NULL,
  linked_at    timestamptz NOT NULL,
  source       text NOT NULL,
  PRIMARY KEY (kind, value, subject_kind)
);
CREATE INDEX identities_subject ON wonlost.identities (subject_kind, subject_id);

CREATE TABLE wonlost.merges (
  merge_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subject_kind text NOT NULL CHECK (subject_kind IN ('lead', 'account')),
  from_id      text NOT NULL,
  into_id      text NOT NULL,
  evidence     jsonb NOT NULL,
  merged_at    timestamptz NOT NULL,
  merged_by    text NOT NULL,
  undone_at    timestamptz,
  undone_by    text,
  CHECK (from_id <> into_id)
);

-- Sha-256 of what must never come back: mail addresses and ids of erased people. Imports check it.
CREATE TABLE wonlost.suppressions (
  kind          text NOT NULL CHECK (kind IN ('email', 'lead_id')),
  hash          text NOT NULL,
  suppressed_at timestamptz NOT NULL,
  reason        text NOT NULL,
  PRIMARY KEY (kind, hash)
);

-- What to learn and what to do with it ---------------------------------------------------------------

CREATE TABLE wonlost.configurations (
  kind       text NOT NULL CHECK (kind IN ('definition', 'policy', 'guardrails')),
  name       text NOT NULL,                    -- of the definition; 'policy' and 'guardrails' otherwise
  version    integer NOT NULL CHECK (version > 0),
  sha256     text NOT NULL,
  body       text NOT NULL,                    -- the YAML as it was
  created_at timestamptz NOT NULL,
  PRIMARY KEY (kind, name, version),
  UNIQUE (kind, name, sha256)
);

CREATE TABLE wonlost.artifacts (
  sha256     text PRIMARY KEY,
  kind       text NOT NULL CHECK (kind IN ('rubric', 'logistic', 'boosting', 'imported')),
  body       text NOT NULL,                    -- canonical JSON, byte for byte what the hash is of
  created_at timestamptz NOT NULL
);

-- segment '' is the model for everyone.
CREATE TABLE wonlost.models (
  name               text NOT NULL,
  segment            text NOT NULL DEFAULT '',
  version            integer NOT NULL CHECK (version > 0),
  kind               text NOT NULL CHECK (kind IN ('rubric', 'logistic', 'boosting', 'imported')),
  artifact_sha256    text NOT NULL REFERENCES wonlost.artifacts,
  definition_version integer NOT NULL,
  report             jsonb NOT NULL,
  cutoff             timestamptz NOT NULL,     -- what training could know
  created_at         timestamptz NOT NULL,
  created_by         text NOT NULL,
  PRIMARY KEY (name, segment, version)
);

-- Exactly one champion for each (name, segment); revision is compared and set.
CREATE TABLE wonlost.model_aliases (
  name       text NOT NULL,
  segment    text NOT NULL DEFAULT '',
  alias      text NOT NULL CHECK (alias IN ('champion', 'challenger')),
  version    integer NOT NULL,
  revision   integer NOT NULL CHECK (revision > 0),
  changed_at timestamptz NOT NULL,
  changed_by text NOT NULL,
  reason     text NOT NULL,
  PRIMARY KEY (name, segment, alias),
  FOREIGN KEY (name, segment, version) REFERENCES wonlost.models
);

CREATE TABLE wonlost.model_alias_history (
  name       text NOT NULL,
  segment    text NOT NULL,
  alias      text NOT NULL,
  revision   integer NOT NULL,
  version    integer NOT NULL,
  changed_at timestamptz NOT NULL,
  changed_by text NOT NULL,
  reason     text NOT NULL,
  PRIMARY KEY (name, segment, alias, revision)
);

-- What was said of whom -----------------------------------------------------------------------------

CREATE TABLE wonlost.scores (
  subject_kind       text NOT NULL CHECK (subject_kind IN ('lead', 'account')),
  subject_id         text NOT NULL,
  model              text NOT NULL,
  segment            text NOT NULL DEFAULT '',
  version            integer NOT NULL,
  as_of              timestamptz NOT NULL,
  policy_version     integer NOT NULL,
  guardrails_version integer NOT NULL,
  probability        double precision CHECK (probability > 0 AND probability < 1),
  raw_points         double precision NOT NULL,
  score              smallint NOT NULL CHECK (score BETWEEN 0 AND 100),
  band               text NOT NULL,
  verdict            text NOT NULL CHECK (verdict IN ('eligible', 'disqualified', 'review')),
  decision           jsonb NOT NULL,           -- band after the verdict, grade, action, response time, route
  verdict_rules      jsonb NOT NULL DEFAULT '[]',
  scored_at          timestamptz NOT NULL,
  PRIMARY KEY (subject_kind, subject_id, model)
);
CREATE INDEX scores_queue ON wonlost.scores (model, subject_kind, raw_points DESC, subject_id);

CREATE TABLE wonlost.score_history (
  history_id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subject_kind       text NOT NULL,
  subject_id         text NOT NULL,
  model              text NOT NULL,
  segment            text NOT NULL,
  version            integer NOT NULL,
  as_of              timestamptz NOT NULL,
  policy_version     integer NOT NULL,
  guardrails_version integer NOT NULL,
  probability        double precision,
  raw_points         double precision NOT NULL,
  score              smallint NOT NULL,
  band               text NOT NULL,
  verdict            text NOT NULL,
  cause              text NOT NULL,
  scored_at          timestamptz NOT NULL
);
CREATE INDEX score_history_subject ON wonlost.score_history (subject_kind, subject_id, model, as_of);

CREATE TABLE wonlost.overrides (
  subject_kind text NOT NULL CHECK (subject_kind IN ('lead', 'account')),
  subject_id   text NOT NULL,
  status       text NOT NULL CHECK (status IN ('eligible', 'disqualified', 'review')),
  reason       text NOT NULL,
  set_by       text NOT NULL,
  set_at       timestamptz NOT NULL,
  expires_at   timestamptz,
  PRIMARY KEY (subject_kind, subject_id)
);

CREATE TABLE wonlost.feedback (
  feedback_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subject_kind text NOT NULL CHECK (subject_kind IN ('lead', 'account')),
  subject_id   text NOT NULL,
  kind         text NOT NULL,
  comment      text,
  given_by     text NOT NULL,
  given_at     timestamptz NOT NULL
);

-- Down Migration
DROP SCHEMA wonlost CASCADE;
