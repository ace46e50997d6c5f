/** The grid, thresholds and guardrails in a real browser, against a real server and database. */
import { readFileSync } from 'node:fs'
import type { Download, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { addLead, keepModel, NOW, promote } from '../support/app.ts'
import { tinyDefinition } from '../support/artifacts.ts'
import { CHROMIUM } from '../support/browser.ts'
import { lookFindings, openDashboard, type TestDashboard } from '../support/dashboard.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder, TEST_POLICY } from '../support/models-folder.ts'
import { until } from '../support/until.ts'

const HOSTILE = `<img src=x onerror="alert(1)">\u202Egnp`
const POLICY = `# Ours.
${TEST_POLICY}grade:
  fit: { model: fit, A: 65, B: 52, C: 40 }
  intent: { model: intent, 1: 70, 2: 55, 3: 40 }
  actions:
    - { grade: A1, action: '<b>call</b> today' }
    - { grade: "**", action: wait }
`
const RULES = `rules:
  - id: objection
    owner: data protection
    reason: Has objected to being contacted.
    when: { any: [{ trait: consent, equals: objected }, { event: unsubscribed }] }
    then: disqualify
tests:
  - { name: nobody else is stopped, lead: { consent: given }, expect: eligible }
`
const folder = createModelsFolder()
let database: TestDatabase
let dashboard: TestDashboard
let page: Page

/** l_00 to l_19: points, fit and intent rise by five from one to the next. */
async function placeLeads(): Promise<void> {
  await database.pool.query(
    `UPDATE wonlost.scores SET raw_points = n * 5, score = n * 5, fit_score = n * 5, intent_score = n * 5
     FROM generate_series(0, 19) AS n WHERE subject_id = 'l_' || lpad(n::text, 2, '0')`,
  )
}

beforeAll(async () => {
  if (CHROMIUM === null) return
  database = await createTestDatabase()
  folder.write('policy.yaml', POLICY)
  folder.write('guardrails.yaml', RULES)
  for (const name of ['fit', 'intent']) folder.write(`${name}.yaml`, tinyDefinition(name))
  await promote(database.pool, await keepModel(database.pool), null)
  for (let number = 0; number < 20; number += 1)
    await addLead(database.pool, `l_${String(number).padStart(2, '0')}`, 'a_1')
  await database.pool.query(
    `INSERT INTO wonlost.traits VALUES ('lead', 'l_19', 'first_name', to_jsonb($1::text), $2, $2, 'test', false),
       ('lead', 'l_00', 'consent', '"objected"', $2, $2, 'test', false)`,
    [HOSTILE, new Date(NOW - 1_000)],
  )
  dashboard = await openDashboard(database, folder.path)
  page = dashboard.page
  const { engine } = dashboard.served.engine.current()
  await scoreLeads(database.pool, engine, { asOf: NOW, scoredAt: NOW, cause: 'score' })
  await placeLeads()
  await dashboard.signIn('ops', ['read', 'feedback', 'admin'])
})

afterAll(async () => {
  await dashboard?.close()
  await database?.drop()
  folder.remove()
})

const open = (path: string) => page.goto(`${dashboard.base}${path}`)
const textOf = async (download: Promise<Download>) => readFileSync(await (await download).path(), 'utf8')
const figure = (label: string) => page.locator(`dt:text-is("${label}") + dd`)

if (CHROMIUM === null) test.skip('there is no Chromium here; Debian: apt-get install chromium')
else {
  test('the grid: a box by mouse, by keys and by numbers, and the leads in it, whatever they are called', async () => {
    await open('/grid')
    const grid = page.getByRole('application')
    await page.getByText('20 leads by fit and intent').waitFor()
    await page.getByRole('cell', { name: '<b>call</b> today' }).waitFor()
    const area = (await grid.boundingBox())!
    // The upper right quarter, and something: those from 55 on at least.
    await page.mouse.move(area.x + area.width * 0.6, area.y + area.height * 0.4)
    await page.mouse.down()
    await page.mouse.move(area.x + area.width - 20, area.y + 10, { steps: 4 })
    await page.mouse.up()
    await page.waitForURL(/box=/)
    const leads = page.getByRole('list', { name: 'Leads in the box' }).getByRole('listitem')
    await leads.first().getByText('<img src=x').waitFor()
    expect(await leads.first().getByRole('link').getAttribute('href')).toBe('/leads/l_19')

    // The same leads make up the queue, until the box is taken away.
    await expect.poll(() => leads.count()).toBeLessThan(20)
    const boxed = await leads.count()
    await page.getByRole('link', { name: 'Open in queue' }).click()
    const rows = page.getByRole('grid').locator('[data-index]')
    await page.getByText(`That is everybody: ${boxed}.`).waitFor()
    expect(await rows.count()).toBe(boxed)
    const chip = page.getByRole('button', { name: /^Whatever their fit and intent, not only fit/ })
    expect(await lookFindings(page)).toEqual([])
    await page.getByLabel('Order').selectOption('score')
    await page.waitForURL(/sort=score.*box=/)
    await chip.focus()
    await page.keyboard.press('Enter')
    await page.getByText('That is everybody: 20.').waitFor()
    expect(new URL(page.url()).search).toBe('?sort=score')
    for (let back = 0; back < 3; back += 1) await page.goBack()
    await page.getByRole('heading', { name: `${boxed} leads in the box` }).waitFor()

    await page.getByRole('button', { name: 'Clear' }).click()
    await grid.focus()
    await page.keyboard.press('ArrowUp')
    // A1 is 65 to 100 and 70 to 100.
    await page.getByRole('heading', { name: '6 leads in the box' }).waitFor()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Shift+ArrowLeft')
    expect(new URL(page.url()).searchParams.get('box')).toBe('60-90,70-100')
    await page.getByLabel('Intent from').fill('85')
    await page.getByRole('heading', { name: '2 leads in the box' }).waitFor()
    await expect.poll(() => leads.count()).toBe(2)
    expect(await lookFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'B1', exact: true }).click()
    await page.getByText('Nobody is here').waitFor()
  })

  test('thresholds: an edge moves by keys, figures follow, and the proposal is the file with that number changed', async () => {
    await open('/thresholds')
    const edge = page.getByRole('slider', { name: 'hot begins at' })
    await edge.focus()
    expect(await figure('Would change band').textContent()).toBe('0')
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('PageUp')
    expect(await edge.getAttribute('aria-valuenow')).toBe('65')
    // 50, 55 and 60: l_00 is stopped, and stands where no edge moves it.
    expect(await figure('Would change band').textContent()).toBe('3')
    await page.getByText('disqualified 1.', { exact: false }).waitFor()
    await page.getByLabel('Leads it can take a week').fill('1')
    await page.getByText(/more than the team can take/).waitFor()
    // What was chosen can be sent.
    await page.waitForURL(/edges=65&capacity=1/)
    await page.reload()
    await page.getByText(/more than the team can take/).waitFor()
    expect(await edge.getAttribute('aria-valuenow')).toBe('65')
    // What there is no room for is told, and never stands beside an edge that is elsewhere.
    const field = page.getByRole('textbox', { name: 'hot begins at' })
    await field.fill('101')
    await page.getByText('1 to 100').waitFor()
    expect(await lookFindings(page)).toEqual([])
    await field.blur()
    expect(await field.inputValue()).toBe('65')
    await page.getByRole('button', { name: 'Make a proposal' }).click()
    await page.getByText('from: 65', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Try it exactly' }).click()
    await figure('Another band').waitFor()
    expect(await lookFindings(page)).toEqual([])
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download' }).click()
    expect(await textOf(downloading)).toBe(
      POLICY.replace('to: 49', 'to: 64').replace('name: hot, from: 50', 'name: hot, from: 65'),
    )
    expect(dashboard.served.engine.current().policy.source).toBe(POLICY)
    // Another policy comes into force meanwhile: what was moved stays, and it is said.
    folder.write('policy.yaml', POLICY.replace('to: 49', 'to: 54').replace('from: 50', 'from: 55'))
    await page.getByText('Another policy has come into force').waitFor()
    expect(await edge.getAttribute('aria-valuenow')).toBe('65')
    folder.write('policy.yaml', POLICY)
    await until(() => dashboard.served.engine.current().policy.source === POLICY)
  })

  test('guardrails: each rule with its hits and its cost; a change is refused at its line, then tried, then proposed', async () => {
    await open('/guardrails')
    const rules = page.getByRole('list', { name: 'Rules' }).locator('> li')
    await rules.getByText('consent of the lead is objected').waitFor()
    expect(await rules.locator('dd').first().textContent()).toMatch(/^1 lead 5/)
    await page.getByText('1 of 1').waitFor()
    await page.getByRole('button', { name: 'What would they have cost?' }).click()
    await rules.getByText('won deals lost').waitFor()
    expect(await lookFindings(page)).toEqual([])

    await page.getByRole('tab', { name: 'Try a change' }).click()
    const field = page.getByRole('textbox', { name: 'guardrails.yaml' })
    const before = dashboard.served.engine.current().guardrails.version
    await field.fill(RULES.replace('then: disqualify', 'then: disqualifi'))
    await page.getByRole('button', { name: '1. Check' }).click()
    await page.getByRole('button', { name: 'Line 6' }).click()
    expect(await page.evaluate('document.activeElement.selectionStart')).toBe(RULES.indexOf('    then:'))
    expect(await page.getByRole('button', { name: '2. Try on history' }).isDisabled()).toBe(true)
    const changed = RULES.replace('equals: objected', 'known: false')
    await field.fill(changed)
    await page.getByRole('button', { name: '1. Check' }).click()
    await page.getByText('1 rules; 1 tests passed, 0 failed').waitFor()
    await page.getByRole('button', { name: '2. Try on history' }).click()
    await page.getByRole('heading', { name: 'Proposal' }).waitFor()
    // Everybody but the one who objected.
    expect(await figure('Would be told something else').textContent()).toBe('20')
    expect(await lookFindings(page)).toEqual([])
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download' }).click()
    expect(await textOf(downloading)).toBe(changed)
    expect(dashboard.served.engine.current().guardrails.version).toBe(before)
  })

  test('who may only read sees what is so, and which scope is lacking for the rest', async () => {
    await dashboard.signIn('ann', ['read', 'feedback'])
    await open('/guardrails')
    await page.getByText('Has objected to being contacted.').waitFor()
    await page.getByText('The key of ann lacks the scope admin').waitFor()
    await page.getByRole('tab', { name: 'Try a change' }).click()
    expect(await page.getByRole('button', { name: '1. Check' }).isDisabled()).toBe(true)
    await open('/thresholds')
    await page.getByRole('slider', { name: 'hot begins at' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('button', { name: 'Make a proposal' }).click()
    await page.getByText('lacks the scope admin').waitFor()
  })

  test('a link to edges of other bands says so; a file that cannot be in force does, too', async () => {
    folder.write('policy.yaml', POLICY.replace('name: hot', 'name: cold'))
    await until(() => dashboard.served.engine.status().problem !== null)
    await open('/thresholds?edges=30,60')
    await page.getByText('not of the 2 bands in force').waitFor()
    await page.getByText('is not the newest').waitFor()
    expect(await page.getByRole('slider').getAttribute('aria-valuenow')).toBe('50')
    expect(await lookFindings(page)).toEqual([])
  })

  test('nothing failed, nothing was refused, and no other server was asked; a policy without grades says so', async () => {
    folder.write('policy.yaml', TEST_POLICY)
    await until(() => dashboard.served.engine.current().engine.policy.grade === undefined)
    await open('/grid')
    await page.getByText('The policy has no grades').waitFor()
    expect(dashboard.found).toEqual([])
  })
}
