-- Up Migration
-- A scoring of all leads scores their accounts as well: how many, once the part is done.

ALTER TABLE wonlost.scoring_parts ADD COLUMN accounts integer;
