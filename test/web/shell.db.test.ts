/** What stands around every view, in a real browser: two tabs, keys, narrow pages, old answers, and ids of every kind. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { addLead, keepModel, NOW, promote } from '../support/app.ts'
import { axeFindings, CHROMIUM, watchPage } from '../support/browser.ts'
import { openDashboard, type TestDashboard } from '../support/dashboard.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder } from '../support/models-folder.ts'

/** As tracking makes them, and as others do. */
const ODD_ID = 'user:ann/1+a@example.com?#%3A'
const ACCOUNT = 'https://acme.example/?a=1&b'
const folder = createModelsFolder()
let database: TestDatabase
let dashboard: TestDashboard
let page: Page

beforeAll(async () => {
  if (CHROMIUM === null) return
  database = await createTestDatabase()
  await promote(database.pool, await keepModel(database.pool), null)
  await addLead(database.pool, ODD_ID, ACCOUNT)
  dashboard = await openDashboard(database, folder.path)
  page = dashboard.page
  const { engine } = dashboard.served.engine.current()
  await scoreLeads(database.pool, engine, { asOf: NOW, scoredAt: NOW, cause: 'score' })
})

afterAll(async () => {
  await dashboard?.close()
  await database?.drop()
  folder.remove()
})

const grid = (of: Page) => of.getByRole('grid').waitFor()

if (CHROMIUM === null) test.skip('there is no Chromium here; Debian: apt-get install chromium')
else {
  test('a lead and its company open, whatever is in their ids, and at that address again', async () => {
    await dashboard.signIn('ann', ['read', 'feedback'])
    await page.goto(dashboard.base)
    await page.locator('[role=row][data-index="0"]').press('Enter')
    await page.getByRole('heading', { level: 1, name: 'ada@example.com' }).waitFor()
    expect(new URL(page.url()).pathname).toBe(`/leads/${encodeURIComponent(ODD_ID)}`)
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'ada@example.com' }).waitFor()
    await page.locator('header').getByRole('link', { name: ACCOUNT }).click()
    await page.getByRole('heading', { level: 1, name: ACCOUNT }).waitFor()
  })

  test('a key that is held says a thing once; keys of one letter can be turned off, for good', async () => {
    await page.goto(`${dashboard.base}/leads/${encodeURIComponent(ODD_ID)}`)
    await page.getByText('What happened').waitFor()
    let said = 0
    page.on('request', (request) => {
      if (request.method() === 'POST') said += 1
    })
    for (let times = 0; times < 3; times += 1) {
      // Down again without up: the browser calls it a repetition.
      await page.keyboard.down('c')
      await page.getByText('Marked as contacted.').waitFor()
    }
    await page.keyboard.up('c')
    expect(said).toBe(1)
    await page.getByRole('button', { name: 'Keys' }).click()
    await page.getByRole('switch').click()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.reload()
    await page.getByText('What happened').waitFor()
    await page.keyboard.press('c')
    await page.keyboard.press('u')
    await page.getByRole('button', { name: 'Keys' }).click()
    await page.getByRole('switch').click()
    expect(said).toBe(1)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.keyboard.press('u')
    await grid(page)
  })

  test('what cannot be read anew is said to be old, in words that can be read; the closed navigation is out of reach', async () => {
    await page.setViewportSize({ width: 390, height: 800 })
    await page.goto(`${dashboard.base}/health`)
    await page.getByText('Received in the last hour').waitFor()
    await page.route('**/v1/ingest/rate', (route) =>
      route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        json: { title: 'No', status: 500, code: 'internal', detail: '<b>It broke.</b>', request_id: 'r' },
      }),
    )
    await page.getByText('Some of what you see may be old').waitFor()
    expect(await page.getByText('No connection to the server').count()).toBe(0)
    await page.getByText('<b>It broke.</b>').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.unroute('**/v1/ingest/rate')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Some of what you see may be old').waitFor({ state: 'hidden' })
    // All that the Tab key reaches lies on the page.
    await page.locator('body').click({ position: { x: 2, y: 2 } })
    for (let stop = 0; stop < 8; stop += 1) {
      await page.keyboard.press('Tab')
      const left = await page.evaluate('document.activeElement.getBoundingClientRect().left')
      expect(left).toBeGreaterThanOrEqual(0)
    }
  })

  test('who signs in or out in one tab does so in all; a sign-out that fails is told of', async () => {
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.goto(dashboard.base)
    await grid(page)
    const other = await dashboard.context.newPage()
    const found = watchPage(other, dashboard.base)
    await dashboard.signIn('bob', ['read'])
    await other.goto(dashboard.base)
    await page.getByRole('button', { name: 'Signed in as bob' }).waitFor()
    await grid(page)
    const menu = other.getByRole('dialog', { name: 'Signed in as bob' })
    await other.getByRole('button', { name: 'Signed in as bob' }).click()
    await other.route('**/v1/session', (route) => route.abort())
    await menu.getByRole('button', { name: 'Sign out' }).click()
    await menu.getByText('You are still signed in.').waitFor()
    expect(await axeFindings(other)).toEqual([])
    await other.unroute('**/v1/session')
    await menu.getByRole('button', { name: 'Sign out' }).click()
    await page.getByPlaceholder('wl_').waitFor()
    expect(found).toEqual([])
    expect(dashboard.found).toEqual([])
  })
}
