-- Up Migration
-- Scores that follow what is learned: who woke whom, who could not be scored, what history has said last, and which run of all
-- scores was the last to end.

-- Raw points of the last entry in the history: another entry follows when they have moved by enough. null: those of the row.
ALTER TABLE wonlost.scores ADD COLUMN history_points double precision;
-- Why, where the entry starts an action: the reasons for and against, in words.
ALTER TABLE wonlost.score_history ADD COLUMN reasons jsonb;

-- Leads that could not be scored, or not kept. They stay dirty, and are left alone until `retry_at`.
CREATE TABLE wonlost.rescoring_failures (
  lead_id   text COLLATE "C" PRIMARY KEY,
  failures  integer NOT NULL CHECK (failures > 0),
  error     text NOT NULL,
  failed_at timestamptz(3) NOT NULL,
  retry_at  timestamptz(3) NOT NULL
);
CREATE INDEX rescoring_failures_due ON wonlost.rescoring_failures (retry_at);

-- Accounts of many people, all of whose scores are out of date: their leads are marked at `due_at`, once for all that happens until then.
CREATE TABLE wonlost.dirty_accounts (
  account_id text COLLATE "C" PRIMARY KEY,
  due_at     timestamptz(3) NOT NULL,
  revision   bigint NOT NULL DEFAULT 1
);
CREATE INDEX dirty_accounts_due ON wonlost.dirty_accounts (due_at);

-- 1: a worker sleeps for long, and wants to be woken. A sequence, because it must be seen before a transaction ends, and never be
-- waited for. A notice makes transactions end one after another, so only the first mark after such a sleep gives one.
CREATE SEQUENCE wonlost.rescoring_sleeps MINVALUE 0 MAXVALUE 1 START 0;
CREATE FUNCTION wonlost.wake_rescoring() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT last_value = 1 FROM wonlost.rescoring_sleeps) THEN
    PERFORM setval('wonlost.rescoring_sleeps', 0);
    PERFORM pg_notify('wonlost_dirty', '');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER dirty_leads_wake AFTER INSERT ON wonlost.dirty_leads
  FOR EACH STATEMENT EXECUTE FUNCTION wonlost.wake_rescoring();

-- The scoring of all leads that ended last: by what, and as of when.
CREATE TABLE wonlost.last_scoring (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  cause    text NOT NULL,
  as_of    timestamptz(3) NOT NULL,
  engine   jsonb NOT NULL,
  began_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3) NOT NULL
);
