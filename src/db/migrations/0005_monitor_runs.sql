-- Up Migration
-- What the monitor found, one row a model and run: the report as it was printed then.

CREATE TABLE wonlost.monitor_runs (
  run_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name        text COLLATE "C" NOT NULL,
  segment     text COLLATE "C" NOT NULL,
  version     integer NOT NULL,
  as_of       timestamptz(3) NOT NULL,
  window_days integer NOT NULL,
  verdict     text NOT NULL CHECK (verdict IN ('steady', 'crossed', 'too_little')),
  report      jsonb NOT NULL,
  created_at  timestamptz(3) NOT NULL,
  FOREIGN KEY (name, segment, version) REFERENCES wonlost.models
);

CREATE INDEX ON wonlost.monitor_runs (name, run_id DESC);
