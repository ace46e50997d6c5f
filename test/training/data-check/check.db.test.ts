import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CommandOptions } from '../../../src/cli/command.ts'
import { dataCheckCommand } from '../../../src/cli/commands/data-check.ts'
import { readConfig } from '../../../src/config.ts'
import { HOUR, parseTime } from '../../../src/glossary.ts'
import { trainModel } from '../../../training/pipeline.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { createModelsFolder, type TestModelsFolder } from '../../support/models-folder.ts'
import { until } from '../../support/until.ts'
import { WORLD_DEFINITION, WORLD_END, WORLD_YAML } from '../world.ts'
import { check, cloneDatabase, createCleanDatabase, NOW } from './clean-world.ts'

let clean: Awaited<ReturnType<typeof createCleanDatabase>>
let models: TestModelsFolder
beforeAll(async () => {
  clean = await createCleanDatabase()
  models = createModelsFolder()
  models.write('world.yaml', WORLD_YAML)
})
afterAll(async () => {
  models.remove()
  await clean.drop()
})

async function withClone(use: (database: Awaited<ReturnType<typeof cloneDatabase>>) => Promise<void>) {
  const database = await cloneDatabase(clean.name)
  try {
    await use(database)
  } finally {
    await database.drop()
  }
}

async function withEmpty(use: (database: TestDatabase) => Promise<void>) {
  const database = await createTestDatabase()
  try {
    await use(database)
  } finally {
    await database.drop()
  }
}

async function run(url: string, options: CommandOptions = {}, signal = new AbortController().signal) {
  const out: string[] = []
  const config = readConfig({ DATABASE_URL: url, WONLOST_MODELS: models.path, WONLOST_POOL_SIZE: '2' })
  const context = {
    config,
    json: options.json === true,
    print: (text: string) => out.push(text),
    write: async () => true,
    say: () => {},
    progress: () => {},
    now: () => NOW,
    signal,
    endEarly: <Result>(work: (ended: AbortSignal) => Promise<Result>) => work(new AbortController().signal),
  }
  const code = await dataCheckCommand.run(context, [], { model: 'world', ...options })
  return { code, text: out.join('\n') }
}

describe('data check', () => {
  it('counts what training counts, to the last row', async () => {
    await withClone(async ({ pool, url }) => {
      const cutoff = WORLD_END - 20 * 24 * HOUR
      for (const asOf of [WORLD_END, cutoff]) {
        const found = await check(pool, WORLD_DEFINITION, { asOf })
        const { report } = await trainModel(pool, WORLD_DEFINITION, { cutoff: asOf })
        expect(found.landmarks).toEqual(report.landmarks)
        expect(found.subjects_used).toEqual(report.subjects)
        expect(found.parts.map(({ name, from, until, rows }) => ({ name, from, until, rows }))).toEqual(
          report.parts.map(({ name, from, until, rows }) => ({ name, from, until, rows })),
        )
        // A subject of a part has reached the target or has not.
        expect(found.parts.map((part) => part.reached + part.not_reached)).toEqual(
          report.parts.map((part) => part.subjects),
        )
      }
      const { code, text } = await run(url)
      expect(code).toBe(0)
      expect(text).toMatch(/^You can train: \d+ won, \d,?\d+ not, in 1\d months\.\n/)
      expect(text).toContain('Nothing was found wrong with the data.')
      expect(text).toMatch(/source: partner +\d\d\.\d %/)
      expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110)
    })
  })

  it('refuses where training refuses, with the same reason, and exits 3 after the whole check', async () => {
    await withClone(async ({ pool, url }) => {
      await pool.query(`DELETE FROM wonlost.deals WHERE abs(hashtext(deal_id)) % 10 > 0`)
      const { code, text } = await run(url, { json: true })
      expect(code).toBe(3)
      const report = JSON.parse(text)
      expect(report.verdict).toMatchObject({ can_train: false })
      expect(report.verdict.text).toMatch(
        /^You cannot train yet: \d\d won of the 40 needed, [\d,]+ not, in \d\d months\.$/,
      )
      expect(report.verdict.details.at(-1)).toMatch(
        /At the present pace there will be enough in about \d+ months \(20\d\d-\d\d\)/,
      )
      expect(report.conversion.segments[0].values.length).toBeGreaterThan(1)
      const asOf = parseTime(report.as_of)
      const refusal = await trainModel(pool, WORLD_DEFINITION, { cutoff: asOf }).catch(
        (error: Error) => error,
      )
      const shortage = report.findings.find(({ id }: { id: string }) => id === 'too_few_outcomes')
      expect(refusal).toMatchObject({ code: 'too_little_data', message: shortage.text })
    })
  })

  it('names the most common trap: everything is known from the import on only', async () => {
    await withClone(async ({ pool }) => {
      await pool.query(
        `UPDATE wonlost.traits SET undated = true, occurred_at = to_timestamp(${NOW - HOUR} / 1000.0), known_at = to_timestamp(${NOW - HOUR} / 1000.0);
         UPDATE wonlost.events SET known_at = to_timestamp(${NOW - HOUR} / 1000.0)`,
      )
      const { findings, verdict } = await check(pool)
      expect(findings.map(({ id, severity }) => `${id} ${severity}`)).toEqual([
        'known_from_import_on stops',
        'too_few_outcomes stops',
      ])
      expect(findings[0]!.text).toMatch(
        /leads \(100\.0 %\) were not known .* trait values \(100\.0 %\) have no date/,
      )
      expect(findings[0]!.advice).toContain('--trusted-times')
      expect(verdict.text).toMatch(/^You cannot train yet: 0 won of the 40 needed, 0 not of the 40 needed\.$/)
      // What would be there is what is there with the times as they were.
      const trusted = await withTrusted()
      expect(verdict.details.at(-1)).toContain(`there would be ${trusted.reached} won`)
      expect(verdict.ready_at).toBeNull()
    })
  })

  async function withTrusted(): Promise<{ reached: number }> {
    let reached = -1
    await withClone(async ({ pool }) => {
      reached = (await check(pool)).verdict.reached
    })
    return { reached }
  }

  it('takes what a contact did before a deal for its first touch, whenever the contact was created', async () => {
    await withClone(async ({ pool }) => {
      const { rows } = await pool.query<{ deal_id: string; lead_id: string }>(
        `UPDATE wonlost.deals SET opened_at = opened_at - interval '40 days' FROM wonlost.deal_contacts
         WHERE deal_contacts.deal_id = deals.deal_id AND deals.deal_id = (
           SELECT deal_id FROM wonlost.deals ORDER BY opened_at OFFSET 60 LIMIT 1)
         RETURNING deals.deal_id, lead_id`,
      )
      expect((await check(pool)).findings.map(({ id }) => id)).toEqual(['deals_without_first_touch'])
      await pool.query(
        `UPDATE wonlost.events SET occurred_at = (SELECT opened_at FROM wonlost.deals WHERE deal_id = $1)
         WHERE event_id = $2 || '-first'`,
        [rows[0]!.deal_id, rows[0]!.lead_id],
      )
      expect((await check(pool)).findings.map(({ id }) => id)).toEqual(['events_before_creation'])
    })
  })

  it('takes merged leads for one person', async () => {
    await withClone(async ({ pool }) => {
      const { rows } = await pool.query<{ a: string; b: string }>(
        `SELECT min(lead_id) AS a, max(lead_id) AS b FROM wonlost.leads GROUP BY account_id HAVING count(*) > 1 ORDER BY 1 LIMIT 1`,
      )
      const { a, b } = rows[0]!
      const before = await check(pool)
      await pool.query(
        `UPDATE wonlost.traits SET value = (SELECT value FROM wonlost.traits WHERE subject_id = $1 AND name = 'email')
         WHERE subject_id = $2 AND name = 'email'`,
        [a, b],
      )
      expect((await check(pool)).findings.map(({ id }) => id)).toEqual(['duplicate_leads'])
      await pool.query('UPDATE wonlost.leads SET merged_into = $1 WHERE lead_id = $2', [a, b])
      const after = await check(pool)
      expect(after.findings).toEqual([])
      expect(after.volumes.leads).toBe(before.volumes.leads - 1)
    })
  })

  it('answers an empty database, leads without deals, and deals without leads', async () => {
    await withEmpty(async ({ pool, url }) => {
      const empty = await run(url)
      expect(empty.code).toBe(3)
      expect(empty.text).toMatch(/^You cannot train yet: there are no leads\.\n/)
      expect(JSON.parse((await run(url, { json: true })).text)).toMatchObject({
        verdict: { can_train: false, reached: 0, not_reached: 0, ready_at: null },
        volumes: { leads: 0, deals: 0, events: 0 },
      })
      await pool.query(`INSERT INTO wonlost.leads VALUES ('l1', NULL, '2026-01-01Z', '2026-01-01Z', 'test')`)
      const alone = await run(url)
      expect(alone.code).toBe(3)
      expect(alone.text).toMatch(/^You cannot train yet: there are no deals, so nobody has won or lost\.\n/)
      await pool.query(`DELETE FROM wonlost.leads;
        INSERT INTO wonlost.deals VALUES ('d1', NULL, 'new_business', '2026-01-01Z', NULL, 'open', NULL, NULL, NULL, '2026-01-01Z', 'test')`)
      const orphaned = await run(url)
      expect(orphaned.text).toMatch(/^You cannot train yet: there are no leads\.\n/)
      expect(orphaned.text).toContain('1 of 1 deals (100.0 %) have no contact')
    })
  })

  it('lets nothing in the data move the cursor, break a table, or stop it', async () => {
    await withClone(async ({ pool, url }) => {
      const evil = '\u001b[2J\u202e\r\n=1+1|"\'; DROP TABLE leads;--'
      await pool.query(`UPDATE wonlost.events SET type = $1, source = $1 WHERE type = 'page_viewed'`, [evil])
      await pool.query(
        `UPDATE wonlost.traits SET value = to_jsonb($1::text) WHERE name = 'source' AND subject_id < 'a0003'`,
        [evil],
      )
      await pool.query(
        `UPDATE wonlost.traits SET value = to_jsonb(repeat('x', 100000)) WHERE name = 'country' AND subject_kind = 'lead'`,
      )
      await pool.query(
        `UPDATE wonlost.traits SET value = '1e308' WHERE name = 'domain' AND subject_id < 'a0002'`,
      )
      await pool.query(`UPDATE wonlost.traits SET value = '[]' WHERE name = 'email' AND subject_id < 'a0002'`)
      await pool.query(
        `INSERT INTO wonlost.traits SELECT 'lead', lead_id, 'n_' || lead_id, to_jsonb(-1.5e300), created_at, created_at, '__proto__' FROM wonlost.leads`,
      )
      await pool.query(
        `UPDATE wonlost.leads SET created_at = '0001-01-01Z', known_at = '0001-01-01Z' WHERE lead_id = (SELECT min(lead_id) FROM wonlost.leads)`,
      )
      await pool.query(
        `UPDATE wonlost.events SET occurred_at = '9999-12-31Z' WHERE event_id = (SELECT min(event_id) FROM wonlost.events)`,
      )
      const { text } = await run(url)
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
      expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110)
      const report = JSON.parse((await run(url, { json: true })).text)
      expect(report.activity.some(({ name }: { name: string }) => name === evil)).toBe(true)
      expect(report.findings.map(({ id }: { id: string }) => id)).toContain('times_in_the_future')
    })
  })

  it('refuses unknown models, times in the future and definitions that cannot be learned', async () => {
    await withClone(async ({ url }) => {
      await expect(run(url, { model: 'worlds' })).rejects.toMatchObject({ code: 'model_not_found' })
      await expect(run(url, { asOf: '2999-01-01T00:00:00Z' })).rejects.toMatchObject({ code: 'usage' })
      await expect(run(url, { asOf: 'yesterday' })).rejects.toMatchObject({ code: 'usage' })
      models.write(
        'account.yaml',
        WORLD_YAML.replace('name: world', 'name: account').replace('entity: lead', 'entity: account'),
      )
      await expect(run(url, { model: 'account' })).rejects.toMatchObject({ code: 'definition_invalid' })
    })
  })

  it('stops when it is interrupted, also in the middle of a query', async () => {
    await withClone(async ({ pool, url }) => {
      await expect(run(url, {}, AbortSignal.abort(new Error('stopped')))).rejects.toThrowError('stopped')
      const holder = await pool.connect()
      try {
        await holder.query('BEGIN; LOCK TABLE wonlost.deal_stages')
        const controller = new AbortController()
        const checking = run(url, {}, controller.signal)
        // It waits for the table by now, and would for ever.
        await until(async () => {
          const { rows } = await pool.query(
            `SELECT FROM pg_locks JOIN pg_database ON database = pg_database.oid WHERE NOT granted AND datname = current_database()`,
          )
          return rows.length > 0
        })
        controller.abort(new Error('stopped'))
        await expect(checking).rejects.toThrowError('stopped')
      } finally {
        await holder.query('ROLLBACK')
        holder.release()
      }
    })
  })
})
