/**
 * Pictures of every view into docs/screenshots/, of the demo with a fixed seed: `npm run screenshots`. Its history ends at midnight, so times
 * on them are as long ago on every day. Look at what comes of it before you keep it.
 */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../support/browser.ts'
import { type Running, startNode } from '../support/cli.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const OUT = join(ROOT, 'docs/screenshots')
const LARGEST = 250 * 1024

const LOOKS = [
  { name: 'light', viewport: { width: 1280, height: 860 }, colorScheme: 'light' },
  { name: 'dark', viewport: { width: 1280, height: 860 }, colorScheme: 'dark' },
  { name: 'narrow', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
] as const

/** Views and their addresses, of the registry: it imports pages for a browser, so its text is read. */
function registeredViews(): readonly { readonly name: string; readonly path: string }[] {
  const text = readFileSync(join(ROOT, 'web/src/views/index.ts'), 'utf8')
  const views = [...text.matchAll(/name: '([^']+)', path: '([^']+)'/g)]
  return views.map(([, name = '', path = '']) => ({ name: name.toLowerCase(), path }))
}
const VIEWS = registeredViews()

const home = mkdtempSync(join(tmpdir(), 'wonlost-screens-'))
let demo: Running
let base = ''
let browser: Browser

beforeAll(async () => {
  // As root the database runs as another user, who must be able to enter.
  chmodSync(home, 0o755)
  const wonlost = join(ROOT, 'bin/wonlost.js')
  const args = ['demo', '--leads', '20000', '--seed', '7', '--port', '0', '--no-traffic', '--json']
  demo = startNode([wonlost, ...args], { WONLOST_HOME: home, WONLOST_LOG_LEVEL: 'silent' })
  let said = ''
  demo.child.stdout?.on('data', (text: string) => {
    said += text
  })
  await demo.said('{"url":')
  base = /\{"url":"([^"]+)"/.exec(said)?.[1] ?? ''
  browser = await launchChromium()
  mkdirSync(OUT, { recursive: true })
}, 600_000)

afterAll(async () => {
  await browser?.close()
  demo?.child.kill('SIGINT')
  await demo?.finished
  rmSync(home, { recursive: true, force: true })
})

/** The best that there is, for addresses of one subject. */
async function addressOf(path: string): Promise<string> {
  if (!path.includes(':')) return path
  const first = async (kind: 'lead' | 'account'): Promise<string> => {
    const answer = await fetch(`${base}/v1/${kind}s?limit=1&verdict=eligible`)
    const listed = (await answer.json()) as Record<string, Record<string, string>[]>
    return listed[`${kind}s`]?.[0]?.[`${kind}_id`] ?? ''
  }
  const id = path.startsWith('/accounts') ? await first('account') : await first('lead')
  return path.replace(':id', encodeURIComponent(id)).replace(':name', 'conversion')
}

/** Nothing loads, and for a while nothing changes. */
async function settle(page: Page): Promise<void> {
  let before = ''
  await expect
    .poll(
      async () => {
        await page.waitForTimeout(700)
        const now = await page.content()
        const isStill = now === before
        before = now
        return isStill && (await page.locator('[aria-busy=true], .mantine-Loader-root').count()) === 0
      },
      { timeout: 60_000 },
    )
    .toBe(true)
}

test('the registry was read', () => {
  expect(VIEWS.map(({ path }) => path)).toContain('/')
})

for (const { name, path } of VIEWS)
  test(`${name} in light, dark and narrow`, async () => {
    const address = base + (await addressOf(path))
    for (const look of LOOKS) {
      const { viewport, colorScheme } = look
      const context = await browser.newContext({
        viewport,
        colorScheme,
        reducedMotion: 'reduce',
        locale: 'en-GB',
        timezoneId: 'UTC',
      })
      const page = await context.newPage()
      await page.goto(address)
      await settle(page)
      const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' })
      await context.close()
      expect(picture.length, `${name} ${look.name}`).toBeLessThan(LARGEST)
      writeFileSync(join(OUT, `${name}-${look.name}.png`), picture)
    }
  })
