/** The dashboard in a real browser, against a real server and database. */
import { readFileSync } from 'node:fs'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { addLead, keepModel, NOW, promote } from '../support/app.ts'
import { axeFindings, CHROMIUM, PLAIN_HOST } from '../support/browser.ts'
import { lookFindings, openDashboard, type TestDashboard } from '../support/dashboard.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder } from '../support/models-folder.ts'

const folder = createModelsFolder()
let database: TestDatabase
let board: TestDashboard
let context: BrowserContext
let page: Page
let base = ''

const HOSTILE = {
  markup: `<img src=x onerror="alert(1)"><script>alert(2)</script>`,
  turned: '\u202Egnp.exe\u2066\u2067',
  endless: `${'W'.repeat(10_000)}`,
}

async function rename(leadId: string, name: string): Promise<void> {
  await database.pool.query(
    `INSERT INTO wonlost.traits VALUES ('lead', $1, 'first_name', to_jsonb($2::text), now() - interval '1 year', now() - interval '1 year', 'test', false)`,
    [leadId, name],
  )
}

beforeAll(async () => {
  if (CHROMIUM === null) return
  database = await createTestDatabase()
  await promote(database.pool, await keepModel(database.pool), null)
  for (let number = 0; number < 130; number += 1)
    await addLead(database.pool, `l_${String(number).padStart(3, '0')}`, 'a_1')
  await rename('l_000', HOSTILE.markup)
  await rename('l_001', HOSTILE.turned)
  await rename('l_002', HOSTILE.endless)
  await rename('l_003', '=1+1')
  board = await openDashboard(database, folder.path)
  ;({ context, page, base } = board)
  const { engine } = board.served.engine.current()
  await scoreLeads(database.pool, engine, { asOf: NOW, scoredAt: NOW, cause: 'score' })
})

afterAll(async () => {
  await board?.close()
  await database?.drop()
  folder.remove()
})

const rows = () => page.getByRole('grid').getByRole('row')
const current = () => page.locator('[role=row][aria-selected=true]')

if (CHROMIUM === null) test.skip('there is no Chromium here; Debian: apt-get install chromium')
else {
  test('whoever has no session signs in with a key, and is told when it is none', async () => {
    const key = await board.addKey('ann', ['read', 'feedback'])
    await page.goto(base)
    await page.getByPlaceholder('wl_').fill('wl_nonsense')
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('This key is not valid').waitFor()
    await page.getByPlaceholder('wl_').fill(` ${key} `)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('grid').waitFor()
    const [cookie] = await context.cookies()
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
  })

  test('the licences of what is bundled are served beside it', async () => {
    const licences = await page.locator('link[rel=license]').getAttribute('href')
    const text = await (await context.request.get(base + licences)).text()
    for (const name of ['react', 'react-dom', '@mantine/core', '@tanstack/react-query', '@observablehq/plot'])
      expect(text).toContain(`## ${name} - `)
  })

  test('over plain HTTP from elsewhere the page says that nobody can sign in', async () => {
    const plain = await context.newPage()
    await plain.goto(`http://${PLAIN_HOST}:${new URL(base).port}`)
    await plain.getByRole('alert').getByText('This address is not secure').waitFor()
    expect(await axeFindings(plain)).toEqual([])
    await plain.close()
    expect(await page.getByText('This address is not secure').count()).toBe(0)
  })

  test('names are text, whatever is in them; nothing is found by axe in light, dark and narrow', async () => {
    await page.getByText(HOSTILE.markup).first().waitFor()
    expect(await page.getByText('gnp.exe').first().textContent()).toBe('gnp.exe')
    expect(await lookFindings(page)).toEqual([])
  })

  test('everything by keyboard: down, up, more than one page, search, help', async () => {
    await page.locator('body').click({ position: { x: 2, y: 400 } })
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await expect.poll(() => current().getAttribute('data-index')).toBe('1')
    await page.keyboard.press('k')
    await expect.poll(() => current().getAttribute('data-index')).toBe('0')
    // At the last row that is there a key waits for nobody: it is pressed again when the next page has come.
    for (let at = 0; at < 110; at = Number(await current().getAttribute('data-index')))
      for (let times = 0; times < 10; times += 1) await page.keyboard.press('j')
    // Of 130 only those in sight are drawn.
    expect(await rows().count()).toBeLessThan(50)
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).getByText('goes to the next lead').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.keyboard.press('/')
    await page.keyboard.type('<img')
    await page.waitForURL(/search=/)
    await page.getByText('That is everybody: 1.').waitFor()
    expect(await rows().count()).toBe(2)
  })

  test('a view is kept and opened again; what is shown is exported, and no cell is a formula', async () => {
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByLabel('Keep this view as').fill('Images')
    await page.getByRole('button', { name: 'Keep' }).click()
    await page.getByRole('button', { name: 'Images', exact: true }).waitFor()
    await page.goto(base)
    await page.getByText('=1+1').waitFor()
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export' }).click()
    const text = readFileSync(await (await downloading).path(), 'utf8')
    expect(text).toContain(`l_003,"'=1+1"`)
    expect(text.split('\r\n').length).toBeGreaterThan(100)
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('button', { name: 'Images', exact: true }).click()
    await page.waitForURL(/search=%3Cimg/)
    await page.getByText('That is everybody: 1.').waitFor()
  })

  test('a server that is gone is told of; when it is back, values change, no row jumps, and what never came comes by itself', async () => {
    const other = await context.newPage()
    await other.goto(base)
    await other.getByRole('link', { name: 'Accounts' }).click()
    await other.getByRole('table').waitFor()
    await page.goto(base)
    const first = page.locator('[role=row][data-index="0"]')
    await first.waitFor()
    const name = await first.getAttribute('aria-label')
    await board.stop()
    await page.getByLabel('Search').fill('nobody')
    await other.getByRole('link', { name: 'Health' }).click()
    await page.getByText('No connection to the server').waitFor({ timeout: 20_000 })
    await page.getByText(/^What you see is from .* or before. Trying again.$/).waitFor()
    await other.getByText('The server cannot be reached').waitFor()
    await page.getByText('The server cannot be reached').waitFor()
    // While it is tried again nothing flickers.
    await page.evaluate(
      'flickers = 0; new MutationObserver(() => { flickers += document.querySelectorAll("[aria-busy=true]").length }).observe(document.body, { childList: true, subtree: true })',
    )
    await page.waitForEvent('requestfailed', (request) => request.url().endsWith('/healthz'))
    expect(await page.evaluate('flickers')).toBe(0)
    await page.getByLabel('Search').fill('')
    await page.locator('[role=row][data-index="0"]').waitFor()
    await database.pool.query(
      `UPDATE wonlost.scores SET raw_points = 1, score = 1 WHERE subject_id = 'l_000'`,
    )
    await board.start()
    await page.getByText('No connection to the server').waitFor({ state: 'hidden', timeout: 20_000 })
    await other.getByRole('tab', { name: 'Rejected' }).waitFor({ timeout: 20_000 })
    await other.close()
    await page.getByRole('button', { name: 'The order has changed' }).waitFor({ timeout: 20_000 })
    expect(await first.getAttribute('aria-label')).toBe(name)
    await page.getByRole('button', { name: 'The order has changed' }).click()
    await expect.poll(() => first.getAttribute('aria-label')).not.toBe(name)
  })

  test('a view whose files did not come is loaded, with its styles, when it is tried again', async () => {
    const hasStyles = () =>
      page.evaluate(
        '[...document.styleSheets].some(({ href, cssRules }) => href?.includes("/grid-page-") && cssRules.length > 0)',
      )
    const again = page.getByRole('button', { name: 'Try again' })
    for (const file of ['**/assets/grid-page-*.css', '**/assets/grid-page-*.js']) {
      await page.goto(base)
      await page.route(file, (route) => route.abort())
      await page.getByRole('link', { name: 'Grid' }).click()
      await page.getByText('a file of this view could not be loaded').waitFor()
      expect(await axeFindings(page)).toEqual([])
      await page.unroute(file)
      await again.click()
      await again.waitFor({ state: 'hidden' })
      await expect.poll(hasStyles, { message: file }).toBe(true)
    }
  })

  test('a tab that is older than the server says so where it lacks a file, and is reloaded', async () => {
    await page.goto(base)
    await page.getByRole('grid').waitFor()
    await page.route('**/assets/models-page-*', (route) => route.fulfill({ status: 404 }))
    await page.route(`${base}/`, async (route) => {
      const answer = await route.fetch()
      await route.fulfill({
        response: answer,
        body: (await answer.text()).replace('/index-', '/index-newer-'),
      })
    })
    await page.getByRole('link', { name: 'Models' }).click()
    await page.getByText('Wonlost was updated').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.unrouteAll()
    await page.getByRole('button', { name: 'Reload' }).click()
    await page.getByRole('heading', { name: 'Models' }).waitFor()
  })

  test('nothing failed, nothing was refused, and no other server was asked', () => {
    expect(board.found).toEqual([])
  })
}
