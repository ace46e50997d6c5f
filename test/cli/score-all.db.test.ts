/** `wonlost score --all` in processes of its own: threads, and what is left when one is killed. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { parseTime } from '../../src/glossary.ts'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { loadEngine } from '../../src/server/engine.ts'
import { compiledFile, type Running, startNode } from '../support/cli.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { addManyLeads, forgetScores, keptScores } from '../support/many-leads.ts'
import { until } from '../support/until.ts'

const AS_OF = '2026-11-21T00:00:00Z'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await addManyLeads(database.pool, parseTime(AS_OF))
})
afterAll(() => database.drop())

function scoreAll(...options: string[]): Running {
  const args = [compiledFile('src/cli/main.ts'), 'score', '--all', ...options]
  return startNode(args, { DATABASE_URL: database.url })
}

it('comes to the same on two threads, killed and started again, as on one', async () => {
  const { pool } = database
  // In this process: one thread.
  const engine = await loadEngine(pool, readConfig({}))
  const asOf = parseTime(AS_OF)
  const { bands } = await scoreLeads(pool, engine, { asOf, scoredAt: asOf, cause: 'score' })
  const clean = await keptScores(pool)
  await forgetScores(pool)

  // The third part has the leads of a98, and waits for whoever holds one of its scores.
  const holder = await pool.connect()
  await holder.query(`BEGIN; INSERT INTO wonlost.scores SELECT 'lead', 'l98', 'conversion', '', 0, 'rubric', '', now(), 1, 1,
    NULL, 0, 0, '', 'eligible', '{}', '[]', now()`)
  const killed = scoreAll('--threads', '2', '--as-of', AS_OF)
  const doneParts = 'SELECT FROM wonlost.scoring_parts WHERE leads > 0'
  await until(async () => (await pool.query(doneParts)).rowCount === 2, 40_000)
  killed.child.kill('SIGKILL')
  await killed.finished
  await holder.query('ROLLBACK')
  holder.release()

  const resumed = await scoreAll('--threads', '2', '--as-of', AS_OF).finished
  expect(resumed.stderr).toContain(
    `Continuing the run of ${AS_OF}: 1002 of 1200 leads are done; --restart begins anew.`,
  )
  expect(resumed.code).toBe(0)
  expect(resumed.stdout).toMatch(
    /^Scored 1200 leads and 399 accounts as of 2026-11-21T00:00:00Z in .* s; 3997 scores changed\./,
  )
  for (const [band, leads] of Object.entries(bands)) expect(resumed.stdout).toContain(`${band} ${leads}`)
  expect(await keptScores(pool)).toEqual(clean)
})
