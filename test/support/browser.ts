/** Chromium, driven by playwright-core, and what every page of the dashboard must keep. */
import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The variable CHROMIUM names another; null where there is none, and tests in a browser are skipped: see chromium-check.ts. */
export const CHROMIUM: string | null =
  [process.env['CHROMIUM'], ...PLACES].find((path) => path !== undefined && existsSync(path)) ?? null

/** To Chromium a name of this machine that is none of the loopback: a page there is not secure over plain HTTP. */
export const PLAIN_HOST = 'wonlost.test'

export function launchChromium(): Promise<Browser> {
  if (CHROMIUM === null) throw new Error('There is no Chromium. Debian: apt-get install chromium')
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', `--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1`],
  })
}

interface AxeOptions {
  readonly runOnly?: readonly string[]
}

/** Rules that look at colours: what another colour scheme can break. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

/** What is on its way from one colour to another has neither; what goes on for ever, as a sign of waiting, is not waited for. */
const AT_REST = `Promise.allSettled(document.getAnimations()
  .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity).map(({ finished }) => finished))`

/** What axe finds against WCAG 2.2 AA and good practice, one line each; `colours`: only of what the colour scheme decides. */
export async function axeFindings(page: Page, look: 'all' | 'colours' = 'all'): Promise<readonly string[]> {
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axe.source)
  await page.evaluate(AT_REST)
  const options: AxeOptions = look === 'all' ? {} : { runOnly: COLOUR_RULES }
  return page.evaluate(async (options) => {
    const { axe } = globalThis as typeof globalThis & {
      axe: {
        run(
          options: AxeOptions,
        ): Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }>
      }
    }
    const { violations } = await axe.run(options)
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html.slice(0, 300)}`)
  }, options)
}

/** Fills up with what a page must not do: errors, refused contents, and requests to any other server. */
export function watchPage(page: Page, base: string): readonly string[] {
  const found: string[] = []
  page.on('pageerror', (error) => found.push(`error: ${error.message}`))
  page.on('dialog', (dialog) => {
    found.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    if (/Content Security Policy|Warning:|error/i.test(message.text()) && message.type() === 'error')
      if (!message.text().includes('Failed to load resource')) found.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(base) && !url.startsWith('blob:')) found.push(`request: ${url}`)
  })
  return found
}
