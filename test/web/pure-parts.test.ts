import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { arrange } from '../../web/src/components/arrange.ts'
import { intervalPlaces } from '../../web/src/components/interval-places.ts'
import { pathId } from '../../web/src/components/path-id.ts'
import { sparkPath } from '../../web/src/components/spark-path.ts'
import { csvText } from '../../web/src/format/csv.ts'
import { shownText } from '../../web/src/format/shown-text.ts'
import { clockTime, dayAndYearText, withReadersTimes } from '../../web/src/format/times.ts'
import { findShortcut } from '../../web/src/shell/find-shortcut.ts'
import { dailyTime } from '../../web/src/views/health/daily-time.ts'
import { trackingYaml } from '../../web/src/views/health/tracking-yaml.ts'
import { readFindings } from '../../web/src/views/models/monitor-findings.ts'
import { listQuery, readQuery, writeQuery } from '../../web/src/views/queue/queue-query.ts'

test('text of others loses what disturbs a page, and nothing else', () => {
  expect(shownText('<b>Zoë & O\u2019Brien</b>')).toBe('<b>Zoë & O\u2019Brien</b>')
  expect(shownText('\u202egnp.exe\u2066 \u200f\tA\nB\0')).toBe('gnp.exe  A B')
  expect(shownText('שלום 李雷 🙂‍↔️')).toBe('שלום 李雷 🙂‍↔️')
  expect(shownText(`Z${'\u0351'.repeat(500)}algo`)).toBe(`Z${'\u0351'.repeat(4)}algo`)
  for (const nothing of ['\u200b\u200d', '\u202e\u200f', ' \n', '\u3164'])
    expect(shownText(nothing)).toBe('(blank)')
  expect(shownText('')).toBe('')
  const long = shownText('🙂'.repeat(10_000), 10)
  expect(long).toBe(`${'🙂'.repeat(9)}…`)
})

test('an address is about the id that it was made for, whatever is in that', () => {
  for (const id of ['l_1', 'user:ann', 'a/b', 'ann+1@example.com', 'a=b&c', '50%', '%3A', '李雷', '#?'])
    expect(pathId(`/leads/${encodeURIComponent(id)}`)).toBe(id)
  expect(pathId('/leads/l_1/')).toBe('l_1')
  expect(pathId('/leads/%E0%A4%A')).toBe('%E0%A4%A')
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
  expect(arrange(first, [...first.pages, page('c', 'd')], idOf)).toEqual(grown)
  expect(arrange(null, swapped.pages, idOf).rows.map(idOf)).toEqual(['c', 'x', 'a'])
})

test('an address says what is asked for, whatever was typed into it', () => {
  const box = { fitFrom: 0, fitTo: 9, intentFrom: 70, intentTo: 100 }
  const query = { sort: 'respond_by', band: 'hot', verdict: 'review', search: 'a&b=c #1', box } as const
  expect(readQuery(new URLSearchParams(writeQuery(query).toString()))).toEqual(query)
  expect(listQuery(query)).toMatchObject({ fit_from: 0, fit_to: 9, intent_from: 70, intent_to: 100 })
  const nothing = readQuery(new URLSearchParams('sort=nonsense&verdict=dead&other=1&box=9-0,1-2'))
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

test('what to write into models/tracking.yaml is YAML that gives the name, whatever it is', () => {
  for (const name of ['webinar_signup', 'Yes', '- a: {b', 'x"#\\\n\u202e', '=1+1', 'null']) {
    expect(parse(trackingYaml({ kind: 'event', name }))).toEqual({
      events: { OUR_EVENT: [name], [name]: [] },
    })
    expect(parse(trackingYaml({ kind: 'account trait', name }))).toEqual({
      traits: { account: { OUR_TRAIT: [name], [name]: [] } },
    })
  }
})

test('a value stands where it belongs on the scale, and beyond its ends at them', () => {
  const linear = intervalPlaces(0.4, 1, 'linear', 60)
  expect([0.4, 0.5, 1, 0.2, 7].map(linear)).toEqual([0, 10, 60, 0, 60])
  const log = intervalPlaces(1, 100, 'log', 100)
  expect([1, 10, 100, 0.01].map(log)).toEqual([0, 50, 100, 0])
  expect(intervalPlaces(1, 1, 'linear', 50)(3)).toBe(25)
})

test('of a report of the monitor what there is is shown, and what there is not is missed by nobody', () => {
  const column = { column: 'source', psi: 0.3, psi_by_chance: 0.1, q_value: 0.001 }
  const report = {
    because: 'One limit was crossed.',
    retrain: { advice: 'look', text: 'Look first.' },
    crossed: [{ limit: 'drift_of_feature', text: 'source moved.', allowed: '0.1' }],
    not_watched: ['Calibration: too few.'],
    drift: [
      { set: 'at_entry', rows: 90, reference_rows: 439, score: { ...column, column: '' }, columns: [column] },
    ],
  }
  const found = readFindings(report)
  expect(found).toMatchObject({ because: 'One limit was crossed.', retrain: 'Look first.' })
  expect(found.crossed).toEqual([{ text: 'source moved.', allowed: '0.1' }])
  expect(found.drift[0]?.figures.map(({ isScore, psi }) => [isScore, psi])).toEqual([
    [true, 0.3],
    [false, 0.3],
  ])
  expect(readFindings({})).toEqual({ because: '', retrain: '', crossed: [], notWatched: [], drift: [] })
})

test('times that the server wrote into a sentence are the reader’s; what is none stays', () => {
  const time = '2026-09-10T09:50:09Z'
  const told = withReadersTimes(`once, at ${time}, not 2026-99-99T09:50:09Z`)
  const readers = `${dayAndYearText(Date.parse(time))}, ${clockTime(Date.parse(time))}`
  expect(told).toBe(`once, at ${readers}, not 2026-99-99T09:50:09Z`)
})

test('a schedule for once a day comes on that day, in UTC; any other is told as it is written', () => {
  const now = Date.parse('2026-11-22T21:00:00Z')
  expect(dailyTime('5 3 * * *', now)).toBe(Date.parse('2026-11-22T03:05:00Z'))
  expect(['5 3 * * 1', '*/5 3 * * *', ''].map((cron) => dailyTime(cron, now))).toEqual([null, null, null])
})
