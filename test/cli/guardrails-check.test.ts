import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { guardrailsCheckCommand } from '../../src/cli/commands/guardrails-check.ts'
import { runCommand } from '../support/command.ts'
import { createModelsFolder, type TestModelsFolder } from '../support/models-folder.ts'

let models: TestModelsFolder
let folder: string
beforeAll(() => {
  models = createModelsFolder()
  folder = mkdtempSync(join(tmpdir(), 'wonlost-check-'))
  mkdirSync(join(folder, 'home'))
})
afterAll(() => {
  models.remove()
  rmSync(folder, { recursive: true })
})

/** Of a file with these lines, without a database. */
async function check(...lines: readonly string[]) {
  const file = join(folder, 'rules.yaml')
  writeFileSync(file, `${lines.join('\n')}\n`)
  const environment = { WONLOST_MODELS: models.path, WONLOST_HOME: join(folder, 'home') }
  return runCommand(guardrailsCheckCommand, [file], { json: true, data: false }, { environment })
}

const rule = (then = 'review') =>
  `  - { id: a, owner: us, reason: R., when: { trait: p, equals: x }, then: ${then} }`
const test = (verdict: string) => `tests: [{ name: t, lead: { p: x }, expect: ${verdict} }]`

it('ends with 0 for good rules, 1 when a test fails, 2 for doubts, and 64 for a file that is not valid', async () => {
  expect((await check('rules:', rule(), test('review'))).code).toBe(0)
  const failed = await check('rules:', rule(), test('eligible'))
  expect([failed.code, failed.json()['tests']]).toEqual([1, { passed: 0, failed: [expect.anything()] }])
  const doubted = await check('rules:', rule('review, valid_until: 2020-01-01'))
  expect([doubted.code, doubted.json()['findings']]).toEqual([
    2,
    [
      {
        kind: 'expired',
        rule: 'a',
        other: null,
        line: 2,
        text: expect.stringContaining('2020-01-01T00:00:00Z'),
      },
    ],
  ])
  await expect(check('rules: [{ id: a }]')).rejects.toMatchObject({
    code: 'guardrails_invalid',
    exitCode: 64,
  })
})
