/** The dashboard in a real browser, signed in, against a real server and database. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { newKey } from '../../src/api-key.ts'
import { insertKey } from '../../src/db/api-keys.ts'
import type { Scope } from '../../src/glossary.ts'
import { dashboardFolder } from '../../src/package-folder.ts'
import { createKeySource } from '../../src/server/key-source.ts'
import { createRateLimiter } from '../../src/server/rate-limits.ts'
import { createTestApp, NOW, type TestApp } from './app.ts'
import { axeFindings, launchChromium, watchPage } from './browser.ts'
import type { TestDatabase } from './database.ts'
import { until } from './until.ts'

const UNLIMITED = { ingest: null, score: null, read: null, feedback: null, admin: null }

export interface TestDashboard {
  /** Of the server that listens now. */
  readonly served: TestApp
  readonly base: string
  readonly context: BrowserContext
  readonly page: Page
  /** What a page must not do, as it comes. */
  readonly found: readonly string[]
  /** A new key, which the server knows already. */
  addKey(name: string, scopes: readonly Scope[]): Promise<string>
  /** Signs in as somebody else from now on. */
  signIn(name: string, scopes: readonly Scope[]): Promise<void>
  /** Another server at the same address, when `stop` has ended the one before. */
  start(): Promise<void>
  stop(): Promise<void>
  close(): Promise<void>
}

/** The clock of the page stands still at `NOW`, as that of the server does. */
export async function openDashboard(database: TestDatabase, folder: string): Promise<TestDashboard> {
  if (!existsSync(join(dashboardFolder(), 'index.html')))
    throw new Error('The dashboard is not built. Run: npm run build')
  const serve = async (port: number): Promise<TestApp> => {
    const keys = createKeySource({ pool: database.pool, now: () => NOW })
    const auth = { keys, limiter: createRateLimiter(UNLIMITED) }
    const served = createTestApp(database, folder, { auth, dashboard: dashboardFolder() })
    // What the page takes for the time.
    served.app.addHook('onSend', async (_request, reply) => {
      reply.header('date', new Date(NOW).toUTCString())
    })
    await served.app.listen({ host: '127.0.0.1', port })
    return served
  }
  let served = await serve(0)
  const base = served.app.listeningOrigin
  const browser: Browser = await launchChromium()
  const context = await browser.newContext({
    ...{ viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
    // What is looked at has its colours and its place already.
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(15_000)
  await context.clock.setFixedTime(NOW)
  const page = await context.newPage()
  const addKey: TestDashboard['addKey'] = async (name, scopes) => {
    const key = newKey()
    const about = { name, scopes: [...scopes], createdBy: 'test', createdAt: NOW - 1, expiresAt: null }
    await insertKey(database.pool, { ...key, ...about })
    const headers = { authorization: `Bearer ${key.key}` }
    // The server knows of a key at its next look.
    await until(async () => (await fetch(`${base}/v1/leads?limit=1`, { headers })).status !== 401)
    return key.key
  }
  return {
    get served() {
      return served
    },
    base,
    context,
    page,
    found: watchPage(page, base),
    addKey,
    async signIn(name, scopes) {
      const key = await addKey(name, scopes)
      await context.request.post(`${base}/v1/session`, { data: { key } })
    },
    async start() {
      served = await serve(Number(new URL(base).port))
    },
    stop: () => served.app.close(),
    async close() {
      await browser.close()
      await served.app.close()
    },
  }
}

/** Colours fade into those of the other scheme: halfway they are of neither. */
const rested = `Promise.all(document.getAnimations()
  .filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity)
  .map(({ finished }) => finished.catch(() => {}))).then(() => {})`

/** What axe finds of the view, and what is wider than the page, in light, dark and narrow. The page is light and wide afterwards. */
export async function lookFindings(page: Page): Promise<readonly string[]> {
  const findings: string[] = []
  for (const [width, colorScheme] of [
    [1280, 'dark'],
    [390, 'dark'],
    [390, 'light'],
    [1280, 'light'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme })
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor({ state: 'attached' })
    await page.evaluate(rested)
    const found = await axeFindings(page, colorScheme === 'dark' ? 'colours' : 'all')
    // After it: what slides in or out has come to rest.
    const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
    const wider = overflow > 0 ? [`${overflow} px wider than the page`] : []
    for (const finding of [...found, ...wider]) findings.push(`${width} ${colorScheme}: ${finding}`)
  }
  return findings
}
