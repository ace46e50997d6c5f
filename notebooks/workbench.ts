/**
 * What the notebooks stand on: a database with a sales history, the command line of Wonlost, and Observable Plot without a browser.
 * Notebooks load it compiled: `require('../dist/notebooks/workbench.js')`.
 */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import { generateInto } from '../data/load.ts'
import type { Chart } from '../src/charts/chart.ts'
import { readConfig } from '../src/config.ts'
import { openDatabase } from '../src/db/database.ts'
import { parseTime } from '../src/glossary.ts'
import { packageFolder } from '../src/package-folder.ts'

/** One row of a query, ready for `pl.readRecords` and for Plot. */
export type Record = Readonly<globalThis.Record<string, string | number | boolean | Date | null>>

export interface Workbench {
  /** Runs a query. Counts and sums come as numbers. */
  rows(sql: string, parameters?: readonly unknown[]): Promise<Record[]>
  /** Runs `wonlost ...` and gives back what it printed; with `--json` the documents. Exit codes in `allowed` are no error. */
  wonlost(args: readonly string[], allowed?: readonly number[]): Promise<WonlostRun>
  /** The document that charts are drawn into. */
  readonly document: NonNullable<Plot.PlotOptions['document']>
  close(): Promise<void>
}

export interface WonlostRun {
  readonly exitCode: number
  readonly text: string
  /** With `--json`: one document a line. */
  readonly documents: readonly unknown[]
}

export interface WorkbenchOptions {
  /** Of the history that is simulated where the database is empty; a database with leads of your own stays as it is. */
  readonly leads?: number
  readonly seed?: number
  /** Its name: a notebook has an embedded database of its own, so that what another one trained is not there. */
  readonly notebook?: string
}

/** The history ends here, so that notebooks show the same figures whenever they run. */
export const HISTORY_ENDS_AT = '2026-11-01T00:00:00Z'

export { Plot }

const PROGRAM = fileURLToPath(new URL('../src/cli/main.js', import.meta.url))
const LONGEST_OUTPUT = 256 * 2 ** 20

/**
 * Opens the database that DATABASE_URL names, or an embedded one in a folder for `notebook` below WONLOST_HOME (notebooks/.wonlost),
 * and fills it where it is empty.
 * Throws `database_unavailable` and whatever else opening a database can.
 */
export async function openWorkbench({
  leads = leadsWanted(),
  seed = 7,
  notebook = '',
}: WorkbenchOptions = {}): Promise<Workbench> {
  const homes = process.env['WONLOST_HOME'] ?? join(packageFolder(), 'notebooks', '.wonlost')
  const database = await openDatabase(readConfig(process.env, { home: join(homes, notebook) }))
  const { pool } = database
  const rows = async (sql: string, parameters: readonly unknown[] = []): Promise<Record[]> =>
    (await pool.query<Record>(sql, [...parameters])).rows
  const { rows: some } = await pool.query('SELECT 1 FROM wonlost.leads LIMIT 1')
  if (some.length === 0) {
    const simulation = { leads, seed, months: 24, endsAt: parseTime(HISTORY_ENDS_AT), drift: true }
    await generateInto(pool, simulation, { reset: false })
  }
  return {
    rows,
    async wonlost(args, allowed = [0]) {
      const run = await runWonlost(args, { DATABASE_URL: database.url })
      if (!allowed.includes(run.exitCode))
        throw new Error(`wonlost ${args.join(' ')} ended with ${run.exitCode}: ${run.text}`)
      return run
    },
    document: parseHTML('<html></html>').document,
    close: () => database.close(),
  }
}

/** WONLOST_NOTEBOOK_LEADS, or few enough for all notebooks to run within a few minutes. */
function leadsWanted(): number {
  return Number(process.env['WONLOST_NOTEBOOK_LEADS'] ?? 3_000)
}

/**
 * A chart as SVG that stands by itself, as notebooks keep and show it: with its namespace, in black on white.
 * Takes options of Observable Plot, or a chart that was drawn into `document` already.
 */
export function svgOf(document: Workbench['document'], chart: Plot.PlotOptions | Chart): string {
  const figure = 'outerHTML' in chart ? chart : Plot.plot({ ...chart, document })
  figure.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  figure.setAttribute('style', 'background: white; color: black')
  return figure.outerHTML
}

async function runWonlost(
  args: readonly string[],
  environment: Readonly<globalThis.Record<string, string>>,
): Promise<WonlostRun> {
  const options = { env: { ...process.env, ...environment }, maxBuffer: LONGEST_OUTPUT }
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, ...args], options)
    return { exitCode: 0, text: stdout, documents: args.includes('--json') ? documentsOf(stdout) : [] }
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string }
    if (typeof code !== 'number') throw error
    const documents = args.includes('--json') ? documentsOf(stdout) : []
    return { exitCode: code, text: `${stdout}${stderr}`, documents }
  }
}

function documentsOf(output: string): unknown[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown)
}
