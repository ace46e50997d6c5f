/** The pages of a lead and of an account in a real browser: what a salesperson reads there, and says. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { addLead, keepModel, NOW, promote } from '../support/app.ts'
import { tinyArtifact, tinyDefinition } from '../support/artifacts.ts'
import { axeFindings, CHROMIUM } from '../support/browser.ts'
import { lookFindings, openDashboard, type TestDashboard } from '../support/dashboard.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder, TEST_POLICY } from '../support/models-folder.ts'
import { richArtifact } from '../support/rich-artifact.ts'

const folder = createModelsFolder()
let database: TestDatabase
let board: TestDashboard

const HOSTILE = {
  markup: `<img src=x onerror="alert(1)">`,
  turned: '\u202Egnp.exe',
  endless: 'W'.repeat(10_000),
}

const POLICY = `${TEST_POLICY}
feedback:
  rejection_reasons:
    - { name: no_budget, label: Has no budget }
actionable:
  - { event: pricing_page_viewed, label: a look at the prices }
`

async function addTrait(kind: 'lead' | 'account', id: string, name: string, value: string): Promise<void> {
  await database.pool.query(
    `INSERT INTO wonlost.traits VALUES ($1, $2, $3, to_jsonb($4::text), $5, $5, 'test', false)`,
    [kind, id, name, value, new Date(NOW - 19 * 86_400_000)],
  )
}

async function score(): Promise<void> {
  const { engine } = board.served.engine.current()
  await scoreLeads(database.pool, engine, { asOf: NOW, scoredAt: NOW, cause: 'event' })
}

beforeAll(async () => {
  if (CHROMIUM === null) return
  folder.write('policy.yaml', POLICY)
  folder.write('fit.yaml', tinyDefinition('fit'))
  folder.write(
    'expansion.yaml',
    tinyDefinition('expansion').replace('population: leads', 'population: customers'),
  )
  database = await createTestDatabase()
  await promote(database.pool, await keepModel(database.pool), null)
  const fit = tinyArtifact({ name: 'fit', weight: -0.5 })
  await promote(database.pool, await keepModel(database.pool, fit), null, 'fit')
  await promote(database.pool, await keepModel(database.pool, richArtifact('account')), null, 'account')
  for (const id of ['l_0', 'l_1', 'l_2']) await addLead(database.pool, id, 'a_1')
  await addTrait('lead', 'l_0', 'first_name', HOSTILE.markup)
  await addTrait('lead', 'l_0', 'title', HOSTILE.turned)
  await addTrait('lead', 'l_0', 'last_name', HOSTILE.endless)
  await addTrait('lead', 'l_2', 'first_name', 'Ada')
  await addTrait('account', 'a_1', 'name', HOSTILE.endless)
  // One who must not be called, with one visit less: the last of the queue.
  await addTrait('lead', 'l_2', 'consent', 'objected')
  await database.pool.query(`DELETE FROM wonlost.events WHERE event_id = 'l_2:2'`)
  board = await openDashboard(database, folder.path)
  await score()
  await board.signIn('ann', ['read', 'feedback'])
})

afterAll(async () => {
  await board?.close()
  await database?.drop()
  folder.remove()
})

if (CHROMIUM === null) test.skip('there is no Chromium here; Debian: apt-get install chromium')
else {
  test('from the queue to a lead, with j and k to the next, and back to the same queue', async () => {
    const { page, base } = board
    await page.goto(`${base}/?verdict=eligible`)
    await page.getByRole('row').nth(1).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByText('1 of 2').waitFor()
    await page.keyboard.press('j')
    await page.getByText('2 of 2').waitFor()
    expect(new URL(page.url()).pathname).toBe('/leads/l_1')
    await page.keyboard.press('k')
    await page.getByRole('heading', { level: 1 }).getByText(HOSTILE.markup).waitFor()
    await page.getByRole('link', { name: '← Queue' }).click()
    await page.waitForURL(/\/\?verdict=eligible$/)
  })

  test('the reasons add up before the eyes, and a click marks the events behind one', async () => {
    const { page, base } = board
    await page.goto(`${base}/leads/l_0`)
    const why = page.getByRole('region', { name: /^Why \d+ points$/ })
    await why.waitFor()
    const cells = await why.locator('tbody td:last-child').allTextContents()
    const [start, ...rest] = cells.map((text) => Number(text.replace('= ', '')))
    const end = rest.pop()
    expect(rest.length).toBeGreaterThan(1)
    expect(rest.reduce((sum, points) => sum + points, start ?? 0)).toBeCloseTo(end ?? 0, 6)
    expect(await page.getByText('of those who look like this').count()).toBe(1)
    await page.getByText('The average lead, the dashed line, stands at').waitFor()
    await why
      .getByRole('button', { name: /pricing page visit/ })
      .first()
      .click()
    await page.getByRole('button', { name: '3 marked: pricing page' }).waitFor()
    expect(await page.locator('li[data-marked=true]').count()).toBe(3)
    await page
      .getByRole('region', { name: 'What would change it' })
      .getByText('A look at the prices', { exact: true })
      .waitFor()
    await page.getByRole('tab', { name: /^fit/ }).click()
    await page.waitForURL(/model=fit/)
    await page.getByRole('tab', { name: /expansion does not apply/ }).click()
    await page.getByRole('heading', { name: 'Expansion does not apply' }).waitFor()
  })

  test('names of 10,000 characters and of markup are text; axe finds nothing in light, dark and narrow', async () => {
    const { page, base } = board
    for (const path of ['/leads/l_0', '/accounts/a_1', '/accounts']) {
      await page.goto(base + path)
      await page
        .getByRole(path === '/accounts' ? 'table' : 'tabpanel')
        .or(page.getByText('This account'))
        .first()
        .waitFor()
      expect(await lookFindings(page), path).toEqual([])
    }
  })

  test('contacted by a key, rejected and overruled in two clicks; the verdict says what the model says all the same', async () => {
    const { page, base } = board
    await page.goto(`${base}/leads/l_2`)
    await page.getByText('Has objected to being contacted.').waitFor()
    await page.getByText(/^The model says all the same: \d+ points/).waitFor()
    await page.keyboard.press('c')
    await page.getByText('Marked as contacted.').waitFor()
    const said = page.getByRole('region', { name: 'What was said of it' })
    await said.getByText(/^Contacted, at a score of \d+$/).waitFor()
    let told = 0
    page.on('request', (request) => {
      if (/POST|PUT/.test(request.method())) told += 1
    })
    await page.getByRole('button', { name: 'Accept' }).dblclick()
    await said.getByText(/^Accepted/).waitFor()
    await page.getByRole('button', { name: 'Reject…' }).click()
    await page.getByRole('button', { name: 'Has no budget' }).click()
    await said.getByText(/^Rejected: Has no budget/).waitFor()
    await page.getByRole('button', { name: 'Overrule…' }).click()
    await page.getByRole('textbox', { name: 'Why' }).fill('She asked for it.')
    // Both before the page is drawn anew.
    await page.evaluate(
      'document.querySelector("[role=dialog] form").requestSubmit(), document.querySelector("[role=dialog] form").requestSubmit()',
    )
    await page.getByText('Overruled: eligible.').waitFor()
    expect(told).toBe(3)
    const { rows } = await database.pool.query(
      `SELECT status, set_by, expires_at - $1::timestamptz < interval '31 days' AS soon FROM wonlost.overrides`,
      [new Date(NOW)],
    )
    expect(rows).toEqual([{ status: 'eligible', set_by: 'key:ann', soon: true }])
    // The clock of this server stands still: what is decided counts from the next moment on.
    await database.pool.query(`UPDATE wonlost.overrides SET set_at = set_at - interval '1 minute'`)
    await page.reload()
    await page.getByText('Overruled by hand: eligible').waitFor()
    // Whoever comes next sees at the top that she was called.
    await page.locator('header').getByText('Rejected: Has no budget').waitFor()
    await page.getByText(/Without that it would be disqualified/).waitFor()
  })

  test('a summary is copied as plain text', async () => {
    const { page, context } = board
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.keyboard.press('y')
    await page.getByText('Summary copied.').waitFor()
    const text = String(await page.evaluate('navigator.clipboard.readText()'))
    expect(text).toMatch(
      /^Ada, W+…\nScore \d+ \(\w+\), chance [\d.]+%, as of Nov 21, 2026\nNext: call within 1 hour/,
    )
    expect(text.trimEnd()).toMatch(/\/leads\/l_2$/)
  })

  test('until when to respond, what lists still show, and nothing of a model that there is not', async () => {
    const { page, base, context } = board
    await database.pool.query(
      `INSERT INTO wonlost.response_promises VALUES ('lead', 'l_0', 'hot', 1, 'call', $1, $2)`,
      [new Date(NOW - 3_600_000), new Date(NOW + 23 * 60_000)],
    )
    await database.pool.query(
      `UPDATE wonlost.scores SET score = 12, as_of = as_of - interval '20 hours' WHERE subject_id = 'l_0' AND model = 'conversion'`,
    )
    await page.goto(`${base}/leads/l_0?model=nobody`)
    await page.getByText('Lists still show 12, as of 20 hr. ago').waitFor()
    expect(new URL(page.url()).search).toBe('')
    const respond = page.locator('dl > div', { hasText: 'Respond by' })
    expect(await respond.textContent()).toContain('in 23 min.')
    await database.pool.query('UPDATE wonlost.response_promises SET due_at = $1', [
      new Date(NOW - 2 * 3_600_000),
    ])
    await page.reload()
    await respond.getByText('overdue').waitFor()
    expect(await respond.textContent()).toContain('was due 2 hr. ago')
    expect(await axeFindings(page)).toEqual([])
    // By the clock of the server, however wrong that of the computer is.
    await context.clock.setFixedTime(NOW - 86_400_000)
    await page.reload()
    await respond.getByText('was due 2 hr. ago').waitFor()
    await context.clock.setFixedTime(NOW)
    await page.goto(`${base}/?verdict=eligible`)
    await page.getByRole('columnheader', { name: 'Respond' }).waitFor()
    await page.getByRole('gridcell').getByText('late', { exact: true }).waitFor()
    await page.goto(`${base}/?search=l_1`)
    await page.getByText('That is everybody: 1.').waitFor()
    expect(await page.getByRole('columnheader', { name: 'Respond' }).count()).toBe(0)
  })

  test('a company: with whom to begin, and what became of one of its people in two clicks', async () => {
    const { page, base } = board
    await page.goto(`${base}/accounts/a_1`)
    const begin = page.locator('dl > div', { hasText: 'Begin with' }).getByRole('link')
    expect(await begin.getAttribute('href')).toBe('/leads/l_0')
    await page.getByRole('button', { name: 'What became of Ada' }).click()
    await page.getByLabel('Comment, if there is more to say').fill('Next year.')
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Has no budget' }).click()
    await page.getByText('Ada: rejected, Has no budget.').waitFor()
    const { rows } = await database.pool.query(
      'SELECT subject_id, reason, comment FROM wonlost.feedback ORDER BY feedback_id DESC LIMIT 1',
    )
    expect(rows).toEqual([{ subject_id: 'l_2', reason: 'no_budget', comment: 'Next year.' }])
    await page.getByRole('button', { name: 'What became of Ada' }).click()
    await page.getByRole('button', { name: 'Overrule…' }).click()
    await page.getByRole('dialog', { name: 'Overrule the rules' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  })

  test('a score that changes is refreshed where it stands', async () => {
    const { page, base } = board
    await page.goto(`${base}/leads/l_0`)
    await page.getByRole('region', { name: /^Why/ }).waitFor()
    for (let visit = 0; visit < 5; visit += 1)
      await database.pool.query(
        `INSERT INTO wonlost.events VALUES ($1, 'l_0', NULL, 'pricing_page_viewed', $2, $2, 'test', '{}')`,
        [`live:${visit}`, new Date(NOW - 60_000 * (visit + 1))],
      )
    await score()
    await page.getByText(/^[▲▼] was \d+$/).waitFor()
    await page
      .getByRole('button', { name: /pricing page visit.* 8 events/ })
      .first()
      .waitFor()
  })

  test('an objection is told, and who may only read is told so', async () => {
    const { page, base } = board
    await database.pool.query(`INSERT INTO wonlost.objections VALUES ('l_1', 'By mail.', $1, 'key:bob')`, [
      new Date(NOW - 1_000),
    ])
    await board.signIn('eve', ['read'])
    await page.goto(`${base}/leads/l_1`)
    await page.getByText('Does not want to be scored').waitFor()
    await page.getByText('Your key lacks the scope feedback').waitFor()
    expect(await page.getByRole('button', { name: 'Contacted' }).isDisabled()).toBe(true)
    await page.goto(`${base}/leads/nobody`)
    await page.getByRole('alert').getByText('lead_not_found').waitFor()
  })

  test('nothing failed, nothing was refused, and no other server was asked', () => {
    expect(board.found).toEqual([])
  })
}
