-- Up Migration
-- What arrives live: whose scores are out of date by it, messages that are no events, names that nobody knows, and what was turned down.

-- An account may go by the id that the product has for it; people who must not come back are known by every name they had.
ALTER TABLE wonlost.identities DROP CONSTRAINT identities_kind_check;
ALTER TABLE wonlost.identities ADD CONSTRAINT identities_kind_check
  CHECK (kind IN ('email', 'user_id', 'anonymous_id', 'crm_id', 'domain', 'group_id'));
ALTER TABLE wonlost.suppressions DROP CONSTRAINT suppressions_kind_check;
ALTER TABLE wonlost.suppressions ADD CONSTRAINT suppressions_kind_check
  CHECK (kind IN ('email', 'lead_id', 'user_id', 'anonymous_id'));

-- Leads about whom something was learned since they were scored. One row a lead; `revision` counts the marks, so that whoever
-- scored it can tell whether another one came meanwhile.
CREATE TABLE wonlost.dirty_leads (
  lead_id    text COLLATE "C" PRIMARY KEY,
  cause      text NOT NULL,
  marked_at  timestamptz(3) NOT NULL,          -- of the first mark
  revision   bigint NOT NULL DEFAULT 1
) WITH (fillfactor = 50);                       -- marked again and again: in place, while there is room
CREATE INDEX dirty_leads_oldest ON wonlost.dirty_leads (marked_at, lead_id);

-- Messages that left no event (identify, group, alias), so that sending them again changes nothing.
CREATE TABLE wonlost.seen_messages (
  message_key text COLLATE "C" PRIMARY KEY,      -- as the sender named it, or a hash of the content
  received_at timestamptz(3) NOT NULL
);
CREATE INDEX seen_messages_oldest ON wonlost.seen_messages (received_at);

-- Names of events and traits that the mapping file does not know, or that are not taken as traits.
CREATE TABLE wonlost.unknown_names (
  kind       text NOT NULL CHECK (kind IN ('event', 'lead trait', 'account trait')),
  name       text COLLATE "C" NOT NULL,
  source     text COLLATE "C" NOT NULL,
  reason     text,                             -- why it was left out; null: it was kept under its own name
  times      bigint NOT NULL CHECK (times > 0),
  first_seen timestamptz(3) NOT NULL,
  last_seen  timestamptz(3) NOT NULL,
  PRIMARY KEY (kind, name, source)
);

-- Messages that could be read, but not used.
CREATE TABLE wonlost.rejected_messages (
  rejection    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  received_at  timestamptz(3) NOT NULL,
  source       text COLLATE "C" NOT NULL,
  reason       text NOT NULL,
  user_id      text COLLATE "C",
  anonymous_id text COLLATE "C",
  email        text COLLATE "C",               -- normalised
  message      text NOT NULL                   -- JSON as it came; what is too long is cut off
);
CREATE INDEX rejected_messages_newest ON wonlost.rejected_messages (received_at);
