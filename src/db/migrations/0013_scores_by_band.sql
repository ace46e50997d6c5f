-- Up Migration
-- The queue of one band, as people see it: without an index, the few that are hot are looked for among all.

CREATE INDEX scores_by_band ON wonlost.scores (model, subject_kind, (decision ->> 'band'), raw_points DESC, subject_id);
