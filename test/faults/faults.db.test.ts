/** The harness itself, shortly: `npm run test:faults` does it for longer, and with everything. It starts a PostgreSQL of its own. */
import { expect, test } from 'vitest'
import { compiledFile, startNode } from '../support/cli.ts'

/** Nothing is timed: this only ends what hangs. */
const LONGEST = 240_000

test(
  'two servers, one of them killed, and the lines to the database cut: nothing is lost, nothing is there twice',
  async () => {
    const args = ['--cycles', '1', '--leads', '60', '--faults', 'kill,cut', '--json']
    const { finished } = startNode([compiledFile('faults/main.ts'), ...args], {})
    const { code, stdout, stderr } = await finished
    expect(code, stderr).toBe(0)
    const report = JSON.parse(stdout)
    expect(report).toMatchObject({ cycles: 1, lost: 0, duplicated: 0, wrong: 0 })
    expect(report.faults).toMatchObject({ kill: 1, cut: 1 })
    expect(report.acknowledged).toBeGreaterThan(20)
    expect(report.crossings).toBeGreaterThan(0)
    expect(report.recomputed).toBeGreaterThan(20)
  },
  LONGEST,
)
