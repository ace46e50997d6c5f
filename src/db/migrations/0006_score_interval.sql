-- Up Migration
-- How sure a probability is: kept with it, because the model that gave it may not be the one that serves now.

ALTER TABLE wonlost.scores
  ADD COLUMN interval_low  double precision,
  ADD COLUMN interval_high double precision,
  ADD CONSTRAINT scores_interval CHECK (
    (interval_low IS NULL) = (interval_high IS NULL)
    AND 0 < interval_low AND interval_low <= probability AND probability <= interval_high AND interval_high < 1
  );
