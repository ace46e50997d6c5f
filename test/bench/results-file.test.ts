import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { replaceSection, writeSection } from '../../bench/results-file.ts'

const ORDER = ['training', 'prediction', 'shap', 'http']

/** The sections of a file written in this order, each with its text. */
function written(...sections: readonly (readonly [string, string])[]): string {
  return sections.reduce<string | null>(
    (text, [name, body]) => replaceSection(text, name, body, ORDER),
    null,
  )!
}

test('sections stand in the order of the parts, whatever came first', () => {
  const text = written(['shap', 'S'], ['training', 'T'], ['http', 'H'], ['prediction', 'P'])
  expect(text).toBe(written(['training', 'T'], ['prediction', 'P'], ['shap', 'S'], ['http', 'H']))
  expect(text.startsWith('# Results\n')).toBe(true)
})

test('a section is replaced, and not a byte of what stands around it', () => {
  const before = written(['training', 'old'], ['shap', 'S']).replace(
    '# Results',
    '# Results\n\nWritten by hand.',
  )
  const after = replaceSection(before, 'training', 'new $& $1', ORDER)
  expect(after).toBe(before.replace('old', () => 'new $& $1'))
  expect(replaceSection(after, 'training', 'old', ORDER)).toBe(before)
})

test('a section whose end is lost takes nothing of the others with it', () => {
  const damaged = written(['training', 'T'], ['shap', 'S']).replace('<!-- end of part: training -->', '')
  const after = replaceSection(damaged, 'training', 'fresh', ORDER)
  expect(after).toContain('<!-- part: shap -->\nS\n<!-- end of part: shap -->')
  expect(after).toContain('<!-- part: training -->\nfresh\n<!-- end of part: training -->')
})

test('the file is written whole, and nothing is left beside it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const path = join(folder, 'RESULTS.md')
  writeSection(path, 'shap', 'S', ORDER)
  writeSection(path, 'training', 'T', ORDER)
  expect(readFileSync(path, 'utf8')).toBe(written(['training', 'T'], ['shap', 'S']))
  expect(readdirSync(folder)).toEqual(['RESULTS.md'])
})
