-- Up Migration
-- Merges are logical: every row keeps the id it came with, and `merged_into` says whose it is now. It is the id that remains,
-- never one that was merged away itself; src/db/merges.ts keeps it in step with the merges that are in force.

ALTER TABLE wonlost.accounts
  ADD COLUMN merged_into text COLLATE "C" REFERENCES wonlost.accounts ON DELETE SET NULL CHECK (merged_into <> account_id);
CREATE INDEX accounts_merged ON wonlost.accounts (merged_into, account_id) WHERE merged_into IS NOT NULL;

ALTER TABLE wonlost.leads
  ADD COLUMN merged_into text COLLATE "C" REFERENCES wonlost.leads ON DELETE SET NULL CHECK (merged_into <> lead_id);
CREATE INDEX leads_merged ON wonlost.leads (merged_into, lead_id) WHERE merged_into IS NOT NULL;

-- What was merged away is so only once, and may be so again after it was undone.
CREATE UNIQUE INDEX merges_in_force ON wonlost.merges (subject_kind, from_id) WHERE undone_at IS NULL;
CREATE INDEX merges_in_force_into ON wonlost.merges (subject_kind, into_id) WHERE undone_at IS NULL;

-- Which accounts have a domain, however it is written: a lead without an account joins the one that has its mail domain.
CREATE INDEX traits_account_domain ON wonlost.traits
  ((lower(regexp_replace(value #>> '{}', '^\s*([a-z][a-z0-9+.-]*://)?(www\.)?|\.?([/:?#].*)?\s*$', '', 'gi'))))
  WHERE subject_kind = 'account' AND name = 'domain';
