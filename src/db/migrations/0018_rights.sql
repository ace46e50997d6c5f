-- Up Migration
-- People's rights: to be forgotten, and not to be scored.

-- Hashes of erased people's names begin with a salt of this database, so that no table made elsewhere finds the names.
CREATE TABLE wonlost.suppression_salt (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  salt     text NOT NULL
);
INSERT INTO wonlost.suppression_salt (salt) VALUES (gen_random_uuid()::text || gen_random_uuid()::text);
-- Those that are there were made without it: they are hashed once more, with it.
UPDATE wonlost.suppressions SET hash = encode(sha256(convert_to((SELECT salt FROM wonlost.suppression_salt) || hash, 'UTF8')), 'hex');

-- Whoever is here is never scored. Of somebody who was merged into another, that other is not scored either.
CREATE TABLE wonlost.objections (
  lead_id     text COLLATE "C" PRIMARY KEY,
  reason      text NOT NULL,
  objected_at timestamptz(3) NOT NULL,
  kept_by     text NOT NULL
);
