/** A salesperson's morning in a real browser, while people do things, the server is started again, and time goes by. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TrafficEvent } from '../../data/traffic.ts'
import { sendTraffic } from '../../src/cli/send-traffic.ts'
import { SECOND } from '../../src/glossary.ts'
import { axeFindings, CHROMIUM, launchChromium, watchPage } from '../support/browser.ts'
import { type LivedInServer, startLivedInServer } from '../support/lived-in-server.ts'

let server: LivedInServer
let browser: Browser
let page: Page
let found: readonly string[]
/** Of the browser. */
let streams = 0
/** Somebody in the middle, who can rise and fall. */
let leadId = ''
let email = ''

beforeAll(async () => {
  if (CHROMIUM === null) return
  server = await startLivedInServer()
  const { rows } = await server.database.pool.query<{ lead_id: string; email: string }>(
    `SELECT subject_id AS lead_id, min(value #>> '{}') AS email
       FROM wonlost.scores JOIN wonlost.traits USING (subject_kind, subject_id)
      WHERE subject_kind = 'lead' AND name = 'email' AND model = 'conversion' AND verdict = 'eligible' AND score BETWEEN 10 AND 60
      GROUP BY 1 ORDER BY max(score) DESC, 1 LIMIT 1`,
  )
  ;({ lead_id: leadId, email } = rows[0]!)
  browser = await launchChromium()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(20_000)
  page = await context.newPage()
  found = watchPage(page, server.base)
  page.on('request', (request) => {
    if (request.url().includes('/v1/stream')) streams += 1
  })
})

afterAll(async () => {
  await browser?.close()
  await server?.end()
})

/** As the simulator plays it, through the API. */
async function visits(times: number): Promise<void> {
  const event: TrafficEvent = { email, leadId, type: 'pricing_page_viewed', properties: {} }
  const played = Array.from({ length: times }, (_, place) => ({ event, due: place }))
  const { signal } = new AbortController()
  const summary = await sendTraffic(played.values(), {
    url: server.base,
    key: server.key,
    now: Date.now,
    run: `test-${performance.now()}`,
    lasting: SECOND,
    ended: signal,
    signal,
    report: () => {},
  })
  expect(summary.acknowledged).toBe(times)
}

const rows = (): Locator => page.getByRole('grid').getByRole('row')
const row = (): Locator => page.locator('[role=row][data-index="0"]')
const scoreOf = async (): Promise<number> => Number(/\d+/.exec((await row().textContent()) ?? '')?.[0])

if (CHROMIUM === null) test.skip('there is no Chromium here; Debian: apt-get install chromium')
else {
  test('signs in with the account of the company, and is back where she wanted to be', async () => {
    const wanted = `/?search=${encodeURIComponent(leadId)}`
    await page.goto(server.base + wanted)
    const link = page.getByRole('link', { name: 'Sign in with your organisation' })
    await link.waitFor()
    expect(await axeFindings(page)).toEqual([])
    server.provider.claims = { groups: [] }
    await link.click()
    await page.getByText('have no role here').waitFor()
    expect(page.url()).toBe(server.base + wanted)
    expect(await axeFindings(page)).toEqual([])
    server.provider.claims = {}
    await link.click()
    await page.getByText('That is everybody: 1.').waitFor()
    expect(page.url()).toBe(server.base + wanted)
    await page.getByRole('button', { name: 'Signed in as ann@example.com' }).waitFor()
  })

  test('opens the best lead, reads why, has called it, and rejects the next one with a reason', async () => {
    await page.getByLabel('Search').fill('')
    await rows().nth(2).waitFor()
    await page.locator('body').click({ position: { x: 2, y: 400 } })
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/leads\//)
    const why = page.getByRole('region', { name: /^Why \d+ points$/ })
    await why.locator('tbody tr').nth(1).waitFor()
    await page.getByRole('button', { name: 'Contacted' }).click()
    await page.getByText('Marked as contacted.').waitFor()
    await page.keyboard.press('j')
    await page.getByText('2 of more than 100').waitFor()
    await page.getByRole('button', { name: 'Reject…' }).click()
    await page.getByRole('button', { name: 'Has no budget' }).click()
    await page.getByText('Rejected: Has no budget.').waitFor()
    const { rows: given } = await server.database.pool.query(
      'SELECT kind, reason, given_by FROM wonlost.feedback ORDER BY feedback_id',
    )
    const by = 'person:ann@example.com'
    expect(given).toEqual([
      { kind: 'contacted', reason: null, given_by: by },
      { kind: 'rejected', reason: 'no_budget', given_by: by },
    ])
  })

  test('reads on where the loaded leads end, and is back at the one she looked at last', async () => {
    const first: { leads: { lead_id: string }[]; next_cursor: string } = await page.evaluate(
      `fetch('/v1/leads?sort=-score&limit=3').then((answer) => answer.json())`,
    )
    const leadIds = first.leads.map(({ lead_id }) => lead_id)
    const way = { query: '', skipped: 0, leadIds, current: leadIds[2], next: first.next_cursor }
    await page.evaluate(`sessionStorage.setItem('wonlost.queue.way', ${JSON.stringify(JSON.stringify(way))})`)
    await page.goto(`${server.base}/leads/${leadIds[2]}`)
    await page.getByText('3 of more than 103').waitFor()
    await page.keyboard.press('j')
    await page.getByText('4 of more than 103').waitFor()
    const last = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '')
    await page.keyboard.press('u')
    await page.locator('[role=row][data-index="3"][aria-selected=true]:focus').waitFor()
    // A click on a name is one step: one back is the queue again.
    await page.locator('[role=row][data-index="3"] a').click()
    await page.waitForURL(`${server.base}/leads/${encodeURIComponent(last)}`)
    await page.goBack()
    await page.locator('[role=row][data-index="3"]:focus').waitFor()
    await page.evaluate(`sessionStorage.setItem('wonlost.queue.way', '{')`)
    await page.evaluate(`localStorage.setItem('wonlost.queue.columns', 'null')`)
    await page.goto(`${server.base}/?search=${encodeURIComponent(leadId)}`)
    await page.getByText('That is everybody: 1.').waitFor()
  })

  test('what a lead does is seen at once, without asking', async () => {
    const before = await scoreOf()
    await visits(3)
    await expect.poll(scoreOf).toBeGreaterThan(before)
  })

  test('a server that is started again is told of, and followed on', async () => {
    const before = await scoreOf()
    const opened = streams
    await server.stop()
    await page.getByText('No connection to the server').waitFor()
    expect(await scoreOf()).toBe(before)
    await server.start()
    await page.getByText('No connection to the server').waitFor({ state: 'hidden' })
    await expect.poll(() => streams).toBeGreaterThan(opened)
    await visits(3)
    await expect.poll(scoreOf).toBeGreaterThan(before)
  })

  test('interest fades: a month later, if nothing happens, the score is lower, and the page shows it', async () => {
    const before = await scoreOf()
    await server.sweepIn(30)
    await expect.poll(scoreOf).toBeLessThan(before)
  })

  test('nothing failed, nothing was refused', () => {
    // The provider is another server, on purpose.
    expect(found.filter((one) => !one.startsWith(`request: ${server.provider.issuer}`))).toEqual([])
  })
}
