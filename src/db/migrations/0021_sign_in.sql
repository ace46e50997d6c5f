-- Up Migration
-- Sessions of people that an identity provider vouches for: nobody gave them a key, so the session says itself what it may.

ALTER TABLE wonlost.sessions
  ALTER COLUMN key_prefix DROP NOT NULL,
  ADD COLUMN issuer  text,                    -- the provider, and whom it means by the subject
  ADD COLUMN subject text,
  ADD COLUMN name    text CHECK (name <> ''),
  ADD COLUMN scopes  text[] CHECK (cardinality(scopes) > 0),
  ADD CONSTRAINT sessions_of_key_or_person CHECK (
    num_nonnulls(issuer, subject, name, scopes) = CASE WHEN key_prefix IS NULL THEN 4 ELSE 0 END
  );

-- Answers of a provider that began a session: none begins a second one. Only the hash of a random state is kept, until the answer is too
-- old to be taken anyway.
CREATE TABLE wonlost.used_sign_ins (
  sha256     text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  expires_at timestamptz(3) NOT NULL
);
