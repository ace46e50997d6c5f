-- Up Migration
-- Marks of which many come at once: whoever is marked for what happened just now goes first.

ALTER TABLE wonlost.dirty_leads ADD COLUMN is_bulk boolean NOT NULL DEFAULT false;
DROP INDEX wonlost.dirty_leads_oldest;
CREATE INDEX dirty_leads_oldest ON wonlost.dirty_leads (is_bulk, marked_at, lead_id);
