-- Up Migration
-- Who may ask over HTTP. Of a key only its hash is kept: 256 random bits need neither salt nor a slow hash.

CREATE TABLE wonlost.api_keys (
  prefix       text COLLATE "C" PRIMARY KEY CHECK (prefix ~ '^wl_[0-9a-f]{8}$'),   -- how the key begins: names it
  sha256       text NOT NULL UNIQUE CHECK (sha256 ~ '^[0-9a-f]{64}$'),             -- of the whole key
  name         text NOT NULL CHECK (name <> ''),                                   -- for people: whose it is, or what for
  scopes       text[] NOT NULL CHECK (cardinality(scopes) > 0),
  created_by   text NOT NULL,
  created_at   timestamptz(3) NOT NULL,
  expires_at   timestamptz(3) CHECK (expires_at > created_at),                     -- not valid from then on; null: never
  revoked_at   timestamptz(3),
  revoked_by   text,
  last_used_at timestamptz(3),                                                     -- to the hour
  CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
