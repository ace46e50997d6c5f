/**
 * Pictures of every view into docs/screenshots/, of the demo with a fixed seed: `npm run screenshots`. Its history ends at midnight, so times
 * on them are as long ago on every day. Look at what comes of it before you keep it.
 */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import PgBoss from 'pg-boss'
import type { Browser, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { JOBS_SCHEMA } from '../../src/jobs/background.ts'
import { launchChromium } from '../support/browser.ts'
import { type Running, startNode } from '../support/cli.ts'
import { until } from '../support/until.ts'
import { createReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'

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

interface Picture {
  readonly name: string
  readonly path: string
  readonly opens?: string
}

/** What of the parts behind tabs is worth a picture too; `opens`: a button that is pressed before. */
const PARTS: readonly Picture[] = [
  { name: 'quality', path: '/models/:name?tab=quality' },
  { name: 'compare', path: '/models/:name?tab=compare', opens: 'Compare on leads of today' },
  { name: 'webhooks', path: '/health?tab=webhooks', opens: 'Attempts' },
]
const PICTURES: readonly Picture[] = [...VIEWS, ...PARTS]

const home = mkdtempSync(join(tmpdir(), 'wonlost-screens-'))
const wonlost = join(ROOT, 'bin/wonlost.js')
const ENVIRONMENT = {
  ...{ WONLOST_HOME: home, WONLOST_LOG_LEVEL: 'silent' },
  ...{ WONLOST_WEBHOOK_ALLOW_HTTP: 'true', WONLOST_WEBHOOK_ALLOW_NETWORKS: '127.0.0.0/8' },
}
const SIMULATED = ['--leads', '20000', '--seed', '7']
let demo: Running
let base = ''
let browser: Browser
let crm: WebhookReceiver
let chat: WebhookReceiver

/** What a command prints. */
async function run(...command: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await startNode([wonlost, ...command], ENVIRONMENT).finished
  if (code !== 0) throw new Error(`wonlost ${command.join(' ')}: ${stderr}`)
  return stdout
}

async function post(path: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${base}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
}

/** One receiver is busy now and then, and is asked again; the other one is gone after a while. */
async function addEndpoints(): Promise<void> {
  crm = await createReceiver()
  chat = await createReceiver()
  crm.answer((response, place) => response.writeHead(place % 6 === 2 ? 503 : 204).end())
  chat.answer((response, place) => response.writeHead(place < 3 ? 204 : 410).end())
  const events = ['lead.band_changed', 'lead.verdict_changed']
  await post('/v1/webhooks', { url: crm.url, events, description: 'The CRM of sales' })
  await post('/v1/webhooks', { url: chat.url, bands: ['hot', 'warm'], description: 'The channel of sales' })
}

/** Messages without what they are about, and names that nobody has told the server of. */
async function sendWhatCannotBeUsed(): Promise<void> {
  const track = (event: string) => ({ type: 'track', event, userId: 'u_1' })
  const unknown = ['Roadmap Opened', 'Roadmap Opened', 'Roadmap Opened', 'Referral Sent', 'Referral Sent']
  const faults = [
    { type: 'track', userId: 'u_2' },
    { type: 'identify', traits: { title: 'CTO' } },
  ]
  await post('/v1/batch', { batch: [...unknown.map(track), ...faults] })
}

/** As their schedules would, some hours from now. */
async function runJobs(): Promise<void> {
  const { url } = JSON.parse(await run('db', 'status', '--json')) as { readonly url: string }
  const options = { schema: JOBS_SCHEMA, migrate: false, supervise: false, schedule: false }
  const boss = await new PgBoss({ connectionString: url, ...options }).start()
  for (const job of ['retention', 'sweep', 'monitor']) await boss.send(job, {})
  await boss.stop({ graceful: false })
}

async function haveJobsEnded(): Promise<boolean> {
  await wait(1_000)
  const { jobs } = (await (await fetch(`${base}/v1/health/jobs`)).json()) as { jobs: { last: unknown }[] }
  return jobs.length > 0 && jobs.every(({ last }) => last !== null)
}

/** So that there is something to see: people do things, receivers are told, a challenger waits, and what a night brings is done. */
async function live(): Promise<void> {
  await addEndpoints()
  await run('train', 'conversion', '--seed', '8')
  await runJobs()
  const traffic = (rate: number) =>
    run('simulate-traffic', '--url', base, ...SIMULATED, '--rate', String(rate), '--for', '25s')
  for (const rate of [20, 35, 25]) {
    await sendWhatCannotBeUsed()
    await traffic(rate)
  }
  await until(haveJobsEnded, 240_000)
}

beforeAll(async () => {
  // As root the database runs as another user, who must be able to enter.
  chmodSync(home, 0o755)
  const args = ['demo', ...SIMULATED, '--port', '0', '--no-traffic', '--json']
  demo = startNode([wonlost, ...args], ENVIRONMENT)
  let said = ''
  demo.child.stdout?.on('data', (text: string) => {
    said += text
  })
  await demo.said('{"url":')
  base = /\{"url":"([^"]+)"/.exec(said)?.[1] ?? ''
  await live()
  browser = await launchChromium()
  mkdirSync(OUT, { recursive: true })
}, 900_000)

afterAll(async () => {
  await browser?.close()
  demo?.child.kill('SIGINT')
  await demo?.finished
  await Promise.all([crm?.close(), chat?.close()])
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

/** Follows what a page asks of the API, but for changes, which never end. */
function pendingRequests(page: Page): ReadonlySet<Request> {
  const pending = new Set<Request>()
  const isAsked = (request: Request): boolean => /\/v1\/(?!stream)/.test(request.url())
  page.on('request', (request) => isAsked(request) && pending.add(request))
  page.on('requestfinished', (request) => pending.delete(request))
  page.on('requestfailed', (request) => pending.delete(request))
  return pending
}

/** Nothing loads, and for a while nothing changes. */
async function settle(page: Page, pending: ReadonlySet<Request>): Promise<void> {
  let before = ''
  await expect
    .poll(
      async () => {
        await page.waitForTimeout(700)
        const now = await page.content()
        const isStill = now === before && pending.size === 0
        before = now
        return isStill && (await page.locator('[aria-busy=true], .mantine-Loader-root').count()) === 0
      },
      { timeout: 60_000 },
    )
    .toBe(true)
}

async function takePicture({ name, opens }: Picture, address: string, look: (typeof LOOKS)[number]) {
  const { viewport, colorScheme } = look
  const context = await browser.newContext({
    ...{ viewport, colorScheme, reducedMotion: 'reduce' },
    ...{ locale: 'en-GB', timezoneId: 'UTC' },
  })
  const page = await context.newPage()
  const pending = pendingRequests(page)
  await page.goto(address)
  if (opens) await page.getByRole('button', { name: opens }).first().click()
  await settle(page, pending)
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  await context.close()
  expect(picture.length, `${name} ${look.name}`).toBeLessThan(LARGEST)
  writeFileSync(join(OUT, `${name}-${look.name}.png`), picture)
}

test('the registry was read', () => {
  expect(VIEWS.map(({ path }) => path)).toContain('/')
})

for (const picture of PICTURES)
  test(`${picture.name} in light, dark and narrow`, async () => {
    const address = base + (await addressOf(picture.path))
    await Promise.all(LOOKS.map((look) => takePicture(picture, address, look)))
  })
