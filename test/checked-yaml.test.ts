import { expect, it } from 'vitest'
import { readYaml } from '../src/checked-yaml.ts'
import { DEEPEST_YAML, tooDeepAt } from '../src/yaml-depth.ts'

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

const HOSTILE: readonly (readonly [name: string, text: string, line: number])[] = [
  ['lists', `a: 1\nb:\n  ${nested(5_000)}`, 3],
  ['lists that nobody closes', '['.repeat(5_000), 1],
  ['groups', '{a: '.repeat(5_000) + '}'.repeat(5_000), 1],
  ['items on one line', '- '.repeat(5_000), 1],
  ['keys', '? '.repeat(5_000), 1],
  ['lines', Array.from({ length: 400 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 101],
]

it.each(HOSTILE)('refuses %s in thousands of levels, with file and line', (_, text, line) => {
  expect(() => readYaml(text, 'f.yaml', 'policy_invalid')).toThrow(
    expect.objectContaining({
      code: 'policy_invalid',
      message: `f.yaml:${line}: nested too deep; at most 100 levels are allowed.`,
    }),
  )
})

it('reads what is nested no deeper', () => {
  expect(readYaml(nested(DEEPEST_YAML), 'f.yaml', 'policy_invalid').value).toHaveLength(1)
  expect(tooDeepAt(nested(DEEPEST_YAML))).toBeUndefined()
  expect(tooDeepAt(nested(DEEPEST_YAML + 1))).toBe(DEEPEST_YAML)
  // Brackets in texts and comments are none.
  expect(tooDeepAt(`a: "${'['.repeat(5_000)}" # ${'['.repeat(5_000)}`)).toBeUndefined()
})
