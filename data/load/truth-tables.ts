/**
 * The schema `simulator_truth`: what no model may see. Only evaluation reads it. It stands apart from the migrations, because
 * a database without a simulation has none.
 */
import type pg from 'pg'
import { EFFECTS } from '../simulator/effects.ts'
import type { SimulationOptions } from '../simulator/process.ts'
import { parametersFingerprint } from './fingerprint.ts'

const SCHEMA = `
  DROP SCHEMA IF EXISTS simulator_truth CASCADE;
  CREATE SCHEMA simulator_truth;
  CREATE TABLE simulator_truth.parameters (
    seed        double precision NOT NULL,
    leads       integer NOT NULL,
    months      integer NOT NULL,
    ends_at     timestamptz(3) NOT NULL,
    drift       boolean NOT NULL,
    fingerprint text NOT NULL,             -- of the laws the history was drawn by
    campaign_change_days integer           -- before the end; null: campaigns did not change
  );
  CREATE TABLE simulator_truth.effects (
    type           text PRIMARY KEY,
    half_life_days double precision NOT NULL,
    strength       double precision NOT NULL -- 0: no effect at all
  );
  CREATE TABLE simulator_truth.leaks (
    trait text PRIMARY KEY,
    how   text NOT NULL
  );
  CREATE TABLE simulator_truth.accounts (
    account_number integer PRIMARY KEY,
    account_id     text,                   -- null for a person without an account
    level          integer NOT NULL,       -- of pace
    win_log_odds   double precision NOT NULL,
    decided_at     timestamptz(3),
    won            boolean,
    journey        jsonb NOT NULL          -- everything that the probability at a moment depends on
  );
  CREATE TABLE simulator_truth.leads (
    lead_id        text COLLATE "C" PRIMARY KEY,
    account_number integer NOT NULL REFERENCES simulator_truth.accounts,
    person         integer,                -- place in the journey; null for users of a customer
    duplicate_of   text COLLATE "C",       -- the lead that is the same person
    interest       double precision        -- latent
  );`

/** Traits that a model must not learn from, and why they would tempt it. */
const LEAKS: readonly (readonly [trait: string, how: string])[] = [
  ['onboarding_status', 'filled in after the outcome, with honest times: facts before it do not hold it'],
  ['crm_stage', 'the stage of today, dated back to the creation of the lead: only an audit can find it'],
]

/** Makes the schema anew, and says what the history is drawn by. */
export async function prepareTruth(client: pg.ClientBase, options: SimulationOptions): Promise<void> {
  await client.query(SCHEMA)
  const { seed, leads, months, endsAt, drift, campaignChangeDays } = options
  await client.query('INSERT INTO simulator_truth.parameters VALUES ($1, $2, $3, $4, $5, $6, $7)', [
    seed,
    leads,
    months,
    new Date(endsAt),
    drift,
    parametersFingerprint(options),
    campaignChangeDays ?? null,
  ])
  for (const { type, halfLifeDays, strength } of EFFECTS) {
    await client.query('INSERT INTO simulator_truth.effects VALUES ($1, $2, $3)', [
      type,
      halfLifeDays,
      strength,
    ])
  }
  for (const [trait, how] of LEAKS) {
    await client.query('INSERT INTO simulator_truth.leaks VALUES ($1, $2)', [trait, how])
  }
}
