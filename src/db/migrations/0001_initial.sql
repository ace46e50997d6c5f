-- Up Migration
-- Everything lives in the schema `wonlost`, so that it can share a database with other software.
-- Every event and trait has two times: occurred_at (true in the world) and known_at (we learned of it).
-- Times have milliseconds, as everywhere else in the project, so that SQL and code compare alike.
-- What is sorted by is COLLATE "C", so that every server gives one order, whatever its locale.

CREATE SCHEMA IF NOT EXISTS wonlost;

-- Subjects ---------------------------------------------------------------------------------------

CREATE TABLE wonlost.accounts (
  account_id  text COLLATE "C" PRIMARY KEY CHECK (account_id <> ''),
  created_at  timestamptz(3) NOT NULL,
  known_at    timestamptz(3) NOT NULL CHECK (isfinite(known_at)),
  source      text COLLATE "C" NOT NULL
);

CREATE TABLE wonlost.leads (
  lead_id     text COLLATE "C" PRIMARY KEY CHECK (lead_id <> ''),
  account_id  text COLLATE "C" REFERENCES wonlost.accounts ON DELETE SET NULL,
  created_at  timestamptz(3) NOT NULL,            -- first touch
  known_at    timestamptz(3) NOT NULL CHECK (isfinite(known_at)),
  source      text COLLATE "C" NOT NULL
);
CREATE INDEX leads_account ON wonlost.leads (account_id, lead_id);

CREATE TABLE wonlost.traits (
  subject_kind text NOT NULL CHECK (subject_kind IN ('lead', 'account')),
  subject_id   text COLLATE "C" NOT NULL,
  name         text COLLATE "C" NOT NULL,
  value        jsonb NOT NULL                  -- text, number, boolean or list of text
               CHECK (jsonb_typeof(value) IN ('string', 'number', 'boolean', 'array')),
  occurred_at  timestamptz(3) NOT NULL CHECK (isfinite(occurred_at)),
  known_at     timestamptz(3) NOT NULL CHECK (isfinite(known_at)),
  source       text COLLATE "C" NOT NULL,
  undated      boolean NOT NULL DEFAULT false, -- the source gave no date: known from its import on
  PRIMARY KEY (subject_kind, subject_id, name, occurred_at, known_at, source)
);

CREATE TABLE wonlost.events (
  event_id     text COLLATE "C" PRIMARY KEY CHECK (event_id <> ''),  -- messageId, or a hash of the content
  lead_id      text COLLATE "C",                           -- null while the visitor is anonymous
  anonymous_id text COLLATE "C",
  type         text COLLATE "C" NOT NULL,
  occurred_at  timestamptz(3) NOT NULL CHECK (isfinite(occurred_at)),
  known_at     timestamptz(3) NOT NULL CHECK (isfinite(known_at)),
  source       text COLLATE "C" NOT NULL,
  properties   jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(properties) = 'object'),
  CHECK (lead_id IS NOT NULL OR anonymous_id IS NOT NULL)
);
CREATE INDEX events_lead ON wonlost.events (lead_id, occurred_at) WHERE lead_id IS NOT NULL;
CREATE INDEX events_anonymous ON wonlost.events (anonymous_id) WHERE lead_id IS NULL;

CREATE TABLE wonlost.deals (
  deal_id     text COLLATE "C" PRIMARY KEY CHECK (deal_id <> ''),
  account_id  text COLLATE "C" REFERENCES wonlost.accounts ON DELETE SET NULL,
  pipeline    text NOT NULL,
  opened_at   timestamptz(3) NOT NULL CHECK (isfinite(opened_at)),
  closed_at   timestamptz(3),
  outcome     text NOT NULL CHECK (outcome IN ('won', 'lost', 'open')),
  amount      double precision,
  currency    text,
  lost_reason text,
  known_at    timestamptz(3) NOT NULL CHECK (isfinite(known_at)),
  source      text COLLATE "C" NOT NULL,
  CHECK ((outcome = 'open') = (closed_at IS NULL)),
  CHECK (closed_at IS NULL OR closed_at >= opened_at)
);
CREATE INDEX deals_account ON wonlost.deals (account_id);

CREATE TABLE wonlost.deal_contacts (
  deal_id    text COLLATE "C" NOT NULL REFERENCES wonlost.deals ON DELETE CASCADE,
  lead_id    text COLLATE "C" NOT NULL REFERENCES wonlost.leads ON DELETE CASCADE,
  is_primary boolean NOT NULL DEFAULT false,
  PRIMARY KEY (deal_id, lead_id)
);
CREATE INDEX deal_contacts_lead ON wonlost.deal_contacts (lead_id);
CREATE UNIQUE INDEX deal_contacts_one_primary ON wonlost.deal_contacts (deal_id) WHERE is_primary;

CREATE TABLE wonlost.deal_stages (
  deal_id    text COLLATE "C" NOT NULL REFERENCES wonlost.deals ON DELETE CASCADE,
  stage      text COLLATE "C" NOT NULL,
  entered_at timestamptz(3) NOT NULL CHECK (isfinite(entered_at)),
  known_at   timestamptz(3) NOT NULL CHECK (isfinite(known_at)),
  PRIMARY KEY (deal_id, entered_at, stage)
);

-- Who is who ---------------------------------------------------------------------------------------

CREATE TABLE wonlost.identities (
  kind         text NOT NULL CHECK (kind IN ('email', 'user_id', 'anonymous_id', 'crm_id', 'domain')),
  value        text COLLATE "C" NOT NULL,                  -- normalised
  subject_kind text NOT NULL CHECK (subject_kind IN ('lead', 'account')),
  subject_id   text COLLATE "C" NOT NULL,
  linked_at    timestamptz(3) NOT NULL,
  source       text COLLATE "C" NOT NULL,
  PRIMARY KEY (kind, value, subject_kind)
);
CREATE INDEX identities_subject ON wonlost.identities (subject_kind, subject_id);

CREATE TABLE wonlost.merges (
  merge_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subject_kind text NOT NULL CHECK (subject_kind IN ('lead', 'account')),
  from_id      text COLLATE "C" NOT NULL,
  into_id      text COLLATE "C" NOT NULL,
  evidence     jsonb NOT NULL,
  merged_at    timestamptz(3) NOT NULL,
  merged_by    text NOT NULL,
  undone_at    timestamptz(3),
  undone_by    text,
  CHECK (from_id <> into_id)
);

-- Sha-256 of what must never come back: mail addresses and ids of erased people. Imports check it.
CREATE TABLE wonlost.suppressions (
  kind          text NOT NULL CHECK (kind IN ('email', 'lead_id')),
  hash          text NOT NULL,
  suppressed_at timestamptz(3) NOT NULL,
  reason        text NOT NULL,
  PRIMARY KEY (kind, hash)
);

-- What to learn and what to do with it ---------------------------------------------------------------

CREATE TABLE wonlost.configurations (
  kind       text NOT NULL CHECK (kind IN ('definition', 'policy', 'guardrails')),
  name       text COLLATE "C" NOT NULL,                    -- of the definition; 'policy' and 'guardrails' otherwise
  version    integer NOT NULL CHECK (version > 0),
  sha256     text NOT NULL,
  body       text NOT NULL,                    -- the YAML as it was
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (kind, name, version),
  UNIQUE (kind, name, sha256)
);

CREATE TABLE wonlost.artifacts (
  sha256     text PRIMARY KEY,
  kind       text NOT NULL CHECK (kind IN ('rubric', 'logistic', 'boosting', 'imported')),
  body       text NOT NULL,                    -- canonical JSON, byte for byte what the hash is of
  created_at timestamptz(3) NOT NULL
);

-- segment '' is the model for everyone.
CREATE TABLE wonlost.models (
  name               text COLLATE "C" NOT NULL,
  segment            text COLLATE "C" NOT NULL DEFAULT '',
  version            integer NOT NULL CHECK (version > 0),
  kind               text NOT NULL CHECK (kind IN ('rubric', 'logistic', 'boosting', 'imported')),
  artifact_sha256    text NOT NULL REFERENCES wonlost.artifacts,
  definition_version integer NOT NULL,
  report             jsonb NOT NULL,
  cutoff             timestamptz(3) NOT NULL,     -- what training could know
  created_at         timestamptz(3) NOT NULL,
  created_by         text NOT NULL,
  PRIMARY KEY (name, segment, version)
);

-- Exactly one champion for each (name, segment); revision is compared and set.
CREATE TABLE wonlost.model_aliases (
  name       text COLLATE "C" NOT NULL,
  segment    text COLLATE "C" NOT NULL DEFAULT '',
  alias      text NOT NULL CHECK (alias IN ('champion', 'challenger')),
  version    integer NOT NULL,
  revision   integer NOT NULL CHECK (revision > 0),
  changed_at timestamptz(3) NOT NULL,
  changed_by text NOT NULL,
  reason     text NOT NULL,
  PRIMARY KEY (name, segment, alias),
  FOREIGN KEY (name, segment, version) REFERENCES wonlost.models
);

CREATE TABLE wonlost.model_alias_history (
  name       text COLLATE "C" NOT NULL,
  segment    text COLLATE "C" NOT NULL,
  alias      text NOT NULL,
  revision   integer NOT NULL,
  version    integer NOT NULL,
  changed_at timestamptz(3) NOT NULL,
  changed_by text NOT NULL,
  reason     text NOT NULL,
  PRIMARY KEY (name, segment, alias, revision)
);

-- What was said of whom -----------------------------------------------------------------------------

CREATE TABLE wonlost.scores (
  subject_kind       text NOT NULL CHECK (subject_kind IN ('lead', 'account')),
  subject_id         text COLLATE "C" NOT NULL,
  model              text COLLATE "C" NOT NULL,
  segment            text COLLATE "C" NOT NULL DEFAULT '',
  version            integer NOT NULL,             -- 0: a rubric that serves until a model is trained
  basis              text NOT NULL CHECK (basis IN ('rubric', 'logistic', 'boosting', 'imported')),
  artifact_sha256    text NOT NULL,
  as_of              timestamptz(3) NOT NULL,
  policy_version     integer NOT NULL,
  guardrails_version integer NOT NULL,
  probability        double precision CHECK (probability > 0 AND probability < 1),
  raw_points         double precision NOT NULL,
  score              smallint NOT NULL CHECK (score BETWEEN 0 AND 100),
  band               text NOT NULL,
  verdict            text NOT NULL CHECK (verdict IN ('eligible', 'disqualified', 'review')),
  decision           jsonb NOT NULL,           -- band after the verdict, grade, action, response time, route
  verdict_rules      jsonb NOT NULL DEFAULT '[]',
  scored_at          timestamptz(3) NOT NULL,
  PRIMARY KEY (subject_kind, subject_id, model)
);
CREATE INDEX scores_queue ON wonlost.scores (model, subject_kind, raw_points DESC, subject_id);

CREATE TABLE wonlost.score_history (
  history_id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subject_kind       text NOT NULL,
  subject_id         text COLLATE "C" NOT NULL,
  model              text COLLATE "C" NOT NULL,
  segment            text COLLATE "C" NOT NULL,
  version            integer NOT NULL,
  as_of              timestamptz(3) NOT NULL,
  policy_version     integer NOT NULL,
  guardrails_version integer NOT NULL,
  probability        double precision,
  raw_points         double precision NOT NULL,
  score              smallint NOT NULL,
  band               text NOT NULL,
  verdict            text NOT NULL,
  cause              text NOT NULL,
  scored_at          timestamptz(3) NOT NULL
);
CREATE INDEX score_history_subject ON wonlost.score_history (subject_kind, subject_id, model, as_of);

CREATE TABLE wonlost.overrides (
  subject_kind text NOT NULL CHECK (subject_kind IN ('lead', 'account')),
  subject_id   text COLLATE "C" NOT NULL,
  status       text NOT NULL CHECK (status IN ('eligible', 'disqualified', 'review')),
  reason       text NOT NULL,
  set_by       text NOT NULL,
  set_at       timestamptz(3) NOT NULL,
  expires_at   timestamptz(3),
  PRIMARY KEY (subject_kind, subject_id)
);

CREATE TABLE wonlost.feedback (
  feedback_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subject_kind text NOT NULL CHECK (subject_kind IN ('lead', 'account')),
  subject_id   text COLLATE "C" NOT NULL,
  kind         text NOT NULL,
  comment      text,
  given_by     text NOT NULL,
  given_at     timestamptz(3) NOT NULL
);
