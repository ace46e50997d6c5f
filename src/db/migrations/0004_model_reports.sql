-- Up Migration
-- The report of a trained version as one HTML page, as it was made when the model was trained.

CREATE TABLE wonlost.model_reports (
  name    text COLLATE "C" NOT NULL,
  segment text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  page    bytea NOT NULL,                   -- gzip
  PRIMARY KEY (name, segment, version),
  FOREIGN KEY (name, segment, version) REFERENCES wonlost.models ON DELETE CASCADE
);
ALTER TABLE wonlost.model_reports ALTER COLUMN page SET STORAGE EXTERNAL;
