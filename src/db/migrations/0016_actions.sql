-- Up Migration
-- What is told to the outside: one row of the outbox a crossing, written with the score; a message for each endpoint that takes it; and
-- what became of each attempt to deliver one.

-- What was told of a subject last, where that is not simply what its stored score says.
CREATE TABLE wonlost.announced (
  subject_kind text NOT NULL CHECK (subject_kind IN ('lead', 'account')),
  subject_id   text COLLATE "C" NOT NULL,
  band         text NOT NULL,                  -- of the decision
  verdict      text NOT NULL,
  by_score     boolean NOT NULL,               -- no rule and no person capped, raised or overruled it
  revision     integer NOT NULL CHECK (revision >= 0),  -- counts what was told; 0: nothing yet
  is_pending   boolean NOT NULL DEFAULT false, -- the stored answer changed by itself: still to be compared
  PRIMARY KEY (subject_kind, subject_id)
);
CREATE INDEX announced_pending ON wonlost.announced (subject_kind, subject_id) WHERE is_pending;

-- A response is due, and neither given nor told to be late. A promise of a lower band stays beside that of a higher one.
CREATE TABLE wonlost.response_promises (
  subject_kind text NOT NULL CHECK (subject_kind IN ('lead', 'account')),
  subject_id   text COLLATE "C" NOT NULL,
  band         text NOT NULL,
  revision     integer NOT NULL,               -- of the crossing that began it
  action       text NOT NULL,                  -- as the policy said then
  entered_at   timestamptz(3) NOT NULL,
  due_at       timestamptz(3) NOT NULL,
  PRIMARY KEY (subject_kind, subject_id, band)
);
CREATE INDEX response_promises_due ON wonlost.response_promises (due_at);

-- One row once a scoring of all leads has ended: it tells nobody, for everything in it would be news.
CREATE TABLE wonlost.first_scoring (
  is_there boolean PRIMARY KEY DEFAULT true CHECK (is_there),
  ended_at timestamptz(3) NOT NULL
);
INSERT INTO wonlost.first_scoring (ended_at) SELECT now() WHERE EXISTS (SELECT FROM wonlost.scores);

CREATE TABLE wonlost.outbox (
  outbox_id    uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  subject_kind text NOT NULL CHECK (subject_kind IN ('lead', 'account')),
  subject_id   text COLLATE "C" NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('change', 'overdue')),
  revision     integer NOT NULL CHECK (revision > 0),
  types        text[] NOT NULL,                -- what it can be told as, the most telling first
  band_from    text,                           -- null: the first score
  band_to      text NOT NULL,
  verdict_from text,
  verdict_to   text NOT NULL,
  action       text NOT NULL,
  model        text COLLATE "C" NOT NULL,      -- that decides
  score        smallint,                       -- null: it does not apply
  history_id   bigint,                         -- the entry in the history of that score
  as_of        timestamptz(3) NOT NULL,
  respond_by   timestamptz(3),
  created_at   timestamptz(3) NOT NULL,
  relayed_at   timestamptz(3),                 -- its messages are written
  -- What makes it exactly once.
  UNIQUE (subject_kind, subject_id, kind, revision)
);
CREATE INDEX outbox_waiting ON wonlost.outbox (created_at, outbox_id) WHERE relayed_at IS NULL;
CREATE INDEX outbox_relayed ON wonlost.outbox (relayed_at) WHERE relayed_at IS NOT NULL;

CREATE TABLE wonlost.webhook_endpoints (
  endpoint_id      uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  url              text NOT NULL,
  format           text NOT NULL CHECK (format IN ('standard', 'slack')),
  events           text[] NOT NULL,
  bands            text[],                     -- null: any
  description      text,
  created_at       timestamptz(3) NOT NULL,
  disabled_at      timestamptz(3),
  disabled_because text,
  CHECK ((disabled_at IS NULL) = (disabled_because IS NULL))
);

-- In clear: they sign. Two are valid while one takes the place of the other.
CREATE TABLE wonlost.webhook_secrets (
  secret_number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  endpoint_id   uuid NOT NULL REFERENCES wonlost.webhook_endpoints ON DELETE CASCADE,
  secret        text NOT NULL,
  created_at    timestamptz(3) NOT NULL,
  expires_at    timestamptz(3)
);
CREATE INDEX webhook_secrets_endpoint ON wonlost.webhook_secrets (endpoint_id);

CREATE TABLE wonlost.webhook_messages (
  message_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  outbox_id       uuid NOT NULL REFERENCES wonlost.outbox ON DELETE CASCADE,
  endpoint_id     uuid NOT NULL REFERENCES wonlost.webhook_endpoints ON DELETE CASCADE,
  type            text NOT NULL,
  state           text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed')),
  round           integer NOT NULL DEFAULT 1,  -- a replay begins another
  attempts        integer NOT NULL DEFAULT 0,  -- made in the round
  next_attempt_at timestamptz(3) NOT NULL,
  claimed_until   timestamptz(3),              -- somebody is at it
  job_id          uuid,                        -- of the next attempt; null: still to be sent
  UNIQUE (outbox_id, endpoint_id)
);
CREATE INDEX webhook_messages_endpoint ON wonlost.webhook_messages (endpoint_id);
CREATE INDEX webhook_messages_unsent ON wonlost.webhook_messages (message_id) WHERE job_id IS NULL;
CREATE INDEX webhook_messages_pending ON wonlost.webhook_messages (next_attempt_at) WHERE state = 'pending';

CREATE TABLE wonlost.webhook_attempts (
  attempt_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  message_id   bigint NOT NULL REFERENCES wonlost.webhook_messages ON DELETE CASCADE,
  endpoint_id  uuid NOT NULL REFERENCES wonlost.webhook_endpoints ON DELETE CASCADE,
  round        integer NOT NULL,
  attempt      integer NOT NULL,
  began_at     timestamptz(3) NOT NULL,
  milliseconds integer NOT NULL,
  status       smallint,                       -- null: there was no answer
  problem      text,                           -- why it does not count as delivered
  answer       text,                           -- its beginning, without what looks personal; null where it was delivered
  UNIQUE (message_id, round, attempt)
);
CREATE INDEX webhook_attempts_endpoint ON wonlost.webhook_attempts (endpoint_id, attempt_id DESC);
