/** Where there is no Chromium, says once and loudly what is not tested; with CHROMIUM_REQUIRED it is an error instead. */
import { CHROMIUM } from './browser.ts'

const MISSING =
  'There is no Chromium: the dashboard, the report and the browser clients are NOT TESTED. Debian: apt-get install chromium; elsewhere CHROMIUM=/path/to/it.'

/** At the end as well, where it is read. */
export default function check(): () => void {
  if (CHROMIUM !== null) return () => {}
  if (process.env['CHROMIUM_REQUIRED']) throw new Error(MISSING)
  const say = (): void => void process.stderr.write(`\n${MISSING}\n\n`)
  say()
  return say
}
