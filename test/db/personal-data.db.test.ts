import { afterAll, beforeAll, expect, it } from 'vitest'
import { PERSONAL_TABLES } from '../../src/db/personal-data.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

/** Columns by which a row is about somebody. Ids of the row itself are not: numbers given by the database, and those of events. */
const NAMES_SOMEBODY = `column_name ~ '(_id|^merged_into)$' AND data_type = 'text' AND column_name <> 'event_id'`

it('lists every table and column that says whose data a row is', async () => {
  const { rows } = await database.pool.query<{
    table: string
    idColumns: string[]
    kindColumn: string | null
  }>(
    `SELECT table_name AS table, array_agg(column_name::text ORDER BY ordinal_position) FILTER (WHERE ${NAMES_SOMEBODY}) AS "idColumns",
            max(column_name::text) FILTER (WHERE column_name = 'subject_kind') AS "kindColumn"
     FROM information_schema.columns WHERE table_schema = 'wonlost' GROUP BY table_name
     HAVING bool_or(${NAMES_SOMEBODY}) ORDER BY table_name`,
  )
  const listed = PERSONAL_TABLES.map((entry) => ({ kindColumn: null, ...entry }))
  expect(listed.sort((a, b) => (a.table < b.table ? -1 : 1))).toEqual(rows)
})

it('holds every table that is neither on the list nor known to be about nobody', async () => {
  const { rows } = await database.pool.query<{ table: string }>(
    `SELECT table_name AS table FROM information_schema.tables WHERE table_schema = 'wonlost' ORDER BY table_name`,
  )
  const listed = new Set(PERSONAL_TABLES.map((entry) => entry.table))
  expect(rows.map((row) => row.table).filter((table) => !listed.has(table))).toEqual([
    'api_keys',
    'artifacts',
    'configurations',
    'first_scoring',
    'intake_minutes',
    'last_scoring',
    'migrations',
    'model_alias_history',
    'model_aliases',
    'model_reports',
    'models',
    'monitor_runs',
    'scoring_runs',
    // Ids of messages, without a word of what they said.
    'seen_messages',
    // Of people who use this program, by the key they were given or by the name that their company's provider has for them.
    'sessions',
    'suppression_salt',
    'suppressions',
    'unknown_names',
    'used_sign_ins',
    // Of messages about a subject, which go with its rows of the outbox.
    'webhook_attempts',
    'webhook_endpoints',
    'webhook_messages',
    'webhook_secrets',
    // Amounts without ids.
    'won_amounts',
  ])
})
