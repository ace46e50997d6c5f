import { expect, test } from 'vitest'
import { sparkPath } from '../../web/src/components/spark-path.ts'
import { csvText } from '../../web/src/format/csv.ts'
import { shownText } from '../../web/src/format/shown-text.ts'
import { findShortcut } from '../../web/src/shell/find-shortcut.ts'
import { arrange } from '../../web/src/views/queue/arrange.ts'
import { listQuery, readQuery, writeQuery } from '../../web/src/views/queue/queue-query.ts'

test('text of others loses what disturbs a page, and nothing else', () => {
  expect(shownText('<b>Zoë & O\u2019Brien</b>')).toBe('<b>Zoë & O\u2019Brien</b>')
  expect(shownText('\u202egnp.exe\u2066 \u200f\tA\nB\0')).toBe('gnp.exe  A B')
  expect(shownText('שלום 李雷 🙂‍↔️')).toBe('שלום 李雷 🙂‍↔️')
  expect(shownText(`Z${'\u0351'.repeat(500)}algo`)).toBe(`Z${'\u0351'.repeat(4)}algo`)
  const long = shownText('🙂'.repeat(10_000), 10)
  expect(long).toBe(`${'🙂'.repeat(9)}…`)
})

test('no cell of an export is a formula, and every text comes back as it was', () => {
  const text = csvText([
    ['name', 'n'],
    ['=HYPERLINK("http://x")', 1.5],
    ['+49 1', -2],
    ['a "b", c\r\nd', null],
  ])
  expect(text).toBe(
    '\uFEFFname,n\r\n"\'=HYPERLINK(""http://x"")",1.5\r\n"\'+49 1",-2\r\n"a ""b"", c\r\nd",\r\n',
  )
  for (const start of ['=', '+', '-', '@', ' =', '\t=', '\r', '＝'])
    expect(csvText([[`${start}1`]])).toMatch(/^\uFEFF"'/)
})

const idOf = ({ id }: { readonly id: string }) => id
const page = (...ids: string[]) => ids.map((id) => ({ id, text: '' }))

test('rows keep their places when their order changes, say what is new of them, and grow only below', () => {
  const first = arrange(null, [page('a', 'b', 'c')], idOf)
  expect(first).toMatchObject({ isOutdated: false })
  const swapped = arrange(first, [[{ id: 'c', text: 'risen' }, ...page('x', 'a')]], idOf)
  expect(swapped.rows).toEqual([...page('a', 'b'), { id: 'c', text: 'risen' }])
  expect(swapped.isOutdated).toBe(true)
  const grown = arrange(first, [page('a', 'b', 'c'), page('c', 'd')], idOf)
  expect(grown.rows.map(idOf)).toEqual(['a', 'b', 'c', 'd'])
  expect(grown.isOutdated).toBe(false)
  expect(arrange(null, swapped.pages, idOf).rows.map(idOf)).toEqual(['c', 'x', 'a'])
})

test('an address says what is asked for, whatever was typed into it', () => {
  const query = { sort: 'respond_by', band: 'hot', verdict: 'review', search: 'a&b=c #1' } as const
  expect(readQuery(new URLSearchParams(writeQuery(query).toString()))).toEqual(query)
  const nothing = readQuery(new URLSearchParams('sort=nonsense&verdict=dead&other=1'))
  expect(writeQuery(nothing).toString()).toBe('')
  expect(listQuery({ ...nothing, search: '  ' })).toEqual({ sort: '-score' })
})

test('a shortcut of two keys is found when both came, and forgotten when something else did', () => {
  const run = () => {}
  const shortcuts = [
    { keys: 'g q', does: '', run },
    { keys: 'j', does: '', run },
  ]
  expect(findShortcut(shortcuts, '', 'g')).toEqual({ found: null, pending: 'g' })
  expect(findShortcut(shortcuts, 'g', 'q').found).toBe(shortcuts[0])
  expect(findShortcut(shortcuts, 'g', 'j').found).toBe(shortcuts[1])
  expect(findShortcut(shortcuts, 'g', 'x')).toEqual({ found: null, pending: '' })
})

test('a line of a week is a step for each score, inside its field', () => {
  const points = [
    { at: -5, value: 50 },
    { at: 5, value: 60 },
  ]
  // The range is 20 points at least: 10 points take half of the 16 between the margins.
  expect(sparkPath(points, 0, 10)).toBe('M0.0 14.0H26.0V6.0H52')
  expect(sparkPath([], 0, 10)).toBe('')
})
