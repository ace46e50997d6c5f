/** The dashboard in a real browser, against a real server and database. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newKey } from '../../src/api-key.ts'
import { insertKey } from '../../src/db/api-keys.ts'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { dashboardFolder } from '../../src/package-folder.ts'
import { createKeySource } from '../../src/server/key-source.ts'
import { createRateLimiter } from '../../src/server/rate-limits.ts'
import { addLead, createTestApp, keepModel, NOW, promote, type TestApp } from '../support/app.ts'
import { axeFindings, CHROMIUM, launchChromium, watchPage } from '../support/browser.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder } from '../support/models-folder.ts'

const UNLIMITED = { ingest: null, score: null, read: null, feedback: null, admin: null }
const folder = createModelsFolder()
const key = newKey()
let database: TestDatabase
let served: TestApp
let base = ''
let browser: Browser
let context: BrowserContext
let page: Page
let found: readonly string[]

async function serve(port: number): Promise<void> {
  const keys = createKeySource({ pool: database.pool, now: () => NOW })
  const auth = { keys, limiter: createRateLimiter(UNLIMITED) }
  served = createTestApp(database, folder.path, { auth, dashboard: dashboardFolder() })
  base = await served.app.listen({ host: '127.0.0.1', port })
}

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
  if (!existsSync(join(dashboardFolder(), 'index.html')))
    throw new Error('The dashboard is not built. Run: npm run build')
  database = await createTestDatabase()
  await promote(database.pool, await keepModel(database.pool), null)
  for (let number = 0; number < 130; number += 1)
    await addLead(database.pool, `l_${String(number).padStart(3, '0')}`, 'a_1')
  await rename('l_000', HOSTILE.markup)
  await rename('l_001', HOSTILE.turned)
  await rename('l_002', HOSTILE.endless)
  await rename('l_003', '=1+1')
  const about = {
    name: 'ann',
    scopes: ['read', 'feedback'],
    createdBy: 'test',
    createdAt: NOW - 1,
    expiresAt: null,
  }
  await insertKey(database.pool, { ...key, ...about, scopes: ['read', 'feedback'] })
  await serve(0)
  const { engine } = served.engine.current()
  await scoreLeads(database.pool, engine, { asOf: NOW, scoredAt: NOW, cause: 'score' })
  browser = await launchChromium()
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' })
  context.setDefaultTimeout(15_000)
  page = await context.newPage()
  found = watchPage(page, base)
})

afterAll(async () => {
  await browser?.close()
  await served?.app.close()
  await database?.drop()
  folder.remove()
})

const rows = () => page.getByRole('grid').getByRole('row')
const current = () => page.locator('[role=row][aria-selected=true]')

if (CHROMIUM === null) test.skip('there is no Chromium here; Debian: apt-get install chromium')
else {
  test('whoever has no session signs in with a key, and is told when it is none', async () => {
    await page.goto(base)
    await page.getByPlaceholder('wl_').fill('wl_nonsense')
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('This key is not valid').waitFor()
    await page.getByPlaceholder('wl_').fill(` ${key.key} `)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('grid').waitFor()
    const [cookie] = await context.cookies()
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
  })

  test('names are text, whatever is in them; nothing is found by axe in light, dark and narrow', async () => {
    await page.getByText(HOSTILE.markup).first().waitFor()
    expect(await page.getByText('gnp.exe').first().textContent()).toBe('gnp.exe')
    for (const [width, colorScheme] of [
      [1280, 'light'],
      [1280, 'dark'],
      [390, 'dark'],
      [390, 'light'],
    ] as const) {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme })
      expect(await axeFindings(page), `${width} ${colorScheme}`).toEqual([])
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      expect(overflow, `${width} ${colorScheme}`).toBeLessThanOrEqual(0)
    }
    await page.setViewportSize({ width: 1280, height: 800 })
  })

  test('everything by keyboard: down, up, more than one page, search, help', async () => {
    await page.locator('body').click({ position: { x: 2, y: 400 } })
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    expect(await current().getAttribute('data-index')).toBe('1')
    await page.keyboard.press('k')
    expect(await current().getAttribute('data-index')).toBe('0')
    // At the last row that is there a key waits for nobody: it is pressed again when the next page has come.
    for (let at = 0; at < 110; at = Number(await current().getAttribute('data-index')))
      await page.keyboard.press('j')
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

  test('a server that is gone is told of; when it is back, values change and no row jumps until asked to', async () => {
    await page.goto(base)
    const first = page.locator('[role=row][data-index="0"]')
    await first.waitFor()
    const name = await first.getAttribute('aria-label')
    const { port } = new URL(base)
    await served.app.close()
    await page.getByLabel('Search').fill('nobody')
    await page.getByText('No connection to the server').waitFor({ timeout: 20_000 })
    await page.getByLabel('Search').fill('')
    await page.locator('[role=row][data-index="0"]').waitFor()
    await database.pool.query(
      `UPDATE wonlost.scores SET raw_points = 1, score = 1 WHERE subject_id = 'l_000'`,
    )
    await serve(Number(port))
    await page.getByText('No connection to the server').waitFor({ state: 'hidden', timeout: 20_000 })
    await page.getByRole('button', { name: 'The order has changed' }).waitFor({ timeout: 20_000 })
    expect(await first.getAttribute('aria-label')).toBe(name)
    await page.getByRole('button', { name: 'The order has changed' }).click()
    await expect.poll(() => first.getAttribute('aria-label')).not.toBe(name)
  })

  test('nothing failed, nothing was refused, and no other server was asked', () => {
    expect(found).toEqual([])
  })
}
