-- Up Migration
-- The dashboard: who is signed in, and whom a search for a name finds.

-- A session may do what the key that it was begun with may, for as long as that is in force. Of its token only the hash is kept.
CREATE TABLE wonlost.sessions (
  sha256     text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  key_prefix text COLLATE "C" NOT NULL REFERENCES wonlost.api_keys (prefix) ON DELETE CASCADE,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL CHECK (expires_at > created_at)
);
CREATE INDEX sessions_expire ON wonlost.sessions (expires_at);

-- By what a name begins with. Values may be long, entries of an index may not.
CREATE INDEX traits_search ON wonlost.traits (left(lower(value #>> '{}'), 100) text_pattern_ops)
  WHERE name IN ('first_name', 'last_name', 'email', 'name', 'domain');
