import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError } from 'commander'
import { expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.ts'
import { WonlostError } from '../../src/errors.ts'
import { parseImportMap } from '../../src/ingest/import-map.ts'

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')
const GUIDE = read('docs/bring-your-own-data.md')
const SAMPLE = read('data/samples/crm-sample.yaml')

/** Everything that begins with wonlost, in blocks and in sentences. */
function commandLines(text: string): string[] {
  const inBlocks = [...text.matchAll(/^(?:# {1,3})?wonlost ([a-z].*)$/gm)].map((match) => match[1]!)
  const inSentences = [...text.matchAll(/`wonlost ([a-z][^`]*)`/g)].map((match) => match[1]!)
  return [...new Set([...inBlocks, ...inSentences])]
    .map((line) => line.replace(/\s+>.*$|\s{2,}(writes|says) .*$/, '').trim())
    .filter((line) => !line.includes('--help'))
}

/** What commander says of it; nothing is run. */
function wrongUsage(line: string): string | null {
  const words = line.split(/\s+/)
  const command = COMMANDS.find(({ name }) => `${line} `.startsWith(`${name} `))
  if (!command) return `there is no command: ${line}`
  const commander = new Command(command.name).exitOverride().configureOutput({ writeErr: () => {} })
  command.configure?.(commander)
  commander.option('--json').action(() => {})
  try {
    commander.parse(words.slice(command.name.split(' ').length), { from: 'user' })
    return null
  } catch (error) {
    if (error instanceof CommanderError) return `${line}: ${error.message}`
    throw error
  }
}

test('every command line of the guide and of the sample map is one that the command line takes', () => {
  const lines = [...commandLines(GUIDE), ...commandLines(SAMPLE)]
  expect(lines.length).toBeGreaterThan(25)
  expect(lines.map(wrongUsage).filter((wrong) => wrong !== null)).toEqual([])
  expect(wrongUsage('import leads a.csv --trust')).toMatch(/unknown option/)
  expect(wrongUsage('import things a.csv')).toMatch(/Allowed choices/)
})

test('its example of a map is one', () => {
  const [example] = [...GUIDE.matchAll(/```yaml\n(map: [\s\S]*?)```/g)].map((match) => match[1]!)
  expect(parseImportMap(example!, 'example.yaml').objects.map(({ name }) => name)).toEqual(['people'])
})

/** The fields that a map may have, as the error for an unknown one lists them. */
function fieldsAllowed(yaml: string): string[] {
  try {
    parseImportMap(yaml, 'map.yaml')
  } catch (error) {
    if (error instanceof WonlostError)
      return (/allowed: ([\w, ]+)/.exec(error.message)?.[1] ?? '').split(', ')
  }
  throw new Error(`no unknown field in ${yaml}`)
}

test.each([
  ['a map', 'map: x\nnothing: 1\nobjects: { a: { kind: leads } }'],
  ['an object', 'map: x\nobjects: { a: { kind: leads, nothing: 1 } }'],
  ['a column', 'map: x\nobjects: { a: { kind: leads, columns: { email: { from: a, nothing: 1 } } } }'],
])('its reference has every field of %s', (_, yaml) => {
  const fields = fieldsAllowed(yaml)
  expect(fields.length).toBeGreaterThan(5)
  // The first cell of a row of a table.
  const rows = [...GUIDE.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap((match) =>
    [...match[1]!.matchAll(/`(\w+)`/g)].map((name) => name[1]!),
  )
  for (const field of fields) expect(rows, field).toContain(field)
})
