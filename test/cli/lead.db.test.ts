import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CommandOptions } from '../../src/cli/command.ts'
import { leadSetCommand } from '../../src/cli/commands/lead-set.ts'
import { leadShowCommand } from '../../src/cli/commands/lead-show.ts'
import { readConfig } from '../../src/config.ts'
import { withTransaction } from '../../src/db/database.ts'
import { loadLead } from '../../src/db/records.ts'
import { factsAt } from '../../src/features/facts.ts'
import { DAY, formatTime } from '../../src/glossary.ts'
import { suppress } from '../../src/ingest/suppressions.ts'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { loadEngine } from '../../src/server/engine.ts'
import { addLead, keepModel, NOW, promote } from '../support/app.ts'
import { runCommand } from '../support/command.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder, type TestModelsFolder } from '../support/models-folder.ts'

let database: TestDatabase
let models: TestModelsFolder
let environment: Record<string, string>
beforeAll(() => {
  models = createModelsFolder()
})
afterAll(() => models.remove())
beforeEach(async () => {
  database = await createTestDatabase()
  environment = { DATABASE_URL: database.url, WONLOST_MODELS: models.path }
  await addLead(database.pool, 'l_100', 'a_1')
  await addLead(database.pool, 'l_101', null)
  return () => database.drop()
})

const set = (args: string[], options: CommandOptions = {}, now = NOW) =>
  runCommand(leadSetCommand, args, options, { environment, now })
const show = (leadId: string, options: CommandOptions = {}, now = NOW) =>
  runCommand(leadShowCommand, [leadId], options, { environment, now })

/** What an import brings. */
const imported = (name: string, value: unknown, at: number, undated = false) =>
  database.pool.query(`INSERT INTO wonlost.traits VALUES ('lead', 'l_100', $1, $2, $3, $3, 'import', $4)`, [
    name,
    JSON.stringify(value),
    new Date(at),
    undated,
  ])

async function factOf(name: string, asOf: number) {
  const found = await loadLead(database.pool, 'l_100')
  if (!found) throw new Error('l_100 is there')
  const facts = factsAt(found.account, found.lead, asOf)
  return { lead: facts.leadTrait(name), account: facts.accountTrait(name) }
}

describe('lead set', () => {
  it('reads values as imports do, and shows before and after', async () => {
    const { stdout } = await set([
      'l_100',
      'title=CTO',
      'student=yes',
      'Budget-Range=12.5',
      'code=00123',
      'note= =SUM(A1) = x ',
    ])
    expect(stdout).toContain('title: null -> "CTO"')
    const { stdout: again } = await set(['l_100', 'title=CFO'], {}, NOW + 1)
    expect(again).toContain('title: "CTO" -> "CFO"')
    const of = async (name: string) => (await factOf(name, NOW + 5)).lead
    expect(await of('student')).toBe(true)
    expect(await of('budget_range')).toBe(12.5)
    expect(await of('code')).toBe('00123')
    expect(await of('note')).toBe('=SUM(A1) = x')
    const account = await set(['l_100', 'employees=7', 'technologies=a;b; a', 'tools=x;y', 'zip=123'], {
      account: true,
      list: 'tools',
      text: 'zip',
      json: true,
    })
    expect(account.json()).toMatchObject({
      lead_id: 'l_100',
      account_id: 'a_1',
      source: 'manual',
      occurred_at: formatTime(NOW),
      changes: [
        { name: 'employees', before: 120, after: 7 },
        { name: 'technologies', before: null, after: ['a', 'b'] },
        { name: 'tools', after: ['x', 'y'] },
        { name: 'zip', after: '123' },
      ],
    })
    expect(await factOf('employees', NOW + 1)).toEqual({ lead: undefined, account: 7 })
    // Half-open: known a moment later only.
    expect((await factOf('employees', NOW)).account).toBe(120)
  })

  it('takes no name for one to clear that sets something', async () => {
    const mixed = set(['l_100'], { clear: ['title', 'employees=5'] })
    await expect(mixed).rejects.toMatchObject({ code: 'usage', message: /before --clear/ })
  })

  it('tells of an address that is none', async () => {
    expect((await set(['l_100', 'email=ann@@acme'])).stderr).toBe(
      'Note: "ann@@acme" is not a mail address: the lead is not found by it.',
    )
    expect((await set(['l_100', 'domain=ac me'], { account: true })).stderr).toContain('is not a domain')
    expect((await set(['l_100'], { clear: ['email'] }, NOW + 1)).stderr).toBe('')
  })

  it('doubts names that may not be meant', async () => {
    const { stderr } = await set(['l_100', 'employees=120', 'titel=CTO', 'company_car=yes', 'title=CTO'])
    expect(stderr.split('\n')).toEqual([
      'Note: employees is usually a trait of the account: --account sets it there.',
      'Note: titel is a trait of its own now; did you mean title?',
    ])
    // Whatever it is called, it is there now.
    expect((await set(['l_100', 'titel=CFO'], {}, NOW + 1)).stderr).toBe('')
  })

  it('the latest time counts, whoever brought it', async () => {
    await imported('title', 'CEO', NOW - 9 * DAY)
    await set(['l_100', 'title=CTO'])
    expect((await factOf('title', NOW + DAY)).lead).toBe('CTO')
    // An import of something older, learned later, changes nothing; a newer one does; an undated one counts from its import.
    await database.pool.query(
      `INSERT INTO wonlost.traits VALUES ('lead', 'l_100', 'title', '"Intern"', $1, $2, 'import', false)`,
      [new Date(NOW - DAY), new Date(NOW + 1)],
    )
    expect((await factOf('title', NOW + DAY)).lead).toBe('CTO')
    await imported('title', 'COO', NOW + 2, true)
    expect((await factOf('title', NOW + DAY)).lead).toBe('COO')
    const late = await set(['l_100', 'title=CFO'], { at: formatTime(NOW + 1) }, NOW + DAY)
    expect(late.stdout).toContain('title: "COO" -> "COO"')
    expect(late.stderr).toContain('title stays as it was')
  })

  it('--clear makes a trait unknown, to features and guardrails alike', async () => {
    await set(['l_100', 'student=true', 'robots=0'])
    const { stdout } = await set(['l_100'], { clear: ['student', 'robots'] }, NOW + 1)
    expect(stdout).toContain('student: true -> null')
    expect(stdout).toContain('robots: 0 -> null')
    expect((await factOf('student', NOW + 2)).lead).toBeUndefined()
    expect((await show('l_100', {}, NOW + 2)).stdout).toMatch(/student +cleared {2}\(.*manual\)/)
  })

  it('links a mail address as an import would, and tells whose it is already', async () => {
    await database.pool.query(
      `INSERT INTO wonlost.identities VALUES ('email', 'eve@acme.example', 'lead', 'l_101', $1, 'import')`,
      [new Date(NOW)],
    )
    const { stderr } = await set(['l_100', 'email=Eve@Acme.example'])
    expect(stderr).toMatch(/l_101 has eve@acme.example too.*data merge/)
    await set(['l_100', 'email=ann@acme.example'], {}, NOW + 1)
    const { json } = await show('l_100', { json: true }, NOW + 2)
    expect(json()).toMatchObject({
      identities: [{ of: 'lead', kind: 'email', value: 'ann@acme.example', source: 'manual' }],
      lead: { traits: { email: { occurred_at: formatTime(NOW + 1), source: 'manual', undated: false } } },
    })
    await withTransaction(database.pool, (client) =>
      suppress(client, [['email', 'gone@acme.example']], { at: NOW, reason: 'erasure' }),
    )
    await expect(set(['l_100', 'email=gone@acme.example'])).rejects.toMatchObject({
      code: 'usage',
      message: /erased/,
    })
    expect((await factOf('email', NOW + DAY)).lead).toBe('ann@acme.example')
  })

  it('says that the stored score is of before', async () => {
    await promote(database.pool, await keepModel(database.pool), null)
    const engine = await loadEngine(database.pool, readConfig(environment))
    await scoreLeads(database.pool, engine, { asOf: NOW - DAY, scoredAt: NOW, cause: 'score' })
    expect((await set(['l_100', 'title=CTO'])).stdout).toMatch(
      /stored score is of before, of 2026-11-20T12:00:00Z. For one of now: wonlost score l_100/,
    )
    expect((await set(['l_100', 'title=CTO'], { json: true })).json()).toMatchObject({
      score_as_of: formatTime(NOW - DAY),
    })
  })

  it.each([
    [['l_100', 'stage=proposal'], {}, 'usage', /stage gives the outcome away/],
    [['l_100', 'Lead Score=9'], {}, 'usage', /lead_score gives the outcome away/],
    [['l_100'], { clear: ['is_won'] }, 'usage', /is_won gives the outcome away/],
    [['l_100', 'lead_id=x'], {}, 'usage', /lead_id is not a trait/],
    [['l_100', 'created_at=2026-01-01T00:00:00Z'], {}, 'usage', /not a trait/],
    [['l_100', 'title'], {}, 'usage', /name=value/],
    [['l_100', '=x'], {}, 'usage', /name=value/],
    [['l_100', 'title= '], {}, 'usage', /--clear title/],
    [['l_100', 'title=a\0b'], {}, 'usage', /NUL/],
    [['l_100', 'title=x', 'Title=y'], {}, 'usage', /title is set twice/],
    [['l_100'], {}, 'usage', /Nothing to set/],
    [['l_100', 'employees=many'], { account: true }, 'usage', /employees "many" is not a number/],
    [['l_100', 'employees=-1'], { account: true }, 'usage', /out of range/],
    [['l_100', 'title=CTO'], { at: '2027-01-01T00:00:00Z' }, 'usage', /future/],
    [['l_101', 'employees=1'], { account: true }, 'account_not_found', /no account/],
  ] as const)('%j %j is refused: nothing is set', async (args, options, code, message) => {
    const count = 'SELECT count(*) FROM wonlost.traits'
    const before = (await database.pool.query(count)).rows
    await expect(set([...args], options as CommandOptions)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    })
    expect((await database.pool.query(count)).rows).toEqual(before)
  })

  it('names those that may have been meant', async () => {
    await database.pool.query(
      `INSERT INTO wonlost.identities VALUES ('email', 'ann@acme.example', 'lead', 'l_101', $1, 'import')`,
      [new Date(NOW)],
    )
    const meant = async (given: string) => {
      const error = await show(given).catch(({ message }: Error) => message)
      return /Did you mean (.*)\?/.exec(String(error))?.[1]
    }
    expect(await meant('Ann@acme.example')).toBe('l_101')
    expect(await meant('l_1001')).toBe('l_100, l_101')
    expect(await meant('L_100')).toBe('l_100')
    expect(await meant('x_100')).toBe('l_100')
    expect(await meant('1_010')).toBeUndefined()
    expect(await meant(`${'x'.repeat(10_000)}'; --`)).toBeUndefined()
  })
})

describe('lead show', () => {
  it('has everything on one page, and in one document', async () => {
    const { pool } = database
    const time = new Date(NOW - DAY)
    await promote(pool, await keepModel(pool), null)
    await imported('title', 'Head\u001b[31m of \u202eIT', NOW - DAY, true)
    await pool.query(
      `INSERT INTO wonlost.deals VALUES ('d_1', 'a_1', 'new_business', $1, NULL, 'open', 500, 'EUR', NULL, $1, 'import')`,
      [time],
    )
    await pool.query(`INSERT INTO wonlost.deal_contacts VALUES ('d_1', 'l_100', true)`)
    await pool.query(
      `INSERT INTO wonlost.events SELECT 'e' || n, 'l_100', NULL, 'email_opened', $1, $1, 'import', '{}' FROM generate_series(1, 12) n`,
      [time],
    )
    await pool.query(
      `INSERT INTO wonlost.overrides VALUES ('lead', 'l_100', 'review', 'Ask Bob.', 'ann', $1, NULL)`,
      [time],
    )
    await pool.query(`UPDATE wonlost.leads SET merged_into = 'l_100' WHERE lead_id = 'l_101'`)
    await pool.query(
      `INSERT INTO wonlost.merges (subject_kind, from_id, into_id, evidence, merged_at, merged_by) VALUES ('lead', 'l_101', 'l_100', '{"mail": 1}', $1, 'ann')`,
      [time],
    )
    const engine = await loadEngine(pool, readConfig(environment))
    await scoreLeads(pool, engine, { asOf: NOW, scoredAt: NOW, cause: 'score' })

    const details = (await show('l_100', { json: true })).json()
    expect(details).toMatchObject({
      lead: { lead_id: 'l_100', traits: { title: { source: 'import', undated: true } } },
      account: { account_id: 'a_1', traits: { employees: { value: 120 } } },
      event_count: 18,
      event_types: [
        { type: 'email_opened', count: 12, last_at: formatTime(NOW - DAY) },
        { type: 'pricing_page_viewed', count: 6 },
      ],
      deals: [{ deal_id: 'd_1', outcome: 'open', is_contact: true }],
      score: { lead_id: 'l_100', verdict: { status: 'review' } },
      scored_at: formatTime(NOW),
      override: { status: 'review', set_by: 'ann' },
      merges: [{ of: 'lead', from: 'l_101', into: 'l_100', merged_by: 'ann', undone_at: null }],
    })
    expect(details['events']).toHaveLength(10)

    const { stdout, stderr } = await show('l_101')
    expect(stderr).toBe('l_101 was merged into l_100.')
    for (const part of [
      'Lead l_100 of the account a_1',
      'undated, known 2026-11-20T12:00:00Z, import',
      'employees  120',
      'd_1  new_business  open',
      'Events: 18',
      '12  email_opened, the last at 2026-11-20T12:00:00Z',
      'lead l_101 into l_100',
      'Verdict by hand: review, by ann',
      'Stored score, made at 2026-11-21T12:00:00Z',
    ])
      expect(stdout).toContain(part)
    // What leads typed does not reach the terminal as commands.
    expect(stdout.match(/\p{Cc}/gu)?.filter((mark) => mark !== '\n') ?? []).toEqual([])
    expect(stdout).not.toContain('\u202e')
  })

  it('of a lead of whom nothing else is known says so', async () => {
    await database.pool.query(`INSERT INTO wonlost.leads VALUES ('bare', NULL, $1, $1, 'test')`, [
      new Date(NOW),
    ])
    const { stdout } = await show('bare')
    for (const part of ['No traits', 'No deals', 'No events', 'No stored score'])
      expect(stdout).toContain(part)
  })
})
