-- Up Migration
-- Where a lead lies in the grid stands with its score by the model that decides, and in the indexes of the queue: a box of the grid is looked
-- up, and the grid counted, without reading the table. The indexes are made anew afterwards; that is quicker than keeping them meanwhile.

DROP INDEX wonlost.scores_queue, wonlost.scores_by_band, wonlost.scores_by_value;

ALTER TABLE wonlost.scores
  ADD COLUMN fit_score    smallint CHECK (fit_score BETWEEN 0 AND 100),     -- by the models of the grid; null: the lead has
  ADD COLUMN intent_score smallint CHECK (intent_score BETWEEN 0 AND 100);  -- no such score, or the policy no grades

-- By the names that models of the grid have unless somebody gave them others; then the next scoring fills it in.
UPDATE wonlost.scores s SET fit_score = fit.score, intent_score = intent.score
FROM wonlost.scores fit, wonlost.scores intent
WHERE s.subject_kind = 'lead' AND s.model NOT IN ('fit', 'intent')
  AND fit.subject_kind = 'lead' AND fit.subject_id = s.subject_id AND fit.model = 'fit'
  AND intent.subject_kind = 'lead' AND intent.subject_id = s.subject_id AND intent.model = 'intent';

CREATE INDEX scores_queue ON wonlost.scores (model, subject_kind, raw_points DESC, subject_id)
  INCLUDE (fit_score, intent_score);
CREATE INDEX scores_by_band ON wonlost.scores (model, subject_kind, (decision ->> 'band'), raw_points DESC, subject_id)
  INCLUDE (fit_score, intent_score);

-- By expected value whom to call is ordered: others come last, by id.
CREATE INDEX scores_by_value ON wonlost.scores (model, subject_kind, expected_value DESC, subject_id)
  INCLUDE (fit_score, intent_score) WHERE expected_value IS NOT NULL AND verdict = 'eligible';
CREATE INDEX scores_by_band_value ON wonlost.scores (model, subject_kind, (decision ->> 'band'), expected_value DESC, subject_id)
  INCLUDE (fit_score, intent_score) WHERE expected_value IS NOT NULL AND verdict = 'eligible';
