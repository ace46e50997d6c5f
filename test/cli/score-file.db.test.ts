import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportModelCommand } from '../../src/cli/commands/export-model.ts'
import { scoreCommand } from '../../src/cli/commands/score.ts'
import { readConfig } from '../../src/config.ts'
import { DAY, formatTime, HOUR } from '../../src/glossary.ts'
import { importFile } from '../../src/ingest/import-file.ts'
import { ACCOUNT_IMPORT } from '../../src/ingest/kinds/accounts.ts'
import { EVENT_IMPORT } from '../../src/ingest/kinds/events.ts'
import { LEAD_IMPORT } from '../../src/ingest/kinds/leads.ts'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { modelsFolder } from '../../src/package-folder.ts'
import type { ScoredLead } from '../../src/scoring/scored-lead.ts'
import { loadEngine } from '../../src/server/engine.ts'
import { keepModel, NOW, promote } from '../support/app.ts'
import { runCommand } from '../support/command.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { richArtifact } from '../support/rich-artifact.ts'

const MODELS = ['conversion', 'fit', 'intent']

let folder: string
let environment: Record<string, string>
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wonlost-score-file-'))
  environment = { WONLOST_MODELS: modelsFolder(readConfig({})), WONLOST_HOME: join(folder, 'home') }
  write('accounts.csv', accounts())
  write('leads.csv', leads())
  write('events.csv', events())
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const path = (name: string) => join(folder, name)
const write = (name: string, text: string) => writeFileSync(path(name), text)
const pick = <T>(values: readonly T[], i: number): T => values[i % values.length]!
const ago = (days: number, more = 0) => formatTime(NOW - days * DAY - more)

function accounts(): string {
  const rows = Array.from({ length: 20 }, (_, i) =>
    [
      `a${i}`,
      ago(200 + i),
      pick(['acme.example', '', `https://www.Company${i}.example/`], i),
      `"Company, ${i}"`,
      pick(['Software', 'retail', '', 'mining'], i),
      pick(['12', '', '4000.5'], i),
      pick(['DE', 'us', '', 'Germany'], i),
      pick(['a;b', 'b', '', 'c;a'], i),
      pick(['series_a', ''], i),
    ].join(','),
  )
  return `account_id,created_at,domain,name,industry,employees,country,technologies,funding_stage\n${rows.join('\n')}\n`
}

function leads(): string {
  const rows = Array.from({ length: 90 }, (_, i) =>
    [
      `l${i}`,
      ago(i + 1),
      pick(['a1', 'a2', `a${i % 20}`, '', 'a-unknown'], i),
      pick(
        [
          `p${i}@acme.example`,
          `p${i}@gmail.com`,
          `P${i} <p${i}@company5.example>`,
          '',
          `p${i}@company${i % 20}.example`,
          'no address',
        ],
        i,
      ),
      pick(['CTO', 'Werkstudent', '', '"Head of IT, EMEA"'], i),
      pick(['inbound_form', 'webinar', ''], i),
      pick(['', 'true', 'no'], i),
      pick(['How much for 50 seats?', '', 'I write my thesis', '"line\nbreak"'], i),
      pick(['de', '', 'US'], i),
      pick([`v${i}`, ''], i),
      pick(['', 'objected'], Math.floor(i / 13)),
      pick(['3', '007', ''], i),
    ].join(','),
  )
  return `lead_id,created_at,account_id,email,title,source,student,message,country,anonymous_id,consent,team_size\n${rows.join('\n')}\n`
}

function events(): string {
  const types = [
    'pricing_page_viewed',
    'trial_started',
    'page_viewed',
    'demo_requested',
    'email_opened',
    'feature_used',
  ]
  const rows = Array.from({ length: 900 }, (_, i) => {
    const lead = pick([`l${(i * 7) % 90}`, '', `l${(i * 11) % 90}`, 'nobody'], i)
    const visitor = lead === '' ? `v${(i * 3) % 95}` : pick(['', `w${i % 40}`], i)
    const time = formatTime(NOW - ((i * 37) % 120) * DAY - (i % 24) * HOUR - i)
    return [
      lead,
      visitor,
      lead === '' ? pick(['', `p${i % 90}@acme.example`], i) : '',
      pick(types, i),
      time,
      pick(['', '"{""url"": ""/pricing"", ""n"": 1.50}"'], i),
    ].join(',')
  })
  // A visitor who says who it is only later.
  rows.push(`,w77,,pricing_page_viewed,${ago(4)},`, `l5,w77,,page_viewed,${ago(3)},`)
  return `lead_id,anonymous_id,email,type,occurred_at,properties\n${rows.join('\n')}\n`
}

/** The artifacts as `wonlost export model` writes them. */
async function artifacts(database: TestDatabase): Promise<string[]> {
  const files = MODELS.map((name) => path(`${name}.json`))
  for (const [i, name] of MODELS.entries()) {
    const options = { out: files[i] }
    await runCommand(exportModelCommand, [name], options, {
      environment: { ...environment, DATABASE_URL: database.url },
    })
  }
  return files
}

/** What a row of the table says of every model, from the answer of the database. */
function rowOf(scored: ScoredLead): Record<string, unknown> {
  const cells = MODELS.map((name, i) => {
    const score = scored.scores[name]
    const prefix = i === 0 ? '' : `${name}_`
    return [
      [`${prefix}score`, score?.applies ? score.score : null],
      [`${prefix}band`, score?.applies ? score.band : null],
      [`${prefix}probability`, score?.applies ? score.probability : null],
      [`${prefix}raw_points`, score?.applies ? score.raw_points : null],
      [`${prefix}model_sha256`, score?.applies ? score.model.sha256 : null],
    ]
  })
  const { decision, verdict, lead_id, as_of } = scored
  const { band: decision_band, grade, action, respond_within } = decision
  return {
    lead_id,
    ...Object.fromEntries(cells.flat()),
    grade,
    verdict: verdict.status,
    decision_band,
    action,
    respond_within,
    as_of,
  }
}

describe('score --file', () => {
  it.each([true, false])(
    'answers as the database does for the same files, bit for bit (trusted times: %s)',
    async (trustedTimes) => {
      const database = await createTestDatabase()
      try {
        const { pool } = database
        // A database knows of all deals whether an account is a customer; files of leads do not tell.
        const artifactOf = (name: string) => richArtifact(name, ['customer'])
        for (const name of MODELS) await promote(pool, await keepModel(pool, artifactOf(name)), null, name)
        const options = { now: NOW, trustedTimes }
        expect(await importFile(pool, ACCOUNT_IMPORT, path('accounts.csv'), options)).toMatchObject({
          rejected: 0,
        })
        expect(await importFile(pool, LEAD_IMPORT, path('leads.csv'), options)).toMatchObject({ rejected: 0 })
        expect(await importFile(pool, EVENT_IMPORT, path('events.csv'), options)).toMatchObject({
          rejected: 0,
        })
        const asOf = NOW + 1
        const expected = new Map<string, Record<string, unknown>>()
        const engine = await loadEngine(pool, readConfig({ ...environment, DATABASE_URL: database.url }))
        const onScored = (scored: ScoredLead) => expected.set(scored.lead_id, rowOf(scored))
        await scoreLeads(pool, engine, { asOf, scoredAt: NOW, cause: 'score', onScored })

        const out = path('scored.jsonl')
        const { code } = await runCommand(
          scoreCommand,
          [],
          {
            file: path('leads.csv'),
            accounts: path('accounts.csv'),
            events: path('events.csv'),
            artifact: await artifacts(database),
            asOf: formatTime(asOf),
            out,
          },
          { environment },
        )
        expect(code).toBe(0)
        const lines = readFileSync(out, 'utf8').trimEnd().split('\n')
        expect(lines).toHaveLength(90)
        for (const [i, line] of lines.entries()) {
          const scored = JSON.parse(line)
          expect(scored.lead_id).toBe(`l${i}`)
          expect(scored).toMatchObject(expected.get(scored.lead_id)!)
        }
        // Not all the same: the comparison would see a difference.
        expect(new Set(lines.map((line) => JSON.parse(line).probability)).size).toBeGreaterThan(80)
        expect(new Set(lines.map((line) => JSON.parse(line).verdict)).size).toBeGreaterThan(1)
      } finally {
        await database.drop()
      }
    },
  )
})
